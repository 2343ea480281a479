"""An import at work, and then what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Container

from core.errors import VitalfewError
from core.queries.counts import Counts, counts
from core.queries.details import TalkedWith, talked_with
from core.queries.duplicates import open_count
from core.queries.ghosts import ghost_count
from tui import safe
from tui.actions import BY_ID
from tui.messages import Compared
from tui.screens import import_plan_words as plan_words
from tui.screens import import_summary_words as summary_words
from tui.screens.book_screen import BookScreen
from tui.screens.ghosts import GhostsScreen
from tui.screens.import_plan import LOOK_SECONDS
from tui.screens.import_refused import show_refused
from tui.theme import LOUD, QUIET
from tui.widgets.ask import Confirm
from tui.widgets.row_list import Look, RowList
from tui.words import many

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content
    from textual.widget import Widget

    from tui.importing import Import
    from tui.screens.import_summary_words import Line

WRITING = """esc cancels: the book is then as it was before.
Meanwhile the other screens can be read."""


class SummaryScreen(BookScreen):
    """Does the import as soon as it is shown, and tells what came of it.

    Args:
        plan: the import, tried.
    """

    context: ClassVar[str] = "summary"
    tab: ClassVar[str] = "imports"
    stays: ClassVar[bool] = True
    CSS_PATH = "imports.tcss"

    def __init__(self, plan: Import) -> None:
        super().__init__()
        self._plan = plan
        self._said = ""
        self._numbers: tuple[Counts, TalkedWith, int, int] | None = None
        # Kept by name, as an import may end when the screen has lost its children already.
        look: Look[Line] = Look(self._line, empty=WRITING)
        self._list: RowList[Line] = RowList(look, "summary")
        self._told = safe.static(ident="told")

    def body(self) -> Iterable[Widget]:
        yield self._told
        with Container(id="plan"):
            yield self._list

    def on_mount(self) -> None:
        self._footer_words(0)
        self._list.focus()
        self._clock = self.set_interval(LOOK_SECONDS, self._tell)
        self.carry_out()

    async def load(self) -> None:
        await self._show()

    @work(group="import")
    async def carry_out(self) -> None:
        """Import; go back to the plan if it is cancelled or refused."""
        try:
            await self._plan.carry_out()
        except VitalfewError as error:
            self._said = error.sentence
            self.app.tell(error.sentence)
            if self.is_current:
                self.app.call_later(self.app.pop_screen)
            return
        finally:
            self._clock.pause()
        if not self.is_current:
            self.app.tell("the import is done: 7 shows what came")
        self.app.matching.want()
        self.app.tell_screens()
        await self._show()

    @on(Compared)
    async def compared(self, event: Compared) -> None:
        """Say how far the comparing is, or read what it found."""
        if self._numbers is not None and event.done is not None:
            self._told_lines()
        elif self._plan.result is not None:
            await self._show()

    async def _show(self) -> None:
        if self._plan.result is not None:
            read, count = self.app.backend.read, self.app.backend.count
            counted, talked = await read(counts), await read(talked_with)
            self._numbers = counted, talked, await read(open_count), await count(ghost_count)
            self._told_lines()
        self._tell()

    def _told_lines(self) -> None:
        report = self._plan.result
        if report is not None and self._numbers is not None:
            counted, talked, pairs, strangers = self._numbers
            alike = summary_words.alike(pairs, self.app.matching.done)
            self._footer_words(strangers)
            more = *summary_words.strangers(strangers), *alike
            self._list.load(summary_words.lines(self._plan, report, counted, talked, *more))
            self._list.repaint_rows()

    def _footer_words(self, strangers: int) -> None:
        hidden = {} if strangers else {BY_ID["log.ghosts"].footer: ""}
        self._footer.words = {"open": "go on", **hidden}

    def _tell(self) -> None:
        report = self._plan.result
        if self._said:
            safe.show(self._told, f" {self._said}", (" · q goes back to the plan", QUIET))
        elif report is None:
            said = plan_words.progress(self._plan, "importing")
            safe.show(self._told, (f" {said}", LOUD), (" · esc cancels", QUIET))
        else:
            lists = many(len(report.runs), "list")
            copy = " · the book was copied before" if report.copy else ""
            safe.show(self._told, (f" imported {lists}", LOUD), (copy, QUIET))

    @on(RowList.Chosen)
    def choose(self, event: RowList.Chosen) -> None:
        """Do what the line's key does."""
        if event.row.action:
            # Not from here: a screen that leaves would wait for its own handler to end.
            self.app.call_later(self.run_action, BY_ID[event.row.action].do)

    def action_ghosts(self) -> None:
        """List whom you talk with and who is not in the book."""
        self.app.push_screen(GhostsScreen())

    def action_refused(self) -> None:
        show_refused(self.app, self._plan.result.runs if self._plan.result else [])

    def action_take_back(self) -> None:
        self.take_back()

    @work(group="journal")
    async def take_back(self) -> None:
        """Take back every run of this import, after asking once."""
        report = self._plan.result
        if report is None:
            self.app.tell("esc cancels the import while it runs")
            return
        steps = summary_words.steps(report)
        if not steps:
            await self.app.take_back(None)
            return
        question = f"Take back this import?\n\n{summary_words.came(report)}."
        if not await self.app.push_screen_wait(Confirm(question, "take it back")):
            return
        try:
            for step in steps:
                await self.app.backend.undo(step, sure=True)
        except VitalfewError as error:
            self.app.tell(error.sentence, "error")
        else:
            self.app.tell("took back the import; ctrl+r does again, list by list")
            self._plan.result = None
            self._said = "this import was taken back"  # holds after a redo too
            self._footer_words(0)
            self._list.load(())
            self._list.empty = ""
        self.reload()

    def action_cancel(self) -> None:
        """Cancel while it runs."""
        if self._plan.result is None:
            self._plan.cancel()

    def _line(self, row: Line, width: int) -> Content:
        return summary_words.line(row, width, self.app.keys)
