"""Talks by the hundred thousand: what an import of them writes, on the driver itself."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from core.storage.tables import Identity, Interaction
from core.storage.triggers import columns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from core.storage.driver import Connection


def _marks(names: list[str]) -> str:
    return ", ".join("?" * len(names))


_TALK: Final = columns(Interaction)
_KEPT: Final = """SELECT DISTINCT k.value FROM json_each(?) AS k
    CROSS JOIN interaction AS i ON i.source_id = ? AND i.source_key = k.value"""
_AT_ONCE: Final = 50
"""Participants that go in by one statement: each statement looks up the table's sequence."""


def source(connection: Connection, kind: str, account: str) -> int:
    """The id of a source, which is made if there is none."""
    row = connection.execute(
        "SELECT id FROM source WHERE kind = ? AND account = ?", (kind, account)
    ).fetchone()
    if row is None:
        row = connection.execute(
            "INSERT INTO source(kind, account) VALUES (?, ?) RETURNING id", (kind, account)
        ).fetchone()
    return int(row[0])


def settle(connection: Connection, settings: Iterable[tuple[str, str]]) -> None:
    """Remember settings; what is as before is left alone."""
    connection.executemany(
        "INSERT INTO setting(key, value) VALUES (?, ?) "
        "ON CONFLICT(key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        settings,
    )


def start(connection: Connection) -> None:
    """Make room for chunks of talks; before the first of them."""
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS fresh_talk AS SELECT * FROM interaction WHERE 0"
    )


def known(connection: Connection, source_id: int, keys: Collection[str]) -> set[str]:
    """Those of these keys that talks of a source have."""
    return {row[0] for row in connection.execute(_KEPT, (json.dumps(list(keys)), source_id))}


def add_talks(connection: Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert interactions, oldest first; a row has all columns in table order.

    They go in by one statement: the index writes itself out at the end of each one.
    """
    connection.execute("DELETE FROM temp.fresh_talk")
    connection.executemany(f"INSERT INTO temp.fresh_talk VALUES ({_marks(_TALK)})", rows)  # noqa: S608 — marks
    connection.execute("INSERT INTO interaction SELECT * FROM temp.fresh_talk ORDER BY rowid")


def fill(connection: Connection, source_id: int, rows: Iterable[tuple[object, ...]]) -> int:
    """Give known talks the words that were not kept before: subject, text, folds, key.

    Returns:
        How many had less.
    """
    cursor = connection.executemany(
        "UPDATE interaction SET subject = ?, text = ?, folds = ? WHERE source_id = ? "
        "AND source_key = ? AND length(subject) + length(text) < ?",
        (
            (subject, text, folds, source_id, key, len(str(subject)) + len(str(text)))
            for subject, text, folds, key in rows
        ),
    )
    return max(0, int(cursor.rowcount))


def add_participants(connection: Connection, rows: Sequence[tuple[int, int, str]]) -> None:
    """Insert who took part by an identity: interaction, identity, role."""
    for place in range(0, len(rows), _AT_ONCE):
        some = rows[place : place + _AT_ONCE]
        connection.execute(_took_part(len(some)), tuple(chain.from_iterable(some)))


@lru_cache(maxsize=_AT_ONCE)
def _took_part(count: int) -> str:
    values = ", ".join(["(?, ?, ?)"] * count)
    return f"INSERT INTO participant(interaction_id, identity_id, role) VALUES {values}"  # noqa: S608 — marks


def identity(connection: Connection, mark: tuple[str, str, str]) -> tuple[int, str] | None:
    """The id and shown name of an identity by kind, normal form and scope."""
    row = connection.execute(
        "SELECT id, shown FROM identity WHERE kind = ? AND norm = ? AND scope = ?", mark
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else None


def add_identities(connection: Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert identities; a row has all columns in table order."""
    names = columns(Identity)
    connection.executemany(
        f"INSERT INTO identity({', '.join(names)}) VALUES ({_marks(names)})",  # noqa: S608
        rows,
    )


def name(connection: Connection, rows: Iterable[tuple[str, int]]) -> None:
    """Show names beside addresses that had none: name and identity."""
    connection.executemany("UPDATE identity SET shown = ? WHERE id = ? AND shown = ''", rows)
