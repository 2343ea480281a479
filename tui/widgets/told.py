"""Lines that are made anew for the width they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from tui import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content


class Told(Widget):
    """Lines by a function of the width; its height is the style sheet's.

    Args:
        tell: cells to lines, made by `tui.safe`.
        ident: the widget's id.
    """

    ALLOW_SELECT = False

    def __init__(self, tell: Callable[[int], Content], ident: str) -> None:
        super().__init__(id=ident)
        self._tell = tell

    def render(self) -> Content:
        return safe.lines(self._tell(self.size.width))
