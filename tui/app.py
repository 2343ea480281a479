"""The application: which screens there are, the theme, and the keys that work everywhere."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App

from core.clock import Clock, SystemClock
from core.errors import DecisionNeededError, VitalfewError
from core.settings import Settings
from tui import keymap, safe, theme
from tui.backend import Backend
from tui.messages import BookChanged
from tui.palette import Actions
from tui.screens import lazily

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.screen import Screen

    from core.bus import Done

POLL_SECONDS = 1.0


class VitalfewApp(App[None]):
    """The screens over one book.

    Args:
        book: the file of the book.
        settings: the user's choices.
        clock: today and now.
        sample: the book is the sample book; the header says so.
        start: the first screen.

    Raises:
        BookError: the book cannot be used.
    """

    TITLE = "vitalfew"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar = {Actions}
    MODES: ClassVar = {
        "focus": lazily("focus", "FocusScreen"),
        "triage": lazily("triage", "TriageScreen"),
        "people": lazily("people", "PeopleScreen"),
        "undo": lazily("undo", "UndoScreen"),
    }
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self,
        book: Path,
        settings: Settings | None = None,
        clock: Clock | None = None,
        *,
        sample: bool = False,
        start: str = "focus",
    ) -> None:
        super().__init__()
        self.backend = Backend(book, settings or Settings(), clock or SystemClock())
        self.sample = sample
        self._start = start
        checked = keymap.check(self.backend.settings.keys)
        self.keys = checked.keys
        self._complaints = checked.complaints

    def on_mount(self) -> None:
        theme.install(self, self.backend.settings.theme)
        self.set_keymap(self.keys)
        self.switch_mode(self._start)
        for complaint in self._complaints:
            safe.notice(self, complaint, "warning", seconds=12)
        self.set_timer(0.3, self.backend.warm_up)
        self.set_interval(POLL_SECONDS, self.look)

    def on_unmount(self) -> None:
        self.backend.close()

    @work(exclusive=True, group="look")
    async def look(self) -> None:
        """Have the screens read again if anything was written, by whomever."""
        if await self.backend.changed():
            self.tell_screens()

    def tell_screens(self) -> None:
        """Let the screen that is shown read the book again; the others do when they are back."""
        self.screen.post_message(BookChanged())

    async def action_goto(self, name: str) -> None:
        """Show one of the screens, at its own list."""
        if self.current_mode != name:
            await self.switch_mode(name)
        while len(self.screen_stack) > 1:
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
            done = await self.backend.undo(command_id)
        except DecisionNeededError as question:
            if not await self.push_screen_wait(Confirm(question.sentence, "take it back")):
                return
            done = await self.backend.undo(command_id, sure=True)
        except VitalfewError as error:
            safe.notice(self, error.sentence)
            return
        self._told("took back", done)

    @work(group="journal")
    async def action_do_again(self) -> None:
        """Do again what was taken back last."""
        try:
            self._told("did again", await self.backend.redo())
        except VitalfewError as error:
            safe.notice(self, error.sentence)

    async def action_leave(self) -> None:
        """Back: from a person to the list, from a list to Focus, from Focus out."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        elif self.current_mode != "focus":
            await self.action_goto("focus")
        else:
            self.exit()

    def action_help(self) -> None:
        """The keys of the screen that is shown."""
        from tui.screens.help import HelpScreen

        context = str(getattr(self.screen, "context", "focus"))
        self.push_screen(HelpScreen(context, context.capitalize(), self.keys))

    def _told(self, verb: str, done: Done) -> None:
        safe.notice(self, f"{verb}: {done.label}")
        self.tell_screens()

    def _fatal_error(self) -> None:
        """End on a defect without printing local variables, which hold people's words."""
        import sys

        kind, _value, trace = sys.exc_info()
        where = traceback.extract_tb(trace)[-1] if trace else None
        at = f" at {where.filename.rpartition('/')[2]}:{where.lineno}" if where else ""
        name = kind.__name__ if kind else "an error"
        self._close_messages_no_wait()
        self._exit_renderables.append(
            safe.text(f"vitalfew stopped on a defect ({name}{at}); the book is safe.")
        )
        self._return_code = 1


def run(app: Callable[[], VitalfewApp]) -> int:
    """Show the screens until the user leaves.

    Returns:
        The exit code of the process.
    """
    shown = app()
    shown.run()
    return shown.return_code or 0


__all__ = ["VitalfewApp", "run"]
_: type[Screen[None]] | None = None
