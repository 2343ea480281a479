from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.queries.history import StepLine
from core.rules.focus import FocusRow
from core.text import visible
from tests.support import HOSTILE
from tui import safe
from tui.stand_ins import StandIns
from tui.veil import Veil

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS: Final = ("person", "firm", "job", "place", "group", "phone", "mail", "page", "slug", "text")
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
IN_ALL = StandIns()


@pytest.mark.parametrize("kind", KINDS)
@given(real=TEXTS)
def test_a_stand_in_stays_the_same_is_never_the_value_and_is_plain_to_print(
    kind: str, real: str
) -> None:
    made: Callable[[str], str] = getattr(IN_ALL, kind)
    stand_in = made(real)
    assert stand_in == made(real)
    assert (stand_in == "") == (real == "")
    assert not real or stand_in != real
    assert visible(stand_in, lines=True) == stand_in
    assert kind == "text" or safe.cells(stand_in) <= 40


@given(st.sets(st.text(min_size=1, max_size=30), max_size=40))
def test_two_names_never_share_a_stand_in(names: set[str]) -> None:
    for kind in ("person", "firm", "phone", "mail", "slug"):
        assert len({getattr(IN_ALL, kind)(name) for name in names}) == len(names)


def test_more_people_than_there_are_names_still_differ() -> None:
    people = StandIns()
    assert len({people.person(f"n {number}") for number in range(25_000)}) == 25_000


def test_another_sitting_has_other_stand_ins() -> None:
    names = [f"Name {number}" for number in range(20)]
    assert [StandIns().person(one) for one in names] != [StandIns().person(one) for one in names]


@given(st.dates(min_value=date(1000, 1, 1)))  # the first day of year 1 means none
def test_a_birthday_is_another_day_of_the_same_shape_and_never_later(day: object) -> None:
    shown = IN_ALL.date(str(day))
    assert shown != str(day)
    assert len(shown) == 10
    assert shown[:4] <= str(day)[:4]


@given(st.text(alphabet="abc ,.\n", min_size=1, max_size=300))
def test_a_text_keeps_its_lines_and_about_its_length(real: str) -> None:
    shown = IN_ALL.text(real)
    if shown != "…":
        assert shown.count("\n") == real.count("\n")
        assert len(shown) <= len(real)


class New(NamedTuple):
    """A model that the veil has never heard of."""

    id: int
    tier: str
    brand_new: str


def test_a_field_that_is_new_is_veiled_and_one_that_is_named_is_not() -> None:
    shown = Veil().shown([New(7, "A", "Ada")])[0]
    assert (shown.id, shown.tier) == (7, "A")
    assert shown.brand_new not in {"", "Ada"}


def test_what_the_veil_does_not_know_it_does_not_let_through() -> None:
    with pytest.raises(TypeError, match="does not know"):
        Veil().shown(object())


def test_reasons_in_our_words_stay_and_those_of_the_user_do_not() -> None:
    def why(words: str) -> str:
        row = FocusRow(1, "Ada", "A", words, "mail", "", "", "", 1, done=False)
        return Veil().shown(row).why

    assert why("9 days late (every 60)") == "9 days late (every 60)"
    assert why("birthday today (41)") == "birthday today"
    assert why("new job: Acme → Globex").startswith("new job: ")
    assert not {"Acme", "Globex"} & set(why("new job: Acme → Globex").split())
    assert "settle" not in why("let her settle in")
    for ours in (
        "wrote on Tue, no answer yet",
        "wrote on 9 Nov, no answer yet",
        "gone quiet: you talk every 12 days",
        "put away 2 Mar, wrote yesterday",
        "put away in Mar 2024, wrote on 9 Nov",
        "2 mails unanswered: try a call",
    ):
        assert why(ours) == ours
    assert "Anna" not in why("wrote on Anna Smith, no answer yet")
    promised = why("you promised: the Bergmann deck (due Fri)")
    assert promised.startswith("you promised: ")
    assert promised.endswith(" (due Fri)")
    assert "Bergmann" not in promised


def test_why_somebody_was_put_off_is_as_it_was_for_it_is_written_again() -> None:
    row = FocusRow(1, "Ada", "A", "x", "mail", "", "", "", 1, done=False, put_off="let her")
    assert Veil().shown(row).put_off == "let her"


def test_a_step_says_what_was_done_with_how_many() -> None:
    def told(name: str, label: str, people: int) -> str:
        step = StepLine(1, name, label, "user", "s", "2026-11-21T09:00:00Z", people, undone=False)
        return Veil().shown(step).label

    assert told("SetTier", "Ada → A", 1) == "filed 1 person → A"
    assert told("LogTalks", "logged a mail with Ada", 1) == "logged a talk with 1 person"
    assert told("StoreRun", "imported Ada's list: 3 new", 3) == "imported a list of 3"
    assert told("Unheard", "Ada", 1) == "a step"
