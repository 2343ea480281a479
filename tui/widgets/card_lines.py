"""The card above the columns: its lines, and the mouse that carries it into one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.widgets.split_lines import SplitLines

if TYPE_CHECKING:
    from textual import events

    from tui.widgets.tier_board import TierBoard


class CardLines(SplitLines):
    """Lines about one person, who can be dragged onto a board.

    Args:
        board: where the card can be dropped.
        ident: the widget's id.
    """

    row: Any = None
    """What is dropped; None while nobody is shown."""

    def __init__(self, board: TierBoard, ident: str | None = None) -> None:
        super().__init__(ident)
        self._board = board

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if self.row is not None:
            self._board.take(self.row, event)
