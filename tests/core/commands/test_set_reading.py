"""Who is worth reading is kept, and never due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.commands.set_reading import SetReading
from core.commands.set_tier import SetTier
from core.errors import NotFoundError
from tests.book import derived, fresh, people, person_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.bus import Bus


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    bus = fresh(tmp_path / "people.db")
    people(bus, "Ada Wong", "Ben Ortiz", "Chen Wei")
    yield bus
    bus.close()


def test_somebody_worth_reading_is_kept_in_the_tier_they_have(bus: Bus) -> None:
    bus.run(SetTier((1,), "A"))
    bus.run(SetTier((2,), "D"))
    assert person_row(bus.path, 1)["due"]
    done = bus.run(SetReading((1, 2, 3)))
    assert done.label == "3 people are worth reading"
    rows = [person_row(bus.path, person) for person in (1, 2, 3)]
    assert [row["tier"] for row in rows] == ["A", "C", "C"]
    assert {(row["reading"], row["due"], row["cadence"]) for row in rows} == {(1, "", 0)}


def test_who_is_no_longer_worth_reading_falls_due_again(bus: Bus) -> None:
    bus.run(SetTier((1,), "A"))
    before = derived(bus.path)
    bus.run(SetReading((1,)))
    assert bus.run(SetReading((1,), on=False)).label == "Ada Wong is no longer worth reading"
    assert derived(bus.path) == before
    bus.undo()
    assert person_row(bus.path, 1)["due"] == ""
    bus.undo()
    assert derived(bus.path) == before


def test_nobody_is_not_worth_reading(bus: Bus) -> None:
    with pytest.raises(NotFoundError):
        bus.run(SetReading((99,)))
    with pytest.raises(NotFoundError):
        bus.run(SetReading(()))
