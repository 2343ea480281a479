"""The words people type for a day, and the words in which days are told."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from typing import Final, Literal

from core.errors import UsageError
from core.rules import partial_dates
from core.text import fold

Prefer = Literal["future", "past"]

_MONTH_NAMES: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 — reads best
_WEEKDAYS: Final = {
    word[:size]: number
    for number, word in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
    for size in range(3, len(word) + 1)
}
_DAYS: Final = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
_SPAN: Final = re.compile(
    r"(?P<in>in )?(?P<sign>[+-]?) ?(?P<count>[0-9]{1,5}|an?|one|next |last )? ?"
    r"(?P<unit>d(?:ays?)?|w(?:eeks?)?|m(?:o(?:nths?)?)?|y(?:ears?)?)(?P<ago> ago)?\Z"
)
_HELP: Final = "try today, fri, +2w, 24 dec or 2026-12-24"
_SHOWN: Final = 40
_WEEK, _FORTNIGHT, _TWO_MONTHS, _HALF_YEAR = 7, 14, 60, 183
_YEAR_MONTHS: Final = 12


def parse_day(text: str, today: date, *, prefer: Prefer = "future") -> date:
    """The day that somebody means.

    Args:
        text: ``today``, ``tomorrow``, ``fri``, ``+2w``, ``-3d``, ``3 weeks ago``, ``24 dec``,
            ``24.12.``, ``2026-12-24``.
        today: the day it is said.
        prefer: where to look for ``fri``, ``24 dec`` or an unsigned ``3d``: after today or
            before it. A weekday is never today.

    Raises:
        UsageError: the words name no single day, or one outside the calendar.
    """
    words = " ".join(fold(text[:200]).split()).removeprefix("on ")
    try:
        day = _named(words, today, prefer) or _spanned(words, today, prefer)
        day = day or _dated(words, today, prefer)
    except (OverflowError, ValueError):
        day = None
    if day is None:
        said = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        raise UsageError(f"“{said}” is no day I know: {_HELP}")
    return day


def ago(day: date, today: date) -> str:
    """How far a day is from today: ``5 days ago``, ``3 weeks ago``, ``in 2 months``."""
    distance = (today - day).days
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}.get(distance)
    if near is not None:
        return near
    days = abs(distance)
    if days < _FORTNIGHT:
        told = f"{days} days"
    elif days < _TWO_MONTHS:
        told = f"{days // _WEEK} weeks"
    else:
        months = _whole_months(min(day, today), max(day, today))
        years = months // _YEAR_MONTHS
        told = f"{years} years" if years > 1 else f"{max(months, 2)} months"
    return f"{told} ago" if distance > 0 else f"in {told}"


def short(day: date, today: date) -> str:
    """A day in few cells: ``2 Nov`` in this year or near it, else ``Mar 2024``."""
    month = _MONTH_NAMES[day.month - 1]
    near = day.year == today.year or abs((today - day).days) <= _HALF_YEAR
    return f"{day.day} {month}" if near else f"{month} {day.year}"


def _named(words: str, today: date, prefer: Prefer) -> date | None:
    if words in _DAYS:
        return today + timedelta(days=_DAYS[words])
    for side in ("next", "last"):
        if words.startswith(f"{side} "):
            prefer = "future" if side == "next" else "past"
            words = words[5:]
    if words not in _WEEKDAYS:
        return None
    if prefer == "future":
        return today + timedelta(days=(_WEEKDAYS[words] - today.weekday() - 1) % _WEEK + 1)
    return today - timedelta(days=(today.weekday() - _WEEKDAYS[words] - 1) % _WEEK + 1)


def _spanned(words: str, today: date, prefer: Prefer) -> date | None:
    span = _SPAN.match(words)
    if span is None or span["count"] is None:
        return None
    count = int(span["count"]) if span["count"].isdecimal() else 1
    past = prefer == "past"
    if span["sign"] or span["in"]:
        past = span["sign"] == "-"
    if span["ago"] or span["count"] == "last ":
        past = True
    if span["count"] == "next ":
        past = False
    count = -count if past else count
    unit = span["unit"][0]
    if unit in "dw":
        return today + timedelta(days=count * (_WEEK if unit == "w" else 1))
    return _months_on(today, count * (_YEAR_MONTHS if unit == "y" else 1))


def _dated(words: str, today: date, prefer: Prefer) -> date | None:
    """A date, or a month alone (its first day), with the year that `prefer` asks for."""
    if words in partial_dates.MONTH_WORDS:
        partial = partial_dates.PartialDate(None, partial_dates.MONTH_WORDS[words], 1)
    else:
        found = partial_dates.parse(words)
        if found is None or found.day is None:
            return None
        partial = found
    if partial.year is not None:
        return partial.full()
    if prefer == "future":
        return partial_dates.next_occurrence(partial, today)
    this_year = partial_dates.in_year(partial, today.year)
    if this_year is not None and this_year > today:
        return partial_dates.in_year(partial, today.year - 1)
    return this_year


def _months_on(day: date, months: int) -> date | None:
    """The same day of another month, or its last day where it is shorter."""
    year, month = divmod(day.year * _YEAR_MONTHS + day.month - 1 + months, _YEAR_MONTHS)
    if not 1 <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _whole_months(early: date, late: date) -> int:
    months = (late.year - early.year) * _YEAR_MONTHS + late.month - early.month
    return months - (late.day < early.day)
