"""Pidgin, Gaim and Finch: logs of conversations as text or HTML, a file for each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import parse

from core.errors import VitalfewError
from core.rules import kinds
from importers import pidgin_lines
from importers.decode import clean, decode
from importers.im_text import Days, Told, channel, entries, mark, person, service
from importers.pidgin_lines import OWN, THEIRS
from importers.record import Problem, Sniffed
from importers.talk import Party, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from xml.etree.ElementTree import Element

    from importers.container import Container, Member
    from importers.pidgin_lines import Log, Said
    from importers.talk import Moment, Reading

NAME: Final = "pidgin"
TITLE: Final = "Pidgin"
VERSION: Final = 1
TALKS: Final = True

_LOOSE: Final = 3  # files beside which one of another name may be a log
_HEAD: Final = 1 << 14
_LISTS: Final = ("accounts.xml", "blist.xml")
_PAIR: Final = 2


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows logs by the day in their names and by how they begin."""
    found = _logs(container)
    if not found:
        return None
    what = "a conversation" if len(found) == 1 else f"{len(found):,} conversations"
    return Sniffed(94, f"{what} of a messenger", "", tuple(one.member.name for one in found))


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every message; lines of the system are counted."""
    found = _logs(container)
    names = _Names(container, found)
    told = Told()
    for one in found:
        yield from _Conversation(one, names, reading, told).talks()
    yield from told.notes(container.name)


def owner(container: Container) -> tuple[Party, ...]:
    """The accounts that the logs were kept for; nobody where one cannot tell who spoke."""
    found = _logs(container)
    names = _Names(container, found)
    if any(not one.is_html and not names.are_told(one) for one in found):
        return ()
    return tuple(dict.fromkeys(person(one.network, one.account) for one in found))


def _logs(container: Container) -> list[Log]:
    loose = len(container.members) <= _LOOSE
    read = partial(pidgin_lines.log, loose=loose)
    return [one for one in map(read, container.members) if one and one.account and one.buddy]


_Thread = tuple[str, str, str]


def _thread(one: Log) -> _Thread:
    return one.network, one.account, one.buddy


class _Names:
    """By which names people go in the logs: an account is in its file's name alone."""

    def __init__(self, container: Container, logs: list[Log]) -> None:
        self._own: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._theirs: dict[_Thread, set[str]] = defaultdict(set)
        self._met: dict[_Thread, set[str]] = defaultdict(set)
        for member in container.members:
            if member.name.rpartition("/")[2] in _LISTS:
                self._listed(member)
        for one in logs:
            self._look(one)
        self._everywhere(logs)

    def own(self, one: Log, reading: Reading | None = None) -> set[str]:
        """The owner's names in a conversation, as far as they are known."""
        own = self._own[one.network, one.account] | {one.account}
        if reading:
            met = self._met[_thread(one)]
            own |= {name for name in met if reading.is_me(Party(kinds.NAME, name))}
        return own

    def theirs(self, one: Log) -> set[str]:
        """The names of the one whom a conversation is with."""
        return self._theirs[_thread(one)] | {one.buddy}

    def met(self, one: Log) -> set[str]:
        """All names at the beginning of the files of a conversation."""
        return self._met[_thread(one)]

    def are_told(self, one: Log, reading: Reading | None = None) -> bool:
        """Whether one can tell who spoke in a conversation without colours."""
        met = self.met(one)
        if met & self.own(one, reading):
            return True
        return not one.is_room and len(met) <= _PAIR and bool(met & self.theirs(one))

    def _listed(self, member: Member) -> None:
        """The names in the lists of accounts and of contacts."""
        try:
            with member.open() as stream:
                root: Element | None = parse(stream).getroot()
        except (ParseError, DefusedXmlException, VitalfewError, ValueError, LookupError):
            return
        for entry in root.iter() if root is not None else ():
            name = clean(entry.findtext("name") or "")
            alias = clean(entry.findtext("alias") or "").strip()
            if not (name and alias):
                continue
            if entry.tag == "account":
                self._own[service(entry.findtext("protocol") or ""), name].add(alias)
            elif entry.tag == "buddy":
                at = service(entry.get("proto", "")), entry.get("account", ""), name
                self._theirs[at].add(alias)

    def _look(self, one: Log) -> None:
        """Learn the names at the beginning of a file."""
        begins = pidgin_lines.HTML if one.is_html else pidgin_lines.TEXT
        for line in decode(one.member.head(_HEAD)).text.splitlines():
            found = begins.match(line)
            if not found or line.startswith("***", found.end()):  # a name without an end
                continue
            said = pidgin_lines.parted(
                found, line[found.end() :], is_html=one.is_html, names=frozenset()
            )
            if not said.name:
                continue
            if said.colour == OWN:
                self._own[one.network, one.account].add(said.name)
            elif said.colour == THEIRS and not one.is_room:
                self._theirs[_thread(one)].add(said.name)
            elif one.is_room or not one.is_html:
                self._met[_thread(one)].add(said.name)

    def _everywhere(self, logs: list[Log]) -> None:
        """Who speaks in the conversations with several others is the owner."""
        seen: dict[tuple[str, str, str], int] = defaultdict(int)
        for network, account, buddy in {_thread(one) for one in logs if not one.is_room}:
            for name in self._met[network, account, buddy]:
                seen[network, account, name] += 1
        most = max(seen.values(), default=0)
        best = [at for at, count in seen.items() if count == most]
        if most >= _PAIR and len({name for *_, name in best}) == 1:
            for network, account, name in best:
                self._own[network, account].add(name)


