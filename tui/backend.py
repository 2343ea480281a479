"""The screens' only door to the book: `read` a query, `run` a command.

Reading has a thread and a connection of its own, so it goes on while something is written; there
is one writer, and threads for long work that writes nothing. None ever holds up the screen.
Newest wins by cancelling: a worker that is replaced (``exclusive=True``) takes its waiting query
with it.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import uuid4

from core.errors import BookError, VitalfewError
from core.queries import counts, followed, history, people
from core.storage import connect, migrate
from core.storage.driver import Error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from core.bus import Bus, Done
    from core.clock import Clock
    from core.settings import Settings
    from core.storage.driver import Connection
    from core.work import Command
    from tui.veil import Veil

Given = TypeVar("Given")
Model = TypeVar("Model")


FRAME_SECONDS = 0.02
"""Longer than a frame of the screen: what a key changed is painted before its commit begins."""


_STEPS: Final = 200_000
"""Steps of the database, some milliseconds, between two looks whether anybody still waits."""

IMPORTING: Final = "an import is running: 7 shows it, and esc there cancels it"
"""What is said instead of doing anything while one runs."""


def _after_the_paint(bus: Bus, command: Command) -> Done:
    # The writer would take the interpreter from the paint; in its own thread, so order holds.
    sleep(FRAME_SECONDS)
    return bus.run(command)


def _follow(settings: Settings, progress: Callable[[int], None], bus: Bus) -> Done:
    from core.commands.follow_settings import FollowSettings

    bus.settings = settings
    return bus.run(FollowSettings(), progress=progress)


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
        migrate.ensure(book, settings, clock.today())
        self._view = connect.view(book)
        self._reading = threading.Lock()
        self._reader = ThreadPoolExecutor(1, "reader")
        self._writer = ThreadPoolExecutor(1, "writer")
        self._aside = ThreadPoolExecutor(2, "aside")
        self.leaving = threading.Event()
        """Set once the program is left: long work looks at it and stops."""
        self._importing = False
        self._veil: Veil | None = None
        self._stand_ins: Veil | None = None
        self._bus_made: Bus | None = None
        self._seen = counts.changed_elsewhere(self._view)

    @property
    def importing(self) -> bool:
        """Whether an import has the book: all else that writes waits for its end."""
        return self._importing

    @property
    def veiled(self) -> bool:
        """Whether what is read has stand-ins for all that is somebody's own."""
        return self._veil is not None

    def veil(self, *, on: bool) -> None:
        """Put the veil on, or lift it; who shows anything that was read before reads it again."""
        if on and self._stand_ins is None:
            from tui.veil import Veil

            self._stand_ins = Veil()  # kept, so that a name has one stand-in all through a sitting
        self._veil = self._stand_ins if on else None

    def shown(self, model: Model) -> Model:
        """What may be shown of something that was not read here."""
        return self._veil.shown(model) if self._veil else model

    def now(self, query: Callable[[Connection], Model]) -> Model:
        """Ask at once, in this thread: for the first paint only.

        Raises:
            BookError: the file cannot be read any more.
        """
        return self.shown(self._ask(query))

    def _ask(self, query: Callable[[Connection], Model]) -> Model:
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
        return await self._read(self._reader, query)

    async def count(self, query: Callable[[Connection], Model]) -> Model:
        """Ask what takes its time, on a connection of its own: quick readings do not wait for it.

        It ends early if nobody waits for it any more.

        Raises:
            BookError: the file cannot be read any more.
        """
        given_up = threading.Event()
        try:
            while True:
                veil = self._veil
                counting = partial(self._counted, given_up)
                model: Model = await _in(self._aside, counting, query)
                if veil is self._veil:
                    return model
        except asyncio.CancelledError:
            given_up.set()
            raise

    def _counted(self, given_up: threading.Event, query: Callable[[Connection], Model]) -> Model:
        try:
            with closing(connect.view(self.book)) as view:
                view.set_progress_handler(
                    lambda: given_up.is_set() or self.leaving.is_set(), _STEPS
                )
                return self.shown(query(view))
        except Error as error:
            raise BookError(f"the book cannot be counted ({error})") from error

    async def read_written(self, query: Callable[[Connection], Model]) -> Model:
        """Ask off the loop, once everything that was begun is written.

        Raises:
            VitalfewError: an import is running, which may take its time.
        """
        self._at_rest()
        return await self._read(self._writer, query)

    async def _read(
        self, thread: ThreadPoolExecutor, query: Callable[[Connection], Model]
    ) -> Model:
        while True:
            veil = self._veil
            model = await _in(thread, self.now, query)
            if veil is self._veil:  # else it was put on, or lifted, meanwhile
                return model

    async def run(self, command: Command) -> Done:
        """Carry out a command.

        Raises:
            VitalfewError: it was refused; nothing was changed.
        """
        name = type(command).__name__
        return self._done(await self._write(lambda bus: _after_the_paint(bus, command)), name)

    async def aside(self, work: Callable[[], Model]) -> Model:
        """Do long work that writes nothing, beside reading and writing.

        Args:
            work: looks at `leaving` from time to time.
        """
        with self._veiled_errors():
            return await _in(self._aside, _call, work)

    async def bring_in(self, work: Callable[[Bus], Model]) -> Model:
        """Do an import; until it has ended, every command is refused with a sentence.

        Args:
            work: uses the bus as often as it likes, and looks at `leaving` from time to time.

        Raises:
            VitalfewError: it was refused or cancelled.
        """

        def importing(bus: Bus) -> Model:
            try:
                return work(bus)
            finally:
                self._importing = False

        self._at_rest()
        self._importing = True
        with self._veiled_errors():
            return await asyncio.shield(_in(self._writer, self._act, importing))

    async def undo(self, command_id: int | None = None, *, sure: bool = False) -> Done:
        """Take back the newest step, or the one named.

        Raises:
            NotFoundError: there is none.
            DecisionNeededError: it asks first; call again with `sure`.
        """
        return self._done(
            await self._write(lambda bus: bus.undo(command_id, sitting=self.sitting, sure=sure))
        )

    async def redo(self) -> Done:
        """Do again what was taken back last.

        Raises:
            NotFoundError: there is nothing to do again.
        """
        return self._done(await self._write(lambda bus: bus.redo()))

    async def follow(
        self,
        settings: Settings | None = None,
        progress: Callable[[int], None] = lambda _done: None,
    ) -> bool:
        """Go by other choices of the user; what follows from them is told anew.

        Args:
            settings: None for those that were given at the start.
            progress: called in another thread with how many people were looked at.

        Returns:
            Whether anything in the book is other than before.

        Raises:
            VitalfewError: an import is running.
        """
        self._at_rest()
        if settings is not None:
            self.settings = settings
        if await self.read(partial(followed.is_followed, settings=self.settings)):
            if self._bus_made is not None:
                self._bus_made.settings = self.settings
            return False
        return bool((await self._write(partial(_follow, self.settings, progress))).command_id)

    async def changed(self) -> bool:
        """Whether another program has written since this was asked last."""
        return await _in(self._reader, self._ask, self._moved)

    def warm_up(self) -> None:
        """Load the writing side in its thread, after the first paint."""
        with suppress(RuntimeError):  # left at once: closed already
            self._writer.submit(self._bus)

    def finish(self) -> None:
        """Wait until what was begun is written; an import is cancelled."""
        self.leaving.set()
        with suppress(RuntimeError):  # closed already
            self._writer.submit(int).result()

    def close(self) -> None:
        """Finish what is being written, stop what is only counted, and give the file back."""
        self.leaving.set()
        self._aside.shutdown(cancel_futures=True)
        self._writer.submit(self._close_bus).result()
        self._writer.shutdown()
        self._reader.shutdown()
        self._view.close()

    def _at_rest(self) -> None:
        if self._importing:
            raise VitalfewError(IMPORTING)

    async def _write(self, act: Callable[[Bus], Done]) -> Done:
        self._at_rest()
        # What was begun is finished: a screen that goes away must not cancel a commit.
        with self._veiled_errors():
            return await asyncio.shield(_in(self._writer, self._act, act))

    @contextmanager
    def _veiled_errors(self) -> Iterator[None]:
        try:
            yield
        except VitalfewError as error:
            if self._veil is None:
                raise
            raise self._veil.error(error) from None

    def _done(self, done: Done, name: str = "") -> Done:
        """What was done, under the veil in words that name only stand-ins."""
        if self._veil is None:
            return done
        who = ""
        if len(done.people) == 1:
            lines = self.now(partial(people.by_ids, ids=done.people))
            who = lines[0].name if lines else ""
        if not name:
            steps = self._ask(partial(history.steps, limit=1, before=done.command_id + 1))
            name = steps[0].name if steps else ""
        label = self._veil.step(name, done.label, done.count or len(done.people), who)
        return done._replace(label=label)

    def _act(self, act: Callable[[Bus], Model]) -> Model:
        try:
            return act(self._bus())
        finally:
            # Our own commit is no news; the reader notes it before it is asked anything else.
            self._reader.submit(self._ask, self._moved)

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


def _call(work: Callable[[], Model]) -> Model:
    return work()


def _in(
    thread: ThreadPoolExecutor, act: Callable[[Given], Model], given: Given
) -> asyncio.Future[Model]:
    loop = asyncio.get_running_loop()
    try:
        return loop.run_in_executor(thread, act, given)
    except RuntimeError as closed:  # the program is leaving, and so must who asks
        raise asyncio.CancelledError from closed
