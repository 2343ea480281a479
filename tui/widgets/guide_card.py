"""Where to click to get a list: the steps, beside the list of places or as a popup."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from tui import safe
from tui.actions import bindings
from tui.theme import LOUD, QUIET
from tui.widgets.ask import Popup
from tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from tui.import_guides import Guide

_ROOM = 58


class GuideCard(Popup[None]):
    """The steps of one guide; enter and esc close it.

    Args:
        guide: what is shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("guide")

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        self.title_ = guide.title
        self._guide = guide

    def compose(self) -> ComposeResult:
        with Vertical():
            yield safe.static(steps(self._guide, _ROOM))

    def on_mount(self) -> None:
        super().on_mount()
        safe.frame_foot(self.query_one(Vertical), "enter closes")

    def action_cancel(self) -> None:
        self.dismiss(None)


def steps(guide: Guide, room: int) -> Content:
    """How long it takes, the numbered steps, and what is good to know, in so many cells."""
    return safe.join(_lines(guide, room))


def _lines(guide: Guide, room: int) -> Iterator[Content]:
    yield safe.line(("how long it takes: ", QUIET), (guide.wait, LOUD))
    for number, step in enumerate(guide.all_steps, 1):
        yield safe.line()
        for at, line in enumerate(wrapped(step, room - 3)):
            yield safe.line(("   " if at else f"{number}  ", "bold $primary"), line)
    if guide.note:
        yield safe.line()
        yield from (safe.line((line, QUIET)) for line in wrapped(guide.note, room))
