"""The choices that hold: made in a merge of whose cards none was taken out since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from core.rules.choices import Choice, newest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.driver import Connection

_HOLDING: Final = """SELECT card.person_id, c.field, coalesce(c.of_id, 0), c.value, c.place,
      c.set_by
    FROM json_each(:people) AS wanted CROSS JOIN card ON card.person_id = wanted.value
    CROSS JOIN choice AS c ON c.card_id = card.id
    WHERE NOT EXISTS (SELECT 1 FROM choice AS other JOIN card AS parted ON parted.id = other.card_id
      WHERE other.set_by = c.set_by AND other.field = c.field
      AND parted.person_id <> card.person_id)
    GROUP BY card.person_id, c.field, c.set_by, c.place"""


def of(connection: Connection, people: Sequence[int]) -> dict[int, tuple[Choice, ...]]:
    """For those of these people who have any: the newest choice that holds of each field.

    The values of a field follow each other by place, the one that shows first.
    """
    found: dict[int, list[Choice]] = {}
    for person, *row in connection.execute(_HOLDING, {"people": json.dumps(people)}):
        found.setdefault(person, []).append(Choice(*row))
    return {person: newest(held) for person, held in found.items()}


def of_person(connection: Connection, person: int) -> tuple[Choice, ...]:
    """The choices that hold of one person."""
    return of(connection, [person]).get(person, ())
