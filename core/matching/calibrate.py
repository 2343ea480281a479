"""What a percentage is worth on this very list, learned without answers.

A field that two people hardly share by chance, such as an address, tells by itself how many pairs
of a kind are true: among pairs that know it on both sides, those that agree, divided by how often
true pairs agree. So each such field is held out in turn, the pairs are ordered by the evidence of
the others, and one straight line from evidence to log odds is drawn through what they tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from core.matching.levels import (
    MISSING,
    OTHER,
)
from core.matching.weights import scores

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.matching.weights import Evidence, Weights

    Doubles = npt.NDArray[np.float64]

HELD_OUT: Final = {
    "email": ("email", "employer", "username"),  # its host names a firm, its front is a login
    "phone": ("phone",),
    "handle": ("handle", "username"),
    "national_number": ("national_number",),
    "birthday": ("birthday",),
    "postcode": ("postcode",),
}
"""Fields that tell by themselves, each with all that is held out with it."""
KEPT: Final = frozenset(name for names in HELD_OUT.values() for name in names)
"""Fields whose part of the surprise `calibrated` needs."""

_LOWEST, _HIGHEST, _STEP = -8.0, 24.0, 0.5
_FEWEST: Final = 30.0
_LEVEL: Final = np.arange(-4.0, 4.01, 0.25)
_SLOPE: Final = np.arange(0.25, 1.26, 0.05).round(2)
_FINER: Final = np.linspace(-1, 1, 11).round(2)
_HOLD: Final = 6.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Log2 odds as they are: `level` + `slope` times log2 odds as they were reckoned."""

    level: float = 0.0
    slope: float = 1.0

    def odds(self, score: Doubles) -> Doubles:
        """Calibrated log2 odds."""
        found: Doubles = self.level + self.slope * score
        return found


def probability(odds: Doubles) -> Doubles:
    """Log2 odds as a chance, 0 to 1."""
    found: Doubles = 1.0 / (1.0 + np.exp2(-np.clip(odds, -60, 60)))
    return found


def calibrated(
    evidence: Evidence, weights: Weights, surprise: dict[str, npt.NDArray[np.float32]]
) -> Calibration:
    """Fit the line.

    Args:
        evidence: of all candidates.
        weights: as learned.
        surprise: for each field of `KEPT` its part of the surprise.
    """
    edges = np.arange(_LOWEST, _HIGHEST + _STEP, _STEP)
    middles = edges[:-1] + _STEP / 2
    tables: list[tuple[Doubles, Doubles]] = []
    rows = {name: row for row, name in enumerate(weights.fields)}
    for name, group in HELD_OUT.items():
        if name not in rows:
            continue
        row = rows[name]
        known = evidence.levels[row] != MISSING
        agree = evidence.levels[row] < OTHER
        out = {rows[other]: surprise[other] for other in group if other in rows}
        without = _without(evidence, weights, out, known)
        place = np.clip(((without - _LOWEST) / _STEP).astype(np.int64), 0, len(middles) - 1)
        inside = without >= _LOWEST
        all_of = np.bincount(place[inside], minlength=len(middles)).astype(np.float64)
        agreed = np.bincount(place[inside & agree[known]], minlength=len(middles)).astype(
            np.float64
        )
        if agreed.sum() >= _FEWEST:
            tables.append((all_of, agreed))
    found = _best(tables, middles, _LEVEL, _SLOPE)
    return _best(tables, middles, found.level + _FINER * 0.25, found.slope + _FINER * 0.05)


def _best(
    tables: list[tuple[Doubles, Doubles]], middles: Doubles, levels: Doubles, slopes: Doubles
) -> Calibration:
    """The likeliest of some lines."""
    best, found = -np.inf, Calibration()
    for slope in slopes:
        odds = probability(levels[:, None] + slope * middles)
        worth = -_HOLD * (levels**2 / 4 + (1 - slope) ** 2 * 8)
        for all_of, agreed in tables:
            expected = np.maximum((odds * all_of).sum(axis=1, keepdims=True), 1e-9)
            rate = np.minimum(agreed.sum() / expected, 0.999)
            chance = np.clip(odds * rate, 1e-6, 0.999)
            likely = agreed * np.log(chance) + (all_of - agreed) * np.log1p(-chance)
            worth = worth + likely.sum(axis=1)
        at = int(worth.argmax())
        if worth[at] > best:
            best, found = worth[at], Calibration(float(levels[at]), float(slope))
    return found


def _without(
    evidence: Evidence,
    weights: Weights,
    out: dict[int, npt.NDArray[np.float32]],
    known: npt.NDArray[np.bool_],
) -> Doubles:
    """The scores of some pairs without some fields."""
    levels = evidence.levels[:, known]
    total, shared = evidence.surprise[known], evidence.shared[known]
    for row, surprise in out.items():
        levels[row] = MISSING
        total = total - surprise[known]
        if not weights.owned[row]:
            shared = shared - surprise[known]
    return scores(type(evidence)(levels, total, shared), weights)
