"""Columns of value numbers: each distinct value is cleaned, hashed and compared once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

from core.matching import codes
from core.matching.records import Kind
from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
    def of(cls, texts: Iterable[str], size: int) -> Column:
        """Number the values of `size` entries."""
        ids, values = _numbered(texts, size)
        return cls(ids, values, codes.of(values))

    @property
    def rows(self) -> Codes:
        """The code of each entry's value."""
        return self.codes[self.ids]


@dataclass(slots=True)
class Many:
    """Up to four values an entry: `ids` is (entries, width), filled with 0."""

    ids: Ints
    values: list[str]
    codes: Codes

    @classmethod
    def of(cls, rows: Ints, texts: Sequence[str], size: int) -> Many:
        """Number values given with the entry of each; empty ones and repeats are left out."""
        flat, values = _numbered(texts, len(texts))
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


def _numbered(texts: Iterable[str], size: int) -> tuple[Ints, list[str]]:
    held = list(texts)
    values = list(dict.fromkeys(chain(("",), held)))
    numbers = {value: number for number, value in enumerate(values)}
    return np.fromiter(map(numbers.__getitem__, held), np.int32, count=size), values


def cleaned(clean: Kind | Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """Each text cleaned, each distinct one once."""
    function = _CLEANED[clean] if isinstance(clean, Kind) else clean
    known = {text: function(text) if text else "" for text in set(texts)}
    return [known[text] for text in texts]


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
