"""The screens' only door to the book: `read` a query, `run` a command.

Reading has a thread and a connection of its own, so it goes on while something is written; there
is one writer. Neither ever holds up the screen. Newest wins by cancelling: a worker that is
replaced (``exclusive=True``) takes its waiting query with it.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import sleep
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from core.errors import BookError
from core.queries import counts
from core.storage import connect, migrate
from core.storage.driver import Error

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.bus import Bus, Done
    from core.clock import Clock
    from core.settings import Settings
    from core.storage.driver import Connection
    from core.work import Command

Given = TypeVar("Given")
Model = TypeVar("Model")


FRAME_SECONDS = 0.02
"""Longer than a frame of the screen: what a key changed is painted before its commit begins."""


def _after_the_paint(bus: Bus, command: Command) -> Done:
    # The writer would take the interpreter from the paint; in its own thread, so order holds.
    sleep(FRAME_SECONDS)
    return bus.run(command)


class Backend:
    """One book, as the screens reach it.

    Args:
        book: the file; made, or brought up to date, if need be.
        settings: the user's choices.
        clock: today and now.

    Raises:
        BookError: the file cannot be used.
    """

    def __init__(self, book: Path, settings: Settings, clock: Clock) -> None:
        self.book = book
        self.settings = settings
        self.clock = clock
        self.sitting = uuid4().hex[:12]
        migrate.ensure(book)
        self._view = connect.view(book)
        self._reading = threading.Lock()
        self._reader = ThreadPoolExecutor(1, "reader")
        self._writer = ThreadPoolExecutor(1, "writer")
        self._bus_made: Bus | None = None
        self._seen = counts.changed_elsewhere(self._view)

    def now(self, query: Callable[[Connection], Model]) -> Model:
        """Ask at once, in this thread: for the first paint only.

        Raises:
            BookError: the file cannot be read any more.
        """
        try:
            with self._reading:
                return query(self._view)
        except Error as error:
            raise BookError(
                f"the book cannot be read ({error}); `vitalfew path` names its copies"
            ) from error

    async def read(self, query: Callable[[Connection], Model]) -> Model:
        """Ask off the loop.

        Args:
            query: a function of `core.queries` that takes the connection.
        """
        return await _in(self._reader, self.now, query)

    async def read_written(self, query: Callable[[Connection], Model]) -> Model:
        """Ask off the loop, once everything that was begun is written."""
        return await _in(self._writer, self.now, query)

    async def run(self, command: Command) -> Done:
        """Carry out a command.

        Raises:
            VitalfewError: it was refused; nothing was changed.
        """
        return await self._write(lambda bus: _after_the_paint(bus, command))

    async def undo(self, command_id: int | None = None, *, sure: bool = False) -> Done:
        """Take back the newest step, or the one named.

        Raises:
            NotFoundError: there is none.
            DecisionNeededError: it asks first; call again with `sure`.
        """
        return await self._write(lambda bus: bus.undo(command_id, sitting=self.sitting, sure=sure))

    async def redo(self) -> Done:
        """Do again what was taken back last.

        Raises:
            NotFoundError: there is nothing to do again.
        """
        return await self._write(lambda bus: bus.redo())

    async def changed(self) -> bool:
        """Whether another program has written since this was asked last."""
        return await self.read(self._moved)

    def warm_up(self) -> None:
        """Load the writing side in its thread, after the first paint."""
        with suppress(RuntimeError):  # left at once: closed already
            self._writer.submit(self._bus)

    def finish(self) -> None:
        """Wait until what was begun is written."""
        with suppress(RuntimeError):  # closed already
            self._writer.submit(int).result()

    def close(self) -> None:
        """Finish what is being written and give the file back."""
        self._writer.submit(self._close_bus).result()
        self._writer.shutdown()
        self._reader.shutdown()
        self._view.close()

    async def _write(self, act: Callable[[Bus], Done]) -> Done:
        # What was begun is finished: a screen that goes away must not cancel a commit.
        return await asyncio.shield(_in(self._writer, self._act, act))

    def _act(self, act: Callable[[Bus], Done]) -> Done:
        try:
            return act(self._bus())
        finally:
            # Our own commit is no news; the reader notes it before it is asked anything else.
            self._reader.submit(self.now, self._moved)

    def _moved(self, view: Connection) -> bool:
        before, self._seen = self._seen, counts.changed_elsewhere(view)
        return before != self._seen

    def _bus(self) -> Bus:
        if self._bus_made is None:
            from core.bus import Bus

            self._bus_made = Bus(
                self.book, settings=self.settings, clock=self.clock, sitting=self.sitting
            )
        return self._bus_made

    def _close_bus(self) -> None:
        if self._bus_made is not None:
            self._bus_made.close()


def _in(
    thread: ThreadPoolExecutor, act: Callable[[Given], Model], given: Given
) -> asyncio.Future[Model]:
    loop = asyncio.get_running_loop()
    try:
        return loop.run_in_executor(thread, act, given)
    except RuntimeError as closed:  # the program is leaving, and so must who asks
        raise asyncio.CancelledError from closed
