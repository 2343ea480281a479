"""The rule of groups in plain Python is the rule of matching, and knows what the user said."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.matching import cluster
from core.rules.groups import Known, joined

SIZE = 9
UNIT = 125
"""Thousandths that a binary fraction holds exactly, so that sums of both rules are equal."""


class _Scored(NamedTuple):
    low: np.ndarray[tuple[int], np.dtype[np.int32]]
    high: np.ndarray[tuple[int], np.dtype[np.int32]]
    odds: np.ndarray[tuple[int], np.dtype[np.float64]]
    tie: np.ndarray[tuple[int], np.dtype[np.uint64]]


PEOPLE = st.integers(0, SIZE - 1)
PAIRS = st.dictionaries(
    st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(
        lambda two: two[0] < two[1]
    ),
    st.integers(-120, 100).map(lambda odds: odds * UNIT),
    max_size=25,
)


def _known(odds: dict[tuple[int, int], int]) -> list[Known]:
    pairs = [Known(*two, worth, tie=tie) for tie, (two, worth) in enumerate(odds.items())]
    return sorted(pairs, key=lambda pair: (-pair.odds, pair.tie))


def _groups(
    known: list[Known],
    entries: dict[int, int] | None = None,
    apart: tuple[tuple[int, int], ...] = (),
) -> set[tuple[int, ...]]:
    links = [pair for pair in known if pair.odds > 0]
    return {group.people for group in joined(links, known, entries or {}, apart)}


@settings(max_examples=300)
@given(PAIRS)
def test_it_groups_as_matching_does(odds: dict[tuple[int, int], int]) -> None:
    known = _known(odds)
    scored = _Scored(
        np.array([pair.low for pair in known], np.int32),
        np.array([pair.high for pair in known], np.int32),
        np.array([pair.odds / 1000 for pair in known], np.float64),
        np.array([pair.tie for pair in known], np.uint64),
    )
    found: dict[int, list[int]] = {}
    for row, group in enumerate(cluster.clusters(SIZE, scored).tolist()):
        found.setdefault(group, []).append(row)
    assert _groups(known) == {tuple(rows) for rows in found.values() if len(rows) > 1}


@settings(max_examples=100)
@given(PAIRS)
def test_a_group_holds_together_by_its_links(odds: dict[tuple[int, int], int]) -> None:
    known = _known(odds)
    for group in joined([pair for pair in known if pair.odds > 0], known, {}):
        assert len(group.links) == len(group.people) - 1
        assert {who for link in group.links for who in link[:2]} == set(group.people)


def test_what_the_user_told_apart_is_never_joined_nor_through_somebody() -> None:
    known = _known({(1, 2): 9_000, (2, 3): 8_000, (1, 3): 7_000})
    assert _groups(known) == {(1, 2, 3)}
    assert _groups(known, apart=((1, 3),)) == {(1, 2)}
    assert _groups(known, apart=((1, 2), (1, 3))) == {(2, 3)}


def test_a_chain_is_not_closed_if_its_ends_speak_against_it() -> None:
    assert _groups(_known({(1, 2): 9_000, (2, 3): 3_000, (1, 3): -3_500})) == {(1, 2)}
    assert _groups(_known({(1, 2): 9_000, (2, 3): 30_000, (1, 3): -12_500})) == {(2, 3)}


def test_somebody_of_many_entries_takes_more_to_be_joined() -> None:
    known = _known({(1, 2): 600})
    assert _groups(known) == {(1, 2)}
    assert _groups(known, {1: 5}) == set()


def test_all_entries_of_two_people_speak() -> None:
    one, against = Known(1, 2, 5_000), Known(1, 2, -3_000)
    assert [group.people for group in joined([one], [one, against], {1: 2})] == [(1, 2)]
    assert joined([one], [one, against, against], {1: 3}) == []
