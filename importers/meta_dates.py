"""Times as the pages of Facebook and Instagram print them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from core.rules.partial_dates import MONTH_WORDS
from core.text import fold

_LONGEST: Final = 80
_MOST_WORDS: Final = 6  # beside the numbers: weekday, month, "at", a zone
_FIRST_WORDS: Final = 3
_CLOCK: Final = re.compile(
    r"(?<!\d)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?!\d)\s*(?:([ap])\.?\s?m\b\.?)?", re.IGNORECASE
)
_OFFSET: Final = re.compile(r"(?:UTC|GMT)\s*([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_EAST_ASIAN: Final = re.compile(r"(\d{4})[年년]\s*(\d{1,2})[月월]\s*(\d{1,2})[日일]")
_WORD: Final = re.compile(r"[^\W\d_]+\.?")
_NUMBER: Final = re.compile(r"\d+")
_HOURS: Final = {  # of the names that Facebook has printed
    **dict.fromkeys(("UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("WEST", "BST", "CET"), 1),
    **dict.fromkeys(("CEST", "EET"), 2),
    **dict.fromkeys(("EEST", "MSK"), 3),
    "JST": 9,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
    "EDT": -4,
    "EST": -5,
    "CDT": -5,
    "CST": -6,
    "MDT": -6,
    "MST": -7,
    "PDT": -7,
    "PST": -8,
}
_NOON: Final = 12
_YEAR_DIGITS: Final = 4


@lru_cache(1_024)  # messages of one minute stand together
def when(text: str) -> datetime | None:
    """The moment that a whole text is, with its offset if one is stated.

    Args:
        text: such as ``Friday, October 4, 2013 at 10:05pm PDT`` or ``Okt 04, 2013 22:05:00``.

    Returns:
        None if it is no day and time of day, or more than that.
    """
    text = text.strip()
    if len(text) > _LONGEST or not (clock := _CLOCK.search(text)):
        return None
    before, after = text[: clock.start()], text[clock.end() :]
    offset = _offset(after)
    rest = before if offset is not None else f"{before} {after}"
    day = _day(rest)
    if day is None:
        return None
    hour, minute, second = (int(part or 0) for part in clock.group(1, 2, 3))
    if half := (clock[4] or "").lower():
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        zone = None if offset is None else timezone(offset)
        return datetime(*day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _day(text: str) -> tuple[int, int, int] | None:
    if found := _EAST_ASIAN.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    words, numbers = _WORD.findall(text), _NUMBER.findall(text)
    if len(words) > _MOST_WORDS or len(numbers) != len(("day", "year")):
        return None
    years = [number for number in numbers if len(number) == _YEAR_DIGITS]
    # A weekday and a little word may stand before the month, a sentence may not.
    months = [MONTH_WORDS.get(fold(word).rstrip("."), 0) for word in words[:_FIRST_WORDS]]
    months = list(filter(None, months))
    if len(years) != 1 or not months:
        return None
    numbers.remove(years[0])
    return int(years[0]), months[-1], int(numbers[0])


def _offset(text: str) -> timedelta | None:
    """What follows the time of day, if it is a zone whose offset is known."""
    text = text.strip(" )(")
    if found := _OFFSET.search(text):
        away = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return -away if found[1] == "-" else away
    hours = _HOURS.get(text.upper())
    return None if hours is None else timedelta(hours=hours)
