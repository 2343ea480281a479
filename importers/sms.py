"""SMS Backup & Restore: text messages, picture messages and the log of calls."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from core.errors import VitalfewError
from core.rules import kinds
from importers.decode import clean
from importers.left_out import counted
from importers.record import Problem, Sniffed
from importers.sms_xml import entries, root_of
from importers.talk import Party, Talk
from importers.talk_keys import Keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from importers.container import Container, Member
    from importers.left_out import Words
    from importers.talk import Moment, Reading

NAME: Final = "sms"
TITLE: Final = "SMS Backup & Restore"
VERSION: Final = 1
TALKS: Final = True
MARK: Final = b" readable_date="

_SUFFIX: Final = ".xml"
_NOTHING: Final = frozenset({"", "null", "(unknown)", "nosubject", "(no subject)"})
_HIDDEN: Final = frozenset({"", "null", "-1", "-2", "-3"})
_BOXES: Final = {"1": "in", "2": "out"}
_DRAFTS: Final = ("draft or unsent message", "drafts or unsent messages")
_NO_KIND: Final = ("entry of no kind", "entries of no kind")
_NOBODY: Final = ("message of nobody named", "messages of nobody named")
_UNSENT: Final = frozenset({"3", "4", "5", "6"})
_OWN: Final = "insert-address-token"  # what a phone writes for its own number
_FROM: Final = "137"
_NUMBER: Final = re.compile(r"[+(]?[\d\s().*#/-]*\d[\d\s().*#/,;pPwW-]*")
_SHORT: Final = 6  # digits: what machines write from
_SECONDS_BELOW: Final = 100_000_000_000  # a date in seconds, not milliseconds
_DIGITS: Final = 18
_MEDIA: Final = {"image": "photo", "video": "video", "audio": "voice message"}
_CALLS: Final = {  # direction, what it was if nobody spoke
    "1": ("in", ""),
    "2": ("out", "not answered"),
    "3": ("in", "missed call"),
    "4": ("in", "voicemail"),
    "5": ("in", "rejected call"),
    "6": ("in", "blocked call"),
    "7": ("in", "answered on another device"),
}
_SPOKEN: Final = frozenset({"1", "2", "7"})
_BLOCKED: Final = "6"


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows backups by the element they begin with."""
    found = {
        member.name: root
        for member in container.members
        if (len(container.members) == 1 or member.name.lower().endswith(_SUFFIX))
        and (root := root_of(member.head()))
    }
    if not found:
        return None
    what = "a log of calls" if set(found.values()) == {"calls"} else "text messages of a phone"
    return Sniffed(96, what, "", tuple(found))


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every message and call; drafts and what was never sent are counted."""
    sniffed = sniff_talks(container)
    wanted = frozenset(sniffed.members) if sniffed else frozenset()
    phone = _Phone(reading)
    for member in container.members:
        if member.name in wanted:
            yield from phone.read(member)
    if phone.left:
        yield Problem(container.name, counted(phone.left), fatal=False)


def owner(_container: Container) -> tuple[Party, ...]:
    """Nobody: a phone does not say its number, and each entry says its direction."""
    return ()


class _Phone:
    """One device: what is learnt of it on the way, and what was left out."""

    def __init__(self, reading: Reading) -> None:
        self.left: Counter[Words] = Counter()
        self._reading = reading
        self._own: set[str] = set()
        self._parties: dict[tuple[str, str, str], Party] = {}

    def read(self, member: Member) -> Iterator[Talk | Problem]:
        """Every talk of one file."""
        keys = Keys()
        try:
            for found in entries(member):
                if isinstance(found, Problem):
                    yield found
                    continue
                where, entry = found
                moment = self._moment(entry.get("date", ""))
                if moment is None:
                    yield Problem(where, "no time that can be read")
                elif entry.tag == "call":
                    yield from self._call(where, entry, moment, keys)
                elif entry.tag == "mms":
                    yield from self._picture(where, entry, moment, keys)
                else:
                    yield from self._text(where, entry, moment, keys)
        except VitalfewError as error:
            yield Problem(member.name, error.sentence)

    def _moment(self, written: str) -> Moment | None:
        if not (written.isascii() and written.isdecimal() and len(written) <= _DIGITS):
            return None
        date = int(written)
        try:
            return self._reading.utc(date if date < _SECONDS_BELOW else date / 1000)
        except ValueError:
            return None

    def _party(self, address: str, name: str, role: str) -> Party:
        at = (address, name, role)
        if (found := self._parties.get(at)) is None:
            name = "" if name.lower() in _NOTHING else name
            if "@" in address:
                found = Party(kinds.EMAIL, address, name, role)
            elif _NUMBER.fullmatch(address):
                found = Party(kinds.PHONE, address, name, role)
            else:
                found = Party(kinds.NAME, address, "", role, "sender")
            self._parties[at] = found
        return found

    def _norm(self, address: str) -> str:
        return self._reading.mark(self._party(address, "", "with"))[1]

    def _direction(self, box: str) -> str:
        """Whether it came or went; "" for what never left the phone, which is counted."""
        if direction := _BOXES.get(box, ""):
            return direction
        self.left[_DRAFTS if box in _UNSENT else _NO_KIND] += 1
        return ""

    def _text(self, where: str, entry: Element, moment: Moment, keys: Keys) -> Iterator[Talk]:
        address, box = _cell(entry, "address"), entry.get("type", "")
        if not (direction := self._direction(box)):
            return
        if address.lower() in _HIDDEN:
            self.left[_NOBODY] += 1
            return
        name = _cell(entry, "contact_name")
        text = _said(entry.get("subject", ""), entry.get("body", ""))
        party = self._party(address, name, "from" if direction == "in" else "with")
        yield Talk(
            where=where,
            key=keys.made("sms", entry.get("date", ""), address, box, text),
            kind="message",
            moment=moment,
            sender=party if direction == "in" else None,
            others=() if direction == "in" else (party,),
            channel="sms",
            thread=self._norm(address),
            text=text,
            direction=direction,
            bulk=_machine(party),
        )

    def _picture(self, where: str, entry: Element, moment: Moment, keys: Keys) -> Iterator[Talk]:
        box = entry.get("msg_box", "")
        if not (direction := self._direction(box)):
            return
        written = _cell(entry, "address")
        addresses = [
            one for one in map(str.strip, written.split("~")) if one.lower() not in _HIDDEN
        ]
        by = self._sender(entry, addresses, direction)
        named = dict(zip(addresses, _names(entry, addresses), strict=True))
        own = {self._norm(one) for one in addresses} & self._own if len(addresses) > 1 else set()
        others = [one for one in addresses if one not in {by, _OWN} and self._norm(one) not in own]
        if not by and not others:
            self.left[_NOBODY] += 1
            return
        text = _parts(entry)
        sender = self._party(by, named.get(by, ""), "from") if by else None
        yield Talk(
            where=where,
            key=keys.made("mms", entry.get("date", ""), written, box, text),
            kind="message",
            moment=moment,
            sender=sender if direction == "in" else None,
            others=tuple(self._party(one, named[one], "with") for one in others),
            channel="sms",
            thread="~".join(sorted({self._norm(one) for one in addresses if one != _OWN} - own)),
            text=text,
            direction=direction,
            bulk=_machine(sender) if sender and not others else "",
        )

    def _sender(self, entry: Element, addresses: Sequence[str], direction: str) -> str:
        """Who wrote a picture message; learns the phone's own number from its receivers."""
        told = [
            (clean(one.get("address", "").strip()), one.get("type")) for one in entry.iter("addr")
        ]
        by = next((one for one, role in told if role == _FROM and one.lower() not in _HIDDEN), "")
        if direction == "out":
            if by and by != _OWN:
                self._own.add(self._norm(by))
            return ""
        here = {self._norm(one) for one in addresses}
        unlisted = {self._norm(one) for one, role in told if role != _FROM and one} - here
        if len(addresses) > 1 and len(unlisted) == 1:
            self._own |= unlisted
        return by if by and by != _OWN else next(iter(addresses), "")

    def _call(self, where: str, entry: Element, moment: Moment, keys: Keys) -> Iterator[Talk]:
        number, way = _cell(entry, "number"), entry.get("type", "")
        if number.lower() in _HIDDEN or not any(map(str.isalnum, number)):
            self.left["call of a hidden number", "calls of hidden numbers"] += 1
            return
        direction, unspoken = _CALLS.get(way, ("none", "call"))
        duration = entry.get("duration", "")
        seconds = (
            int(duration)
            if duration.isascii() and duration.isdecimal() and len(duration) < _SHORT
            else 0
        )
        party = self._party(
            number, _cell(entry, "contact_name"), "from" if direction == "in" else "with"
        )
        yield Talk(
            where=where,
            key=keys.made("call", entry.get("date", ""), number, way),
            kind="call",
            moment=moment,
            sender=party if direction == "in" else None,
            others=() if direction == "in" else (party,),
            channel="phone",
            text="" if seconds and way in _SPOKEN else unspoken,
            seconds=seconds if way in _SPOKEN else 0,
            direction=direction,
            bulk="blocked" if way == _BLOCKED else "",
        )


