"""Typing a value of one's own, where none of those that are there is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.rules import kinds, tiers
from core.rules.choices import TIER, WORK
from tui.screens.edit_check import HINTS, reader
from tui.screens.merge_draft import Typed
from tui.screens.merge_rows import field_word
from tui.widgets.ask import AskLine
from tui.widgets.choose import Choose, Option
from tui.words import work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from core.queries.people import PersonLine
    from core.queries.questions import Question
    from tui.app import VitalfewApp


_TITLES = {kinds.ORG: "employer", kinds.TITLE: "job"}

Piece = tuple[str, str]
"""A kind of fact, and what stands in its box at first."""


def pieces(
    field: str, start: str, person: PersonLine | None, question: Question | None
) -> tuple[Piece, ...]:
    """What is asked for a field: one line, but of work the employer and the job.

    Args:
        field: the name of the field.
        start: the value at the cursor.
        person: whose it is, if it is anybody's.
        question: what a re-import asks, which may be about the job alone.
    """
    if field != WORK:
        return ((field, start),)
    if question:
        return tuple((part.kind, part.mine) for part in question.parts)
    if person and work(person.title, person.org) == start:
        return (kinds.ORG, person.org), (kinds.TITLE, person.title)
    return (kinds.ORG, start), (kinds.TITLE, "")


async def asked(app: VitalfewApp, field: str, wanted: Sequence[Piece], today: date) -> Typed | None:
    """Ask for a value, piece by piece; None if nothing is typed.

    Args:
        app: where it is asked.
        field: the name of the field.
        wanted: what is asked for; only the first of them must be typed.
        today: what ages are told from.
    """
    if field == TIER:
        letters = [Option(tier.lower(), tier, tier, tiers.meaning(tier)) for tier in tiers.TIERS]
        tier = await app.push_screen_wait(Choose("tier", letters, wanted[0][1]))
        return Typed(tier, ((TIER, tier),)) if tier else None
    typed: list[Piece] = []
    for kind, start in wanted:
        word, hint = _TITLES.get(kind) or field_word(kind), HINTS.get(kind, "")
        read_as: Callable[[str], tuple[str, str]] = reader(kind, "", "", today)
        if typed:
            read_as, hint = _anything, f"{hint}   (enter alone: none)"
        text = await app.push_screen_wait(AskLine(word, hint, read_as, start))
        if text is None:
            return None
        typed.append((kind, text))
    order = sorted(typed, key=lambda piece: piece[0] == kinds.ORG)  # the employer comes last
    return Typed(", ".join(text for _, text in order if text), tuple(typed))


def _anything(line: str) -> tuple[str, str]:
    return line.strip(), "kept as typed"
