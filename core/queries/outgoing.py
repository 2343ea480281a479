"""People on their way out: every fact that holds, best first, and what lists show of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.queries import choices
from core.rules.projection import Fact, standing_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.storage.driver import Connection

_CHUNK: Final = 500
_FACT: Final = ", ".join(f"fact.{name}" for name in Fact._fields[:-1])


class Outgoing(NamedTuple):
    """One person.

    Attributes:
        uid: of the home entry; it stays the same as long as the book.
        revised: the newest moment at which an entry was made or revised, as ISO text.
        facts: those that hold, the ones that show first; what was formerly is left out.
        never: the channels they do not want, as `core.rules.opt_outs.allows` reads them.
    """

    id: int
    uid: str
    name: str
    tier: str
    revised: str
    facts: tuple[Fact, ...]
    never: str = ""


def people(connection: Connection, ids: Sequence[int]) -> Iterator[Outgoing]:
    """These people in their order; those that are gone are left out."""
    for place in range(0, len(ids), _CHUNK):
        chunk = ids[place : place + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        facts: dict[int, list[Fact]] = {person: [] for person in chunk}
        rows = connection.execute(
            f"SELECT card.person_id, {_FACT}, coalesce(card.run_id, 0) FROM card "  # noqa: S608 — our own names
            f"JOIN fact ON fact.card_id = card.id WHERE card.person_id IN ({marks})",
            chunk,
        )
        for person, *fact in rows:
            facts[person].append(Fact(*fact))
        heads = connection.execute(
            "SELECT p.id, home.uid, p.name, p.tier, max(max(card.revised, card.made)), p.never "  # noqa: S608 — marks
            "FROM person_row AS p JOIN card AS home ON home.id = p.id "
            f"JOIN card ON card.person_id = p.id WHERE p.id IN ({marks}) GROUP BY p.id",
            chunk,
        )
        known = {row[0]: row for row in heads}
        chosen = choices.of(connection, chunk)
        for person in chunk:
            if person in known:
                held = standing_values(facts[person], chosen.get(person, ()))
                *head, never = known[person]
                yield Outgoing._make((*head, tuple(held), never))


def blob(connection: Connection, sha256: str) -> bytes:
    """The bytes of a photo, or b"" if the book does not have them."""
    row = connection.execute("SELECT data FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    return bytes(row[0]) if row else b""
