"""What the user wrote, while an import brings its source's new words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.queries import questions
from core.rules import three_way
from core.rules.three_way import Verdict
from core.storage import bulk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.rules.three_way import Look
    from core.work import Work


def weigh(work: Work, cards: Sequence[int], first: int) -> int:
    """Settle what needs no asking, of cards whose facts were brought up to date.

    Where the source says what it said before, or what the user wrote, the user's word stands for
    its new fact. Where the user wrote nothing else than the source used to say, it stays as
    "formerly".

    Args:
        work: the open transaction of the import.
        cards: the cards.
        first: the id of the first fact that this import brought.

    Returns:
        How many questions this import raises.
    """
    held = questions.edited(work.raw, cards)
    rows = (_row(look, work.day) for facts in held.values() for look in three_way.looks(facts))
    bulk.answer_facts(work.raw, [row for row in rows if row is not None])
    return sum(three_way.raised(facts, first) for facts in held.values())


def _row(look: Look, day: str) -> tuple[int | None, int, str, int] | None:
    if look.theirs is None or look.verdict is Verdict.QUESTION:
        return None
    if look.verdict is Verdict.THEIRS:
        return None, look.mine.part, day, look.mine.id
    return look.theirs.id, look.theirs.part, "", look.mine.id
