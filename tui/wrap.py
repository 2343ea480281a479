"""Long values broken into lines of so many cells, at spaces where there are any."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, chop_cells

from core.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 120
"""Rows that one value may take; a note of ten thousand lines is copied, not read, here."""

_NARROWEST: Final = 8
_POINTS_A_CELL: Final = 4


def wrapped(data: str, room: int) -> Iterator[str]:
    """The data in lines of so many cells, broken at spaces where there are any; at least one."""
    room = max(room, _NARROWEST)
    most = LONGEST * room * _POINTS_A_CELL
    lines = chain.from_iterable(_folded(line, room) for line in data[:most].splitlines())
    shown = list(islice(lines, LONGEST + 1))
    yield from shown[:LONGEST] or [""]
    if len(shown) > LONGEST or len(data) > most:
        yield "… and more: y copies it whole"


def _folded(line: str, room: int) -> Iterator[str]:
    line = visible(line)
    if cell_len(line) <= room:
        yield line
        return
    kept = ""
    for word in line.split(" "):
        longer = f"{kept} {word}" if kept else word
        if cell_len(longer) <= room:
            kept = longer
            continue
        if kept:
            yield kept
        *full, kept = chop_cells(word, room) or [""]
        yield from full
    yield kept
