"""When the next talk with somebody is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.rules.tiers import CADENCE_DAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

# Neighbouring ids must not fall on neighbouring days: the golden ratio spreads them evenly.
_GOLDEN: Final = 0x9E3779B1
_BITS: Final = 32
UNANSWERED: Final = 3
"""Days of writing without an answer from which on a cadence counts double."""
_WORKING_DAYS: Final = 5


def days_between(
    tier: str, cadence_override: int | None = None, cadence: Mapping[str, int] = CADENCE_DAYS
) -> int:
    """Days from one talk to the next; 0 for none.

    Args:
        tier: a letter, or "" for unsorted. D never has a cadence.
        cadence_override: the person's own days; 0 for none, None for the tier's.
        cadence: days by tier letter, from the settings.
    """
    if tier == "D":
        return 0
    days = cadence.get(tier, 0) if cadence_override is None else cadence_override
    return max(days, 0)


def lengthened(days: int, unanswered: int) -> int:
    """Days from one talk to the next for somebody who has not answered for so many times."""
    return 2 * days if unanswered >= UNANSWERED else days


def due_on(  # noqa: PLR0913, PLR0917 — each is one fact of the rule
    tier: str,
    cadence_override: int | None,
    last_talk: date | None,
    tiered_on: date | None,
    spread_seed: int,
    cadence: Mapping[str, int] = CADENCE_DAYS,
    unanswered: int = 0,
) -> date | None:
    """The day on which the next talk is due, or None if no cadence asks for one.

    Whoever was never talked with when they were filed, or was late already on that day, falls due
    on one of the 1 to `days_between` days after it, so that a book that was sorted in an evening
    does not fall due all at once.

    Args:
        tier: as in `days_between`, like `cadence_override` and `cadence`.
        cadence_override: see there.
        last_talk: the last interaction of any kind, in either direction.
        tiered_on: the day the tier was set.
        spread_seed: the person's id; the same seed gives the same day.
        cadence: see there.
        unanswered: on how many days the user wrote since they last did.
    """
    days = lengthened(days_between(tier, cadence_override, cadence), unanswered)
    if not days:
        return None
    if last_talk is not None:
        due = _later(last_talk, days)
        if tiered_on is None or due > tiered_on:
            return due
    if tiered_on is None:
        return None
    share = spread_seed * _GOLDEN % (1 << _BITS)
    return _later(tiered_on, 1 + (share * days >> _BITS))


def days_late(due: date, today: date) -> int:
    """Days since it was due; negative while it is still to come."""
    return (today - due).days


def talks_per_week(people: Mapping[str, int], cadence: Mapping[str, int] = CADENCE_DAYS) -> float:
    """How many talks a week the tiers ask for.

    Args:
        people: how many people each tier letter holds.
        cadence: days by tier letter.
    """
    asked = ((count, days_between(tier, None, cadence)) for tier, count in people.items())
    return sum(7 * count / days for count, days in asked if days)


def asked_and_held(
    people: Mapping[str, int], cadence: Mapping[str, int], budget: int
) -> tuple[int, int]:
    """How many talks a week the tiers ask for, and how many the lists of five days hold.

    Args:
        people: how many people each tier letter holds.
        cadence: days by tier letter.
        budget: rows of a day's list.
    """
    return round(talks_per_week(people, cadence)), _WORKING_DAYS * budget


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max
