"""Who might stand in another tier than theirs: proposals to move up or down, each with a reason.

A decision stands for a while before it is questioned, and so does a proposal that was left alone.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules.tiers import CADENCE_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TO_NO_AVAIL: Final = 3
"""Days on which one wrote without an answer, from which a move down is proposed."""
SELDOM: Final = 3
"""A rhythm so many times slower than the tier asks for belongs to the next tier."""
LONG_AGO: Final = 12
"""A silence of so many cadences says that the tier is wished for, not lived."""
SETTLED: Final = timedelta(days=30)
"""How long a tier is not questioned after it was set."""
ALONE: Final = timedelta(days=182)
"""How long a person is left in peace whose proposal was left alone."""
_LOWER: Final = {"A": "B", "B": "C"}
_MONTH: Final = 30.44
_TWO_YEARS: Final = 730


class Mover(NamedTuple):
    """What is known of somebody in A, B or C; days are ISO text or "".

    Attributes:
        tiered: the day on which the tier was set.
        gap: usual days from one talk to the next, 0 unknown.
        quiet_on: the first day on which they are silent for longer than usual.
        unanswered: days on which one wrote since they last did.
        last_out: the day on which one wrote last.
    """

    id: int
    name: str
    tier: str
    tiered: str
    talked: str
    talks_in: int
    talks_out: int
    gap: int
    quiet_on: str
    unanswered: int
    last_out: str


class Move(NamedTuple):
    """A proposal: from `tier` to the tier `to`, and why in at most eight words."""

    id: int
    name: str
    tier: str
    to: str
    why: str
    talked: str


def proposals(
    movers: Iterable[Mover],
    today: date,
    cadence: Mapping[str, int] = CADENCE_DAYS,
    *,
    room_in_a: bool = True,
) -> list[Move]:
    """Who might move: up first, the liveliest first; then down, the most silent first.

    Args:
        movers: in any order.
        today: the local day.
        cadence: days by tier letter.
        room_in_a: whether A is still few; else nobody is proposed for it.
    """
    up: list[tuple[int, int, Move]] = []
    down: list[tuple[int, int, Move]] = []
    settled = (today - SETTLED).isoformat()
    for one in movers:
        if one.tiered > settled:
            continue
        if to := _higher(one, today, cadence, room_in_a=room_in_a):
            up.append((one.gap, one.id, _move(one, to, f"talks {_every(one.gap)}")))
        elif found := _too_high(one, today, cadence):
            weight, why = found
            down.append((-weight, one.id, _move(one, _LOWER[one.tier], why)))
    return [move for _weight, _id, move in (*sorted(up), *sorted(down))]


def silent_since(tier: str, today: date, cadence: Mapping[str, int] = CADENCE_DAYS) -> str:
    """The last talk was before this day if a silence is to question the tier; "" if none does."""
    days = cadence.get(tier, 0) * LONG_AGO
    return (today - timedelta(days=min(days, today.toordinal() - 1))).isoformat() if days else ""


def _higher(one: Mover, today: date, cadence: Mapping[str, int], *, room_in_a: bool) -> str:
    """The highest tier whose cadence their own rhythm keeps; "" if it is no higher one."""
    lively = one.gap and one.talks_in and one.talks_out and not one.unanswered
    if not lively or (one.quiet_on and one.quiet_on <= today.isoformat()):
        return ""
    above = {"C": ("A", "B"), "B": ("A",)}.get(one.tier, ())
    kept = (tier for tier in above if one.gap <= cadence.get(tier, 0))
    return next((tier for tier in kept if tier != "A" or room_in_a), "")


def _too_high(one: Mover, today: date, cadence: Mapping[str, int]) -> tuple[int, str] | None:
    """How far they have fallen silent, in days, and in words."""
    if one.tier not in _LOWER:
        return None
    silence = (today - date.fromisoformat(one.talked)).days if one.talked else 0
    if one.unanswered >= TO_NO_AVAIL and one.last_out > one.tiered:
        return silence, f"you wrote {one.unanswered} times, no answer"
    limit = silent_since(one.tier, today, cadence)
    if limit and one.talked and one.talked < limit:
        return silence, f"no talk for {_long(silence)}"
    days = cadence.get(one.tier, 0)
    if days and one.gap > SELDOM * days:
        return one.gap, f"talks only {_every(one.gap)}"
    return None


def _move(one: Mover, to: str, why: str) -> Move:
    return Move(one.id, one.name, one.tier, to, why, one.talked)


def _every(days: int) -> str:
    return f"every {days:,} days" if days > 1 else "every day"


def _long(days: int) -> str:
    return f"{days // 365} years" if days >= _TWO_YEARS else f"{round(days / _MONTH)} months"
