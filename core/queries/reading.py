"""Who is worth reading."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.driver import Connection


def are_read(connection: Connection, people: Sequence[int]) -> bool:
    """Whether all of these people are marked as worth reading."""
    row = connection.execute(
        """SELECT min(reading) FROM json_each(:people) AS one
        JOIN person_row ON person_row.id = one.value""",
        {"people": json.dumps(people)},
    ).fetchone()
    return bool(row[0])
