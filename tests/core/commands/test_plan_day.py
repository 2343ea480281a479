"""The list of a day is planned once and stays."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.bus import Bus
from core.commands.log_talk import LogTalks, Talk
from core.commands.plan_day import PlanDay
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from core.queries import focus, history
from core.rules.focus import NOT_TODAY
from core.settings import Settings
from core.storage import connect
from tests.book import CLOCK, at, entry, fresh, merge, people, rows, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.queries.focus import FocusDay

TODAY = CLOCK.today()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    """A book of twelve A, all due, and three C with a birthday today."""
    bus = fresh(tmp_path / "people.db")
    ids = people(bus, *(f"Person {number:02}" for number in range(12)))
    _on(bus, "2026-01-01").run(SetTier(tuple(ids), "A"))
    store(bus, *(entry(f"Born {number}", ("birthday", "--11-21")) for number in range(3)))
    _on(bus, "2026-01-01").run(SetTier((13, 14, 15), "C"))
    yield bus
    bus.close()


def _on(bus: Bus, day: str, settings: Settings | None = None) -> Bus:
    return Bus(bus.path, clock=at(day), sitting="tests", settings=settings)


def _day(bus: Bus, day: date = TODAY, extra: int = 0, budget: int = 5) -> FocusDay:
    with closing(connect.view(bus.path)) as view:
        return focus.day(view, day, Settings(budget=budget), extra)


def _stored(bus: Bus) -> list[tuple[str, int, int, str, str]]:
    return [
        tuple(row)
        for row in rows(
            bus.path, "SELECT day, place, card_id, since, why FROM suggestion ORDER BY day, place"
        )
    ]


def test_what_is_kept_is_what_was_shown(bus: Bus) -> None:
    shown = _day(bus)
    assert shown.unplanned == 5
    bus.run(PlanDay(TODAY))
    kept = _day(bus)
    assert kept.unplanned == 0
    assert [(row.id, row.why, row.channel, row.tier) for row in kept.rows] == [
        (row.id, row.why, row.channel, row.tier) for row in shown.rows
    ]
    assert kept.kept_back == shown.kept_back
    assert [(day, place, since) for day, place, _, since, _ in _stored(bus)] == [
        (TODAY.isoformat(), place, TODAY.isoformat()) for place in range(5)
    ]


def test_a_second_one_changes_nothing(bus: Bus) -> None:
    assert bus.run(PlanDay(TODAY)).count == 5
    before = _stored(bus)
    for row in _day(bus).rows[:2]:
        bus.run(LogTalks((Talk((row.id,), TODAY),)))
    assert bus.run(PlanDay(TODAY)).command_id == 0
    assert _stored(bus) == before
    assert _day(bus).done == 2


def test_two_windows_at_once_plan_once(bus: Bus) -> None:
    def plan() -> None:
        other = Bus(bus.path, clock=CLOCK)
        other.run(PlanDay(TODAY))
        other.close()

    windows = [threading.Thread(target=plan) for _ in range(3)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert [place for _, place, _, _, _ in _stored(bus)] == [0, 1, 2, 3, 4]
    assert rows(bus.path, "SELECT count(*) FROM command WHERE name = 'PlanDay'") == [(1,)]


def test_a_larger_budget_adds_rows_and_a_smaller_one_takes_none(bus: Bus) -> None:
    bus.run(PlanDay(TODAY))
    five = [row.id for row in _day(bus).rows]
    _on(bus, TODAY.isoformat(), settings=Settings(budget=7)).run(PlanDay(TODAY))
    seven = [row.id for row in _day(bus, budget=7).rows]
    assert seven[:5] == five
    assert len(seven) == 7
    _on(bus, TODAY.isoformat(), settings=Settings(budget=3)).run(PlanDay(TODAY))
    assert [row.id for row in _day(bus, budget=3).rows] == seven


def test_one_more_is_planned_when_it_is_asked_for(bus: Bus) -> None:
    bus.run(PlanDay(TODAY))
    bus.run(PlanDay(TODAY, extra=1))
    found = _day(bus)
    assert (len(found.rows), found.budget, found.unplanned) == (6, 6, 0)


def test_undo_passes_over_it_and_the_journal_does_not_tell_of_it(bus: Bus) -> None:
    bus.run(SetWait((1,), TODAY + timedelta(9)))
    bus.run(PlanDay(TODAY))
    with closing(connect.view(bus.path)) as view:
        assert {step.name for step in history.steps(view)} == {"SetWait", "SetTier", "StoreRun"}
    assert bus.undo().label.startswith("Person 00 waits")
    assert len(_stored(bus)) == 5
    bus.redo()
    assert len(_stored(bus)) == 5


def test_taking_back_an_import_takes_its_rows_off_the_list_and_asks_of_them_nothing(
    bus: Bus,
) -> None:
    store(bus, entry("Eve", ("birthday", "--11-21")))
    bus.run(SetTier((16,), "A"))
    bus.run(PlanDay(TODAY))
    assert 16 in {row.id for row in _day(bus).rows}
    bus.undo()
    bus.undo(sure=True)
    assert 16 not in {card for _, _, card, _, _ in _stored(bus)}


def test_not_today_comes_again_tomorrow_as_the_same_suggestion(bus: Bus) -> None:
    bus.run(PlanDay(TODAY))
    away = next(row for row in _day(bus).rows if row.tier == "A")
    tomorrow = TODAY + timedelta(1)
    bus.run(SetWait((away.id,), tomorrow, away.put_off))
    now = _day(bus)
    assert away.put_off == NOT_TODAY
    assert away.id not in {row.id for row in now.rows}
    assert len(now.rows) == 4
    again = next(row for row in _day(bus, tomorrow).rows if row.id == away.id)
    assert again.since == TODAY.isoformat()


def test_a_and_b_come_again_until_they_are_done_before_who_is_new(bus: Bus) -> None:
    bus.run(PlanDay(TODAY))
    first = [row.id for row in _day(bus).rows if row.tier == "A"]
    assert len(first) == 4
    bus.run(LogTalks((Talk((first[0],), TODAY),)))
    for days in (2, 3, 5):
        day = TODAY + timedelta(days)
        _on(bus, day.isoformat()).run(PlanDay(day))
        shown = {row.id: row.since for row in _day(bus, day).rows}
        assert {person: shown[person] for person in first[1:]} == dict.fromkeys(
            first[1:], TODAY.isoformat()
        )
        assert first[0] not in shown


def test_others_end_after_three_days_and_rest(bus: Bus) -> None:
    store(bus, entry("Leo", ("org", "Initech")))
    _on(bus, "2026-01-01").run(SetTier((16,), "C"))
    store(_on(bus, "2026-11-20"), entry("Leo", ("org", "Globex"), card=16))
    seen = []
    for days in range(1, 25):
        day = TODAY + timedelta(days)
        _on(bus, day.isoformat()).run(PlanDay(day))
        if 16 in {row.id for row in _day(bus, day).rows}:
            seen.append(days)
    assert seen[:3] == [1, 2, 3]
    assert all(days - 3 >= 14 for days in seen[3:])


def test_a_clock_set_back_leaves_later_days_and_plans_its_own_once(bus: Bus) -> None:
    later = TODAY + timedelta(3)
    _on(bus, later.isoformat()).run(PlanDay(later))
    kept = _stored(bus)
    shown = _day(bus)
    bus.run(PlanDay(TODAY))
    assert [row.id for row in _day(bus).rows] == [row.id for row in shown.rows]
    assert bus.run(PlanDay(TODAY)).command_id == 0
    assert [row for row in _stored(bus) if row[0] == later.isoformat()] == kept
    assert len(_stored(bus)) == len(kept) + 5


def test_two_entries_of_one_person_are_one_row(bus: Bus) -> None:
    bus.run(PlanDay(TODAY))
    first, second = [row.id for row in _day(bus).rows if row.tier == "A"][:2]
    bus.run(merge(first, second))
    found = _day(bus)
    assert sorted({row.id for row in found.rows}) == sorted(row.id for row in found.rows)
    assert second not in {row.id for row in found.rows}


def test_rows_that_must_not_be_shown_leave_and_are_not_filled_up(bus: Bus) -> None:
    bus.run(PlanDay(TODAY))
    first, second = [row.id for row in _day(bus).rows if row.tier == "A"][:2]
    bus.run(SetTier((first,), "D"))
    bus.run(SetWait((second,), TODAY + timedelta(30), "rest"))
    assert {row.id for row in _day(bus).rows}.isdisjoint({first, second})
    assert len(_day(bus).rows) == 3
    assert bus.run(PlanDay(TODAY)).command_id == 0


@given(st.lists(st.tuples(st.integers(-3, 6), st.integers(0, 3)), min_size=1, max_size=8))
@hypothesis_settings(max_examples=12)
def test_whatever_the_clock_does_a_day_has_one_list_that_only_grows(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[int, int]]
) -> None:
    path = tmp_path_factory.mktemp("clock") / "people.db"
    with closing(fresh(path)) as bus:
        ids = people(bus, *(f"Person {number:02}" for number in range(9)))
        _on(bus, "2026-01-01").run(SetTier(tuple(ids), "A"))
        day = date(2026, 12, 30)
        for ahead, extra in moves:
            day += timedelta(ahead)
            before = _stored(bus)
            _on(bus, day.isoformat()).run(PlanDay(day, extra))
            after = _stored(bus)
            assert set(before) <= set(after)
            assert {row[0] for row in set(after) - set(before)} <= {day.isoformat()}
            mine = [row[2] for row in after if row[0] == day.isoformat()]
            assert len(mine) == len(set(mine)) >= 5
            shown = _day(bus, day)
            assert (shown.unplanned, len(shown.rows)) == (0, len(mine))
