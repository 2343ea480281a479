"""What matching reads of an entry is what holds on that very card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.commands.edit_person import EditPerson
from core.queries.entries import to_match
from core.rules.typed import Edit
from tests.book import entry, fresh, rows, sql, store
from tests.support import read

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus

FACTS = (
    *(("given", "Ada"), ("middle", "K."), ("family", "Wong"), ("org", "Initech")),
    *(("email", "ada@wong.example"), ("email", "aw@home.example"), ("phone", "044 668 18 00")),
    *(("url", "https://x.com/adaw"), ("birthday", "3 May 1980"), ("title", "CTO")),
)


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    bus = fresh(tmp_path / "people.db")
    store(bus, entry("Ada K. Wong", *FACTS))
    return bus


def _edit(bus: Bus, kind: str, value: str) -> None:
    ((fact,),) = rows(bus.path, "SELECT max(id) FROM fact WHERE kind = ?", kind)
    bus.run(EditPerson(1, (Edit(fact, kind, value),)))


def test_each_field_stands_in_its_column(bus: Bus) -> None:
    ids, said = read(bus.path, to_match)
    assert ids == [1]
    assert (said.source, said.name, said.given, said.family) == (
        *(["1"], ["Ada K. Wong"], ["Ada K."], ["Wong"]),
    )
    assert sorted(said.emails[0]) == ["ada@wong.example", "aw@home.example"]
    assert (list(said.phones[0]), list(said.handles[0])) == (["+41446681800"], ["x:adaw"])
    assert (said.orgs, said.titles) == (["Initech"], ["CTO"])
    assert said.others == {"birthday": ["1980-05-03"]}


def test_a_card_by_hand_has_no_source_and_empty_columns(bus: Bus) -> None:
    bus.run(
        sql(
            "INSERT INTO card(uid, person_id, key, raw_sha, reader, revised, made) "
            "VALUES ('u', 2, '', '', 0, '', '')"
        )
    )
    ids, said = read(bus.path, to_match)
    assert ids == [1, 2]
    assert (said.source[1], said.name[1], list(said.emails[1])) == ("", "", [])


def test_the_users_word_takes_the_place_of_the_sources(bus: Bus) -> None:
    _edit(bus, "org", "Globex")
    _edit(bus, "email", "")
    _, said = read(bus.path, to_match)
    assert said.orgs == ["Globex"]
    assert list(said.emails[0]) == ["ada@wong.example"]


def test_parts_that_a_new_name_no_longer_holds_are_let_go(bus: Bus) -> None:
    _edit(bus, "name", "Ada Mendes")
    _, said = read(bus.path, to_match)
    assert (said.name, said.given, said.family) == (["Ada Mendes"], ["Ada"], [""])


def test_an_address_that_a_source_no_longer_says_still_tells_who_it_is(bus: Bus) -> None:
    for kind in ("email", "org"):
        bus.run(sql("UPDATE fact SET until = '2026-01-01' WHERE kind = ?", kind))
    _, said = read(bus.path, to_match)
    assert len(said.emails[0]) == 2
    assert said.orgs == [""]


def test_a_name_is_made_of_its_parts_where_there_is_no_whole_one(bus: Bus) -> None:
    store(bus, entry("", ("given", "Ben"), ("family", "Ortiz"), key="b"))
    store(bus, entry("", ("nickname", "Benny"), key="c"))
    _, said = read(bus.path, to_match)
    assert said.name == ["Ada K. Wong", "Ben Ortiz", "Benny"]
