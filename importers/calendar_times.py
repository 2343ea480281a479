"""Times of a calendar: their zones, whatever these are called, and the days of a series."""

from __future__ import annotations

import re
from collections import deque
from datetime import MAXYEAR, UTC, date, datetime, tzinfo
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST: Final = 500
"""So many meetings of one series are kept, the newest."""

_STEPS: Final = 20_000  # days of a series that are looked at: every one of fifty years
_EARLIEST: Final = 1900
_CYCLE: Final = 400
_LONGEST_NAME: Final = 100
_FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_ENDS: Final = frozenset({"UNTIL", "COUNT"})
_RULE: Final = re.compile(r"RRULE[^:]*:(.*)\Z", re.IGNORECASE)
_CHANGE: Final = re.compile(
    r"(?:(?:FREQ=YEARLY|INTERVAL=[1-9]\d?|BYMONTH=\d+|BYDAY=[-+\dA-Z]+|BYMONTHDAY=[-\d,]+|WKST=..|"
    r"UNTIL=\w+|COUNT=\d+)(?:;|\Z))+\Z",
    re.IGNORECASE,
)


class When(NamedTuple):
    """A time as a calendar writes it.

    Attributes:
        wall: what the clock on the wall shows; midnight of a whole day.
        zone: where that wall is; None: wherever the user is.
        whole: it is a day, not a time.
    """

    wall: datetime
    zone: tzinfo | None = None
    whole: bool = False

    @property
    def mark(self) -> str:
        """The same for every way to write this time."""
        if self.whole:
            return self.wall.strftime("%Y%m%d")
        if self.zone is None:
            return self.wall.strftime("%Y%m%dT%H%M%S")
        return self.moment().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")

    def moment(self) -> datetime:
        """With its offset; without one where that is the user's.

        Raises:
            OverflowError: no moment of the calendar.
        """
        return self.wall.replace(tzinfo=self.zone)

    def at(self, wall: datetime) -> When:
        """Another time of the same kind."""
        return self._replace(wall=wall)


def named(name: str, own: Mapping[str, tzinfo]) -> tzinfo | None:
    """The time zone of a name: IANA's, of Windows, with a maker's prefix, or the file's own.

    Args:
        name: as the file writes it.
        own: zones that the file describes.
    """
    return _named(name.strip().strip('"')) or own.get(name)


@lru_cache(maxsize=1_000)
def _named(name: str) -> tzinfo | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    if len(name) > _LONGEST_NAME:
        return None
    parts = name.split("/")
    for tried in (WINDOWS_TO_OLSON.get(name, name), *("/".join(parts[-n:]) for n in (3, 2))):
        try:
            return ZoneInfo(tried)
        except (KeyError, ValueError, OSError):
            continue
    return None


def described(text: str) -> tuple[str, tzinfo] | None:
    """A time zone that a file describes, and its name; None if it cannot be read.

    Args:
        text: a VTIMEZONE.
    """
    from icalendar import Timezone

    rules = (rule for rule in map(_RULE.match, text.splitlines()) if rule)
    # What changes more than some times a year is no zone, and would be counted out for ever.
    if not all(_CHANGE.match(rule[1].strip()) for rule in rules):
        return None
    try:
        zone = Timezone.from_ical(text)
        if not isinstance(zone, Timezone):
            return None
        made = zone.to_tz(lookup_tzid=False)
        made.utcoffset(datetime(2000, 1, 1))  # noqa: DTZ001 — on the wall
        return str(zone["TZID"]), made
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError):
        return None


def when(dt: date | tuple[date, ...], zone: str, own: Mapping[str, tzinfo]) -> tuple[When, bool]:
    """A time that `icalendar` read, and whether its zone is known.

    Args:
        dt: a day, a time, or a time and when it ends.
        zone: the name of its zone, or "".
        own: zones that the file describes.
    """
    moment = dt[0] if isinstance(dt, tuple) else dt
    if not isinstance(moment, datetime):
        return When(datetime(moment.year, moment.month, moment.day), whole=True), True  # noqa: DTZ001 — on the wall
    if moment.tzinfo is not None:
        return When(moment.replace(tzinfo=None), UTC), True
    found = named(zone, own) if zone else None
    return When(moment, found), not zone or found is not None


def series(
    first: When, rules: Iterable[Mapping[str, Any]], more: Iterable[When], last: datetime
) -> tuple[list[datetime], bool]:
    """When a series took place, and whether that were too many times to keep all.

    Args:
        first: its first time.
        rules: RRULE, as `icalendar` reads it.
        more: RDATE.
        last: on the same wall; what is later has not happened.
    """
    found = {first.wall, *(_on(one, first) for one in more)}
    if first.wall.year >= _EARLIEST:
        for rule in rules:
            found.update(_ruled(first, rule, last))
    those = sorted(wall for wall in found if wall <= last)
    return those[-MOST:], len(those) > MOST


def without(walls: Iterable[datetime], first: When, left: Iterable[When]) -> Iterator[datetime]:
    """Times of a series but those that do not take place as planned.

    Args:
        walls: on the wall of `first`.
        first: the first time of the series.
        left: EXDATE, and what stands as an event of its own.
    """
    those = list(left)
    days = {one.wall.date() for one in those if one.whole}
    times = {_on(one, first) for one in those if not one.whole}
    return (wall for wall in walls if wall not in times and wall.date() not in days)


def _on(one: When, first: When) -> datetime:
    """A time on the wall of a series."""
    if one.zone is None or first.zone is None:
        return one.wall
    try:
        return one.moment().astimezone(first.zone).replace(tzinfo=None)
    except OverflowError:
        return one.wall


def _ruled(first: When, rule: Mapping[str, Any], last: datetime) -> Iterable[datetime]:
    from dateutil.rrule import rrulestr
    from icalendar import vRecur

    frequency = str(rule.get("FREQ", [""])[0]).upper()
    if frequency not in _FREQUENCIES or int(rule.get("INTERVAL", [1])[0]) < 1:
        return ()
    for until in rule.get("UNTIL", ()):
        last = min(last, _until(until, first))
    count = min([_STEPS, *(int(number) for number in rule.get("COUNT", ()))])
    # Its own end and count would let a rule that fits no day run to the end of time.
    endless = vRecur({name: value for name, value in rule.items() if name.upper() not in _ENDS})
    # A rule that fits no day is followed to the year 9999. The calendar is the same every 400
    # years, so it is counted there, close to the end.
    ahead = (MAXYEAR - max(last.year, first.wall.year)) // _CYCLE * _CYCLE
    start, end = _years(first.wall, ahead), _years(last, ahead)
    try:
        text = endless.to_ical().decode()  # type: ignore[no-untyped-call]
        written = f"{text};UNTIL={end:%Y%m%dT%H%M%S}"
        ruled = deque(islice(rrulestr(written, dtstart=start), max(count, 0)), MOST + 1)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return ()
    return [_years(wall, -ahead) for wall in ruled]


def _years(wall: datetime, more: int) -> datetime:
    return wall.replace(year=wall.year + more)


def _until(until: date, first: When) -> datetime:
    if not isinstance(until, datetime):
        return datetime(until.year, until.month, until.day, 23, 59, 59)  # noqa: DTZ001 — on the wall
    if until.tzinfo is None:
        return until
    return _on(When(until.replace(tzinfo=None), UTC), first)
