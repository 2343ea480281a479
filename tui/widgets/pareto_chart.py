"""The Pareto curve: people along, their share of the talks up, and a cursor on a person.

Our own, as the plotting libraries for terminals need numpy or paint with escapes of their own, and
none has a cursor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from core.rules.pareto import Curve
from tui import safe
from tui.theme import LOUD, QUIET
from tui.widgets.pareto_area import LABEL, area, painted
from tui.words import many

if TYPE_CHECKING:
    from textual import events
    from textual.content import Content
    from textual.strip import Strip

_STRIDES: Final = 20


class ParetoChart(Widget, can_focus=True):
    """Who has how much of the talks. Right without colour: each thing has a sign of its own.

    Args:
        ident: the widget's id.
    """

    DEFAULT_CSS = """
    ParetoChart { height: 1fr; min-height: 4; width: 1fr; }
    """
    ALLOW_SELECT = False

    cursor: reactive[int] = reactive(0)
    """The place of the person the cursor stands on, from 0."""

    @dataclass
    class Moved(Message):
        """The cursor stands on another person."""

        place: int

    def __init__(self, ident: str | None = None) -> None:
        super().__init__(id=ident)
        self._curve = Curve()
        self._drawn: tuple[int, int, list[str]] = (0, 0, [])
        self.empty = ""

    @property
    def curve(self) -> Curve:
        """What is drawn."""
        return self._curve

    def show(self, curve: Curve, place: int) -> None:
        """Draw another curve, the cursor on a place of it."""
        self._curve = curve
        self._drawn = (0, 0, [])
        self.set_reactive(ParetoChart.cursor, self.validate_cursor(place))
        self.refresh()
        self.post_message(self.Moved(self.cursor))

    def stride(self, way: int) -> None:
        """Go on by a twentieth of the people."""
        self.cursor += way * max(1, len(self._curve.people) // _STRIDES)

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self._curve.people) - 1))

    def watch_cursor(self) -> None:
        self.post_message(self.Moved(self.cursor))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        width = self._width
        if self._curve.people and width > 0:
            across = min(max(event.x - LABEL, 0), width - 1)
            self.cursor = round((across + 0.5) / width * len(self._curve.people) - 0.5)

    def render_line(self, y: int) -> Strip:
        # Line by line, as laying out so many lines as one text would cost more than painting them.
        return safe.strip(self._line(y), self.size.width, self.visual_style)

    def _line(self, y: int) -> Content:
        width, height = self._width, self.size.height - 1
        if not self._curve.people:
            said = self.empty.split("\n")
            return safe.text(said[y] if y < len(said) else "", QUIET)
        if width < 1 or height < 1:
            return safe.text("")
        if self._drawn[:2] != (width, height):
            self._drawn = (width, height, area(self._curve, width, height))
        at = self._column(self.cursor, width)
        style = LOUD if self.has_focus else "bold"
        rows = self._drawn[2]
        return painted(rows, y, at, style) if y < height else self._axis(width, at, style)

    @property
    def _width(self) -> int:
        return self.size.width - LABEL - 1

    def _column(self, place: int, width: int) -> int:
        return min(int((place + 0.5) / len(self._curve.people) * width), width - 1)

    def _axis(self, width: int, at: int, style: str) -> Content:
        everybody = f" {many(len(self._curve.people), 'person').replace('persons', 'people')}"
        line = ["─"] * width
        few = self._column(self._curve.few() - 1, width)
        line[few] = "┴"
        room = width - len(everybody)
        if at < room - 1 and few < room - 1:  # else the cursor would hide it, or it the cursor
            line[room:] = everybody
        left, right = "".join(line[:at]), "".join(line[at + 1 :])
        corner = safe.pad("0 %", LABEL - 1, right=True) + "╰"
        return safe.line((corner + left, QUIET), ("▲", style), (right, QUIET))
