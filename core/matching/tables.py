"""How common each value is in the list: the part of a model that comparisons look up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from core.matching import codes, usual
from core.matching.codes import Counts
from core.matching.cultures import Cultures
from core.matching.features import NameForms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.matching.codes import Codes, Floats, Ints
    from core.matching.columns import Column, Columns


_NOT_COUNTED: Final = frozenset({"source", "generation", "also given", "also family"})
_NOT_DIGITS: Final = re.compile(r"[^0-9]+")


def _digits(value: str) -> str:
    return _NOT_DIGITS.sub("", value)


class Tables:
    """Counts of values by role, and how many entries they were taken from."""

    def __init__(self, size: int, counts: dict[str, Counts], cultures: Cultures) -> None:
        self.size = size
        self.counts = counts
        self.cultures = cultures

    @classmethod
    def of(cls, columns: Columns, given: NameForms, family: NameForms) -> Tables:
        """Count every role of a list."""
        counts: dict[str, Counts] = {}
        for role, column in columns.one.items():
            if role not in _NOT_COUNTED:
                counts[role] = Counts.of(column.rows)
        for role, many in columns.many.items():
            counts[role] = Counts.of(many.rows.ravel())
        for role, forms in (("given", given), ("family", family)):
            ids = columns.one[role].ids
            counts[role + " letter"] = Counts.of(forms.letters[ids])
            counts[role + " sound"] = Counts.of(forms.sounds[ids])
        last = columns.one["family"].ids
        parts = np.where(family.parts[:, :1] == 0, 0, family.parts)
        parts[:, 0] = np.where(parts[:, 0] == 0, family.codes, parts[:, 0])
        counts["family part"] = Counts.of(parts[last].ravel())
        middle = columns.one["middle"]
        letters = codes.of([value[:1] for value in middle.values])
        counts["middle letter"] = Counts.of(letters[middle.ids])
        counts["middle sound"] = counts["middle"]
        given_rows = columns.one["given"].rows
        counts["given middle"] = Counts.of(codes.pair(given_rows, middle.rows, 3))
        if "username" in columns.many:
            users = columns.many["username"]
            digits = codes.of([_digits(value) for value in users.values])
            counts["digits"] = Counts.of(digits[users.ids].ravel())
        long_given = np.where(given.short[columns.one["given"].ids], np.uint64(0), given_rows)
        long_family = np.where(family.short[last], np.uint64(0), family.leads[last])
        return cls(columns.size, counts, Cultures.of(long_given, long_family))

    def like_digits(self, values: Sequence[str]) -> Ints:
        """How many entries have a user name with the same digits, 1 if there are none in it."""
        return self.counts["digits"][codes.of([_digits(value) for value in values])]

    def share(self, role: str, values: Codes) -> Floats:
        """The part of all values of a role that each code is."""
        counts, usually = self.counts[role], usual.ENTRIES * usual.SHARES.get(role, 0.0)
        total = counts.total + usual.ENTRIES
        # In a short list the two who are compared are much of what was counted.
        themselves = usual.ENTRIES / total
        return ((counts[values] - themselves + usually) / total).astype(np.float32)

    def held(self, role: str, values: Codes) -> Ints:
        """How many entries hold each code."""
        return self.counts[role][values]

    @staticmethod
    def middle_forms(column: Column) -> NameForms:
        """Middle names are compared by letters and spelling alone."""
        size = len(column.values)
        return NameForms(
            column.values,
            column.codes,
            column.codes,
            codes.of([value[:1] for value in column.values]),
            column.codes,
            np.fromiter((len(value) == 1 for value in column.values), np.bool_, size),
            np.zeros((size, 0), np.uint64),
            column.codes,
            np.zeros((size, 0), np.uint64),
        )
