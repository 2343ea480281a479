"""What each level of each field says: Fellegi and Sunter's weights, learned from the list itself.

Three classes of pairs are told apart: one person twice; two who are related (they share a family
name, a place, an employer, a telephone, but what is a person's own only by chance); two strangers.
The chance of strangers is counted, not learned, and goes down to the very value agreed upon.
Source: Fellegi and Sunter 1969; expectation maximisation after Winkler 1988.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from core.matching import codes, usual
from core.matching.levels import (
    FEW,
    INITIAL,
    LEVELS,
    MANY,
    MISSING,
    OTHER_INITIAL,
    SAME,
    SHORT,
    SPELLED,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from core.matching.codes import Floats
    from core.matching.levels import Field

    Doubles = npt.NDArray[np.float64]

_TURNS: Final = 25
_SETTLED: Final = 5e-4
_SHRINK: Final = 0.05
_START_SHARE: Final = 0.3
_HALVES: Final = 2.0
_STATED: Final = frozenset({SAME, SPELLED, FEW, MANY})
_IDENTIFIERS: Final = frozenset({"email", "phone", "handle", "username", "employer"})
_FIXED: Final = {INITIAL: 0.95, OTHER_INITIAL: 0.08}
# A surname of another's two is as rare as that surname, and too rare to be counted in a sample.
_ONE_OF_TWO: Final = ("family", SHORT)
_FLOOR: Final = 1e-4

#                       MISSING SAME  SHORT SOUND NEAR  OTHER INITIAL OTHER_INITIAL
_START_ONE: Final = np.array([1, 0.70, 0.06, 0.08, 0.06, 0.10, 0.95, 0.08, 0.05])
_START_TWO: Final = np.array([1, 0.45, 0.03, 0.03, 0.03, 0.46, 0.95, 0.08, 0.01])
_START_ID: Final = np.array([1, 0.40, 0.05, 0.02, 0.02, 0.53, 0.95, 0.08, 0.01])
_START_ID_TWO: Final = np.array([1, 0.03, 0.04, 0.08, 0.02, 0.83, 0.95, 0.08, 0.01])


@dataclass(slots=True)
class Weights:
    """What was learned.

    Attributes:
        fields: names of the fields, in the order of the rows below.
        owned: which are one person's alone.
        same: chance of each level for one person twice, (fields, 8).
        related: the same for relatives; for owned fields it is not used.
        chance: log2 of the chance of each level for strangers.
        priors: share of all pairs that are one person's, and that are relatives'.
    """

    fields: list[str]
    owned: list[bool]
    same: Doubles
    related: Doubles
    chance: Doubles
    priors: tuple[float, float]


def chances(sample: list[Field]) -> Doubles:
    """The log2 chance of each level for strangers, by pairs drawn at random, (fields, 8).

    For levels whose pairs say their own rarity it is what to add to that.
    """
    found = np.zeros((len(sample), LEVELS))
    for row, field in enumerate(sample):
        known = field.levels[field.levels > MISSING]
        counts = np.bincount(known, minlength=LEVELS)
        usually = usual.SAMPLED * usual.chance(field.name)
        for level in range(1, LEVELS):
            share = (counts[level] + usually[level]) / (len(known) + usual.SAMPLED)
            if level in _STATED and (field.name in _IDENTIFIERS or level in {SAME, SPELLED}):
                found[row, level] = (
                    np.log2(share) if field.name in {"source", "generation"} else 0.0
                )
            elif level in _FIXED or field.name == "order" or (field.name, level) == _ONE_OF_TWO:
                found[row, level] = 0.0
            else:
                found[row, level] = np.log2(share)
                rare = field.rarity[(field.levels == level) & ~np.isnan(field.rarity)]
                if level in usual.SPELLED_ALIKE and field.name in {"given", "family"}:
                    found[row, level] = _spelled_alike(level, len(rare) / max(len(known), 1), rare)
                elif len(rare):
                    found[row, level] += np.log2(np.mean(np.exp2(-rare.astype(np.float64))))
    return found


def _spelled_alike(level: int, share: float, rare: Floats) -> float:
    """Log2 of how much likelier than their common spelling strangers' names agree nearly."""
    usually, many = usual.SPELLED_ALIKE[level], len(rare)
    if not many:
        return usually
    counted = np.log2(share * np.mean(np.exp2(-rare.astype(np.float64))))
    return float((many * counted + usual.SPELLINGS * usually) / (many + usual.SPELLINGS))


@dataclass(slots=True)
class Evidence:
    """What many pairs show, in little room.

    Attributes:
        levels: (fields, pairs).
        surprise: minus log2 of the chance that strangers show this, all fields taken together.
        shared: the same over the fields that relatives share.
    """

    levels: npt.NDArray[np.int8]
    surprise: Floats
    shared: Floats


def weighed(fields: list[Field], chance: Doubles) -> Evidence:
    """The evidence of compared fields."""
    size = len(fields[0].levels)
    surprise, shared = np.zeros(size), np.zeros(size)
    for row, field in enumerate(fields):
        value = surprises(field, chance[row])
        surprise += value
        if not field.owned:
            shared += value
    levels = np.stack([field.levels for field in fields])
    return Evidence(levels, surprise.astype(np.float32), shared.astype(np.float32))


