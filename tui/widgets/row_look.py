"""How the rows of a list look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from textual.content import Content

Row = TypeVar("Row")


def _first_field(row: Any) -> Hashable:  # noqa: ANN401 - rows are read models of any shape
    return row[0]  # type: ignore[no-any-return]


def _no_sign(_row: object) -> str:
    return ""


@dataclass(frozen=True)
class Look(Generic[Row]):
    """How the rows of a list look.

    Attributes:
        render: a row and a width in cells to one line, made by `tui.safe`.
        key_of: what stays the same when a row is read again; its first field by default.
        sign_of: one sign before a row, such as ``✓``; mark and cursor stand beside it.
        header: a width to the line above the rows, or None for no header.
        empty: what an empty list says; lines end at line breaks.
        gutter: cells before each row for signs and cursor: 3, or 2 in narrow lists.
    """

    render: Callable[[Row, int], Content]
    key_of: Callable[[Row], Hashable] = _first_field
    sign_of: Callable[[Row], str] = _no_sign
    header: Callable[[int], Content] | None = None
    empty: str = ""
    gutter: int = 3
