"""A member as lines of text, one at a time, whatever its encoding and line ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import VitalfewError
from importers.charset import charset, text_of
from importers.decode import decode
from importers.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Member

LINE_LIMIT: Final = 20_000_000
"""Characters from which a line is cut in two, so that a file without an end is never whole."""
_HEAD: Final = 1 << 14


def lines(member: Member, problems: list[Problem]) -> Iterator[str]:
    """Every line of a member, without its end.

    Args:
        member: LF, CRLF, CR or a mixture, in any encoding of the ladder.
        problems: gets a sentence if the text is not clean (first) or breaks off (last).
    """
    try:
        found = charset(member.open)
        if found.doubtful:
            why = f"Not all of the text is clean; it was read as {found.encoding}."
            problems.append(Problem(member.name, why, fatal=False))
        with text_of(member.open(), found) as text:
            while line := text.readline(LINE_LIMIT):
                yield line.rstrip("\r\n")
    except VitalfewError as error:
        problems.append(Problem(member.name, error.sentence))


def first_lines(member: Member) -> list[str]:
    """The lines at the beginning of a member; the last one may be cut."""
    return decode(member.head(_HEAD)).text.splitlines()
