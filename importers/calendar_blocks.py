"""A calendar file taken apart into its events, so that one that is broken spoils no other.

`icalendar` makes one tree of a whole file, and nothing at all of one that was cut off. So the
file is parted here at its BEGIN and END lines, and each event is given to it alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from importers.decode import clean
from importers.record import Problem
from importers.text_lines import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from importers.container import Member

CALENDAR, EVENT, ZONE, NAME, METHOD = "VCALENDAR", "VEVENT", "VTIMEZONE", "X-WR-CALNAME", "METHOD"
INCOMPLETE: Final = "incomplete calendar: it breaks off before its end"
CUT: Final = "an event without its end"

_TOP: Final = frozenset({CALENDAR, EVENT, ZONE, "VTODO", "VJOURNAL", "VFREEBUSY"})
_MARK: Final = re.compile(r"\ufeff?\s*(BEGIN|END)\s*:\s*([A-Z0-9-]+)\s*\Z", re.IGNORECASE)
_WANTED: Final = re.compile(
    r"(?:UID|RECURRENCE-ID|SEQUENCE|LAST-MODIFIED|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|STATUS"
    r"|SUMMARY|LOCATION|DESCRIPTION|ORGANIZER|ATTENDEE|CATEGORIES|X-GOOGLE-CALENDAR-CONTENT-[A-Z-]+)"
    r"[;:]",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(r"(X-WR-CALNAME|METHOD)(?:;[^:]*)?:(.*)\Z", re.IGNORECASE)
_MOST_LINES: Final = 2_000
_LONGEST_LINE: Final = 100_000


class Block(NamedTuple):
    """A part of a calendar file.

    Attributes:
        what: EVENT, ZONE, or CALENDAR where one begins; NAME or METHOD of that calendar.
        text: unfolded lines, BEGIN and END among them; of NAME and METHOD the value.
        line: of the file, from 1.
    """

    what: str
    text: str
    line: int


def blocks(member: Member) -> Iterator[Block | Problem]:
    """Events, time zones and what is said of the calendars, in file order."""
    notes: list[Problem] = []
    taken = _Taken(member.name)
    for number, line in _unfolded(lines(member, notes)):
        if not (mark := _MARK.match(line)):
            yield from taken.line(line, number)
        elif mark[1].upper() == "BEGIN":
            yield from taken.begin(mark[2].upper(), number)
        else:
            yield from taken.end(mark[2].upper())
    yield from notes
    if taken.in_calendar or taken.outer in {EVENT, ZONE}:
        yield Problem(member.name, INCOMPLETE)


@dataclass(slots=True)
class _Taken:
    """What of a file was read, up to the line at hand.

    Attributes:
        outer: the event, zone or task that is open, or "".
        depth: how many parts of it are open, such as alarms.
        kept: its lines.
        start: the number of its first one.
    """

    name: str
    in_calendar: bool = False
    outer: str = ""
    depth: int = 0
    kept: list[str] = field(default_factory=list)
    start: int = 0

    def line(self, line: str, number: int) -> Iterator[Block]:
        if self.outer == ZONE or (self.outer == EVENT and not self.depth and _WANTED.match(line)):
            self.kept += [clean(line)] * (len(self.kept) < _MOST_LINES)
        elif not self.outer and (about := _ABOUT.match(line)):
            yield Block(about[1].upper(), clean(about[2].strip()), number)

    def begin(self, name: str, number: int) -> Iterator[Block | Problem]:
        if name in _TOP:
            yield from self._cut()
        if name == CALENDAR:
            if self.in_calendar:
                yield Problem(self.name, INCOMPLETE)
            yield Block(CALENDAR, "", number)
            self.in_calendar = True
        elif self.outer:
            self.depth += 1
            self.kept += [f"BEGIN:{name}"] * (self.outer == ZONE)
        else:
            self.outer, self.depth, self.kept, self.start = name, 0, [f"BEGIN:{name}"], number

    def end(self, name: str) -> Iterator[Block | Problem]:
        if name == CALENDAR:
            yield from self._cut()
            self.in_calendar = False
        elif name == self.outer:
            if name in {EVENT, ZONE}:
                yield Block(name, "\r\n".join((*self.kept, f"END:{name}", "")), self.start)
            self.outer = ""
        elif self.outer:
            self.depth -= 1
            self.kept += [f"END:{name}"] * (self.outer == ZONE)

    def _cut(self) -> Iterator[Problem]:
        if self.outer == EVENT:
            yield Problem(f"{self.name} line {self.start:,}", CUT)
        self.outer = ""


def _unfolded(found: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines with what was folded put together again, and the number of each one's first."""
    parts: list[str] = []
    start = length = 0
    for number, line in enumerate(found, 1):
        if line[:1] in {" ", "\t"} and parts:
            parts += [line[1:]] * (length < _LONGEST_LINE)
        else:
            if parts:
                yield start, "".join(parts)[:_LONGEST_LINE]
            parts, start, length = [line], number, 0
        length += len(line)
    if parts:
        yield start, "".join(parts)[:_LONGEST_LINE]
