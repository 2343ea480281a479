"""Why two entries may be one person, and why not, in plain words.

The sentences hold foreign text as it was written: whoever shows them passes it through `visible`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from core.matching import weights
from core.matching.find import compared
from core.matching.levels import (
    FEW,
    INITIAL,
    MANY,
    MISSING,
    NEAR,
    OTHER,
    OTHER_INITIAL,
    SAME,
    SHORT,
    SOUND,
    SPELLED,
)

if TYPE_CHECKING:
    from core.matching.columns import Columns
    from core.matching.levels import Field
    from core.matching.model import Model
    from core.matching.records import Records

_MOST: Final = 3
_LEAST_BITS: Final = 1.0
_NAMES: Final = frozenset({"given", "middle", "family", "order"})
_COMMON: Final = 1_000_000
_WORDS: Final = {
    "email": "e-mail address",
    "phone": "phone number",
    "handle": "profile or handle",
    "username": "user name",
    "employer": "employer",
    "title": "job",
    "city": "city",
    "birthday": "birthday",
    "national_number": "national number",
    "gender": "gender",
    "birth_place": "birth place",
    "postcode": "postcode",
    "street_number": "house number",
    "street": "street",
    "locality": "town",
    "state": "state",
    "middle": "middle name",
    "given": "given name",
    "family": "family name",
}


class Reasons(NamedTuple):
    """The strongest reasons, strongest first, at most three each way."""

    in_favour: tuple[str, ...]
    against: tuple[str, ...]


def explain(records: Records, model: Model, low: int, high: int) -> Reasons:
    """Why two entries of a list may be one person, and why they may not.

    Args:
        records: the list.
        model: what was learned from it.
        low: the row of one entry.
        high: the row of the other.
    """
    two = records.take([low, high])
    first, second = np.zeros(1, np.int32), np.ones(1, np.int32)
    fields, columns = compared(two, model, first, second)
    bits = {
        field.name: _bits(field, model.weights, row)
        for row, field in enumerate(fields)
        if field.levels[0] != MISSING
    }
    by_name = {field.name: field for field in fields}
    told = [
        (bits[name], _said(by_name[name], model, columns)) for name in bits if name not in _NAMES
    ]
    told += _names(by_name, bits, columns, two)
    told = [(value, words) for value, words in told if words and abs(value) >= _LEAST_BITS]
    good = sorted((item for item in told if item[0] > 0), key=lambda item: -item[0])
    bad = sorted((item for item in told if item[0] < 0), key=lambda item: item[0])
    return Reasons(
        tuple(words for _, words in good[:_MOST]), tuple(words for _, words in bad[:_MOST])
    )


def _bits(field: Field, learned: weights.Weights, row: int) -> float:
    """What a field says, in bits for one person against strangers."""
    level = int(field.levels[0])
    said = weights.surprises(field, learned.chance[row])[0] + np.log2(learned.same[row][level])
    return float(said)


def _said(field: Field, model: Model, columns: Columns) -> str:
    level, name = int(field.levels[0]), field.name
    if name == "source":
        return "both from one source" if level == SAME else ""
    if name == "generation":
        return "junior and senior" if level == OTHER else ""
    what = _WORDS.get(name, name.replace("_", " "))
    if level == OTHER:
        return f"different {what}"
    if level in {SAME, FEW, MANY}:
        return f"same {what}{_holders(field, model, columns)}"
    return f"nearly the same {what}"


def _holders(field: Field, model: Model, columns: Columns) -> str:
    """On how many entries an identifier stands."""
    if field.name not in {"email", "phone"}:
        return ""
    many = columns.many[field.name]
    met = np.intersect1d(many.ids[0], many.ids[1])
    held = model.tables.held(field.name, many.codes[met[met > 0]])
    count = max(int(held.min()), 2) if len(held) else 2
    return f", on {count} entries only" if field.levels[0] != MANY else f", but on {count} entries"


def _names(
    fields: dict[str, Field], bits: dict[str, float], columns: Columns, two: Records
) -> list[tuple[float, str]]:
    given, family = fields["given"], fields["family"]
    levels = int(given.levels[0]), int(family.levels[0])
    if set(levels) <= {SAME} and SAME in levels:
        both = sum(bits.get(name, 0.0) for name in ("given", "family", "order"))
        rarity = float(np.nansum([given.rarity[0], family.rarity[0]]))
        share = min(round(2.0**-rarity), _COMMON)
        turned = ", the other way round" if fields["order"].levels[0] == OTHER else ""
        told = [(both, f"both '{_written(two, 0)}'{turned}, 1 in {max(share, 1):,} here")]
    else:
        told = [
            (bits[name], _name(fields[name], columns))
            for name in ("given", "family")
            if name in bits
        ]
    if "middle" in bits:
        told.append((bits["middle"], _name(fields["middle"], columns)))
    return told


def _written(two: Records, row: int) -> str:
    if two.name and two.name[row]:
        return two.name[row]
    parts = [column[row] for column in (two.given, two.family) if column]
    return " ".join(part for part in parts if part)


def _name(field: Field, columns: Columns) -> str:
    column = columns.one[field.name]
    one, two = (column.values[number] for number in column.ids)
    level = int(field.levels[0])
    what = _WORDS[field.name]
    if level in {OTHER, OTHER_INITIAL}:
        return f"different {what}: '{one}', '{two}'"
    return {
        SAME: f"both '{one}'",
        SHORT: f"'{one}' may be '{two}'",
        SOUND: f"'{one}' sounds like '{two}'",
        NEAR: f"'{one}' is nearly '{two}'",
        SPELLED: f"an address of theirs spells the {what} alike",
        INITIAL: f"same initial of the {what}",
    }[level]