def joined(parts: list[Evidence]) -> Evidence:
    """Evidence of several lots of pairs, at least one, as one."""
    return Evidence(
        np.concatenate([part.levels for part in parts], axis=1),
        np.concatenate([part.surprise for part in parts]),
        np.concatenate([part.shared for part in parts]),
    )


def learned(  # noqa: PLR0913, PLR0917 - all that there is to learn from
    evidence: Evidence,
    names: list[str],
    owners: list[bool],
    chance: Doubles,
    size: int,
    tick: Callable[[float], None],
) -> Weights:
    """Learn the weights from candidate pairs.

    Args:
        evidence: of all candidates.
        names: of the fields.
        owners: which fields are one person's own.
        chance: as `chances` gives it.
        size: how many entries there are; any two are a pair, candidate or not.
        tick: told the part that is done.
    """
    pairs = max(size * (size - 1) / 2, 1.0)
    owned = np.array(owners)
    levels, surprise, shared, counts = _patterns(evidence)
    is_id = [name in _IDENTIFIERS for name in names]
    same = np.array([_START_ID if flag else _START_ONE for flag in is_id])
    related = np.array([_START_ID_TWO if flag else _START_TWO for flag in is_id])
    start_same, start_related = same.copy(), related.copy()
    prior_same = prior_related = _START_SHARE * size / (pairs + usual.PAIRS)
    for turn in range(_TURNS):
        log_same, log_related = surprise.astype(np.float64), shared.astype(np.float64)
        for row, shown in enumerate(levels):
            log_same += np.log2(same[row]).take(shown)
            if not owned[row]:
                log_related += np.log2(related[row]).take(shown)
        one = prior_same * np.exp2(np.clip(log_same, -300, 300))
        two = prior_related * np.exp2(np.clip(log_related, -300, 300))
        total = one + two + 1.0
        before = same.copy()
        of_same, of_related = counts * one / total, counts * two / total
        prior_same = (of_same.sum() + usual.TRUE_PAIRS) / (pairs + usual.PAIRS)
        prior_related = (of_related.sum() + usual.RELATED_PAIRS) / (pairs + usual.PAIRS)
        for row, name in enumerate(names):
            same[row] = _step(levels[row], of_same, start_same[row], usual.same(name))
            if not owned[row]:
                usually = usual.related(name)
                related[row] = _step(levels[row], of_related, start_related[row], usually)
        tick((turn + 1) / _TURNS)
        if np.abs(same - before).max() < _SETTLED:
            break
    return Weights(names, owners, same, related, chance, (prior_same, prior_related))


def _step(
    levels: npt.NDArray[np.int8], weights: Doubles, start: Doubles, usually: Doubles
) -> Doubles:
    """The share of each level among pairs of a class, drawn a little to where it began."""
    got = np.bincount(levels, weights=weights, minlength=LEVELS)
    free = [level for level in range(1, LEVELS) if level not in _FIXED]
    known = usually[free] / usually[free].sum()
    share = (got[free] + usual.SEEN * known) / (got[free].sum() + usual.SEEN)
    held = start[free] / start[free].sum()
    shrunk = _SHRINK * got[free].sum() / (got[free].sum() + usual.SEEN)
    found = start.copy()
    found[free] = np.maximum((1 - shrunk) * share + shrunk * held, _FLOOR)
    return found


def surprises(field: Field, chance: Doubles) -> Doubles:
    """Minus log2 of the chance of what strangers would show, pair by pair."""
    found: Doubles = -(chance[field.levels] + np.nan_to_num(field.rarity))
    return found


def _patterns(evidence: Evidence) -> tuple[npt.NDArray[np.int8], Doubles, Doubles, Doubles]:
    """Distinct patterns of levels and surprise, and how many pairs show each."""
    pattern = np.zeros(evidence.levels.shape[1], np.uint64)
    for row, levels in enumerate(evidence.levels):
        pattern = codes.mixed(pattern + levels.astype(np.uint64) + np.uint64(row))
    surprise, shared = np.rint(evidence.surprise * _HALVES), np.rint(evidence.shared * _HALVES)
    for value in (surprise, shared):
        pattern = codes.mixed(pattern + (value + 1000).astype(np.uint64))
    _, at, counts = np.unique(pattern, return_index=True, return_counts=True)
    return (
        evidence.levels[:, at],
        surprise[at] / _HALVES,
        shared[at] / _HALVES,
        counts.astype(np.float64),
    )


def scores(evidence: Evidence, weights: Weights) -> Doubles:
    """The log2 odds of each pair to be one person's."""
    log_same = evidence.surprise.astype(np.float64)
    log_related = evidence.shared.astype(np.float64)
    for row, levels in enumerate(evidence.levels):
        log_same += np.log2(weights.same[row])[levels]
        if not weights.owned[row]:
            log_related += np.log2(weights.related[row])[levels]
    prior_same, prior_related = weights.priors
    others = np.logaddexp2(0.0, log_related + np.log2(prior_related))
    result: Doubles = log_same + np.log2(prior_same) - others
    return result
