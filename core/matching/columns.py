"""Columns of value numbers: each distinct value is cleaned, hashed and compared once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Final

import numpy as np

from core.matching import codes
from core.matching.records import Kind
from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.matching.codes import Codes, Flags, Ints

WIDEST: Final = 4
"""So many addresses, numbers or handles of one entry are compared."""
_SIGNS: Final = "".join(chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum())
_SPACED: Final = str.maketrans(dict.fromkeys(_SIGNS, " "))
_DATE_DIGITS: Final = 8
_LONGEST: Final = 200


@dataclass(slots=True)
class Column:
    """One value an entry.

    Attributes:
        ids: for each entry the number of its value, 0 for none.
        values: the distinct values, the first "".
        codes: the code of each distinct value, 0 for the first.
    """

    ids: Ints
    values: list[str]
    codes: Codes

    @classmethod
    def of(cls, texts: Sequence[str]) -> Column:
        """Number the values of entries."""
        return Numbered(texts).column()

    @property
    def rows(self) -> Codes:
        """The code of each entry's value."""
        return self.codes[self.ids]


class Numbered:
    """Texts numbered one after the other, "" as 0, to which more may come.

    Attributes:
        ids: for each entry the number of its value.
        numbers: the number of each value; whoever is new gets the next one.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.numbers = defaultdict(count(1).__next__, {"": 0})
        self.ids = np.fromiter(map(self.numbers.__getitem__, texts), np.int32, len(texts))
        self._codes = np.zeros(0, np.uint64)

    def column(self) -> Column:
        """The column as it is now."""
        values = list(self.numbers)
        new = codes.of(values[len(self._codes) :])
        self._codes = np.concatenate([self._codes, new])
        return Column(self.ids, values, self._codes)


@dataclass(slots=True)
class Many:
    """Up to four values an entry: `ids` is (entries, width), filled with 0."""

    ids: Ints
    values: list[str]
    codes: Codes

    @classmethod
    def of(cls, rows: Ints, texts: Sequence[str], size: int) -> Many:
        """Number values given with the entry of each; empty ones and repeats are left out."""
        all_of = Numbered(texts)
        flat, values = all_of.ids, list(all_of.numbers)
        held = np.flatnonzero(flat)
        where = rows[held]
        if (where[1:] < where[:-1]).any():
            held = held[np.argsort(where, kind="stable")]
            where = rows[held]
        several = np.zeros(len(held), np.bool_)
        several[1:] = where[1:] == where[:-1]
        several[:-1] |= several[1:]
        if several.any():
            some = held[several]
            cell = rows[some].astype(np.int64) * len(values) + flat[some]
            first = np.unique(cell, return_index=True)[1]
            kept = ~several
            kept[np.flatnonzero(several)[first]] = True
            held = held[kept]
        where, what = rows[held], flat[held]
        place = np.arange(len(held)) - np.searchsorted(where, where)
        kept = place < WIDEST
        ids = np.zeros((size, int(place[kept].max(initial=-1)) + 1), np.int32)
        ids[where[kept], place[kept]] = what[kept]
        return cls(ids, values, codes.of(values))

    @property
    def rows(self) -> Codes:
        """The codes of each entry's values."""
        return self.codes[self.ids]


@dataclass(slots=True)
class Columns:
    """The cleaned list.

    Attributes:
        size: how many entries.
        one: single values by role: given, middle, family, source, title, city and more.
        many: lists of values by role: email, phone, handle, login, username, employer.
        guessed: entries whose name was read off a mailbox.
    """

    size: int
    one: dict[str, Column]
    many: dict[str, Many]
    guessed: Flags


def cleaned(clean: Kind | Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """Each text cleaned, each distinct one once."""
    function = _CLEANED[clean] if isinstance(clean, Kind) else clean
    known = {text: function(text) if text else "" for text in set(texts)}
    return list(map(known.__getitem__, texts))


def column(clean: Kind, texts: Sequence[str]) -> Column:
    """A column of cleaned values, each distinct text cleaned once."""
    raw = Numbered(texts)
    found = Column.of(list(map(_CLEANED[clean], raw.numbers)))
    return Column(found.ids[raw.ids], found.values, found.codes)


def plain(text: str) -> str:
    """Words alone, folded."""
    return " ".join(fold(text[:_LONGEST]).translate(_SPACED).split())


def date(text: str) -> str:
    """The digits of a date, eight if it is whole."""
    return "".join(char for char in text if char.isdigit())[:_DATE_DIGITS]


def squeezed(text: str) -> str:
    """Letters and digits alone, folded."""
    return plain(text).replace(" ", "")


_CLEANED: Final = {
    Kind.WORDS: plain,
    Kind.DATE: date,
    Kind.CODE: squeezed,
    Kind.NUMBER: squeezed,
}
