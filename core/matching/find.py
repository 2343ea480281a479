"""Duplicates of a list: learn a model from it, score pairs under a model, group them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from core.matching import calibrate, certain, cluster, codes, keys, weights
from core.matching.compare import Comparer
from core.matching.features import NameForms, name_forms
from core.matching.levels import MISSING, Field
from core.matching.model import Model
from core.matching.reading import read
from core.matching.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy.typing as npt

    from core.matching.codes import Codes, Flags, Floats, Ints
    from core.matching.columns import Columns
    from core.matching.reading import Known
    from core.matching.records import Records

    Doubles = npt.NDArray[np.float64]
    Progress = Callable[[float], None]

_CHUNK: Final = 1 << 15
_SAMPLE: Final = 30_000
_LIKELY: Final = 0.9
_UNSURE: Final = 0.25
_SURE: Final = 0.998
_APART: Final = 7


class Lane(IntEnum):
    """Which list a pair belongs to."""

    NO = 0
    UNSURE = 1
    LIKELY = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Pairs:
    """Compared pairs of entries, each once.

    Attributes:
        low: the lower row of each pair.
        high: the higher row.
        odds: calibrated log2 odds that both are one person.
        probability: the same as a chance, 0 to 1.
        lane: a `Lane` each.
        tie: what comes first of equal odds, whatever the order of the entries.
    """

    low: Ints
    high: Ints
    odds: Doubles
    probability: Doubles
    lane: npt.NDArray[np.int8]
    tie: Codes

    def __len__(self) -> int:
        return len(self.low)


class _List(NamedTuple):
    """A list made ready for comparisons."""

    columns: Columns
    given: NameForms
    family: NameForms
    known: Known


class _Shown(NamedTuple):
    """What all candidates show."""

    evidence: weights.Evidence
    certain: Flags
    held_out: dict[str, Floats]


def fit(records: Records, progress: Progress | None = None) -> Model:
    """Learn a model from a list.

    Args:
        records: the list.
        progress: told the part that is done, 0 to 1; what it raises ends the run.
    """
    return full(records, progress)[0]


def full(records: Records, progress: Progress | None = None) -> tuple[Model, Pairs]:
    """Learn a model from a list and score the list's own pairs under it."""
    tick = progress or _silent
    ready = _ready(records, None)
    tick(0.25)
    low, high, caps = keys.pairs(ready.columns, ready.given, ready.family, None)
    tick(0.4)
    tables = Tables.of(ready.columns, ready.given, ready.family)
    comparer = Comparer(ready.columns, ready.given, ready.family, tables)
    content = _content(ready.columns)
    sample = comparer.fields(*_strangers(content))
    chance = weights.chances(sample)
    tick(0.5)
    shown = _shown(
        comparer, low, high, chance, [field.name for field in sample], _part(tick, 0.5, 0.8)
    )
    learned = weights.learned(
        shown.evidence,
        [field.name for field in sample],
        [field.owned for field in sample],
        chance,
        records.size,
        _part(tick, 0.8, 0.95),
    )
    calibration = calibrate.calibrated(shown.evidence, learned, shown.held_out)
    model = Model(records.size, ready.known, tables, caps, learned, calibration)
    found = _scored(model, low, high, shown, content)
    tick(1.0)
    return model, found


def pairs(
    records: Records,
    model: Model,
    touching: Iterable[int] | None = None,
    progress: Progress | None = None,
) -> Pairs:
    """Score the pairs of a list under a model.

    Args:
        records: the list, with entries the model has never seen or without some it has.
        model: what was learned from it, or from how it was.
        touching: rows of which one must be in a pair; None for all.
        progress: told the part that is done, 0 to 1; what it raises ends the run.

    Returns:
        The pairs; with `touching` exactly those of a full call that touch one of the rows.
    """
    tick = progress or _silent
    ready = _ready(records, model.known)
    tick(0.4)
    touched = None
    if touching is not None:
        touched = np.zeros(records.size, np.bool_)
        touched[list(touching)] = True
    low, high, _ = keys.pairs(ready.columns, ready.given, ready.family, model.caps, touched)
    tick(0.6)
    comparer = Comparer(ready.columns, ready.given, ready.family, model.tables)
    names = model.weights.fields
    shown = _shown(comparer, low, high, model.weights.chance, names, _part(tick, 0.6, 1.0))
    return _scored(model, low, high, shown, _content(ready.columns))


