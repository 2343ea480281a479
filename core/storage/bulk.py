"""Rows by the hundred thousand: what an import writes, on the driver itself.

SQLModel objects take 60 s for what this does in two. Ids are given by hand, counting on from the
table's sequence, which nobody else can move while this transaction is open.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Any, Final

from core.storage.tables import Card, Fact
from core.storage.triggers import columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.storage.driver import Connection

_NAMESPACE: Final = uuid.UUID("6f0c2b8e-6d1f-4c7e-9a53-5b1f1f2f7b60")


def next_id(connection: Connection, table: str) -> int:
    """The id that the next row of a table gets."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return int(row[0]) + 1 if row else 1


def count_from(connection: Connection, table: str, first: int) -> int:
    """How many rows a table has from this id on."""
    row = connection.execute(f'SELECT count(*) FROM "{table}" WHERE id >= ?', (first,)).fetchone()  # noqa: S608
    return int(row[0])


def keep_blobs(connection: Connection, blobs: Iterable[tuple[str, bytes]]) -> None:
    """Store bytes by their SHA-256 hex digest; what is there already is left alone."""
    connection.executemany("INSERT OR IGNORE INTO blob(sha256, data) VALUES (?, ?)", blobs)


def add_cards(connection: Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert cards; a row has all columns in table order."""
    connection.executemany(_insert("card", columns(Card)), rows)


def add_facts(connection: Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert facts; a row has all columns but the id, in table order."""
    connection.executemany(_insert("fact", columns(Fact)[1:]), rows)


def fresh_uid(source: str, card_id: int, moment: str) -> str:
    """A UUID for a new card."""
    return str(uuid.uuid5(_NAMESPACE, f"{source}\n{card_id}\n{moment}"))


def live_facts(connection: Connection, card_ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """The source's facts that still hold, oldest first.

    Yields:
        card_id, id, kind, value, norm, label, part, detail, preferred.
    """
    for place in range(0, len(card_ids), 500):
        chunk = card_ids[place : place + 500]
        marks = ", ".join("?" * len(chunk))
        yield from connection.execute(
            "SELECT card_id, id, kind, value, norm, label, part, detail, preferred FROM fact "  # noqa: S608 — marks
            f"WHERE card_id IN ({marks}) AND origin = 'source' AND until = '' ORDER BY id",
            chunk,
        )


def end_facts(connection: Connection, fact_ids: Iterable[int], day: str) -> None:
    """Note that a source no longer has these values."""
    connection.executemany("UPDATE fact SET until = ? WHERE id = ?", ((day, i) for i in fact_ids))


def answer_facts(connection: Connection, rows: Iterable[tuple[int | None, int, str, int]]) -> None:
    """Note which fact of its source one of the user's stands for: replaces_id, part, until, id."""
    connection.executemany(
        "UPDATE fact SET replaces_id = ?, part = ?, until = ? WHERE id = ?", rows
    )


def update_cards(connection: Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """Note what a source says now: rows of key, raw_sha, reader, revised, run_id, id."""
    connection.executemany(
        "UPDATE card SET key = ?, raw_sha = ?, reader = ?, revised = ?, run_id = ?, "
        "gone_run_id = NULL WHERE id = ?",
        rows,
    )


def mark_gone(connection: Connection, card_ids: Iterable[int], run_id: int) -> None:
    """Note that a whole list no longer has these entries."""
    connection.executemany(
        "UPDATE card SET gone_run_id = ? WHERE id = ? AND gone_run_id IS NULL",
        ((run_id, card_id) for card_id in card_ids),
    )


def tiers_from_labels(
    connection: Connection, tiers: Iterable[tuple[int, str]], day: str, command_id: int
) -> None:
    """File cards as their source's labels say, automatic, never over the user's own."""
    connection.executemany(
        "INSERT INTO standing(card_id, field, value, why, origin, day, set_by) "
        "VALUES (?, 'tier', ?, 'label', 'auto', ?, ?) "
        "ON CONFLICT(card_id, field) DO UPDATE SET value = excluded.value, why = excluded.why, "
        "day = excluded.day, set_by = excluded.set_by "
        "WHERE origin <> 'user' AND value <> excluded.value",
        ((card_id, tier, day, command_id) for card_id, tier in tiers),
    )


def put_away_again(connection: Connection, first_card: int, day: str, command_id: int) -> int:
    """File new cards in D that share an exact e-mail or handle with somebody in D.

    Returns:
        How many cards that are.
    """
    cursor = connection.execute(
        """INSERT INTO standing(card_id, field, value, why, origin, day, set_by)
        SELECT DISTINCT mine.card_id, 'tier', 'D', 'put away before', 'auto', :day, :command
        FROM person_row AS away CROSS JOIN card ON card.person_id = away.id
        CROSS JOIN fact AS theirs ON theirs.card_id = card.id
        CROSS JOIN fact AS mine ON mine.kind = theirs.kind AND mine.norm = theirs.norm
        CROSS JOIN card AS own ON own.id = mine.card_id AND own.person_id = own.id
        WHERE away.tier = 'D' AND theirs.kind IN ('email', 'handle') AND theirs.norm <> ''
        AND mine.card_id >= :first
        AND mine.card_id NOT IN (SELECT card_id FROM standing WHERE field = 'tier')""",
        {"day": day, "command": command_id, "first": first_card},
    )
    return int(cursor.rowcount)


def is_kept(connection: Connection, sha256: str) -> bool:
    """Whether the bytes of this digest are there and still have it."""
    row = connection.execute("SELECT data FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    return row is not None and hashlib.sha256(row[0]).hexdigest() == sha256


def _insert(table: str, names: Sequence[str]) -> str:
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table}({quoted}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
