"""Who has an address, number or handle already."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.storage.driver import Connection


def of(connection: Connection, marks: Iterable[tuple[str, str]]) -> tuple[int, ...]:
    """Ids of the persons one of whose values has this (kind, norm), in order, each once."""
    found: dict[int, None] = {}
    for kind, norm in marks:
        rows = connection.execute(
            """SELECT DISTINCT card.person_id FROM fact JOIN card ON card.id = fact.card_id
            WHERE fact.kind = :kind AND fact.norm = :norm AND fact.norm <> '' AND fact.until = ''
            AND NOT EXISTS (SELECT 1 FROM fact AS mine
              WHERE mine.replaces_id = fact.id AND mine.origin = 'user')
            ORDER BY card.person_id""",
            {"kind": kind, "norm": norm},
        )
        found |= dict.fromkeys(row[0] for row in rows)
    return tuple(sorted(found))
