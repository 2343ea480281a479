"""Leave people in their tier: no move is proposed for a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.commands.decide import decide, named
from core.rules.moves import ALONE
from core.rules.when import short
from core.work import Outcome

if TYPE_CHECKING:
    from core.work import Work

FIELD: Final = "stay"
"""The standing that holds the first day on which a move may be proposed again."""


@dataclass(frozen=True, slots=True)
class StayInTier:
    """Propose no other tier for these people until `core.rules.moves.ALONE` has gone by.

    Attributes:
        people: person ids.
    """

    people: tuple[int, ...]
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the standing.

        Raises:
            NotFoundError: there is no such person.
        """
        today = work.clock.today()
        until = today + ALONE
        who = named(work, self.people)
        decide(work, self.people, FIELD, until.isoformat())
        stay = "stays" if len(self.people) == 1 else "stay"
        return Outcome(f"{who} {stay} as filed until {short(until, today)}", self.people)
