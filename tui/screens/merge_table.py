"""The rows of a group as aligned lines: field, mark, value, who says so, what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tui import safe
from tui.screens import merge_rows
from tui.theme import LOUD, QUIET, TIER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from tui.screens.merge_rows import Row

_LEAST_HEAD, _MOST_HEAD = 8, 12
_MARK: Final = 4
_LONE: Final = {merge_rows.GAP, merge_rows.NOTHING}
"""Rows without columns."""
_GAP: Final = 2
_WELL: Final = 32
_STAYS: Final = "stays as "
_LONG, _SHORT = len("stays as “formerly”"), len("“formerly”")


class _Widths(NamedTuple):
    head: int
    value: int
    about: int
    fate: int


class Table:
    """Rows that share their columns.

    Args:
        rows: the rows of one group.
    """

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._rows = [row for row in rows if row.kind not in _LONE]
        self._widths: dict[int, _Widths] = {}

    def line(self, row: Row, width: int) -> Content:
        """A row in so many cells."""
        widths = self._of(width)
        if row.kind == merge_rows.NOTHING:
            return safe.text(safe.cut(row.value, width), LOUD)
        quiet = row.kind in {merge_rows.EQUAL, merge_rows.TOLD}
        shown = row.mark in {merge_rows.CHOSEN, merge_rows.BESIDE}
        style = QUIET if quiet else "bold" if shown else ""
        if row.field == "tier":
            style = TIER.get(row.value, style)
        fate = row.fate.removeprefix(_STAYS) if widths.fate < _LONG else row.fate
        return safe.columns(
            width,
            safe.Column(row.head, widths.head, QUIET),
            safe.Column(row.mark, _MARK - 1, LOUD if shown else QUIET),
            safe.Column(row.value, widths.value, style),
            *(
                safe.Column(f" {words}", cells + _GAP - 1, QUIET)
                for words, cells in ((row.about, widths.about), (fate, widths.fate))
                if cells
            ),
        )

    def cut(self, row: Row, width: int) -> str:
        """The value of a row in full, if the line shows only its beginning; or ""."""
        fits = row.kind in _LONE or safe.cells(row.value[:2_000]) <= self._of(width).value
        return "" if fits else row.value

    def _of(self, width: int) -> _Widths:
        if width not in self._widths:
            self._widths[width] = self._measured(width)
        return self._widths[width]

    def _measured(self, width: int) -> _Widths:
        """How wide the columns are; they stay so, whatever is chosen."""
        head = max((_LEAST_HEAD, *(safe.cells(row.head[:_MOST_HEAD]) for row in self._rows)))
        about = max((safe.cells(row.about[:100]) for row in self._rows), default=0)
        longest = max((safe.cells(row.value[:500]) for row in self._rows), default=0)
        room = width - head - 1 - _MARK
        about = min(about, room // 3)
        room -= about and about + _GAP
        fits = room - _LONG - _GAP >= min(longest, _WELL)
        fate = _LONG if fits else min(_SHORT, room // 4)
        return _Widths(head, max(min(longest, room - fate - _GAP), 1), about, fate)
