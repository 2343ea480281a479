"""How triage keeps pace: the sitting is ahead, and the book follows with the last word."""

from __future__ import annotations

import gc
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work

from core.commands.set_tier import SetTier
from core.errors import VitalfewError
from core.queries import history, people, triage
from core.queries.person import person_of
from tui.messages import Compared
from tui.screens import alike, triage_words
from tui.screens.triage_offers import TriageOffers

if TYPE_CHECKING:
    from core.queries.history import Mark
    from core.queries.triage import Board
    from core.work import Command
    from tui.screens.triage_words import Known

_KEPT = 60
"""Cards that are remembered."""
_MANY = 10_000
"""People whose lines are read at once."""
_SOON = 500
"""People whose lines are read again when something was done elsewhere."""
_AHEAD = 2
"""Cards that are read before they are shown, the present one counted."""


class TriagePace(TriageOffers):
    """The half of the triage screen that reads and writes.

    What a key does is in the sitting, and painted, before its command is carried out; commands go
    to the one writer in the order of the keys. `load` reads the board again only if the journal
    holds something that was not done here.
    """

    def __init__(self) -> None:
        super().__init__()
        self.is_read = False
        self._cards: dict[int, Known] = {}
        self._mark: Mark | None = None
        self._own: set[int] = set()
        self._pending: Counter[int] = Counter()
        self._sure: set[int] = set()
        self._forgotten = self._comparing = False

    def forget(self) -> None:
        self._mark, self._forgotten = None, True

    def paint(self, *tiers: str) -> None:
        """Show the sitting as it stands; of the columns these, or none."""
        raise NotImplementedError

    async def load(self) -> None:
        """Read the board, unless only this screen wrote since; offer the batches once, unasked."""
        if await self._written_elsewhere():
            await self._read_board()
        if not self._offered and self.app.screen is self and self.sitting.left:
            self.action_batches(asked=False)

    async def _written_elsewhere(self) -> bool:
        now, before = await self.app.backend.read(history.mark), self._mark
        if before and now.undone == before.undone:
            own = range(before.newest + 1, now.newest + 1)
            if self._own.issuperset(own):
                self._own.difference_update(own)
                self._mark = now
                return False
        return True

    async def _read_board(self) -> None:
        # Whom a key files from here on is not in what is read, or may not be.
        self._sure = set(self._pending)
        board = await self.app.backend.read(partial(triage.board, known=self.sitting.lines))
        if self._forgotten:
            self._forgotten = False
            again = partial(people.by_ids, ids=list(self.sitting.lines))
            self.sitting.rename(await self.app.backend.read(again), board)
        shown = self.sitting.current
        self.sitting.agree(board, self._sure)
        await self._follow(shown, board)
        if len(board.new) > _MANY:
            gc.freeze()  # they stay; looking through them for garbage would hold up keys by 100 ms
        self._mark = board.mark
        self.is_read = True
        self._cards.clear()
        await self.card_of(self.sitting.current)
        self.paint(*self.sitting.columns)
        self.read_ahead()
        self._count_certain()

    async def _follow(self, shown: int, board: Board) -> None:
        """Learn how those who are next are called now; who was merged stays in the queue."""
        read, sitting = self.app.backend.read, self.sitting
        home = await read(partial(person_of, card_id=shown))
        if home not in {0, shown}:
            sitting.instead(shown, home)
        lines = await read(partial(people.by_ids, ids=sitting.ahead(_SOON)))
        sitting.rename(lines, board)

    def count(self, _unsorted: int) -> None:
        """Show how many are left by the sitting, which knows of filings still under way."""
        super().count(len(self.sitting.left))

    async def card_of(self, person: int) -> Known | None:
        """A person's card, read if it was not; None if there is no such person."""
        if person and person not in self._cards:
            backend = self.app.backend
            query = partial(
                triage_words.known,
                person=person,
                settings=backend.settings,
                today=backend.clock.today(),
            )
            if found := await backend.read(query):
                self._cards[person] = found
                for old in list(self._cards)[:-_KEPT]:
                    del self._cards[old]
        return self._cards.get(person)

    @work(exclusive=True, group="ahead")
    async def read_ahead(self) -> None:
        """Read the card that is shown if need be, then the next, before anybody asks for it."""
        shown = self.sitting.current
        if shown not in self._cards and await self.card_of(shown):
            self.paint()
        for person in self.sitting.ahead(_AHEAD):
            await self.card_of(person)

    @on(Compared)
    def compared(self, event: Compared) -> None:
        """Read again who may be the same person, if anybody was compared."""
        ended, self._comparing = self._comparing and event.done is None, event.done is not None
        if ended:
            self._cards.clear()
            self.read_ahead()
            self._count_certain()

    @work(exclusive=True, group="certain")
    async def _count_certain(self) -> None:
        """Say what merging saves, before anybody is filed."""
        if not self.sitting.filed:
            self.sitting.certain = await self.app.backend.read(alike.certain)
            self.paint()

    def commit(self, person: int, tier: str, by: Command | None = None) -> None:
        """Have a filing that is painted already carried out, by its own command or another."""
        self._pending[person] += 1
        self._sure.add(person)
        self._cards.pop(person, None)
        self._carry_out(person, by or SetTier((person,), tier))

    @work(group="commit")
    async def _carry_out(self, person: int, filing: Command) -> None:
        try:
            done = await self.app.backend.run(filing)
        except VitalfewError as error:
            self.app.tell(error.sentence, "error")
            self._mark = None
        else:
            self._own.add(done.command_id)
        self._pending[person] -= 1
        self._pending += Counter()  # forgets the zeros
        if self._mark is None:
            self.reload()
