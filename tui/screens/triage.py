"""Triage: batches first, then one person at a time, and four columns to change one's mind in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import Horizontal

from core.queries.triage import Member
from tui.screens import triage_end, triage_keys, triage_words
from tui.screens.person_actions import Who
from tui.screens.triage_filing import TriageFiling
from tui.widgets.card_lines import CardLines
from tui.widgets.key_footer import KeyFooter
from tui.widgets.row_list import RowList
from tui.widgets.search_box import SearchBox
from tui.widgets.split_lines import SplitLines
from tui.widgets.tier_board import TierBoard

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget


class TriageScreen(TriageFiling):
    """One person at a time above the columns A B C D."""

    context = "triage"
    CSS_PATH = "triage.tcss"
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._shown = 0
        # Kept, not looked up: focus moves, and so paints, while the program takes itself down too.
        self.board = TierBoard(triage_words.member, lambda row: str(row.name))
        self._card, self._beside = CardLines(self.board, "card"), SplitLines("talks")
        self._box = SearchBox("name  org:globex  city:berlin  source:linkedin  no:phone", "find")

    def body(self) -> Iterable[Widget]:
        yield self._box
        yield Horizontal(self._card, self._beside, id="now")
        yield self.board

    def paint(self, *tiers: str) -> None:
        sitting, today = self.sitting, self.app.backend.clock.today()
        if (person := sitting.current) != self._shown:
            self._shown = person
            self.brought()
        known = self._cards.get(person)
        place = triage_keys.Place(self.board.carried, self.board.here is not None)
        if person:
            hint = triage_keys.hint(place)
            lines = triage_words.card(sitting, sitting.lines[person], known, today, hint)
        else:
            lines = triage_end.nobody(sitting, self.app.backend.settings)
        self._card.row = Member(person, sitting.lines[person].name, "user") if person else None
        self._card.show(lines if self.is_read else ())
        self._beside.show(triage_words.beside(sitting, known, today))
        for footer in self.query(KeyFooter):
            footer.words = triage_keys.footer(place, known and known.card)
        if tiers:
            self.board.show(sitting.columns, *tiers)
            self.count(len(sitting.left))
            self._note()

    def _note(self) -> None:
        self._box.note(f"{self.sitting.found:,} of {len(self.sitting.left):,}")

    def meant(self) -> Sequence[Who]:
        if column := self.board.here:
            return [Who(column.row.id, column.row.name)] if column.row else []
        person = self.sitting.current
        return [Who(person, self.sitting.lines[person].name)] if person else []

    async def action_accept(self) -> None:
        person, sitting = self.sitting.current, self.sitting
        if self.board.carried:
            self.board.drop()
        elif sitting.is_back and person in sitting.filed:
            self.action_skip()
        elif (known := await self.card_of(person)) and known.card.suggestion.tier:
            self.file(person, known.card.suggestion.tier)

    def action_file(self, tier: str) -> None:
        if (column := self.board.here) is not None:
            row = self.board.carried or column.row
            self.board.let_go()
            if row is not None:
                self.refile(row, tier)
        elif person := self.sitting.current:
            self.file(person, tier)

    def action_skip(self) -> None:
        if self.board.carried:
            self.board.carry(1)
        elif self.board.here:
            self.board.go(1)
        else:
            self.sitting.skip()
            self.step()

    def action_previous(self) -> None:
        if self.board.carried:
            self.board.carry(-1)
        elif self.board.here:
            self.board.go(-1)
        elif self.sitting.back():
            self.step()
        else:
            self.app.tell("this is the first one of this sitting")

    def action_column(self, way: int) -> None:
        self.board.go(way)

    def action_lift(self) -> None:
        if self.board.carried:
            self.board.drop()
        else:
            self.board.lift()

    def action_find(self) -> None:
        self._box.open()

    def action_find_next(self, way: int) -> None:
        if self.sitting.words:
            (self.action_skip if way > 0 else self.action_previous)()

    def action_cancel(self) -> None:
        if self.board.carried:
            self.board.let_go()
        elif self.board.here:
            self.set_focus(None)
        elif self.sitting.words:
            self._box.clear()

    @on(SearchBox.Changed)
    def find(self, event: SearchBox.Changed) -> None:
        """Leave only those who answer to the words."""
        self.sitting.narrow(event.text)
        self._note()
        self.step()

    @on(SearchBox.Cleared)
    def find_no_more(self) -> None:
        """Everybody is in the queue again."""
        self.sitting.narrow("")
        self.set_focus(None)
        self.step()

    @on(SearchBox.Done)
    def back_to_card(self) -> None:
        """The keys belong to the card."""
        self.set_focus(None)

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    @on(TierBoard.Carrying)
    def keys_moved(self) -> None:
        """Other keys live now: say so."""
        self.call_later(self.paint)

    @on(TierBoard.Dropped)
    def dropped(self, event: TierBoard.Dropped) -> None:
        """A card was carried to a column, by keys or mouse."""
        if not event.source:
            self.file(event.row.id, event.tier)
            return
        self.refile(event.row, event.tier)
        if self.board.here:
            self.board.here.go_to(event.row.id)

    @on(RowList.Chosen)
    def chosen(self, event: RowList.Chosen) -> None:
        """Enter in a column drops the carried card; else it opens the person."""
        if self.board.carried:
            self.board.drop()
        else:
            self.open_person(event.row.id)
