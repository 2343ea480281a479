"""What of a distinct name is compared, computed once a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from core.matching import codes, forms
from core.matching.columns import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.matching.codes import Codes, Flags

_LONGER: Final = 6
_PARTS: Final = 3
_HEAD: Final = 3


@dataclass(slots=True)
class NameForms:
    """Forms of the distinct values of a column of names; row 0 is the empty name.

    Attributes:
        values: the names.
        codes: their codes.
        sounds: codes of how they sound.
        letters: codes of their first letters.
        heads: codes of their first three letters.
        short: initials.
        longer: codes of the names each may stand for, itself among them (values, 6).
        leads: codes of the first parts of names of several, else their own.
        parts: codes of the parts of names of two parts or more (values, 3), else 0.
    """

    values: list[str]
    codes: Codes
    sounds: Codes
    letters: Codes
    heads: Codes
    short: Flags
    longer: Codes
    leads: Codes
    parts: Codes


def name_forms(column: Column, *, given: bool) -> NameForms:
    """The forms of a column of given or of family names."""
    values = column.values
    size = len(values)
    heard = forms.sounds(values)
    sounds = Column.of([sound or value for sound, value in zip(heard, values, strict=True)]).rows
    longer = np.zeros((size, _LONGER), np.uint64)
    parts = np.zeros((size, _PARTS), np.uint64)
    if given:
        table = forms.long_forms()
        _placed(longer, {at: table[value] for at, value in enumerate(values) if value in table})
    else:
        apart = {at: value.split() for at, value in enumerate(values) if " " in value}
        _placed(parts, {at: [x for x in some if len(x) > 1] for at, some in apart.items()})
    return NameForms(
        values,
        column.codes,
        sounds,
        Column.of([value[:1] for value in values]).rows,
        Column.of([value[:_HEAD] if len(value) >= _HEAD else "" for value in values]).rows,
        np.fromiter((len(value) == 1 for value in values), np.bool_, size),
        longer,
        np.where(parts[:, 0] == 0, column.codes, parts[:, 0]),
        parts,
    )


def _placed(table: Codes, texts: dict[int, Sequence[str]]) -> None:
    """Write the codes of some texts a row into a table, as many as it is wide."""
    width = table.shape[1]
    rows = [row for row, some in texts.items() for _ in some[:width]]
    places = [place for some in texts.values() for place in range(len(some[:width]))]
    table[rows, places] = codes.of([text for some in texts.values() for text in some[:width]])
