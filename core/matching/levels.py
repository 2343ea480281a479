"""The levels at which two values agree, and what the compared fields of pairs are kept in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from core.matching.codes import Codes, Flags, Floats, Ints

    Levels = npt.NDArray[np.int8]

MISSING: Final = 0
SAME: Final = 1
SHORT: Final = 2
SOUND: Final = 3
NEAR: Final = 4
OTHER: Final = 5
INITIAL: Final = 6
OTHER_INITIAL: Final = 7
SPELLED: Final = 8
LEVELS: Final = 9
# What is shared is one of these instead: by two at most, by three, by more.
FEW: Final = 2
MANY: Final = 3


@dataclass(slots=True)
class Field:
    """One compared field of many pairs.

    Attributes:
        name: its role.
        owned: one person's alone.
        levels: the level of each pair.
        rarity: log2 of the chance of this very agreement, for pairs at a level of agreement;
            nan where the level says all.
    """

    name: str
    owned: bool
    levels: Levels
    rarity: Floats


def agree(field: Field) -> Flags:
    """Which pairs agree by more than an initial."""
    levels = field.levels
    found: Flags = ((levels > MISSING) & (levels < OTHER)) | (levels == SPELLED)
    return found


def untold(size: int) -> Floats:
    """No rarity for any of some pairs."""
    return np.full(size, np.nan, np.float32)


def alike(values: Sequence[str], value_codes: Codes, a: Ints, b: Ints) -> Floats:
    """How alike the spellings of values are, 0 to 1; in one order, as the measure hangs on it."""
    first = value_codes[a] < value_codes[b]
    found: Floats = cpdist(
        list(map(values.__getitem__, np.where(first, a, b).tolist())),
        list(map(values.__getitem__, np.where(first, b, a).tolist())),
        scorer=JaroWinkler.normalized_similarity,
        dtype=np.float32,
    )
    return found


def distinct_pairs(x: Ints, y: Ints, size: int) -> tuple[Ints, Ints, npt.NDArray[np.intp]]:
    """The distinct unordered pairs of numbers below `size`, and which of them each pair is."""
    code = np.minimum(x, y).astype(np.int64) * size + np.maximum(x, y)
    every, where = np.unique(code, return_inverse=True)
    return (every // size).astype(np.int32), (every % size).astype(np.int32), where


def meet(x: Codes, y: Codes) -> Flags:
    """Which rows of two tables have a code in common; 0 is none."""
    met = np.zeros(len(x), np.bool_)
    for i in range(x.shape[1]):
        here = np.flatnonzero(x[:, i])
        for j in range(y.shape[1]):
            met[here] |= x[here, i] == y[here, j]
    return met
