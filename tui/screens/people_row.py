"""How one of the people looks in a line: which columns there are depends on the room."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from tui import safe, words
from tui.theme import LOUD, QUIET, TIER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from core.queries.people import PersonLine

HINT: Final = (
    "name, firm, number, tier:a city:berlin org:globex no:phone source:linkedin label:friends"
)
_TALKED, _DUE, _CITY, _FROM = 11, 7, 9, 11
_ROOM_FOR_CITY: Final = 70
_ROOM_FOR_FROM: Final = 88
_HEADINGS: Final = ("", "name", "work", "city", "from", "talked", "due")


class PersonRow:
    """The rows of the people list.

    Attributes:
        find: the search whose words are marked.
        near: ids of those who only resemble what is searched for.
        today: what days are told from.
    """

    def __init__(self) -> None:
        self.find = ""
        self.near: frozenset[int] = frozenset()
        self.today = date.min

    def header(self, width: int) -> Content:
        """The line above the rows."""
        return safe.columns(width - 1, *self._row(width, _HEADINGS, TIER[""]))

    def render(self, line: PersonLine, width: int) -> Content:
        """One person."""
        now = self.today.isoformat()
        due = "today" if line.due == now else words.day(line.due, self.today)
        late = "" < line.due < now
        told = (
            line.tier or "·",
            line.name,
            words.dotted(line.org, line.title),
            line.city,
            _sources(line.sources),
            "near" if line.id in self.near else _talked(line.talked, self.today),
            f"!{due:>6}" if late else due,
        )
        return safe.columns(width - 1, *self._row(width, told, TIER.get(line.tier, ""), late=late))

    def _row(
        self, width: int, told: tuple[str, ...], tier: str, *, late: bool = False
    ) -> Iterator[safe.Column]:
        letter, name, work, city, sources, talked, due = told
        yield safe.Column(letter, 1, tier)
        yield safe.Column(name, find=self.find)
        yield safe.Column(work, 0, QUIET, find=self.find)
        if width >= _ROOM_FOR_CITY:
            yield safe.Column(city, _CITY, QUIET, find=self.find)
        if width >= _ROOM_FOR_FROM:
            yield safe.Column(sources, _FROM, QUIET)
        yield safe.Column(talked, _TALKED, QUIET, right=True)
        yield safe.Column(due, _DUE, LOUD if late else QUIET, right=True)


def _talked(day: str, today: date) -> str:
    """How long ago they talked; under its heading "11 months" says enough."""
    told = words.since(day, today)
    return told if len(told) <= _TALKED else told.removesuffix(" ago")


def _sources(listed: str) -> str:
    """Where somebody is from: the first list in full, and how many there are besides."""
    first, *others = listed.split(",")
    more = f" +{len(others)}" if others else ""
    return safe.cut(words.named(first), _FROM - len(more)) + more
