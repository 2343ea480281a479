from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.commands.stay import StayInTier
from core.errors import NotFoundError
from tests.book import digest, fresh, people, rows

if TYPE_CHECKING:
    from pathlib import Path

SAID = "SELECT card_id, value FROM standing WHERE field = 'stay'"


def test_who_stays_is_not_questioned_for_half_a_year_and_undo_forgets_it(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    ada, ben = people(bus, "Ada", "Ben")
    before = digest(bus.path)
    done = bus.run(StayInTier((ada, ben)))
    assert done.label == "2 people stay as filed until 22 May"
    assert rows(bus.path, SAID) == [(ada, "2027-05-22"), (ben, "2027-05-22")]
    bus.undo()
    assert digest(bus.path) == before
    bus.close()


def test_nobody_can_be_left_who_is_not_there(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    with pytest.raises(NotFoundError):
        bus.run(StayInTier((7,)))
    bus.close()
