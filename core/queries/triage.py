"""The triage board: who is unsorted, what is known of them, batches, and the four columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.queries import history, home
from core.queries.people import PersonLine, by_ids
from core.queries.person import TalkLine, talks
from core.rules.evidence import Evidence, suggest
from core.rules.tiers import TIERS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from core.queries.history import Mark
    from core.rules.evidence import Suggestion
    from core.settings import Settings
    from core.storage.driver import Connection

_LINE: Final = ", ".join(PersonLine._fields)
_EVIDENCE: Final = ", ".join(Evidence._fields)


class TriageCard(NamedTuple):
    """A person on the board: what is known, the newest talk, the suggestion, the opt-outs."""

    id: int
    name: str
    title: str
    connected: str
    tier: str
    evidence: Evidence
    last: TalkLine | None
    suggestion: Suggestion
    never: str
    prefers: str


class Member(NamedTuple):
    """Somebody in a tier's column; `origin` is user or auto."""

    id: int
    name: str
    origin: str


class Batch(NamedTuple):
    """People who could be filed in one step.

    Attributes:
        key: for `batch_people`.
        title: who they are, in words.
        tier: the letter suggested.
        count: how many.
        why: written to the journal.
    """

    key: str
    title: str
    tier: str
    count: int  # type: ignore[assignment]  # a tuple's own count is not missed
    why: str


class Board(NamedTuple):
    """Who is unsorted, and who is in which column.

    Attributes:
        mark: how far the journal was before the rest was read.
        new: unsorted people whose lines were not known; all of them, strongest evidence first,
            if nobody was.
        unsorted: the ids of all unsorted people.
        columns: letter to its people, by name.
    """

    mark: Mark
    new: list[PersonLine]
    unsorted: set[int]
    columns: dict[str, list[Member]]


_UNSORTED: Final = "SELECT id FROM person_row WHERE tier = ''"

# Who a batch is: unsorted people for whom one plain sentence says it all.
_BATCHES: Final[dict[str, tuple[str, str, str, str]]] = {
    "mailbox": (
        "mailboxes, not people (info@, support@, no-reply@ …)",
        "D",
        "mailboxes",
        """talks = 0 AND phone = '' AND lower(substr(email, 1, instr(email, '@') - 1)) IN
        ('info', 'office', 'contact', 'kontakt', 'hello', 'support', 'sales', 'admin', 'service',
         'team', 'mail', 'noreply', 'no-reply', 'donotreply', 'newsletter', 'billing', 'jobs',
         'help', 'news', 'notifications', 'webmaster', 'postmaster', 'invoices', 'bookings')""",
    ),
    "company": (
        "companies without a person's name",
        "D",
        "companies",
        "talks = 0 AND name = org AND name <> ''",
    ),
    "silent": (
        "never talked, no phone, no mail",
        "D",
        "never talked, no phone, no mail",
        "talks = 0 AND phone = '' AND email = '' AND labels = ''",
    ),
    "gone": ("gone from every list, never talked", "D", "gone", "talks = 0 AND gone = 1"),
    "starred": (
        "starred or labelled family",
        "A",
        "starred or family",
        """(instr(char(10) || lower(labels) || char(10), char(10) || 'starred' || char(10))
        OR instr(char(10) || lower(labels) || char(10), char(10) || 'family' || char(10)))""",
    ),
}
FEWEST: Final = 3
"""A batch of fewer is not worth a question."""


def queue(connection: Connection) -> list[PersonLine]:
    """Everybody unsorted, strongest evidence first."""
    rows = connection.execute(
        f"SELECT {_LINE} FROM person_row WHERE tier = '' ORDER BY score DESC, id"  # noqa: S608
    )
    return [PersonLine(*row) for row in rows]


def board(connection: Connection, known: Collection[int] = ()) -> Board:
    """Who is where; `known` are unsorted people whose lines need not be read again."""
    mark = history.mark(connection)
    if known:
        unsorted = {row[0] for row in connection.execute(_UNSORTED)}
        new = by_ids(connection, sorted(unsorted.difference(known)))
    else:
        new = queue(connection)
        unsorted = {line.id for line in new}
    return Board(mark, new, unsorted, {tier: members(connection, tier) for tier in TIERS})


def card(connection: Connection, person: int, settings: Settings, today: date) -> TriageCard | None:
    """What the board shows of a person; None if they are gone."""
    row = connection.execute(
        f"SELECT id, name, title, connected, tier, never, prefers, {_EVIDENCE} "  # noqa: S608 — ours
        "FROM person_row WHERE id = :person",
        {"person": person},
    ).fetchone()
    if row is None:
        return None
    known = Evidence(*row[7:])
    newest = talks(connection, person, 1)
    last = newest[0] if newest else None
    suggestion = suggest(known, settings.weights, today, home.city(connection))
    return TriageCard._make((*row[:5], known, last, suggestion, *row[5:7]))


def members(connection: Connection, tier: str) -> list[Member]:
    """The people of a tier, by name."""
    rows = connection.execute(
        "SELECT id, name, tier_origin FROM person_row WHERE tier = :tier ORDER BY sort_key, id",
        {"tier": tier},
    )
    return [Member(*row) for row in rows]


def batches(connection: Connection) -> list[Batch]:
    """The batches worth offering, largest first."""
    found = []
    for key, (title, tier, why, where) in _BATCHES.items():
        (count,) = connection.execute(
            f"SELECT count(*) FROM person_row WHERE tier = '' AND {where}"  # noqa: S608
        ).fetchone()
        if count >= FEWEST:
            found.append(Batch(key, title, tier, count, why))
    return sorted(found, key=lambda batch: -batch.count)


def batch_people(connection: Connection, key: str) -> tuple[int, ...]:
    """The people of a batch as they are now."""
    where = _BATCHES[key][3]
    rows = connection.execute(
        f"SELECT id FROM person_row WHERE tier = '' AND {where} ORDER BY id"  # noqa: S608
    )
    return tuple(row[0] for row in rows)


def suggestions(
    connection: Connection, people: Sequence[int], settings: Settings, today: date
) -> tuple[tuple[int, str], ...]:
    """Person and suggested letter for each of these who has one."""
    wanted, city = set(people), home.city(connection)
    rows = connection.execute(f"SELECT id, {_EVIDENCE} FROM person_row WHERE tier = ''")  # noqa: S608
    found = (
        (row[0], suggest(Evidence(*row[1:]), settings.weights, today, city).tier)
        for row in rows
        if row[0] in wanted
    )
    return tuple((person, tier) for person, tier in found if tier)
