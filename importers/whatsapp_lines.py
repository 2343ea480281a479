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
    begun: tuple[int, Stamp] | None = None
    body: list[str] = []
    size = 0
    try:
        with text_of(member.stream(), charset(member.stream)) as text:
            number = 0
            while raw := text.readline(_LINE_LIMIT):
                number += 1
                line = raw.rstrip("\r\n")
                if found := stamped(line):
                    if begun:
                        yield Entry(*begun, "\n".join(body))
                    begun = number, found[0]
                    body = [found[1]]
                    size = len(found[1])
                elif begun is None:
                    told.unknown += bool(line.strip())
                elif size > LONGEST:
                    told.cut += 1
                else:
                    body.append(line[:LONGEST])
                    size += len(line) + 1
    except VitalfewError as error:
        if begun:
            yield Entry(*begun, "\n".join(body))
        yield Problem(member.name, error.sentence)
        return
    if begun:
        yield Entry(*begun, "\n".join(body))


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
