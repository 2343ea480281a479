"""The Merge screen: what differs between people who may be one, and what is kept of them all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from core.queries import choices
from core.queries import people as lines
from core.rules import conflicts
from core.rules.choices import DECISIONS, TIER
from core.rules.conflicts import NOTHING, Side
from core.rules.projection import Fact
from core.rules.standings import Standing, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.queries.people import PersonLine
    from core.rules.choices import Choice
    from core.storage.driver import Connection

_OF_PEOPLE: Final = """FROM json_each(:people) AS wanted
    CROSS JOIN card ON card.person_id = wanted.value"""
_FACTS: Final = f"""SELECT card.person_id, fact.id, fact.card_id, fact.kind, fact.value, fact.norm,
      fact.label, fact.part, fact.detail, fact.preferred, fact.origin, fact.replaces_id, fact.since,
      fact.until, coalesce(card.run_id, 0)
    {_OF_PEOPLE} LEFT JOIN fact ON fact.card_id = card.id"""
_STANDINGS: Final = f"""SELECT card.person_id, s.field, s.value, s.why, s.origin, s.day, s.set_by
    {_OF_PEOPLE} CROSS JOIN standing AS s ON s.card_id = card.id
    WHERE s.field IN ('tier', 'cadence') ORDER BY s.set_by, s.id"""
_ENTRIES: Final = f"""SELECT card.id, card.person_id,
      trim(coalesce(source.kind || ' ' || source.account, '')), card.made,
      card.gone_run_id IS NOT NULL, coalesce(nullif(run.exported, ''), substr(run.at, 1, 10), '')
    {_OF_PEOPLE} LEFT JOIN source ON source.id = card.source_id
    LEFT JOIN run ON run.id = card.run_id ORDER BY wanted.key, card.id"""


class MergeEntry(NamedTuple):
    """An entry of one of the people; `source` is kind and account, "" if made by hand."""

    card: int
    person: int
    source: str
    made: str
    gone: bool


class Option(NamedTuple):
    """One of the values of a field.

    Attributes:
        of: the card that says so; of tier and cadence the person's home card.
        person: whose it is.
        value: as it is written; of work "title, employer" as one text.
        beside: what it becomes if it loses: ``also``, ``formerly``; "" for tier and cadence.
        source: kind and account, "" if the user said so or its entry was made by hand.
        day: when that source last said so, or the decision was made; ISO, or "".
        origin: ``user``, ``source`` or ``auto``.
    """

    of: int
    person: int
    value: str
    beside: str
    source: str
    day: str
    origin: str


class Field(NamedTuple):
    """A field in which the people differ: name, work, birthday, tier, cadence …; best first."""

    field: str
    options: tuple[Option, ...]
    preselected: int


class United(NamedTuple):
    """How many values of a side-by-side kind only one of the people has; all are kept."""

    kind: str
    count: int  # type: ignore[assignment]  # a tuple's own count is not missed


class Equal(NamedTuple):
    """A value that at least two of the people have: by field or kind."""

    field: str
    value: str


class MergeView(NamedTuple):
    """People who may be one.

    Attributes:
        people: in the order in which they were asked for; who is gone is left out.
        entries: of all of them, by person and age.
        fields: where they differ, and only one value can show.
        values: how many values all entries hold, formerly ones too.
    """

    people: tuple[PersonLine, ...]
    entries: tuple[MergeEntry, ...]
    fields: tuple[Field, ...]
    united: tuple[United, ...]
    equal: tuple[Equal, ...]
    values: int


def view(connection: Connection, people: tuple[int, ...]) -> MergeView:
    """What differs between these people, what is equal, and what each adds."""
    found = sides(connection, people)
    said: dict[int, tuple[str, str]] = {}
    entries = []
    for *entry, day in connection.execute(_ENTRIES, {"people": json.dumps(people)}):
        line = MergeEntry(*entry)
        entries.append(line)
        said[line.card] = (line.source, day)
    there = list(found.values())
    counts, same = conflicts.beside(there)
    equal = [*conflicts.agreed(there), *same]
    return MergeView(
        people=tuple(lines.by_ids(connection, list(found))),
        entries=tuple(entries),
        fields=tuple(_field(one, found, said) for one in conflicts.conflicts(there)),
        united=tuple(United(kind, count) for kind, count in counts.items()),
        equal=tuple(Equal(*one) for one in equal),
        values=sum(bool(fact.value) for side in there for fact in side.facts),
    )


def sides(connection: Connection, people: Sequence[int]) -> dict[int, Side]:
    """These people as `core.rules.conflicts` wants them, in their order, but for who is gone."""
    wanted = {"people": json.dumps(people)}
    facts: dict[int, list[Fact]] = {}
    for person, *fact in connection.execute(_FACTS, wanted):
        held = facts.setdefault(person, [])
        if fact[0] is not None:
            held.append(Fact(*fact))
    chosen = choices.of(connection, people)
    decided = _decisions(connection, people, chosen)
    found = {}
    for person in dict.fromkeys(people):
        if person in facts:
            tier, cadence = (decided.get(person, {}).get(field, NOTHING) for field in DECISIONS)
            found[person] = Side(person, facts[person], chosen.get(person, ()), tier, cadence)
    return found


def decisions(connection: Connection, people: Sequence[int]) -> dict[int, dict[str, Standing]]:
    """The tier and cadence that each of these people shows, of those who have any."""
    return _decisions(connection, people, choices.of(connection, people))


def _decisions(
    connection: Connection, people: Sequence[int], chosen: Mapping[int, Sequence[Choice]]
) -> dict[int, dict[str, Standing]]:
    decided: dict[int, list[Standing]] = {}
    for person, *row in connection.execute(_STANDINGS, {"people": json.dumps(people)}):
        decided.setdefault(person, []).append(Standing(*row))
    return {person: shown(given, chosen.get(person, ())) for person, given in decided.items()}


def _field(
    conflict: conflicts.Conflict, found: dict[int, Side], said: dict[int, tuple[str, str]]
) -> Field:
    options = []
    for value in conflict.values:
        source, day = said[value.of]
        if value.origin != "source":
            source, day = "", ""
        if conflict.field in DECISIONS:
            side = found[value.person]
            day = (side.tier if conflict.field == TIER else side.cadence).day
        options.append(
            Option(value.of, value.person, value.value, value.beside, source, day, value.origin)
        )
    return Field(conflict.field, tuple(options), conflict.preselected)
