"""An import in a process of its own, that something ends before it ends itself."""

from __future__ import annotations

import os
import resource
import signal
from typing import TYPE_CHECKING

from core import bus as core_bus
from core.commands import store_run
from core.errors import BookError
from core.storage import backup, database, derive, migrate, tables  # noqa: F401 — read in once, before the forks
from importers import google  # noqa: F401 — as above
from importers.choices import Options
from importers.run import import_paths
from tests.book import CLOCK

if TYPE_CHECKING:
    from pathlib import Path

    from importers.run import Step

REFUSED = 7
"""How a process ends that was told why it cannot write."""


def bring(
    book: Path, path: Path, *, die_at: int = 0, largest_file: int = 0, undo: bool = False
) -> None:
    """Import a list, or take the last step back.

    Args:
        book: the file of the book.
        path: the list.
        die_at: end by SIGKILL at this call of progress; 0 for never.
        largest_file: bytes that a file may have, as on a disk that is full; 0 for any number.
        undo: take back instead.
    """
    if largest_file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    store_run.CHUNK = 100  # type: ignore[misc]  # more moments to end at
    derive.CHUNK = 200  # type: ignore[misc]
    calls = 0

    def progress(_step: Step) -> None:
        nonlocal calls
        calls += 1
        if calls == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        bus = core_bus.Bus(book, clock=CLOCK, sitting="tests")
        if undo:
            bus.undo(sure=True)
        else:
            import_paths(bus, book, [path], Options(region="CH"), progress)
        bus.close()
    except BookError:
        os._exit(REFUSED)
