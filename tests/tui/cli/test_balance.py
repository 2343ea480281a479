from __future__ import annotations

from typing import TYPE_CHECKING

from core.bus import Bus
from tests.tui.cli.conftest import HOSTILE, PEOPLE, Run

if TYPE_CHECKING:
    from pathlib import Path


def sorted_and_talked(run: Run) -> None:
    for name, tier in (("ortiz", "A"), ("peña", "A"), ("green", "B"), ("eve", "C")):
        assert run("tier", name, tier).code == 0
    for name, count in (("ortiz", 3), ("green", 1)):
        for _ in range(count):
            run("log", name, "a call")


def test_the_shares_of_the_tiers_are_a_table(run: Run) -> None:
    sorted_and_talked(run)
    done = run("balance")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[:2] == [
        "Talks with 2 of 6 people are known.",
        "2 of them (100 %) have 80 % of the talks.",
    ]
    a = next(line for line in lines if line.startswith("A "))
    assert a.split()[:7] == ["A", "2", "50", "%", "3", "75", "%"]
    assert len(a.split()) == 7 + 12
    assert "left out: 0 put away, 2 unsorted, 0 talks" in lines
    assert "These tiers ask for 1 talk a week; your list holds 25." in lines
    assert "No talk this month with 1 in A:" in lines
    assert "José Peña" in done.out


def test_programs_get_every_name_that_was_promised(run: Run) -> None:
    sorted_and_talked(run)
    found = run("balance", "--json").json
    assert {"schema", "tiers", "single_network", "quiet_a", "moves", "months"} <= set(found)
    assert found["tiers"][0] == {
        "tier": "A",
        "people": 2,
        "share_people": 50,
        "interactions": 3,
        "share_interactions": 75,
    }
    assert sum(one["share_people"] for one in found["tiers"]) == 100
    (quiet,) = found["quiet_a"]
    assert (quiet["name"], quiet["last"]) == ("José Peña", None)
    assert len(found["months"]) == 12
    assert (found["months"][-1]["A"], found["months"][-1]["left_out"]) == (3, 0)
    assert (found["single_network"], found["moves"], found["unreachable"]) == ([], [], 0)
    assert (found["known"], found["interactions"]) == (2, 4)


def test_plain_is_a_line_for_each_tier(run: Run) -> None:
    sorted_and_talked(run)
    lines = [line.split("\t") for line in run("balance", "--plain").out.splitlines()]
    assert [line[0] for line in lines] == ["A", "B", "C"]
    assert {len(line) for line in lines} == {5 + 12}


def test_what_is_shared_names_nobody_and_nothing_of_anybody(run: Run) -> None:
    sorted_and_talked(run)
    for form in ((), ("--json",)):
        told = run("balance", "--share", *form).out
        for person in (*PEOPLE, (HOSTILE,)):
            assert not any(part and part in told for part in person)
        assert "ortiz" not in told.lower()
    assert "1 of 2 in A had no talk this month." in run("balance", "--share").out


def test_without_tiers_or_talks_it_says_what_to_do_and_ends_with_one(
    run: Run, tmp_path: Path
) -> None:
    done = run("balance")
    assert done.code == 1
    assert "6 people, none sorted: vitalfew triage sorts them" in done.err
    run("tier", "ortiz", "A")
    assert "no talk is known yet" in run("balance").err
    empty = tmp_path / "empty.db"
    Bus(empty).close()
    done = run("--db", str(empty), "balance")
    assert (done.code, done.out) == (1, "")
    assert "nobody is in the book yet" in done.err


def test_two_forms_at_once_are_refused(run: Run) -> None:
    assert run("balance", "--json", "--plain").code == 2
