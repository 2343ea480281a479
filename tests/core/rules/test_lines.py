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
        ("coffee in Bern yesterday", (YESTERDAY, "meeting", "both", "coffee in Bern")),
        ("lunch 2 days ago", (date(2026, 11, 19), "meeting", "both", "lunch")),
        ("call on fri", (YESTERDAY, "call", "both", "call")),
        ("call fri about the deck", (YESTERDAY, "call", "both", "call about the deck")),
        ("lunch 2 nov", (date(2026, 11, 2), "meeting", "both", "lunch")),
        ("coffee yesterday with anna", (YESTERDAY, "meeting", "both", "coffee with anna")),
        ("met ben last fri at the pub", (YESTERDAY, "meeting", "both", "met ben at the pub")),
        (
            "talked about yesterday in Bern",
            (TODAY, "message", "both", "talked about yesterday in Bern"),
        ),
        ("spoke of yesterday", (TODAY, "message", "both", "spoke of yesterday")),
        ("call tomorrow", (TODAY, "call", "both", "call tomorrow")),
        ("coffee 2", (TODAY, "meeting", "both", "coffee 2")),
        ("coffee in may", (TODAY, "meeting", "both", "coffee in may")),
        ("she spoke of friday", (TODAY, "message", "both", "she spoke of friday")),
        ("mail to her: slides", (TODAY, "mail", "out", "mail to her: slides")),
        ("whatsapp from him", (TODAY, "message", "in", "whatsapp from him")),
    ],
)
def test_a_line_about_a_talk_is_taken_apart(line: str, said: tuple[object, ...]) -> None:
    assert lines.talk(line, TODAY)[:4] == said


@pytest.mark.parametrize(
    ("line", "kind", "channel", "text"),
    [
        ("whatsapp call about the boat", "call", "whatsapp", "call about the boat"),
        ("whatsapp: she moves", "message", "whatsapp", "she moves"),
        ("linkedin message", "message", "linkedin", "message"),
        ("zoom about the coffee", "call", "zoom", "about the coffee"),
        ("wrote on twitter", "message", "x", "wrote on twitter"),
        ("coffee, spoke of linkedin", "meeting", "", "coffee, spoke of linkedin"),
        ("call about facebook", "call", "", "about facebook"),
        ("mail she moves", "mail", "", "she moves"),
        ("note: likes tea", "note", "", "likes tea"),
        ("mailed the deck", "mail", "", "mailed the deck"),
        ("mail", "mail", "", ""),
    ],
)
def test_a_word_for_the_channel_sets_it_and_the_kind_is_not_said_twice(
    line: str, kind: str, channel: str, text: str
) -> None:
    said = lines.talk(line, TODAY)
    assert (said.kind, said.channel, lines.without_kind(said)) == (kind, channel, text)


@given(st.text(max_size=80))
def test_any_line_can_be_logged_and_keeps_its_words(line: str) -> None:
    said = lines.talk(line, TODAY)
    assert said.day <= TODAY
    assert said.kind in KINDS
    assert said.direction in DIRECTIONS
    assert said.text in line
    assert said.text.endswith(lines.without_kind(said))


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


@pytest.mark.parametrize(
    ("line", "what", "due"),
    [
        ("the deck fri", "the deck", "2026-11-27"),
        ("deck, by friday", "deck", "2026-11-27"),
        ("fri deck", "deck", "2026-11-27"),
        ("by fri the deck", "the deck", "2026-11-27"),
        ("the deck (due fri)", "the deck", "2026-11-27"),
        ("intro to Ben next week", "intro to Ben", "2026-11-28"),
        ("call back in 3 days", "call back", "2026-11-24"),
        ("24.12. the deck", "the deck", "2026-12-24"),
        ("the deck today", "the deck", "2026-11-21"),
        ("the slides by yesterday", "the slides", "2026-11-20"),
        ("flowers by may", "flowers", "2027-05-01"),
        ("introduce May", "introduce May", ""),
        ("photos of yesterday", "photos of yesterday", ""),
        ("the slides from last week", "the slides from last week", ""),
        ("the  deck", "the  deck", ""),
        ("vitamin d", "vitamin d", ""),
    ],
)
def test_a_line_about_a_promise_is_taken_apart(line: str, what: str, due: str) -> None:
    assert lines.promise(line, TODAY) == (what, due)


@pytest.mark.parametrize("line", ["", "  ", "fri", "by fri", "24.12.", "2026-12-24"])
def test_a_day_alone_promises_nothing(line: str) -> None:
    with pytest.raises(UsageError, match="what is promised"):
        lines.promise(line, TODAY)


@given(st.text(max_size=80))
def test_any_line_promises_something_or_is_not_understood(line: str) -> None:
    try:
        what, due = lines.promise(line, TODAY)
    except UsageError:
        return
    assert what.strip()
    assert not due or date.fromisoformat(due).isoformat() == due
    assert set(what.split()) <= {word.strip(" ,;:") for word in line.split()} | set(line.split())
