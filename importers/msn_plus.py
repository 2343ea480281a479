"""Messenger Plus!: the history of a contact as a page, sessions with a table of rows each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from core.rules import kinds
from importers.decode import clean, decode
from importers.im_text import CLOCK, Days, Told, entries, mark, person, uncoded, words
from importers.record import Problem
from importers.talk import Party, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Member
    from importers.talk import Moment, Reading

_SESSION: Final = re.compile(
    r'<div class="mplsession" id="Session_(\d{4})-(\d\d)-(\d\d)T(\d\d)-(\d\d)-(\d\d)"',
    re.IGNORECASE,
)
_BEGINS: Final = re.compile(
    rf"\s*(?:{_SESSION.pattern}|<li\b[^>]*>()|<tr\b[^>]*>\s*<th\b[^>]*>\s*"
    rf"<span\b[^>]*>\(({CLOCK})\)</span>|</?(?:ul|table|tbody|body|html|h2)\b)",
    re.IGNORECASE,
)
_PERSON, _TIME = 7, 8
_HEAD: Final = 1 << 15
_LINE: Final = 2_000
_ITEM: Final = re.compile(r"\s*<li\b[^>]*>", re.IGNORECASE)
_LISTED: Final = re.compile(
    r"(.*?)<span\b[^>]*>\((\S{1,200}@\S{1,200}?)\)</span>", re.IGNORECASE | re.DOTALL
)
_ROW: Final = re.compile(r"(.*?)</th>\s*<td\b[^>]*>(.*?)(?:</td>|\Z)", re.IGNORECASE | re.DOTALL)
_ADDRESS: Final = re.compile(r"[^\s@/]+@[^\s@/]+\.[^\s@/]+")
_COPY: Final = re.compile(r"(?:\s*\(\d+\))?\.html?\Z", re.IGNORECASE)
_PAIR: Final = 2


def is_page(member: Member) -> bool:
    """Whether a page is such a history."""
    return bool(_SESSION.search(decode(member.head(_HEAD)).text))


def owner(member: Member) -> Party | None:
    """Whoever takes part beside the one whom the page is named after."""
    peer = _peer(member)
    found = [
        one
        for line in decode(member.head(_HEAD)).text.splitlines()
        if (item := _ITEM.match(line))
        and (listed := _LISTED.match(line[item.end() :][:_LINE]))
        and mark(one := person("msn", listed[2])) != peer
    ]
    return found[0] if peer and len(set(map(mark, found))) == 1 else None


def _peer(member: Member) -> str:
    named = _ADDRESS.fullmatch(_COPY.sub("", member.name.rpartition("/")[2]))
    return named[0].lower() if named else ""


def talks(member: Member, reading: Reading, told: Told) -> Iterator[Talk | Problem]:
    """Every message of a page."""
    page = _Page(member, reading, told, _peer(member))
    head = Told()
    for found in entries(member, _BEGINS, head):
        if isinstance(found, Problem):
            yield found
        elif talk := page.entry(*found):
            yield talk
    told.cut += head.cut


@dataclass(slots=True)
class _Page:
    """The session that is being read."""

    member: Member
    reading: Reading
    told: Told
    peer: str
    _days: Days | None = None
    _people: dict[str, Party] = field(default_factory=dict)

    def entry(self, number: int, found: re.Match[str], body: str) -> Talk | Problem | None:
        """What a line says: a session begins, somebody takes part, or a message."""
        where = f"{self.member.name} line {number:,}"
        if found[1]:
            self._people = {}
            self._days = None
            try:
                start = datetime(*(int(found[n]) for n in range(1, 7)))  # type: ignore[arg-type]  # noqa: DTZ001 — by the device's clock
            except ValueError:
                return Problem(where, "no day that can be read", fatal=False)
            self._days = Days(start.date(), start)
        elif found[_PERSON] is not None:
            if listed := _LISTED.match(body[:_LINE]):
                name = uncoded(words(listed[1]))
                self._people[name] = person("msn", listed[2], name)
        elif found[_TIME]:
            return self._row(where, found[_TIME], body)
        return None

    def _row(self, where: str, clock: str, body: str) -> Talk | Problem | None:
        row = _ROW.match(body)
        name = words(row[1]) if row else ""
        if row is None or not name.endswith(":"):
            self.told.system += 1
            return None
        moment = self._moment(clock)
        if moment is None:
            return Problem(where, "no time that can be read")
        name = uncoded(name[:-1])
        sender = self._people.get(name) or Party(kinds.NAME, clean(name) or "?")
        others = tuple(self._people.values())
        marks = sorted(mark(one) for one in others)
        is_group = len(others) > _PAIR
        is_pair = len(others) == _PAIR and self.peer in marks
        direction = ""
        if is_pair and sender.kind != kinds.NAME:
            direction = "in" if mark(sender) == self.peer else "out"
            others = tuple(one for one in others if mark(one) == self.peer)
        return Talk(
            where=where,
            key="",
            kind="message",
            moment=moment,
            sender=None if direction == "out" else sender,
            others=others,
            channel="msn",
            thread=" ".join(marks),
            subject=self.peer if is_group else "",
            text=words(row[2]),
            direction=direction,
            file=self.member.name,
        )

    def _moment(self, clock: str) -> Moment | None:
        try:
            return self.reading.local(self._days.moment(clock)) if self._days else None
        except (ValueError, OverflowError):
            return None
