"""log: a talk in one line, at a shell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.tui.cli.conftest import Run


def log_of(run: Run, who: str) -> list[Any]:
    found: list[Any] = run("show", who, "--json").json["person"]["log"]
    return found


def test_the_first_words_are_as_many_as_are_a_name(run: Run) -> None:
    done = run("log", "Ada", "Wong", "yesterday", "coffee", "in", "Bern")
    assert done == (0, "", "logged a meeting with Ada Wong: yesterday\n")
    (talk,) = log_of(run, "ada@wayne.example")
    assert talk["text"] == "coffee in Bern"


def test_people_and_promises_are_read_from_the_line(run: Run) -> None:
    done = run("log", "ortiz", "coffee with ada wong and Zoe !slides 2099-01-01 !!an intro")
    assert done.code == 0
    assert done.err == (
        "logged a meeting with 3 people, and 2 promises: today\nZoe is not in your book\n"
    )
    assert len(log_of(run, "ada@wayne.example")) == 1
    promises = run("show", "ortiz", "--json").json["person"]["promises"]
    assert {(one["owed_by"], one["what"], one["due"]) for one in promises} == {
        ("me", "slides", "2099-01-01"),
        ("them", "an intro", None),
    }
    assert run("undo").code == 0
    assert log_of(run, "ortiz") == []
    assert run("show", "ortiz", "--json").json["person"]["promises"] == []


def test_a_line_may_begin_with_the_talk_and_name_people_in_it(run: Run) -> None:
    assert run("log", "yesterday", "called", "ben", "about", "the", "boat").code == 0
    (talk,) = log_of(run, "ortiz")
    assert (talk["kind"], talk["text"]) == ("call", "called ben about the boat")
    assert talk["day"] == (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011 — local


def test_nobody_is_chosen_among_several(run: Run) -> None:
    done = run("log", "ortiz", "coffee with ada")
    assert done.code == 3
    assert "Ada Wong" in done.err
    assert "Ada Green" in done.err
    assert log_of(run, "ortiz") == []


def test_a_whole_name_is_chosen(run: Run) -> None:
    assert run("log", "ortiz", "coffee with wong").code == 0
    assert len(log_of(run, "wong@example.com")) == 1


@pytest.mark.parametrize("words", [("nobody", "coffee"), ("yesterday", "coffee")])
def test_somebody_must_be_meant(run: Run, words: tuple[str, ...]) -> None:
    assert run("log", *words).code == 1


def test_the_kind_is_not_said_twice(run: Run) -> None:
    assert run("log", "ortiz", "mail", "she moves").code == 0
    assert run("log", "ortiz", "whatsapp:", "hello").code == 0
    assert [(talk["kind"], talk["channel"], talk["text"]) for talk in log_of(run, "ortiz")] == [
        ("message", "whatsapp", "hello"),
        ("mail", "mail", "she moves"),
    ]
