"""Cells of a table that a spreadsheet would run as formulas, made harmless and made good again."""

from __future__ import annotations

from typing import Final

GUARDED: Final = "Guarded by vitalfew"
"""The heading of an empty column by which our own import knows a table whose cells are guarded."""
_FIRST: Final = frozenset("=+-@\t\r\n\0'|")
_SIGNS: Final = frozenset("=+-@")


def guard(cell: str) -> str:
    """The cell with ``'`` before it where a spreadsheet could take it for a formula.

    One that begins with ``'`` gets another, so that `unguard` gives back exactly what it was.
    """
    if cell and (cell[0] in _FIRST or cell.lstrip()[:1] in _SIGNS):
        return f"'{cell}"
    return cell


def unguard(cell: str) -> str:
    """The cell as it was before `guard`; only for tables that are known to be guarded."""
    return cell[1:] if cell[:1] == "'" else cell
