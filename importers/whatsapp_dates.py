"""Which part of a date is the day: a chat does not say it, the whole of it shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from importers.whatsapp_lines import Stamp

_MONTHS: Final = 12
_DAYS: Final = 31
_YEAR_DIGITS: Final = 4
_CENTURY: Final = 2000
_BUDDHIST: Final = range(2400, 2700)
_BUDDHA: Final = 543
_MONTH_FIRST: Final = frozenset({"US", "PH", "FM", "MH", "PW", "GU", "PR"})
_MANY: Final = 400  # different values; more tell nothing new


@dataclass(slots=True)
class DateOrder:
    """The order of day, month and year in one file.

    Attributes:
        region: the user's, for dates that could be both.
        turned: so many lines could not be in the order found, and were read in the other one.
    """

    region: str | None = None
    turned: int = 0
    _firsts: set[int] = field(default_factory=set)
    _lasts: set[int] = field(default_factory=set)
    _day_first: int = 0
    _month_first: int = 0
    _back: list[int] = field(default_factory=lambda: [0, 0])
    _before: list[tuple[int, ...]] = field(default_factory=lambda: [(), ()])
    _year_first: bool | None = None
    _is_day_first: bool | None = None
    _days: dict[tuple[str, ...], tuple[int, int, int]] = field(default_factory=dict)

    def look(self, stamp: Stamp) -> None:
        """Learn from one time."""
        first, middle, last = int(stamp.first), int(stamp.middle), int(stamp.last)
        if len(self._firsts) < _MANY:
            self._firsts.add(first)
            self._lasts.add(last)
        if len(stamp.first) == _YEAR_DIGITS:
            return
        day, month = (first, last) if len(stamp.middle) == _YEAR_DIGITS else (first, middle)
        self._day_first += _MONTHS < day <= _DAYS
        self._month_first += _MONTHS < month <= _DAYS
        for place, pair in enumerate(((month, day), (day, month))):
            moment = (last, *pair, stamp.hour, stamp.minute)
            self._back[place] += moment < self._before[place]
            self._before[place] = moment

    @property
    def is_sure(self) -> bool:
        """Whether a look at more lines would not change the order."""
        return bool(self._day_first or self._month_first) or (
            bool(self._firsts) and min(self._firsts) > _DAYS
        )

    @property
    def is_guess(self) -> bool:
        """Whether nothing in the file tells day and month apart."""
        written_first = bool(self._firsts) and min(self._firsts) > _DAYS
        return not (self.is_sure or written_first or self._back[0] != self._back[1])

    def moment(self, stamp: Stamp) -> datetime:
        """The time meant.

        Raises:
            ValueError: there is no such day.
        """
        day = self.day(stamp)
        return datetime(*day, stamp.hour, stamp.minute, max(stamp.second, 0))  # noqa: DTZ001 — the clock of the device

    def day(self, stamp: Stamp) -> tuple[int, int, int]:
        """Year, month and day that are meant; there may be no such day."""
        if self._is_day_first is None:
            self._settle()
        at = stamp[:3]
        if (day := self._days.get(at)) is None:
            day = self._days[at] = self._day(stamp)
        return day

    def _day(self, stamp: Stamp) -> tuple[int, int, int]:
        if len(self._days) > _MANY:
            self._days.clear()
        year, month, day = self._parts(stamp)
        if year < 100:  # noqa: PLR2004 — two digits of a year
            return year + _CENTURY, month, day
        return (year - _BUDDHA if year in _BUDDHIST else year), month, day

    def _parts(self, stamp: Stamp) -> tuple[int, int, int]:
        first, middle, last = int(stamp.first), int(stamp.middle), int(stamp.last)
        if len(stamp.first) == _YEAR_DIGITS:
            return (first, last, middle) if middle > _MONTHS else (first, middle, last)
        if len(stamp.middle) == _YEAR_DIGITS:
            return (middle, *self._turn(first, last))
        if self._year_first and len(stamp.last) < _YEAR_DIGITS and last <= _DAYS:
            return (first, last, middle) if middle > _MONTHS else (first, middle, last)
        return (last, *self._turn(first, middle))

    def _turn(self, first: int, second: int) -> tuple[int, int]:
        """Month and day; a file put together of two turns where the order cannot be."""
        if (
            (second if self._is_day_first else first)
            > _MONTHS
            >= (first if self._is_day_first else second)
        ):
            self._is_day_first = not self._is_day_first
            self.turned += 1
            self._days.clear()
        return (second, first) if self._is_day_first else (first, second)

    def _settle(self) -> None:
        # Of years of two digits: the part that hardly changes is the year.
        self._year_first = len(self._firsts) < len(self._lasts) and (
            max(self._lasts) <= _DAYS and max(self._firsts) > _MONTHS
        )
        if self._day_first or self._month_first:
            self._is_day_first = self._day_first >= self._month_first
        elif self._back[0] != self._back[1]:
            self._is_day_first = self._back[0] < self._back[1]
        else:
            self._is_day_first = self.region not in _MONTH_FIRST


def written(stamp: Stamp) -> str:
    """The time as it stood, the same whatever order and separators it was written in."""
    seconds = f":{stamp.second:02}" if stamp.second >= 0 else ""
    return f"{written_day(*stamp[:3])} {stamp.hour:02}:{stamp.minute:02}{seconds}"


@lru_cache
def written_day(*parts: str) -> str:
    """A date as it stood, the same in whatever order."""
    return "-".join(f"{part:02}" for part in sorted(int(part) % 100 for part in parts))
