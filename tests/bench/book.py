"""The seeded book of 100,000 people, made once a run, and what making it took."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from core.storage.driver import dbapi
from tests.bench import rows
from tests.bench.measure import Spent, child

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 100_000
_TABLES = ("blob", "source", "run", "setting", "card", "fact", "person_row")


def make(folder: Path, size: int = SIZE) -> tuple[Path, Spent]:
    """Import a Google list of that size through the shell; the book and what it took."""
    exported = rows.write(folder / "google.csv", size)
    book = folder / "people.db"
    command = [sys.executable, "-m", "tui", "import", str(exported), "--region", "CH"]
    return book, child(command, runs=1, VITALFEW_DB=str(book))


def raw_copy(book: Path, target: Path) -> float:
    """CPU seconds to write the same rows of the same tables by executemany alone.

    Tables and indexes are there, triggers, search text and everything else are not.
    """
    source = dbapi.connect(book)
    plain = dbapi.connect(target, isolation_level=None)
    plain.execute("PRAGMA journal_mode=wal")
    made = source.execute(
        "SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL "
        "AND type IN ('table', 'index') ORDER BY type DESC"
    )
    for _kind, table, sql in made.fetchall():
        if table in _TABLES:
            plain.execute(sql)
    taken = 0.0
    for table in _TABLES:
        names = [row[1] for row in source.execute(f"PRAGMA table_info({table})")]
        wanted = ", ".join("''" if name == "search" else f'"{name}"' for name in names)
        held = source.execute(f"SELECT {wanted} FROM {table}").fetchall()
        start = time.process_time()
        plain.execute("BEGIN")
        plain.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", held)
        plain.execute("COMMIT")
        taken += time.process_time() - start
    plain.close()
    source.close()
    return taken
