"""What a day brought."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.clock import FixedClock
from core.commands.log_talk import LogTalks, Talk
from core.commands.promise import AddPromise, SettlePromise
from core.commands.set_tier import SetTier
from core.queries.brought import Brought, Talked, brought
from core.storage import connect
from tests.book import CLOCK, fresh, people, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = CLOCK.today()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    bus = fresh(tmp_path / "people.db")
    yield bus
    bus.close()


def told(bus: Bus, now: datetime = CLOCK.moment) -> Brought:
    with closing(connect.view(bus.path)) as view:
        return brought(view, now)


def test_people_talks_and_promises_of_the_day_are_told(bus: Bus) -> None:
    people(bus, "Ada", "Ben", "Chen", "Dee")
    bus.run(SetTier((2,), "A"))
    bus.run(SetTier((1,), "B"))
    bus.run(SetTier((4,), "D"))
    yesterday = TODAY - timedelta(days=1)
    bus.run(AddPromise((1,), "me", "the deck", ""))
    bus.run(
        LogTalks(
            (
                Talk((1, 2), TODAY, "meeting"),
                Talk((1,), TODAY, "message", channel="linkedin"),
                Talk((1,), TODAY, "meeting"),
                Talk((3,), TODAY, "note"),
                Talk((3,), yesterday, "call"),
                Talk((4,), TODAY, "call"),
            )
        )
    )
    bus.run(SettlePromise(1, kept=True))
    assert told(bus) == Brought(
        ("Ben", "Ada"), (Talked("meeting", "meeting", 2), Talked("message", "linkedin", 1)), 1, 1
    )


def test_what_was_taken_back_or_made_before_midnight_is_not_of_the_day(bus: Bus) -> None:
    people(bus, "Ada")
    bus.run(AddPromise((1,), "them", "a call", ""))
    bus.undo()
    assert told(bus).made == 0
    late = FixedClock(CLOCK.moment - timedelta(days=1))
    Bus(bus.path, clock=late, sitting="tests").run(AddPromise((1,), "me", "the deck", ""))
    assert rows(bus.path, "SELECT count(*) FROM promise") == [(1,)]
    assert told(bus).made == 0
    assert told(bus, late.moment).made == 1


def test_a_day_without_anything_brought_nothing(bus: Bus) -> None:
    assert told(bus) == Brought()
