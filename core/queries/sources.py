"""Sources, and what an import must know of the cards that one of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from core.storage.driver import Connection


class SourceLine(NamedTuple):
    """A source and its last run; days are ISO text."""

    id: int
    kind: str
    account: str
    entries: int
    last_run: str


class CardLine(NamedTuple):
    """A card as alignment sees it."""

    id: int
    key: str
    raw_sha: str
    reader: int
    gone: bool


def all_sources(connection: Connection) -> list[SourceLine]:
    """Every source, newest run first."""
    rows = connection.execute(
        """SELECT source.id, source.kind, source.account,
          (SELECT count(*) FROM card WHERE card.source_id = source.id AND gone_run_id IS NULL),
          coalesce((SELECT max(at) FROM run WHERE run.source_id = source.id), '') AS last
        FROM source ORDER BY last DESC, source.id"""
    )
    return [SourceLine(*row) for row in rows]


def cards(connection: Connection, source_id: int) -> list[CardLine]:
    """The cards of one source, oldest first."""
    rows = connection.execute(
        "SELECT id, key, raw_sha, reader, gone_run_id IS NOT NULL FROM card "
        "WHERE source_id = :source ORDER BY id",
        {"source": source_id},
    )
    return [CardLine(*row) for row in rows]


def marks(connection: Connection, source_id: int) -> list[tuple[int, str, str]]:
    """What tells the cards of one source apart: card id, kind, norm of addresses and names."""
    rows = connection.execute(
        """SELECT card_id, kind, norm FROM fact
        WHERE card_id IN (SELECT id FROM card WHERE source_id = :source)
        AND kind IN ('email', 'phone', 'handle', 'name') AND norm <> ''
        AND origin = 'source' AND until = ''""",
        {"source": source_id},
    )
    return list(rows)


def setting(connection: Connection, key: str) -> str:
    """A choice kept in the book, or ""."""
    row = connection.execute("SELECT value FROM setting WHERE key = :key", {"key": key}).fetchone()
    return str(row[0]) if row else ""
