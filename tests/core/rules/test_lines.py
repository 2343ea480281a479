from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.commands.log_talk import DIRECTIONS, KINDS
from core.errors import UsageError
from core.rules import lines

TODAY = date(2026, 11, 21)  # a Saturday
YESTERDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("yesterday coffee in Bern", (YESTERDAY, "meeting", "both", "coffee in Bern")),
        ("fri called about the deck", (YESTERDAY, "call", "both", "called about the deck")),
        ("2 days ago lunch", (date(2026, 11, 19), "meeting", "both", "lunch")),
        ("on 2 nov a mail", (date(2026, 11, 2), "mail", "both", "a mail")),
        ("2026-11-01", (date(2026, 11, 1), "message", "both", "")),
        ("sent the deck", (TODAY, "message", "out", "sent the deck")),
        ("got a mail: she moves", (TODAY, "mail", "in", "got a mail: she moves")),
        ("note: likes tea", (TODAY, "note", "none", "note: likes tea")),
        ("may call later", (TODAY, "call", "both", "may call later")),
        ("3 days of hiking", (TODAY, "message", "both", "3 days of hiking")),
        ("tomorrow she moves", (TODAY, "message", "both", "tomorrow she moves")),
        ("we recall the mailbox", (TODAY, "message", "both", "we recall the mailbox")),
        ("", (TODAY, "message", "both", "")),
    ],
)
def test_a_line_about_a_talk_is_taken_apart(line: str, said: tuple[object, ...]) -> None:
    assert lines.talk(line, TODAY) == said


@given(st.text(max_size=80))
def test_any_line_can_be_logged_and_keeps_its_words(line: str) -> None:
    said = lines.talk(line, TODAY)
    assert said.day <= TODAY
    assert said.kind in KINDS
    assert said.direction in DIRECTIONS
    assert line.strip().endswith(said.text)


@pytest.mark.parametrize(
    ("line", "until", "why"),
    [
        ("3m let her settle in", date(2027, 2, 21), "let her settle in"),
        ("3 weeks on leave", date(2026, 12, 12), "on leave"),
        ("24 dec", date(2026, 12, 24), ""),
        ("next fri  two  spaces", date(2026, 11, 27), "two  spaces"),
        ("+2w", date(2026, 12, 5), ""),
    ],
)
def test_a_line_about_a_wait_is_taken_apart(line: str, until: date, why: str) -> None:
    assert lines.wait(line, TODAY) == (until, why)


@pytest.mark.parametrize("line", ["", "someday", "let her settle in"])
def test_a_wait_without_a_day_is_not_understood(line: str) -> None:
    with pytest.raises(UsageError):
        lines.wait(line, TODAY)


@given(st.text(max_size=80))
def test_any_line_is_a_wait_or_not_understood(line: str) -> None:
    try:
        until, why = lines.wait(line, TODAY)
    except UsageError:
        return
    assert isinstance(until, date)
    assert line.strip().endswith(why)
