from __future__ import annotations

import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.clock import FixedClock
from core.duplicates import needed
from core.errors import VitalfewError
from core.queries import (
    counts,
    duplicates,
    focus,
    ghosts,
    history,
    people,
    person,
    promises,
    questions,
    triage,
)
from core.settings import Settings
from core.storage import connect
from importers.choices import Options
from importers.container import open_container
from importers.registry import recognise
from importers.run import import_paths
from tui.sample import book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.storage.driver import Connection

DAY = date(2026, 11, 21)
OTHER_DAYS = (  # with `DAY` each day of a week, ends of months and years, and a leap day
    *(date(2028, 2, 29), date(2027, 2, 28), date(2026, 12, 31), date(2027, 1, 1)),
    *(date(2026, 11, 30), date(2029, 2, 28)),
)


def _clock(day: date) -> FixedClock:
    return FixedClock(datetime(day.year, day.month, day.day, 9, 12, tzinfo=UTC))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book.make(tmp_path_factory.mktemp("sample"), _clock(DAY))


@pytest.fixture
def view(path: Path) -> Iterator[Connection]:
    connection = connect.view(path)
    yield connection
    connection.close()


def _names(view: Connection) -> list[str]:
    return [line.name for line in people.everybody(view)]


def test_it_holds_about_four_hundred_people_of_whom_about_sixty_are_sorted(
    view: Connection,
) -> None:
    found = counts.counts(view)
    assert 380 <= found.people <= 420
    assert 55 <= found.people - found.unsorted <= 70
    assert min(found.a, found.b, found.c, found.d) > 0


def test_triage_has_work(view: Connection) -> None:
    queue = triage.queue(view)
    assert len(queue) >= 250
    assert {batch.key for batch in triage.batches(view)} == {
        "mailbox",
        "company",
        "silent",
        "gone",
        "starred",
    }
    tiers = Counter(
        card.suggestion.tier
        for line in queue
        if (card := triage.card(view, line.id, Settings(), DAY))
    )
    assert set(tiers) == {"A", "B", "C", "D", ""}


@pytest.mark.parametrize("day", [DAY, *OTHER_DAYS])
def test_the_first_morning_reads_like_a_real_one(day: date, tmp_path: Path) -> None:
    connection = connect.view(book.make(tmp_path, _clock(day)))
    listed = focus.day(connection, day, Settings())
    whole = focus.day(connection, day, Settings(), extra=30)
    ghosts_there = ghosts.ghost_count(connection)
    connection.close()
    why = [row.why for row in listed.rows]
    assert [row.kind for row in listed.rows] == ["promised", "birthday", "waited", "late", "news"]
    assert why[0] == "you promised: the spring roster (due tomorrow)"
    assert why[1].startswith("birthday today (4")
    assert why[2] == "back from leave: ask about the pilot"
    assert why[3].startswith("9 days late")
    assert [row.tier for row in listed.rows] == ["A", "A", "B", "A", "C"]
    assert listed.done == 0
    assert listed.kept_back["A"]
    assert listed.kept_back["B"]
    further = {row.kind: row for row in whole.rows if row not in listed.rows}
    assert {"wrote", "quiet", "late", "news"} <= set(further)
    assert "gone quiet: you talk every" in further["quiet"].why
    assert ("2 mails unanswered: try a call", "call") in {(r.why, r.channel) for r in whole.rows}
    assert ghosts_there == 3


def test_three_promises_are_open_and_one_of_them_is_overdue(view: Connection) -> None:
    assert [(line.name, line.owed_by, line.due) for line in promises.open_promises(view)] == [
        ("Ingrid Halvorsen", "them", "2026-11-11"),
        ("Dieter Vogt", "me", "2026-11-22"),
        ("Graham Wetherby", "me", "2026-11-27"),
    ]


