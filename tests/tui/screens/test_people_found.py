from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from core.queries import people
from tests.support import read
from tui.screens.people_found import Found, everybody

if TYPE_CHECKING:
    from pathlib import Path


def test_whom_the_next_letter_finds_is_near_no_more(book: Path) -> None:
    found = Found()
    found.load(read(book, everybody))
    found.find("mulle")
    everyone = [line for line in found.everybody if "muller" in line.search]
    assert len(everyone) > 1
    found.find("mulelr")
    found.take_near(everyone)
    assert found.near
    found.find("muller")
    ids = [line.id for line in found.rows]
    assert len(set(ids)) == len(ids)
    assert set(ids) >= {line.id for line in everyone}


def test_reading_everybody_leaves_the_collector_on(book: Path) -> None:
    found = Found()
    found.load(read(book, everybody))
    assert gc.isenabled()
    assert len(found.rows) == len(read(book, people.everybody))
