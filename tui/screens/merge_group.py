"""The group that is shown: its head, the values to choose from, and what becomes of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.geometry import Size

from tui.screens import merge_rows, merge_says, merge_words
from tui.screens.merge_table import Table
from tui.widgets.row_list import Look, RowList
from tui.widgets.split_lines import SplitLines
from tui.widgets.value_list import ValueList

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import ComposeResult
    from textual.content import Content

    from tui.screens.merge_draft import Draft
    from tui.screens.merge_item import Item
    from tui.screens.merge_rows import Row
    from tui.screens.merge_sitting import Sitting

_FOOT = 3
_GUTTER = 3
_PADDING = 2


class MergeGroup(Vertical):
    """One thing to decide, whole."""

    def __init__(self) -> None:
        super().__init__(id="now")
        look: Look[Row] = Look(self._line, gutter=_GUTTER)
        self.values: ValueList[Row] = ValueList(look, merge_rows.is_passed, "values")
        self._head, self._foot = SplitLines("head"), SplitLines("foot")
        self._table = Table()
        self._told: tuple[str, ...] = ()
        self._room = Size(78, 15)
        self._again: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        yield from (self._head, self.values, self._foot)

    def show(  # noqa: PLR0913 — each is one thing
        self,
        item: Item,
        draft: Draft | None,
        sitting: Sitting,
        today: date,
        *,
        equal: bool,
        top: bool,
    ) -> None:
        """Show what is decided of one; what is still being read is left empty.

        Args:
            item: what it is.
            draft: what is chosen; None while it is read.
            sitting: the queue that it is in.
            today: what days are told from.
            equal: show what is equal, too.
            top: the cursor goes to the first value that shows.
        """
        self._again = partial(self.show, item, draft, sitting, today, equal=equal, top=False)
        rows: list[Row] = []
        self._told = ()
        if draft:
            base = item.question.base if item.question else None
            room = self._seen().height
            rows = merge_rows.rows(draft, today, equal=equal, base=base, room=room)
            told = merge_words.told(draft, equal=equal)
            self._told = merge_says.ASKED if item.question else told
        if len(rows) > self._seen().height:
            rows = [row for row in rows if row.kind != merge_rows.GAP]
        self._table = Table(rows)
        self.values.empty = ""
        self.values.load(rows, top=top)
        if top:
            shown = (row.key for row in rows if row.mark == merge_rows.CHOSEN)
            self.values.go_to(next(shown, ""))
        self._head.show(merge_words.head(item, sitting, draft, self._seen().width))
        self.paint_foot()

    def show_nothing(self, why: str) -> None:
        """Say that nothing is open, and what to do next."""
        self._told, self._again = (), None
        self._head.show(())
        self.values.empty = why
        self.values.load((), top=True)
        self.paint_foot()

    def on_resize(self) -> None:
        if self._again:
            self.call_after_refresh(self._again)  # once the parts have their sizes, too

    @on(RowList.Highlighted, "#values")
    def paint_foot(self) -> None:
        """Below the values: the one at the cursor, where it is cut, and what becomes of all."""
        row, width = self.values.row, self._seen().width
        whole = self._table.cut(row, width + _PADDING - _GUTTER) if row else ""
        self._foot.show(merge_words.foot(self._told, whole, width, _FOOT))

    def _seen(self) -> Size:
        """Cells of a line of head and foot, and lines of values; hidden by the veil, as before."""
        if self._head.size.width:
            self._room = Size(self._head.size.width, self.values.size.height)
        return self._room

    def _line(self, row: Row, width: int) -> Content:
        return self._table.line(row, width)
