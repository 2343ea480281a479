from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.talk_search import MOST, Wanted, holds, parse, places

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("on:2024", "2024-01-01", "2024-12-31"),
        ("on:2024-02", "2024-02-01", "2024-02-29"),
        ("on:2024-02-03", "2024-02-03", "2024-02-03"),
        ("on:yesterday", "2026-11-21", "2026-11-21"),
        ("before:2024", "", "2023-12-31"),
        ("after:2024-02", "2024-03-01", ""),
        ('after:"3 nov" before:fri', "2026-11-04", "2026-11-19"),
    ],
)
def test_days_months_and_years_bound_a_search(text: str, since: str, until: str) -> None:
    wanted = parse(text, TODAY)
    assert (wanted.since, wanted.until) == (since, until)
    assert wanted.words == ()


def test_operators_are_taken_out_of_the_words() -> None:
    wanted = parse('with:"Anna Meier" channel:Twitter tier:ab from:me slides "next week"', TODAY)
    assert wanted.people == ("Anna Meier",)
    assert wanted.channels == ("x",)
    assert wanted.tiers == ("A", "B")
    assert wanted.direction == "out"
    assert wanted.words == ((("slides",),),)
    assert wanted.phrases == ("next week",)


def test_from_somebody_means_what_came_in_from_them() -> None:
    wanted = parse("from:anna", TODAY)
    assert (wanted.people, wanted.direction) == (("anna",), "in")


@pytest.mark.parametrize("text", ["on:", "with:", "channel:", "tier:", '"', '""', "-", "***", ":"])
def test_what_says_nothing_yet_narrows_nothing(text: str) -> None:
    assert parse(text, TODAY) == Wanted()


@pytest.mark.parametrize("text", ["on:soonish", "tier:x", "http://x.example", "col:x", "NEAR(a b)"])
def test_what_is_no_operator_is_words(text: str) -> None:
    assert parse(text, TODAY).words


def test_words_and_phrases_with_a_minus_are_left_out() -> None:
    wanted = parse("slides -draft", TODAY)
    assert wanted.expression() == '(("slides")) NOT ("draft")'
    assert wanted.without == ((("draft",),),)


def test_words_may_begin_longer_ones_when_asked() -> None:
    wanted = parse("slid ab", TODAY)
    assert "*" not in wanted.expression()
    assert wanted.expression(begun=True).count("*") == 1  # two letters begin too many


@given(st.text())
def test_any_text_is_a_search(text: str) -> None:
    wanted = parse(text, TODAY)
    assert len(wanted.words) + len(wanted.phrases) + len(wanted.without) <= MOST
    wanted.expression(begun=True)
    assert isinstance(places(text, wanted), tuple)


def test_a_very_long_search_is_cut() -> None:
    assert len(parse("word " * 20_000, TODAY).words) == MOST


def test_words_are_found_in_a_line_in_whatever_spelling() -> None:
    line = "Frau Müller und Mueller, in der Straße"
    told = [line[a:b] for a, b in places(line, parse("mueller strasse", TODAY))]
    assert told == ["Müller", "Mueller", "Straße"]
    assert [line[a:b] for a, b in places(line, parse("müller", TODAY))] == ["Müller", "Mueller"]


@pytest.mark.parametrize(
    ("text", "phrase", "is_there"),
    [
        ("see you Next\n Week then", "next week", True),
        ("the week next to it", "next week", False),
        ("in der Großen Straße", "grossen strasse", True),
        ("Frau Mueller kommt", "frau müller", True),
    ],
)
def test_a_phrase_stands_as_it_is_whatever_the_spaces(
    text: str, phrase: str, *, is_there: bool
) -> None:
    assert holds(text, phrase) is is_there
