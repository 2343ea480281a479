"""How triage keeps pace: the sitting is ahead, and the book follows with the last word."""

from __future__ import annotations

import gc
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from core.commands.set_tier import SetTier, SetTiers
from core.errors import VitalfewError
from core.queries import history, people, triage
from tui.screens import triage_end, triage_words
from tui.screens.by_hand import ByHand
from tui.screens.triage_sitting import Sitting
from tui.widgets.ask import Confirm
from tui.widgets.batch_offer import BatchOffer

if TYPE_CHECKING:
    from core.queries.history import Mark
    from core.queries.people import PersonLine
    from core.queries.triage import Batch
    from tui.screens.triage_words import Known

_KEPT = 60
"""Cards that are remembered."""
_MANY = 10_000
"""People whose lines are read at once."""
_MOST_SHOWN = 2_000
"""People of a batch who can be looked at."""
_AHEAD = 2
"""Cards that are read before they are shown, the present one counted."""


class TriagePace(ByHand):
    """The half of the triage screen that reads and writes.

    What a key does is in the sitting, and painted, before its command is carried out; commands go
    to the one writer in the order of the keys. `load` reads the board again only if the journal
    holds something that was not done here.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sitting = Sitting()
        self.is_read = False
        self._offered = False
        self._cards: dict[int, Known] = {}
        self._mark: Mark | None = None
        self._own: set[int] = set()
        self._pending: Counter[int] = Counter()
        self._sure: set[int] = set()
        self._forgotten = False

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
        self.sitting.agree(board, self._sure)
        if len(board.new) > _MANY:
            gc.freeze()  # they stay; looking through them for garbage would hold up keys by 100 ms
        self._mark = board.mark
        self.is_read = True
        self._cards.clear()
        await self.card_of(self.sitting.current)
        self.paint(*self.sitting.columns)
        self.read_ahead()

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

    def commit(self, person: int, tier: str) -> None:
        """Have a filing that is painted already carried out."""
        self._pending[person] += 1
        self._sure.add(person)
        self._cards.pop(person, None)
        self._carry_out(person, tier)

    @work(group="commit")
    async def _carry_out(self, person: int, tier: str) -> None:
        try:
            done = await self.app.backend.run(SetTier((person,), tier))
        except VitalfewError as error:
            self.app.tell(error.sentence, "error")
            self._mark = None
        else:
            self._own.add(done.command_id)
        self._pending[person] -= 1
        self._pending += Counter()  # forgets the zeros
        if self._mark is None:
            self.reload()

    @work(group="ask")
    async def action_batches(self, *, asked: bool = True) -> None:
        """Offer whole groups; each is one step, marked automatic."""
        self._offered = True
        offered = await self.app.backend.read(triage.batches)
        if offered:
            deaf_until = time.monotonic() + self.app.deaf_seconds
            await self.app.push_screen_wait(
                BatchOffer(
                    offered, self._who, self._file_batch, lambda: time.monotonic() < deaf_until
                )
            )
        elif asked:
            self.app.tell("no batches are left: go on one by one")

    async def _who(self, batch: Batch) -> list[PersonLine]:
        ids = await self._ids(batch)
        return await self.app.backend.read(partial(people.by_ids, ids=ids[:_MOST_SHOWN]))

    async def _ids(self, batch: Batch) -> tuple[int, ...]:
        return await self.app.backend.read(partial(triage.batch_people, key=batch.key))

    async def _file_batch(self, batch: Batch) -> bool:
        ids = await self._ids(batch)
        return bool(await self.write(SetTier(ids, batch.tier, by="auto", why=batch.why)))

    @work(group="ask")
    async def action_rest(self) -> None:
        """File everybody left as suggested, after asking; with a search, those it found."""
        left, backend = self.sitting.rest(), self.app.backend
        query = partial(
            triage.suggestions, people=left, settings=backend.settings, today=backend.clock.today()
        )
        if tiers := await backend.read(query):
            question = triage_end.rest(tiers, len(left))
            if await self.app.push_screen_wait(Confirm(question, "file them", "one by one")):
                self.sitting.in_a_row = 0
                await self.write(SetTiers(tiers, "as suggested"))
        else:
            unknown = "too little is known to file the rest"
            self.app.tell(unknown if left else "nobody is left to file")
