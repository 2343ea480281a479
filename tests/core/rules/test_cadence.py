from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.cadence import (
    asked_and_held,
    days_between,
    days_late,
    due_on,
    lengthened,
    talks_per_week,
)

TODAY = date(2026, 11, 21)
day_or_none = st.none() | st.dates()


def test_due_counts_from_the_last_talk() -> None:
    assert due_on("A", None, TODAY, None, 1) == TODAY + timedelta(days=21)
    assert due_on("B", None, TODAY, date(2020, 1, 1), 1) == TODAY + timedelta(days=60)


@pytest.mark.parametrize("tier", ["C", "D", ""])
def test_without_a_cadence_nothing_is_due(tier: str) -> None:
    assert due_on(tier, None, TODAY, TODAY, 1) is None


def test_a_persons_own_days_win_but_never_over_put_away() -> None:
    assert due_on("C", 180, TODAY, None, 1) == TODAY + timedelta(days=180)
    assert due_on("A", 7, TODAY, None, 1) == TODAY + timedelta(days=7)
    assert due_on("A", 0, TODAY, None, 1) is None
    assert due_on("D", 7, TODAY, None, 1) is None


def test_the_days_of_a_tier_can_be_chosen() -> None:
    chosen = {"A": 14, "C": 180}
    assert due_on("A", None, TODAY, None, 1, chosen) == TODAY + timedelta(days=14)
    assert due_on("C", None, TODAY, None, 1, chosen) == TODAY + timedelta(days=180)
    assert due_on("B", None, TODAY, None, 1, chosen) is None


def test_a_freshly_sorted_book_falls_due_evenly() -> None:
    due = Counter(due_on("A", None, None, TODAY, person) for person in range(1, 211))
    assert set(due) == {TODAY + timedelta(days=days) for days in range(1, 22)}
    assert max(due.values()) <= 12


def test_whoever_was_late_when_filed_is_due_within_a_cadence_from_then() -> None:
    long_ago = TODAY - timedelta(days=400)
    due = Counter(due_on("A", None, long_ago, TODAY, person) for person in range(1, 901))
    assert set(due) == {TODAY + timedelta(days=days) for days in range(1, 22)}
    assert max(due.values()) <= 50
    assert due_on("A", None, TODAY - timedelta(days=21), TODAY, 1) != TODAY


def test_whoever_was_not_late_when_filed_is_due_by_the_talk() -> None:
    lately = TODAY - timedelta(days=20)
    assert due_on("A", None, lately, TODAY, 1) == TODAY + timedelta(days=1)
    assert due_on("A", None, lately, None, 1) == TODAY + timedelta(days=1)


def test_three_without_an_answer_make_the_cadence_twice_as_long() -> None:
    assert [lengthened(21, count) for count in (0, 2, 3, 9)] == [21, 21, 42, 42]
    assert due_on("A", None, TODAY, None, 1, unanswered=2) == TODAY + timedelta(days=21)
    assert due_on("A", None, TODAY, None, 1, unanswered=3) == TODAY + timedelta(days=42)
    assert due_on("C", None, TODAY, None, 1, unanswered=3) is None


@given(
    st.sampled_from(["A", "B", "C", "D", "", "?"]),
    st.none() | st.integers(-5, 10**9),
    day_or_none,
    day_or_none,
    st.integers(-(10**12), 10**12),
    st.integers(0, 5),
)
def test_due_is_after_what_it_counts_from(  # noqa: PLR0913, PLR0917 — each is one fact
    tier: str,
    own: int | None,
    last: date | None,
    tiered: date | None,
    seed: int,
    unanswered: int,
) -> None:
    due = due_on(tier, own, last, tiered, seed, unanswered=unanswered)
    days = lengthened(days_between(tier, own), unanswered)
    starts = [day for day in (last, tiered) if day]
    if not days or not starts:
        assert due is None
    else:
        assert due is not None
        assert due_on(tier, own, last, tiered, seed, unanswered=unanswered) == due
        assert due == date.max or any(0 < (due - start).days <= days for start in starts)
        assert tiered is None or due > tiered or due == date.max


def test_lateness_is_negative_before_the_day() -> None:
    assert days_late(TODAY, TODAY) == 0
    assert days_late(date(2026, 11, 12), TODAY) == 9
    assert days_late(date(2026, 11, 22), TODAY) == -1


def test_tiers_ask_for_talks_each_week() -> None:
    assert talks_per_week({"A": 21, "B": 60, "C": 500, "D": 900, "": 100}) == pytest.approx(14)
    assert talks_per_week({"A": 30, "B": 60}, {"A": 7, "B": 42}) == pytest.approx(40)
    assert talks_per_week({}) == 0


def test_what_the_tiers_ask_for_is_set_against_what_the_lists_hold() -> None:
    assert asked_and_held({"A": 90, "B": 120}, {"A": 21, "B": 60}, 5) == (44, 25)
    assert asked_and_held({}, {}, 0) == (0, 0)
