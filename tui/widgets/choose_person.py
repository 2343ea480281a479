"""The popup in which somebody of the book is found as their name is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.containers import Vertical
from textual.widgets import Input

from tui import safe
from tui.actions import bindings
from tui.theme import QUIET
from tui.widgets.ask import Popup
from tui.widgets.line_box import LineBox
from tui.widgets.row_list import Look, RowList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from core.queries.people import PersonLine

    Find = Callable[[str], Awaitable[Sequence[PersonLine]]]

_ROWS: Final = 8
_TIER: Final = 1
_HINT: Final = "type a name, an address or a firm"
_NOBODY: Final = "nobody answers to that"


class ChoosePerson(Popup[int | None]):
    """Somebody of the book, by id; esc takes nobody.

    Args:
        title: what is asked.
        find: who answers to words; the newest words win.
        likely: who is offered before anything is typed, likeliest first.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("who")
    DEFAULT_CSS = "ChoosePerson RowList { height: 8; }"
    foot = "↑↓ go to another · enter takes it"

    def __init__(self, title: str, find: Find, likely: Sequence[PersonLine] = ()) -> None:
        super().__init__()
        self.title_ = title
        self._find, self._likely = find, tuple(likely)
        self._listed_for = ""
        self._list: RowList[PersonLine] = RowList(Look(_line), "people")
        self._list.can_focus = False  # the letters belong to the box

    def compose(self) -> ComposeResult:
        with Vertical():
            yield LineBox(_HINT)
            yield self._list

    def on_mount(self) -> None:
        super().on_mount()
        self._list.load(self._likely)
        self.query_one(LineBox).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.look(event.value)

    @work(exclusive=True, group="find")
    async def look(self, text: str) -> None:
        """List who answers to the words."""
        await self._list_for(text)

    async def _list_for(self, text: str) -> None:
        wanted = text.strip()
        found = await self._find(wanted) if wanted else self._likely
        self._list.empty = _NOBODY if wanted else ""
        self._list.load(found, top=True)
        self._listed_for = text

    @on(Input.Submitted)
    async def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value != self._listed_for:  # what was typed last is looked for still
            await self._list_for(event.value)
        self._take()

    @on(RowList.Chosen)
    def _clicked(self) -> None:
        self._take()

    def _take(self) -> None:
        if (row := self._list.row) is not None:
            self.dismiss(row.id)

    def action_step(self, rows: int) -> None:
        self._list.action_step(rows)

    def action_cancel(self) -> None:
        self.dismiss(None)


def _line(person: PersonLine, width: int) -> Content:
    about = " · ".join(filter(None, (person.org or person.city, person.email or person.phone)))
    return safe.columns(
        width,
        safe.Column(person.tier or "·", _TIER, "bold $primary"),
        safe.Column(person.name, width * 2 // 5),
        safe.Column(about, 0, QUIET),
    )
