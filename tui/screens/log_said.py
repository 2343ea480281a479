"""A conversation in words: its title, and line by line who said what on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import talk_search
from tui import safe, words
from tui.screens.log_words import marked_in, names
from tui.theme import QUIET
from tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.content import Content

    from core.queries.thread import Said, ThreadHead
    from core.rules.talk_search import Wanted

_ARROW: Final = 1
_WHO_LEAST, _WHO_MOST = 10, 24
_MINE: Final = "you"


class Bit(NamedTuple):
    """A line of a conversation.

    Attributes:
        key: its place.
        talk: the id of the talk it is of.
        person: id of who said it, or 0.
        found: whether its talk is the one that was found.
        head: day, arrow, who, each of its width; blanks but for a first line.
        first: whether it is the first of its talk.
    """

    key: int
    talk: int
    person: int
    found: bool
    head: tuple[str, str, str]
    line: str
    first: bool = False


def title(head: ThreadHead | None, width: int) -> Content:
    """The line above a conversation."""
    if head is None:
        return safe.text("")
    way = words.way(head.kind, head.channel)
    return safe.text(safe.cut(words.dotted(names(head.people), way, head.subject), width))


def bits(said: Sequence[Said], found: int, today: date, width: int) -> list[Bit]:
    """A conversation line by line, so that long mails can be walked through.

    Who said it is not written where there is nobody but the one of the title: an arrow tells.
    """
    days = [words.exact_day(one.day, today) for one in said]
    others = dict.fromkeys(one.who for one in said if one.who)
    widest = max(map(safe.cells, (_MINE, *others)))
    who = min(widest, max(_WHO_LEAST, min(_WHO_MOST, width // 5))) if len(others) > 1 else 0
    widths = (max(map(len, days), default=0), _ARROW, who)
    made: list[Bit] = []
    for at, one in enumerate(said):
        again = at and days[at] == days[at - 1]
        told = ("" if again else days[at], words.arrow(one.direction), one.who or _MINE)
        lines = wrapped(one.text.strip("\n"), width - sum(widths) - len(widths))
        for place, line in enumerate(lines):
            head = _padded(("", "", "") if place else told, widths)
            talk = (one.id, one.person, one.id == found)
            made.append(Bit(len(made), *talk, head, line, first=not place))
    return made


def bit(one: Bit, wanted: Wanted | None) -> Content:
    """A line of a conversation; what was searched for is marked in it."""
    day, arrow, who = one.head
    places = talk_search.places(one.line, wanted) if wanted else ()
    style = "bold" if one.found else QUIET
    space = " " if who else ""
    left = ((day, QUIET), " ", (arrow, "bold $primary"), " ", (who, style), space)
    return safe.line(*left, *marked_in(one.line, places))


def _padded(told: tuple[str, str, str], widths: tuple[int, int, int]) -> tuple[str, str, str]:
    day, arrow, who = widths
    return safe.pad(told[0], day, right=True), safe.pad(told[1], arrow), safe.pad(told[2], who)
