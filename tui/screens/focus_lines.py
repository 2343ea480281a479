"""The lines round the day's list: the day in numbers, old lists, what the day brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.getters import app as the_app

from core.queries.brought import Brought
from tui import safe
from tui.app import VitalfewApp
from tui.screens import focus_words
from tui.theme import LOUD
from tui.widgets.key_line import KeyLine, Piece
from tui.widgets.row_list import Look, RowList
from tui.widgets.told import Told
from tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from core.queries.focus import FocusDay
    from core.rules.focus import FocusRow

_MOST_ROWS = 10
_MOST_LINES = 4


class Summary(KeyLine):
    """The line under the tabs."""

    day: FocusDay | None = None

    def pieces(self, width: int) -> tuple[Piece, ...]:
        """The day in numbers."""
        return focus_words.summary(self.day, width) if self.day else ()


class StaleLine(KeyLine):
    """Which lists have grown old; not there while none has."""

    def tell(self, day: FocusDay) -> None:
        """Tell of another day."""
        self._pieces = focus_words.stale(day)
        self.display = bool(self._pieces)
        self.refresh()


class BroughtLines(Told):
    """What a finished day brought; not there before."""

    DEFAULT_CSS = "BroughtLines { display: none; margin: 1 0 0 0; }"

    def __init__(self) -> None:
        super().__init__(self._lines, "brought")
        self._found = Brought()

    def tell(self, found: Brought) -> None:
        """Tell of another day; of one that is not finished, nothing."""
        self._found = found
        self.display = bool(found.people)
        self.styles.height = len(self._wrapped(self.app.size.width - 2))
        self.refresh()

    def _lines(self, width: int) -> Content:
        return safe.join([safe.line(" ", (line, LOUD)) for line in self._wrapped(width - 2)])

    def _wrapped(self, width: int) -> list[str]:
        return list(wrapped(focus_words.brought(self._found), width))[:_MOST_LINES]


class Few(RowList["FocusRow"]):
    """The day's rows, each with the hour where they are."""

    app = the_app(VitalfewApp)

    def __init__(self) -> None:
        look = Look(self._line, sign_of=lambda row: "✓" if row.done else "", gutter=3)
        super().__init__(look, "few")
        self._cells = focus_words.Cells()

    def tell(self, rows: Sequence[FocusRow], *, narrow: bool) -> None:
        """List the rows of a day; in small windows in no more lines than they need."""
        self._cells = focus_words.columns(rows, self.app.backend.clock.now())
        self.load(rows)
        self.repaint_rows()
        self.styles.height = min(len(rows), _MOST_ROWS) if rows and narrow else "1fr"

    def next_open(self, at: int) -> None:
        """Put the cursor on the next row that is not done, from this place on and round."""
        open_ones = (row.id for row in (*self.rows[at:], *self.rows[:at]) if not row.done)
        if (found := next(open_ones, None)) is not None:
            self.go_to(found)

    def _line(self, row: FocusRow, width: int) -> Content:
        return focus_words.row(row, width, self.app.backend.clock.now(), self._cells)
