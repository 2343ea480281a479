"""How alike two entries are, field by field, as small whole numbers.

Every comparison runs over distinct pairs of values, then is handed out to the pairs of entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from core.matching import usual
from core.matching.compare_names import NameComparer
from core.matching.levels import (
    FEW,
    MANY,
    MISSING,
    NEAR,
    OTHER,
    SAME,
    SHORT,
    SOUND,
    Field,
    alike,
    distinct_pairs,
    untold,
)
from core.matching.records import ROLES, Kind

if TYPE_CHECKING:
    from core.matching.codes import Flags, Floats, Ints
    from core.matching.columns import Column, Columns
    from core.matching.features import NameForms
    from core.matching.levels import Levels
    from core.matching.tables import Tables

UNIQUE: Final = frozenset({"email", "phone", "handle"})
"""What is given out once: that strangers share it is rarer than its share says."""

_NEAR_WORDS: Final = 0.9
_TWO: Final = 2
_THREE: Final = 3
_HEAD: Final = 4
_NOBODY: Final = np.iinfo(np.int32).max


class Comparer:
    """Compares pairs of one list under one model's tables."""

    def __init__(
        self, columns: Columns, given: NameForms, family: NameForms, tables: Tables
    ) -> None:
        self.columns = columns
        self.tables = tables
        self.names = NameComparer(columns, given, family, tables)
        self.share = {
            role: tables.share(role, columns.one[role].codes)
            for role in ("title", "city", *ROLES)
            if role in columns.one and role in tables.counts
        }
        self.held = {
            role: tables.held(role, many.codes)
            for role, many in columns.many.items()
            if role in tables.counts
        }
        if "username" in self.held:
            # Who adds the year of his birth to his name is not the only one of that year.
            digits = tables.like_digits(columns.many["username"].values)
            self.held["username"] = np.maximum(self.held["username"], digits)

    def fields(self, low: Ints, high: Ints) -> list[Field]:
        """The compared fields of pairs of rows."""
        one = self.columns.one
        found = self._identifiers(low, high)
        found = [*self.names.fields(low, high, found), *found]
        if "employer" in self.held:
            levels, rarity = self._shared("employer", low, high)
            found.append(Field("employer", False, levels, rarity))
        found += [
            self._valued(role, Kind.WORDS, low, high)
            for role in ("title", "city")
            if role in self.share
        ]
        found += [
            self._valued(role, about.kind, low, high)
            for role, about in ROLES.items()
            if role in self.share
        ]
        if "source" in one:
            ids = one["source"].ids
            levels = np.where(ids[low] == ids[high], SAME, OTHER).astype(np.int8)
            found.append(Field("source", True, levels, untold(len(low))))
        return found

    # --- what is shared ------------------------------------------------------------------------

    def _identifiers(self, low: Ints, high: Ints) -> list[Field]:
        found: list[Field] = []
        settled = np.zeros(len(low), np.bool_)
        for role, owned in (("email", False), ("phone", False), ("handle", True)):
            if role in self.held:
                levels, rarity = self._shared(role, low, high)
                if role != "phone":
                    settled |= (levels > MISSING) & (levels < OTHER)
                found.append(Field(role, owned, levels, rarity))
        if "username" in self.held:
            levels, rarity = self._shared("username", low, high)
            # The same address has the same name before the @: not to count twice.
            levels[settled | (levels == OTHER)] = MISSING
            found.append(Field("username", True, levels, rarity))
        return found

    def holders(self, role: str, low: Ints, high: Ints) -> Ints:
        """How many entries hold what pairs share of a role, of several the fewest; 0 if nothing.

        It is at least two: the model may not know the newest entry that holds it.
        """
        ids, counts = self.columns.many[role].ids, self.held[role]
        x, y = ids[low], ids[high]
        held = np.full(len(low), _NOBODY, np.int32)
        known = np.flatnonzero(self._both(role, low, high))
        for i in range(x.shape[1]):
            mine = x[known, i]
            for j in range(y.shape[1]):
                met = (mine == y[known, j]) & (mine > 0)
                at = known[met]
                held[at] = np.minimum(held[at], counts[mine[met]])
        return np.where(held < _NOBODY, np.maximum(held, _TWO), 0)

    def _both(self, role: str, low: Ints, high: Ints) -> Flags:
        """Which pairs have a value of a role on both sides."""
        has: Flags = np.any(self.columns.many[role].ids[:, :1] > 0, axis=1)
        return has[low] & has[high]

    def _shared(self, role: str, low: Ints, high: Ints) -> tuple[Levels, Floats]:
        """Whether lists of values meet, and how few entries hold what they share."""
        known = self._both(role, low, high)
        held = self.holders(role, low, high)
        levels = np.zeros(len(low), np.int8)
        levels[known] = OTHER
        met = held > 0
        few = held[met]
        levels[met] = np.where(few <= _TWO, SAME, np.where(few <= _THREE, FEW, MANY))
        rarity = untold(len(low))
        if role in UNIQUE:
            rarity[met] = 2 * np.log2((few - 1) / (self.tables.size + usual.PEOPLE))
        else:
            rarity[met] = np.log2(few / (self.tables.counts[role].total + usual.ENTRIES))
        return levels, rarity

    # --- words and signs -----------------------------------------------------------------------

    def _valued(self, role: str, kind: Kind, low: Ints, high: Ints) -> Field:
        column = self.columns.one[role]
        x, y = column.ids[low], column.ids[high]
        levels = np.where((x == 0) | (y == 0), MISSING, OTHER).astype(np.int8)
        rarity = untold(len(low))
        same = (x == y) & (x > 0)
        levels[same] = SAME
        rarity[same] = np.log2(self.share[role][x[same]])
        rest = np.flatnonzero((x != y) & (x > 0) & (y > 0))
        if len(rest):
            a, b, where = distinct_pairs(x[rest], y[rest], len(column.values))
            near = _words(column, a, b) if kind is Kind.WORDS else _signs(column, kind, a, b)
            levels[rest] = near[where]
        owned = role in ROLES and ROLES[role].owned
        return Field(role, owned, levels, rarity)


def _words(column: Column, a: Ints, b: Ints) -> Levels:
    near = alike(column.values, column.codes, a, b) >= _NEAR_WORDS
    return np.where(near, NEAR, OTHER).astype(np.int8)


def _signs(column: Column, kind: Kind, a: Ints, b: Ints) -> Levels:
    """Levels of dates, codes and numbers: by mistyped signs, then by how they begin."""
    one = [column.values[i] for i in a.tolist()]
    two = [column.values[i] for i in b.tolist()]
    edits = cpdist(one, two, scorer=OSA.distance, dtype=np.int32)
    levels = np.where(edits == 1, SHORT, OTHER).astype(np.int8)
    if kind is Kind.DATE:
        levels[edits == _TWO] = SOUND
    if kind is not Kind.NUMBER:
        begins = (p[:_HEAD] == q[:_HEAD] for p, q in zip(one, two, strict=True))
        levels[(levels == OTHER) & np.fromiter(begins, np.bool_, len(one))] = NEAR
    return levels
