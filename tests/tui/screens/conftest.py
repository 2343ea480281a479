"""A phone's book for the tests of screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from importers.choices import Options
from importers.run import import_paths
from tests.tui.conftest import MORNING
from tests.tui.screens.triage_desk import a_list

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    """A book of thirty-two people, all unsorted, in whom no batch is to be seen."""
    book = tmp_path / "phone.db"
    bus = Bus(book, clock=MORNING)
    path = a_list(tmp_path, [f"Person {place:02}" for place in range(32)])
    import_paths(bus, book, [path], Options(region="DE"))
    bus.close()
    return book
