"""Values as 64-bit codes, the same in every process, and tables looked up by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

Codes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

_LONGEST: Final = 64
_CHUNK: Final = 1 << 14
_M1: Final = np.uint64(0xFF51AFD7ED558CCD)
_M2: Final = np.uint64(0xC4CEB9FE1A85EC53)
_HALF: Final = np.uint64(33)


def mixed(codes: Codes) -> Codes:
    """Each code spread over all 64 bits."""
    codes = (codes ^ (codes >> _HALF)) * _M1
    codes = (codes ^ (codes >> _HALF)) * _M2
    return codes ^ (codes >> _HALF)


# One odd factor a place: the sum of letters times factors is as good as random.
_FACTORS: Final = mixed(np.arange(1, _LONGEST + 1, dtype=np.uint64) * _M2) | np.uint64(1)


def of(values: Sequence[str]) -> Codes:
    """One code a text (of its first 64 characters); the empty text is 0."""
    found = np.zeros(len(values), np.uint64)
    for start in range(0, len(values), _CHUNK):
        texts = values[start : start + _CHUNK]
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        if sizes.max(initial=0) > _LONGEST:
            texts = [text[:_LONGEST] for text in texts]
            sizes = np.minimum(sizes, _LONGEST)
        letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
        held = np.flatnonzero(sizes)
        if not len(held):
            continue
        starts = np.cumsum(sizes) - sizes
        places = np.arange(len(letters)) - np.repeat(starts, sizes)
        terms = (letters.astype(np.uint64) + np.uint64(1)) * _FACTORS[places]
        found[start + held] = mixed(
            np.add.reduceat(terms, starts[held]) + sizes[held].astype(np.uint64)
        )
    return found


def distinct(codes: Codes) -> Codes:
    """The distinct codes, ascending."""
    ordered = np.sort(codes)
    new = np.ones(len(ordered), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]


def pair(first: Codes, second: Codes, salt: int) -> Codes:
    """One code for two, whose order matters; 0 where either is missing."""
    both = mixed(first * _M1 + np.uint64(salt)) + second
    return np.where((first != 0) & (second != 0), mixed(both), np.uint64(0))


def unordered(first: Codes, second: Codes, salt: int) -> Codes:
    """One code for two in any order; 0 where either is missing."""
    both = mixed(first) + mixed(second) + np.uint64(salt)
    return np.where((first != 0) & (second != 0), mixed(both), np.uint64(0))


def found_in(codes: Codes, table: Codes) -> Flags:
    """Which codes are in a sorted table."""
    if not len(table):
        return np.zeros(codes.shape, np.bool_)
    at = np.minimum(np.searchsorted(table, codes), len(table) - 1)
    found: Flags = table[at] == codes
    return found


class Counts:
    """How often each code was seen; what was never seen counts as one.

    Attributes:
        codes: those seen at least twice, or all where all are kept, ascending.
        counts: how often.
        total: how many were counted altogether.
    """

    def __init__(self, codes: Codes, counts: Ints, total: int) -> None:
        self.codes = codes
        self.counts = counts
        self.total = total

    @classmethod
    def of(cls, seen: Codes, *, least: int = 2) -> Counts:
        """Count codes, and keep those seen so often; 0 is nobody's."""
        seen = seen[seen != 0]
        codes, counts = np.unique(seen, return_counts=True)
        often = counts >= least
        return cls(codes[often], counts[often].astype(np.int32), len(seen))

    def __getitem__(self, codes: Codes) -> Ints:
        if not len(self.codes):
            return np.ones(codes.shape, np.int32)
        at = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return np.where(self.codes[at] == codes, self.counts[at], 1).astype(np.int32)

    def share(self, codes: Codes) -> Floats:
        """The part of all that each code is, in (0, 1]."""
        return (self[codes] / max(self.total, 1)).astype(np.float32)
