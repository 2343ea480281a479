"""How alike two names are: as written, as they sound, short, turned, as logins spell them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from core.matching.codes import pair
from core.matching.levels import (
    INITIAL,
    MISSING,
    NEAR,
    OTHER,
    OTHER_INITIAL,
    SAME,
    SHORT,
    SOUND,
    SPELLED,
    Field,
    agree,
    alike,
    distinct_pairs,
    meet,
    untold,
)

if TYPE_CHECKING:
    from core.matching.codes import Flags, Floats, Ints
    from core.matching.columns import Columns
    from core.matching.features import NameForms
    from core.matching.levels import Levels
    from core.matching.tables import Tables

_NEAR_NAME: Final = 0.88
_ANY_LETTER: Final = 0.08
_LEAST_SHARE: Final = 1e-9
# Who writes both senior and junior means two people.
_TWO_GENERATIONS: Final = 8.0
_APART: Final = (OTHER, OTHER_INITIAL, NEAR)


class NameComparer:
    """Compares the names of pairs of entries."""

    def __init__(
        self, columns: Columns, given: NameForms, family: NameForms, tables: Tables
    ) -> None:
        one = columns.one
        self.columns = columns
        self.tables = tables
        self.forms = {
            "given": given,
            "family": family,
            "middle": tables.middle_forms(one["middle"]),
        }
        self.share: dict[str, Floats] = {}
        for role, forms in self.forms.items():
            self.share[role] = tables.share(role, forms.codes)
            self.share[role + " letter"] = tables.share(role + " letter", forms.letters)
            self.share[role + " sound"] = tables.share(role + " sound", forms.sounds)

    def fields(self, low: Ints, high: Ints, others: list[Field]) -> list[Field]:
        """The names of pairs, compared.

        Args:
            low: rows.
            high: the other rows.
            others: the identifiers of the same pairs, for a name that was read off one of them
                says nothing where that one is shared.
        """
        given, family, middle = (self._name(role, low, high) for role in self.forms)
        self._joined(given, middle, low, high)
        known = (given.levels > MISSING) & (family.levels > MISSING)
        turned = self._turned(given, family, low, high)
        self._spelled((given, family), known, low, high, others)
        self._together(given, family, low, high)
        self._after_given(middle, given, low, high)
        told = self.columns.guessed[low] | self.columns.guessed[high]
        for field in others:
            if field.name in {"email", "username"}:
                same = told & (field.levels > MISSING) & (field.levels < OTHER)
                given.levels[same] = family.levels[same] = MISSING
        order = np.where(turned, OTHER, np.where(given.levels & family.levels, SAME, MISSING))
        found = [given, family, middle, self._generation(low, high)]
        return [*found, Field("order", True, order.astype(np.int8), untold(len(low)))]

    def _generation(self, low: Ints, high: Ints) -> Field:
        ids = self.columns.one["generation"].ids
        x, y = ids[low], ids[high]
        levels = np.where((x == 0) & (y == 0), MISSING, np.where(x == y, SAME, OTHER))
        rarity = untold(len(low))
        at_odds = (x != y) & (x > 0) & (y > 0)
        levels[at_odds] = OTHER_INITIAL
        rarity[at_odds] = _TWO_GENERATIONS
        return Field("generation", True, levels.astype(np.int8), rarity)

    # --- one name against one ------------------------------------------------------------------

    def _name(self, role: str, low: Ints, high: Ints) -> Field:
        forms, ids = self.forms[role], self.columns.one[role].ids
        x, y = ids[low], ids[high]
        levels = np.full(len(x), OTHER, np.int8)
        rarity = untold(len(x))
        levels[(x == 0) | (y == 0)] = MISSING
        same = (x == y) & (x > 0)
        levels[same] = SAME
        rarity[same] = np.log2(self.share[role][x[same]])
        rest = np.flatnonzero((x != y) & (x > 0) & (y > 0))
        if len(rest):
            a, b, where = distinct_pairs(x[rest], y[rest], len(forms.values))
            got, rare = self._spellings(role, a, b)
            levels[rest] = got[where]
            rarity[rest] = rare[where]
        short = same & forms.short[x]
        levels[short] = INITIAL
        rarity[short] = np.log2(self.share[role + " letter"][x[short]])
        return Field(role, role != "family", levels, rarity)

    def _spellings(self, role: str, x: Ints, y: Ints) -> tuple[Levels, Floats]:
        """Levels and rarity of pairs of different names."""
        forms, share = self.forms[role], self.share
        levels = np.full(len(x), OTHER, np.int8)
        rarity = untold(len(x))
        short = forms.short[x] | forms.short[y]
        letter = forms.letters[x] == forms.letters[y]
        levels[short] = np.where(letter[short], INITIAL, OTHER_INITIAL)
        first = short & letter
        rarity[first] = np.log2(share[role + " letter"][x[first]])
        left = np.flatnonzero(~short)
        a, b = x[left], y[left]
        p, q = share[role][a], share[role][b]
        got, rare = levels[left], rarity[left]
        near = alike(forms.values, forms.codes, a, b) >= _NEAR_NAME
        got[near] = NEAR
        rare[near] = np.log2(np.sqrt(p * q)[near])
        sound = forms.sounds[a] == forms.sounds[b]
        got[sound] = SOUND
        rare[sound] = np.log2(share[role + " sound"][a[sound]])
        related = meet(forms.longer[a], forms.longer[b])
        got[related] = SHORT
        rare[related] = np.log2(np.maximum(p, q)[related])
        if role == "family":
            self._surnames(a, b, got, rare)
        levels[left], rarity[left] = got, rare
        return levels, rarity

    def _surnames(self, a: Ints, b: Ints, got: Levels, rare: Floats) -> None:
        """One surname of another's two agrees; of two and two both must."""
        forms = self.forms["family"]
        two_a, two_b = forms.parts[a], forms.parts[b]
        one_a, one_b = two_a[:, 0] == 0, two_b[:, 0] == 0
        for alone, names, two in ((one_a, a, two_b), (one_b, b, two_a)):
            one = np.where(alone, forms.codes[names], 0)
            met = meet(one[:, None], two)
            got[met] = SHORT
            rare[met] = np.log2(self.tables.share("family part", one[met]))
        several = ~(one_a | one_b)
        turned = several & (np.sort(two_a, axis=1) == np.sort(two_b, axis=1)).all(axis=1)
        got[turned] = SOUND
        other = several & ~turned & meet(two_a, two_b) & (got != SOUND) & (got != NEAR)
        got[other] = OTHER
        rare[got == OTHER] = np.nan

    # --- names that say the same in other words ------------------------------------------------

    def _joined(self, given: Field, middle: Field, low: Ints, high: Ints) -> None:
        """``Min Ji`` is ``Minji``, and who goes by a middle name is no other."""
        g, m = self.columns.one["given"], self.columns.one["middle"]
        odd = np.flatnonzero((given.levels >= SOUND) & ((m.ids[low] | m.ids[high]) > 0))
        if not len(odd):
            return
        a, b = low[odd], high[odd]
        same = np.fromiter(
            (
                first[0] + first[1] == second[0] + second[1]
                or (len(first[0]) > 1 and first[0] == second[0] + second[1])
                or (len(second[0]) > 1 and first[0] + first[1] == second[0])
                for first, second in (
                    ((g.values[i], m.values[j]), (g.values[k], m.values[n]))
                    for i, j, k, n in zip(
                        g.ids[a].tolist(),
                        m.ids[a].tolist(),
                        g.ids[b].tolist(),
                        m.ids[b].tolist(),
                        strict=True,
                    )
                )
            ),
            np.bool_,
            len(odd),
        )
        short, share = self.forms["given"].short, self.share["given"]
        by_middle = np.zeros(len(odd), np.bool_)
        for x, y in ((a, b), (b, a)):
            second = m.codes[m.ids[y]]
            by_middle |= (g.codes[g.ids[x]] == second) & (second != 0) & ~short[g.ids[x]]
        for flags, level in ((same, SAME), (by_middle & ~same, SHORT)):
            at = odd[flags]
            given.levels[at] = level
            shares = np.maximum(share[g.ids[low[at]]], share[g.ids[high[at]]])
            given.rarity[at] = np.log2(shares)
            middle.levels[at] = MISSING

    def _turned(self, given: Field, family: Field, low: Ints, high: Ints) -> Flags:
        """Given and family name the other way round; which pairs show that."""
        g, f = self.columns.one["given"].ids, self.columns.one["family"].ids
        first, last = self.forms["given"], self.forms["family"]
        turned = np.zeros(len(low), np.bool_)
        apart = np.isin(given.levels, _APART) & np.isin(family.levels, (*_APART, MISSING))
        at = np.flatnonzero(apart)
        ga, gb, fa, fb = g[low[at]], g[high[at]], f[low[at]], f[high[at]]
        both = (fa > 0) & (fb > 0)
        one, two = first.codes[ga] == last.codes[fb], last.codes[fa] == first.codes[gb]
        heard = (first.sounds[ga] == last.sounds[fb]) & (last.sounds[fa] == first.sounds[gb])
        whole = both & heard & (one | two)
        letter_one = first.letters[ga] == last.letters[fb]
        letter_two = last.letters[fa] == first.letters[gb]
        initial = both & ~whole
        initial &= (one & letter_two & (first.short[gb] | last.short[fa])) | (
            two & letter_one & (first.short[ga] | last.short[fb])
        )
        single = ((fa == 0) & one & (ga > 0)) | ((fb == 0) & two & (gb > 0))
        shares = [
            np.maximum.reduce(
                [self.tables.share(role, code) for role in ("given", "family") for code in crossed]
            )
            for crossed in ((first.codes[ga], last.codes[fb]), (last.codes[fa], first.codes[gb]))
        ]
        exact = np.log2(np.where(one, *shares))
        rows = at[whole]
        given.levels[rows] = SAME
        family.levels[rows] = np.where((one & two)[whole], SAME, SOUND)
        given.rarity[rows] = np.log2(np.maximum(*shares)[whole])
        family.rarity[rows] = np.log2(np.minimum(*shares)[whole])
        rows = at[initial]
        given.levels[rows] = INITIAL
        given.rarity[rows] = np.log2(_ANY_LETTER)
        rows = at[single]
        given.levels[rows] = MISSING
        rows = at[initial | single]
        family.levels[rows] = SAME
        family.rarity[rows] = exact[initial | single]
        turned[at[whole | initial | single]] = True
        return turned

    def _spelled(
        self,
        names: tuple[Field, Field],
        known: Flags,
        low: Ints,
        high: Ints,
        others: list[Field],
    ) -> None:
        """Names that a login spells another way, unless the login is what both have."""
        one = self.columns.one
        usable = known.copy()
        for field in others:
            if field.name in {"email", "handle", "username"}:
                usable &= (field.levels == MISSING) | (field.levels == OTHER)
        for field in names:
            ids, also = one[field.name].ids, one["also " + field.name].ids
            values = one[field.name].codes
            x, y, p, q = ids[low], ids[high], also[low], also[high]
            one_way, other_way = np.where(p == y, p, 0), np.where(q == x, q, 0)
            # Which of two is taken must not hang on which entry comes first.
            crossed = np.where(values[one_way] >= values[other_way], one_way, other_way)
            met = np.where(crossed > 0, crossed, np.where(p == q, p, 0))
            at = np.flatnonzero(usable & (met > 0) & (field.levels != SAME))
            rarity = np.log2(self.share[field.name][met[at]])
            better = ~(field.rarity[at] <= rarity)
            field.levels[at[better]] = SPELLED
            field.rarity[at[better]] = rarity[better]

    # --- what names say of each other ----------------------------------------------------------

    def _together(self, given: Field, family: Field, low: Ints, high: Ints) -> None:
        """Two names that go together say less than each alone."""
        g, f = self.columns.one["given"], self.columns.one["family"]
        leads = self.forms["family"].leads
        both = np.flatnonzero(agree(given) & agree(family))
        factors = [
            self.tables.cultures.together(g.codes[g.ids[rows]], leads[f.ids[rows]])
            for rows in (low[both], high[both])
        ]
        given.rarity[both] += np.log2(np.maximum(*factors))

    def _after_given(self, middle: Field, given: Field, low: Ints, high: Ints) -> None:
        """``Anna Maria`` is one name to many: the second says little once the first is known."""
        g, m = self.columns.one["given"], self.columns.one["middle"]
        alike_too = (middle.levels == SAME) | (middle.levels == NEAR)
        same = np.flatnonzero(alike_too & (given.levels == SAME))
        first = g.codes[g.ids[low[same]]]
        count = np.maximum(self.tables.held("given", first), 1)
        for rows in (low, high):
            second = m.codes[m.ids[rows[same]]]
            # Two of those who have both names are the pair itself.
            share = (self.tables.held("given middle", pair(first, second, 3)) - 2) / count
            rarity = np.log2(np.maximum(share, _LEAST_SHARE)).astype(np.float32)
            middle.rarity[same] = np.maximum(middle.rarity[same], rarity)
