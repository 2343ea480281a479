"""A talk in a few lines: day, direction, way, and the first words that were said."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from tui import safe, words
from tui.theme import QUIET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from textual.content import Content

    from core.queries.person import TalkLine

_DAY: Final = 9
_BEFORE: Final = _DAY + words.WAY + 4
"""Cells before what was said."""
_LEAST: Final = 10


def talk_lines(talk: TalkLine, width: int, today: date, most: int = 1) -> Iterator[Content]:
    """One line of exactly so many cells, and up to `most` in all where more was said."""
    room = max(_LEAST, width - _BEFORE)
    said = f"“{talk.text[: room * most]}”" if talk.text else ""
    first, *rest = wrap(said, room)[:most] if most > 1 and said else [said]
    yield safe.columns(
        width,
        safe.Column(words.day(talk.day, today), _DAY, QUIET, right=True),
        safe.Column(words.arrow(talk.direction), 1, "bold $primary"),
        safe.Column(words.way(talk.kind, talk.channel), words.WAY, QUIET),
        safe.Column(first),
    )
    for line in rest:
        yield safe.line(" " * _BEFORE, safe.cut(line, room))
