"""What the screens ask: a person whole, the morning list, the board, the journal, the counts."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.log_talk import LogTalks, Talk
from core.commands.opt_out import SetOptOut
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from core.queries import counts, focus, history, person, triage
from core.settings import Settings
from core.storage import connect
from tests.book import CLOCK, at, entry, fresh, merge, named, people, sql, store, user_fact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.queries.focus import FocusDay
    from core.storage.driver import Connection

TODAY = CLOCK.today()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    bus = fresh(tmp_path / "people.db")
    yield bus
    bus.close()


@pytest.fixture
def view(bus: Bus) -> Iterator[Connection]:
    with closing(connect.view(bus.path)) as connection:
        yield connection


def test_a_person_shows_each_value_with_its_source(bus: Bus, view: Connection) -> None:
    store(bus, entry("Ada Wong", ("org", "Initech"), ("email", "ada@example.com")))
    store(bus, entry("A. Wong", ("email", "ADA@example.com"), ("org", "Globex")), kind="google")
    bus.run(user_fact(2, "nickname", "Addie"))
    bus.run(merge(1, 2))
    found = person.view(view, 1)
    assert found is not None
    assert (found.name, found.org) == ("A. Wong", "Globex")
    shown = {
        (line.kind, line.value, line.source, line.origin) for line in found.facts if line.shown
    }
    assert shown == {
        ("name", "A. Wong", "google", "source"),
        ("org", "Globex", "google", "source"),
        ("email", "ADA@example.com", "google", "source"),
        ("nickname", "Addie", "google", "user"),
    }
    hidden = {(line.kind, line.value) for line in found.facts if not line.shown}
    assert hidden == {("name", "Ada Wong"), ("org", "Initech"), ("email", "ada@example.com")}
    assert [(line.id, line.source) for line in found.entries] == [(1, "vcard"), (2, "google")]


def test_any_entry_leads_to_its_person(bus: Bus, view: Connection) -> None:
    people(bus, "Ada Wong", "A. Wong")
    bus.run(merge(1, 2))
    assert [person.person_of(view, card) for card in (1, 2, 3)] == [1, 1, 0]
    assert person.view(view, 2) is None


def test_a_person_shows_talks_newest_first_and_decisions_once(bus: Bus, view: Connection) -> None:
    (ada,) = people(bus, "Ada Wong")
    for ago in (30, 2, 9):
        bus.run(LogTalks((Talk((ada,), TODAY - timedelta(ago), text=f"{ago} days"),)))
    bus.run(SetTier((ada,), "B"))
    bus.run(SetTier((ada,), "A"))
    bus.run(SetWait((ada,), TODAY + timedelta(3), "rest"))
    found = person.view(view, ada, log_limit=2)
    assert found is not None
    assert [talk.text for talk in found.talked_about] == ["2 days", "9 days"]
    assert {(one.field, one.value) for one in found.standings} == {
        ("tier", "A"),
        ("wait", (TODAY + timedelta(3)).isoformat()),
    }


def _day(view: Connection, day: date = TODAY, extra: int = 0) -> FocusDay:
    return focus.day(view, day, Settings(), extra)


def _on(bus: Bus, day: str) -> Bus:
    return Bus(bus.path, clock=at(day), sitting="tests")


def test_nobody_is_listed_before_anybody_is_sorted(bus: Bus, view: Connection) -> None:
    people(bus, "Ada Wong", "Ben Ortiz")
    found = _day(view)
    assert (found.rows, found.people, found.unsorted) == ((), 2, 2)


def test_the_morning_list_has_a_reason_on_each_row(bus: Bus, view: Connection) -> None:
    store(
        bus,
        entry("Bea Birthday", ("birthday", "1985-11-21")),
        entry("Leo Late"),
        entry("Nia News", ("org", "Initech")),
        entry("Will Wait"),
        entry("Dora Away", ("birthday", "1985-11-21")),
        entry("Una Unsorted", ("birthday", "1985-11-21")),
    )
    past = _on(bus, "2026-09-01")
    past.run(LogTalks((Talk((1, 2, 3, 4), date(2026, 9, 1)),)))
    past.run(SetTier((1, 2, 3, 4), "B"))
    past.run(SetTier((5,), "D"))
    past.run(SetWait((4,), date(2026, 11, 20), "let him settle in"))
    store(_on(bus, "2026-11-15"), entry("Nia News", ("org", "Globex"), card=3))
    found = _day(view)
    assert [(row.name, row.why) for row in found.rows] == [
        ("Bea Birthday", "birthday today (41)"),
        ("Will Wait", "let him settle in"),
        ("Nia News", "new job: Initech → Globex"),
        ("Leo Late", "21 days late (every 60)"),
    ]
    assert found.kept_back == {"A": 0, "B": 0, "C": 0}


def test_the_morning_list_heeds_what_people_asked_for(bus: Bus, view: Connection) -> None:
    born = ("birthday", "1985-11-21")
    ways = (("email", "a@example.com"), ("phone", "+44 20 7946 0958"))
    store(bus, entry("Ada", born, *ways), entry("Ben", born, *ways), entry("Chen", born, *ways))
    bus.run(SetTier((1, 2, 3), "B"))
    bus.run(SetOptOut((1,), "all", "never"))
    bus.run(SetOptOut((2,), "mail", "never"))
    assert [(row.name, row.channel) for row in _day(view).rows] == [
        ("Ben", "call"),
        ("Chen", "mail"),
    ]
    assert _day(view).kept_back == {"A": 0, "B": 0, "C": 0}
    bus.undo()
    bus.undo()
    assert [row.name for row in _day(view).rows] == ["Ada", "Ben", "Chen"]


def test_a_talk_today_ticks_the_row_and_changes_nothing_else(bus: Bus, view: Connection) -> None:
    ids = people(bus, *(f"Person {number:02}" for number in range(30)))
    past = _on(bus, "2026-06-01")
    past.run(SetTier(tuple(ids[:10]), "A"))
    past.run(SetTier(tuple(ids[10:20]), "B"))
    past.run(SetTier(tuple(ids[20:]), "C"))
    past.run(LogTalks((Talk(tuple(ids[::2]), date(2026, 6, 1)),)))
    before = now = _day(view)
    assert len(before.rows) == 5
    for number, row in enumerate(before.rows, 1):
        bus.run(LogTalks((Talk((row.id,), TODAY),)))
        now = _day(view)
        assert {(r.id, r.why) for r in now.rows} == {(r.id, r.why) for r in before.rows}
        assert [r.id for r in now.rows if not r.done] == [r.id for r in before.rows[number:]]
        assert now.done == number
    assert now.kept_back == before.kept_back


def test_a_talk_today_with_somebody_who_was_not_due_adds_no_row(bus: Bus, view: Connection) -> None:
    ids = people(bus, *(f"Person {number:02}" for number in range(20)))
    bus.run(SetTier(tuple(ids), "A"))
    assert _day(view).rows == ()
    bus.run(LogTalks((Talk(tuple(ids), TODAY),)))
    assert _day(view).rows == ()


def test_more_can_be_asked_for_and_what_is_kept_back_is_counted(bus: Bus, view: Connection) -> None:
    ids = people(bus, *(f"Person {number:02}" for number in range(12)))
    _on(bus, "2026-01-01").run(SetTier(tuple(ids), "A"))
    found = _day(view)
    assert (len(found.rows), found.kept_back["A"]) == (5, 7)
    found = _day(view, extra=3)
    assert (len(found.rows), found.budget, found.kept_back["A"]) == (8, 8, 4)


def test_shares_compare_people_with_talks(bus: Bus, view: Connection) -> None:
    ids = people(bus, *(f"Person {number:02}" for number in range(5)))
    bus.run(SetTier((ids[0],), "A"))
    bus.run(SetTier((ids[4],), "D"))
    bus.run(LogTalks(tuple(Talk((ids[0],), TODAY) for _ in range(3))))
    bus.run(LogTalks((Talk((ids[1],), TODAY), Talk((ids[4],), TODAY))))
    found = _day(view)
    assert (found.few_people, found.few_talks) == (25, 75)


@pytest.mark.parametrize("day", ["2026-01-01", "2028-02-29", "2027-02-28", "2026-12-31"])
def test_any_day_has_a_list(bus: Bus, view: Connection, day: str) -> None:
    store(bus, entry("Leap Lea", ("birthday", "1992-02-29")), entry("Eve", ("birthday", "--12-31")))
    _on(bus, day).run(SetTier((1, 2), "A"))
    names = named(_day(view, date.fromisoformat(day)).rows)
    assert names == {"2026-01-01": [], "2026-12-31": ["Eve"]}.get(day, ["Leap Lea"])


def test_the_queue_begins_with_the_strongest_evidence(bus: Bus, view: Connection) -> None:
    store(
        bus,
        entry("Nobody Known"),
        entry("Some Body", ("email", "some@example.com"), ("phone", "+41 79 123 45 67")),
        entry("Best Friend", ("label", "family"), ("phone", "+41 79 123 45 68")),
        entry("Filed"),
    )
    bus.run(SetTier((4,), "C"))
    assert named(triage.queue(view)) == ["Best Friend", "Some Body", "Nobody Known"]
    card = triage.card(view, 3, Settings(), TODAY)
    assert card is not None
    assert card.suggestion.tier == "B"
    assert card.suggestion.reasons[0] == "label family"
    assert triage.card(view, 99, Settings(), TODAY) is None


def test_a_card_shows_the_newest_talk(bus: Bus, view: Connection) -> None:
    (ada,) = people(bus, "Ada Wong")
    for ago in (30, 2, 9):
        bus.run(LogTalks((Talk((ada,), TODAY - timedelta(ago), text=f"{ago} days"),)))
    card = triage.card(view, ada, Settings(), TODAY)
    assert card is not None
    assert card.last is not None
    assert card.last.text == "2 days"


def test_batches_are_offered_by_size_and_hold_whom_they_count(bus: Bus, view: Connection) -> None:
    store(bus, *(entry("", ("email", f"info@firm{number}.example")) for number in range(4)))
    store(
        bus,
        *(entry(f"Firm {n}", ("org", f"Firm {n}"), ("phone", f"+4179123450{n}")) for n in range(3)),
    )
    store(bus, *(entry(f"Silent {number}") for number in range(5)))
    store(bus, *(entry(f"Sister {number}", ("label", "Family")) for number in range(2)))
    found = triage.batches(view)
    assert [(batch.key, batch.count) for batch in found] == [
        ("silent", 5),
        ("mailbox", 4),
        ("company", 3),
    ]
    for batch in found:
        ids = triage.batch_people(view, batch.key)
        assert len(ids) == batch.count
        bus.run(SetTier(ids, batch.tier, by="auto", why=batch.why))
    assert triage.batches(view) == []
    bus.undo()
    assert [batch.key for batch in triage.batches(view)] == ["company"]


@pytest.mark.parametrize(
    ("label", "count"),
    [("Starred", 3), ("family", 3), ("Familyroom", 0), ("not starred", 0)],
)
def test_a_close_label_is_a_whole_word(bus: Bus, view: Connection, label: str, count: int) -> None:
    store(bus, *(entry(f"Person {n}", ("label", "Other"), ("label", label)) for n in range(3)))
    assert len(triage.batch_people(view, "starred")) == count


def test_suggestions_are_made_for_the_unsorted_who_are_asked_for(
    bus: Bus, view: Connection
) -> None:
    store(
        bus, *(entry(f"P {n}", ("label", "family"), ("phone", f"+4179123450{n}")) for n in range(3))
    )
    people(bus, "Nobody Known")
    bus.run(SetTier((2,), "D"))
    assert triage.suggestions(view, (1, 2, 4), Settings(), TODAY) == ((1, "B"),)


def test_columns_list_who_is_in_them(bus: Bus, view: Connection) -> None:
    ids = people(bus, "Zed", "Ada Wong")
    bus.run(SetTier((ids[0],), "A"))
    bus.run(SetTier((ids[1],), "A", by="auto"))
    assert {(one.name, one.origin) for one in triage.members(view, "A")} == {
        ("Ada Wong", "auto"),
        ("Zed", "user"),
    }
    assert triage.members(view, "B") == []


def test_counts_add_up(bus: Bus, view: Connection) -> None:
    ids = people(bus, *(f"Person {number}" for number in range(6)))
    for person_id, tier in zip(ids, "ABCDD", strict=False):
        bus.run(SetTier((person_id,), tier))
    assert counts.counts(view) == (6, 1, 1, 1, 1, 2)


def test_a_commit_elsewhere_is_noticed(bus: Bus, view: Connection) -> None:
    before = counts.changed_elsewhere(view)
    assert counts.changed_elsewhere(view) == before
    people(bus, "Ada Wong")
    assert counts.changed_elsewhere(view) != before


def test_history_is_told_newest_first_without_the_programs_own_steps(
    bus: Bus, view: Connection
) -> None:
    (ada,) = people(bus, "Ada Wong")
    bus.run(sql("INSERT INTO setting(key, value) VALUES ('a', 'b')", origin="system"))
    bus.run(SetTier((ada,), "A"))
    bus.undo()
    found = history.steps(view)
    assert [(step.label, step.undone, step.people) for step in found] == [
        ("Ada Wong → A", True, 1),
        ("imported vCard: 1 new", False, 1),
    ]
    assert found[0].at == "2026-11-21T09:30:00Z"
    assert history.steps(view, limit=1) == found[:1]
    assert history.steps(view, before=found[0].id) == found[1:]
    newest = history.newest(view)
    assert newest is not None
    assert newest.id == found[1].id


def test_the_mark_moves_with_each_step_back_and_forth(bus: Bus, view: Connection) -> None:
    ada, ben = people(bus, "Ada Wong", "Ben Ortiz")
    bus.run(SetTier((ada,), "A"))
    bus.run(SetTier((ben,), "A"))
    marks = [history.mark(view)]
    for step in (3, 2, None):
        bus.undo(step, sure=True)
        marks.append(history.mark(view))
        assert history.mark(view) == marks[-1]
    assert len(set(marks)) == len(marks)
    for expected in reversed(marks[:-1]):
        bus.redo()
        assert history.mark(view) == expected
