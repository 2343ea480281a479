"""Who is listed: everybody, or those a search finds, narrowed within the last ones as it grows."""

from __future__ import annotations

import gc
from itertools import compress
from operator import not_
from typing import TYPE_CHECKING, Final

from core.queries import people
from core.rules import finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.people import PersonLine
    from core.storage.driver import Connection

FEW: Final = 5
"""With fewer hits than this, those that are near are looked for too."""
_RANKED: Final = 8_000
"""Hits beyond this stay in the order of names: nobody reads so far."""


def everybody(connection: Connection) -> list[PersonLine]:
    """Read everybody, off the loop, without the long pauses that so many objects would cost.

    A hundred thousand lines would be walked by each full garbage collection, 100 ms and more
    between two keys; they hold no cycles, so they are none of the collector's business.
    """
    gc.disable()
    try:
        return people.everybody(connection)
    finally:
        gc.freeze()
        gc.enable()


class Found:
    """The people of the book and what a search leaves of them.

    Attributes:
        everybody: all of them, by name.
        text: the search as it was typed; `wanted` is what it means, `last` what the newest one
            that was not empty meant.
        hits: who answers to it; `near` who only resembles it.
        rows: both, as they are listed: words that begin with what is typed before others.
    """

    def __init__(self) -> None:
        self.everybody: Sequence[PersonLine] = ()
        self.text = ""
        self.wanted = self.last = finding.parse("")
        self.hits: Sequence[PersonLine] = ()
        self.near: tuple[PersonLine, ...] = ()
        self.rows: Sequence[PersonLine] = ()

    @property
    def words(self) -> str:
        """The words of the search, without its filters."""
        return " ".join(self.wanted.words)

    @property
    def wants_near(self) -> bool:
        """Whether so few were found that a slip of the finger is likely."""
        return bool(self.wanted.words) and len(self.hits) < FEW

    def load(self, everybody: Sequence[PersonLine]) -> None:
        """Take other lines; the search stays."""
        self.everybody = everybody
        self.hits = finding.narrow(everybody, self.wanted) if self.wanted else everybody
        if self.near:
            ids = {line.id for line in self.near}
            now = {line.id: line for line in everybody if line.id in ids}
            self.near = tuple(now[line.id] for line in self.near if line.id in now)
        self._arrange()

    def find(self, text: str) -> None:
        """Search for other words; near ones stay until `take_near` brings others."""
        wanted = finding.parse(text)
        among = self.hits if wanted.within(self.wanted) else self.everybody
        self.hits = finding.narrow(among, wanted) if wanted else self.everybody
        self.text, self.wanted = text, wanted
        self.last = wanted or self.last
        if not self.wants_near:
            self.near = ()
        self._arrange()

    def take_near(self, lines: Sequence[PersonLine]) -> None:
        """Add those that are near, as far as they pass the filters."""
        self.near = tuple(finding.narrow(lines, finding.Wanted((), self.wanted.filters)))
        self._arrange()

    def file(self, people: frozenset[int], tier: str) -> None:
        """Show people in a tier before the book has it."""
        self.load(
            [
                line._replace(tier=tier, tier_origin="user") if line.id in people else line
                for line in self.everybody
            ]
        )

    def next_hit(self, at: int, way: int) -> int:
        """The place of the next row that answers to the search, or to the one before it.

        Args:
            at: the place to go on from.
            way: 1 for forwards, -1 for backwards; both go on at the other end.
        """
        rows = self.rows
        if self.wanted or not self.last:
            return (at + way) % max(1, len(rows))
        hits = {line.id for line in finding.narrow(rows, self.last)}
        places = (place % len(rows) for place in range(at + way, at + way * len(rows), way))
        return next((place for place in places if rows[place].id in hits), at)

    def name_of(self, person: int) -> str:
        """The name of somebody; "" if nobody has this id."""
        return next((line.name for line in self.everybody if line.id == person), "")

    def _arrange(self) -> None:
        rows = self.hits
        if self.near:  # what was only near may have become a hit as the search went on
            hits = {line.id for line in rows}
            self.near = tuple(line for line in self.near if line.id not in hits)
        if self.wanted.words and len(rows) <= _RANKED:
            starts = [f" {word}" for word in self.wanted.words]
            places = [not all(word in f" {line.search}" for word in starts) for line in rows]
            rows = [*compress(rows, map(not_, places)), *compress(rows, places)]
        self.rows = [*rows, *self.near] if self.near else rows