def test_a_dozen_people_chat_at_hours_of_their_own(view: Connection) -> None:
    chatting = view.execute(
        "SELECT name, usual, hours FROM person_row WHERE hours <> ''"
    ).fetchall()
    assert len(chatting) == 12
    assert {usual for _, usual, _ in chatting} == {"mail", "sms", "whatsapp", "linkedin"}
    assert ("Yusuf Demir", "whatsapp", "5-7") in chatting
    assert len({hours for _, _, hours in chatting}) > 6


def test_people_live_in_many_time_zones(view: Connection) -> None:
    zones = {row[0] for row in view.execute("SELECT DISTINCT zone FROM person_row")}
    assert {"Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Dubai"} <= zones
    assert len(zones) > 10


def test_some_write_to_and_fro_who_stand_in_no_list(view: Connection) -> None:
    assert {(one.name, one.channels) for one in ghosts.ghosts(view)} == {
        ("Renate Kallweit", "mail"),
        ("Frau Petri Hort", "sms"),
        ("Aroha Ngata", "linkedin"),
    }


def test_whoever_is_listed_has_a_past(view: Connection) -> None:
    for row in focus.day(view, DAY, Settings()).rows:
        seen = person.view(view, row.id)
        assert seen is not None
        assert len(seen.talked_about) >= 3
        assert all(talk.text for talk in seen.talked_about)


def test_talks_reach_back_two_years_and_none_is_to_come(view: Connection) -> None:
    first, last, texts = view.execute(
        "SELECT min(day), max(day), count(DISTINCT text) FROM interaction"
    ).fetchone()
    assert first < "2025-02-01"
    assert last < DAY.isoformat()
    assert texts > 150


def test_namesakes_stay_two(view: Connection) -> None:
    both = [line for line in people.everybody(view) if line.name == "Anna Schmidt"]
    assert len({line.email for line in both if line.email}) == 2


def test_the_same_person_stands_in_several_lists(view: Connection) -> None:
    names = Counter(_names(view))
    assert names["Lukas Steiner"] == 2
    assert {"Robert Smith", "Bob Smith", "Jürgen Müller", "Juergen Mueller"} <= set(names)
    numbers = view.execute(
        "SELECT count(DISTINCT value), count(DISTINCT norm) FROM fact "
        "WHERE kind = 'phone' AND value IN ('+49 171 3920099', '0171 3920099')"
    ).fetchone()
    assert numbers == (2, 1)


def test_its_duplicates_are_found_already(view: Connection) -> None:
    assert needed(view) == 0
    lanes = duplicates.lanes(view)
    assert 5 <= lanes.certain <= 10
    assert 5 <= lanes.likely <= 15
    assert 3 <= lanes.unsure <= 10


@pytest.mark.parametrize(
    ("lane", "names"),
    [
        ("certain", {"Robert Smith", "Bob Smith"}),
        ("certain", {"Sofia Lindqvist"}),  # one list is an employer behind
        ("certain", {"Jürgen Müller", "Juergen Mueller"}),  # +49 171 here, 0171 there
        ("certain", {"Karin Lindgren"}),  # born on two days
        ("likely", {"Katja Reimers", "Katja Wöhler"}),  # her name before and now
        ("likely", {"Hanna Okafor", "Hanna Okafor, MBA", "Hanna O."}),
        ("unsure", {"Uwe Ivens", "Ivens"}),  # they share a telephone on the wall
    ],
)
def test_what_makes_merging_hard_is_there(view: Connection, lane: str, names: set[str]) -> None:
    called = {line.id: line.name for line in people.everybody(view)}
    groups = duplicates.groups(view, lane)
    assert names in [{called[one] for one in group.people} for group in groups]


def test_a_married_couple_and_a_namesake_are_offered_to_nobody(view: Connection) -> None:
    offered = [{pair.a_name, pair.b_name} for pair in duplicates.pairs(view)]
    assert {"Uwe Ivens", "Grete Ivens"} not in offered
    assert {"Ole Petersen"} not in offered


