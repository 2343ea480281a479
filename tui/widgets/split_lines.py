"""A few lines with words on the left and words on the right edge; the left gives way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.widget import Widget

from tui import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content

Words = tuple[str, str]
"""Data and its style."""


class Split(NamedTuple):
    """One line: what stands on its left, and on its right."""

    left: tuple[Words, ...] = ()
    right: tuple[Words, ...] = ()


class SplitLines(Widget):
    """Lines of two halves, each cut to the width with an ellipsis.

    Args:
        ident: the widget's id.
    """

    DEFAULT_CSS = """
    SplitLines { height: 1fr; width: 1fr; }
    """
    ALLOW_SELECT = False

    def __init__(self, ident: str | None = None) -> None:
        super().__init__(id=ident)
        self._lines: Sequence[Split] = ()

    def show(self, lines: Sequence[Split]) -> None:
        """Show other lines."""
        self._lines = lines
        self.refresh()

    def render(self) -> Content:
        return safe.join(_painted(line, self.size.width) for line in self._lines)


def _painted(line: Split, width: int) -> Content:
    right = _fitting(line.right, width)
    taken = sum(safe.cells(words) for words, _ in right)
    left = _fitting(line.left, width - taken - 2 if taken else width)
    gap = width - taken - sum(safe.cells(words) for words, _ in left)
    return safe.line(*left, " " * gap, *right)


def _fitting(words: Iterable[Words], room: int) -> list[Words]:
    """As many of the words as there is room for, the last one cut."""
    fitting: list[Words] = []
    for data, style in words:
        if room <= 0:
            break
        shown = safe.cut(data, room)
        fitting.append((shown, style))
        room -= safe.cells(shown)
    return fitting
