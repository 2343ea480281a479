"""One person, whole: every fact with its source, the log, the entries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from core.queries import choices, promises, timeline
from core.rules.projection import Fact, shown_ids
from core.rules.standings import Standing, shown

if TYPE_CHECKING:
    from core.queries.promises import PromiseLine
    from core.storage.driver import Connection


class FactLine(NamedTuple):
    """One value and where it comes from; `shown` is False for "formerly" and "also"."""

    id: int
    card_id: int
    kind: str
    value: str
    norm: str
    label: str
    part: int
    detail: str
    source: str
    origin: str
    since: str
    until: str
    shown: bool


class EntryLine(NamedTuple):
    """An entry (card) of the person; `source` is kind and account, "" if made by hand."""

    id: int
    source: str
    made: str
    gone: bool


class TalkLine(NamedTuple):
    """An interaction; `day` is local, `at` UTC."""

    id: int
    kind: str
    at: str
    day: str
    direction: str
    channel: str
    text: str


class StandingLine(NamedTuple):
    """A decision: field, value, why, who (user or auto), day."""

    field: str
    value: str
    why: str
    origin: str
    day: str


class PersonView(NamedTuple):
    """Everything known of one person."""

    id: int
    name: str
    tier: str
    tier_origin: str
    org: str
    title: str
    city: str
    sources: str
    talks: int
    talks_in: int
    talks_out: int
    talked: str
    cadence: int
    due: str
    wait: str
    wait_why: str
    birthday: str
    news: str
    news_day: str
    never: str
    prefers: str
    reading: int
    facts: tuple[FactLine, ...]
    entries: tuple[EntryLine, ...]
    standings: tuple[StandingLine, ...]
    talked_about: tuple[TalkLine, ...]
    owed: tuple[PromiseLine, ...] = ()


def person_of(connection: Connection, card_id: int) -> int:
    """The person any card id stands for, or 0."""
    row = connection.execute(
        "SELECT person_id FROM card WHERE id = :card", {"card": card_id}
    ).fetchone()
    return int(row[0]) if row else 0


def view(connection: Connection, person: int, log_limit: int = 200) -> PersonView | None:
    """One person by id, with the newest `log_limit` talks; None if there is no such person."""
    names = ", ".join(PersonView._fields[:-5])
    row = connection.execute(
        f"SELECT {names} FROM person_row WHERE id = :person",  # noqa: S608 — our own names
        {"person": person},
    ).fetchone()
    if row is None:
        return None
    more = (
        facts(connection, person),
        entries(connection, person),
        standings(connection, person),
        talks(connection, person, log_limit),
        promises.of_person(connection, person),
    )
    return PersonView._make((*row, *more))


def facts(connection: Connection, person: int) -> tuple[FactLine, ...]:
    """Every fact of the person's cards, those that show first within their kind."""
    rows = connection.execute(
        """SELECT fact.id, fact.card_id, fact.kind, fact.value, fact.norm, fact.label, fact.part,
          fact.detail, fact.preferred, fact.origin, fact.replaces_id, fact.since, fact.until,
          coalesce(card.run_id, 0), coalesce(source.kind, '')
        FROM card JOIN fact ON fact.card_id = card.id LEFT JOIN source ON source.id = card.source_id
        WHERE card.person_id = :person ORDER BY fact.id""",
        {"person": person},
    ).fetchall()
    chosen = choices.of_person(connection, person)
    ids = shown_ids([Fact(*row[:14]) for row in rows], chosen)
    lines = [
        FactLine._make((*row[:8], row[14], row[9], row[11], row[12], row[0] in ids))
        for row in rows
        if row[3]
    ]
    return tuple(sorted(lines, key=lambda line: not line.shown))


def entries(connection: Connection, person: int) -> tuple[EntryLine, ...]:
    """The person's cards, home first."""
    rows = connection.execute(
        """SELECT card.id, trim(coalesce(source.kind || ' ' || source.account, '')), card.made,
          card.gone_run_id IS NOT NULL FROM card LEFT JOIN source ON source.id = card.source_id
        WHERE card.person_id = :person ORDER BY card.id <> :person, card.id""",
        {"person": person},
    )
    return tuple(EntryLine(*row) for row in rows)


def standings(connection: Connection, person: int) -> tuple[StandingLine, ...]:
    """The person's decisions: of each field the one that shows."""
    rows = connection.execute(
        """SELECT s.field, s.value, s.why, s.origin, s.day, s.set_by FROM card
        JOIN standing AS s ON s.card_id = card.id
        WHERE card.person_id = :person ORDER BY s.set_by, s.id""",
        {"person": person},
    )
    decided = shown((Standing(*row) for row in rows), choices.of_person(connection, person))
    return tuple(StandingLine(*standing[:5]) for standing in decided.values())


def talks(connection: Connection, person: int, limit: int) -> tuple[TalkLine, ...]:
    """The person's newest interactions of all channels, newest first."""
    rows = connection.execute(
        """SELECT i.id, i.kind, i.at, i.day, i.direction, i.channel, i.text
        FROM json_each(:ids) AS one CROSS JOIN interaction AS i ON i.id = one.value
        ORDER BY one.key""",
        {"ids": json.dumps(timeline.newest(connection, person, limit))},
    )
    return tuple(TalkLine(*row) for row in rows)
