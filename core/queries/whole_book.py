"""The whole book, row by row, as one moment saw it; what undo keeps is not part of it."""

from __future__ import annotations

from array import array
from contextlib import contextmanager
from heapq import merge
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.storage.driver import Connection

TABLES: Final = (
    *("setting", "source", "run", "card", "fact", "standing", "choice", "identity"),
    *("interaction", "participant", "promise", "answer", "opt_out", "suggestion"),
)
"""In an order in which every row comes after those it refers to."""
_TOGETHER: Final = ("interaction", "participant")
_ORDERS: Final = """JOIN (SELECT set_by AS made, row_number() OVER (ORDER BY set_by) AS turn
    FROM (SELECT set_by FROM standing UNION SELECT set_by FROM choice)) AS orders
    ON orders.made = set_by"""
_BLOBS: Final = """FROM blob WHERE sha256 IN
    (SELECT raw_sha FROM card UNION SELECT value FROM fact WHERE kind = 'photo')"""


class Shape(NamedTuple):
    """The columns of a table in their order, and to which tables some refer."""

    columns: tuple[str, ...]
    refers: dict[str, str]


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Let all that is read inside be of one moment, whatever another program writes."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def shapes(connection: Connection) -> dict[str, Shape]:
    """The shape of each of `TABLES`, as the book has them."""
    found = {}
    for table in TABLES:
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        keys = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        refers = {key[3]: key[2] for key in keys}
        found[table] = Shape(tuple(column[1] for column in columns), refers)
    return found


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has; under ``blob`` how many raw records and photos."""
    found = {
        table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
        for table in TABLES
    }
    found["blob"] = int(connection.execute(f"SELECT count(*) {_BLOBS}").fetchone()[0])
    return found


def ids(connection: Connection, table: str) -> array[int]:
    """The ids of a table, smallest first: eight bytes each."""
    rows = connection.execute(f"SELECT id FROM {table} ORDER BY id")  # noqa: S608 — our own names
    return array("q", (row[0] for row in rows))


def rows(connection: Connection) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every row with its table, by id; who took part follows each interaction.

    Of `set_by`, the number of a command that stays behind, only the order is told: 1, 2, 3 …,
    counted through decisions and choices.
    """
    known = shapes(connection)
    for table in TABLES:
        if table == _TOGETHER[0]:
            yield from _together(connection, known)
        elif table not in _TOGETHER:
            for row in _of(connection, table, known[table].columns, "id"):
                yield table, row


def _of(
    connection: Connection, table: str, columns: Iterable[str], order: str
) -> Iterator[tuple[Any, ...]]:
    told = ("orders.turn" if c == "set_by" else f'"{c}"' for c in columns)
    orders = _ORDERS if "set_by" in columns else ""
    sql = f"SELECT {', '.join(told)} FROM {table} {orders} ORDER BY {order}"  # noqa: S608 — our own names
    yield from connection.execute(sql)


def _together(
    connection: Connection, known: dict[str, Shape]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    talk, part = _TOGETHER
    owner = known[part].columns.index("interaction_id")
    talks = ((row[0], talk, row) for row in _of(connection, talk, known[talk].columns, "id"))
    parts = (
        (row[owner], part, row)
        for row in _of(connection, part, known[part].columns, "interaction_id, id")
    )
    for _, table, row in merge(talks, parts, key=lambda found: found[:2]):
        yield table, row


def blobs(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """The raw records and photos that cards refer to, by their SHA-256."""
    yield from connection.execute(f"SELECT sha256, data {_BLOBS} ORDER BY sha256")
