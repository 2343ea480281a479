"""From pairs to people, without chains: groups join if all that is known between them says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from core.matching.codes import Codes, Ints

    Doubles = npt.NDArray[np.float64]

_VETO: Final = -12.0
_LEAST: Final = -4.0
_NOT_COMPARED: Final = -0.25
_TICK: Final = 4096


class Scored(Protocol):
    """What of pairs is needed to group their entries."""

    @property
    def low(self) -> Ints:
        """The lower rows."""

    @property
    def high(self) -> Ints:
        """The higher rows."""

    @property
    def odds(self) -> Doubles:
        """Log2 odds that both are one person."""

    @property
    def tie(self) -> Codes:
        """What comes first of equal odds."""


def clusters(size: int, pairs: Scored, tick: Callable[[float], None] | None = None) -> Ints:
    """The group of each entry, named by its lowest row.

    Pairs are taken from the surest on. Two groups join if the sum of evidence between them is
    above nought and no pair says under -12. What speaks against it counts no more than -4 a pair;
    pairs that were never compared, for they share nothing, count a quarter each.

    Args:
        size: how many entries.
        pairs: with their log2 odds.
        tick: told now and then the part that is done; may raise.
    """
    low, high, score = pairs.low, pairs.high, pairs.odds
    group = list(range(size))
    members: dict[int, list[int]] = {}
    sizes = [1] * size
    near: dict[int, dict[int, float]] = {}
    held = np.flatnonzero(score > 0)
    links = np.bincount(low[held], minlength=size) + np.bincount(high[held], minlength=size)
    # Two who have but each other need no reckoning.
    alone = links[low[held]] + links[high[held]] == 2  # noqa: PLR2004
    couples, held = held[alone], held[~alone]
    linked = np.zeros(size, np.bool_)
    linked[low[held]] = linked[high[held]] = True
    known = np.flatnonzero(linked[low] & linked[high])
    # What is known of a pair is kept as what it adds to the pair's not being compared.
    value = np.where(score < _VETO, -1e9, np.maximum(score, _LEAST)) - _NOT_COMPARED
    for a, b, v in zip(
        low[known].tolist(), high[known].tolist(), value[known].tolist(), strict=True
    ):
        near.setdefault(a, {})[b] = v
        near.setdefault(b, {})[a] = v
    order = held[np.lexsort((pairs.tie[held], -score[held]))]
    for done, (a, b) in enumerate(zip(low[order].tolist(), high[order].tolist(), strict=True)):
        if tick is not None and done % _TICK == 0:
            tick(done / len(order))
        x, y = group[a], group[b]
        if x == y or near[x].get(y, 0.0) + _NOT_COMPARED * sizes[x] * sizes[y] <= 0:
            continue
        if len(near[x]) < len(near[y]):
            x, y = y, x
        sizes[x] += sizes[y]
        _join(x, y, near)
        moved = members.pop(y, [y])
        members.setdefault(x, [x]).extend(moved)
        for row in moved:
            group[row] = x
    found = np.arange(size, dtype=np.int32)
    found[high[couples]] = low[couples]
    for rows in members.values():
        found[rows] = min(rows)
    return found


def _join(x: int, y: int, near: dict[int, dict[int, float]]) -> None:
    mine, theirs = near[x], near.pop(y)
    mine.pop(y, None)
    theirs.pop(x, None)
    for other, value in theirs.items():
        beside = near[other]
        del beside[y]
        total = mine.get(other, 0.0) + value
        mine[other] = total
        beside[x] = total
