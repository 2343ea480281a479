"""The popup that offers a few things by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple

from textual.containers import Vertical

from tui import safe
from tui.actions import bindings, key_name
from tui.theme import QUIET
from tui.widgets.ask import Answer, Popup
from tui.widgets.row_list import Look, RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content


class Option(NamedTuple, Generic[Answer]):
    """A line of a choice.

    Attributes:
        letter: the key that takes it at once.
        label: what it is.
        value: what is handed back.
        about: more words, on the right.
    """

    letter: str
    label: str
    value: Answer
    about: str = ""


class Choose(Popup[Answer | None], Generic[Answer]):
    """A choice by letter, or by cursor and enter; esc takes none.

    Args:
        title: what is chosen.
        options: what there is, in order.
        start: the value that the cursor is on at first, such as the one that holds now.
        note: a sentence below them.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("popup")
    foot = "its key or enter takes it"

    def __init__(
        self,
        title: str,
        options: Sequence[Option[Answer]],
        start: Answer | None = None,
        note: str = "",
    ) -> None:
        super().__init__()
        self.title_, self._start, self._note = title, start, note
        self._options = tuple(options)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield RowList(Look(self._line))
            if self._note:
                yield safe.static(("\n" + self._note, QUIET))

    def on_mount(self) -> None:
        super().on_mount()
        rows: RowList[Option[Answer]] = self.query_one(RowList)
        rows.styles.height = min(len(self._options), 14)
        rows.load(self._options)
        values = [option.value for option in self._options]
        if self._start is not None and self._start in values:
            rows.cursor = values.index(self._start)

    def on_key(self, event: events.Key) -> None:
        for option in self._options:
            if event.character == option.letter:
                event.stop()
                event.prevent_default()
                self.dismiss(option.value)
                return

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(event.row.value)

    def action_cancel(self) -> None:
        self.dismiss(None)

    def _line(self, option: Option[Answer], width: int) -> Content:
        row = [safe.Column(key_name(option.letter), 3, "bold $primary"), safe.Column(option.label)]
        if room := min(width // 2, safe.cells(option.about)):
            row.append(safe.Column(option.about, room, QUIET))
        return safe.columns(width, *row)
