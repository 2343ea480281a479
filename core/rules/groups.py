"""From pairs to groups, without chains: what is joined must agree as a whole.

The rule of `core.matching.cluster`, in plain Python for screens, over people who may have several
entries each and whom the user may have told apart.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

VETO: Final = -12_000
LEAST: Final = -4_000
NOT_COMPARED: Final = -250
"""As in `core.matching.cluster`, in thousandths of log2 odds."""
_BOUND: Final = -(10**12)


class Known(NamedTuple):
    """What is known of two entries.

    Attributes:
        low: the person of one.
        high: the person of the other.
        odds: thousandths of log2 odds that both are one person.
        lane: how sure that is, for the caller.
        tie: what comes first of equal odds, for the caller.
        id: which pair it is, for the caller.
    """

    low: int
    high: int
    odds: int
    lane: int = 0
    tie: int = 0
    id: int = 0


class Joined(NamedTuple):
    """A group, its lowest id first, and the pairs by which it came together."""

    people: tuple[int, ...]
    links: tuple[Known, ...]


def joined(
    links: Sequence[Known],
    known: Iterable[tuple[int, int, int, int, int, int]],
    entries: Mapping[int, int],
    apart: Iterable[tuple[int, int]] = (),
) -> list[Joined]:
    """The groups of two and more.

    Two groups join if the sum of all that is known between them is above nought: what speaks
    against counts no more than `LEAST` a pair of entries, a pair never compared `NOT_COMPARED`,
    and one under `VETO` forbids it.

    Args:
        links: pairs that may join people, in the order in which they are tried.
        known: all pairs that say something, as `Known` or plain, `links` among them; none of one
            person's own entries.
        entries: how many entries somebody has, if not one.
        apart: people whom the user told apart.
    """
    concerned = {link.low for link in links} | {link.high for link in links}
    near = _near(known, apart, concerned)
    sizes = {person: entries.get(person, 1) for person in concerned}
    group = {person: person for person in concerned}
    members: dict[int, list[int]] = {}
    used: dict[int, list[Known]] = {}
    for link in links:
        x, y = group[link.low], group[link.high]
        if x == y or near[x].get(y, 0) + NOT_COMPARED * sizes[x] * sizes[y] <= 0:
            continue
        if len(near[x]) < len(near[y]):
            x, y = y, x
        sizes[x] += sizes[y]
        _join(x, y, near)
        moved = members.pop(y, [y])
        members.setdefault(x, [x]).extend(moved)
        used[x] = [*used.get(x, ()), *used.pop(y, ()), link]
        for person in moved:
            group[person] = x
    return [Joined(tuple(sorted(people)), tuple(used[x])) for x, people in members.items()]


def _near(
    known: Iterable[tuple[int, int, int, int, int, int]],
    apart: Iterable[tuple[int, int]],
    concerned: set[int],
) -> dict[int, dict[int, int]]:
    """What is known between people, as what it adds to their not being compared."""
    near: dict[int, dict[int, int]] = defaultdict(dict)
    for low, high, odds, _lane, _tie, _id in known:
        if low in concerned and high in concerned:
            value = _BOUND if odds < VETO else max(odds, LEAST) - NOT_COMPARED
            mine = near[low]
            mine[high] = near[high][low] = mine.get(high, 0) + value
    for low, high in apart:
        near[low][high] = near[high][low] = _BOUND
    return near


def _join(x: int, y: int, near: dict[int, dict[int, int]]) -> None:
    mine, theirs = near[x], near.pop(y)
    mine.pop(y, None)
    theirs.pop(x, None)
    for other, value in theirs.items():
        beside = near[other]
        del beside[y]
        mine[other] = beside[x] = mine.get(other, 0) + value
