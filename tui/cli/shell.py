"""What a command of the shell stands on: which book, which settings, which day."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from core.clock import SystemClock
from core.settings import Settings, book_path, load
from tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from core.bus import Bus
    from core.storage.driver import Connection


class Shell(NamedTuple):
    """One command line's book and clock."""

    book: Path
    clock: SystemClock

    @classmethod
    def of(cls, book: Path | None) -> Shell:
        """The shell for the book that ``--db`` named, or for the usual one."""
        return cls(book_path(book), SystemClock())

    @property
    def today(self) -> date:
        """The local day."""
        return self.clock.today()

    def settings(self) -> Settings:
        """The user's choices.

        Raises:
            UsageError: ``settings.toml`` cannot be understood.
        """
        return load()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that cannot write.

        Raises:
            BookError: there is no book, or it cannot be read.
        """
        from core.storage import connect
        from core.storage.driver import Error

        try:
            view = connect.view(self.book)
            try:
                yield view
            finally:
                view.close()
        except Error as error:
            raise connect.unreadable(error, self.book) from error

    @contextmanager
    def writing(self) -> Iterator[Bus]:
        """The writing side; the book is made if there is none."""
        from core.bus import Bus

        bus = Bus(self.book, settings=self.settings(), clock=self.clock)
        if bus.copied is not None:
            output.say(f"the book was brought up to date; as it was, it lies in {bus.copied}")
        try:
            yield bus
        finally:
            bus.close()


def at_a_terminal() -> bool:
    """Whether somebody sits there who can see a screen and press keys."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
