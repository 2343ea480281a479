"""Who may be one person, as the lists show it: right through merges, answers and undo."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.commands.answer import AnswerPeople
from core.commands.merge import Merge
from core.commands.set_tier import SetTier
from core.commands.unmerge import Unmerge
from core.duplicates import bring_up
from core.queries.duplicates import LANES, Lanes, groups, lanes, of_person, open_count, pairs
from tests.book import fresh, people
from tests.core.compared import compared, kept, two_adas
from tests.core.storage.pairs import put
from tests.support import read

if TYPE_CHECKING:
    from core.bus import Bus


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return fresh(tmp_path / "people.db")


def _open(bus: Bus, person: int) -> list[tuple[int, int, str]]:
    return [(p.a, p.b, p.lane) for p in read(bus.path, lambda view: of_person(view, person))]


def _groups(bus: Bus, lane: str) -> list[tuple[int, ...]]:
    return [group.people for group in read(bus.path, lambda view: groups(view, lane))]


def test_a_book_without_pairs_has_nothing_open(bus: Bus) -> None:
    assert read(bus.path, lanes) == Lanes()
    assert read(bus.path, groups) == []
    assert read(bus.path, pairs) == []


def test_merging_leaves_the_rows_and_the_pair_is_left_out(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    ada, other = two_adas(bus)
    bring_up(bus.path)
    before, counted = kept(bus.path), read(bus.path, lanes)
    bus.run(Merge((ada, other)))
    assert kept(bus.path) == before
    assert _open(bus, ada) == []
    assert read(bus.path, lanes) == counted._replace(certain=counted.certain - 1)
    assert bring_up(bus.path).cards == 0
    bus.undo()
    assert _open(bus, ada) == [(ada, other, "certain")]
    bus.redo()
    bus.run(Unmerge(ada, (other,)))
    assert kept(bus.path) == before
    assert _open(bus, ada) == []  # taking out says that they are two


@pytest.mark.parametrize("verdict", ["different", "family"])
def test_what_is_answered_is_not_asked_again_whoever_else_is_merged(bus: Bus, verdict: str) -> None:
    a, b, c = people(bus, "Ada", "Ada B", "Ada C")
    put(bus.path, (a, b, 9, 3), (a, c, 9, 3), (b, c, 9, 3))
    bus.run(AnswerPeople((a, b), verdict))
    assert _open(bus, a) == [(a, c, "certain")]
    bus.run(Merge((b, c)))
    assert _open(bus, a) == []
    assert read(bus.path, open_count) == 0
    assert read(bus.path, groups) == []
    bus.undo()
    bus.undo()
    assert len(_open(bus, a)) == 2


def test_what_is_put_off_is_a_lane_of_its_own(bus: Bus) -> None:
    a, b, c, d = people(bus, "Ada", "Ada B", "Cem", "Cem D")
    put(bus.path, (a, b, 9, 3), (c, d, 5, 2))
    bus.run(AnswerPeople((a, b), "later"))
    assert read(bus.path, lanes) == Lanes(0, 1, 0, 1)
    assert read(bus.path, open_count) == 1
    assert _groups(bus, "certain") == []
    assert _groups(bus, "later") == [(a, b)]
    assert [pair.lane for pair in read(bus.path, pairs)] == ["likely", "later"]


def test_two_people_of_several_entries_are_one_pair_and_the_best_speaks(bus: Bus) -> None:
    a, b, c, d = people(bus, "Ada", "Ada B", "Ada C", "Ada D")
    put(bus.path, (a, c, 1, 1), (b, d, 6, 2), (a, d, 5, 2))
    bus.run(Merge((a, b)))
    bus.run(Merge((c, d)))
    assert read(bus.path, lanes) == Lanes(likely=1)
    (pair,) = read(bus.path, pairs)
    assert (pair.a, pair.b, pair.lane, pair.why) == (a, c, "likely", (f"both {b} {d}",))
    assert _groups(bus, "likely") == [(a, c)]


def test_the_vital_few_come_first_then_new_imports_then_the_likeliest(bus: Bus) -> None:
    old = people(bus, *"abcdef")
    new = people(bus, *"gh")
    put(
        bus.path,
        (old[0], old[1], 5, 2),
        (old[2], old[3], 6, 2),
        (old[4], old[5], 4, 2),
        (new[0], new[1], 4, 2),
    )
    bus.run(SetTier((old[5],), "B"))
    expected = [(old[4], old[5]), (new[0], new[1]), (old[2], old[3]), (old[0], old[1])]
    assert [(p.a, p.b) for p in read(bus.path, pairs)] == expected
    assert _groups(bus, "likely") == expected
    assert [(p.a, p.b) for p in read(bus.path, lambda v: pairs(v, "likely", 2, 1))] == expected[1:3]


def test_a_certain_group_holds_certain_pairs_alone(bus: Bus) -> None:
    a, b, c, d = people(bus, *"abcd")
    put(bus.path, (a, b, 12, 3), (b, c, 5, 2), (c, d, 1, 1))
    assert _groups(bus, "certain") == [(a, b)]
    assert _groups(bus, "likely") == [(a, b, c)]
    assert _groups(bus, "unsure") == [(c, d)]
    (likely,) = read(bus.path, lambda view: groups(view, "likely"))
    assert likely.why == (f"both {b} {c}",)
    assert read(bus.path, groups) == [
        group for lane in LANES for group in read(bus.path, partial(groups, lane=lane))
    ]


def test_a_pair_that_other_entries_speak_against_is_asked_among_the_unsure(bus: Bus) -> None:
    a, b, c = people(bus, *"abc")
    put(bus.path, (a, b, 12, 3), (b, c, 11, 3), (a, c, -13, 0))
    assert _groups(bus, "certain") == [(a, b)]
    assert _groups(bus, "unsure") == [(b, c)]


def test_a_certain_pair_counts_for_what_is_shown_of_it(bus: Bus) -> None:
    a, b = people(bus, *"ab")
    put(bus.path, (a, b, -3, 3))
    assert _groups(bus, "certain") == [(a, b)]


def test_a_lane_that_is_none_is_refused(bus: Bus) -> None:
    with pytest.raises(ValueError, match="sure"):
        read(bus.path, partial(pairs, lane="sure"))
    with pytest.raises(ValueError, match="sure"):
        read(bus.path, partial(groups, lane="sure"))


@settings(max_examples=25, deadline=None)
@example({(0, 2): (12, 3), (0, 1): (12, 3)}, [(1, 2, "m")])
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda two: two[0] < two[1]),
        st.sampled_from([(12, 3), (5, 2), (1, 1), (-3, 0), (-13, 0), (-1, 3)]),
        max_size=12,
    ),
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from("mdl")), max_size=4),
)
def test_every_open_pair_is_counted_once_and_asked_in_some_group(
    given_: dict[tuple[int, int], tuple[int, int]], said: list[tuple[int, int, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bus = fresh(Path(folder) / "people.db")
        ids = people(bus, *"abcdefg")
        put(bus.path, *((ids[a], ids[b], *worth) for (a, b), worth in given_.items()))
        person = dict(zip(ids, ids, strict=True))
        for a, b, what in said:
            two = tuple(sorted({person[ids[a]], person[ids[b]]}))
            if len(two) < 2:
                continue
            if what == "m":
                bus.run(Merge(two))
                person = {card: two[0] if who in two else who for card, who in person.items()}
            else:
                bus.run(AnswerPeople(two, "different" if what == "d" else "later"))
        bus.close()
        found = read(bus.path, pairs)
        counted = read(bus.path, lanes)
        assert counted == Lanes(*(sum(p.lane == lane for p in found) for lane in LANES))
        assert len({(p.a, p.b) for p in found}) == len(found)
        assert all(p.a < p.b and {p.a, p.b} <= set(person.values()) for p in found)
        asked = read(bus.path, groups)
        together = [set(group.people) for group in asked]
        assert all(any({p.a, p.b} <= people for people in together) for p in found)
        for who in set(person.values()):
            mine = [p for p in found if who in (p.a, p.b)]
            assert read(bus.path, partial(of_person, person=who)) == mine
        certain = [who for g in asked if g.lane == "certain" for who in g.people]
        assert len(certain) == len(set(certain))
