"""A line about a talk, from its words to whom it means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.commands.log_talk import DIRECTIONS, KINDS
from core.errors import UsageError
from core.rules import capture
from core.rules.capture import Bearer, Found, Owed

TODAY = date(2026, 11, 21)  # a Saturday
ADA = Bearer(1, "Ada Wong", "", "", "", "", 2)
ANNA = Bearer(2, "Anna Berg", "", "", "", "", 2)


def read(line: str, *, alone: bool = False) -> capture.Line:
    return capture.read(line, TODAY, alone=alone)


def named(line: str, *found: Found, at_hand: tuple[int, ...] = ()) -> tuple[capture.Named, ...]:
    return capture.settle(read(line), found, at_hand, TODAY)


def test_a_whole_line_is_taken_apart() -> None:
    line = read("yesterday coffee with anna and ben !send slides fri")
    assert (line.day, line.kind, line.channel) == (date(2026, 11, 20), "meeting", "")
    assert line.text == "coffee with anna and ben"
    assert [mention.words for mention in line.mentions] == [("anna",), ("ben",)]
    assert line.owed == (Owed("me", "send slides", "2026-11-27"),)


@pytest.mark.parametrize(
    ("line", "text", "owed"),
    [
        ("!slides", "", [("me", "slides", "")]),
        ("lunch !!intro to Carl 24 dec", "lunch", [("them", "intro to Carl", "2026-12-24")]),
        ("lunch !a !!b mon", "lunch", [("me", "a", ""), ("them", "b", "2026-11-23")]),
        ("great! met", "great! met", []),
        ("Super ! On se voit !", "Super ! On se voit !", []),
        ("what !!! now", "what !!! now", []),
    ],
)
def test_an_exclamation_mark_before_a_word_is_a_promise(
    line: str, text: str, owed: list[tuple[str, str, str]]
) -> None:
    found = read(line)
    assert (found.text, list(found.owed)) == (text, owed)


def test_a_day_and_a_kind_that_are_known_leave_the_line_whole() -> None:
    line = capture.read(
        "yesterday call with anna", TODAY, alone=False, day=date(2026, 11, 1), kind="visit"
    )
    assert (line.day, line.kind, line.text) == (
        date(2026, 11, 1),
        "visit",
        "yesterday call with anna",
    )


def test_a_name_takes_who_bears_it_whole_before_who_bears_it_in_part() -> None:
    whole = ADA._replace(id=3, name="Ada", level=3)
    (one,) = named("with ada", Found(1, (ADA, whole)))
    assert (one.taken, one.others, one.unclear) == (whole, 1, False)


@pytest.mark.parametrize("likely", [ANNA._replace(tier="B"), ANNA._replace(talked="2026-11-01")])
def test_the_vital_few_and_those_talked_with_of_late_go_before(likely: Bearer) -> None:
    (one,) = named("with ann", Found(1, (ADA, likely)))
    assert one.taken == likely


def test_nobody_is_taken_among_equals() -> None:
    old = ANNA._replace(talked="2024-01-01")
    (one,) = named("with ann", Found(1, (ADA, old)))
    assert one.unclear
    assert one.taken is None
    assert {bearer.id for bearer in one.bearers} == {1, 2}


def test_who_is_meant_beforehand_is_meant_by_the_name_too() -> None:
    (one,) = named("with ann", Found(1, (ADA._replace(tier="A"), ANNA)), at_hand=(2,))
    assert (one.taken, one.others) == (ANNA, 0)


def test_a_name_nobody_bears_is_unknown_and_words_that_are_no_name_are_left() -> None:
    nobody = Found(0, ())
    (one,) = named("with Zoe Klein about it", nobody)
    assert one.unknown
    assert one.typed == "Zoe Klein"
    assert named("with something completely different", nobody) == ()


@pytest.mark.parametrize(
    ("line", "typed", "taken"),
    [
        ("with Anna Klein about it", "Anna Klein", None),
        ("with Anna", "Anna", ANNA),
        ("with Anna berlin", "Anna", ANNA),
        ("with anna Berlin", "anna", ANNA),
    ],
)
def test_another_family_name_is_another_person(line: str, typed: str, taken: Bearer | None) -> None:
    (one,) = named(line, Found(1, (ANNA,)))
    assert (one.typed, one.taken, one.unknown) == (typed, taken, taken is None)


def test_after_other_words_no_name_is_expected() -> None:
    line = "with anna berlin trip and ben"
    assert [one.typed for one in named(line, Found(1, (ANNA,)), Found(0, ()))] == ["anna"]


def test_one_person_named_twice_is_one() -> None:
    found = Found(1, (ADA,))
    assert len(named("with ada and ADA", found, found)) == 1


PIECES = st.sampled_from(
    ["with ", "anna", " and ", ", ", "!", "!!", "fri", " yesterday ", "mail ", "to ", "Zoe ", "@x "]
)
LINES = st.one_of(
    st.text(max_size=60), st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join)
)


@settings(max_examples=200)
@given(LINES, st.booleans())
def test_any_line_is_a_talk_or_a_promise_of_nothing(line: str, alone: bool) -> None:
    try:
        found = read(line, alone=alone)
    except UsageError:
        assert "!" in line
        return
    assert found.kind in KINDS
    assert found.direction in DIRECTIONS
    assert found.day <= TODAY
    assert all(owed.what and owed.owed_by in {"me", "them"} for owed in found.owed)
    nobody = [Found(0, ())] * len(found.mentions)
    for one in capture.settle(found, nobody, (), TODAY):
        assert one.unknown
        assert one.typed
    everybody = [Found(len(one.words), (ADA,)) for one in found.mentions]
    assert len(capture.settle(found, everybody, (), TODAY)) <= 1
