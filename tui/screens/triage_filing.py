"""How triage files: ahead of the book, and whom one reads too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.commands.set_reading import SetReading
from core.queries.triage import Member
from tui.screens.triage_pace import TriagePace

if TYPE_CHECKING:
    from core.work import Command

_KEPT: Final = "C"


class TriageFiling(TriagePace):
    """The part of the triage screen that puts somebody into a tier."""

    def file(self, person: int, tier: str, by: Command | None = None) -> None:
        """File whose card is shown, unless it is shown too shortly for the key to be meant.

        Args:
            person: whose card it is.
            tier: the letter.
            by: the command that files them, where it does more than that.
        """
        if self.deaf:
            return
        member = Member(person, self.sitting.lines[person].name, "user")
        changed = self.sitting.file(member, tier, self.app.backend.clock.now())
        self.step(*changed)
        self.commit(person, tier, by)

    def refile(self, row: Member, tier: str) -> None:
        """Put a row of a column into another tier, or make an automatic one the user's own."""
        mine = row._replace(origin="user")
        if mine not in self.sitting.columns[tier]:
            self.paint(*self.sitting.put(mine, tier))
            self.commit(row.id, tier)

    def step(self, *tiers: str) -> None:
        """Show the next card, and these columns."""
        self.paint(*tiers)
        self.read_ahead()

    def action_reading(self) -> None:
        """Mark the person as worth reading; whose card is shown goes to C by that."""
        people = [who.id for who in self.meant()]
        unsorted = people == [self.sitting.current] and people[0] in self.sitting.left
        known = self._cards.get(people[0]) if people else None
        if unsorted and not (known and known.card.evidence.reading):
            self.file(people[0], _KEPT, SetReading((people[0],)))
        else:
            super().action_reading()
