"""``promise``: noted in one line, listed, and settled by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.tui.cli.conftest import Run


def listed(run: Run, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("promise", *words, "--json").json["promises"]
    return found


def test_a_line_notes_what_i_owe_and_by_when(run: Run) -> None:
    done = run("promise", "ben", "the", "deck", "2026-12-24")
    assert (done.code, done.out) == (0, "")
    assert done.err == "promised Ben Ortiz: the deck, by 24 Dec\n"
    (line,) = listed(run)
    assert line == {
        "id": 1,
        "owed_by": "me",
        "what": "the deck",
        "due": "2026-12-24",
        "kept": None,
        "dropped": False,
        "person": line["person"],
        "name": "Ben Ortiz",
    }


@pytest.mark.parametrize(
    ("words", "name", "what"),
    [
        (("Ben", "Ortiz", "the", "deck"), "Ben Ortiz", "the deck"),
        (("ada wong", "lunch"), "Ada Wong", "lunch"),
        (("ada", "wong", "lunch"), "Ada Wong", "lunch"),
        (("JOSE", "PENA", "a", "call"), "José Peña", "a call"),
        (("ben", "a wong recipe"), "Ben Ortiz", "a wong recipe"),
    ],
)
def test_a_name_of_several_words_is_told_from_what_is_promised(
    run: Run, words: tuple[str, ...], name: str, what: str
) -> None:
    assert run("promise", *words).code == 0
    assert [(line["name"], line["what"]) for line in listed(run)] == [(name, what)]


def test_whoever_is_not_clear_is_asked_for_and_nothing_is_noted(run: Run) -> None:
    done = run("promise", "ada", "the", "deck")
    assert done.code == 3
    assert "Ada Green" in done.err
    assert run("promise", "zzzq", "the", "deck").code == 1
    assert listed(run) == []


def test_without_a_what_the_promises_of_somebody_are_listed(run: Run) -> None:
    run("promise", "ben", "the deck")
    run("promise", "ada wong", "lunch", "2026-12-24")
    run("promise", "--theirs", "ben", "ortiz", "an intro")
    assert [line["what"] for line in listed(run, "ben", "ortiz")] == ["the deck", "an intro"]
    assert [line["what"] for line in listed(run, "--theirs")] == ["an intro"]
    assert [line["what"] for line in listed(run)] == ["lunch", "the deck", "an intro"]
    told = run("promise", "ada", "wong")
    assert "I owe  Ada Wong  lunch" in told.out
    assert "--kept N" in told.err
    plain = run("promise", "--plain", "--theirs").out.split("\t")
    assert (plain[1], plain[3:]) == ("them", ["Ben Ortiz", "an intro", "\n"])


def test_nothing_owed_ends_with_one_and_an_empty_document(run: Run) -> None:
    done = run("promise", "--json")
    assert (done.code, done.json) == (1, {"schema": 1, "promises": []})
    assert run("promise").code == 1


def test_it_is_settled_by_its_number_and_undone(run: Run) -> None:
    run("promise", "ben", "the deck")
    run("promise", "ben", "a call")
    assert run("promise", "--kept", "1").err == "my promise to Ben Ortiz (the deck): kept\n"
    assert "as it was already" in run("promise", "--kept", "1").err
    run("promise", "--dropped", "2")
    assert listed(run) == []
    settled = run("show", "ben", "--json").json["person"]["promises"]
    assert [(line["id"], line["kept"] is None, line["dropped"]) for line in settled] == [
        (1, False, False),
        (2, True, True),
    ]
    told = run("show", "ben").out
    assert "kept 20" in told
    assert "dropped" in told
    assert run("undo").code == 0
    assert [line["what"] for line in listed(run)] == ["a call"]


@pytest.mark.parametrize(
    "words",
    [("--kept", "1", "--dropped", "1"), ("--kept", "1", "ben"), ("ben", "fri"), ("--kept", "x")],
)
def test_what_cannot_be_meant_is_a_question_of_usage(run: Run, words: tuple[str, ...]) -> None:
    assert run("promise", *words).code == 2


@pytest.mark.parametrize("number", ["7", str(2**80)])
def test_a_number_that_is_no_promise_is_refused(run: Run, number: str) -> None:
    done = run("promise", "--dropped", number)
    assert done.code == 1
    assert "no promise with the id" in done.err


def test_hostile_words_are_kept_and_drawn(run: Run) -> None:
    assert run("promise", "ben", "[/]\x1b]0;x\x07 \u202e\nline").code == 0
    told = run("promise").out
    assert "[/]␛]0;x␇" in told
    assert "\x1b" not in told
    (line,) = listed(run)
    assert line["what"].startswith("[/]\x1b")
