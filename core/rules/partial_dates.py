"""Dates of which a part may be missing: a birthday without a year, a year alone."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Final

from core.text import fold

_LEAP_YEAR: Final = 2000
_FEBRUARY, _LEAP_DAY = 2, 29
_MONTHS, _MOST_DAYS = 12, 31
_NO_YEAR: Final = frozenset({0, 1604})
# What spreadsheets and mail programs write for "none".
_EMPTY: Final = frozenset({(1899, 12, 30), (1899, 12, 31), (1, 1, 1)})
_LAST_OF_THIS_CENTURY: Final = 29
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known; `str` gives its normal form.

    Attributes:
        year: 1 to 9999, or None.
        month: 1 to 12, or None; a year stands without it.
        day: of the month, or None; never without a month.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """``1980-05-03``, ``--05-03``, ``1980-05`` or ``1980``."""
        year = "-" if self.year is None else f"{self.year:04}"
        month = "" if self.month is None else f"-{self.month:02}"
        return year + month + ("" if self.day is None else f"-{self.day:02}")

    def full(self) -> date | None:
        """The day itself, if every part is known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


_WORDS: Final = (
    ("january", "januar", "janvier", "enero", "gennaio", "janeiro", "januari", "janner"),
    ("february", "februar", "fevrier", "febrero", "febbraio", "fevereiro", "februari"),
    ("march", "marz", "mars", "marzo", "marco", "maart", "mrt", "maerz", "mrz"),
    ("april", "avril", "abril", "aprile"),
    ("may", "mai", "mayo", "maggio", "maio", "mei"),
    ("june", "juni", "juin", "junio", "giugno", "junho"),
    ("july", "juli", "juillet", "julio", "luglio", "julho"),
    ("august", "aout", "agosto", "augustus"),
    ("september", "septembre", "septiembre", "settembre", "setembro"),
    ("october", "oktober", "octobre", "octubre", "ottobre", "outubro"),
    ("november", "novembre", "noviembre", "novembro"),
    ("december", "dezember", "decembre", "diciembre", "dicembre", "dezembro"),
)
_SHORTEST_WORD: Final = 3


def _month_words() -> dict[str, int]:
    """Every beginning of a month's name that belongs to one month only."""
    found: dict[str, set[int]] = {}
    for month, words in enumerate(_WORDS, 1):
        for word in words:
            for size in range(_SHORTEST_WORD, len(word) + 1):
                found.setdefault(word[:size], set()).add(month)
    return {word: min(months) for word, months in found.items() if len(months) == 1}


MONTH_WORDS: Final = _month_words()
"""Names of months and their beginnings, folded, in seven languages, to 1 to 12."""

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_NUMBERS: Final = (
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})\Z"),
    re.compile(r"(?P<y>[0-9]{4})([-/.])(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})\.?\Z"),
    re.compile(r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日\Z"),
    re.compile(r"--(?P<m>[0-9]{2})-?(?P<d>[0-9]{2})\Z"),
    re.compile(r"(?P<y>[0-9]{4})(?:-(?P<m>[0-9]{1,2}))?\Z"),
)
_DOTTED: Final = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.(?:\s?([0-9]{4}|[0-9]{2}))?\Z")
_EITHER_ORDER: Final = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})\Z")
_TIME: Final = re.compile(r"(?<=[0-9])(?:t[0-9]{2}|,?\s+[0-9]{1,2}:[0-9]{2}).*\Z", re.DOTALL)
_TOKENS: Final = re.compile(r"[0-9]+|[^\W\d_]+")
_LITTLE_WORDS: Final = frozenset({"st", "nd", "rd", "th", "er", "of", "de", "del", "di", "the"})
_WEEKDAYS: Final = frozenset(
    {"mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur", "thurs"}
    | {"thursday", "fri", "friday", "sat", "saturday", "sun", "sunday"}
)


