"""Cells that a spreadsheet could run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.guards import guard, unguard


@given(st.text(alphabet="=+-@'| \t\r\n\0a1", max_size=6))
def test_a_guard_is_taken_off_exactly(cell: str) -> None:
    assert unguard(guard(cell)) == cell


@given(st.text(max_size=20))
def test_no_guarded_cell_begins_like_a_formula(cell: str) -> None:
    assert guard(cell).lstrip()[:1] not in set("=+-@")
    assert guard(cell)[:1] not in set("\t\r\n\0|")


@pytest.mark.parametrize("cell", ["", "Ada", "1", "a=b", "5-3"])
def test_what_is_harmless_stays_as_it_is(cell: str) -> None:
    assert guard(cell) == cell
