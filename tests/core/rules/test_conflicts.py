"""Where people differ, and where they only seem to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.choices import Choice
from core.rules.conflicts import Conflict, Same, Side, agreed, beside, conflicts, is_written_alike
from core.rules.projection import Fact, project
from core.rules.standings import Standing
from tests.core.rules.test_projection import FACTS, fact


def side(person: int, *facts: tuple[str, str], rank: int = 0, **given: object) -> Side:
    """A person of one card."""
    held = [
        fact(10 * person + place, kind, value, card_id=person, rank=rank)
        for place, (kind, value) in enumerate(facts)
    ]
    return Side(person, held, **given)  # type: ignore[arg-type]


def values(conflict: Conflict) -> list[str]:
    return [value.value for value in conflict.values]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Wong", "ADA  WONG"),
        ("Müller, Jörg", "Joerg Mueller"),
        ("José Peña", "Jose\u0301 Pena"),
        ("Ada Wong", "Wong Ada"),
        ("O'Brien", "O\u2019Brien"),
        ("Anne-Marie Roux", "Anne Marie Roux"),
        ("J. P. Roux", "JP Roux"),
        ("[/]", "[/]"),
    ],
)
def test_names_written_another_way_are_no_conflict(one: str, other: str) -> None:
    people = [side(1, ("name", one)), side(2, ("name", other))]
    assert conflicts(people) == []
    assert [same.field for same in agreed(people)] == ["name"]


@pytest.mark.parametrize(
    ("one", "other"), [("Ada Wong", "Ada Wang"), ("Bob Smith", "Robert Smith"), ("!", "?")]
)
def test_other_names_are_a_conflict(one: str, other: str) -> None:
    (found,) = conflicts([side(1, ("name", one)), side(2, ("name", other))])
    assert (found.field, values(found)) == ("name", [one, other])
    assert [value.beside for value in found.values] == ["also", "also"]


def test_a_name_in_parts_is_the_same_as_one_in_one_piece() -> None:
    parts = (("given", "Ada"), ("family", "Wong"), ("prefix", "Ms."))
    assert conflicts([side(1, ("name", "Ada Wong")), side(2, *parts)]) == []


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ([("org", "Globex"), ("title", "CTO")], [("org", "GLOBEX "), ("title", "cto")], False),
        ([("org", "Globex"), ("title", "CTO")], [("org", "Globex")], False),
        ([("org", "Globex"), ("title", "CTO")], [("title", "CTO")], False),
        ([("org", "Globex")], [("org", "Acme")], True),
        ([("org", "Globex"), ("title", "CTO")], [("org", "Globex"), ("title", "Clerk")], True),
        ([("org", "Globex"), ("title", "CTO")], [("org", "Acme"), ("title", "CTO")], True),
        ([("org", "Globex")], [("title", "Clerk")], True),
    ],
)
def test_employer_and_title_are_one_field(
    one: list[tuple[str, str]], other: list[tuple[str, str]], *, differ: bool
) -> None:
    found = conflicts([side(1, *one), side(2, *other)])
    assert [conflict.field for conflict in found] == ["work"] * differ
    assert all(value.beside == "formerly" for conflict in found for value in conflict.values)


def test_a_title_of_an_equal_employer_completes_the_newer_entry() -> None:
    older = side(1, ("org", "Globex"), ("title", "CTO"), rank=1)
    newer = side(2, ("org", "globex"), rank=2)
    assert project([*older.facts, *newer.facts])[2:4] == ("globex", "CTO")


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("1980-05-03", "--05-03", False),
        ("1980", "1980-05-03", False),
        ("1980-05", "1980-05-03", False),
        ("3 May 1980", "1980-05-03", False),
        ("--05-03", "--05-04", True),
        ("1981-05-03", "--05-04", True),
        ("1980", "--05-03", True),
        ("some day", "Some  day", False),
    ],
)
def test_a_birthday_that_says_less_is_no_conflict(one: str, other: str, *, differ: bool) -> None:
    found = conflicts([side(1, ("birthday", one)), side(2, ("birthday", other))])
    assert [conflict.field for conflict in found] == ["birthday"] * differ


def test_of_birthdays_that_agree_the_fullest_shows() -> None:
    older, newer = side(1, ("birthday", "1980-05-03")), side(2, ("birthday", "--05-03"), rank=2)
    assert project([*older.facts, *newer.facts]).birthday == "1980-05-03"


def test_the_newest_source_is_preselected_and_the_users_own_word_before_it() -> None:
    older, newer = side(1, ("name", "Bob"), rank=1), side(2, ("name", "Rob"), rank=2)
    (found,) = conflicts([older, newer])
    assert values(found)[found.preselected] == "Rob"
    mine = fact(99, "name", "Robert", card_id=1, origin="user", replaces_id=10)
    (found,) = conflicts([older._replace(facts=[*older.facts, mine]), newer])
    assert [(value.value, value.origin) for value in found.values] == [
        ("Robert", "user"),
        ("Rob", "source"),
    ]


def test_what_was_chosen_before_is_preselected() -> None:
    held = [fact(1, "name", "Bob", card_id=1), fact(2, "name", "Rob", card_id=2, rank=3)]
    before = Side(1, held, (Choice("name", 1, "", 0, 7),))
    (found,) = conflicts([before, side(3, ("name", "Bobby"), rank=9)])
    assert values(found) == ["Bob", "Bobby"]


def test_a_person_speaks_with_one_voice() -> None:
    held = [fact(1, "org", "Acme", card_id=1, rank=1), fact(2, "org", "Globex", card_id=2, rank=2)]
    assert conflicts([Side(1, held), side(3, ("org", "Globex"))]) == []


def test_tiers_and_cadences_differ_by_their_value() -> None:
    people = [
        side(1, tier=Standing("tier", "C", origin="user"), cadence=Standing("cadence", "0")),
        side(2, tier=Standing("tier", "A", origin="auto"), cadence=Standing("cadence", "90")),
        side(3, tier=Standing("tier", "B", origin="user"), cadence=Standing("cadence", "30")),
        side(4, tier=Standing("tier", "", origin="user")),
    ]
    tier, cadence = conflicts(people)
    assert (values(tier), tier.preselected) == (["A", "B", "C"], 1)
    assert (values(cadence), cadence.preselected) == (["30", "90", "0"], 0)
    assert conflicts(people[:1] + people[3:]) == []


def test_side_by_side_values_are_united_and_equal_ones_told_once() -> None:
    phone = ("phone", "+41 79 123 45 67")
    page = ("url", "https://example.org/ada/")
    people = [
        side(1, phone, page, ("email", "a@x.example"), ("note", "met in Bern")),
        side(
            2,
            ("phone", "079 123 45 67"),
            ("url", "http://www.example.org/ada"),
            ("email", "b@x.example"),
        ),
    ]
    counts, same = beside(people)
    assert counts == {"email": 2, "note": 1}
    assert same == [Same(*phone), Same(*page)]
    assert conflicts(people) == []


@given(st.lists(FACTS, min_size=2, max_size=3))
def test_what_is_preselected_is_what_would_show_without_a_choice(held: list[list[Fact]]) -> None:
    people = [
        Side(number, [one._replace(id=100 * number + one.id, card_id=number) for one in facts])
        for number, facts in enumerate(held, 1)
    ]
    shown = project([one for person in people for one in person.facts])
    for conflict in conflicts(people):
        first = conflict.values[conflict.preselected]
        assert len(conflict.values) > 1
        if conflict.field == "name":
            assert first.value == shown.name
        if conflict.field == "work":
            assert first.value.endswith(shown.org)
        if conflict.field == "birthday":
            assert is_written_alike(first.value, shown.birthday) or shown.birthday