@dataclass(slots=True)
class _Conversation:
    """One file."""

    log: Log
    names: _Names
    reading: Reading
    told: Told
    _parties: dict[str, Party] = field(default_factory=dict)

    def talks(self) -> Iterator[Talk | Problem]:
        """Every message of it."""
        one = self.log
        begins = pidgin_lines.HTML if one.is_html else pidgin_lines.TEXT
        buddy = person(one.network, one.buddy)
        own, theirs = self.names.own(one, self.reading), self.names.theirs(one)
        known = frozenset(own | theirs | self.names.met(one))
        others: tuple[Party, ...] = (buddy,)
        if one.is_room:
            others = tuple(self._named(name) for name in sorted(self.names.met(one) - own))
        thread = f"{mark(person(one.network, one.account))} {mark(buddy)}"
        days = Days(one.start.date(), one.start.replace(tzinfo=None)) if one.start else None
        first = Told()
        for found in entries(one.member, begins, first):
            if isinstance(found, Problem):
                yield found
                continue
            number, match, body = found
            said = pidgin_lines.parted(match, body, is_html=one.is_html, names=known)
            if not said.name:
                self.told.system += 1
                continue
            where = f"{one.member.name} line {number:,}"
            moment = self._moment(days, match[2])
            if moment is None:
                yield Problem(where, "no time that can be read")
                continue
            direction = self._direction(said, own, theirs)
            sender = None if direction == "out" else self._sender(said, direction, buddy)
            yield Talk(
                where=where,
                key="",
                kind="message",
                moment=moment,
                sender=sender,
                others=others,
                channel=channel(buddy, one.network),
                thread=thread,
                subject=one.buddy if one.is_room else "",
                text=clean(said.text),
                direction=direction,
                bulk="automatic reply" if said.is_automatic else "",
                file=one.member.name,
            )
        self.told.unknown += max(0, first.unknown - 1)  # the first line says what the log is
        self.told.cut += first.cut

    def _direction(self, said: Said, own: set[str], theirs: set[str]) -> str:
        """Who spoke, told by the colour, else by the name; "" if nothing tells."""
        if said.colour == OWN or (said.colour != THEIRS and said.name in own):
            return "out"
        if said.colour or self.log.is_html or said.name in theirs:
            return "in"
        if not self.names.are_told(self.log, self.reading):
            return ""
        met = self.names.met(self.log)
        return "in" if met & own or said.name not in met else "out"

    def _sender(self, said: Said, direction: str, buddy: Party) -> Party:
        if self.log.is_room or not direction:
            return self._named(said.name)
        account = said.name.partition("/")[0]
        return buddy._replace(name="" if account == self.log.buddy else clean(said.name))

    def _named(self, name: str) -> Party:
        if name not in self._parties:
            self._parties[name] = Party(kinds.NAME, clean(name))
        return self._parties[name]

    def _moment(self, days: Days | None, written: str) -> Moment | None:
        try:
            if days is None:
                days = Days(self.reading.now.date())
                if not any(sign in written for sign in "-/"):
                    return None
            when: datetime = days.moment(written)
            zone = self.log.start.tzinfo if self.log.start else None
            return self.reading.aware(when.replace(tzinfo=zone))
        except (ValueError, OverflowError):
            return None
