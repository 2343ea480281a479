"""Who must not stand on a day's list, whatever the reason: pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from core.rules import opt_outs
from core.rules.reasons import AT_ANY_TIME, NOT_TODAY

if TYPE_CHECKING:
    from core.rules.reasons import Candidate, Reason
    from core.settings import Settings

KEPT_ON: Final = frozenset({"A", "B"})
"""Tiers whose suggestion stays until it is done, or the user waits."""
MOST_DAYS: Final = 3
"""On how many days another suggestion stands on the list."""
TOGETHER: Final = frozenset({"birthday", "occasion"})
"""Two of one family may have these on one day: twins, and who married each other."""


def barred(person: Candidate, reason: Reason, today: date, settings: Settings) -> str:
    """Why somebody may not be listed for a reason, or "" if they may."""
    now = today.isoformat()
    if person.never == opt_outs.EVERY:
        return "never contact"
    if person.wait > now:
        return "waits"
    if reason.kind in AT_ANY_TIME or reason.kind == "back":
        return ""
    rest = settings.rest_days
    if reason.kind == "late":  # who asked for every seven days gets them
        rest = min(rest, person.cadence)
    if within(person.talked, today, rest):
        return "talked with lately"
    if not person.since and within(person.listed, today, rest):
        return "suggested lately"
    return ""


def within(day: str, today: date, days: int) -> bool:
    """Whether a day is less than so many days ago; one that is still to come is too."""
    return bool(day) and (today - date.fromisoformat(day)).days < days


def is_open(person: Candidate, why: str, previous: str, today: date, settings: Settings) -> bool:
    """Whether a suggestion of an earlier day goes on, given as `since`, `times` and `listed`.

    It has ended once there was a talk or a wait since its first day. A and B stay until then, who
    else is on the list for `MOST_DAYS` days. What the list has not shown for as long as people
    rest is forgotten, but for the list that was the last there was (after a holiday).

    Args:
        person: with the last suggestion of theirs, open or not.
        why: what that said.
        previous: the last day before today for which a list was planned.
        today: the day that is planned.
        settings: for `rest_days`.
    """
    talked = person.talked_before if person.talked == today.isoformat() else person.talked
    if not person.since or talked >= person.since:
        return False
    if person.wait > person.since and person.wait_why not in {NOT_TODAY, why}:
        return False
    if person.tier not in KEPT_ON and person.times >= MOST_DAYS:
        return False
    return person.listed == previous or within(person.listed, today, settings.rest_days)
