"""Who bears a typed name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.commands.know_ghost import KnowGhost
from core.commands.log_talk import LogTalks, Talk
from core.commands.set_tier import SetTier
from core.queries import bearers
from core.storage import connect
from tests.book import CLOCK, fresh, people, rows

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus

NAMES = ("Anna Berg", "Joanna Smith", "Anna Müller", "Ben Ortiz", "Ada", "Ada Wong", "Hannah Bo")


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    bus = fresh(tmp_path / "people.db")
    people(bus, *NAMES)
    return bus


def find(bus: Bus, said: str, *, begun: bool = True) -> tuple[int, set[str]]:
    view = connect.view(bus.path)
    (found,) = bearers.find(view, [tuple(said.split())], begun=begun)
    view.close()
    return found.words, {one.name for one in found.bearers}


@pytest.mark.parametrize(
    ("said", "words", "names"),
    [
        ("anna", 1, {"Anna Berg", "Anna Müller"}),
        ("anna berg", 2, {"Anna Berg"}),
        ("berg anna", 2, {"Anna Berg"}),
        ("anna ber", 2, {"Anna Berg"}),
        ("anna berg hiking", 2, {"Anna Berg"}),
        ("anna hiking trip", 1, {"Anna Berg", "Anna Müller"}),
        ("ANNA mueller", 2, {"Anna Müller"}),
        ("anna muller", 2, {"Anna Müller"}),
        ("ada", 1, {"Ada", "Ada Wong"}),
        ("ort", 1, {"Ben Ortiz"}),
        ("or", 0, set()),
        ("bo", 1, {"Hannah Bo"}),
        ("100%", 0, set()),
        ('"', 0, set()),
        ("zoe", 0, set()),
    ],
)
def test_as_many_words_as_are_a_name_are_taken(
    bus: Bus, said: str, words: int, names: set[str]
) -> None:
    assert find(bus, said) == (words, names)


def test_a_beginning_is_no_name_where_only_words_count(bus: Bus) -> None:
    assert find(bus, "ort", begun=False) == (0, set())


def test_a_whole_name_is_told_from_a_part_and_more_is_known(bus: Bus) -> None:
    (ada,) = (row[0] for row in rows(bus.path, "SELECT id FROM person_row WHERE name = 'Ada'"))
    bus.run(SetTier((ada,), "A"))
    view = connect.view(bus.path)
    (found,) = bearers.find(view, [("ada",)])
    view.close()
    assert {(one.name, one.level, one.tier) for one in found.bearers} == {
        ("Ada", 3, "A"),
        ("Ada Wong", 2, ""),
    }


def test_a_name_that_was_told_to_be_somebodys_is_theirs_from_then_on(bus: Bus) -> None:
    (ben,) = (row[0] for row in rows(bus.path, "SELECT id FROM person_row WHERE name LIKE 'Ben%'"))
    bus.run(LogTalks((Talk((), CLOCK.today(), names=("Boatman",)),)))
    assert find(bus, "boatman") == (0, set())
    ((identity,),) = rows(bus.path, "SELECT id FROM identity")
    bus.run(KnowGhost((identity,), ben))
    assert find(bus, "boatman") == (1, {"Ben Ortiz"})
