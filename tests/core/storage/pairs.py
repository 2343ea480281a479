"""Candidates as a test wants them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from tests.book import raw

if TYPE_CHECKING:
    from pathlib import Path


def put(path: Path, *pairs: tuple[int, int, int, int]) -> None:
    """Pairs of cards, each low, high, bits and lane, as comparing would leave them."""
    with closing(raw(path)) as connection:
        connection.executemany(
            "INSERT INTO candidate(low_id, high_id, odds, chance, lane, tie, why, against) "
            "VALUES (?, ?, ? * 1000, ?, ?, 0, ?, '')",
            [
                (low, high, bits, 9_000 + bits, lane, f"both {low} {high}" if lane else "")
                for low, high, bits, lane in pairs
            ],
        )
