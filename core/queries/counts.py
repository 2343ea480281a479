"""The numbers in the header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from core.storage.driver import Connection


_FEW: Final = 3_000
"""So many pairs are put into groups in less than a tenth of a second."""


class Counts(NamedTuple):
    """People in all, unsorted, and by tier."""

    people: int
    unsorted: int
    a: int
    b: int
    c: int
    d: int

    @property
    def by_tier(self) -> dict[str, int]:
        """How many people each letter holds."""
        return {"A": self.a, "B": self.b, "C": self.c, "D": self.d}


def counts(connection: Connection) -> Counts:
    """Count the book."""
    by_tier = dict(
        connection.execute("SELECT tier, count(*) FROM person_row GROUP BY tier").fetchall()
    )
    tiers = [by_tier.get(tier, 0) for tier in ("", "A", "B", "C", "D")]
    return Counts(sum(tiers), *tiers)


def to_merge(connection: Connection) -> int:
    """How many decisions wait on the Merge screen: questions of re-imports, and who looks alike.

    Groups count once, as they are decided; where there are very many, pairs are counted instead,
    which takes no time.
    """
    from core.queries import duplicates, questions  # the first paint has no need of them

    alike = duplicates.open_count(connection)
    if alike <= _FEW:
        alike = sum(group.lane != "later" for group in duplicates.groups(connection))
    return questions.count(connection) + alike


def changed_elsewhere(connection: Connection) -> int:
    """A number that moves when another connection commits; costs microseconds."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
