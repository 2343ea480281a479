"""A Pareto curve as cells: an area of block signs under it, the line of the aim, labels."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from core.rules.pareto import AIM
from tui import safe
from tui.theme import QUIET

if TYPE_CHECKING:
    from textual.content import Content

    from core.rules.pareto import Curve

LABEL: Final = 6
"""Cells of the labels, and of the line right of them."""
_BLOCKS: Final = " ▁▂▃▄▅▆▇█"
_EIGHTHS: Final = 8
_AIM: Final = "┄"
_CURSOR: Final = "│"
_UPTO, _BEYOND = "$primary", "$secondary"


def area(curve: Curve, width: int, height: int) -> list[str]:
    """The rows, the highest first: block signs under the curve, and the line of the aim over it."""
    people, eighths = len(curve.people), height * _EIGHTHS
    tops = [round(curve.share((at + 1) / width * people) * eighths) for at in range(width)]
    aim = height - 1 - min(eighths * AIM // 100 // _EIGHTHS, height - 1)
    rows = []
    for place in range(height):
        below = (height - 1 - place) * _EIGHTHS
        signs = "".join(_BLOCKS[min(max(top - below, 0), _EIGHTHS)] for top in tops)
        if place == aim:  # through the area too: its ground is coloured there
            signs = "".join(_AIM if sign in " █" else sign for sign in signs)
        rows.append(signs)
    return rows


def painted(rows: list[str], place: int, at: int, style: str) -> Content:
    """A row with its label, the people up to the cursor set off, and the cursor's line.

    Args:
        rows: of `area`.
        place: which of them, the highest 0.
        at: the column of the cursor.
        style: of the cursor.
    """
    signs = rows[place]
    through = _AIM in signs
    label = f"{AIM} %" if through else "100 %" if not place else ""
    edge = "┤" if label else "│"
    under = _first_under(rows, place) if through else 0
    left = safe.pad(label, LABEL - 1, right=True) + edge
    parts = [(left, QUIET)]
    for first, last, ground in ((0, at, _UPTO), (at + 1, len(signs), _BEYOND)):
        for (dashed, inside), run in groupby(
            range(first, last), key=lambda cell: (signs[cell] == _AIM, cell >= under)
        ):
            told = "".join(signs[cell] for cell in run)
            over = f"$background on {ground}" if inside else QUIET
            parts.append((told, over if dashed else ground))
        if not first:
            parts.append((_CURSOR, style))
    return safe.line(*parts)


def _first_under(rows: list[str], place: int) -> int:
    """From which column on a row lies wholly under the curve."""
    signs = rows[place]
    part = next((at for at in range(len(signs) - 1, -1, -1) if signs[at] != _AIM), -1)
    if part >= 0:
        return part + 1
    above = rows[place - 1] if place else ""
    return next((at for at, sign in enumerate(above) if sign != " "), len(signs))
