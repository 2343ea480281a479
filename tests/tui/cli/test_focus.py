from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from core.bus import Bus
from core.commands.promise import AddPromise
from tests.book import rows
from tests.tui.cli.conftest import PEOPLE, Run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_day_without_anybody_due_ends_with_one(run: Run) -> None:
    done = run("focus")
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("6 people, none sorted: vitalfew triage sorts them\n")


def test_a_promise_is_told_with_its_reason(run: Run, book: Path) -> None:
    _promise(run, book)
    done = run("focus", "--json")
    assert done.code == 0
    assert tuple(done.json) == ("schema", "day", "budget", "done", "kept_back", "rows")
    assert done.json["day"] == date.today().isoformat()  # noqa: DTZ011 — the local day
    assert done.json["kept_back"] == {"A": 0, "B": 0, "C": 0}
    (row,) = done.json["rows"]
    assert tuple(row) == ("id", "name", "tier", "why", "channel", "due")
    assert (row["name"], row["tier"], row["channel"]) == ("Ben Ortiz", "A", "mail")
    assert row["why"] == "you promised: the deck (due today)"
    assert "Ben Ortiz" in run("focus").out
    assert run("focus", "--plain").out.count("\t") == 5


def test_whoever_is_filed_after_a_long_silence_is_not_due_at_once(run: Run) -> None:
    run("tier", "ortiz", "A")
    run("log", "ortiz", "--day", "90d", "a mail")
    assert run("focus").code == 1


def test_a_talk_today_ticks_the_row_off(run: Run, book: Path) -> None:
    _promise(run, book)
    run("log", "ortiz", "called him")
    assert run("focus", "--json").json["done"] == 1
    done = run("focus")
    assert "1 of 1 done" in done.err
    assert done.out.startswith("✓")


def test_the_list_of_the_shell_is_written_nowhere(run: Run, book: Path) -> None:
    _promise(run, book)
    run("focus")
    assert rows(book, "SELECT count(*) FROM suggestion") == [(0,)]


def _promise(run: Run, book: Path) -> None:
    """Ben Ortiz is in A, and something is owed to him today."""
    run("tier", "ortiz", "A")
    ((ben,),) = rows(book, "SELECT id FROM person_row WHERE name = 'Ben Ortiz'")
    with closing(Bus(book)) as bus:
        bus.run(AddPromise((ben,), "me", "the deck", bus.clock.today().isoformat()))


def test_triage_without_a_terminal_tells_who_is_unsorted(run: Run) -> None:
    run("tier", "ortiz", "A")
    done = run("triage", "--json")
    assert done.json["counts"] == {
        "people": len(PEOPLE),
        "unsorted": len(PEOPLE) - 1,
        "A": 1,
        "B": 0,
        "C": 0,
        "D": 0,
    }
    assert done.json["batches"] == []
    assert len(done.json["queue"]) == len(PEOPLE) - 1
    assert all(tuple(row) == ("id", "name", "tier", "why") for row in done.json["queue"])
    words = run("triage", "--limit", "2")
    assert words.err == "5 of 6 people are unsorted\n"
    assert words.out.count("\n") == 2


def test_triage_of_a_sorted_book_ends_with_one(run: Run) -> None:
    ids = [str(person["id"]) for person in run("people", "--json").json["people"]]
    run("tier", *ids, "C")
    assert run("triage").code == 1


def test_the_demo_prints_the_list_of_a_sample_that_is_gone_afterwards(
    run: Run, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("demo")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    done = run("demo", "--json")
    assert done.code == 0
    assert done.err == "this is the sample book: nothing is kept\n"
    assert done.json["rows"]
    assert list(folder.iterdir()) == []
    assert len(run("people", "--json").json["people"]) == len(PEOPLE)


def test_the_places_are_told(run: Run, home: Path) -> None:
    places = run("path", "--json").json
    assert list(places) == ["schema", "book", "settings", "copies"]
    assert places["book"].endswith("people.db")
    assert str(home) in places["settings"]
    assert run("path").out.count("\n") == 3
    assert run("path", "--plain").out.count("\t") == 3
