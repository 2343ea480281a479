"""What every screen over the book has: header, footer, reading again, and one way to write."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.getters import app as the_app
from textual.screen import Screen

from core.errors import VitalfewError
from core.queries.counts import changed_elsewhere, counts, to_merge
from tui.actions import BY_ID, bindings, key_name, keys_of
from tui.app import VitalfewApp
from tui.messages import BookChanged
from tui.widgets.header_tabs import HeaderTabs
from tui.widgets.key_footer import KeyFooter
from tui.widgets.person_brief import PersonBrief

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from core.bus import Done
    from core.work import Command

WIDE = 110
"""Cells from which a screen shows two panes."""
_REST = 4
"""Counting takes no more than a fifth of the time."""
SAMPLE = "sample book: nothing is kept"


class BookScreen(Screen[None]):
    """A screen over the book.

    A subclass says its `context`, yields its widgets in `body` and reads its model in `load`,
    which is called when the screen is shown and whenever something was written.
    """

    context: ClassVar[str] = ""
    """Whose keys live here: one of `tui.actions.SCREENS`."""
    tab: ClassVar[str] = ""
    """The screen of the header that is marked, where it is another than `context`."""
    stays: ClassVar[bool] = False
    """Whether the number of its screen comes back to it, and not to what lies below."""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    app = the_app(VitalfewApp)
    _writing = 0
    _had_keys: Widget | None = None

    def __init_subclass__(cls) -> None:
        """Bind the keys of the registry."""
        cls.BINDINGS = bindings(cls.context)
        super().__init_subclass__()

    @property
    def narrow(self) -> bool:
        """Whether there is room for one pane only."""
        return self.app.size.width < WIDE

    def body(self) -> Iterable[Widget]:
        """The widgets between header and footer."""
        raise NotImplementedError

    async def load(self) -> None:
        """Read what is shown; called off the first paint too, so be quick or await."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        self._tabs = header = HeaderTabs(self.tab or self.context, self.app.keys)
        header.extra = SAMPLE if self.app.sample else ""
        header.counts = self.app.counted
        header.veiled = self.app.backend.veiled
        yield header
        yield from self.body()
        self._footer = KeyFooter(self.context, self.app.keys)
        yield self._footer

    def without_keys(self, *words: str) -> None:
        """Leave these words out of the bottom line, as their keys would do nothing now."""
        self._footer.words = dict.fromkeys(words, "")

    @on(BookChanged)
    def on_book_changed(self) -> None:
        """Read again."""
        self.app.matching.changed(self.context)
        self.reload()

    def on_screen_resume(self, _event: events.ScreenResume) -> None:
        """Read again: something may have been written while another screen was shown."""
        self.app.matching.opened(self.context)
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read what is shown and the numbers of the header; the newest reading wins."""
        if self._writing:  # what is painted is ahead of the book; the last write reads again
            return
        if not self.is_current:  # it was left while it wrote: whoever is shown has read too early
            self.app.tell_screens()
        await self.load()
        self._hide(on=False)
        now = await self.app.backend.read(counts)
        self.count(now.unsorted)
        self._count_open()

    def veil_changed(self) -> None:
        """Hide what was read until it is read again, under the veil or without it."""
        self._tabs.veiled = self.app.backend.veiled
        self.workers.cancel_group(self, "load")
        self._hide(on=True)
        for brief in self.query(PersonBrief):
            brief.show(None, self.app.backend.clock.today(), card=False)
        self.forget()
        if self.is_current:
            self.reload()

    def forget(self) -> None:
        """Let go of what `load` would not read again by itself."""

    def only_unveiled(self) -> bool:
        """Whether there is no veil; says how to lift it if there is one."""
        if veiled := self.app.backend.veiled:
            key = key_name(keys_of(BY_ID["app.veil"], self.app.keys)[0])
            self.app.tell(f"lift the veil first: {key}")
        return not veiled

    def _hide(self, *, on: bool) -> None:
        if on:
            self._had_keys = self.focused or self._had_keys
        for child in self.children:
            if not isinstance(child, (HeaderTabs, KeyFooter)):
                child.visible = not on
        if not on and self._had_keys is not None:  # what is hidden loses the keys
            if self.focused is None:
                self.set_focus(self._had_keys)
            self._had_keys = None

    def count(self, unsorted: int) -> None:
        """Show how many people are unsorted beside the name of their screen."""
        self._number("triage", unsorted)

    @work(exclusive=True, group="open")
    async def _count_open(self) -> None:
        """Show how much there is to merge; a large book is counted when the keys rest."""
        app, read = self.app, self.app.backend.read
        if await read(changed_elsewhere) != app.counted_at:
            await asyncio.sleep(app.counting * _REST)
            began, version = monotonic(), await read(changed_elsewhere)
            self._number("merge", await read(to_merge))
            app.counted_at, app.counting = version, monotonic() - began

    def _number(self, tab: str, count: int) -> None:
        self.app.counted = {**self.app.counted, tab: count}
        self._tabs.counts = self.app.counted  # by name: a screen that is leaving has no children

    async def write(self, command: Command, *, quiet: bool = False) -> Done | None:
        """Carry out a command, say what was done, and read again.

        Args:
            command: any of `core.commands`.
            quiet: do not say it; the screen shows it already.

        Returns:
            What came of it, or None if it was refused; the sentence is shown.
        """
        self._writing += 1
        self.workers.cancel_group(self, "load")
        try:
            done = await self.app.backend.run(command)
        except VitalfewError as error:
            self.app.tell(error.sentence, "error")
            return None
        else:
            if not quiet:
                changed = "u takes it back" if done.command_id else "as it was already"
                self.app.tell(f"{done.label} — {changed}")
            self.app.matching.changed(self.context)
            return done
        finally:
            self._writing -= 1
            self.reload()

    def action_take_back(self) -> None:
        """Take back the newest step."""
        self.app.action_take_back()

    def action_cancel(self) -> None:
        """Nothing to cancel here; `esc` never leaves a screen."""
