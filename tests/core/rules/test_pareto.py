from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import pareto
from core.rules.pareto import KEPT, Curve, crowded, percent, percents, ranked, shares

TALKS = st.dictionaries(st.integers(1, 500), st.integers(0, 10_000), max_size=40)


@given(TALKS, st.randoms(use_true_random=False))
def test_the_order_in_which_people_are_read_does_not_matter(talks: dict[int, int], dice) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    pairs = list(talks.items())
    dice.shuffle(pairs)
    assert ranked(pairs) == ranked(talks.items())


@given(TALKS)
def test_the_curve_holds_every_talk_and_rises_ever_more_slowly(talks: dict[int, int]) -> None:
    curve = ranked(talks.items())
    assert curve.total == sum(talks.values())
    assert set(curve.people) == {person for person, count in talks.items() if count}
    counts = [curve.talks(place) for place in range(len(curve.people))]
    assert counts == sorted(counts, reverse=True)
    assert [talks[person] for person in curve.people] == counts


@given(TALKS, st.integers(2, 200))
def test_the_drawn_share_goes_from_nothing_to_all_and_never_back(
    talks: dict[int, int], steps: int
) -> None:
    curve = ranked(talks.items())
    drawn = [curve.share(at / steps * len(curve.people)) for at in range(steps + 1)]
    assert all(0 <= a <= b + 1e-9 for a, b in pairwise(drawn))
    if curve.people:
        assert drawn[0] == 0
        assert drawn[-1] == pytest.approx(1)


@given(TALKS, st.integers(1, 100))
def test_the_few_have_what_is_asked_and_one_less_would_not(talks: dict[int, int], aim: int) -> None:
    curve = ranked(talks.items())
    few = curve.few(aim)
    if not curve.total:
        assert few == 0
        return
    assert curve.sums[few - 1] * 100 >= curve.total * aim
    assert few == 1 or curve.sums[few - 2] * 100 < curve.total * aim


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_percents_add_up_to_a_hundred_and_none_is_off_by_one(counts: list[int]) -> None:
    found = percents(counts)
    total = sum(counts)
    assert sum(found) == (100 if total else 0)
    for count, whole in zip(counts, found, strict=True):
        assert not total or abs(whole - count * 100 / total) < 1


def test_tiers_that_are_left_out_have_no_share() -> None:
    found = shares({"A": 10, "B": 30, "D": 900, "": 60}, {"A": 75, "B": 25, "D": 400})
    assert [one.tier for one in found] == list(KEPT)
    assert [(one.share_people, one.share_interactions) for one in found] == [
        (25, 75),
        (75, 25),
        (0, 0),
    ]


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        ({"A": 2, "B": 8}, False),
        ({"A": 3, "B": 7}, True),
        ({"A": 3, "B": 1}, False),  # a handful is no crowd
        ({"A": 21, "C": 79, "D": 1_000}, True),
    ],
)
def test_more_than_a_fifth_in_a_is_a_crowd(heads: dict[str, int], told: bool) -> None:
    assert crowded(shares(heads, {})) is told


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 10, "0 %"),
        (0, 0, "0 %"),
        (1, 100_000, "<0.1 %"),
        (4, 1_000, "0.4 %"),
        (62, 100, "62 %"),
        (999, 1_000, "100 %"),
        (9_996, 100_000, "10 %"),
    ],
)
def test_a_share_is_told_as_people_say_it(part: int, whole: int, words: str) -> None:
    assert percent(part, whole) == words


def test_nothing_is_no_curve() -> None:
    nothing = Curve()
    assert (nothing.total, nothing.few(), nothing.share(3)) == (0, 0, 0)
    assert pareto.ranked([(1, 0)]) == nothing
