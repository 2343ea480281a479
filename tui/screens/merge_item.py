"""What there is to decide on the merge screen, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from core.queries.people import PersonLine
    from core.queries.questions import Question

LANES: Final = ("by hand", "questions", "certain", "likely", "unsure", "later")
"""The lists, in the order in which they are worked through."""
BY_HAND, QUESTIONS, CERTAIN, LIKELY, UNSURE, LATER = LANES

Key = tuple[int, ...]


class Item(NamedTuple):
    """One thing to decide.

    Attributes:
        lane: one of `LANES`.
        people: who may be one; of a question the one it is about.
        chance: that they are one, in percent; 0 where nobody compared them.
        why: reasons in words, strongest first.
        against: reasons why not.
        question: what a re-import asks, or None.
    """

    lane: str
    people: tuple[int, ...]
    chance: int = 0
    why: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    question: Question | None = None

    @property
    def key(self) -> Key:
        """What stays the same when it is read again."""
        return (-self.question.fact,) if self.question else self.people


class Reading(NamedTuple):
    """What the book says: all that is open, lane after lane, and lines of everybody in it."""

    items: tuple[Item, ...]
    lines: tuple[PersonLine, ...]
