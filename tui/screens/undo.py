"""What was done to the book, newest first, and taking it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.containers import Container

from core.errors import VitalfewError
from core.queries import history
from core.text import fold
from tui import safe
from tui.screens import undo_words
from tui.screens.book_screen import BookScreen
from tui.widgets.ask import Confirm
from tui.widgets.row_list import Look, RowList
from tui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content
    from textual.widget import Widget

    from core.queries.history import StepLine

_MOST: Final = 10_000


class UndoScreen(BookScreen):
    """The journal in words."""

    context: ClassVar[str] = "undo"
    CSS_PATH = "undo.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._steps: Sequence[StepLine] = ()
        self._words = ""
        # Kept by name, as a reading may end when the screen has lost its children already.
        look: Look[StepLine] = Look(self._line, header=undo_words.header, empty=undo_words.EMPTY)
        self._list: RowList[StepLine] = RowList(look, "steps")
        self._box = SearchBox("words of a step, such as a name")
        self._told, self._with = safe.static(ident="told"), safe.static(ident="with")

    def body(self) -> Iterable[Widget]:
        yield from (self._told, self._box)
        with Container(id="panes"):
            yield from (self._list, self._with)

    def on_mount(self) -> None:
        self._list.focus()

    async def load(self) -> None:
        query = partial(history.steps, limit=_MOST)
        self._steps = await self.app.backend.read(query)
        self._list.repaint_rows()
        self._narrow_to()

    @on(SearchBox.Changed)
    def narrow_to(self, event: SearchBox.Changed) -> None:
        """Show the steps that hold every word."""
        self._words = event.text
        self._narrow_to(top=True)

    @on(SearchBox.Cleared)
    def show_all(self) -> None:
        """Show every step again."""
        self._words = ""
        self._narrow_to()
        self._list.focus()

    @on(SearchBox.Done)
    def back_to_list(self) -> None:
        """Let the list have the keys."""
        self._list.focus()

    def action_find(self) -> None:
        self._box.open()

    def action_find_next(self, way: int) -> None:
        """Go to the next of the steps that were found, and round."""
        if self._words and (count := len(self._list.rows)):
            self._list.cursor = (self._list.cursor + way) % count

    def action_cancel(self) -> None:
        if self._words or self._box.display:
            self._box.clear()

    @on(RowList.Chosen)
    def choose(self, event: RowList.Chosen) -> None:
        """Take back this step and every later one."""
        self.take_back_to(event.row)

    @on(RowList.Highlighted)
    def tell_what_goes_with(self) -> None:
        """Say beside the list what enter would take back."""
        step = self._list.row
        safe.show(self._with, undo_words.goes_with(step, self._from(step)) if step else "")

    @work(group="journal")
    async def take_back_to(self, step: StepLine) -> None:
        """Take back a step and every later one, newest first, after asking once."""
        if step.undone:
            self.app.tell("this is taken back already; ctrl+r does again what was taken back last")
            return
        steps = self._from(step)
        question, yes = undo_words.question(steps)
        if not await self.app.push_screen_wait(Confirm(question, yes)):
            return
        taken = 0
        try:
            for one in steps:
                await self.app.backend.undo(one.id, sure=True)
                taken += 1
        except VitalfewError as error:
            self.app.tell(f"{undo_words.taken(taken)}; then: {error.sentence}", "error")
        else:
            self.app.tell(f"{undo_words.taken(taken)} — ctrl+r does again, one by one")
        self.reload()

    def _from(self, step: StepLine | None) -> list[StepLine]:
        """The steps that enter takes back, newest first."""
        if step is None:
            return []
        return [one for one in self._steps if one.id >= step.id and not one.undone]

    def _narrow_to(self, *, top: bool = False) -> None:
        words = fold(self._words).split()
        found = [
            step for step in self._steps if all(word in fold(step.label) for word in words)
        ] if words else self._steps  # fmt: skip
        self._list.empty = undo_words.NOT_FOUND if self._steps else undo_words.EMPTY
        self._list.load(found, top=top)
        count = f"{len(found):,} of {len(self._steps):,}"
        self._box.note(count)
        told = undo_words.told(self._steps, self.app.backend.sitting)
        safe.show(self._told, told if self._steps else "")
        self.tell_what_goes_with()

    def _line(self, step: StepLine, width: int) -> Content:
        now = self.app.backend.clock.now()
        return undo_words.row(step, width, now, self._words)
