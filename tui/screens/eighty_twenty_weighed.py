"""What stands over the list of the 80/20 screen: the curve, whom its cursor names, the tiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from tui import safe
from tui.screens import eighty_twenty_words as said
from tui.widgets.pareto_chart import ParetoChart
from tui.widgets.told import Told

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.content import Content

    from core.queries.balance import Balance, Month, Point, Span


class Weighed(Vertical):
    """The numbers of a book, all of one stretch of time; what is not counted yet says so.

    Args:
        ident: the widget's id.
    """

    def __init__(self, ident: str) -> None:
        super().__init__(id=ident)
        self.chart = ParetoChart("curve")
        self._balance: Balance | None = None
        self._span: Span | None = None
        self._months: tuple[Month, ...] | None = None
        self._month: date | None = None
        self._point: Point | None = None
        self._other = True  # a curve of another time, whose cursor stands elsewhere
        self._told = (
            Told(self._summary, "summary"),
            Told(self._at, "point"),
            Told(self._table, "tiers"),
            Told(self._advice, "advice"),
        )

    def compose(self) -> ComposeResult:
        summary, *rest = self._told
        yield from (summary, self.chart, *rest)

    def show(self, weighed: Balance, span: Span | None, month: date | None) -> None:
        """Show a book, of all time or of a month; the cursor stays on its place of a curve."""
        if month != self._month or self._balance is None:
            self._other = True
        self._balance, self._span, self._month = weighed, span, month
        chart = self.chart
        chart.empty = said.NO_TALK_THEN if month else said.nobody(weighed)
        if span is not None and (self._other or span.curve != chart.curve):
            chart.show(span.curve, span.curve.few() - 1 if self._other else chart.cursor)
            self._other = False
        self._repaint()

    def show_months(self, months: tuple[Month, ...] | None) -> None:
        """Show the talks of each month, once they are counted."""
        self._months = months
        self._repaint()

    @property
    def person(self) -> int:
        """Id of the person at the cursor of the curve; 0 for nobody."""
        return next(iter(self.chart.curve.people[self.chart.cursor :][:1]), 0)

    @property
    def point(self) -> Point | None:
        """The person at the cursor, once they were read."""
        here = self._point is not None and self._point.id == self.person
        return self._point if here else None

    @point.setter
    def point(self, who: Point | None) -> None:
        self._point = who
        self._told[1].refresh()

    def forget(self) -> None:
        """Show nothing until it is read again."""
        self._balance = self._span = self._months = self._point = None

    def _repaint(self) -> None:
        for told in self._told:
            told.refresh()

    def _summary(self, width: int) -> Content:
        if self._balance is None:
            return safe.text(f" {said.COUNTING}")
        return said.summary(self._balance, self._span, self._month, width)

    def _at(self, _width: int) -> Content:
        chart = self.chart
        return said.point(chart.curve, chart.cursor, self.point, keyed=chart.has_focus)

    def _table(self, width: int) -> Content:
        if self._balance is None:
            return safe.text("")
        return said.table(self._balance, self._span, self._months, self._month, width)

    def _advice(self, width: int) -> Content:
        return said.advice(self._balance, width) if self._balance else safe.text("")
