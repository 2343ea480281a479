"""The popup in which entries of a person are taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical

from tui import safe
from tui.actions import BY_ID, bindings, key_name, keys_of
from tui.keymap import keys_in
from tui.theme import LOUD, QUIET
from tui.widgets.ask import Popup
from tui.widgets.entry_rows import Entry, entries
from tui.widgets.row_list import Look, RowList
from tui.wrap import wrapped

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from core.queries.person import PersonView

_MOST, _LINES = 10, 4
_ROOM = 68
_STAYS = "One entry must stay: unmark one."


class ChooseEntries(Popup[tuple[int, ...]]):
    """Entries: space marks, enter takes out what is marked, or the one at the cursor.

    Args:
        view: the person, of two entries or more.
        today: what days are told from.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("entries")
    DEFAULT_CSS = """
    ChooseEntries > Vertical { width: 76; }
    ChooseEntries #alone { height: 5; margin: 1 0 0 0; }
    """

    def __init__(self, view: PersonView, today: date) -> None:
        super().__init__()
        self.title_ = f"which entries are not {safe.cut(view.name, 40)}?"
        self._entries = tuple(entries(view, today))
        self._list: RowList[Entry] = RowList(Look(_line), "entries")
        self._alone = safe.static(ident="alone")

    def compose(self) -> ComposeResult:
        with Vertical():
            yield from (self._list, self._alone)

    def on_mount(self) -> None:
        super().on_mount()
        self._list.styles.height = min(len(self._entries), _MOST)
        self._list.load(self._entries)
        self._list.focus()
        mark, out, off = (
            key_name(keys_of(BY_ID[name], keys_in(self.app))[0])
            for name in ("entries.mark", "list.open", "popup.cancel")
        )
        foot = f"{mark} marks · {out} takes out · {off} closes"
        safe.frame_foot(self.query_one(Vertical), foot)

    @on(RowList.Highlighted)
    def tell_alone(self) -> None:
        """Say what only the entry at the cursor says."""
        if (row := self._list.row) is not None:
            lines = list(wrapped(row.alone or "nothing", _ROOM))
            more = [*lines[: _LINES - 1], "…"] if len(lines) > _LINES else lines
            told = "\n".join(more)
            safe.show(self._alone, ("only this entry says:\n", QUIET), told)

    def action_mark(self) -> None:
        self._list.toggle_mark()

    @on(RowList.Chosen)
    def take_out(self, event: RowList.Chosen) -> None:
        """Hand back what is marked, unless nothing would be left."""
        marked = [entry.id for entry in self._entries if entry.id in self._list.marks]
        if len(marked) == len(self._entries):
            safe.show(self._alone, (_STAYS, LOUD))
        else:
            self.dismiss(tuple(marked) or (event.row.id,))

    def action_cancel(self) -> None:
        self.dismiss(())


def _line(entry: Entry, width: int) -> Content:
    room = min(safe.cells(entry.source), width * 3 // 5)
    about = safe.Column(entry.source, room, QUIET, right=True)
    return safe.columns(width, safe.Column(entry.name or "(no name)"), about)
