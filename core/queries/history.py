"""The journal in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from core.storage.driver import Connection


class StepLine(NamedTuple):
    """One command: `at` is UTC; `undone` tells whether it is taken back now."""

    id: int
    name: str
    label: str
    origin: str
    sitting: str
    at: str
    people: int
    undone: bool


def steps(connection: Connection, limit: int = 1_000, before: int | None = None) -> list[StepLine]:
    """The newest steps that a person made, newest first; `before` an id for the next page."""
    rows = connection.execute(
        """SELECT id, name, label, origin, sitting, at, people, undone > 0 FROM command
        WHERE origin <> 'system' AND (:before IS NULL OR id < :before)
        ORDER BY id DESC LIMIT :limit""",
        {"limit": limit, "before": before},
    )
    return [StepLine._make((*row[:7], bool(row[7]))) for row in rows]


def newest(connection: Connection) -> StepLine | None:
    """The step that taking back begins with: the newest that is not taken back."""
    row = connection.execute(
        """SELECT id, name, label, origin, sitting, at, people FROM command
        WHERE origin <> 'system' AND undone = 0 ORDER BY id DESC LIMIT 1"""
    ).fetchone()
    return StepLine._make((*row, False)) if row else None


class Mark(NamedTuple):
    """How far the journal is: two equal marks mean that nothing was done, undone or redone.

    Attributes:
        newest: the id of the newest command; 0 in an empty journal.
        undone: a number that moves with each undoing and redoing.
    """

    newest: int
    undone: int


def mark(connection: Connection) -> Mark:
    """How far the journal is now; costs microseconds."""
    row = connection.execute(
        """SELECT (SELECT coalesce(max(id), 0) FROM command),
          (SELECT coalesce(sum(id * (undone + id)), 0) FROM command WHERE undone > 0)"""
    ).fetchone()
    return Mark(*row)
