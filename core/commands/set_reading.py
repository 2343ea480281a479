"""Mark people as worth reading: kept, and never due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.commands.decide import decide, named
from core.queries.people import by_ids
from core.rules.tiers import UNSORTED
from core.work import Outcome

if TYPE_CHECKING:
    from core.work import Work

FIELD: Final = "reading"
_KEPT: Final = "C"
_NOT_KEPT: Final = frozenset({UNSORTED, "D"})


@dataclass(frozen=True, slots=True)
class SetReading:
    """Say whether people are worth reading, as one step.

    Whoever is unsorted or put away is filed in C, which keeps them; any other tier stays.

    Attributes:
        people: person ids.
        on: False takes the mark off; the tier stays.
    """

    people: tuple[int, ...]
    on: bool = True
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the standings.

        Raises:
            NotFoundError: there is no such person.
        """
        who = named(work, self.people)
        decide(work, self.people, FIELD, "1" if self.on else "")
        if self.on:
            lines = by_ids(work.raw, self.people)
            decide(work, [one.id for one in lines if one.tier in _NOT_KEPT], "tier", _KEPT)
        are = "are" if len(self.people) > 1 else "is"
        worth = "worth reading" if self.on else "no longer worth reading"
        return Outcome(f"{who} {are} {worth}", self.people)
