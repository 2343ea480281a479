"""The last few talks below the facts of a person, where the log is not beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui import safe, words
from tui.screens.person_rows import Row
from tui.theme import QUIET
from tui.widgets.timeline import said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.queries.timeline import TimeLine

_NEWEST: Final = 3
_DAY, _ARROW = 8, 1


def talk_rows(newest: Sequence[TimeLine], talks: int, today: date, key: str) -> list[Row]:
    """The last few talks, and where the others are.

    Args:
        newest: the newest first.
        talks: how many there are.
        today: what days are told from.
        key: what leads to the log.
    """
    rows = [
        Row(
            at,
            words="" if (told := said(talk)) == talk.kind else told,  # the way says it
            value=talk.line,
            talk=True,
            day=words.day(talk.day, today),
            arrow=words.arrow("" if talk.there else talk.direction),
            way=words.way(talk.kind, talk.channel),
        )
        for at, talk in enumerate(newest[:_NEWEST])
    ]
    if len(newest) > len(rows):
        told = f"{key} shows all {words.many(talks, 'talk')}"
        rows.append(Row(len(rows), words=told, old=True, talk=True))
    if not rows:
        rows.append(Row(0, words=words.NO_TALK, old=True))
    rows[0] = rows[0]._replace(head="log")
    return rows


def columns(row: Row) -> list[safe.Column]:
    """What stands beside the head of such a row."""
    told = safe.Column(row.words, style=QUIET if row.old else "")
    if not row.arrow:
        return [told]
    return [
        safe.Column(row.day, _DAY, QUIET, right=True),
        safe.Column(row.arrow, _ARROW, "bold $primary"),
        safe.Column(row.way, words.WAY, QUIET),
        told,
    ]
