"""One line of words of which some are keys: a click on one presses its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.widget import Widget

from tui import safe

if TYPE_CHECKING:
    from textual import events
    from textual.content import Content


class Piece(NamedTuple):
    """A stretch of the line.

    Attributes:
        words: what is shown.
        style: how.
        key: the key a click on it presses, in Textual's names, or "".
    """

    words: str
    style: str = ""
    key: str = ""


class KeyLine(Widget):
    """The base of header and footer, and a line of keys by itself.

    Args:
        pieces: what the line shows until `pieces` is overridden or set.
        ident: the widget's id.
        classes: the widget's classes.
    """

    DEFAULT_CSS = """
    KeyLine { height: 1; width: 1fr; }
    """
    ALLOW_SELECT = False

    def __init__(
        self, pieces: tuple[Piece, ...] = (), ident: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=ident, classes=classes)
        self._pieces = pieces

    def pieces(self, width: int) -> tuple[Piece, ...]:
        """The stretches of a line of so many cells, left to right."""
        del width
        return self._pieces

    def render(self) -> Content:
        return safe.line(*((piece.words, piece.style) for piece in self.pieces(self.size.width)))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        at = 0
        for piece in self.pieces(self.size.width):
            at += safe.cells(piece.words)
            if event.x < at:
                if piece.key:
                    self.app.simulate_key(piece.key)
                return
