"""How talks are shared out among people: the Pareto curve, and tiers against their effort."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

KEPT: Final = ("A", "B", "C")
"""The tiers that are weighed: who is put away or unsorted is left out."""
AIM: Final = 80
"""Percent of the talks that the curve is asked about."""
MOST_A: Final = 20
"""Percent of the people kept beyond which A are no few any more."""
_TOO_FEW: Final = 10
_TENTHS: Final = 1_000


class Curve(NamedTuple):
    """People by their talks, most talked-with first, and what they add up to.

    Attributes:
        people: person ids.
        sums: talks of each one and all before them.
    """

    people: tuple[int, ...] = ()
    sums: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        """All talks."""
        return self.sums[-1] if self.sums else 0

    def talks(self, place: int) -> int:
        """Talks of the person at a place, which counts from 0."""
        return self.sums[place] - (self.sums[place - 1] if place else 0)

    def share(self, people: float) -> float:
        """The part of the talks, 0 to 1, that so many people have, half a one counting half."""
        if not self.sums or people <= 0:
            return 0.0
        whole = min(int(people), len(self.sums))
        before = self.sums[whole - 1] if whole else 0
        rest = self.talks(whole) * (people - whole) if whole < len(self.sums) else 0.0
        return (before + rest) / self.total

    def few(self, aim: int = AIM) -> int:
        """How many people, at the least, have so many percent of the talks."""
        wanted = -(-self.total * aim // 100)
        return bisect_left(self.sums, wanted) + 1 if self.sums else 0


class TierShare(NamedTuple):
    """A tier's part of the people who are kept, and of the talks with them, in percent."""

    tier: str
    people: int
    share_people: int
    interactions: int
    share_interactions: int


def ranked(talks: Iterable[tuple[int, int]]) -> Curve:
    """The curve of (person, talks) pairs, each person once; who has no talk is left out."""
    most_first = sorted((pair for pair in talks if pair[1] > 0), key=lambda one: (-one[1], one[0]))
    people = tuple(person for person, _count in most_first)
    return Curve(people, tuple(accumulate(count for _person, count in most_first)))


def percents(counts: Sequence[int]) -> tuple[int, ...]:
    """Counts as whole percents that add up to 100; all 0 if there is nothing."""
    total = sum(counts)
    if not total:
        return (0,) * len(counts)
    whole = [count * 100 // total for count in counts]
    by_rest = sorted(range(len(counts)), key=lambda at: (-(counts[at] * 100 % total), at))
    for at in by_rest[: 100 - sum(whole)]:
        whole[at] += 1
    return tuple(whole)


def shares(people: Mapping[str, int], talks: Mapping[str, int]) -> tuple[TierShare, ...]:
    """A, B and C: how many people and how many talks by tier, as shares of all three."""
    heads = [people.get(tier, 0) for tier in KEPT]
    said = [talks.get(tier, 0) for tier in KEPT]
    rows = zip(KEPT, heads, percents(heads), said, percents(said), strict=True)
    return tuple(TierShare(*row) for row in rows)


def crowded(tiers: Iterable[TierShare]) -> bool:
    """Whether A holds more than `MOST_A` percent of the people kept; of a handful never."""
    heads = {one.tier: one.people for one in tiers}
    kept = sum(heads.values())
    return kept >= _TOO_FEW and heads.get("A", 0) * 100 > kept * MOST_A


def percent(part: int, whole: int) -> str:
    """A share in words, exact to a tenth below ten: ``0.4 %``, ``62 %``; never 0 for something."""
    if not part or not whole:
        return "0 %"
    tenths = part * _TENTHS / whole
    if tenths < 1:
        return "<0.1 %"
    return f"{tenths / 10:.1f} %" if round(tenths) < 100 else f"{tenths / 10:.0f} %"  # noqa: PLR2004 — ten percent
