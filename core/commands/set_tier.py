"""File people in a tier, or take them out of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.commands.decide import decide, named
from core.errors import UsageError
from core.rules.tiers import TIERS
from core.work import Outcome

if TYPE_CHECKING:
    from core.work import Work


@dataclass(frozen=True, slots=True)
class SetTier:
    """Put people in tier A, B, C or D; "" makes them unsorted again.

    Attributes:
        people: person ids.
        tier: a letter of `TIERS`, or "".
        by: ``user``, or ``auto`` for a batch filed as suggested.
        why: what a batch is called, shown in the journal.
    """

    people: tuple[int, ...]
    tier: str
    by: str = "user"
    why: str = ""
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the standing.

        Raises:
            UsageError: there is no such tier.
            NotFoundError: there is no such person.
        """
        if self.tier and self.tier not in TIERS:
            raise UsageError(f"there is no tier {self.tier}: A, B, C or D")
        who = named(work, self.people)
        decide(work, self.people, "tier", self.tier, why=self.why, origin=self.by)
        why = f" ({self.why})" if self.why else ""
        return Outcome(f"{who} → {self.tier or 'unsorted'}{why}", self.people)


@dataclass(frozen=True, slots=True)
class SetTiers:
    """File many people as one step, each in their own tier, marked automatic.

    Attributes:
        tiers: person id to letter.
        why: what the step is called, such as "as suggested".
    """

    tiers: tuple[tuple[int, str], ...]
    why: str
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the standings, tier by tier.

        Raises:
            UsageError: one of the letters is no tier.
            NotFoundError: nobody is meant, or one of few does not exist.
        """
        for letter in sorted({tier for _, tier in self.tiers}):
            if letter not in TIERS:
                raise UsageError(f"there is no tier {letter}: A, B, C or D")
            mine = [person for person, tier in self.tiers if tier == letter]
            decide(work, mine, "tier", letter, why=self.why, origin="auto")
        people = tuple(dict.fromkeys(person for person, _ in self.tiers))
        return Outcome(f"{named(work, people)} filed {self.why}", people)