def test_a_job_that_the_owner_corrected_is_asked_about(view: Connection) -> None:
    (asked,) = questions.questions(view)
    assert (asked.name, asked.base, asked.mine, asked.theirs) == (
        *("Marek Hrubý", "Project Lead"),
        *("Head of Port Projects", "VP Ports & Terminals"),
    )


def test_hostile_names_are_there_as_written(view: Connection) -> None:
    names = _names(view)
    assert "[/] Bauer [bold" in names
    assert "[@click=app.quit]x" in names
    assert "Mallory\x1b]0;gotcha\x07\x1b[31m \u202egnp.exe\u202c" in names
    assert max(map(len, names)) > 150


@pytest.mark.parametrize(
    "name",
    [
        "陈伟",
        "박서연",
        "中村健太",
        "Γιώργος",
        "Мария",
        "ليلى",
        "נועה",
        "प्रिया",
        "Lea 🌻",
        "Ingrid",
    ],
)
def test_many_scripts_are_there(view: Connection, name: str) -> None:
    words = set(name.split())
    assert any(words <= set(shown.split()) for shown in _names(view))


def test_the_sitting_of_a_visitor_has_nothing_to_take_back(path: Path, view: Connection) -> None:
    assert {step.sitting for step in history.steps(view)} == {book.SITTING}
    bus = Bus(path, clock=_clock(DAY))
    before = view.execute("SELECT count(*) FROM command WHERE undone").fetchone()
    with pytest.raises(VitalfewError):
        bus.undo(sitting=bus.sitting)
    assert view.execute("SELECT count(*) FROM command WHERE undone").fetchone() == before
    bus.close()


def test_each_export_is_known_and_only_a_deleted_member_is_refused(path: Path) -> None:
    exports = sorted((path.parent / "exports").iterdir())
    assert Counter(item.suffix for item in exports) == {
        ".zip": 2,
        ".csv": 1,
        ".vcf": 2,
        ".mbox": 1,
        ".xml": 1,
        ".txt": 3,
    }
    report = import_paths(None, path, exports, Options(dry_run=True))
    assert not report.unknown
    refused = {(run.kind, refusal.why) for run in report.runs for refusal in run.refused}
    assert refused == {("linkedin", "a deleted member: only a date")}


def test_the_newest_exports_bring_nothing_new(path: Path) -> None:
    exports = sorted((path.parent / "exports").iterdir())
    newest = [item for item in exports if "11-20" in item.name or item.suffix != ".zip"]
    again = import_paths(None, path, newest, Options(dry_run=True))
    assert [(run.stored.new, run.stored.changed) for run in again.runs] == [(0, 0)] * 7
    assert not any(run.refused for run in again.runs if run.kind != "linkedin")


def test_all_addresses_lead_nowhere(view: Connection) -> None:
    emails = [row[0] for row in view.execute("SELECT norm FROM fact WHERE kind = 'email'")]
    assert emails
    assert all(email.endswith(".example") for email in emails)


def _rows(path: Path) -> list[object]:
    connection = connect.view(path)
    rows = connection.execute("SELECT * FROM person_row ORDER BY id").fetchall()
    talks = connection.execute("SELECT * FROM interaction ORDER BY id").fetchall()
    connection.close()
    return [*rows, *talks]


def test_the_same_day_gives_the_same_book(path: Path, tmp_path: Path) -> None:
    assert _rows(book.make(tmp_path, _clock(DAY))) == _rows(path)


def test_the_archive_is_dated_like_the_day_it_was_made(path: Path) -> None:
    newest = path.parent / "exports" / "Basic_LinkedInDataExport_11-20-2026.zip"
    with zipfile.ZipFile(newest) as archive:
        assert {item.date_time[:3] for item in archive.infolist()} == {(2026, 11, 20)}
    with open_container(newest) as container:
        assert recognise(container)[0].sniffed.account == "nora@feldmann.example"
