"""Days by the clock of the user's device: the many times of one become moments together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from importers.talk import Moment

if TYPE_CHECKING:
    from importers.talk import Reading

_MINUTE: Final = timedelta(minutes=1)
_HOURS, _MINUTES, _SECONDS = 24, 60, 60
_DAY: Final = _HOURS * _MINUTES
_CLOCK: Final = [f"{hour:02}:{minute:02}" for hour in range(_HOURS) for minute in range(_MINUTES)]


class LocalDay(NamedTuple):
    """A day that is past, on which nobody turned the clock.

    Attributes:
        dates: the ISO days: itself, the next, the one before.
        ahead: so many minutes the clock is ahead of UTC.
        written: the date as it stood, for `Moment.written`.
    """

    dates: tuple[str, str, str]
    ahead: int
    written: str

    def moment(self, hour: int, minute: int, second: int) -> Moment | None:
        """A time of the day, as `Reading.local` gives it; None if there is no such time.

        Args:
            hour: by the clock of the device.
            minute: of the hour.
            second: -1 if none is stated.
        """
        if hour >= _HOURS or minute >= _MINUTES or second >= _SECONDS:
            return None
        time = hour * _MINUTES + minute
        shift, utc = divmod(time - self.ahead, _DAY)
        if second < 0:
            at = f"{self.dates[shift]}T{_CLOCK[utc]}:00Z"
            return Moment(at, self.dates[0], "", f"{self.written} {_CLOCK[time]}")
        at = f"{self.dates[shift]}T{_CLOCK[utc]}:{second:02}Z"
        return Moment(at, self.dates[0], "", f"{self.written} {_CLOCK[time]}:{second:02}")


def local_day(reading: Reading, year: int, month: int, day: int, written: str) -> LocalDay | None:
    """A day whose times can be told together; None if each is to be asked of `Reading.local`.

    Raises:
        ValueError: there is no such day.
    """
    first = datetime(year, month, day, tzinfo=reading.zone)
    last = first.replace(hour=23, minute=59, second=59)
    try:
        begin, end = first.astimezone(UTC), last.astimezone(UTC)
        around = [(date(year, month, day) + timedelta(days)).isoformat() for days in (0, 1, -1)]
    except (OverflowError, OSError):
        return None
    ahead = first.replace(tzinfo=UTC) - begin
    turned = last.replace(tzinfo=UTC) - end != ahead
    if turned or end > reading.now or ahead % _MINUTE:
        return None
    return LocalDay((around[0], around[1], around[2]), ahead // _MINUTE, written)
