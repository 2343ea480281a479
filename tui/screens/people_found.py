"""Who is listed: everybody, or those a search finds, narrowed within the last ones as it grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.rules import finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.people import PersonLine

FEW: Final = 5
"""With fewer hits than this, those that are near are looked for too."""


class Found:
    """The people of the book and what a search leaves of them."""

    def __init__(self) -> None:
        self.everybody: Sequence[PersonLine] = ()
        self.text = ""
        self.wanted = self.last = finding.parse("")
        self.hits: Sequence[PersonLine] = ()
        self.near: tuple[PersonLine, ...] = ()

    @property
    def rows(self) -> Sequence[PersonLine]:
        """The hits, then those that are near."""
        return [*self.hits, *self.near] if self.near else self.hits

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

    def find(self, text: str) -> None:
        """Search for other words; near ones stay until `take_near` brings others."""
        wanted = finding.parse(text)
        among = self.hits if wanted.within(self.wanted) else self.everybody
        self.hits = finding.narrow(among, wanted) if wanted else self.everybody
        self.text, self.wanted = text, wanted
        self.last = wanted or self.last
        if not self.wants_near:
            self.near = ()

    def take_near(self, lines: Sequence[PersonLine]) -> None:
        """Add those that are near, as far as they pass the filters and are no hits already."""
        hits = {line.id for line in self.hits}
        passing = finding.narrow(lines, finding.Wanted((), self.wanted.filters))
        self.near = tuple(line for line in passing if line.id not in hits)

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
