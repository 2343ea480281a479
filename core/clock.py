"""Today and now as a value, so that a test, and the sample book, own the date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> datetime:
        """The present moment, aware, in the local zone."""
        ...

    def today(self) -> date:
        """The local calendar day."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present moment, aware, in the local zone."""
        return datetime.now().astimezone()

    def today(self) -> date:
        """The local calendar day."""
        return self.now().date()


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still.

    Args:
        moment: what `now` answers; a naive value is taken as UTC.
    """

    moment: datetime

    def now(self) -> datetime:
        """The moment it was made with."""
        return self.moment if self.moment.tzinfo else self.moment.replace(tzinfo=UTC)

    def today(self) -> date:
        """The calendar day of that moment."""
        return self.moment.date()


def stamp(moment: datetime) -> str:
    """A moment as it is stored: UTC, ISO 8601, whole seconds, ``Z`` at the end."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
