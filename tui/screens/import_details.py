"""One list of an import: whose it is, what is taken of it, what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.containers import Container

from core.errors import UsageError, VitalfewError
from tui import safe
from tui.screens import import_columns, import_talks
from tui.screens import import_details_rows as rows
from tui.screens import import_plan_words as plan_words
from tui.screens.book_screen import BookScreen
from tui.screens.import_plan import LOOK_SECONDS
from tui.theme import LOUD, QUIET
from tui.widgets.ask import AskLine
from tui.widgets.choose import Choose
from tui.widgets.key_footer import KeyFooter
from tui.widgets.row_list import Look, RowList
from tui.widgets.section_list import SectionList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.content import Content
    from textual.widget import Widget

    from importers.choices import Options, RunKey
    from importers.run import RunReport
    from tui.importing import Import
    from tui.screens.import_details_rows import Detail
    from tui.widgets.choose import Option

    Parse = Callable[[str], tuple[str, str]]

_LONGEST = 2_000


class DetailsScreen(BookScreen):
    """What can be chosen of one run; each choice has it counted again.

    Args:
        plan: the import.
        key: the run.
    """

    context: ClassVar[str] = "details"
    tab: ClassVar[str] = "imports"
    stays: ClassVar[bool] = True
    CSS_PATH = "imports.tcss"

    def __init__(self, plan: Import, key: RunKey) -> None:
        super().__init__()
        self._plan, self._key = plan, key
        self._busy = False
        # Kept by name, as a count may end when the screen has lost its children already.
        look: Look[Detail] = Look(self._line)
        self._list: SectionList[Detail] = SectionList(look, rows.is_heading, "details")
        self._told, self._about = safe.static(ident="told"), safe.static(ident="about")

    def body(self) -> Iterable[Widget]:
        yield self._told
        with Container(id="plan"):
            yield from (self._list, self._about)

    def on_mount(self) -> None:
        self._list.focus()
        self._clock = self.set_interval(LOOK_SECONDS, self._tell, pause=True)

    async def load(self) -> None:
        self._show()

    @property
    def _run(self) -> RunReport:
        return next(run for run in self._plan.runs if run.key == self._key)

    @on(RowList.Highlighted)
    def tell_about(self) -> None:
        """Say in full what the row says, as far as there is room."""
        row = self._list.row
        if row is None:
            return
        head = (safe.cut(row.head, _LONGEST), QUIET)
        safe.show(self._about, head, "\n" if row.head else "", row.words)
        self.query_one(KeyFooter).words = {"open": "change" if row.act else "", "change": ""}

    @on(RowList.Chosen)
    def choose(self, event: RowList.Chosen) -> None:
        """Change what the row says."""
        self.change(event.row)

    def action_change(self) -> None:
        if (row := self._list.row) is not None:
            self.change(row)

    @work(group="ask")
    async def change(self, row: Detail) -> None:
        """Have the run done otherwise, and count it again."""
        names = {rows.LIST, rows.TIER, rows.COLUMN}  # what is chosen there is somebody's own
        if self._busy or (row.act in names and not self.only_unveiled()):
            return
        before = self._plan.options(self._key)
        wished = await self._wished(row, before)
        if wished is None or wished == before:
            return
        self._plan.say(self._key, wished)
        self.count_again(before)

    @work(exclusive=True, group="plan")
    async def count_again(self, before: Options) -> None:
        """Count the run as it is wished now; what makes no sense is taken back."""
        self._busy = True
        self._clock.resume()
        self._tell()
        try:
            await self._plan.try_one(self._key)
        except VitalfewError as error:
            self._plan.say(self._key, before)
            self.app.tell(error.sentence, "error")
        finally:
            self._busy = False
            self._clock.pause()
            self._show()

    async def _wished(self, row: Detail, options: Options) -> Options | None:
        """The options after a change; None if nothing is chosen."""
        run = self._run
        if (switched := rows.switched(row, run, options)) is not None:
            return switched
        match row.act:
            case rows.LIST:
                name = await self._asked("whose list is it?", rows.lists(self._plan, run), _name)
                return options._replace(source=name) if name else None
            case rows.TIER:
                field = await self._field(run)
                return options._replace(tier_field=field.strip("-")) if field else None
            case rows.COLUMN:
                said = {one.heading: one.role for one in run.columns}
                now = said[row.which]
                offered = import_columns.roles(now)
                role = await self._asked(row.which, offered, import_columns.role, now)
                return options._replace(columns={**said, row.which: role}) if role else None
            case import_talks.KEEP | import_talks.WHO:
                return await import_talks.wished(self.app, self._plan, run, row.act)
        return None

    async def _field(self, run: RunReport) -> str | None:
        """The field that states tiers; ``-`` for none, None if nothing is chosen."""
        title = "which field says A, B, C or D?"
        if not run.columns:
            return await self.app.push_screen_wait(AskLine(title, "its name; - for none", _name))
        choice = Choose(title, import_columns.headings(run.columns), run.taken.tier_field)
        return await self.app.push_screen_wait(choice)

    async def _asked(
        self, title: str, options: Sequence[Option[str]], parse: Parse, now: str | None = None
    ) -> str | None:
        """One of the options, or what is typed after the last of them; None for neither."""
        title, chosen = safe.cut(title, 60), cast("str | None", "")
        if len(options) > 1:
            chosen = await self.app.push_screen_wait(Choose(title, options, now))
        if chosen == "":
            ask = AskLine(title, "type it, then enter", parse)
            chosen = await self.app.push_screen_wait(ask)
        return chosen

    def action_cancel(self) -> None:
        """Stop counting."""
        if self._busy:
            self._plan.cancel()

    def _show(self) -> None:
        self._list.load(rows.details(self._plan, self._run))
        self._list.repaint_rows()
        self._tell()
        self.tell_about()

    def _tell(self) -> None:
        if self._busy:
            said = plan_words.progress(self._plan, "counting")
            safe.show(self._told, (f" {said}", LOUD), (" · esc cancels", QUIET))
            return
        run = self._run
        counts = plan_words.counts(run)
        safe.show(self._told, f" {run.title}: {counts}", (" · q goes back to the plan", QUIET))

    @staticmethod
    def _line(row: Detail, width: int) -> Content:
        return rows.line(row, width)


def _name(line: str) -> tuple[str, str]:
    if not (name := line.strip()):
        raise UsageError("type a name")
    return name, name
