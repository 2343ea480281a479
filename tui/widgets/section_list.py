"""A list with headings between its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.widgets.row_list import Look, RowList
from tui.widgets.row_look import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class SectionList(RowList[Row]):
    """A row list whose cursor passes over headings.

    Args:
        look: how a row becomes a line.
        is_heading: whether a row is one; it can be neither chosen nor marked.
        ident: the widget's id.
    """

    def __init__(
        self, look: Look[Row], is_heading: Callable[[Row], bool], ident: str | None = None
    ) -> None:
        super().__init__(look, ident)
        self._is_heading = is_heading

    def load(self, rows: Sequence[Row], *, top: bool = False) -> None:
        """List other rows; the cursor stands on none of the headings."""
        super().load(rows, top=top)
        self.cursor = self.validate_cursor(self.cursor)

    def validate_cursor(self, cursor: int) -> int:
        """The nearest row in the direction of the move, or in the other one."""
        at = super().validate_cursor(cursor)
        if not self._rows:
            return at
        on, back = range(at, len(self._rows)), range(at, -1, -1)
        ways = (on, back) if at >= self.cursor else (back, on)
        rows = (index for way in ways for index in way if not self._is_heading(self._rows[index]))
        return next(rows, at)

    def index_at(self, y: int) -> int:
        """Which row is on a line; -1 for none and for a heading."""
        index = super().index_at(y)
        return -1 if index >= 0 and self._is_heading(self._rows[index]) else index

    def action_choose(self) -> None:
        if (row := self.row) is not None and not self._is_heading(row):
            super().action_choose()
