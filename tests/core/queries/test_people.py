"""Finding people, whatever is typed."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.commands.set_tier import SetTier
from core.queries import people as query
from core.storage import connect
from tests.book import entry, fresh, named, people, store
from tests.support import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.storage.driver import Connection

EVERYBODY = (
    entry("Ada Wong", ("email", "ada@example.com"), ("org", "Wayne & Co")),
    entry("Jörg Müller", ("phone", "+41 79 123 45 67"), ("org", "100 % Bio_Hof")),
    entry("Zoë Ångström-Łuczak", ("url", "https://www.linkedin.com/in/zoe-a")),
    entry("Robert Smith", ("label", "family"), ("title", "Head of Operations")),
    entry("王小明"),
    entry("Ann O'Neill"),
    *(entry(name) for name in HOSTILE if "\ud83d" not in name and "\0" not in name),
)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    bus = fresh(tmp_path_factory.mktemp("people") / "people.db")
    store(bus, *EVERYBODY)
    bus.run(SetTier((4,), "A"))
    bus.run(SetTier((1,), "D"))
    with closing(connect.view(bus.path)) as connection:
        yield connection
    bus.close()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("ada", "Ada Wong"),
        ("WONG ada", "Ada Wong"),
        ("ada@example", "Ada Wong"),
        ("wayne &", "Ada Wong"),
        ("müller", "Jörg Müller"),
        ("mueller jo", "Jörg Müller"),
        ("muller", "Jörg Müller"),
        ("79123", "Jörg Müller"),
        ("4179123", "Jörg Müller"),
        ("100 % bio", "Jörg Müller"),
        ("o_h", "Jörg Müller"),
        ("angstrom", "Zoë Ångström-Łuczak"),
        ("aangstroem", "Zoë Ångström-Łuczak"),
        ("luczak", "Zoë Ångström-Łuczak"),
        ("zoe-a", "Zoë Ångström-Łuczak"),
        ("family", "Robert Smith"),
        ("head operations", "Robert Smith"),
        ("小明", "王小明"),
        ("王", "王小明"),
        ("o'ne", "Ann O'Neill"),
        ("家族", "家族 👨‍👩‍👧 عمر خالد देवनागरी"),
    ],
)
def test_people_are_found_by_what_is_known_of_them(view: Connection, words: str, name: str) -> None:
    assert named(query.containing(view, words)) == [name]


@pytest.mark.parametrize(
    "words", ["", "   ", "\u200b", "nobody at all", "%", "_x_", "ada AND", '"']
)
def test_what_nobody_holds_finds_nobody(view: Connection, words: str) -> None:
    found = query.containing(view, words)
    assert all(all(term in line.search for term in words.lower().split()) for line in found)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("rober smth", "Robert Smith"),
        ("Roberto", "Robert Smith"),
        ("Mülller", "Jörg Müller"),
        ("meuller", "Jörg Müller"),
        ("angstorm", "Zoë Ångström-Łuczak"),
    ],
)
def test_a_typo_is_forgiven(view: Connection, words: str, name: str) -> None:
    assert query.containing(view, words) == []
    assert named(query.resembling(view, words))[0] == name


@pytest.mark.parametrize(
    "words",
    [
        *HOSTILE,
        '"',
        '""',
        "*",
        "ada*",
        "NEAR(",
        "NEAR(ada wong, 2)",
        "search : ada",
        "-ada",
        "ada OR 1=1",
        "'; DROP TABLE card; --",
        "\\",
        "%%%",
        "____",
        "{a}",
        "^ada",
        "a" * 100_000,
        "ab " * 40_000,
        "müller " * 20_000,
        "\u0301" * 5_000,
        "😀" * 3_000,
    ],
)
def test_no_text_makes_the_search_fail(view: Connection, words: str) -> None:
    for search in (query.containing, query.resembling):
        assert isinstance(search(view, words), list)


@given(st.text())
@example('a" OR "b')
@example("\0abc")
@example("\ud800abc")
def test_any_text_is_a_search(view: Connection, words: str) -> None:
    query.containing(view, words)
    query.resembling(view, words)


@given(st.data())
def test_any_piece_of_a_name_finds_it(view: Connection, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["Ada Wong", "Jörg Müller", "Robert Smith", "Ann O'Neill"]))
    first = data.draw(st.integers(0, len(name) - 1))
    piece = name[first : data.draw(st.integers(first + 1, len(name)))]
    found = query.containing(view, piece, limit=1_000)
    assert not piece.strip() or name in named(found)


def test_the_best_tier_comes_first_and_d_last(tmp_path_factory: pytest.TempPathFactory) -> None:
    bus = fresh(tmp_path_factory.mktemp("order") / "people.db")
    ids = people(bus, "Anna Five", "Anna Four", "Anna One", "Anna Two", "Anna Three")
    for person, tier in zip(ids, ("D", "C", "A", "B", ""), strict=True):
        bus.run(SetTier((person,), tier))
    with closing(connect.view(bus.path)) as view:
        order = named(query.containing(view, "anna"))
        assert order[:2] == ["Anna One", "Anna Two"]
        assert order[-1] == "Anna Five"
        assert named(query.containing(view, "anna", limit=1)) == ["Anna One"]
    bus.close()


def test_everybody_is_listed_by_name(view: Connection) -> None:
    lines = query.everybody(view)
    assert len(lines) == len(EVERYBODY)
    assert named(query.everybody(view, 3)) == named(lines[:3])


def test_people_come_in_the_order_asked_for(view: Connection) -> None:
    assert [line.id for line in query.by_ids(view, [3, 999, 1, 2])] == [3, 1, 2]
    assert query.by_ids(view, []) == []
