from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.queries.talks import Hit
from core.queries.thread import Said, ThreadHead
from core.rules import talk_search
from tests.support import HOSTILE, is_calm
from tui import safe
from tui.screens import log_said, log_words
from tui.theme import HIT

TODAY = date(2026, 11, 21)
HIT_ROW = Hit(
    *(1, "2026-11-02T10:00:00Z", "2026-11-02", "mail", "in", "mail", "t", 1),
    *("Slides", "the slides are here", ((4, 10),), ((3, "Ada Wong"),)),
)
SAID = Said(1, "2019-03-05T10:00:00Z", "2019-03-05", "message", "in", "Ada", "one two three", 3)


def shown(hit: Hit, width: int = 77, *, marked: bool = True) -> str:
    return log_words.row(hit, width, TODAY, marked=marked).plain


def found(hit: Hit, width: int = 77, *, marked: bool = True) -> list[str]:
    content = log_words.row(hit, width, TODAY, marked=marked)
    return [content.plain[one.start : one.end] for one in content.spans if one.style == HIT]


def test_a_row_says_when_which_way_how_who_and_what() -> None:
    assert shown(HIT_ROW).split() == [
        *("2", "Nov", "←", "mail", "Ada", "Wong", "the", "slides", "are", "here", "·", "Slides")
    ]


def test_what_was_found_is_underlined_and_only_where_its_places_fit() -> None:
    assert "underline" in HIT
    assert found(HIT_ROW) == ["slides"]
    assert found(HIT_ROW, marked=False) == []


def test_a_mail_in_which_nothing_was_searched_for_is_told_by_its_subject() -> None:
    assert shown(HIT_ROW._replace(found=())).endswith("Slides · the slides are here")


def test_what_was_said_in_a_group_stands_before_its_title() -> None:
    said = HIT_ROW._replace(kind="message", channel="whatsapp", found=(), subject="Crew " * 20)
    assert "the slides are here · Crew" in shown(said)


def test_a_group_in_which_only_you_spoke_is_told_by_its_title() -> None:
    assert "Slides" in shown(HIT_ROW._replace(people=(), kind="message"), 60)


@pytest.mark.parametrize("width", [60, 77, 120])
def test_a_word_far_to_the_right_is_brought_in_sight(width: int) -> None:
    line = f"{'much before it ' * 9}the slides{' and much more' * 9}"
    at = line.index("slides")
    hit = HIT_ROW._replace(line=line, found=((at, at + 6),))
    assert found(hit, width) == ["slides"]
    assert "…" in shown(hit, width)


def test_a_word_after_wide_letters_is_brought_in_sight() -> None:
    line = "家族" * 60 + " slides"
    at = line.index("slides")
    assert found(HIT_ROW._replace(line=line, found=((at, at + 6),))) == ["slides"]


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.sampled_from(HOSTILE), st.text(max_size=120)),
    st.integers(min_value=0, max_value=200),
    st.data(),
)
def test_whatever_was_said_takes_one_line_of_its_width(
    text: str, width: int, data: st.DataObject
) -> None:
    line = text[:240]
    first = data.draw(st.integers(0, len(line)))
    last = data.draw(st.integers(first, len(line)))
    places = ((first, last),) if last > first else ()
    hit = HIT_ROW._replace(line=line, found=places, subject=text, people=((1, text),))
    told = shown(hit, width)
    assert is_calm(told)
    assert "\n" not in told
    assert safe.cells(told) <= max(width, 50)


def test_a_conversation_is_told_line_by_line_with_each_day_once() -> None:
    said = [
        SAID,
        SAID._replace(id=2, direction="out", who="", text="a long answer " * 8),
        SAID._replace(id=3, day="2026-11-02", who="Ben", text="first\n\nlast\n\n"),
    ]
    bits = log_said.bits(said, 2, TODAY, 70)
    heads = [bit.head for bit in bits if bit.first]
    assert heads == [("5 Mar 2019", "←", "Ada"), (" " * 10, "→", "you"), ("     2 Nov", "←", "Ben")]
    assert [bit.key for bit in bits] == list(range(len(bits)))
    assert {bit.talk for bit in bits if bit.found} == {2}
    assert sum(bit.talk == 2 for bit in bits) > 1
    assert [bit.line for bit in bits if bit.talk == 3] == ["first", "", "last"]
    lines = [log_said.bit(bit, None).plain for bit in bits]
    assert max(map(len, lines)) <= 70
    assert {line[17] for line in lines if line[17:]} == {"o", "a", "f", "l"}
    assert lines[0] == "5 Mar 2019 ← Ada one two three"


def test_between_two_the_arrow_tells_who_spoke() -> None:
    said = [SAID, SAID._replace(id=2, direction="out", who="", text="four")]
    lines = [log_said.bit(bit, None).plain for bit in log_said.bits(said, 2, TODAY, 70)]
    assert lines == ["5 Mar 2019 ← one two three", "           → four"]


def test_of_nothing_there_is_no_line() -> None:
    assert log_said.bits([], 0, TODAY, 70) == []


def test_what_was_searched_for_is_marked_in_a_conversation_too() -> None:
    (bit,) = log_said.bits([SAID], 1, TODAY, 70)
    content = log_said.bit(bit, talk_search.parse("TWO", TODAY))
    assert [content.plain[one.start : one.end] for one in content.spans if one.style == HIT] == [
        "two"
    ]
    assert not [one for one in log_said.bit(bit, None).spans if one.style == HIT]


def test_the_line_above_a_conversation_names_it() -> None:
    head = ThreadHead(1, "message", "whatsapp", "Hikers", ((1, "Ada"), (0, "Ben")))
    assert log_said.title(head, 60).plain == "Ada, Ben · WhatsApp · Hikers"
    assert log_said.title(None, 60).plain == ""


@pytest.mark.parametrize(
    ("shown_now", "strangers", "more", "told"),
    [
        (0, 0, False, "0 talks"),
        (1, 0, False, "1 talk"),
        (1200, 0, True, "1,200+ talks"),
        (12, 3, False, "12 talks · 3 not in your book"),
    ],
)
def test_how_many_are_listed(shown_now: int, strangers: int, more: bool, told: str) -> None:
    assert log_words.count(shown_now, strangers, more=more) == told


def test_the_hint_names_the_operators_of_the_search() -> None:
    for operator in ("with:", "channel:", "on:", "before:", "after:", "tier:", "from:me", "-not"):
        assert operator in log_words.HINT
    assert len(log_words.HINT) <= 67
