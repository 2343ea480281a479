"""What is usual: the weights and shares that a list too small to learn from begins with.

They count as a few dozen pairs and a hundred entries that every list has seen already, so a book of
two is judged sensibly and a book of thousands by itself alone. Levels are those of `levels`; the
figures are rounded from lists of contacts and registers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from core.matching.levels import FEW, LEVELS, MANY, NEAR, OTHER, SAME, SHORT, SOUND, SPELLED

if TYPE_CHECKING:
    import numpy.typing as npt

    Doubles = npt.NDArray[np.float64]

TRUE_PAIRS: Final = 4.0
"""Pairs of one person's entries that every list is taken to have,"""
RELATED_PAIRS: Final = 3.0
"""pairs of relatives,"""
PAIRS: Final = 150.0
"""among so many pairs more than its own."""
SEEN: Final = 10.0
"""True pairs that the usual weights count for."""
SAMPLED: Final = 100.0
"""Pairs of strangers that the usual chances count for."""
SPELLINGS: Final = 2.0
"""Strangers whose names are alike that the usual chances count for."""
ENTRIES: Final = 200
"""Entries that the usual shares of values count for."""
PEOPLE: Final = 1_000
"""Entries beyond the list, of which none has its addresses and numbers."""

SHARES: Final[dict[str, float]] = {
    "given": 0.004,
    "given sound": 0.005,
    "given letter": 0.06,
    "family": 0.001,
    "family sound": 0.002,
    "family letter": 0.06,
    "family part": 0.001,
    "middle": 0.01,
    "middle sound": 0.01,
    "middle letter": 0.06,
    "title": 0.02,
    "city": 0.02,
    "birthday": 0.0001,
    "national_number": 1e-6,
    "gender": 0.5,
    "birth_place": 0.01,
    "postcode": 0.002,
    "street_number": 0.02,
    "street": 0.001,
    "locality": 0.01,
    "state": 0.15,
}
"""How common a value of each role is among people at large."""


def _spread(others: dict[int, float]) -> Doubles:
    """A chance for every level: those named, next to nothing for the rest."""
    found = np.full(LEVELS, 0.001)
    for level, chance in others.items():
        found[level] = chance
    return found


_NAME: Final = {SAME: 0.84, SHORT: 0.04, SOUND: 0.04, NEAR: 0.03, OTHER: 0.02, SPELLED: 0.03}
_SAME: Final = {
    "given": _spread(_NAME),
    "family": _spread(_NAME),
    "middle": _spread({SAME: 0.65, NEAR: 0.2, OTHER: 0.15}),
    "generation": _spread({SAME: 0.2, OTHER: 0.8}),
    "order": _spread({SAME: 0.95, OTHER: 0.05}),
    "email": _spread({SAME: 0.4, FEW: 0.16, MANY: 0.05, OTHER: 0.39}),
    "phone": _spread({SAME: 0.5, FEW: 0.15, MANY: 0.15, OTHER: 0.2}),
    "handle": _spread({SAME: 0.27, FEW: 0.03, OTHER: 0.7}),
    "username": _spread({SAME: 0.4, FEW: 0.2, MANY: 0.37, OTHER: 0.03}),
    "employer": _spread({SAME: 0.25, FEW: 0.15, MANY: 0.35, OTHER: 0.25}),
    "title": _spread({SAME: 0.6, NEAR: 0.05, OTHER: 0.35}),
    "city": _spread({SAME: 0.73, NEAR: 0.05, OTHER: 0.22}),
    "source": _spread({SAME: 0.1, OTHER: 0.9}),
    "gender": _spread({SAME: 0.92, OTHER: 0.08}),
}
_ANY_SAME: Final = _spread({SAME: 0.75, SHORT: 0.08, SOUND: 0.01, NEAR: 0.04, OTHER: 0.12})
_RELATED: Final = {
    "family": _spread({SAME: 0.6, SOUND: 0.01, NEAR: 0.01, OTHER: 0.38}),
    "email": _spread({SAME: 0.15, FEW: 0.05, OTHER: 0.8}),
    "phone": _spread({SAME: 0.35, FEW: 0.2, MANY: 0.3, OTHER: 0.15}),
    "employer": _spread({SAME: 0.05, FEW: 0.05, MANY: 0.8, OTHER: 0.1}),
}
_ANY_RELATED: Final = _spread({SAME: 0.4, NEAR: 0.01, OTHER: 0.59})
_CHANCE: Final = {
    "generation": _spread({SAME: 0.005, OTHER: 0.99}),
    "source": _spread({SAME: 0.25, OTHER: 0.75}),
    "gender": _spread({SAME: 0.5, OTHER: 0.5}),
}
_ANY_CHANCE: Final = _spread({SAME: 0.02, OTHER: 0.97, NEAR: 0.003})
SPELLED_ALIKE: Final = {SHORT: 0.0, SOUND: -1.0, NEAR: 1.0}
"""Log2 of how much likelier than their common spelling strangers' names agree nearly."""


def same(field: str) -> Doubles:
    """The usual chance of each level for one person twice."""
    return _SAME.get(field, _ANY_SAME)


def related(field: str) -> Doubles:
    """The usual chance of each level for relatives and colleagues."""
    return _RELATED.get(field, _ANY_RELATED)


def chance(field: str) -> Doubles:
    """The usual chance of each level for strangers."""
    return _CHANCE.get(field, _ANY_CHANCE)