def _cell(entry: Element, name: str) -> str:
    return clean(entry.get(name, "").strip())


def _machine(party: Party) -> str:
    """Why nobody sits behind a sender: a word, or a short number that nobody has named."""
    if party.kind == kinds.NAME:
        return "machine"
    digits = sum(map(str.isdecimal, party.value))
    return (
        "short number" if party.kind == kinds.PHONE and digits <= _SHORT and not party.name else ""
    )


def _names(entry: Element, addresses: Sequence[str]) -> list[str]:
    """The names beside the addresses, where it is sure which is whose."""
    shown = _cell(entry, "contact_name")
    names = [shown] if len(addresses) == 1 else shown.split(", ")
    return names if len(names) == len(addresses) else [""] * len(addresses)


def _said(subject: str, body: str) -> str:
    about, text = (clean(one).replace("\r\n", "\n").strip() for one in (subject, body))
    text = "" if text == "null" else text
    about = "" if about.lower() in _NOTHING or about == text else about
    return "\n".join(filter(None, (about, text)))


def _parts(entry: Element) -> str:
    """What a picture message says, or else what it shows."""
    texts, media = [], []
    for part in entry.iter("part"):
        kind = part.get("ct", "").lower()
        if kind.startswith("text/plain"):
            texts.append(part.get("text", ""))
        elif "smil" not in kind:
            media.append(
                f"[{_MEDIA.get(kind.partition('/')[0], 'contact' if 'vcard' in kind else 'file')}]"
            )
    text = _said(entry.get("sub", ""), "\n".join(one for one in texts if one != "null"))
    return text or " ".join(dict.fromkeys(media)) or "[picture message]"
