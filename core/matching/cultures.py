"""Given and family names go together: a Maria is likelier a García than a Kim.

Taken as independent, the chance of a namesake is far too small in every small community. So each
name is spread over a few hidden groups that explain which given name stands with which family name
(probabilistic latent semantic analysis, Hofmann 1999); the factor by which two names are commoner
together than apart follows from that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from core.matching import codes

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.matching.codes import Codes, Floats

    Doubles = npt.NDArray[np.float64]

GROUPS: Final = 12
_TURNS: Final = 40
_MOST: Final = 40_000
_FEWEST: Final = 200
_SMOOTH: Final = 0.25
_CEILING: Final = 64.0


class Cultures:
    """Spread of names over groups: for each known name its chance of each group.

    Attributes:
        given: codes of given names, ascending.
        family: codes of family names, ascending.
        of_given: (given names, groups), rows sum to one.
        of_family: (family names, groups), rows sum to one.
        size: share of each group.
    """

    __slots__ = ("family", "given", "of_family", "of_given", "size")

    def __init__(
        self, given: Codes, family: Codes, of_given: Floats, of_family: Floats, size: Floats
    ) -> None:
        self.given = given
        self.family = family
        self.of_given = of_given
        self.of_family = of_family
        self.size = size

    @classmethod
    def of(cls, given: Codes, family: Codes) -> Cultures:
        """Learn the groups from the names of entries that have both."""
        both = (given != 0) & (family != 0)
        g, f = given[both], family[both]
        g, f = _common(g, f)
        none = np.zeros(0, np.uint64)
        if len(g) < _FEWEST:
            flat = np.zeros((0, GROUPS), np.float32)
            return cls(none, none, flat, flat, np.full(GROUPS, 1 / GROUPS, np.float32))
        givens, gi = np.unique(g, return_inverse=True)
        families, fi = np.unique(f, return_inverse=True)
        cell, counts = np.unique(gi.astype(np.int64) * len(families) + fi, return_counts=True)
        weight = np.sqrt(counts.astype(np.float64))  # one person's many entries are not many people
        gi, fi = cell // len(families), cell % len(families)
        of_given, of_family, size = _learned(gi, fi, weight, len(givens), len(families), givens)
        return cls(givens, families, of_given, of_family, size)

    def together(self, given: Codes, family: Codes) -> Floats:
        """How many times likelier these names are together than apart, at least 1."""
        if not len(self.given):
            return np.ones(len(given), np.float32)
        known = codes.found_in(given, self.given) & codes.found_in(family, self.family)
        factor = np.ones(len(given), np.float32)
        a = self.of_given[np.searchsorted(self.given, given[known])]
        b = self.of_family[np.searchsorted(self.family, family[known])]
        factor[known] = np.clip((a * b / self.size).sum(axis=1), 1.0, _CEILING)
        return factor


def _common(g: Codes, f: Codes) -> tuple[Codes, Codes]:
    """Pairs of names of which both come again, a sample that is the same in any order."""
    for _ in range(2):
        _, gi, gc = np.unique(g, return_inverse=True, return_counts=True)
        _, fi, fc = np.unique(f, return_inverse=True, return_counts=True)
        keep = (gc[gi] > 1) & (fc[fi] > 1)
        g, f = g[keep], f[keep]
    if len(g) > _MOST:
        order = np.argsort(codes.pair(g, f, 7), kind="stable")[:_MOST]
        g, f = g[order], f[order]
    return g, f


def _learned(  # noqa: PLR0913, PLR0917 - a sparse matrix and its two sides
    gi: npt.NDArray[np.int64],
    fi: npt.NDArray[np.int64],
    weight: Doubles,
    givens: int,
    families: int,
    given_codes: Codes,
) -> tuple[Floats, Floats, Floats]:
    start = np.stack([codes.mixed(given_codes + np.uint64(7919 * k)) for k in range(GROUPS)])
    # A row a group: what is added up lies side by side.
    a = 1.0 + (start >> np.uint64(40)).astype(np.float64) / float(1 << 24)
    a /= a.sum(axis=1, keepdims=True)
    b = np.full((GROUPS, families), 1.0 / families)
    size = np.full(GROUPS, 1 / GROUPS)
    part = np.empty((GROUPS, len(gi)))
    for _ in range(_TURNS):
        for k in range(GROUPS):
            np.multiply(a[k][gi], (b[k] * size[k])[fi], out=part[k])
        part *= weight / np.maximum(part.sum(axis=0), 1e-300)
        size = part.sum(axis=1)
        for k in range(GROUPS):
            a[k] = np.bincount(gi, part[k], givens)
            b[k] = np.bincount(fi, part[k], families)
        a /= np.maximum(size, 1e-300)[:, None]
        b /= np.maximum(size, 1e-300)[:, None]
        size /= size.sum()
    total = np.bincount(gi, weight, givens), np.bincount(fi, weight, families)
    share = size.astype(np.float32)
    spread = []
    for table, counts in zip((a.T, b.T), total, strict=True):
        held = table * size
        held = held / np.maximum(held.sum(axis=1, keepdims=True), 1e-300)
        held = (held * counts[:, None] + size * _SMOOTH) / (counts[:, None] + _SMOOTH)
        spread.append(held.astype(np.float32))
    return spread[0], spread[1], share
