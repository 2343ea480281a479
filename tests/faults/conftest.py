"""The hostile book, and a home to read it in."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.faults import hostile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.hostile import Hostile


@pytest.fixture(scope="session")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """A book and lists of hostile words; the book is not to be written to."""
    return hostile.make(tmp_path_factory.mktemp("hostile") / "lists")


@pytest.fixture
def book(lists: Hostile, tmp_path: Path) -> Path:
    """A copy of the hostile book."""
    copy = tmp_path / "people.db"
    shutil.copy(lists.book, copy)
    return copy


@pytest.fixture(scope="session")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    """The variables of a home whose settings let everybody be on today's list."""
    return hostile.in_home(tmp_path_factory.mktemp("home") / "home", "budget = 40")
