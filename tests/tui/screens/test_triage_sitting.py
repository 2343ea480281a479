from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.queries.history import Mark
from core.queries.people import PersonLine
from core.queries.triage import Board, Member
from core.rules.tiers import TIERS
from tui.screens.triage_sitting import Sitting

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=UTC)
PEOPLE = 8


def line(person: int) -> PersonLine:
    name = f"Person {person}"
    city = "Bern" if person % 2 else "Oslo"
    search = f"{name} {city}".lower()
    return PersonLine(person, name, "", "", "", city, "", "", "", "", 1, "", "", search)


def board(where: dict[int, str], *new: int) -> Board:
    """What the book says when people are where they are said to be; "" is unsorted."""
    columns = {
        tier: [Member(one, f"Person {one}", "user") for one, its in where.items() if its == tier]
        for tier in TIERS
    }
    unsorted = {one for one, tier in where.items() if not tier}
    return Board(Mark(1, 0), [line(one) for one in new], unsorted, columns)


def begun() -> Sitting:
    sitting = Sitting()
    everybody = range(1, PEOPLE + 1)
    sitting.agree(board(dict.fromkeys(everybody, ""), *everybody))
    return sitting


def file(sitting: Sitting, tier: str, now: datetime = NOW) -> int:
    person = sitting.current
    sitting.file(Member(person, f"Person {person}", "user"), tier, now)
    return person


@given(st.lists(st.sampled_from(["A", "C", "skip", "back", "undo", "bern", "all"]), max_size=40))
def test_nobody_is_lost_whatever_is_pressed(keys: list[str]) -> None:
    sitting = begun()
    where = dict.fromkeys(range(1, PEOPLE + 1), "")
    for key in keys:
        if key in TIERS and sitting.current:
            where[file(sitting, key)] = key
        elif key == "skip":
            sitting.skip()
        elif key == "back":
            sitting.back()
        elif key == "undo" and sitting.filed:
            where[list(sitting.filed)[-1]] = ""
            sitting.agree(board(where))
        elif key == "bern":
            sitting.narrow("bern")
        elif key == "all":
            sitting.narrow("")
        seen = dict.fromkeys(sitting.left, "")
        seen |= {row.id: tier for tier, rows in sitting.columns.items() for row in rows}
        assert seen == where
        assert sum(map(len, sitting.columns.values())) + len(sitting.left) == PEOPLE
        assert bool(sitting.current) >= bool(sitting.left and not sitting.words)
    sitting.narrow("")
    while sitting.left:
        where[file(sitting, "D")] = "D"
    assert "" not in where.values()


def test_a_person_who_came_back_is_next_though_they_were_skipped_before() -> None:
    sitting = begun()
    sitting.skip()
    sitting.back()
    first = file(sitting, "D")
    assert sitting.current == 2
    sitting.agree(board(dict.fromkeys(range(1, PEOPLE + 1), "")))
    assert sitting.current == first


def test_a_reading_that_is_older_than_a_key_does_not_take_the_key_back() -> None:
    sitting = begun()
    before = board(dict.fromkeys(range(1, PEOPLE + 1), ""))
    first = file(sitting, "B")
    sitting.agree(before, {first})
    assert sitting.current == 2
    assert [row.id for row in sitting.columns["B"]] == [first]


def test_new_people_come_after_those_who_waited() -> None:
    sitting = begun()
    sitting.agree(board(dict.fromkeys(range(1, PEOPLE + 2), ""), PEOPLE + 1))
    assert sitting.ahead(20) == list(range(1, PEOPLE + 2))


def test_time_counts_while_one_sorts_and_not_while_one_is_away() -> None:
    sitting = begun()
    for seconds in (0, 5, 10, 4000):
        file(sitting, "C", NOW + timedelta(seconds=seconds))
    assert sitting.spent == timedelta(seconds=70)


def test_longer_words_narrow_what_was_found_and_shorter_ones_widen_it() -> None:
    sitting = begun()
    sitting.narrow("person b")
    sitting.narrow("person bern")
    assert sitting.ahead(20) == [1, 3, 5, 7]
    assert sitting.found == 4
    sitting.narrow("person")
    assert sitting.found == PEOPLE
    sitting.narrow("city:b")
    sitting.narrow("city:bern")
    assert sitting.found == 4


def test_who_was_merged_takes_the_place_of_whom_the_card_showed() -> None:
    sitting = begun()
    file(sitting, "A")
    shown = sitting.current
    sitting.agree(board({1: "A"} | dict.fromkeys((3, 4, 5, 6, 7, 8), "")))
    assert sitting.current != shown
    sitting.instead(shown, 7)
    assert sitting.current == 7
    assert sitting.ahead(9) == [7, 3, 4, 5, 6, 8]


def test_who_was_filed_or_is_unknown_takes_nobodys_place() -> None:
    sitting = begun()
    file(sitting, "A")
    sitting.instead(2, 1)
    sitting.instead(99, 3)
    assert sitting.ahead(9) == [2, 3, 4, 5, 6, 7, 8]
