"""The lines of an exported chat: where a message begins, its time as it stands, who and what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import VitalfewError
from importers.charset import charset, text_of
from importers.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Member

LONGEST: Final = 100_000
"""Characters of one message that are kept; the app itself takes no more than 65,536."""
MARKS: Final = "\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c"
"""Signs of the direction of writing, as a class of a pattern."""

_LINE_LIMIT: Final = 1_000_000
_SPACE: Final = "[ \u00a0\u2007\u2009\u202f]"
_MARK: Final = f"[{MARKS}]*"
_GAP: Final = f"[ \u00a0\u2007\u2009\u202f{MARKS}]*"
_NAME_LIMIT: Final = 120
_COLONS: Final = 4
_QUOTES: Final = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"))
_STAMP: Final = re.compile(
    rf"{_MARK}(\[)?{_MARK}"
    rf"(\d{{1,4}}){_MARK}[-/.]{_GAP}(\d{{1,4}}){_MARK}[-/.]{_GAP}(\d{{1,4}})(\.)?{_MARK}"
    rf",?{_MARK}{_SPACE}{_GAP}(?:([^\W\d_][^\d\[\]:]{{0,14}}?)?{_GAP})?"
    rf"(\d{{1,2}})[.:](\d{{2}})(?:[.:](\d{{2}}))?"
    rf"(?:{_GAP}([^\W\d_][^\d\[\]:\u2013-]{{0,8}}?))?{_MARK}"
    rf"(?(1)\](?:{_SPACE}|\Z)|(?:{_SPACE}{_MARK}[-\u2013]{_MARK}{_SPACE}"
    rf"|(?(10)(?!)|(?::{_SPACE}|(?(5){_SPACE}|(?!))))))"
)
_PLAIN: Final = re.compile(  # stamps whose date tells nothing of the time of day
    r"(\[?\d{1,4}[-/.]\d{1,4}[-/.]\d{1,4},? )"
    r"(\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:[ \u202f][AaPp][Mm])?)( - |\] )"
)
_TIME_LIMIT: Final = 14  # characters of a time of day and what ends it
_TIMES: Final = 10_000
_BEGINS: Final = frozenset("[\u200e\u200f\u202a\u202b\u202c\u2068\u2069\ufeff\u061c")
_TIDY: Final = re.compile(rf"[{MARKS}\s.]")
_TIDY_NAME: Final = re.compile(f"[{MARKS}]")
_MORNING: Final = frozenset({"am", "오전", "上午", "凌晨", "早上", "午前", "ص", "πμ", "öö"})
_EVENING: Final = frozenset({"pm", "오후", "下午", "晚上", "午後", "م", "μμ", "ös"})
_NOON: Final = 12


class Stamp(NamedTuple):
    """A time as it stands: three parts of a date in unknown order, and the time of day.

    Attributes:
        second: -1 where the export gives none.
    """

    first: str
    middle: str
    last: str
    hour: int
    minute: int
    second: int


class Entry(NamedTuple):
    """One message or line of the system, with all lines that belong to it."""

    line: int
    stamp: Stamp
    body: str


@dataclass(slots=True)
class Told:
    """What is not an entry, counted while entries are read."""

    unknown: int = 0
    cut: int = 0


def stamped(line: str) -> tuple[Stamp, str] | None:
    """The time at the beginning of a line and what follows it; None for any other line."""
    start = line[:1]
    if not start.isdecimal() and start not in _BEGINS:
        return None
    found = _STAMP.match(line)
    if found is None:
        return None
    _, first, middle, last, _, before, hour, minute, second, after = found.groups()
    hours = int(hour)
    if before or after:
        hours = _of_day(hours, {_TIDY.sub("", word or "").casefold() for word in (before, after)})
    stamp = Stamp(first, middle, last, hours, int(minute), int(second) if second else -1)
    return stamp, line[found.end() :]


class Stamps:
    """Reads the times at the beginnings of the lines of one file.

    Most lines are of the same day as the line before. There is no need of a pattern where that
    date, and a time of day that was met before, stand together again.
    """

    def __init__(self) -> None:
        self._date = ""  # of the last line, with all that stands before the time of day
        self._end = ""
        self._parts = ("", "", "")
        self._times: dict[str, tuple[int, int, int]] = {}

    def of(self, line: str) -> tuple[Stamp, str] | None:
        """As `stamped` reads it."""
        if self._date and line.startswith(self._date):
            begin = len(self._date)
            end = line.find(self._end, begin, begin + _TIME_LIMIT)
            if end > 0 and (time := self._times.get(line[begin:end])):
                return Stamp(*self._parts, *time), line[end + len(self._end) :]
        found = stamped(line)
        if found and (head := _PLAIN.fullmatch(line, 0, len(line) - len(found[1]))):
            self._learn(head, found[0])
        return found

    def _learn(self, head: re.Match[str], stamp: Stamp) -> None:
        date, time, end = head.groups()
        if end != self._end or len(self._times) > _TIMES:
            self._times.clear()
        self._date, self._parts, self._end = date, stamp[:3], end
        self._times[time] = stamp[3:]


def _of_day(hour: int, words: set[str]) -> int:
    if not words.isdisjoint(_MORNING):
        return 0 if hour == _NOON else hour
    if not words.isdisjoint(_EVENING):
        return hour + 12 if hour < _NOON else hour
    return hour


def entries(member: Member, told: Told) -> Iterator[Entry | Problem]:
    """Every entry of a chat, streamed; a problem if the file is damaged.

    Args:
        member: the text, in any encoding.
        told: gets the count of lines that are not understood, or too long.
    """
    # `text_lines.lines` bounds the file to what may be held as a whole; a chat is streamed.
    begun: Entry | None = None
    more: list[str] = []
    size = number = 0
    stamp_of = Stamps().of
    try:
        with text_of(member.stream(), charset(member.stream)) as text:
            while raw := text.readline(_LINE_LIMIT):
                number += 1
                line = raw.rstrip("\r\n")
                if found := stamp_of(line):
                    if begun:
                        yield _whole(begun, more) if more else begun
                    begun = Entry(number, *found)
                    more = []
                    size = len(begun.body)
                elif begun is None:
                    told.unknown += bool(line.strip())
                elif size > LONGEST:
                    told.cut += 1
                else:
                    more.append(line[:LONGEST])
                    size += len(line) + 1
    except VitalfewError as error:
        if begun:
            yield _whole(begun, more)
        yield Problem(member.name, error.sentence)
        return
    if begun:
        yield _whole(begun, more)


def _whole(begun: Entry, more: list[str]) -> Entry:
    return begun._replace(body="\n".join((begun.body, *more)))


def parted(body: str, known: frozenset[str] | set[str]) -> tuple[str, str]:
    """Sender and text of an entry; sender "" for a line of the system.

    Args:
        body: what follows the time.
        known: senders that were met, whose colon needs no space after it.
    """
    sender, colon, text = body.partition(": ")
    if colon and sender in known:
        return sender, text
    head = body[: _NAME_LIMIT + 1].partition("\n")[0]
    at = -1
    for _ in range(_COLONS):
        at = head.find(":", at + 1)
        if at < 1:
            break
        sender = plain(head[:at])
        after = body[at + 1 : at + 2]
        if (not after or after.isspace() or sender in known) and sender and not _quoted(sender):
            return sender, body[at + 2 :] if after.isspace() else body[at + 1 :]
    return "", body


def plain(text: str) -> str:
    """A name without signs of direction and with common spaces."""
    if not text.isascii():
        text = _TIDY_NAME.sub("", text)
    return " ".join(text.split())


def _quoted(sender: str) -> bool:
    """Whether the colon stood inside of quotation marks: the title of a group, not a name."""
    return any(
        sender.count(opening) % 2
        if opening == closing
        else opening in sender and closing not in sender
        for opening, closing in _QUOTES
    )
