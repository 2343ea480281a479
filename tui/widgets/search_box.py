"""The box of `/`: it takes every letter until enter or ↓."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from tui import safe
from tui.actions import BOX, bindings
from tui.widgets.line_box import LineBox

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class SearchBox(Horizontal):
    """A line to type a search in; hidden until `open`, and again once it is cleared.

    Args:
        hint: what stands in the empty box.
        ident: the widget's id.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(BOX)
    DEFAULT_CSS = """
    SearchBox { height: 1; width: 1fr; display: none; background: $surface; }
    SearchBox > .search-box--slash { width: 3; color: $accent; text-style: bold; }
    SearchBox > .search-box--note { width: auto; color: $quiet; padding: 0 1; }
    """

    @dataclass
    class Changed(Message):
        """The words are other ones."""

        text: str

    class Done(Message):
        """Enter or ↓: the keys belong to the list again; the words stay."""

    class Cleared(Message):
        """Esc: there are no words any more, and the box is closed. No `Changed` goes with it."""

    def __init__(self, hint: str = "", ident: str | None = None) -> None:
        super().__init__(id=ident)
        # Kept by name, as a reading may end when this has lost its children already.
        self._line = LineBox(hint)
        self._line.can_focus = False  # a screen gives its keys to the first that can have them
        self._note = safe.static(classes="search-box--note")
        self._noted = ""

    def compose(self) -> ComposeResult:
        yield safe.static(" / ", classes="search-box--slash")
        yield from (self._line, self._note)

    @property
    def text(self) -> str:
        """The words as they stand."""
        return self._line.value

    def open(self, text: str | None = None) -> None:
        """Show the box and give it the keys.

        Args:
            text: other words to begin with.
        """
        self.display = True
        safe.show(self._note, self._noted)
        box = self._line
        if text is not None:
            box.value = text
        box.cursor_position = len(box.value)
        box.can_focus = True
        box.focus()

    def clear(self) -> None:
        """Take the words away and close; what `esc` does, for a screen whose list has the keys."""
        with self._line.prevent(Input.Changed):
            self._line.value = ""
        self._close()
        self.note("")
        self.post_message(self.Cleared())

    def _close(self) -> None:
        self._line.can_focus = False
        self.display = False

    def note(self, words: str) -> None:
        """Write on the right of the box, such as ``12 of 1,862``."""
        self._noted = words
        if self.display:  # other words lay the screen out again, which nobody would see
            safe.show(self._note, words)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_done()

    def action_done(self) -> None:
        if not self.text:
            self._close()
        self.post_message(self.Done())

    def action_clear(self) -> None:
        self.clear()
