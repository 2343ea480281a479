from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.moves import SETTLED, Move, Mover, proposals

TODAY = date(2026, 11, 21)


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def mover(**given: Any) -> Mover:  # noqa: ANN401 — fields of `Mover`
    known = Mover(1, "Ada", "C", ago(300), ago(5), 9, 9, 0, "", 0, "")
    return known._replace(**given)


def told(one: Mover, **given: object) -> tuple[str, str] | None:
    found = proposals([one], TODAY, **given)  # type: ignore[arg-type]
    return (f"{found[0].tier} → {found[0].to}", found[0].why) if found else None


@pytest.mark.parametrize(
    ("one", "what"),
    [
        (mover(gap=9), ("C → A", "talks every 9 days")),
        (mover(gap=1), ("C → A", "talks every day")),
        (mover(gap=40), ("C → B", "talks every 40 days")),
        (mover(tier="B", gap=20), ("B → A", "talks every 20 days")),
        (mover(tier="B", gap=22), None),
        (mover(gap=61), None),
        (mover(tier="A", gap=9), None),
        (mover(gap=9, talks_out=0), None),  # a letter to all is no talk
        (mover(gap=9, talks_in=0), None),
        (mover(gap=9, quiet_on=ago(0)), None),  # it was a rhythm once
        (mover(gap=9, quiet_on=ago(-1)), ("C → A", "talks every 9 days")),
        (mover(gap=9, unanswered=1), None),
        (
            mover(tier="B", unanswered=3, last_out=ago(20)),
            ("B → C", "you wrote 3 times, no answer"),
        ),
        (
            mover(tier="A", unanswered=5, last_out=ago(20)),
            ("A → B", "you wrote 5 times, no answer"),
        ),
        (mover(tier="B", unanswered=2, last_out=ago(20)), None),
        (mover(tier="C", unanswered=9, last_out=ago(20)), None),
        (mover(tier="B", unanswered=3, last_out=ago(320)), None),  # they were filed knowing that
        (mover(tier="A", talked=ago(253)), ("A → B", "no talk for 8 months")),
        (mover(tier="A", talked=ago(252)), None),
        (mover(tier="B", talked=ago(1_000)), ("B → C", "no talk for 2 years")),
        (mover(tier="A", talked=""), None),  # nothing is known
        (mover(tier="A", gap=64), ("A → B", "talks only every 64 days")),
        (mover(tier="A", gap=63), None),
        (mover(tier="D", gap=1), None),
        (mover(tier="", gap=1), None),
    ],
)
def test_who_talks_as_another_tier_does_is_proposed_for_it(
    one: Mover, what: tuple[str, str] | None
) -> None:
    assert told(one) == what


def test_a_decision_stands_for_a_month_before_it_is_questioned() -> None:
    assert told(mover(gap=9, tiered=ago(SETTLED.days - 1))) is None
    assert told(mover(gap=9, tiered=ago(SETTLED.days))) is not None


def test_a_full_a_takes_nobody_more() -> None:
    assert told(mover(gap=9), room_in_a=False) == ("C → B", "talks every 9 days")
    assert told(mover(tier="B", gap=9), room_in_a=False) is None


def test_own_cadences_count_and_a_tier_without_one_asks_for_nothing() -> None:
    assert told(mover(gap=9), cadence={"A": 7, "B": 30}) == ("C → B", "talks every 9 days")
    assert told(mover(gap=9), cadence={"A": 0, "B": 0}) is None
    assert told(mover(tier="A", gap=900, talked=ago(3_000)), cadence={"A": 0}) is None


def test_the_liveliest_come_first_and_the_most_silent_after_them() -> None:
    some = [
        mover(id=1, tier="B", talked=ago(900)),
        mover(id=2, gap=40),
        mover(id=3, tier="A", talked=ago(2_000)),
        mover(id=4, gap=3),
    ]
    assert [one.id for one in proposals(some, TODAY)] == [4, 2, 3, 1]


MOVERS = st.builds(
    Mover,
    st.integers(1, 50),
    st.text(max_size=3),
    st.sampled_from("ABC"),
    st.sampled_from(["", ago(400), ago(10)]),
    st.sampled_from(["", ago(0), ago(400), ago(4_000)]),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 400),
    st.sampled_from(["", ago(1), ago(-9)]),
    st.integers(0, 5),
    st.sampled_from(["", ago(3)]),
)


@given(st.lists(MOVERS, max_size=12, unique_by=lambda one: one.id))
def test_each_reason_is_short_and_each_move_is_to_another_tier(movers: list[Mover]) -> None:
    found = proposals(movers, TODAY)
    assert found == proposals(movers[::-1], TODAY)
    for move in found:
        assert isinstance(move, Move)
        assert move.to in {"A", "B", "C"} - {move.tier}
        assert 2 < len(move.why.split()) <= 8
