"""What is told of somebody before they are contacted."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.commands.log_talk import LogTalks, Talk
from core.commands.opt_out import SetOptOut
from core.commands.plan_day import PlanDay
from core.commands.promise import AddPromise, SettlePromise
from core.commands.set_tier import SetTier
from core.queries import contact as contacts
from core.storage import connect
from tests.book import CLOCK, entry, fresh, people, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.bus import Bus
    from core.queries.contact import Contact

TODAY = CLOCK.today()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    bus = fresh(tmp_path / "people.db")
    yield bus
    bus.close()


def known(bus: Bus, person: int = 1) -> Contact:
    with closing(connect.view(bus.path)) as view:
        found = contacts.contact(view, person, TODAY)
    assert found is not None
    return found


def wrote(bus: Bus, *days_ago: int, kind: str = "mail", direction: str = "out") -> None:
    for ago in days_ago:
        bus.run(LogTalks((Talk((1,), TODAY - timedelta(days=ago), kind, direction),)))


def test_why_today_and_by_which_way_are_those_of_the_list(bus: Bus) -> None:
    store(bus, entry("Ada", ("email", "ada@x.example"), ("phone", "+44 20 7946 0958")))
    bus.run(SetTier((1,), "A"))
    bus.run(AddPromise((1,), "me", "the deck", TODAY.isoformat()))
    assert known(bus).why == ""
    bus.run(PlanDay(TODAY))
    found = known(bus)
    assert (found.why, found.channel) == ("you promised: the deck (due today)", "mail")
    assert [line.what for line in found.owed] == ["the deck"]
    assert found.zone == "Europe/London"
    bus.run(SettlePromise(found.owed[0].id, kept=True))
    assert known(bus).owed == ()


def test_a_way_that_is_not_wanted_any_more_gives_way(bus: Bus) -> None:
    store(bus, entry("Ada", ("email", "ada@x.example"), ("phone", "+44 20 7946 0958")))
    bus.run(SetTier((1,), "A"))
    bus.run(AddPromise((1,), "me", "the deck", TODAY.isoformat()))
    bus.run(PlanDay(TODAY))
    bus.run(SetOptOut((1,), "mail", "never", "her", TODAY.isoformat()))
    assert known(bus).channel == "call"
    bus.run(SetOptOut((1,), "all", "never", "her", TODAY.isoformat()))
    assert known(bus).channel == ""


def test_after_two_mails_without_an_answer_another_way_is_told(bus: Bus) -> None:
    store(bus, entry("Ada", ("email", "ada@x.example"), ("phone", "+44 20 7946 0958")))
    bus.run(SetTier((1,), "B"))
    wrote(bus, 40, kind="call", direction="both")
    wrote(bus, 30)
    assert (known(bus).other, known(bus).unanswered) == ("", 1)
    wrote(bus, 20)
    found = known(bus)
    assert (found.other, found.channel) == ("2 mails unanswered: try a call", "call")
    wrote(bus, 1, direction="in")
    found = known(bus)
    assert (found.other, found.channel, found.unanswered) == ("", "mail", 0)
    assert found.last_in == "2026-11-20"


def test_the_newest_talks_are_read(bus: Bus) -> None:
    people(bus, "Ada")
    for number in range(14):
        bus.run(LogTalks((Talk((1,), date(2026, 11, 1 + number), "visit", text=f"no. {number}"),)))
    assert [talk.text for talk in known(bus).view.talked_about] == [
        f"no. {number}" for number in range(13, 1, -1)
    ]


def test_of_somebody_who_is_not_there_nothing_is_told(bus: Bus) -> None:
    with closing(connect.view(bus.path)) as view:
        assert contacts.contact(view, 7, TODAY) is None
