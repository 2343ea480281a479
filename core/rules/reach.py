"""Whether somebody can be reached now, by the clock where they are: pure.

Hours are those of people: at night everybody sleeps, who is written to at work works from Monday
to Friday. When somebody usually answers says more than either.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.rules import reasons

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.rules.focus import FocusRow

NOW, LATER, ASLEEP = "now", "later", "asleep"
UNKNOWN: Final = ""
_FIRST: Final = (NOW, UNKNOWN, LATER, ASLEEP)
_MORNING, _NIGHT = 7, 22
_WORK_BEGINS, _WORK_ENDS, _WORKDAYS = 9, 18, 5
_AT_WORK: Final = frozenset({"mail", "call", "linkedin", "xing"})
"""Channels by which somebody with an employer is reached in working hours."""
_KINDS: Final = (
    *(reasons.NEWS, reasons.WROTE, reasons.OWED, reasons.WAITED),
    *(reasons.ANNIVERSARY, reasons.BIRTHDAY, reasons.PROMISED),
)
"""What the reasons weigh, the lightest first; A's ten do not lift one into the next."""


class Reach(NamedTuple):
    """When somebody can be reached.

    Attributes:
        when: `NOW`, `LATER`, `ASLEEP`, or `UNKNOWN`.
        there: the local moment where they are; None where that is not known.
        away: their clock shows another time than the user's.
    """

    when: str = UNKNOWN
    there: datetime | None = None
    away: bool = False


def reach(
    moment: datetime, zone: str, hours: str = "", channel: str = "", *, employed: bool = False
) -> Reach:
    """Whether somebody can be reached now.

    Args:
        moment: now, aware, in the user's zone.
        zone: the IANA name of the zone they are in; "" where that is not known.
        hours: within which they usually write, by the user's clock, such as ``18-21``; or "".
        channel: of a row of the list.
        employed: whether they have a place of work.
    """
    there = _there(moment, zone)
    usual = _within(hours, moment.hour)
    if there is None:
        return Reach(UNKNOWN if usual is None else NOW if usual else LATER)
    away = there.utcoffset() != moment.utcoffset()
    asleep = not _MORNING <= there.hour < _NIGHT
    if asleep and (channel == "call" or not usual):
        return Reach(ASLEEP, there, away)
    if usual is None:
        usual = not (employed and channel in _AT_WORK) or _at_work(there)
    return Reach(NOW if usual else LATER, there, away)


def of_row(row: FocusRow, moment: datetime) -> Reach:
    """Whether whoever a row is about can be reached by its channel now."""
    return reach(moment, row.zone, row.hours, row.channel, employed=bool(row.org))


def in_order(rows: Sequence[FocusRow], moment: datetime) -> tuple[FocusRow, ...]:
    """The same rows; neighbours of one kind with those first who can be reached now.

    The kind is that of the reason: a promise stays before a birthday, whoever sleeps, and what is
    done stays where it is.
    """

    def turn(row: FocusRow) -> int:
        return 0 if row.done else _FIRST.index(of_row(row, moment).when)

    kinds = groupby(rows, lambda row: (row.done, bisect_right(_KINDS, row.weight)))
    return tuple(row for _, alike in kinds for row in sorted(alike, key=turn))


def span(hours: str) -> tuple[int, int] | None:
    """The first hour of ``22-1`` and the one that is none of them any more; None if unreadable."""
    first, dash, last = hours.partition("-")
    if not (dash and first.isdecimal() and last.isdecimal()):
        return None
    return int(first) % 24, int(last) % 24


def _there(moment: datetime, zone: str) -> datetime | None:
    try:
        return moment.astimezone(ZoneInfo(zone)) if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        return None


def _within(hours: str, hour: int) -> bool | None:
    found = span(hours)
    if found is None:
        return None
    first, end = found
    return first <= hour < end if first < end else hour >= first or hour < end


def _at_work(there: datetime) -> bool:
    return there.weekday() < _WORKDAYS and _WORK_BEGINS <= there.hour < _WORK_ENDS
