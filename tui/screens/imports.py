"""Bring people in: what lies on this machine, and where to get the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Container

from core.errors import VitalfewError
from tui import importing, safe
from tui.screens import import_rows
from tui.screens.book_screen import BookScreen
from tui.widgets.ask_path import AskPath
from tui.widgets.guide_card import GuideCard, steps
from tui.widgets.key_footer import KeyFooter
from tui.widgets.row_list import Look, RowList
from tui.widgets.section_list import SectionList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from textual.content import Content
    from textual.widget import Widget

    from importers.discover import Found
    from tui.screens.import_rows import Row


class ImportsScreen(BookScreen):
    """The lists that were found, and the guides to the others."""

    context: ClassVar[str] = "imports"
    CSS_PATH = "imports.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[Found] | None = None
        self._all_wanted = False
        self._last: importing.Import | None = None
        # Kept by name, as a look may end when the screen has lost its children already.
        look: Look[Row] = Look(self._line, header=import_rows.header)
        self._list: SectionList[Row] = SectionList(look, import_rows.is_heading, "lists")
        self._told, self._beside = safe.static(ident="told"), safe.static(ident="beside")

    def body(self) -> Iterable[Widget]:
        yield self._told
        with Container(id="panes"):
            yield from (self._list, self._beside)

    def on_mount(self) -> None:
        self._show()
        self._list.focus()
        self.action_look()

    async def load(self) -> None:
        self._list.repaint_rows()  # another day may have begun, or the veil is on
        self.tell_about()
        if self._last and self._last.result:
            self._last = None
            self.action_cancel()  # what was marked is imported

    @work(exclusive=True, group="look-through")
    async def action_look(self) -> None:
        """Look through this machine again."""
        self._found = None
        self._show()
        try:
            found = await importing.on_this_machine(self.app.backend)
        except VitalfewError as error:
            self._found = ()
            self.app.tell(error.sentence, "error")
        else:
            self._found = found
        if self._all_wanted:
            self.action_mark_all()
        first = not self._list.cursor or self._list.row is None or self._list.row.guide is not None
        self._show(top=first)

    @on(RowList.Highlighted)
    def tell_about(self) -> None:
        """Say beside the list what the row at the cursor is, and below what enter does."""
        row = self._list.row
        open_ = "show how" if row and row.guide else "take"
        self.query_one(KeyFooter).words = {"open": open_}
        if row is None:
            return
        room = max(20, self.size.width * 2 // 5 - 6)
        told = steps(row.guide, room) if row.guide else self._about(row)
        safe.show(self._beside, told)

    @on(RowList.Chosen)
    def choose(self, event: RowList.Chosen) -> None:
        """Show a guide, or what the marked lists, or this one, would change."""
        row: Row = event.row
        if row.guide:
            self.app.push_screen(GuideCard(row.guide))
        elif row.found:
            marked = [one.path for one in self._found or () if f"file {one.path}" in self._marks]
            self._take(marked or [row.found.path])

    def action_mark(self) -> None:
        if (row := self._list.row) and row.found:
            self._list.toggle_mark()
            self._tell()

    def action_mark_all(self) -> None:
        self._all_wanted = self._found is None
        every = frozenset(f"file {one.path}" for one in self._found or ())
        self._list.marks = frozenset() if self._marks >= every else every
        self._tell()

    def action_how(self) -> None:
        """Show how to get a list like the one at the cursor."""
        row = self._list.row
        kind = row.found.kind if row and row.found else ""
        guides = [one.guide for one in self._list.rows if one.guide]
        guide = row.guide if row and row.guide else None
        guide = guide or next((one for one in guides if kind in one.formats), None)
        if guide:
            self.app.push_screen(GuideCard(guide))
        else:
            self.app.tell("this one lies where its program keeps it; there is nothing to fetch")

    @work(group="ask")
    async def action_path(self) -> None:
        """Ask where another file lies."""
        if not self.only_unveiled():  # completing shows what files are called
            return
        path = await self.app.push_screen_wait(AskPath("a file, folder or archive", "~/"))
        if path:
            self._take([path])

    def action_cancel(self) -> None:
        """Take the marks away."""
        self._list.marks = frozenset()
        self._tell()

    def on_resize(self) -> None:
        self.tell_about()

    @property
    def _marks(self) -> frozenset[object]:
        return frozenset(self._list.marks)

    def _take(self, paths: Sequence[Path]) -> None:
        from tui.screens.import_plan import PlanScreen

        self._last = importing.Import(self.app.backend, paths)
        self.app.push_screen(PlanScreen(self._last))

    def _show(self, *, top: bool = False) -> None:
        self._list.load(import_rows.rows(self._found), top=top)
        there = {row.key for row in self._list.rows}
        self._list.marks = frozenset(mark for mark in self._marks if mark in there)
        self._tell()
        self.tell_about()

    def _tell(self) -> None:
        safe.show(self._told, import_rows.told(self._found, len(self._marks)))

    @property
    def _today(self) -> date:
        return self.app.backend.clock.today()

    def _line(self, row: Row, width: int) -> Content:
        return import_rows.line(self._shown(row), width, self._today)

    def _about(self, row: Row) -> Content:
        return import_rows.about(self._shown(row), self._today)

    def _shown(self, row: Row) -> Row:
        return row._replace(found=self.app.backend.shown(row.found))
