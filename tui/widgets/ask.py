"""The small popups: a question, and a line to type; `tui.widgets.choose` has the third."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from core.errors import VitalfewError
from tui import safe
from tui.actions import BY_ID, bindings, key_name, keys_of
from tui.keymap import keys_in
from tui.theme import QUIET
from tui.widgets.key_line import KeyLine, Piece
from tui.widgets.line_box import LineBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

Answer = TypeVar("Answer")
_KEY = "bold $primary"


class Popup(ModalScreen[Answer]):
    """The frame of all popups: a box in the middle under a title."""

    DEFAULT_CSS = """
    Popup {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 66; max-width: 96%; height: auto; max-height: 90%;
            background: $surface; border: round $primary; padding: 1 2;
            border-title-style: bold;
        }
        & LineBox, & LineBox:focus { background: $panel; padding: 0 1; margin: 0 0 1 0; }
        & RowList { background: $surface; }
        & KeyLine { margin: 1 0 0 0; }
    }
    """
    title_: str = ""
    foot: str = ""
    """What enter does, where the popup does not say it inside."""
    closing: str = "closes"
    """What esc does."""

    def on_mount(self) -> None:
        box = self.query_one(Vertical)
        safe.frame_title(box, self.title_)
        if self.foot:
            closes = key_name(keys_of(BY_ID["popup.cancel"], keys_in(self.app))[0])
            safe.frame_foot(box, f"{self.foot} · {closes} {self.closing}")


class Confirm(Popup[bool]):
    """A question that is answered with yes or no; esc is no.

    Args:
        question: what is asked; line breaks are kept.
        yes: what yes does, in a few words, such as "take back 37 changes".
        no: what no does.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("confirm")

    def __init__(self, question: str, yes: str = "yes", no: str = "leave it") -> None:
        super().__init__()
        self.title_ = "?"
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        with Vertical():
            yield safe.static(self._question)
            yield KeyLine((*self._key("yes", self._yes + "    "), *self._key("no", self._no)))

    def _key(self, answer: str, words: str) -> tuple[Piece, Piece]:
        key = keys_of(BY_ID[f"confirm.{answer}"], keys_in(self.app))[0]
        return Piece(key_name(key), _KEY, key), Piece(f" {words}", QUIET, key)

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)


class AskLine(Popup[Answer | None], Generic[Answer]):
    """A line to type, read while it is typed; enter takes it once it can be read.

    Args:
        title: what the line is.
        hint: how to write it; shown until something is typed.
        parse: the line to its value and a sentence that says how it was understood; raises
            `VitalfewError`, whose sentence is shown instead.
        start: what stands in the box at first; `line` is what does then, and outlives it.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("popup")
    foot = "enter keeps it"

    def __init__(
        self, title: str, hint: str, parse: Callable[[str], tuple[Answer, str]], start: str = ""
    ) -> None:
        super().__init__()
        self.title_, self.line = title, start
        self._hint, self._parse, self._start = hint, parse, start

    def compose(self) -> ComposeResult:
        with Vertical():
            yield LineBox()
            yield safe.static((self._hint, QUIET), classes="ask--said")

    def on_mount(self) -> None:
        super().on_mount()
        box = self.query_one(LineBox)
        box.value = self._start
        box.cursor_position = len(self._start)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.line = event.value
        if event.value:
            self._read(event.value)
        else:
            self._say((self._hint, QUIET))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._entered(event.value)

    def _entered(self, line: str) -> None:
        if (read := self._read(line)) is not None:
            self.dismiss(read[0])

    def _read(self, line: str) -> tuple[Answer] | None:
        try:
            value, understood = self._parse(line)
        except VitalfewError as error:
            self._say(("! ", "bold $error"), (error.sentence, "$error"))
            return None
        self._say(understood)
        return (value,)

    def _say(self, *parts: safe.Part) -> None:
        safe.show(self.query_one(".ask--said", Static), *parts)

    def action_cancel(self) -> None:
        self.dismiss(None)
