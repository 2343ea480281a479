"""Why two entries may be one person, and why not, in plain words.

A reason is one line. Foreign text stands in it between ' and ' alone, cut to 40 characters and
without controls; whoever shows it still passes it through `visible`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from core.matching import find, weights
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
from core.matching.names import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy.typing as npt

    from core.matching.codes import Ints
    from core.matching.compare import Comparer
    from core.matching.levels import Field
    from core.matching.model import Model
    from core.matching.records import Records

    Doubles = npt.NDArray[np.float64]

_MOST: Final = 3
_LEAST_BITS: Final = 1.0
_LOT: Final = 1 << 15
_LONGEST: Final = 40
_NAMES: Final = ("given", "family")
_LEAST_RARE: Final = 20
_IDENTIFIERS: Final = frozenset({"email", "phone", "handle", "username", "employer"})
_WORDS: Final = {
    "email": "e-mail address",
    "phone": "phone number",
    "handle": "profile or handle",
    "username": "user name",
    "title": "job",
    "street_number": "house number",
    "locality": "town",
    "middle": "middle name",
    "given": "given name",
    "family": "family name",
}
_ALIKE: Final = {
    SAME: "both {0}",
    SHORT: "{0} may be {1}",
    SOUND: "{0} sounds like {1}",
    NEAR: "{0} is nearly {1}",
    OTHER: "different {2}: {0}, {1}",
    OTHER_INITIAL: "different {2}: {0}, {1}",
    INITIAL: "same initial of the {2}",
    SPELLED: "an address of theirs spells the {2} alike",
}


class Reasons(NamedTuple):
    """The strongest reasons, strongest first, at most three each way."""

    in_favour: tuple[str, ...]
    against: tuple[str, ...]


class _Point(NamedTuple):
    """One thing that may be said of each of many pairs: what it weighs, in bits, and the words.

    Bits are 0 where there is nothing to say.
    """

    bits: Doubles
    say: Callable[[int], str]


def explain(records: Records, model: Model, low: int, high: int) -> Reasons:
    """Why two entries of a list may be one person, and why they may not.

    Args:
        records: the list.
        model: what was learned from it.
        low: the row of one entry.
        high: the row of the other.
    """
    return explain_all(records, model, np.array([low]), np.array([high]))[0]


def explain_all(
    records: Records, model: Model, low: npt.NDArray[np.integer], high: npt.NDArray[np.integer]
) -> list[Reasons]:
    """The reasons of many pairs at once.

    Args:
        records: the list.
        model: what was learned from it.
        low: the row of one entry of each pair.
        high: the row of the other.

    Returns:
        The reasons of each pair, in the order of the pairs.
    """
    rows, places = np.unique(np.concatenate([low, high]), return_inverse=True)
    some = records.take(rows.tolist())
    comparer = find.comparer(some, model)
    one, two = np.split(places.astype(np.int32), 2)
    found: list[Reasons] = []
    for start in range(0, len(one), _LOT):
        lot = slice(start, start + _LOT)
        found += _Lot(some, model, comparer, one[lot], two[lot]).reasons()
    return found


class _Lot:
    """Some pairs of a list, compared."""

    def __init__(
        self, records: Records, model: Model, comparer: Comparer, low: Ints, high: Ints
    ) -> None:
        self.records, self.comparer, self.low, self.high = records, comparer, low, high
        self.one, self.size = comparer.columns.one, model.size
        learned = model.weights
        fields = find.aligned(comparer.fields(low, high), learned.fields)
        self.fields = {field.name: field for field in fields}
        self.bits = {
            field.name: _bits(field, learned.chance[row], learned.same[row])
            for row, field in enumerate(fields)
        }

    def reasons(self) -> list[Reasons]:
        """What speaks for and against each pair."""
        points = [*self._plain_points(), *self._name_points()]
        bits = np.stack([point.bits for point in points])
        return [
            Reasons(tuple(for_it), tuple(against))
            for for_it, against in zip(
                _strongest(points, bits), _strongest(points, -bits), strict=True
            )
        ]

    # --- what is said of fields ----------------------------------------------------------------

    def _plain_points(self) -> list[_Point]:
        found = []
        for name, field in self.fields.items():
            if name in {*_NAMES, "middle", "order"}:
                continue
            bits = self.bits[name].copy()
            if name in {"source", "generation"}:
                silent = OTHER if name == "source" else SAME
                bits[field.levels == silent] = 0.0
            found.append(_Point(bits, self._words(field)))
        return found

    def _words(self, field: Field) -> Callable[[int], str]:
        levels, said = field.levels.tolist(), _said(field.name)
        if field.name not in {"email", "phone"} or not field.levels.any():
            return lambda at: said[levels[at]]
        held = self.comparer.holders(field.name, self.low, self.high).tolist()

        def counted(at: int) -> str:
            many = held[at]
            if not many:
                return said[levels[at]]
            only = f", on {many} entries only"
            return said[SAME] + (f", but on {many:,} entries" if levels[at] == MANY else only)

        return counted

    # --- what is said of names -----------------------------------------------------------------

    def _name_points(self) -> list[_Point]:
        given, family = (self.fields[name].levels for name in _NAMES)
        turned = self.fields["order"].levels == OTHER
        whole = turned | (given == SAME) & (family == SAME)
        both = self.bits["given"] + self.bits["family"] + self.bits["order"]
        found = [_Point(np.where(whole, both, 0.0), self._whole)]
        found += [
            _Point(np.where(whole, 0.0, self.bits[name]), self._part(name)) for name in _NAMES
        ]
        return [*found, _Point(self.bits["middle"], self._part("middle"))]

    def _whole(self, at: int) -> str:
        one, two = self._written(self.low[at]), self._written(self.high[at])
        if self.fields["order"].levels[at] == OTHER:
            return f"{_quoted(one)} is {_quoted(two)} the other way round"
        rarity = sum(float(self.fields[name].rarity[at]) for name in _NAMES)
        share = 2.0 ** -max(rarity, -64.0)
        rare = f", 1 in {share:,.0f} here" if share >= _LEAST_RARE else ""
        if share >= max(self.size, _LEAST_RARE):
            rare = ", a rare name here"
        return f"both {_quoted(min(one, two, key=lambda text: (len(text), text)))}{rare}"

    def _part(self, name: str) -> Callable[[int], str]:
        levels, column = self.fields[name].levels.tolist(), self.one[name]
        what = _WORDS[name]

        def say(at: int) -> str:
            two = [
                _quoted(_as_written(column.values[column.ids[row]], self._written(row)))
                for row in (self.low[at], self.high[at])
            ]
            if levels[at] == SHORT:
                two.sort(key=len)
            return _ALIKE[levels[at]].format(*two, what)

        return say

    def _written(self, row: int) -> str:
        """A name as its entry has it; as it was read off an address where it has none."""
        kept = self.records
        if kept.name and (text := kept.name[row].strip()):
            return text
        parts = [column[row] for column in (kept.given, kept.family) if column]
        if text := " ".join(part for part in parts if part).strip():
            return text
        read = (column.values[column.ids[row]] for column in map(self.one.get, _NAMES) if column)
        return " ".join(read).strip().title()


def _bits(field: Field, chance: Doubles, same: Doubles) -> Doubles:
    """What a field says of each pair, in bits for one person against strangers."""
    said = weights.surprises(field, chance) + np.log2(same)[field.levels]
    return np.where(field.levels == MISSING, 0.0, said)


def _said(name: str) -> Mapping[int, str]:
    """What is said of a field that is no name, by level."""
    if name == "source":
        return {SAME: "both from one source"}
    if name == "generation":
        return dict.fromkeys((OTHER, OTHER_INITIAL), "junior and senior")
    what = _WORDS.get(name, name.replace("_", " "))
    near = "same" if name in _IDENTIFIERS else "nearly the same"
    return {
        SAME: f"same {what}",
        **dict.fromkeys((SHORT, SOUND, NEAR, FEW, MANY), f"{near} {what}"),
        OTHER: f"different {what}",
    }


def _strongest(points: list[_Point], bits: Doubles) -> list[list[str]]:
    """The words of the points that weigh most, for each pair."""
    order = np.argsort(-bits, axis=0, kind="stable")[:_MOST].T.tolist()
    count = (bits >= _LEAST_BITS).sum(axis=0).tolist()
    return [
        [points[which].say(at) for which in best[:many]]
        for at, (best, many) in enumerate(zip(order, count, strict=True))
    ]


def _quoted(text: str) -> str:
    """Foreign text between quotes: one line without controls, not too long."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text[: 4 * _LONGEST])
    text = " ".join(text[: 4 * _LONGEST].split())
    return f"'{text}'" if len(text) <= _LONGEST else f"'{text[: _LONGEST - 1]}…'"


def _as_written(value: str, written: str) -> str:
    """A folded part of a name as the name has it, else with capitals."""
    for word in written[: 4 * _LONGEST].split():
        if words(word) == [value]:
            return word.strip(" ,;.")
    return value.title()