def clusters(size: int, found: Pairs, progress: Progress | None = None) -> Ints:
    """The group of each of `size` entries, named by its lowest row."""
    return cluster.clusters(size, found, progress)


def comparer(records: Records, model: Model) -> Comparer:
    """What compares entries of a list under a model."""
    ready = _ready(records, model.known)
    return Comparer(ready.columns, ready.given, ready.family, model.tables)


def aligned(fields: list[Field], names: list[str]) -> list[Field]:
    """The fields that a model knows, in its order; those the list has not are missing."""
    by_name = {field.name: field for field in fields}
    size = len(fields[0].levels)
    nothing = np.full(size, MISSING, np.int8), np.full(size, np.nan, np.float32)
    return [by_name.get(name) or Field(name, False, *nothing) for name in names]


def _silent(_: float) -> None:
    """Nobody asked how far it is."""


def _part(tick: Progress, start: float, end: float) -> Progress:
    return lambda done: tick(start + (end - start) * done)


def _ready(records: Records, known: Known | None) -> _List:
    columns, known = read(records, known)
    given = name_forms(columns.one["given"], given=True)
    return _List(columns, given, name_forms(columns.one["family"], given=False), known)


def _shown(  # noqa: PLR0913, PLR0917 - one place where all comes together
    comparer: Comparer, low: Ints, high: Ints, chance: Doubles, names: list[str], tick: Progress
) -> _Shown:
    parts: list[weights.Evidence] = []
    sure: list[Flags] = []
    held: dict[str, list[Floats]] = {name: [] for name in names if name in calibrate.KEPT}
    for start in range(0, max(len(low), 1), _CHUNK):
        here = slice(start, start + _CHUNK)
        fields = aligned(comparer.fields(low[here], high[here]), names)
        parts.append(weights.weighed(fields, chance))
        sure.append(certain.certain(fields))
        for row, field in enumerate(fields):
            if field.name in held:
                held[field.name].append(weights.surprises(field, chance[row]).astype(np.float32))
        tick(min(1.0, (start + _CHUNK) / max(len(low), 1)))
    held_out = {name: np.concatenate(values) for name, values in held.items()}
    return _Shown(weights.joined(parts), np.concatenate(sure), held_out)


def _scored(model: Model, low: Ints, high: Ints, shown: _Shown, content: Codes) -> Pairs:
    odds = model.calibration.odds(weights.scores(shown.evidence, model.weights))
    sure = np.log2(_SURE / (1 - _SURE))
    odds[shown.certain] = np.maximum(odds[shown.certain], sure)
    probability = calibrate.probability(odds)
    lane = (probability >= _UNSURE).astype(np.int8) + (probability >= _LIKELY)
    lane[shown.certain] = Lane.CERTAIN
    tie = codes.unordered(content[low], content[high], 1)
    return Pairs(low, high, odds, probability, lane, tie)


def _content(columns: Columns) -> Codes:
    """A code of all that each entry holds."""
    content = np.zeros(columns.size, np.uint64)
    for salt, column in enumerate(columns.one.values()):
        content = codes.mixed(content + column.rows + np.uint64(salt))
    for many in columns.many.values():
        for at in range(many.ids.shape[1]):
            held = many.rows[:, at]  # an empty place must not change it: others' lists are longer
            content = np.where(held != 0, codes.mixed(content + held), content)
    return content


def _strangers(content: Codes) -> tuple[Ints, Ints]:
    """Pairs drawn by what the entries hold, so that their order changes nothing."""
    size = len(content)
    order = np.argsort(content, kind="stable").astype(np.int32)
    if size > _SAMPLE:
        low = order[:_SAMPLE]
        return low, np.roll(low, _APART)
    turns = min(-(-_SAMPLE // max(size, 1)), max(size - 1, 0) // 2)
    low = np.tile(order, turns)
    steps = [np.roll(order, _APART * turn % max(size, 1)) for turn in range(1, turns + 1)]
    high = np.concatenate(steps) if steps else low
    keep = low != high
    return low[keep], high[keep]
