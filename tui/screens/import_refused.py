"""What an import refused, or took with a doubt: line by line, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.containers import Container

from tui import safe
from tui.screens.book_screen import BookScreen
from tui.screens.import_plan_words import without_flags
from tui.theme import LOUD, QUIET
from tui.widgets.key_footer import KeyFooter
from tui.widgets.row_list import Look, RowList
from tui.words import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content
    from textual.widget import Widget

    from importers.run import RunReport
    from tui.app import VitalfewApp

_WHERE, _LONGEST = 30, 2_000


class Note(NamedTuple):
    """One thing that was refused, or told."""

    number: int
    title: str
    where: str
    why: str
    refused: bool


def notes(runs: Sequence[RunReport]) -> list[Note]:
    """What all runs refused, then what they told beside."""
    said = [(run.title, one, True) for run in runs for one in run.refused]
    said += [(run.title, one, False) for run in runs for one in run.warnings]
    return [
        Note(number, title, one.where, without_flags(one.why), refused)
        for number, (title, one, refused) in enumerate(said)
    ]


def show_refused(app: VitalfewApp, runs: Sequence[RunReport]) -> None:
    """Show what was refused, or say that nothing was."""
    if found := notes(runs):
        app.push_screen(RefusedScreen(found))
    else:
        app.tell("nothing was refused")


class RefusedScreen(BookScreen):
    """The notes in a list; the one at the cursor in full below it.

    Args:
        found: what is shown.
    """

    context: ClassVar[str] = "refused"
    tab: ClassVar[str] = "imports"
    stays: ClassVar[bool] = True
    CSS_PATH = "imports.tcss"

    def __init__(self, found: Sequence[Note]) -> None:
        super().__init__()
        self._notes = found
        self._list: RowList[Note] = RowList(Look(_line), "notes")
        self._about = safe.static(ident="about")

    def body(self) -> Iterable[Widget]:
        refused = sum(note.refused for note in self._notes)
        others = len(self._notes) - refused
        told = f" {refused:,} refused" + (f", {many(others, 'note')}" if others else "")
        yield safe.static(told, (" · q goes back", QUIET), ident="told")
        with Container(id="plan"):
            yield from (self._list, self._about)

    def on_mount(self) -> None:
        self.query_one(KeyFooter).words = {"open": ""}
        self._list.focus()

    async def load(self) -> None:
        """Show the notes; nothing here is read from the book."""
        self._list.load(self.app.backend.shown(self._notes))
        self.tell_about()

    @on(RowList.Highlighted)
    def tell_about(self) -> None:
        """The note in full."""
        if note := self._list.row:
            where = f": {note.where}" if note.where != note.title else ""
            safe.show(self._about, (f"{note.title}{safe.cut(where, _LONGEST)}\n", LOUD), note.why)


def _line(note: Note, width: int) -> Content:
    style = "" if note.refused else QUIET
    where = min(_WHERE, width // 2)
    return safe.columns(
        width, safe.Column(note.where, where, QUIET), safe.Column(note.why, 0, style)
    )
