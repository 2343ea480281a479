"""Where people who are to become one say different things, of which only one can show.

Values that live side by side never conflict. Nor do values that differ only in how they are
written, or of which one merely says less.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import kinds, partial_dates
from core.rules.choices import CADENCE, DECISIONS, FIELDS, NAME, TIER, WORK, newest
from core.rules.projection import leading, name_of, standing_values
from core.rules.standings import Standing
from core.rules.tiers import TIERS
from core.text import folds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.rules.choices import Choice
    from core.rules.projection import Fact

ALSO: Final = "also"
FORMERLY: Final = "formerly"
NOTHING: Final = Standing()


class Side(NamedTuple):
    """One of the people who are to become one.

    Attributes:
        facts: of all their cards.
        choices: those that hold.
        tier, cadence: as they show; empty ones if there is none.
    """

    person: int
    facts: Sequence[Fact]
    choices: Sequence[Choice] = ()
    tier: Standing = NOTHING
    cadence: Standing = NOTHING


class Value(NamedTuple):
    """One of the values to choose from.

    Attributes:
        of: the card that says so; of a decision the person's home card.
        person: whose it is.
        value: as it is written.
        beside: what it becomes if it loses: ``also``, ``formerly``, or "" for a decision.
        origin: ``user``, ``source``, or ``auto`` for a decision of the program's.
        rank: how new its source's word is.
    """

    of: int
    person: int
    value: str
    beside: str
    origin: str
    rank: int = 0


class Conflict(NamedTuple):
    """A field, at least two values of it, the best first, and which is preselected."""

    field: str
    values: tuple[Value, ...]
    preselected: int = 0


class Same(NamedTuple):
    """A field of which at least two of the people say the same."""

    field: str
    value: str


def conflicts(people: Sequence[Side]) -> list[Conflict]:
    """The fields of which only one value can show, and of which these people show different ones.

    What is preselected is what would show if nothing were chosen: what the user chose or wrote
    before, else the word of the newest source; for tier and cadence see `decision`.
    """
    found = [
        Conflict(field, tuple(group[0] for group in groups))
        for field, groups in _fields(people).items()
        if len(groups) > 1
    ]
    return found + [one for field in DECISIONS if (one := _decisions(field, people))]


def agreed(people: Sequence[Side]) -> list[Same]:
    """The fields of which at least two of the people show a value, and all of them the same."""
    found = [
        Same(field, groups[0][0].value)
        for field, groups in _fields(people).items()
        if len(groups) == 1 and len(groups[0]) > 1
    ]
    for field in DECISIONS:
        said = [one.value for side in people if (one := decided(side, field)).value]
        if len(said) > 1 and len(set(said)) == 1:
            found.append(Same(field, said[0]))
    return found


def beside(people: Sequence[Side]) -> tuple[dict[str, int], list[Same]]:
    """Values that live side by side: by kind, how many only one of them has; what several have."""
    holders: dict[tuple[str, str], list[str]] = {}
    for side in people:
        mine: dict[tuple[str, str], str] = {}
        for fact in standing_values(side.facts):
            if fact.kind in _BESIDE:
                mine.setdefault((fact.kind, fact.norm), fact.value)
        for mark, value in mine.items():
            holders.setdefault(mark, []).append(value)
    counts: dict[str, int] = dict.fromkeys((kind for kind in kinds.ALL if kind in _BESIDE), 0)
    same = []
    for (kind, _), values in holders.items():
        if len(values) > 1:
            same.append(Same(kind, values[0]))
        else:
            counts[kind] += 1
    return {kind: count for kind, count in counts.items() if count}, same


def decision(standings: Sequence[Standing], field: str) -> Standing:
    """What shows of tier or cadence if several people become one and nothing is chosen.

    The user's own before one of the program's; then the higher tier, the shorter cadence.

    Args:
        standings: what each of them shows; those without a value do not count.
        field: ``tier`` or ``cadence``.
    """
    said = [one for one in standings if one.value]
    order = _ORDERS[field]
    return min(said, key=lambda one: (one.origin != "user", order(one.value)), default=NOTHING)


def _tier_order(value: str) -> int:
    return TIERS.index(value) if value in TIERS else len(TIERS)


def _cadence_order(value: str) -> float:
    return (int(value) or float("inf")) if value.isascii() and value.isdecimal() else float("inf")


_ORDERS: Final[dict[str, Callable[[str], float]]] = {TIER: _tier_order, CADENCE: _cadence_order}
_BESIDE: Final = (
    frozenset(kinds.ALL)
    - kinds.ONE
    - {
        *(kinds.UID, kinds.KEY, kinds.EXTRA, kinds.PHONETIC, kinds.GEO),
    }
)


def decided(side: Side, field: str) -> Standing:
    """What one of the people shows of ``tier`` or ``cadence``."""
    return side.tier if field == TIER else side.cadence


def _decisions(field: str, people: Sequence[Side]) -> Conflict | None:
    said = {}
    for side in people:
        one = decided(side, field)
        if one.value and (one.value not in said or one.origin == "user"):
            said[one.value] = Value(side.person, side.person, one.value, "", one.origin)
    if len(said) < 2:  # noqa: PLR2004 — two to differ
        return None
    ordered = sorted(said, key=_ORDERS[field])
    wins = decision([decided(side, field) for side in people], field)
    return Conflict(field, tuple(said[value] for value in ordered), ordered.index(wins.value))


class _Shown(NamedTuple):
    """What one side shows of a field: the value, and what it is compared by."""

    value: Value
    parts: tuple[str, ...]


def _fields(people: Sequence[Side]) -> dict[str, list[list[Value]]]:
    """By field the values of the people, those that agree together, what would show first."""
    facts = [fact for side in people for fact in side.facts]
    chosen = newest(choice for side in people for choice in side.choices)
    wins = _shown(0, leading(standing_values(facts, chosen), chosen))
    sides = [
        _shown(side.person, leading(standing_values(side.facts, side.choices), side.choices))
        for side in people
    ]
    found: dict[str, list[list[Value]]] = {}
    for field in FIELDS:
        said = [side[field] for side in sides if field in side]
        if not said:
            continue
        first = wins[field].value.of if field in wins else 0
        said.sort(
            key=lambda one: (one.value.of != first, one.value.origin != "user", -one.value.rank)
        )
        groups: list[list[_Shown]] = []
        for one in said:
            home = next((g for g in groups if _agree(field, g[0].parts, one.parts)), None)
            if home is None:
                groups.append([one])
            else:
                home.append(one)
        found[field] = [[one.value for one in group] for group in groups]
    return found


def _shown(person: int, best: dict[str, Fact]) -> dict[str, _Shown]:
    found = {}
    for field in FIELDS:
        if told := _told(field, best):
            fact, parts = told
            loses = FORMERLY if field == WORK else ALSO
            text = name_of(best) if field == NAME else ", ".join(filter(None, parts))
            value = Value(fact.card_id, person, text, loses, fact.origin, fact.rank)
            found[field] = _Shown(value, parts)
    return found


def _told(field: str, best: dict[str, Fact]) -> tuple[Fact, tuple[str, ...]] | None:
    """The fact that speaks for a field, and what the field says."""
    if field == NAME:
        speaker = next((best[kind] for kind in _SPEAKERS if kind in best), None)
        return (speaker, (name_of(best),)) if speaker else None
    if field == WORK:
        title, org = best.get(kinds.TITLE), best.get(kinds.ORG)
        speaker = org or title
        parts = (title.value if title else "", org.value if org else "")
        return (speaker, parts) if speaker else None
    fact = best.get(field)
    return (fact, (fact.norm if field == kinds.BIRTHDAY else fact.value,)) if fact else None


_SPEAKERS: Final = (kinds.NAME, kinds.GIVEN, kinds.FAMILY)


def _agree(field: str, some: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if field == WORK:
        return _same_work(some, other)
    if field == kinds.BIRTHDAY:
        one, two = partial_dates.parse(some[0]), partial_dates.parse(other[0])
        if one is not None and two is not None:
            return partial_dates.includes(one, two) or partial_dates.includes(two, one)
    return is_written_alike(some[0], other[0])


def _same_work(some: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two employments are one, of which one may say less."""
    titles, firms = zip(some, other, strict=True)
    same_title = is_written_alike(*titles)
    if all(firms):
        return is_written_alike(*firms) and (same_title or not all(titles))
    return all(titles) and same_title


def is_written_alike(some: str, other: str) -> bool:
    """Whether two texts differ in case, accents, spacing, punctuation or order at most."""
    return some == other or bool(_marks(some) & _marks(other))


_QUOTES: Final = re.compile("['`\u00b4.]")
_APART: Final = re.compile(r"[\W_]+")


def _marks(text: str) -> set[str]:
    found = set()
    for form in folds(text):
        words = _APART.sub(" ", _QUOTES.sub("", form)).split()
        found |= {" ".join(sorted(words)), "".join(words)} if words else {form.strip()}
    return found
