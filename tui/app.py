"""The application: which screens there are, the theme, and the keys that work everywhere."""

from __future__ import annotations

import asyncio
import os
import signal
import traceback
from contextlib import suppress
from textwrap import wrap
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.worker import WorkerFailed

from core.clock import Clock, SystemClock
from core.errors import DecisionNeededError, NotFoundError, VitalfewError
from core.queries import history
from core.settings import Settings, settings_path
from core.settings_file import SettingsFile
from core.text import visible
from tui import keymap, safe, theme
from tui.actions import BY_ID
from tui.backend import Backend
from tui.matching import START_SECONDS, Matching
from tui.messages import BookChanged
from tui.palette import Actions
from tui.screens import lazily
from tui.typeahead import TypeAhead

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.bus import Done

POLL_SECONDS = 1.0
WARM_UP_SECONDS = 0.3
LEAVE_SECONDS = 2.0


class VitalfewApp(TypeAhead):
    """The screens over one book.

    Args:
        book: the file of the book.
        settings: the user's choices.
        clock: today and now.
        sample: the book is the sample book; the header says so.
        start: the first screen.
        veiled: begin under the veil.
        matching: compare entries in the background, whenever some wait for it.

    Raises:
        BookError: the book cannot be used.
    """

    TITLE = "vitalfew"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar = {Actions}
    MODES: ClassVar = {
        "focus": lazily("focus", "FocusScreen"),
        "triage": lazily("triage", "TriageScreen"),
        "merge": lazily("merge", "MergeScreen"),
        "people": lazily("people", "PeopleScreen"),
        "log": lazily("log", "LogScreen"),
        "balance": lazily("eighty_twenty", "EightyTwentyScreen"),
        "imports": lazily("imports", "ImportsScreen"),
        "undo": lazily("undo", "UndoScreen"),
        "settings": lazily("settings", "SettingsScreen"),
    }
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    deaf_seconds: ClassVar[float] = 0.15
    """How long a verdict key does nothing after another person has come under it."""

    def __init__(  # noqa: PLR0913 — each is one thing
        self,
        book: Path,
        settings: Settings | None = None,
        clock: Clock | None = None,
        *,
        sample: bool = False,
        start: str = "focus",
        veiled: bool = False,
        matching: bool = False,
    ) -> None:
        # The first screen is the first thing to be painted: no empty one flashes up before it.
        self.DEFAULT_MODE = start  # type: ignore[misc]
        super().__init__()
        self.backend = Backend(book, settings or Settings(), clock or SystemClock())
        self.backend.veil(on=veiled)
        self.settings_file = SettingsFile(settings_path(), kept=not sample)
        self.sample = sample
        self.counted: dict[str, int] = {}
        self.counted_at = -1
        self.counting = 0.0
        self.matching = Matching(self, on=matching)
        checked = keymap.check(self.backend.settings.keys)
        self.keys = checked.keys
        self._complaints = checked.complaints
        self._today = self.backend.clock.today()
        theme.install(self, self.backend.settings.theme)

    async def on_event(self, event: events.Event) -> None:
        """Take what is pasted as it is shown: the box of the palette would pass it on."""
        if isinstance(event, events.Paste):
            event.text = visible(event.text, lines=True)
        await super().on_event(event)

    def on_mount(self) -> None:
        self.set_keymap(self.keys)
        for complaint in self._complaints:
            safe.notice(self, complaint, "warning", seconds=12)
        self.set_timer(WARM_UP_SECONDS, self.backend.warm_up)
        self.set_timer(WARM_UP_SECONDS, self.follow_settings)
        self.matching.want(START_SECONDS)
        self.set_interval(POLL_SECONDS, self.look)
        if not self.is_headless:
            self._leave_on_signals()

    def on_unmount(self) -> None:
        self.matching.stop()
        self.backend.close()

    @work(group="look")  # not exclusive: a look that is cancelled has taken its news with it
    async def look(self) -> None:
        """Have the screens read again if another program wrote, or a new day has begun."""
        today, self._today = self._today, self.backend.clock.today()
        if await self.backend.changed() or today != self._today:
            self.tell_screens()

    @work(group="follow")
    async def follow_settings(self) -> None:
        """Have the book follow settings that were changed in an editor since it was open last."""
        with suppress(VitalfewError):  # an import is running: the next start follows them
            if await self.backend.follow():
                self.tell_screens()

    def tell(self, sentence: str, severity: safe.Severity = "information") -> None:
        """Say one sentence in the corner, in place of the one before."""
        for screen in self.screen_stack[-1:]:  # none any more while the program ends
            screen.query("ToastHolder").remove()  # Textual leaves it, and it would cover a line
        self.clear_notifications()
        safe.notice(self, sentence, severity)

    def tell_screens(self) -> None:
        """Let the screen that is shown read the book again; the others do when they are back."""
        self.screen.post_message(BookChanged())

    async def action_goto(self, name: str) -> None:
        """Show one of the screens, at its own list; an import, as far as it has come."""
        if self.current_mode != name:
            await self.switch_mode(name)
        while len(self.screen_stack) > 1 and not getattr(self.screen, "stays", False):
            await self.pop_screen()

    @work(group="journal")
    async def action_take_back(self) -> None:
        """Take back the newest step; ask first where the bus says so."""
        await self.take_back(None)

    async def take_back(self, command_id: int | None) -> None:
        """Take back a step of the journal, the newest by default, asking where it needs a yes.

        Call it from a worker: it waits for the answer.
        """
        from tui.widgets.ask import Confirm

        try:
            # The step is named before it is asked about: another program may write meanwhile.
            step = command_id or await self._newest()
            try:
                done = await self.backend.undo(step)
            except DecisionNeededError as question:
                if not await self.push_screen_wait(Confirm(question.sentence, "take it back")):
                    return
                done = await self.backend.undo(step, sure=True)
        except VitalfewError as error:
            self.tell(error.sentence)
            return
        self._told("took back", done)

    async def _newest(self) -> int:
        step = await self.backend.read_written(history.newest)
        if step is None:
            raise NotFoundError("nothing to take back")
        return step.id

    @work(group="journal")
    async def action_do_again(self) -> None:
        """Do again what was taken back last."""
        try:
            self._told("did again", await self.backend.redo())
        except VitalfewError as error:
            self.tell(error.sentence)

    async def action_leave(self) -> None:
        """Back: from a person to the list, from a list to Focus, from Focus out."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        elif self.current_mode != "focus":
            await self.action_goto("focus")
        else:
            self.exit()

    def action_veil(self) -> None:
        """Show stand-ins for all that is somebody's own, or the real words again."""
        from tui.screens.book_screen import BookScreen

        on = not self.backend.veiled
        self.backend.veil(on=on)
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, BookScreen):
                    screen.veil_changed()
        self.tell("veiled: all names, numbers and texts are stand-ins" if on else "unveiled")

    def action_help(self) -> None:
        """The keys of the screen that is shown."""
        from tui.screens.help import HelpScreen

        context = str(getattr(self.screen, "context", "focus"))
        tab = BY_ID.get(f"go.{getattr(self.screen, 'tab', '') or context}")
        title = tab.title if tab else context.capitalize()
        self.push_screen(HelpScreen(context, title, self.keys))

    def _told(self, verb: str, done: Done) -> None:
        self.tell(f"{verb}: {done.label}")
        self.tell_screens()

    def _leave_on_signals(self) -> None:
        """End well when the terminal is closed: what was begun is written first."""
        loop = asyncio.get_running_loop()

        def leave(number: int, _frame: object) -> None:
            loop.call_soon_threadsafe(self.exit, None, 128 + number)
            # Writing to a terminal that is gone may block for ever.
            Thread(target=self._leave_anyway, args=(128 + number,), daemon=True).start()

        for name in ("SIGHUP", "SIGTERM"):
            # Windows has no SIGHUP, and only the main thread may ask.
            with suppress(AttributeError, ValueError):
                signal.signal(getattr(signal, name), leave)

    def _leave_anyway(self, code: int) -> None:
        sleep(LEAVE_SECONDS)
        self.backend.finish()
        os._exit(code)

    def _fatal_error(self) -> None:
        """End on a defect without printing local variables, which hold people's words."""
        error: BaseException | None = self._exception
        while isinstance(error, WorkerFailed):
            error = error.error
        if isinstance(error, VitalfewError):
            told = error.sentence
        else:
            trace = traceback.extract_tb(error.__traceback__) if error else None
            at = f" at {_base(trace[-1].filename)}:{trace[-1].lineno}" if trace else ""
            told = f"vitalfew stopped on a defect ({type(error).__name__}{at}); the book is safe."
        # Rich cuts what is printed at the end; nobody could scroll to the rest.
        self._exit_renderables.append(safe.lines("\n".join(wrap(told, 76))))
        self._close_messages_no_wait()


def _base(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def run(app: Callable[[], VitalfewApp]) -> int:
    """Show the screens until the user leaves.

    Returns:
        The exit code of the process.
    """
    shown = app()
    shown.run()
    return shown.return_code or 0
