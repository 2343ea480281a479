"""Whether your talks go to the right few: the curve, the tiers by month, and what to change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Container

from core.commands.set_tier import SetTier
from core.queries import balance
from core.queries.counts import changed_elsewhere
from core.rules.moves import Move
from tui import words
from tui.screens import eighty_twenty_rows as lines
from tui.screens import eighty_twenty_words as said
from tui.screens.by_hand import ByHand
from tui.screens.eighty_twenty_weighed import Weighed
from tui.screens.person_actions import Who
from tui.widgets.pareto_chart import ParetoChart
from tui.widgets.row_list import Look, RowList
from tui.widgets.section_list import SectionList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from textual.content import Content
    from textual.widget import Widget

    from core.queries.balance import Balance, Span
    from core.work import Command
    from tui.screens.eighty_twenty_rows import Line


class EightyTwentyScreen(ByHand):
    """The curve over the tiers; below or beside them moves, quiet A's and thin ties."""

    context: ClassVar[str] = "balance"
    CSS_PATH = "eighty_twenty.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._read_at: object = None
        self._balance: Balance | None = None
        self._month: date | None = None
        self._span: Span | None = None
        # Kept by name, as a reading may end when the screen has lost its children already.
        self._weighed = Weighed("weighed")
        look = Look(self._line, empty=said.COUNTING)
        self._list: SectionList[Line] = SectionList(look, lambda line: line.heading, "lines")

    def body(self) -> Iterable[Widget]:
        with Container(id="panes"):
            yield from (self._weighed, self._list)

    def on_mount(self) -> None:
        self._list.focus()

    @property
    def today(self) -> date:
        """The local day."""
        return self.app.backend.clock.today()

    async def load(self) -> None:
        """Weigh the book, unless nothing was written since; the months are counted after."""
        backend, today = self.app.backend, self.today
        version = await backend.read(changed_elsewhere)
        now = (version, today, backend.settings)
        if now == self._read_at:
            return
        query = partial(balance.balance, today=today, settings=backend.settings)
        self._balance = await backend.count(query)
        self._read_at = now
        self._show()
        self.tell_who()  # whose tier may be another now
        self._count()

    def forget(self) -> None:
        self._read_at = self._balance = self._span = None
        self._weighed.forget()

    def meant(self) -> Sequence[Who]:
        if self._weighed.chart.has_focus:
            who = self._weighed.point
            return (Who(who.id, who.name),) if who else ()
        what = self._list.row.what if self._list.row else None
        return (Who(what.id, what.name),) if isinstance(what, (Move, balance.Quiet)) else ()

    @work(exclusive=True, group="months")
    async def _count(self) -> None:
        """Count the talks of the month that is chosen, then of all months."""
        count, today = self.app.backend.count, self.today
        if self._month is not None:
            self._span = await count(partial(balance.month, first=self._month, today=today))
            self._show()
        self._weighed.show_months(await count(partial(balance.months, today=today)))

    def _show(self) -> None:
        if (weighed := self._balance) is None:
            return
        if self._month is None:
            self._span = weighed.span
        self._weighed.show(weighed, self._span, self._month)
        self._list.empty = "" if weighed.people else said.nobody(weighed)
        self._list.load(lines.rows(weighed, self._span, self._month))
        self._list.repaint_rows()
        self.without_keys(*(() if self._list.rows else words.FOR_SOMEBODY))

    @on(ParetoChart.Moved)
    @work(exclusive=True, group="person")
    async def tell_who(self) -> None:
        """Say who stands at the cursor of the curve."""
        if person := self._weighed.person:
            self._weighed.point = await self.app.backend.read(partial(balance.point, person=person))

    @on(RowList.Chosen)
    def choose(self, event: RowList.Chosen) -> None:
        """Open the person; of a network say how to find its people."""
        what = event.row.what
        if isinstance(what, balance.Thin):
            self.app.tell(f"on People / finds them: {lines.filter_of(what)}")
        else:
            self.open_person(what.id)

    def action_open(self) -> None:
        if person := self._weighed.person:
            self.open_person(person)

    def action_curve(self, way: int) -> None:
        self._weighed.chart.cursor += way

    def action_stride(self, way: int) -> None:
        self._weighed.chart.stride(way)

    def action_swap(self) -> None:
        (self._list if self._weighed.chart.has_focus else self._weighed.chart).focus()

    def action_cancel(self) -> None:
        self._list.focus()

    def action_month(self, way: int) -> None:
        """All time, this month, the one before, and so on, round a year."""
        firsts = [None, *(balance.first_of(self.today, back) for back in range(balance.MONTHS))]
        at = firsts.index(self._month) if self._month in firsts else 0
        self._month = firsts[(at + way) % len(firsts)]
        self._span = None
        self._show()
        self._count()

    def action_accept(self) -> None:
        """File the person of a proposal as proposed."""
        if (move := self._move()) is not None:
            self._send(move, SetTier((move.id,), move.to))

    def action_stay(self) -> None:
        """Leave the person of a proposal in their tier."""
        from core.commands.stay import StayInTier

        if (move := self._move()) is not None:
            self._send(move, StayInTier((move.id,)))

    def _move(self) -> Move | None:
        row = self._list.row if self._list.has_focus else None
        if row is not None and isinstance(row.what, Move):
            return None if self.deaf else row.what
        self.app.tell("space and x answer a proposal, such as B → C?")
        return None

    @work(group="write")
    async def _send(self, move: Move, command: Command) -> None:
        """Take the proposal off at once; the book is written after, and read again."""
        if self._balance is not None:
            rest = tuple(one for one in self._balance.moves if one.id != move.id)
            self._balance = self._balance._replace(moves=rest)
        self._read_at = None
        self._show()
        self.brought()
        await self.write(command)

    def _line(self, line: Line, width: int) -> Content:
        return lines.row(line, width, self.today)
