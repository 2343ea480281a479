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
    return StepLine(*row, undone=False) if row else None
