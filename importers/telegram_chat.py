"""One chat of Telegram: each of its messages as a talk, and who is who in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.rules import kinds
from core.rules.names import shown_name
from importers.record import Problem
from importers.talk import Party, Talk
from importers.telegram_words import (
    DELETED,
    account,
    chat_id,
    line,
    number,
    reactions_of,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from importers.talk import Moment, Reading

_CHANNEL: Final = "telegram"
_BULK: Final = {
    "bot_chat": "bot",
    "verification_codes": "machine",
    "replies": "list",
    "public_channel": "list",
    "private_channel": "list",
}
_SERVICE: Final = "user777000"
"""The account through which Telegram itself writes."""
_CACHED: Final = 10_000
_MOST: Final = 50
"""So many of a group are remembered; a talk with more is one with nobody in particular."""


class People:
    """Who is who in one export.

    Attributes:
        system: so many entries were of the system: who joined, what was pinned.
    """

    def __init__(self, reading: Reading) -> None:
        self.system = 0
        self.reading = reading
        self.me = ""
        self._phones: dict[str, str] = {}
        self._parties: dict[tuple[str, str], Party] = {}

    def owner_is(self, about: Mapping[str, Any]) -> None:
        """Whose export it is."""
        self.me = account(about.get("user_id"))

    def know(self, contact: Mapping[str, Any]) -> None:
        """The number of a contact stands for its account."""
        who, phone = account(contact.get("user_id")), line(contact.get("phone_number"))
        if who and phone:
            self._phones[who] = f"+{phone[2:].lstrip()}" if phone.startswith("00") else phone
            name = shown_name(
                given=line(contact.get("first_name")), family=line(contact.get("last_name"))
            )
            self._parties[who, ""] = Party(kinds.PHONE, self._phones[who], name)

    def party(self, who: str, name: str) -> Party | None:
        """Somebody by account and name; None if neither is told."""
        if known := self._parties.get((who, name)):
            return known
        if phone := self._phones.get(who):
            made = Party(kinds.PHONE, phone, name)
        elif name or who:
            made = Party(kinds.NAME, name or DELETED, scope=who)
        else:
            return None
        self._parties[who, name] = made
        return made

    def is_me(self, who: str) -> bool:
        """Whether an account is the owner's."""
        if self.me or not who:
            return bool(who) and who == self.me
        return self.reading.is_me(Party(kinds.HANDLE, f"{_CHANNEL}:{who}"))


class _Head(NamedTuple):
    """What is told of a chat as a whole; `partner` is the account of the other of two."""

    kind: str
    title: str
    number: str
    partner: str
    grouped: bool
    bulk: str


def _head(about: Mapping[str, Any]) -> _Head:
    kind = line(about.get("type"))
    return _Head(
        kind=kind,
        title=line(about.get("name")),
        number=chat_id(about.get("id"), kind),
        partner=account(about.get("id")) if kind in {"personal_chat", "bot_chat"} else "",
        grouped=kind not in {"", "personal_chat", "bot_chat", "saved_messages"},
        bulk=_BULK.get(kind, ""),
    )


class Chat:
    """One chat while it is read.

    Args:
        people: who is who; gets the count of entries of the system.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._about: dict[str, Any] = {}
        self._head = _head({})
        self._senders: dict[object, tuple[str, Party | None, str]] = {}
        self._seen: dict[str, Party] = {}
        self._others: tuple[Party, ...] | None = None

    def describe(self, key: str, value: object) -> None:
        """What the export says of the chat as a whole."""
        if key in {"name", "type", "id"}:
            self._about[key] = value
            self._head = _head(self._about)
            self._senders.clear()
            self._others = None

    def read(self, where: str, message: Mapping[str, Any]) -> Iterator[Talk | Problem]:
        """The talk of one entry, and the owner's reactions to it."""
        is_call = message.get("action") == "phone_call"
        if message.get("type") == "service" and not is_call:
            self._people.system += 1
            return
        moment = self._moment(message.get("date_unixtime"), message.get("date"))
        if moment is None:
            yield Problem(where, "no time that can be read")
            return
        talk = self._talk(where, message, moment)
        yield self._call(talk, message) if is_call else talk
        if self._people.me and talk.direction == "in":
            yield from self._reactions(talk, message)

    def _talk(self, where: str, message: Mapping[str, Any], moment: Moment) -> Talk:
        by = (
            message.get("from_id", message.get("actor_id")),
            message.get("from", message.get("actor")),
        )
        who, sender, direction = self._sender(*by)
        number_of = self._head.number
        own = number(message.get("id"))
        return Talk(
            where=where,
            key=f"{number_of}/{own}" if number_of and own is not None else "",
            kind="message",
            moment=moment,
            sender=sender,
            others=self._all(),
            channel=_CHANNEL,
            thread=number_of or self._head.title,
            subject=self._head.title if self._head.grouped else "",
            text=whole(message),
            direction=direction,
            bulk=self._head.bulk or ("machine" if who == _SERVICE else ""),
        )

    def _sender(self, by: object, called: object) -> tuple[str, Party | None, str]:
        """Account and party of who sent, and the direction where the export tells it."""
        at = (by if isinstance(by, str | int) else None, called if isinstance(called, str) else "")
        if (known := self._senders.get(at)) is not None:
            return known
        who, name = account(by), line(called)
        mine = self._head.kind == "saved_messages" or self._people.is_me(who)
        sender = None if mine else self._people.party(who, name)
        told = bool(self._people.me) or who == self._head.partner != ""
        direction = "out" if mine else "in" if told or not (who or name) else ""
        if sender is not None and len(self._seen) <= _MOST:
            self._seen[who or name] = sender
            self._others = None
        if len(self._senders) > _CACHED:
            self._senders.clear()
        self._senders[at] = who, sender, direction
        return self._senders[at]

    def _all(self) -> tuple[Party, ...]:
        """All who were met so far; of two the other, whether or not anything came from them."""
        if self._others is None:
            found = dict(self._seen)
            partner = self._head.partner
            party = self._people.party(partner, self._head.title) if partner else None
            if party is not None:
                found.setdefault(partner, party)
            self._others = tuple(found.values())
        return self._others

    def _call(self, talk: Talk, message: Mapping[str, Any]) -> Talk:
        seconds = number(message.get("duration_seconds"))
        seconds = seconds if seconds is not None and 0 <= seconds < 1 << 31 else 0
        text = "missed call" if message.get("discard_reason") in {"missed", "busy"} else ""
        return talk._replace(kind="call", text=text, seconds=0 if text else seconds)

    def _reactions(self, talk: Talk, message: Mapping[str, Any]) -> Iterator[Talk]:
        to = (talk.sender,) if talk.sender else talk.others
        for sign, date in reactions_of(message, self._people.me):
            moment = self._moment(None, date)
            if moment is not None and talk.key:
                yield talk._replace(
                    key=f"{talk.key} {sign}",
                    moment=moment,
                    sender=None,
                    others=to,
                    text=f"reacted {sign}",
                    direction="out",
                )

    def _moment(self, seconds: object, date: object) -> Moment | None:
        """The moment of the world's clock; of older exports that of the device."""
        reading = self._people.reading
        try:
            if (since := number(seconds)) is not None:
                return reading.utc(since)
            return reading.aware(datetime.fromisoformat(date)) if isinstance(date, str) else None
        except ValueError:
            return None