def parse(text: str, day_first: bool | None = None) -> PartialDate | None:
    """The date that a text certainly means, or None.

    Args:
        text: any of the shapes that exports write: ``1980-05-03``, ``19800503``, ``--0503``,
            ``1604-05-03`` (no year), ``12 Mar 2021``, ``7-Feb-22``, ``3.5.1980``, ``13/5/1980``;
            a time after it is dropped.
        day_first: how to read ``3/5/1980`` where both orders are possible; None: not at all.

    Returns:
        None for anything else, for days that do not exist, and for what programs write when they
        mean none (``0/0/00``, ``1899-12-31``). Years of two digits are 1930 to 2029.
    """
    if iso := _ISO.match(text):
        return _checked(int(iso[1]), int(iso[2]), int(iso[3]))
    if len(text) > _LONGEST:
        return None
    text = _TIME.sub("", fold(text).strip()).strip()
    for shape in _NUMBERS:
        if found := shape.match(text):
            parts = found.groupdict()
            return _checked(*(int(parts.get(name) or 0) for name in "ymd"))
    if dotted := _DOTTED.match(text):
        return _ordered(int(dotted[1]), int(dotted[2]), _year(dotted[3] or "0000"), day_first=True)
    if either := _EITHER_ORDER.match(text):
        return _ordered(int(either[1]), int(either[3]), _year(either[4]), day_first)
    return _in_words(text)


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 — as many digits as 07 has
        return year
    return year + (2000 if year <= _LAST_OF_THIS_CENTURY else 1900)


def _checked(year: int | None, month: int | None, day: int | None) -> PartialDate | None:
    """The date if it exists; a part that is 0, as databases write it, is missing."""
    if (year, month, day) in _EMPTY:
        return None
    year, month, day = (None if year in _NO_YEAR else year), month or None, day or None
    if month is None:
        return PartialDate(year) if year and not day else None
    if month > _MONTHS or (year is None and day is None):
        return None
    if day is not None and day > monthrange(year or _LEAP_YEAR, month)[1]:
        return None
    return PartialDate(year, month, day)


def _ordered(first: int, second: int, year: int, day_first: bool | None) -> PartialDate | None:
    if first == 0 or second == 0:
        return None
    if first == second or day_first is not None:
        day, month = (first, second) if day_first else (second, first)
    elif first > _MONTHS:
        day, month = first, second
    elif second > _MONTHS:
        day, month = second, first
    else:
        return None
    if month > _MONTHS >= day:
        day, month = month, day
    return _checked(year, month, day)


def _in_words(text: str) -> PartialDate | None:
    """A date with the month as a word, in either order."""
    numbers: list[str] = []
    month: int | None = None
    for token in _TOKENS.findall(text):
        if token.isdecimal():
            numbers.append(token)
        elif month is None and token in MONTH_WORDS:
            month = MONTH_WORDS[token]
        elif token not in _LITTLE_WORDS and token not in _WEEKDAYS:
            return None
    if month is None or not 1 <= len(numbers) <= 2 or not all(n.isascii() for n in numbers):  # noqa: PLR2004 — a day and a year
        return None
    years = [number for number in numbers if len(number) == 4]  # noqa: PLR2004 — 1980
    days = [number for number in numbers if len(number) <= 2]  # noqa: PLR2004 — 7 or 07
    if len(years) + len(days) != len(numbers) or len(years) > 1:
        return None
    if len(days) == 2:  # noqa: PLR2004 — 7-Feb-22: a day, then a year
        return _checked(_year(days[1]), month, int(days[0]))
    return _checked(int(years[0]) if years else None, month, int(days[0]) if days else None)


def includes(full: PartialDate, less: PartialDate) -> bool:
    """Whether a date says all that another says, and maybe more."""
    pairs = ((full.year, less.year), (full.month, less.month), (full.day, less.day))
    return all(known is None or known == said for said, known in pairs)


def in_year(partial: PartialDate, year: int) -> date | None:
    """The day of a date in a given year; 29 February is the 28th in common years."""
    if partial.month is None or partial.day is None or not 1 <= year <= MAXYEAR:
        return None
    day = partial.day
    if (partial.month, day) == (_FEBRUARY, _LEAP_DAY) and not isleap(year):
        day -= 1
    return date(year, partial.month, day)


def next_occurrence(partial: PartialDate, today: date) -> date | None:
    """The first day from today on that has this month and day; None if it has none, or never."""
    this_year = in_year(partial, today.year)
    if this_year is None or this_year >= today:
        return this_year
    return in_year(partial, today.year + 1)


def age_at(partial: PartialDate, day: date) -> int | None:
    """The age in whole years on a day; None if a part is unknown or the day is before it."""
    birthday = in_year(partial, day.year)
    if partial.year is None or birthday is None:
        return None
    age = day.year - partial.year - (day < birthday)
    return age if age >= 0 else None
