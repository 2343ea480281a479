"""Which row of an unknown table holds its headings, if any does."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from importers.guess import COLUMNS, is_data, recognised
from importers.table import headings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

PREAMBLE: Final = 15
"""Rows among which the headings are looked for."""
_LONGEST: Final = 80  # characters of a heading
_ENOUGH: Final = 2


def cells_of(lines: Sequence[str], delimiter: str) -> list[str]:
    """The cells of the first row of some physical lines; none if its quotes do not match."""
    try:
        return next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error:
        return []


def known_in(cells: Sequence[str]) -> set[str]:
    """The cells of a row that are headings we know, in lower case; none if it is data."""
    if is_data(cells):
        return set()
    return {
        text.lower()
        for cell in cells[:COLUMNS]
        if (text := cell.strip())[:_LONGEST] == text and recognised(text)
    }


def settle(rows: Sequence[Sequence[str]]) -> tuple[int, tuple[str, ...]]:
    """Finds the headings behind any preamble.

    Args:
        rows: the first rows of the table, blank ones included; the first 15 are looked at.

    Returns:
        The index of the row of headings and the headings; -1 and ``column 1``, ``column 2``, ...
        if the first row is data; no headings if every row is blank.
    """
    filled = [at for at, row in enumerate(rows[:PREAMBLE]) if any(map(str.strip, row))]
    if not filled:
        return -1, ()
    best = max(filled, key=lambda at: (len(known_in(rows[at])), -at))
    if len(known_in(rows[best])) < _ENOUGH:
        best = filled[0]
    if best == filled[0] and is_data(rows[best]):
        width = max(len(rows[at]) for at in filled)
        return best - 1, headings_of([""] * width)
    cells = list(rows[best])
    while cells and not cells[-1].strip():
        cells.pop()
    return best, headings_of(cells)
