"""The values to choose from: a list in which a click takes a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

from tui.widgets.row_look import Row
from tui.widgets.section_list import SectionList

if TYPE_CHECKING:
    from textual import events


class ValueList(SectionList[Row]):
    """A list with headings whose rows are picked by the mouse, and decided upon by `enter`.

    `Chosen` is sent for `enter` only, whatever the cursor stands on: it is about the whole.
    """

    @dataclass
    class Picked(Message):
        """A click on a row."""

        row: Any

    def on_click(self, event: events.Click) -> None:
        event.stop()
        event.prevent_default()
        if (index := self.index_at(event.y)) >= 0:
            self.cursor = index
            self.post_message(self.Picked(self.row))

    def action_choose(self) -> None:
        self.post_message(self.Chosen(self, self.row))
