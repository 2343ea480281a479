"""Today's few: who, why, and what you last said to each other."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.containers import Container

from core.commands.log_talk import LogTalks, Talk
from core.commands.set_wait import SetWait
from core.queries import focus
from core.queries import person as person_query
from core.rules.focus import talk_by
from tui import safe, words
from tui.screens import focus_words
from tui.screens.by_hand import ByHand
from tui.screens.person_actions import Who
from tui.widgets.key_line import KeyLine, Piece
from tui.widgets.person_brief import PersonBrief
from tui.widgets.row_list import Look, RowList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from core.queries.focus import FocusDay
    from core.queries.person import PersonView
    from core.rules.focus import FocusRow
    from core.work import Command

_TALKS: Final = 30
_MOST_ROWS: Final = 10


class Summary(KeyLine):
    """The line under the tabs."""

    day: FocusDay | None = None

    def pieces(self, width: int) -> tuple[Piece, ...]:
        """The day in numbers."""
        return focus_words.summary(self.day, width) if self.day else ()


class FocusScreen(ByHand):
    """The day's list, and below or beside it the person at the cursor."""

    context: ClassVar[str] = "focus"
    CSS_PATH = "focus.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._extra = 0
        self._day: FocusDay | None = None
        # Kept by name, as a reading may end when the screen has lost its children already.
        self._summary, self._beside = Summary(), PersonBrief(ident="brief")
        self._few: RowList[FocusRow] = RowList(
            Look(focus_words.row, sign_of=lambda row: "✓" if row.done else "", gutter=3), "few"
        )
        self._shares = safe.static(ident="shares")

    def body(self) -> Iterable[Widget]:
        yield self._summary
        with Container(id="panes"):
            yield from (self._few, self._beside)
        yield self._shares

    def on_mount(self) -> None:
        # Read before the first frame, so that it has rows: no thread, no empty screen.
        backend = self.app.backend
        day = backend.now(self._query())
        self._show(day)
        self.count(day.unsorted)
        self._few.focus()
        if (row := self._few.row) is not None:
            self._brief(backend.now(partial(person_query.view, person=row.id, log_limit=_TALKS)))

    async def load(self) -> None:
        day = await self.app.backend.read(self._query())
        before, at = self._few.row, self._few.cursor
        self._show(day)
        now = self._few.row
        if before and now and now.id == before.id and now.done and not before.done:
            self._few.cursor = at  # done sinks to the end; the next one is where it was
        if before and self._few.row and before.id != self._few.row.id:
            self.brought()
        self.tell_about()

    def meant(self) -> Sequence[Who]:
        row = self._few.row
        return (Who(row.id, row.name),) if row else ()

    @on(RowList.Highlighted)
    def tell_about(self) -> None:
        """Show the person at the cursor."""
        self._read_person()

    @on(RowList.Chosen)
    def open(self, event: RowList.Chosen) -> None:
        """Everything known of the person."""
        self.open_person(event.row.id)

    async def action_done(self) -> None:
        """Log a talk today by the channel of the row, and go to the next."""
        if (row := self._few.row) is None or self.deaf:
            return
        if row.done:
            self.app.tell(f"{row.name} is done for today; l logs another talk")
            return
        kind, channel = talk_by(row.channel)
        today = self.app.backend.clock.today()
        talk = Talk((row.id,), today, kind, "both", channel=channel)
        self._paint(row, done=True)
        self._send(LogTalks((talk,)))

    async def action_not_today(self) -> None:
        """Take the row off the list until tomorrow."""
        row = self._few.row
        if row is None or row.done or self.deaf:
            return
        tomorrow = self.app.backend.clock.today() + timedelta(days=1)
        self._paint(row, done=False)
        self._send(SetWait((row.id,), tomorrow, row.put_off))

    async def action_more(self) -> None:
        """Take the next of those who are due."""
        if self._day is None or not sum(self._day.kept_back.values()):
            self.app.tell("nobody else is due")
            return
        before = {row.id for row in self._day.rows}
        self._extra += 1
        await self.load()
        new = next((row.id for row in self._few.rows if row.id not in before), None)
        if new is not None:
            self._few.go_to(new)

    @work(group="write")
    async def _send(self, command: Command) -> None:
        await self.write(command)

    def _paint(self, row: FocusRow, *, done: bool) -> None:
        """Show at once what a key did; the book is written after, and read again."""
        rows = list(self._few.rows)
        at = rows.index(row)
        rows[at : at + 1] = [row._replace(done=True)] if done else []
        open_ones = [other.id for other in (*rows[at:], *rows[:at]) if not other.done]
        if self._day is not None:
            self._show(self._day._replace(rows=tuple(rows)))
        if open_ones:
            self._few.go_to(open_ones[0])
        self.brought()

    def _show(self, day: FocusDay) -> None:
        self._day = day
        self._summary.day = day
        self._summary.refresh()
        few = self._few
        few.empty = focus_words.nobody(day)
        few.load(day.rows)
        few.repaint_rows()
        few.styles.height = min(len(day.rows), _MOST_ROWS) if day.rows and self.narrow else "1fr"
        self._beside.display = bool(day.rows)
        safe.show(self._shares, focus_words.shares(day))
        self.without_keys(*(() if day.rows else words.FOR_SOMEBODY))

    @work(exclusive=True, group="person")
    async def _read_person(self) -> None:
        view = None
        if (row := self._few.row) is not None:
            query = partial(person_query.view, person=row.id, log_limit=_TALKS)
            view = await self.app.backend.read(query)
        self._brief(view)

    def _brief(self, view: PersonView | None) -> None:
        today = self.app.backend.clock.today()
        self._beside.show(view, today, card=not self.narrow)

    def on_resize(self) -> None:
        if self._day is not None:
            self._show(self._day)
            self.tell_about()

    def _query(self) -> partial[FocusDay]:
        backend = self.app.backend
        today = backend.clock.today()
        if self._day is not None and self._day.day != today:
            self._extra = 0
        return partial(focus.day, today=today, settings=backend.settings, extra=self._extra)
