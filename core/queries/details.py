"""What the shell tells of people beside their line: all addresses, and who talks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import kinds
from core.rules.projection import Fact, standing_values
from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.driver import Connection

_CHUNK: Final = 500
_FACT: Final = ", ".join(f"fact.{name}" for name in Fact._fields[:-1])


class Contact(NamedTuple):
    """The ways to somebody, best first, each once; handles are ``service:handle``."""

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()


class TalkedWith(NamedTuple):
    """How many people there are, how many you have talked with, and with how many both ways."""

    people: int
    talked: int
    both_ways: int


def contacts(connection: Connection, people: Sequence[int]) -> dict[int, Contact]:
    """The ways to each of these people, by person id."""
    found: dict[int, Contact] = {}
    for place in range(0, len(people), _CHUNK):
        chunk = people[place : place + _CHUNK]
        facts: dict[int, list[Fact]] = {person: [] for person in chunk}
        marks = ", ".join("?" * len(chunk))
        rows = connection.execute(
            f"SELECT card.person_id, {_FACT}, coalesce(card.run_id, 0) "  # noqa: S608 — our own names
            "FROM card JOIN fact ON fact.card_id = card.id "
            f"WHERE card.person_id IN ({marks}) AND +fact.kind IN ('email', 'phone', 'handle')",
            chunk,
        )
        for person, *fact in rows:
            facts[person].append(Fact(*fact))
        found |= {person: _contact(held) for person, held in facts.items()}
    return found


def _contact(facts: Sequence[Fact]) -> Contact:
    ways: dict[str, dict[str, str]] = {kinds.EMAIL: {}, kinds.PHONE: {}, kinds.HANDLE: {}}
    for fact in standing_values(facts):
        if fact.kind == kinds.EMAIL and "@" not in fact.norm:
            continue  # as in the projection: what stands there is no address
        told = fact.norm if fact.kind == kinds.HANDLE and fact.norm else fact.value
        ways[fact.kind].setdefault(fact.norm, told)
    return Contact(*(tuple(values.values()) for values in ways.values()))


def called(connection: Connection, name: str) -> list[int]:
    """Ids of the people one of whose names, or whose shown name, is this, however it is written."""
    wanted = " ".join(fold(name).split())
    rows = connection.execute(
        "SELECT DISTINCT card.person_id FROM fact JOIN card ON card.id = fact.card_id "
        "WHERE fact.kind IN ('name', 'nickname') AND fact.norm = :wanted AND fact.until = '' "
        "ORDER BY card.person_id",
        {"wanted": wanted},
    )
    return [row[0] for row in rows]


def talked_with(connection: Connection) -> TalkedWith:
    """Count who you talk with."""
    row = connection.execute(
        "SELECT count(*), coalesce(sum(talks > 0), 0), "
        "coalesce(sum(talks_in > 0 AND talks_out > 0), 0) FROM person_row"
    ).fetchone()
    return TalkedWith(*row)


def talks_of_run(connection: Connection, run_id: int) -> int:
    """How many talks one run of an import brought."""
    row = connection.execute(
        "SELECT count(*) FROM interaction WHERE run_id = :run", {"run": run_id}
    ).fetchone()
    return int(row[0])
