"""The shell on a book of two lists that share people, as in its own tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import twice
from tests.tui.cli.conftest import lists, run

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["book", "lists", "run"]


@pytest.fixture
def book(lists: Path, tmp_path: Path) -> Path:
    return twice.copied(lists, tmp_path / "people.db")
