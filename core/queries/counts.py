"""The numbers in the header."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from core.storage.driver import Connection


class Counts(NamedTuple):
    """People in all, unsorted, and by tier."""

    people: int
    unsorted: int
    a: int
    b: int
    c: int
    d: int


def counts(connection: Connection) -> Counts:
    """Count the book."""
    by_tier = dict(
        connection.execute("SELECT tier, count(*) FROM person_row GROUP BY tier").fetchall()
    )
    tiers = [by_tier.get(tier, 0) for tier in ("", "A", "B", "C", "D")]
    return Counts(sum(tiers), *tiers)


def changed_elsewhere(connection: Connection) -> int:
    """A number that moves when another connection commits; costs microseconds."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
