"""Take entries out of a person again, years and edits later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from core.commands.decide import name_of
from core.errors import NotFoundError, UsageError
from core.storage import merging
from core.work import Outcome

if TYPE_CHECKING:
    from core.work import Work


class Unmerged(NamedTuple):
    """The two people whom an unmerge made: who stays, and who was taken out."""

    stays: int
    taken_out: int


@dataclass(frozen=True, slots=True)
class Unmerge:
    """Let some entries of a person be a person of their own.

    Each entry takes what is its own with it, whatever came since: values, talks, decisions.

    Attributes:
        person: the person's id, or the id of any card of theirs.
        cards: ids of the entries that leave, together.
    """

    person: int
    cards: tuple[int, ...]
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Point each side home, and note that the two are different; the result is `Unmerged`.

        Raises:
            NotFoundError: there is no such person, or an entry is not theirs.
            UsageError: no entry is named, or all of them are.
        """
        raw = work.raw
        person = merging.persons_of(raw, [self.person]).get(self.person)
        if person is None:
            raise NotFoundError(f"there is nobody with the id {self.person}")
        who = name_of(work, person)
        cards = merging.cards_of(raw, [person])
        leave = sorted(set(self.cards))
        if not set(leave) <= set(cards):
            raise NotFoundError("that entry is not one of theirs any more; look again")
        stay = [card for card in cards if card not in set(leave)]
        if not leave or not stay:
            raise UsageError(
                "name the entries to take out: at least one, and not all of them"
                if len(cards) > 1
                else "they are of one entry only; there is nothing to take out"
            )
        merging.point(raw, stay[0], stay)
        merging.point(raw, leave[0], leave)
        merging.part(raw, stay, leave)
        out = "1 entry" if len(leave) == 1 else f"{len(leave):,} entries"
        home = Unmerged(stay[0], leave[0])
        return Outcome(f"took {out} out of {who}", tuple(sorted(home)), result=home)
