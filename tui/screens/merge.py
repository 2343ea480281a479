"""Merge: one group of entries at a time, where they differ, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal

from tui.screens import merge_says
from tui.screens.merge_deeds import MergeDeeds
from tui.screens.merge_group import MergeGroup
from tui.screens.merge_item import Item
from tui.screens.merge_queue import QueueRow, is_heading, key_of, queue_line, queue_rows
from tui.screens.person_actions import Who
from tui.widgets.key_footer import KeyFooter
from tui.widgets.row_list import Look, RowList
from tui.widgets.search_box import SearchBox
from tui.widgets.section_list import SectionList
from tui.widgets.value_list import ValueList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content
    from textual.widget import Widget

    from tui.screens.merge_item import Key
    from tui.screens.merge_rows import Row


class MergeScreen(MergeDeeds):
    """The queue, and of one group the values to choose from."""

    CSS_PATH = "merge.tcss"
    AUTO_FOCUS = ""
    context: ClassVar[str] = "merge"

    def __init__(self) -> None:
        super().__init__()
        self._shown: Key = ()
        self._lined_up: Sequence[Item] | None = None
        # Kept by name, as a reading may end when the screen has lost its children already.
        self._group = MergeGroup()
        self._values = self._group.values
        queue: Look[QueueRow] = Look(self._queue_line, key_of=key_of, gutter=2)
        self._queue: SectionList[QueueRow] = SectionList(queue, is_heading, "queue")
        self._box = SearchBox("name  org:globex  source:linkedin  tier:a", "find")

    def body(self) -> Iterable[Widget]:
        yield self._box
        with Horizontal(id="merge"):
            yield from (self._queue, self._group)

    def on_mount(self) -> None:
        self._values.focus()

    @property
    def row(self) -> Row | None:
        return self._values.row

    def paint(self) -> None:
        item = self.sitting.current
        key = item.key if item else ()
        if other := key != self._shown:
            self.brought()
            if self.draft or item is None:  # until it is read, there is nothing to put a cursor on
                self._shown = key
        if self._lined_up is not self.sitting.open:
            self._lined_up = self.sitting.open
            self._queue.load(queue_rows(self.sitting))
            self._box.note(f"{len(self.sitting.open):,} of {self.sitting.all:,}")
        if item and key_of(self._queue.row or "") != key:
            self._queue.go_to(key)
        today = self.app.backend.clock.today()
        if item:
            shown = {"equal": self.equal_shown, "top": other}
            self._group.show(item, self.draft, self.sitting, today, **shown)
        elif self.is_read:
            progress = None if self.compared is None else (self.waiting, self.compared)
            nothing = merge_says.nothing(self.sitting, progress, people=self.people)
            self._group.show_nothing(nothing)
        self._paint_footer()

    def _paint_footer(self) -> None:
        for footer in self.query(KeyFooter):
            footer.words = merge_says.footer(
                self.sitting, self.draft, queue=self._queue.has_focus, hidden=self.hidden
            )

    def meant(self) -> Sequence[Who]:
        row, item = self._values.row, self.sitting.current
        if item is None:
            return []
        person = (row.person if row else 0) or item.people[0]
        line = self.sitting.lines.get(person)
        return [Who(person, line.name if line else "")]

    def mark(self, row: Row) -> None:
        self.paint()
        self._values.go_to(row.key)

    @property
    def hidden(self) -> bool:
        return self._queue.has_focus and self.narrow

    def action_equal(self) -> None:
        """Show what is equal too, or hide it again."""
        self.equal_shown = not self.equal_shown
        self.paint()

    def action_person(self) -> None:
        """Everything known of the one at the cursor."""
        for who in self.meant():
            self.open_person(who.id)

    def action_queue(self) -> None:
        """Into the queue, and back to the values."""
        self._to_values(on=self._queue.has_focus or not self.sitting.open)

    def _to_values(self, *, on: bool) -> None:
        self.set_class(not on and self.narrow, "-queue")
        (self._values if on else self._queue).focus()
        self.call_after_refresh(self.paint)

    @on(RowList.Highlighted, "#queue")
    def walk(self, event: RowList.Highlighted) -> None:
        """Show what the cursor of the queue stands on."""
        if self._queue.has_focus and isinstance(event.row, Item):
            self.sitting.go_to(event.row.key)
            self.step()

    @on(RowList.Chosen, "#queue")
    def back_to_values(self) -> None:
        """The keys belong to the values."""
        self._to_values(on=True)

    @on(RowList.Chosen, "#values")
    async def decide(self) -> None:
        """Enter decides, wherever the cursor stands."""
        await self.action_accept()

    @on(ValueList.Picked)
    def pick(self, event: ValueList.Picked) -> None:
        """A click marks a value, or takes somebody out of the group."""
        self.take(event.row)

    def bring(self, *who: int) -> None:
        if self.sitting.words:
            self._box.clear()  # whom it is about need not answer to the words
        super().bring(*who)

    def action_find(self) -> None:
        self._box.open()

    def action_cancel(self) -> None:
        if self._queue.has_focus:
            self._to_values(on=True)
        elif self.sitting.words:
            self._box.clear()
        else:
            super().action_cancel()

    @on(SearchBox.Changed)
    def find(self, event: SearchBox.Changed) -> None:
        """Leave only those in whom somebody answers to the words."""
        self.sitting.narrow(event.text)
        self.step()

    @on(SearchBox.Cleared)
    def find_no_more(self) -> None:
        """Everything is in the queue again."""
        self.sitting.narrow("")
        self._to_values(on=True)
        self.step()

    @on(SearchBox.Done)
    def back_from_box(self) -> None:
        """The keys belong to the values."""
        self._to_values(on=True)

    def _queue_line(self, row: QueueRow, width: int) -> Content:
        return queue_line(row, width, self.sitting)
