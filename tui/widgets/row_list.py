"""The list: 100,000 rows on the line API, a cursor, marks, keys and the mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.message import Message

from tui.actions import LIST, bindings
from tui.widgets.row_canvas import RowCanvas
from tui.widgets.row_look import Look, Row

__all__ = ["Look", "RowList"]

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from textual import events
    from textual.binding import BindingType

_DOUBLE = 2


class RowList(RowCanvas[Row], can_focus=True):
    """A list whose rows are painted line by line.

    Args:
        look: how a row becomes a line, and what else there is to see.
        ident: the widget's id.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST)
    ALLOW_SELECT = False

    @dataclass
    class Event(Message):
        """Something that happened to a row: None stands for no row."""

        row_list: RowList[Any]
        row: Any

        @property
        def control(self) -> RowList[Any]:
            """The list, for `@on` with a selector."""
            return self.row_list

    class Highlighted(Event):
        """The cursor stands on another row, or on none."""

    class Chosen(Event):
        """Enter, or a second click, on a row."""

    @property
    def rows(self) -> Sequence[Row]:
        """What is listed; never changed in place. Setting it keeps the cursor on its row."""
        return self._rows

    @rows.setter
    def rows(self, rows: Sequence[Row]) -> None:
        self.load(rows)

    @property
    def row(self) -> Row | None:
        """The row at the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    @property
    def marks(self) -> frozenset[Hashable]:
        """The keys of the marked rows."""
        return self._marks

    @marks.setter
    def marks(self, keys: frozenset[Hashable]) -> None:
        self._marks = keys
        self.refresh()

    def load(self, rows: Sequence[Row], *, top: bool = False) -> None:
        """List other rows.

        Args:
            rows: any sequence that stays as it is.
            top: go to the first row; else stay on the row, or at its place if it is gone.
        """
        old = self.row
        at = 0 if top else max(0, min(self.cursor, len(rows) - 1))
        if old is not None and not top:
            at = self._find(rows, self._look.key_of(old), at)
        self._rows = rows
        self.set_reactive(RowList.cursor, at)
        self._resized()
        self.repaint_rows()
        self._follow()
        if self.row != old:
            self.post_message(self.Highlighted(self, self.row))

    def go_to(self, key: Hashable) -> bool:
        """Put the cursor on the row of this key; False where there is none."""
        if found := (at := self._find(self._rows, key, -1)) >= 0:
            self.cursor = at
        return found

    def toggle_mark(self) -> None:
        """Mark the row at the cursor or unmark it, and go to the next."""
        if (row := self.row) is not None:
            self.marks = self._marks ^ {self._look.key_of(row)}
            self.action_step(1)

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        self.refresh_line(old + self._top)
        self.refresh_line(new + self._top)
        self._follow()
        self.post_message(self.Highlighted(self, self.row))

    def on_resize(self) -> None:
        self._follow()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if (index := self.index_at(event.y)) >= 0:
            again = event.chain >= _DOUBLE or self._key(index) == self._clicked
            self.cursor = index
            self._clicked = self._key(index)
            if again:
                self.action_choose()

    def action_step(self, rows: int) -> None:
        self.cursor += rows

    def action_half_page(self, way: int) -> None:
        self.cursor += way * max(1, self.scrollable_content_region.height // 2)

    def action_edge(self, way: int) -> None:
        self.cursor = len(self._rows) if way > 0 else 0

    def action_choose(self) -> None:
        if (row := self.row) is not None:
            self.post_message(self.Chosen(self, row))

    def _find(self, rows: Sequence[Row], key: Hashable, default: int) -> int:
        """Where a key is; the likely place is looked at before all others."""
        if 0 <= default < len(rows) and self._look.key_of(rows[default]) == key:
            return default
        return next((at for at, row in enumerate(rows) if self._look.key_of(row) == key), default)
