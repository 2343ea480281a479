"""Who might stand on the list, found by index."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.answer import AnswerPeople
from core.commands.log_talk import LogTalks, Talk
from core.commands.plan_day import PlanDay
from core.commands.promise import AddPromise, SettlePromise
from core.commands.set_tier import SetTier
from core.queries import focus
from core.settings import Settings
from core.storage import connect
from tests.book import CLOCK, Sql, at, entry, fresh, people, row, rows, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.queries.focus import FocusDay

TODAY = CLOCK.today()
WAYS = (("email", "a@example.com"), ("phone", "+44 20 7946 0958"))


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    bus = fresh(tmp_path / "people.db")
    yield bus
    bus.close()


def _on(bus: Bus, day: str) -> Bus:
    return Bus(bus.path, clock=at(day), sitting="tests")


def _day(bus: Bus, day: date = TODAY, stale_days: int = 40) -> FocusDay:
    with closing(connect.view(bus.path)) as view:
        return focus.day(view, day, Settings(stale_days=stale_days))


def _told(bus: Bus, day: date = TODAY) -> list[tuple[str, str]]:
    return [(line.name, line.why) for line in _day(bus, day).rows]


def test_promises_of_both_sides_are_told_even_of_who_is_unsorted(bus: Bus) -> None:
    people(bus, "Ada", "Ben", "Chen")
    bus.run(SetTier((1,), "A"))
    past = _on(bus, "2026-11-18")
    past.run(LogTalks((Talk((1,), date(2026, 11, 18)),)))
    past.run(AddPromise((1,), "me", "the deck", "2026-11-20"))
    past.run(AddPromise((1,), "me", "the film", "2026-11-21"))
    past.run(AddPromise((2,), "them", "the contract", "2026-11-19"))
    past.run(AddPromise((3,), "me", "the book", "2026-11-30"))
    assert _told(bus) == [
        ("Ada", "you promised: the deck (due yesterday)"),
        ("Ben", "they promised: the contract (due Thu)"),
    ]
    bus.run(PlanDay(TODAY))
    bus.run(SettlePromise(3))
    assert [line.done for line in _day(bus).rows] == [False, True]


def test_a_date_of_theirs_is_told_and_one_that_was_replaced_is_not(bus: Bus) -> None:
    store(bus, entry("Ada"), entry("Ben"), entry("Chen"))
    bus.run(SetTier((1, 2, 3), "B"))
    insert = row("fact", card_id=1, kind="date", value="x", norm="2016-11-21", label="anniversary")
    bus.run(Sql((insert, row("fact", card_id=2, kind="date", value="x", norm="2010-11"))))
    assert _told(bus) == [("Ada", "anniversary today (10 years)")]
    ((fact,),) = rows(bus.path, "SELECT id FROM fact WHERE norm = '2016-11-21'")
    bus.run(Sql((row("fact", card_id=1, kind="date", origin="user", replaces_id=fact),)))
    assert _told(bus) == []


def test_of_a_family_one_is_listed_a_day(bus: Bus) -> None:
    people(bus, "Ada", "Ben", "Chen")
    _on(bus, "2026-01-01").run(SetTier((1, 2, 3), "A"))
    bus.run(AnswerPeople((1, 2), "family"))
    listed = {line.name for line in _day(bus).rows}
    assert listed in ({"Ada", "Chen"}, {"Ben", "Chen"})
    assert _day(bus).kept_back["A"] == 1


def test_who_was_put_away_and_wrote_is_told_once(bus: Bus) -> None:
    store(bus, entry("Dora", *WAYS), entry("Dieter", *WAYS))
    _on(bus, "2026-03-02").run(SetTier((1, 2), "D"))
    letter = Talk((1,), date(2026, 11, 17), "mail", "in")
    _on(bus, "2026-11-17").run(LogTalks((letter,)))
    seen = []
    for ahead in range(30):
        day = TODAY + timedelta(ahead)
        _on(bus, day.isoformat()).run(PlanDay(day))
        seen += [(ahead, line.why) for line in _day(bus, day).rows]
    assert [ahead for ahead, _ in seen] == [0, 1, 2]
    assert seen[0] == (0, "put away 2 Mar, wrote on Tue")


def test_after_two_mails_without_an_answer_a_call_is_tried(bus: Bus) -> None:
    store(bus, entry("Ada", *WAYS))
    past = _on(bus, "2026-03-01")
    past.run(SetTier((1,), "B"))
    past.run(LogTalks((Talk((1,), date(2026, 2, 1), "call", "both"),)))
    past = _on(bus, "2026-09-01")
    past.run(LogTalks((Talk((1,), date(2026, 8, 1), "mail", "out"),)))
    assert "unanswered" not in _told(bus)[0][1]
    past.run(LogTalks((Talk((1,), date(2026, 9, 1), "mail", "out"),)))
    (found,) = _day(bus).rows
    assert (found.why, found.channel) == ("2 mails unanswered: try a call", "call")
    bus.run(PlanDay(TODAY))
    (kept,) = _day(bus).rows
    assert (kept.why, kept.channel) == (found.why, "call")
    past.run(LogTalks((Talk((1,), date(2026, 8, 20), "mail", "out"),)))
    ((due,),) = rows(bus.path, "SELECT due FROM person_row WHERE id = 1")
    assert due == "2026-12-30", "three count double"


def test_shares_count_talks_by_address_too_and_each_once(bus: Bus) -> None:
    store(bus, entry("Ada", ("email", "a@example.com")), entry("Ben"), entry("Chen"))
    bus.run(SetTier((1,), "A"))
    bus.run(SetTier((2, 3), "C"))
    assert rows(bus.path, "SELECT count(*) FROM identity") == [(0,)]
    bus.run(
        Sql(
            (
                row("identity", kind="email", norm="a@example.com"),
                row("interaction", kind="mail", day=TODAY.isoformat(), direction="in"),
                row("participant", interaction_id=1, identity_id=1, role="from"),
                row("participant", interaction_id=1, card_id=2, role="to"),
                row("interaction", kind="mail", day=TODAY.isoformat(), direction="in"),
                row("participant", interaction_id=2, identity_id=1, role="there"),
                row("participant", interaction_id=2, card_id=2, role="to"),
                row("interaction", kind="mail", day="2026-10-21", direction="in"),
                row("participant", interaction_id=3, card_id=3, role="to"),
            )
        )
    )
    found = _day(bus)
    assert (found.few_people, found.few_talks) == (33, 50)
    with closing(connect.view(bus.path)) as view:
        assert focus.day(view, TODAY, Settings(), shares=False).few_talks == 0


def test_a_list_that_has_grown_old_is_told_beside_the_rows(bus: Bus) -> None:
    given = {"kind": "linkedin", "account": "me@example.com"}
    store(bus, entry("Ada"), exported="2026-10-11", **given)
    store(bus, entry("Ben"), exported="2026-01-01", kind="vcard")
    assert _day(bus).stale == (focus.Stale("linkedin", "me@example.com", 41),)
    assert _day(bus, stale_days=41).stale == ()
    assert _day(bus, stale_days=0).stale == ()


def test_more_than_can_be_looked_at_are_counted_all_the_same(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = people(bus, *(f"Person {number:02}" for number in range(30)))
    _on(bus, "2026-01-01").run(SetTier(tuple(ids), "A"))
    assert _day(bus).kept_back["A"] == 25
    monkeypatch.setattr(focus, "MOST_DUE", 10)
    found = _day(bus)
    assert (len(found.rows), found.kept_back["A"]) == (5, 25)


def test_nothing_is_scanned_or_sorted_that_grows_with_the_book(bus: Bus) -> None:
    store(bus, *(entry(f"P {n}", ("birthday", "--11-21")) for n in range(20)))
    _on(bus, "2026-01-01").run(SetTier(tuple(range(1, 21)), "B"))
    bus.run(PlanDay(TODAY))
    asked: list[str] = []
    with closing(connect.view(bus.path)) as view:
        view.set_trace_callback(asked.append)
        focus.day(view, TODAY, Settings())
        view.execute(focus._WAYS, {"person": 1}).fetchall()
        view.set_trace_callback(None)
        plans = [
            (statement, detail)
            for statement in asked
            for *_, detail in view.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]
    assert len(asked) >= 9
    large = {"interaction", "participant", "i", "p", "card", "f", "fact", "holder"}
    for statement, detail in plans:
        words = detail.split()
        assert not (words[0] == "SCAN" and words[1] in large), (detail, statement)
        if words[0] == "SCAN" and words[1] in {"person_row", "person"}:
            assert "COVERING INDEX" in detail, (detail, statement)
    (candidates,) = {statement for statement, _ in plans if "SELECT p.id, p.name" in statement}
    before_days = [detail for statement, detail in plans if statement == candidates]
    before_days = before_days[: before_days.index("CORRELATED SCALAR SUBQUERY 1")]
    assert not any("TEMP B-TREE" in detail for detail in before_days)
