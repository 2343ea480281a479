from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.tui.cli.conftest import Run


def test_filing_somebody_says_so(run: Run) -> None:
    assert run("tier", "ortiz", "a") == (0, "", "Ben Ortiz → A\n")
    assert run("tier", "ortiz", "A").err == "Ben Ortiz → A (as it was already)\n"
    assert run("tier", "ortiz", "none").err == "Ben Ortiz → unsorted\n"


def test_several_are_filed_as_one_step(run: Run) -> None:
    assert run("tier", "ortiz", "peña", "B").err == "2 people → B: Ben Ortiz, José Peña\n"
    assert run("undo").err == "took back: 2 people → B\n"


@pytest.mark.parametrize("words", [["ortiz"], ["ortiz", "E"], ["A"], ["a", "ortiz"]])
def test_a_tier_that_is_none_is_not_understood(run: Run, words: list[str]) -> None:
    done = run("tier", *words)
    assert done.code == 2
    assert "A, B, C, D or none" in done.err


def test_one_line_logs_a_talk(run: Run) -> None:
    done = run("log", "ortiz", "yesterday", "coffee", "in", "Bern")
    assert done == (0, "", "logged a meeting with Ben Ortiz: yesterday\n")
    (talk,) = run("show", "ortiz", "--json").json["person"]["log"]
    yesterday = (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011 — the local day
    assert (talk["day"], talk["kind"], talk["text"]) == (yesterday, "meeting", "coffee in Bern")


def test_flags_decide_over_words(run: Run) -> None:
    flags = ("--day", "3d", "--kind", "call", "--direction", "in")
    assert run("log", "ortiz", "yesterday was a good day for coffee", *flags).code == 0
    (talk,) = run("show", "ortiz", "--json").json["person"]["log"]
    assert (talk["kind"], talk["direction"]) == ("call", "in")
    assert talk["text"] == "yesterday was a good day for coffee"
    assert talk["day"] == (date.today() - timedelta(days=3)).isoformat()  # noqa: DTZ011


@pytest.mark.parametrize("flags", [("--kind", "gossip"), ("--direction", "up"), ("--day", "soon")])
def test_a_talk_that_cannot_be_is_not_understood(run: Run, flags: tuple[str, str]) -> None:
    assert run("log", "ortiz", "hello", *flags).code == 2
    assert run("show", "ortiz", "--json").json["person"]["log"] == []


def test_a_wait_has_a_day_and_a_why_and_an_end(run: Run) -> None:
    assert run("wait", "ortiz", "3m", "let", "him", "settle").err.startswith(
        "Ben Ortiz waits until"
    )
    assert "let him settle" in run("show", "ortiz").out
    assert run("wait", "ortiz", "over").err == "Ben Ortiz waits no longer\n"
    assert run("wait", "ortiz", "someday").code == 2
    assert run("wait", "ortiz", "yesterday").code == 2


def test_a_hostile_name_is_drawn_in_words(run: Run) -> None:
    for arguments in (
        ("tier", "eve", "D"),
        ("log", "eve", "hello"),
        ("wait", "eve", "3w"),
        ("undo",),
    ):
        done = run(*arguments)
        assert done.code == 0
        assert "Eve␛]0;owned␇" in done.err
        assert done.err.count("\n") == 1
        assert "\x1b" not in done.err
