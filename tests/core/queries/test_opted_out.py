"""What was asked about contact holds for a day's list too, even one that was planned before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.log_talk import LogTalks, Talk
from core.commands.opt_out import SetOptOut
from core.commands.plan_day import PlanDay
from core.commands.promise import AddPromise
from core.commands.set_tier import SetTier
from core.queries import focus, opt_outs
from core.settings import Settings
from tests.book import CLOCK, at, entry, fresh, merge, store
from tests.support import read

if TYPE_CHECKING:
    from pathlib import Path

WAYS = (("email", "ada@wayne.example"), ("phone", "+41 44 668 18 00"))
TODAY = CLOCK.today()


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    """Ada has a mail address and a number, Ben an address alone; both are long overdue."""
    spring = at("2026-03-01")
    bus = fresh(tmp_path / "people.db", clock=spring)
    store(bus, entry("Ada Wong", *WAYS), entry("Ben Ortiz", ("email", "ben@globex.example")))
    bus.run(SetTier((1, 2), "A"))
    bus.run(LogTalks((Talk((1, 2), spring.today(), "mail"),)))
    bus.close()
    return Bus(tmp_path / "people.db", clock=CLOCK, sitting="tests")


def listed(bus: Bus) -> dict[str, str]:
    day = read(bus.path, lambda view: focus.day(view, TODAY, Settings()))
    return {row.name: row.channel for row in day.rows}


@pytest.mark.parametrize("planned", [False, True])
def test_a_way_they_never_want_is_not_named_whenever_they_said_so(bus: Bus, planned: bool) -> None:
    assert listed(bus) == {"Ada Wong": "mail", "Ben Ortiz": "mail"}
    if planned:
        bus.run(PlanDay(TODAY))
    bus.run(SetOptOut((1, 2), "mail", "never"))
    assert listed(bus) == {"Ada Wong": "call", "Ben Ortiz": ""}
    bus.run(SetOptOut((1,), "all", "never"))
    assert listed(bus) == {"Ben Ortiz": ""}
    bus.undo()
    assert listed(bus) == {"Ada Wong": "call", "Ben Ortiz": ""}


@pytest.mark.parametrize("planned", [False, True])
def test_not_even_a_promise_lists_who_wants_no_contact(bus: Bus, planned: bool) -> None:
    bus.run(AddPromise((1,), "me", "the deck", TODAY.isoformat()))
    assert "Ada Wong" in listed(bus)
    if planned:
        bus.run(PlanDay(TODAY))
    bus.run(SetOptOut((1,), "all", "never"))
    assert "Ada Wong" not in listed(bus)


def test_what_one_entry_was_told_holds_for_the_person_it_is_merged_into(bus: Bus) -> None:
    bus.run(SetOptOut((2,), "mail", "never", "his mail"))
    bus.run(merge(1, 2))
    assert listed(bus) == {"Ada Wong": "call"}
    assert read(bus.path, opt_outs.opted_out) == {1: "mail"}
