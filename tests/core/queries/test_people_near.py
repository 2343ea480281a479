"""Whom a slip of the finger still finds, among a few hundred."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.queries import people as query
from core.storage import connect
from tests.bench import rows
from tests.book import entry, fresh, store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.storage.driver import Connection

PLANTED = (
    entry("Viktor Lameson", ("org", "Globex Zürich"), ("phone", "+41 79 555 01 23")),
    entry("Hanna Bobeberg", ("email", "h.bobeberg@initech.example")),
    entry("Jörg Großmann", ("org", "Stadtwerke")),
    entry("Siobhán O'Sullivan"),
    entry("Marie-Claire Dubois", ("title", "Counsel")),
    entry("Krzysztof Wiśniewski"),
    entry("Ian Quill"),
)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    bus = fresh(tmp_path_factory.mktemp("near") / "people.db")
    others = (entry(f"{row[0]} {row[2]}", ("email", row[9])) for row in rows.people(400, seed=7))
    store(bus, *others, *PLANTED)
    with closing(connect.view(bus.path)) as connection:
        yield connection
    bus.close()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("viktr lameson", "Viktor Lameson"),
        ("viktor lamseon", "Viktor Lameson"),
        ("vitkor lamesno", "Viktor Lameson"),
        ("lammeson", "Viktor Lameson"),
        ("lamesin globx", "Viktor Lameson"),
        ("vikto lamesom 4179555", "Viktor Lameson"),
        ("hana bobberg", "Hanna Bobeberg"),
        ("hanna bobeberk", "Hanna Bobeberg"),
        ("bobeberg@intech", "Hanna Bobeberg"),
        ("jorg grosman", "Jörg Großmann"),
        ("jroeg grossmann", "Jörg Großmann"),
        ("stadtwreke", "Jörg Großmann"),
        ("siobahn osullivan", "Siobhán O'Sullivan"),
        ("sulivan", "Siobhán O'Sullivan"),
        ("marieclaire dubios", "Marie-Claire Dubois"),
        ("duboix", "Marie-Claire Dubois"),
        ("krzystof wisnewski", "Krzysztof Wiśniewski"),
        ("wisniewsky", "Krzysztof Wiśniewski"),
        ("ain quill", "Ian Quill"),
        ("ian qull", "Ian Quill"),
    ],
)
def test_a_typo_finds_who_was_meant(view: Connection, typed: str, name: str) -> None:
    assert query.containing(view, typed) == []
    assert name in [line.name for line in query.resembling(view, typed)][:3]


@pytest.mark.parametrize("typed", ["4179", "+41 79 5", "0", "12345678", "qx", "zzqqxxww"])
def test_numbers_and_shreds_are_not_guessed(view: Connection, typed: str) -> None:
    assert query.resembling(view, typed) == []


def test_a_number_beside_a_typo_must_be_there_as_it_is(view: Connection) -> None:
    assert query.resembling(view, "viktr 4179555")[0].name == "Viktor Lameson"
    assert query.resembling(view, "viktr 4179556") == []


@pytest.mark.parametrize("typed", ["+4179555", "+417955501", "4179555"])
def test_a_number_is_found_as_it_is_typed(view: Connection, typed: str) -> None:
    assert [line.name for line in query.containing(view, typed)] == ["Viktor Lameson"]


def test_who_is_nearer_comes_first(view: Connection) -> None:
    named = [line.name for line in query.resembling(view, "viktor lamesom")]
    assert named[0] == "Viktor Lameson"


def test_no_more_are_named_than_were_asked_for(view: Connection) -> None:
    assert len(query.resembling(view, "viktr", limit=2)) == 2
