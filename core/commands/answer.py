"""Keep what the user said of people who look alike, so that it is asked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.commands.decide import name_of
from core.errors import NotFoundError, UsageError
from core.storage import merging
from core.work import Outcome

if TYPE_CHECKING:
    from core.work import Work

VERDICTS: Final = ("different", "family", "later")
_WORDS: Final = {"different": "different people", "family": "family", "later": "later"}
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class AnswerPeople:
    """Say of these people, each with each, that they are not one.

    Attributes:
        people: person ids, or ids of cards of theirs; at least two people.
        verdict: ``different``; ``family``: two who share an address or a phone; ``later``: ask
            again when all else is done, which takes no other answer back.
    """

    people: tuple[int, ...]
    verdict: str
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write an answer for every two of their cards.

        Raises:
            NotFoundError: one of them is not in the book.
            UsageError: there is no such answer, or they are one person, or too many.
        """
        if self.verdict not in VERDICTS:
            raise UsageError(f"an answer is one of {', '.join(VERDICTS)}")
        owners = merging.persons_of(work.raw, self.people)
        for card in self.people:
            if card not in owners:
                raise NotFoundError(f"there is nobody with the id {card}")
        people = tuple(dict.fromkeys(owners[card] for card in self.people))
        if not 1 < len(people) <= _MOST:
            raise UsageError(f"an answer is about two people or more, {_MOST} at most")
        merging.answer(work.raw, people, self.verdict)
        names = [name_of(work, person) for person in people]
        who = " and ".join(names) if len(names) == 2 else f"{len(names):,} people"  # noqa: PLR2004 — a pair
        return Outcome(f"{who}: {_WORDS[self.verdict]}", people)
