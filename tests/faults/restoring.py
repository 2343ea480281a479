"""A restore, or a copying, in a process of its own that something ends before it ends itself."""

from __future__ import annotations

import os
import signal
from itertools import count
from typing import TYPE_CHECKING, Any

from core.storage import backup, database, migrate, tables  # noqa: F401 — read in once, before the forks
from core.storage import restore as storage

if TYPE_CHECKING:
    from pathlib import Path

    from core.storage.driver import Connection


def restore(book: Path, chosen: Path) -> None:
    """Put a copy in the place of a book."""
    storage.restore(book, chosen)


def copy(book: Path, _chosen: Path) -> None:
    """Copy a book."""
    backup.copy(book, "import")


def write_over_some(book: Path, chosen: Path, pages: int) -> None:
    """Restore, and end by SIGKILL when so many pages are written."""

    def end(_status: int, _remaining: int, _total: int) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    class Ending:
        """A copy that ends the program while it is written."""

        def __init__(self, copy: Connection) -> None:
            self._copy = copy

        def close(self) -> None:
            self._copy.close()

        def backup(self, target: Connection, **_given: int) -> None:
            target.execute("PRAGMA cache_size=5")  # so that pages go to the file at once
            self._copy.backup(target, pages=pages, progress=end)

    at_rest = backup.at_rest
    looks = count()

    def opening(path: Path) -> Any:  # noqa: ANN401 — a connection, or what behaves like one
        return Ending(at_rest(path)) if next(looks) else at_rest(path)  # the check comes first

    backup.at_rest = opening
    storage.restore(book, chosen)
