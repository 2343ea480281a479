"""What is owed between you and people: what is open, and what was kept or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from core.storage.driver import Connection

DROPPED: Final = "dropped"
"""What stands in place of the day on which a promise was kept, if it never will be."""
# A promise hangs on an entry, so that it goes along when that is taken out of a person.
_LINE: Final = """SELECT p.id, row.id, row.name, p.owed_by, p.what, p.due, p.kept
    FROM promise AS p JOIN card ON card.id = p.card_id
    JOIN person_row AS row ON row.id = card.person_id"""
_OPEN_FIRST: Final = """p.kept <> '', p.kept = 'dropped', p.kept DESC,
    p.due = '', p.due, p.id"""


class PromiseLine(NamedTuple):
    """Something owed.

    Attributes:
        id: the promise's.
        person: whose it is, as they are merged now; `name` is theirs.
        owed_by: ``me`` or ``them``.
        what: in the user's words.
        due: an ISO day, or "".
        kept: the ISO day on which it was kept, ``dropped``, or "" as long as it is open.
    """

    id: int
    person: int
    name: str
    owed_by: str
    what: str
    due: str
    kept: str = ""


def open_promises(connection: Connection, until: date | None = None) -> list[PromiseLine]:
    """All that is owed, the most urgent first; given a day, only what is due by then."""
    due = "" if until is None else " AND p.due <> '' AND p.due <= :until"
    rows = connection.execute(
        f"{_LINE} WHERE p.kept = ''{due} ORDER BY p.due = '', p.due, p.id",
        {"until": until.isoformat()} if until else {},
    )
    return [PromiseLine(*row) for row in rows]


def of_person(
    connection: Connection, person: int, *, settled: bool = False
) -> tuple[PromiseLine, ...]:
    """What is owed between you and a person over all their entries.

    The most urgent first; if wanted, then what was kept, the last first, and what was dropped.
    """
    rows = connection.execute(
        f"{_LINE} WHERE card.person_id = :person AND (:settled OR p.kept = '') "
        f"ORDER BY {_OPEN_FIRST}",
        {"person": person, "settled": int(settled)},
    )
    return tuple(PromiseLine(*row) for row in rows)


def one(connection: Connection, promise: int) -> PromiseLine | None:
    """A promise by its id; None if there is none."""
    row = connection.execute(f"{_LINE} WHERE p.id = :promise", {"promise": promise}).fetchone()
    return PromiseLine(*row) if row else None
