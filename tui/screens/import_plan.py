"""What an import would change, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.containers import Container

from core.errors import VitalfewError
from tui import safe
from tui.screens import import_plan_words as plan_words
from tui.screens import import_talks
from tui.screens.book_screen import BookScreen
from tui.screens.import_plan_about import about
from tui.theme import LOUD, QUIET
from tui.widgets.ask import AskLine
from tui.widgets.key_footer import KeyFooter
from tui.widgets.row_list import Look, RowList
from tui.widgets.section_list import SectionList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from textual.content import Content
    from textual.widget import Widget

    from tui.importing import Import
    from tui.screens.import_plan_words import Row

LOOK_SECONDS: Final = 0.1
"""How often a running count is shown."""


class PlanScreen(BookScreen):
    """The runs that an import would make, each with what it would change.

    Args:
        plan: the import; it is tried when the screen is first shown.
    """

    context: ClassVar[str] = "plan"
    tab: ClassVar[str] = "imports"
    stays: ClassVar[bool] = True
    CSS_PATH = "imports.tcss"

    def __init__(self, plan: Import) -> None:
        super().__init__()
        self._plan = plan
        self._busy = False
        # Kept by name, as a count may end when the screen has lost its children already.
        look: Look[Row] = Look(
            self._line,
            header=plan_words.header,
            sign_of=lambda row: "✗" if row.run and plan.options(row.run.key).skip else "",
            empty=plan_words.READING,
        )
        self._list: SectionList[Row] = SectionList(look, plan_words.is_heading, "runs")
        self._told, self._about = safe.static(ident="told"), safe.static(ident="about")

    def body(self) -> Iterable[Widget]:
        yield self._told
        with Container(id="plan"):
            yield from (self._list, self._about)

    def on_mount(self) -> None:
        self._list.focus()
        self._clock = self.set_interval(LOOK_SECONDS, self._tell, pause=True)
        self.count_all()

    async def load(self) -> None:
        """Show what is planned; leave if it is done."""
        if self._plan.result is not None and self.is_current:
            self.app.call_later(self.app.pop_screen)  # which waits for this worker to end
            return
        self._show()

    @work(exclusive=True, group="plan")
    async def count_all(self) -> None:
        """Try the import as it is wished now; back to the lists if it cannot be tried at all."""
        first = not self._plan.runs
        if not await self._counted(self._plan.try_all):
            if first and self.is_current:
                self.app.call_later(self.app.pop_screen)
        elif first:
            self._list.action_edge(-1)

    async def _counted(self, trial: Callable[[], Awaitable[None]]) -> bool:
        self._busy = True
        self._clock.resume()
        self._tell()
        try:
            await trial()
        except VitalfewError as error:
            self.app.tell(error.sentence)
            return False
        finally:
            self._busy = False
            self._clock.pause()
            self._show()
        return True

    @on(RowList.Highlighted)
    def tell_about(self) -> None:
        """Say what is known of the run at the cursor."""
        row = self._list.row
        self.query_one(KeyFooter).words = {"open": plan_words.opens(row)}
        if row and row.run:
            told = about(row.run, self._plan, self.app.backend.clock.today())
            safe.show(self._about, told)
        else:
            safe.show(self._about, row.words if row else "")

    @on(RowList.Chosen)
    def choose(self, event: RowList.Chosen) -> None:
        """The details of a run, another country, or: go."""
        row: Row = event.row
        if row.key == plan_words.GO:
            self.action_bring_in()
        elif row.key == plan_words.REGION:
            self.ask_region()
        elif row.run:
            from tui.screens.import_details import DetailsScreen

            self.app.push_screen(DetailsScreen(self._plan, row.run.key))
        else:
            self.app.tell(row.words)

    @work(group="ask")
    async def ask_region(self) -> None:
        """Ask in which country numbers without one are."""
        hint = "two letters, such as CH; - leaves them as they are typed"
        ask = AskLine("numbers without a country are in", hint, plan_words.region)
        answer = await self.app.push_screen_wait(ask)
        if answer is not None:
            self._plan.name_region(answer)
            self.count_all()

    def action_leave_out(self) -> None:
        row = self._list.row
        if self._busy or row is None or row.run is None:
            return
        options = self._plan.options(row.run.key)
        self._plan.say(row.run.key, options._replace(skip=not options.skip))
        self._show()

    def action_bring_in(self) -> None:
        if self._busy:
            self.app.tell("it is still being counted; esc stops that")
        elif not self._plan.taken:
            self.app.tell("everything is left out: x takes a list in again")
        else:
            self.carry_out()

    @work(group="ask")
    async def carry_out(self) -> None:
        """Import, once it is known which of those who wrote is the user."""
        from tui.screens.import_summary import SummaryScreen

        if await import_talks.ask_owners(self.app, self._plan):
            self.app.push_screen(SummaryScreen(self._plan))
        else:
            self._show()

    def action_refused(self) -> None:
        from tui.screens.import_refused import show_refused

        show_refused(self.app, self._plan.runs)

    def action_cancel(self) -> None:
        """Stop counting."""
        if self._busy:
            self._plan.cancel()

    def on_unmount(self) -> None:
        self._plan.cancel()

    def _show(self) -> None:
        rows = plan_words.rows(self._plan)
        self._list.empty = plan_words.READING if self._busy else ""
        self._list.load(rows)
        self._list.repaint_rows()
        self._tell()
        self.tell_about()

    def _tell(self) -> None:
        if self._busy:
            said = plan_words.progress(self._plan, "reading")
            safe.show(self._told, (f" {said}", LOUD), (" · esc cancels", QUIET))
        else:
            safe.show(self._told, plan_words.told(self._plan), (" · i imports, q goes back", QUIET))

    def _line(self, row: Row, width: int) -> Content:
        today = self.app.backend.clock.today()
        return plan_words.line(row, width, self._plan, today)
