"""Comparing entries beside the screens: in a process of its own, so that no key waits for it."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import core
from core.errors import VitalfewError
from tui.messages import Compared

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from tui.app import VitalfewApp

START_SECONDS: Final = 1.0
"""After the start of the screens: nothing is compared before they are painted."""
CHANGE_SECONDS: Final = 3.0
"""After an edit: several in a row are compared together."""
_KILL_SECONDS: Final = 0.5
_MOST_SAID: Final = 200
_SHOWN_ON: Final = frozenset({"merge", "triage"})
"""Contexts of screens that show who may be the same."""
_FAILED: Final = "the entries could not be compared"


class Matching:
    """Has the entries compared that wait for it, whenever somebody would look at the result.

    Args:
        app: whose book; its screens are told by `Compared`.
        on: whether anything is compared at all.
    """

    def __init__(self, app: VitalfewApp, *, on: bool) -> None:
        self.done: float | None = None
        """The part that is compared, 0 to 1; None while nothing is."""
        self._app, self._on = app, on
        self._timer: Timer | None = None
        self._wanted_again = False
        self._process: Process | None = None

    def want(self, seconds: float = 0.0) -> None:
        """Compare what waits for it, in so many seconds; a later wish replaces one before."""
        if not self._on:
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(max(seconds, 0.01), self._begin)

    def opened(self, context: str) -> None:
        """A screen is shown: what it shows should be up to date."""
        if context in _SHOWN_ON:
            self.want()

    def changed(self, context: str) -> None:
        """The book was written while a screen is shown."""
        if context in _SHOWN_ON:
            self.want(CHANGE_SECONDS)

    def stop(self) -> None:
        """End what is under way; nothing of it is written."""
        self._on = False
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.terminate()

    def _begin(self) -> None:
        if self.done is not None:
            self._wanted_again = True
        elif self._on:
            self.done = 0.0
            self._app.run_worker(self._compare(), group="matching")

    async def _compare(self) -> None:
        from core import duplicates  # what it needs is heavy, and the first paint does not

        backend = self._app.backend
        try:
            waits = await backend.read(duplicates.needed)
            if waits and not backend.importing:
                self._tell(0.0)
                await self._in_a_process()
        except (VitalfewError, OSError) as error:
            self._complain(getattr(error, "sentence", _FAILED))
        finally:
            self._tell(None)
            again, self._wanted_again = self._wanted_again, False
        if again:
            self.want(CHANGE_SECONDS)

    async def _in_a_process(self) -> None:
        # A session of its own: ctrl+c at the terminal is a key of the screens, not its end.
        process = self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "core.duplicates", str(self._app.backend.book.absolute())),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            env=_environment(),
            start_new_session=True,
        )
        try:
            said, _ = await asyncio.gather(_all_of(process), _lines(process, self._tell))
            code = await process.wait()
        finally:
            self._process = None
            await _end(process)
        if not code:
            self._app.look()
        elif self._on:
            self._complain(said)

    def _tell(self, done: float | None) -> None:
        self.done = done
        for screen in self._app.screen_stack:
            screen.post_message(Compared(done))

    def _complain(self, said: str) -> None:
        backend = self._app.backend
        if self._on and not backend.importing:  # an import has the book: it asks again at its end
            told = f"{_FAILED}: {said}" if said and said != _FAILED else _FAILED
            self._app.tell(_FAILED if backend.veiled else told, "warning")


async def _all_of(process: Process) -> str:
    """The last line of what a process complains of."""
    said = await process.stderr.read() if process.stderr else b""
    lines = said.decode("utf-8", "replace").split("\n")
    return next((line.strip()[:_MOST_SAID] for line in reversed(lines) if line.strip()), "")


async def _lines(process: Process, tell: Callable[[float], None]) -> None:
    """Pass on how far a process says it is, line by line."""
    while process.stdout and (line := await process.stdout.readline()):
        with suppress(ValueError):  # its last word is no number
            tell(min(max(float(line), 0.0), 1.0))


async def _end(process: Process) -> None:
    """Have a process ended, gently first."""
    for end in (process.terminate, process.kill):
        if process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            end()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _KILL_SECONDS)


def _environment() -> dict[str, str]:
    """Variables by which `-m` finds this very program, in a wheel too, and nothing beside it."""
    rooms = str(Path(core.__file__).parents[1])
    paths = [rooms, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONSAFEPATH": "1"}
