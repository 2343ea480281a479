from __future__ import annotations

import pytest

from tests.tui.cli.conftest import HOSTILE, PEOPLE, Run

NAMES = (
    *("id", "name", "tier", "emails", "phones", "handles", "org", "title", "city", "sources"),
    *("cards", "last", "due"),
)


def test_everybody_is_listed_with_every_name_in_the_document(run: Run) -> None:
    done = run("people", "--json")
    assert done.code == 0
    assert done.out.isascii()
    assert done.json["schema"] == 1
    assert len(done.json["people"]) == len(PEOPLE)
    assert all(tuple(person) == NAMES for person in done.json["people"])
    (ada,) = [person for person in done.json["people"] if person["name"] == "Ada Wong"]
    del ada["id"]
    assert ada == {
        "name": "Ada Wong",
        "tier": "",
        "emails": ["ada@wayne.example"],
        "phones": ["+44 20 7946 0958"],
        "handles": [],
        "org": "Wayne & Co",
        "title": "CTO",
        "city": "",
        "sources": ["google"],
        "cards": 1,
        "last": None,
        "due": None,
    }


def test_filters_keep_some(run: Run) -> None:
    run("tier", "ortiz", "B")
    assert [p["name"] for p in run("people", "tier:b", "--json").json["people"]] == ["Ben Ortiz"]
    found = run("people", "org:globex", "no:phone", "--json").json["people"]
    assert [person["name"] for person in found] == ["Ada Green"]
    assert run("people", "city:atlantis") == (1, "", "nobody answers to “city:atlantis”\n")


def test_a_limit_is_kept(run: Run) -> None:
    assert len(run("people", "--limit", "2", "--json").json["people"]) == 2
    done = run("find", "ada", "--limit", "1")
    assert done.out.count("\n") == 1
    assert "--limit shows more" in done.err


def test_somebody_is_found_by_any_part_that_is_known(run: Run) -> None:
    for words in (["wong", "wayne"], ["ada@wayne"], ["79460958"], ["cto"]):
        assert [p["name"] for p in run("find", *words, "--json").json["people"]] == ["Ada Wong"]
    assert [p["name"] for p in run("find", "jose", "pena", "--json").json["people"]] == [
        "José Peña"
    ]


def test_a_typo_finds_who_is_near_and_says_so(run: Run) -> None:
    done = run("find", "ortizz")
    assert (done.code, done.err) == (0, "nobody answers to “ortizz”, these are near\n")
    assert "Ben Ortiz" in done.out


def test_nobody_found_ends_with_one_and_an_empty_document(run: Run) -> None:
    done = run("find", "zzzzqqqq", "--json")
    assert done.code == 1
    assert done.json == {"schema": 1, "people": []}


@pytest.mark.parametrize("words", ['"', "*", "NEAR(", "%", "\\", "a" * 5_000, "\udcff", "[/]"])
def test_any_words_can_be_looked_for(run: Run, words: str) -> None:
    assert run("find", words).code in {0, 1}


@pytest.mark.parametrize(
    "arguments", [("people",), ("people", "--plain"), ("find", "eve"), ("show", "eve")]
)
def test_a_hostile_name_is_drawn(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.code == 0
    assert "Eve␛]0;owned␇ ⟨202E⟩[@click=app.quit]x" in done.out
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_a_hostile_name_is_one_plain_line_and_raw_in_the_document(run: Run) -> None:
    assert run("people", "--plain").out.count("\n") == len(PEOPLE)
    (eve,) = run("find", "owned", "--json").json["people"]
    assert eve["name"].split() == HOSTILE.split()
    assert "\x1b" in eve["name"]


def test_showing_somebody_tells_all_with_its_source(run: Run) -> None:
    run("log", "ada wong", "--", "coffee")
    done = run("show", "ada", "wong", "--json")
    person = done.json["person"]
    assert tuple(person) == (*NAMES, "facts", "entries", "log", "promises", "opt_outs")
    assert {
        "kind": "email",
        "value": "ada@wayne.example",
        "label": "",
        "source": "google",
        "since": None,
        "until": None,
        "shown": True,
    } in person["facts"]
    assert [entry["source"] for entry in person["entries"]] == ["google"]
    assert [(talk["kind"], talk["text"]) for talk in person["log"]] == [("meeting", "coffee")]
    assert person["last"] == person["log"][0]["day"]
    assert person["promises"] == []


def test_showing_somebody_in_words_and_lines(run: Run) -> None:
    run("log", "ada wong", "coffee")
    run("wait", "ada wong", "3w", "on leave")
    told = run("show", "ada wong").out
    for words in (
        "Ada Wong · CTO · Wayne & Co",
        "waits until",
        "on leave",
        "meeting",
        "entries: google",
    ):
        assert words in told
    assert (
        "email\tada@wayne.example\t\tgoogle\t\t\tshown\n" in run("show", "ada wong", "--plain").out
    )
