"""Today's few: who, why, and what you last said to each other."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.containers import Container

from core.commands.log_talk import LogTalks, Talk
from core.commands.plan_day import PlanDay
from core.commands.set_wait import SetWait
from core.errors import VitalfewError
from core.queries import brought, focus
from core.queries import person as person_query
from core.queries.brought import Brought
from core.rules.focus import talk_by
from tui import safe, words
from tui.screens import focus_words, promised
from tui.screens.by_hand import ByHand
from tui.screens.focus_lines import BroughtLines, Few, StaleLine, Summary
from tui.screens.person_actions import Who
from tui.widgets.person_brief import PersonBrief
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from core.queries.focus import FocusDay
    from core.queries.person import PersonView
    from core.rules.focus import FocusRow
    from core.work import Command

_TALKS: Final = 30
_MINUTE: Final = 60


class FocusScreen(ByHand):
    """The day's list, and below or beside it the person at the cursor."""

    context: ClassVar[str] = "focus"
    CSS_PATH = "focus.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._extra = 0
        self._day: FocusDay | None = None
        # Kept by name, as a reading may end when the screen has lost its children already.
        self._summary, self._stale = Summary(), StaleLine()
        self._few, self._beside = Few(), PersonBrief(ident="brief")
        self._brought, self._shares = BroughtLines(), safe.static(ident="shares")

    def body(self) -> Iterable[Widget]:
        yield self._summary
        with Container(id="panes"):
            yield from (self._few, self._beside)
        yield from (self._brought, self._stale, self._shares)

    def on_mount(self) -> None:
        # Read before the first frame, so that it has rows: no thread, no empty screen.
        backend = self.app.backend
        day = backend.now(partial(self._query(), shares=False))
        self._show(day)
        self.set_interval(_MINUTE, self._few.repaint_rows)  # the clocks of others go on
        self.count(day.unsorted)
        self._few.focus()
        if (row := self._few.row) is not None:
            self._brief(backend.now(partial(person_query.view, person=row.id, log_limit=_TALKS)))

    async def load(self) -> None:
        day = await self.app.backend.read(self._query())
        if day.unplanned:
            self._plan(PlanDay(day.day, self._extra))
        before, at = self._few.row, self._few.cursor
        self._show(day)
        now = self._few.row
        if before and now and not before.done and now.done:
            self._few.next_open(at)  # it sank to the end, or waits and was the last before those
        if before and self._few.row and before.id != self._few.row.id:
            self.brought()
        self.tell_about()
        await self._look_back(day)

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
        today, (kind, channel) = self.app.backend.clock.today(), talk_by(row.channel)
        self._paint(row, done=True)
        self._send(LogTalks((Talk((row.id,), today, kind, "both", channel=channel),)), row.id)

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
        self._extra = self._day.budget + 1 - self.app.backend.settings.budget
        await self.load()
        new = next((row.id for row in self._few.rows if row.id not in before), None)
        if new is not None:
            self._few.go_to(new)

    async def _look_back(self, day: FocusDay) -> None:
        """Say what the day brought, once all of it is done."""
        found = Brought()
        if day.rows and day.done == len(day.rows):
            query = partial(brought.brought, now=self.app.backend.clock.now())
            found = await self.app.backend.read(query)
        self._brought.tell(found)

    @work(group="write")
    async def _plan(self, command: PlanDay) -> None:
        with suppress(VitalfewError):  # whoever cannot write now may read all the same
            await self.app.backend.run(command)

    @work(group="write")
    async def _send(self, command: Command, talked: int = 0) -> None:
        done = await self.write(command, quiet=bool(talked))
        if done and talked:
            self.app.tell(await promised.after_a_talk(self, talked, done.label))

    def _paint(self, row: FocusRow, *, done: bool) -> None:
        """Show at once what a key did; the book is written after, and read again."""
        rows = list(self._few.rows)
        at = rows.index(row)
        rows[at : at + 1] = [row._replace(done=True)] if done else []
        if self._day is not None:
            self._show(self._day._replace(rows=tuple(rows)))
        self._few.next_open(at)
        self.brought()

    def _show(self, day: FocusDay) -> None:
        self._day = day
        self._summary.day = day
        self._summary.refresh()
        self._stale.tell(day)
        self._few.empty = focus_words.nobody(day)
        self._few.tell(day.rows, narrow=self.narrow)
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
        now, today = backend.clock.now(), backend.clock.today()
        if self._day is not None and self._day.day != today:
            self._extra = 0
        settings, extra = backend.settings, self._extra
        return partial(focus.day, today=today, settings=settings, extra=extra, now=now)
