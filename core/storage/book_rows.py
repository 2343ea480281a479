"""The rows of another book on their way into this one: what is here already, and what is added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.storage.book_check import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.driver import Connection

_INSERT: Final = {
    table: f"INSERT INTO {table} ({', '.join(column.name for column in columns)}) "  # noqa: S608 — our own names
    f"VALUES ({', '.join(f':{column.name}' for column in columns)})"
    for table, columns in COLUMNS.items()
}
_LIKE: Final = {
    "setting": ("key",),
    "source": ("kind", "account"),
    "run": tuple(c.name for c in COLUMNS["run"] if c.name != "id"),
    "card": ("uid",),
    "identity": ("kind", "norm", "scope"),
}
"""By which columns a row of another book is one that is here."""
_KEYED: Final = ("source_id", "source_key")
_TALK: Final = tuple(c.name for c in COLUMNS["interaction"] if c.name not in {"id", "run_id"})


def add(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert whole rows, ids and all."""
    connection.executemany(_INSERT[table], rows)


def last(connection: Connection, table: str) -> int:
    """The highest id a table has now, or 0."""
    return int(connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])  # noqa: S608


def like(connection: Connection, table: str, row: dict[str, Any], most: int) -> int:
    """The id of the row that this one is, among those up to `most`; 0 if there is none."""
    if not most:
        return 0
    where = " AND ".join(f"{name} IS :{name}" for name in _LIKE[table])
    found = connection.execute(
        f"SELECT id FROM {table} WHERE {where} AND id <= {most:d} ORDER BY id LIMIT 1",  # noqa: S608
        row,
    ).fetchone()
    return int(found[0]) if found else 0


def person_of(connection: Connection, card: int) -> int:
    """The person that a card belongs to."""
    found = connection.execute("SELECT person_id FROM card WHERE id = ?", (card,)).fetchone()
    return int(found[0])


def talks_like(connection: Connection, row: dict[str, Any], most: int) -> list[int]:
    """Interactions up to `most` that may be this one: by its source's key, else word for word."""
    if not most:
        return []
    names = _KEYED if row["source_key"] else _TALK
    where = " AND ".join(f"{name} IS :{name}" for name in names)
    found = connection.execute(
        f"SELECT id FROM interaction WHERE {where} AND id <= {most:d} ORDER BY id",  # noqa: S608
        row,
    )
    return [row[0] for row in found]


def who_took_part(connection: Connection, talk: int) -> set[tuple[int | None, int | None, str]]:
    """Card, identity and role of everybody in an interaction."""
    found = connection.execute(
        "SELECT card_id, identity_id, role FROM participant WHERE interaction_id = ?", (talk,)
    )
    return set(found.fetchall())


def first_decision(connection: Connection) -> int:
    """The lowest number that orders decisions; those that come in go below it."""
    row = connection.execute(
        "SELECT min(set_by) FROM (SELECT set_by FROM standing UNION ALL SELECT set_by FROM choice)"
    ).fetchone()
    return min(int(row[0] or 0), 0)


def drop_choice(connection: Connection, first: int, field: str, set_by: int) -> int:
    """Drop a choice that came in, ids from `first` on; tells how many rows it had."""
    gone = connection.execute(
        "DELETE FROM choice WHERE set_by = ? AND field = ? AND id >= ?", (set_by, field, first)
    )
    return int(gone.rowcount)


def refer(connection: Connection, table: str, column: str, row: int, to: int) -> None:
    """Let a row refer to another, which was written after it; to nothing if that did not come."""
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (to or None, row))  # noqa: S608
