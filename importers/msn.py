"""MSN and Windows Live Messenger: a file of XML for each contact; the pages of Messenger Plus!."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import VitalfewError
from core.rules import kinds
from importers import msn_plus, sms_xml
from importers.decode import clean, decode
from importers.im_text import Told, person, said, uncoded
from importers.record import Problem, Sniffed
from importers.talk import Party, Talk
from importers.whatsapp_dates import DateOrder, written
from importers.whatsapp_lines import stamped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from importers.container import Container, Member
    from importers.talk import Moment, Reading
    from importers.whatsapp_lines import Stamp

NAME: Final = "msn"
TITLE: Final = "MSN Messenger"
VERSION: Final = 1
TALKS: Final = True
MARK: Final = b"<From>"

_ROOT: Final = re.compile(
    r"\ufeff?\s*(?>(?:<\?[^>]*\?>|<!--.*?-->)\s*)*"
    r"<Log(?:\s[^>]*\bFirstSessionID=|[^>]*>\s*<(?:Message|Invitation)\s)",
    re.DOTALL,
)
_START: Final = re.compile(r"<(?:Message|Invitation|InvitationResponse|Join|Leave)[\s>]")
_END: Final = re.compile(r"\s*</Log\s*>.*\Z", re.DOTALL)
_COPY: Final = re.compile(r"(?:\s*\(\d+\))?\.xml\Z", re.IGNORECASE)
_HASHED: Final = re.compile(r"(.+?)\d{5,10}\Z")
_HISTORY: Final = "history"
_FILE: Final = "[file]"
_PAIR: Final = 2
_FEW: Final = 3
_DOMAINS: Final = (
    *("hotmail.com", "msn.com", "live.com", "passport.com", "gmail.com", "yahoo.com"),
    *(f"hotmail.{land}" for land in ("co.uk", "fr", "de", "it", "es", "be", "com.br", "co.jp")),
    *(f"live.{land}" for land in ("co.uk", "fr", "de", "it", "nl", "be", "at", "ch", "com.au")),
    *("live.ca", "live.se", "live.dk", "live.no", "hotmail.se", "hotmail.ch", "msn.fr", "msn.de"),
    *("yahoo.de", "yahoo.fr", "yahoo.co.uk", "gmx.de", "gmx.net", "gmx.ch", "web.de", "aol.com"),
    *("bluewin.ch", "outlook.com", "googlemail.com"),
)


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows histories by their root, pages by their sessions."""
    files, pages = _files(container), _pages(container)
    if not (files or pages):
        return None
    found = [*(one.member for one in files), *pages]
    what = "a history" if len(found) == 1 else f"{len(found):,} histories"
    names = tuple(member.name for member in found)
    return Sniffed(95, f"{what} of MSN Messenger", "", names)


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every message; what was offered, answered, joined and left is counted."""
    told = Told()
    files = _files(container)
    sides = _sides(files, reading)
    for one in files:
        try:
            yield from _History(one, sides[one.member.name], reading, told).talks()
        except VitalfewError as error:
            yield Problem(one.member.name, error.sentence)
    for page in _pages(container):
        yield from msn_plus.talks(page, reading, told)
    yield from told.notes(container.name)


def owner(container: Container) -> tuple[Party, ...]:
    """The accounts whose histories these are; nobody where one cannot tell who spoke."""
    files = _files(container)
    found = [person("msn", one.own) for one in files if "@" in one.own]
    for one in _sides(files, None).values():
        if one.facing.keys() - one.own - one.peer:
            return ()
    found += [own for page in _pages(container) if (own := msn_plus.owner(page))]
    return tuple(dict.fromkeys(party._replace(name="") for party in found))


class _File(NamedTuple):
    """One history: whose it is and with whom, as the path says; an address where it is known."""

    member: Member
    own: str
    peer: str


def _files(container: Container) -> list[_File]:
    found = []
    for member in container.members:
        if member.name.lower().endswith(".xml") and _ROOT.match(decode(member.head()).text):
            parts = member.name.split("/")
            own = parts[-3] if len(parts) > _PAIR and parts[-2].lower() == _HISTORY else ""
            found.append(_File(member, _address(own), _address(_COPY.sub("", parts[-1]))))
    return found


def _pages(container: Container) -> list[Member]:
    few = len(container.members) <= _FEW
    return [
        member
        for member in container.members
        if member.name.lower().endswith((".html", ".htm"))
        and (few or "@" in member.name)  # the usual name is the contact's address
        and msn_plus.is_page(member)
    ]


def _address(name: str) -> str:
    """The address that a file is named after; what stands for its domain is a number."""
    name = name.lower()
    if "@" in name:
        return name
    for cut in range(len(name) - 1, 0, -1):
        if not (name[cut].isascii() and name[cut].isdecimal()):
            break
        for domain in _DOMAINS:
            address = f"{name[:cut]}@{domain}"
            if str(_number(address)) == name[cut:]:
                return address
    return name


def _number(address: str) -> int:
    number = 0
    for sign in address.encode():
        number = (number * 101 + sign) & 0xFFFFFFFF
    return number


@dataclass(slots=True)
class _Side:
    """The names in one history: nobody is known by their account there.

    Attributes:
        own: those of the owner.
        peer: those of the other.
        facing: for each name those it wrote to or heard from, alone.
        order: of the day and the month in dates without a zone.
    """

    order: DateOrder
    own: set[str] = field(default_factory=set)
    peer: set[str] = field(default_factory=set)
    facing: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def learn(self, entry: Element) -> None:
        """See who writes to whom."""
        sender, receivers = _who(entry)
        if sender and len(receivers) == 1 and receivers[0] != sender:
            self.facing[sender].add(receivers[0])
            self.facing[receivers[0]].add(sender)
        if not entry.get("DateTime") and (stamp := _stamp(entry)):
            self.order.look(stamp)

    def spread(self) -> None:
        """Whoever faces the owner is the other, and the other way round."""
        waiting = deque([*((one, True) for one in self.own), *((one, False) for one in self.peer)])
        while waiting:
            name, is_own = waiting.popleft()
            across = self.peer if is_own else self.own
            for other in self.facing.get(name, ()):
                if other not in self.own and other not in self.peer:
                    across.add(other)
                    waiting.append((other, not is_own))


def _sides(files: list[_File], reading: Reading | None) -> dict[str, _Side]:
    """Who is who in each history, found out from all of them."""
    sides: dict[str, _Side] = {}
    held: dict[str, set[str]] = defaultdict(set)
    for one in files:
        side = sides[one.member.name] = _Side(DateOrder(reading.region if reading else None))
        try:
            for found in sms_xml.entries(one.member, _START, _END):
                if not isinstance(found, Problem):
                    side.learn(found[1])
        except VitalfewError:  # said when it is read
            pass
        for name in side.facing:
            held[name].add(one.peer)
    for one in files:
        side = sides[one.member.name]
        for name in side.facing:
            if name.lower() == one.peer:
                side.peer.add(name)
            elif (
                len(held[name]) >= _PAIR
                or name.lower() == one.own
                or (reading and reading.is_me(Party(kinds.NAME, name)))
            ):
                side.own.add(name)
        side.spread()
    return sides


def _who(entry: Element) -> tuple[str, list[str]]:
    """The sender's name and the receivers'."""
    names = [
        [uncoded(clean(user.get("FriendlyName", ""))) for user in entry.iterfind(f"{end}/User")]
        for end in ("From", "To")
    ]
    return (names[0] or [""])[0], list(filter(None, names[1]))


def _stamp(entry: Element) -> Stamp | None:
    found = stamped(f"[{entry.get('Date', '')}, {entry.get('Time', '')}] ")
    return found[0] if found else None


@dataclass(slots=True)
class _History:
    """One file of XML."""

    file: _File
    side: _Side
    reading: Reading
    told: Told
    _parties: dict[str, Party] = field(default_factory=dict)

    def talks(self) -> Iterator[Talk | Problem]:
        """Every message of it."""
        peer = self._peer()
        for found in sms_xml.entries(self.file.member, _START, _END):
            if isinstance(found, Problem):
                yield found
                continue
            where, entry = found
            text = self._text(entry)
            name, receivers = _who(entry)
            if text is None or not name:
                self.told.system += 1
                continue
            moment = self._moment(entry)
            if moment is None:
                yield Problem(where, "no time that can be read")
                continue
            direction = self._direction(name)
            is_group = len(receivers) > 1
            sender: Party | None = self._named(name)
            others: tuple[Party, ...] = (peer,)
            if is_group or not direction:
                others = tuple(self._named(one) for one in receivers if one not in self.side.own)
            if direction == "out":
                sender = None
            elif direction:
                sender = peer._replace(name=name) if peer.kind != kinds.NAME else peer
            yield Talk(
                where=where,
                key="",
                kind="message",
                moment=moment,
                sender=sender,
                others=others,
                channel="msn",
                thread=self.file.peer,
                text=text,
                direction=direction,
                file=self.file.member.name,
            )

    def _peer(self) -> Party:
        name = self.file.peer
        if "@" in name:
            return person("msn", name)
        hashed = _HASHED.match(name)
        return Party(kinds.NAME, hashed[1] if hashed else name or "?")

    def _direction(self, name: str) -> str:
        if name in self.side.own:
            return "out"
        return "in" if name in self.side.peer else ""

    def _text(self, entry: Element) -> str | None:
        """What was said; None where only the program speaks."""
        if entry.tag == "Message":
            written_ = entry.find("Text")
            return said(written_) if written_ is not None else ""
        return _FILE if entry.tag == "Invitation" and entry.find("File") is not None else None

    def _named(self, name: str) -> Party:
        if name not in self._parties:
            self._parties[name] = Party(kinds.NAME, name)
        return self._parties[name]

    def _moment(self, entry: Element) -> Moment | None:
        try:
            if exact := entry.get("DateTime", "").strip():
                return self.reading.aware(datetime.fromisoformat(exact))
            if stamp := _stamp(entry):
                moment = self.reading.local(self.side.order.moment(stamp))
                return moment._replace(written=written(stamp))
        except (ValueError, OverflowError):
            pass
        return None
