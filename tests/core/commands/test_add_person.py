"""People made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.commands.add_person import AddPerson
from core.errors import UsageError
from core.queries import people as found
from core.queries import person as whole
from core.rules import kinds, typed
from core.rules.typed import Typed
from tests.book import base, entry, fresh, is_empty, person_row, rows, store
from tests.support import HOSTILE, read

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus

RACHEL = typed.person(
    "Rachel Green, Globex, r@globex.example, +44 20 7946 0958, birthday 3 May 1985, "
    "city: Berlin, #friends, linkedin.com/in/rachel, Shoe size: 42, mobile 020 7946 0123"
)


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return fresh(tmp_path / "people.db")


def test_somebody_new_is_in_the_lists_at_once(bus: Bus) -> None:
    done = bus.run(AddPerson(RACHEL, "A"))
    assert (done.people, done.label, done.result) == ((1,), "added Rachel Green", ())
    row = person_row(bus.path, 1)
    shown = ("name", "org", "email", "phone", "city", "tier", "birth_md", "labels", "sources")
    assert [row[name] for name in shown] == [
        *("Rachel Green", "Globex", "r@globex.example", "+44 20 7946 0958", "Berlin"),
        *("A", "05-03", "friends", ""),
    ]
    assert row["sort_key"] == "green rachel"
    for words in ("rachel", "globex", "7946 0958", "friends"):
        assert [line.id for line in read(bus.path, lambda v: found.containing(v, words))] == [1]  # noqa: B023
    known = read(bus.path, lambda view: whole.view(view, 1))
    assert known is not None
    assert {(fact.origin, fact.source) for fact in known.facts} == {("user", "")}
    assert [entry.source for entry in known.entries] == [""]
    assert ("handle", "linkedin:rachel") in {(fact.kind, fact.norm) for fact in known.facts}
    assert ("custom", "42", "Shoe size") in {(f.kind, f.value, f.label) for f in known.facts}


def test_it_is_one_step_back_and_forth(bus: Bus) -> None:
    bus.run(AddPerson(RACHEL, "A"))
    made = base(bus.path)
    bus.undo()
    assert is_empty(bus.path)
    assert rows(bus.path, "SELECT count(*) FROM person_row") == [(0,)]
    bus.redo()
    assert base(bus.path) == made
    bus.run(AddPerson((Typed(kinds.NAME, "Ben"),)))
    assert [row["name"] for row in (person_row(bus.path, 1), person_row(bus.path, 2))] == [
        "Rachel Green",
        "Ben",
    ]


def test_who_has_that_address_already_is_told(bus: Bus) -> None:
    store(
        bus,
        entry("Ada Wong", ("email", "ADA@wayne.example")),
        entry("Ben", ("phone", "+44 20 7946 0958")),
    )
    done = bus.run(AddPerson(typed.person("A. Wong, ada@wayne.example, +44 (20) 79460958")))
    assert (done.people, done.result) == ((3,), (1, 2))
    assert bus.run(AddPerson(typed.person("Ada Wong"))).result == ()


def test_numbers_are_read_in_the_country_of_the_book(bus: Bus) -> None:
    store(bus, entry("Ada Wong"), settings=(("region", "GB"),))
    bus.run(AddPerson(typed.person("Ben, 020 7946 0958")))
    assert rows(bus.path, "SELECT norm FROM fact WHERE kind = 'phone'") == [("+442079460958",)]


@pytest.mark.parametrize(
    ("values", "tier"),
    [
        ((), ""),
        ((Typed(kinds.LABEL, "friends"),), ""),
        ((Typed(kinds.NAME, " \t"),), ""),
        ((Typed(kinds.NAME, "Ada"),), "E"),
    ],
)
def test_nobody_is_made_of_nothing(bus: Bus, values: tuple[Typed, ...], tier: str) -> None:
    with pytest.raises(UsageError):
        bus.run(AddPerson(values, tier))
    assert is_empty(bus.path)


def test_a_value_said_twice_is_kept_once(bus: Bus) -> None:
    bus.run(AddPerson(typed.person("Ada, a@b.example, A@B.example, ada")))
    facts = rows(bus.path, "SELECT kind, value FROM fact ORDER BY id")
    assert facts == [("name", "Ada"), ("email", "a@b.example"), ("org", "ada")]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.text(min_size=1, max_size=30), st.sampled_from(HOSTILE)),
    st.sampled_from(kinds.ALL),
)
def test_any_name_and_value_is_stored_and_shown(bus: Bus, text: str, kind: str) -> None:
    (person,) = bus.run(AddPerson((Typed(kinds.NAME, "Ada"), Typed(kind, text, text)))).people
    known = read(bus.path, lambda view: whole.view(view, person))
    assert known is not None
    assert known.name == "Ada"
