"""What triage offers in one step: whole groups, and the rest as suggested."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from core.commands.set_tier import SetTier, SetTiers
from core.queries import people, triage
from tui.screens import triage_end
from tui.screens.by_hand import ByHand
from tui.screens.triage_sitting import Sitting
from tui.widgets.ask import Confirm
from tui.widgets.batch_offer import BatchOffer

if TYPE_CHECKING:
    from core.queries.people import PersonLine
    from core.queries.triage import Batch

_MOST_SHOWN = 2_000
"""People of a batch who can be looked at."""


class TriageOffers(ByHand):
    """The questions of triage, each answered once for many people."""

    def __init__(self) -> None:
        super().__init__()
        self.sitting = Sitting()
        self._offered = False

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
