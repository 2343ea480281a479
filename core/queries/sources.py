"""Sources, and what an import must know of the cards that one of them has."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.storage.driver import Connection


_KEYS: Final = 10_000


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


def known_talks(connection: Connection, kind: str, account: str, keys: Collection[str]) -> int:
    """How many of these keys are those of talks that a source has brought."""
    every, found = iter(keys), 0
    while some := list(islice(every, _KEYS)):
        row = connection.execute(
            """SELECT count(*) FROM source, json_each(:keys) AS one
            CROSS JOIN interaction AS i ON i.source_id = source.id AND i.source_key = one.value
            WHERE source.kind = :kind AND source.account = :account""",
            {"keys": json.dumps(some), "kind": kind, "account": account},
        ).fetchone()
        found += int(row[0])
    return found


def setting(connection: Connection, key: str) -> str:
    """A choice kept in the book, or ""."""
    row = connection.execute("SELECT value FROM setting WHERE key = :key", {"key": key}).fetchone()
    return str(row[0]) if row else ""


def exported(connection: Connection, source_id: int) -> str:
    """The ISO day of the newest files a source was read from, or ""."""
    row = connection.execute(
        "SELECT coalesce(max(exported), '') FROM run WHERE source_id = :source",
        {"source": source_id},
    ).fetchone()
    return str(row[0])


def last_run(connection: Connection) -> int:
    """The number of the newest run of any source, or 0."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM run").fetchone()[0])


def holders(connection: Connection) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """Who holds an address or handle: (kind, norm) to person and shown name, oldest first."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    rows = connection.execute(
        """SELECT DISTINCT kind, norm, card.person_id, person_row.name FROM fact
        JOIN card ON card.id = fact.card_id JOIN person_row ON person_row.id = card.person_id
        WHERE kind IN ('email', 'handle') AND norm <> '' AND until = '' ORDER BY person_id"""
    )
    for kind, norm, person, name in rows:
        found.setdefault((kind, norm), []).append((person, name))
    return found
