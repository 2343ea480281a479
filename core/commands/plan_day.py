"""Keep the list of a day, so that it stays as it was planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.work import Outcome

if TYPE_CHECKING:
    from datetime import date

    from core.work import Work


@dataclass(frozen=True, slots=True)
class PlanDay:
    """Plan the list of a day, as far as it is not planned yet: the rows that its query shows.

    A second one of the same day changes nothing, whoever sends it; a budget that has grown since,
    or `extra`, adds rows after those that are there. No row of any day is ever taken away: a clock
    that is set back plans its day anew if that had no list, and leaves the later ones.

    Attributes:
        day: the local day.
        extra: rows over the budget, which the user has asked for.
    """

    day: date
    extra: int = 0
    origin: str = "system"

    def handle(self, work: Work) -> Outcome:
        """Write the rows; nobody is named, as no person was changed."""
        from core.queries import focus
        from core.storage.tables import Suggestion

        rows, place = focus.to_plan(work.raw, self.day, work.settings, self.extra)
        for offset, row in enumerate(rows):
            work.session.add(
                Suggestion(
                    day=self.day.isoformat(),
                    place=place + offset,
                    card_id=row.id,
                    since=row.since,
                    why=row.why,
                    channel=row.channel,
                    weight=row.weight,
                )
            )
        return Outcome(f"planned {len(rows)} of {self.day.isoformat()}", count=len(rows))
