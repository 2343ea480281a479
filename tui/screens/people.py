"""Everybody in the book, one line each, and finding somebody."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Horizontal

from core.commands.set_tier import SetTier
from core.queries import counts, people, person
from tui import safe, words
from tui.screens.by_hand import ByHand
from tui.screens.people_found import Found, everybody
from tui.screens.people_row import HINT, PersonRow
from tui.screens.person_actions import Who
from tui.theme import LOUD, QUIET
from tui.widgets.person_brief import PersonBrief
from tui.widgets.row_list import Look, RowList
from tui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from core.bus import Done
    from core.queries.people import PersonLine
    from core.work import Command

_PAGE = 200
_TALKS = 40


class PeopleScreen(ByHand):
    """The list of people; beside it, where there is room, the person at the cursor."""

    context = "people"
    CSS_PATH = "people.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._found = Found()
        self._version = -1
        self._row = PersonRow()
        look = Look(self._row.render, header=self._row.header, empty="reading the book…")
        # Kept by name, as a reading may end when the screen has lost its children already.
        self._list: RowList[PersonLine] = RowList(look)
        self._box = SearchBox(HINT)
        self._hint = safe.static((f" / {HINT}", QUIET), ident="people--hint")
        self._count = safe.static(ident="people--count")
        self._brief = PersonBrief(card=True)

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="people--find"):
            yield from (self._box, self._hint, self._count)
        with Horizontal(id="people--panes"):
            yield from (self._list, self._brief)

    async def load(self) -> None:
        """Read everybody, unless nothing was written since they were read last."""
        backend = self.app.backend
        self._row.today = backend.clock.today()
        version = await backend.read(counts.changed_elsewhere)
        if version != self._version:
            if not self._found.everybody:
                self._take(await backend.read(partial(people.everybody, limit=_PAGE)))
            self._take(await backend.read(everybody))
            self._version = version
        self._show_person()

    def forget(self) -> None:
        self._version = -1

    async def write(self, command: Command, *, quiet: bool = False) -> Done | None:
        """Carry out a command; a tier is shown before it is in the book."""
        if isinstance(command, SetTier):
            self._found.file(frozenset(command.people), command.tier)
            self._version = -1
            self._listed()
        done = await super().write(command, quiet=quiet)
        if done:
            self._list.marks = frozenset()
            self._told()
        return done

    async def go_to(self, person: int) -> None:
        """Put the cursor on somebody who was just written, whatever was searched for."""
        self._found.find("")
        await self.load()
        self._listed()
        if self._box.text:
            self._box.clear()
        self._list.go_to(person)
        self._list.scroll_to(y=self._list.cursor - self._list.size.height // 2, animate=False)
        self._list.focus()

    def meant(self) -> Sequence[Who]:
        """The marked people, wherever they are; else the one at the cursor."""
        marked = sorted(one for one in self._list.marks if isinstance(one, int))
        if len(marked) == 1:
            return [Who(marked[0], self._found.name_of(marked[0]))]
        row = self._list.row
        return [Who(one, "") for one in marked] or ([Who(row.id, row.name)] if row else [])

    def _take(self, lines: Sequence[PersonLine]) -> None:
        self._found.load(lines)
        if marks := self._list.marks:
            self._list.marks = marks.intersection(line.id for line in lines)
        self._listed()

    def _listed(self, *, top: bool = False) -> None:
        """Show what is found now."""
        found = self._found
        self._row.find = found.words
        self._row.near = frozenset(line.id for line in found.near)
        nobody = words.NOBODY.format(safe.cut(found.text, 40))
        self._list.empty = nobody if found.wanted and found.everybody else words.EMPTY_BOOK
        self._list.load(found.rows, top=top)
        self.without_keys(*(() if found.everybody else words.FOR_SOMEBODY))
        self._told()

    def _told(self) -> None:
        """Write the numbers: how many of how many, how many are marked."""
        found, marked = self._found, len(self._list.marks)
        total = len(found.everybody)
        told = f"{total:,} {'person' if total == 1 else 'people'}"
        if found.wanted:
            near = f" and {len(found.near)} near" if found.near else ""
            told = f"{len(found.hits):,} of {total:,}{near}"
        marks = (f" · {marked:,} marked", LOUD) if marked else ""
        safe.show(self._count, told, marks, " ")
        self._hint.display = not self._box.display

    def on_search_box_changed(self, event: SearchBox.Changed) -> None:
        self._found.find(event.text)
        self._listed(top=True)
        self._look_near()

    def on_search_box_done(self) -> None:
        self._list.focus()
        self._told()

    def on_search_box_cleared(self) -> None:
        self._found.find("")
        self._listed()
        self._look_near()
        self._list.focus()

    @work(exclusive=True, group="near")
    async def _look_near(self) -> None:
        """Add those whose names are near, typos forgiven, where few are found."""
        if self._found.wants_near:
            query = partial(people.resembling, words=self._found.words)
            if self._found.hits:
                query = partial(query, least=people.VERY_NEAR)
            self._found.take_near(await self.app.backend.read(query))
            self._listed()

    @on(RowList.Highlighted)
    def _show_person(self) -> None:
        if not self.narrow:
            self._read_person(self._list.row)

    @work(exclusive=True, group="person")
    async def _read_person(self, row: PersonLine | None) -> None:
        view = None
        if row:
            query = partial(person.view, person=row.id, log_limit=_TALKS)
            view = await self.app.backend.read(query)
        self._brief.show(view, self.app.backend.clock.today(), card=True)

    def on_resize(self) -> None:
        self._show_person()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.open_person(event.row.id)

    def action_mark(self) -> None:
        self._list.toggle_mark()
        self._told()

    def action_find(self) -> None:
        self._box.open()
        self._told()

    def action_find_next(self, way: int) -> None:
        """Go to the next that is found, round the end; after `esc` too, among everybody."""
        self._list.cursor = self._found.next_hit(self._list.cursor, way)

    def action_cancel(self) -> None:
        """Clear the search; without one, the marks."""
        if self._box.text:
            self._box.clear()
        elif self._list.marks:
            self._list.marks = frozenset()
            self._told()
