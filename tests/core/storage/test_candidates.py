"""Only what changes the words of an entry has it compared again."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.commands.answer import AnswerPeople
from core.commands.merge import Merge
from core.commands.set_tier import SetTier
from core.settings import Settings
from core.storage import candidates, connect, derive, migrate
from tests.book import CLOCK, entry, fresh, people, raw, rows, sql, store, user_fact
from tests.core.compared import marks
from tests.core.storage.pairs import put

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    bus = fresh(tmp_path / "people.db")
    people(bus, "Ada", "Ben", "Cem")
    return bus


def _compared(bus: Bus) -> None:
    with closing(raw(bus.path)) as connection:
        connection.execute("DELETE FROM unmatched")
    put(bus.path, (1, 2, 9, 3), (2, 3, 5, 2))


def _pairs(bus: Bus) -> list[tuple[int, ...]]:
    return [row[:2] for row in rows(bus.path, "SELECT low_id, high_id FROM candidate")]


def test_new_entries_wait(bus: Bus) -> None:
    assert marks(bus.path) == [1, 2, 3]


@pytest.mark.parametrize("kind", sorted(candidates.MATCHED))
def test_a_changed_word_marks_the_entry_and_drops_its_pairs(bus: Bus, kind: str) -> None:
    _compared(bus)
    bus.run(user_fact(3, kind, "something new"))
    assert (marks(bus.path), _pairs(bus)) == ([3], [(1, 2)])


def test_what_is_not_compared_marks_nobody(bus: Bus) -> None:
    _compared(bus)
    bus.run(user_fact(3, "note", "met in Lyon"))
    bus.run(SetTier((1,), "A"))
    bus.run(Merge((1, 3)))
    bus.run(AnswerPeople((1, 2), "different"))
    bus.undo()
    bus.undo()
    assert (marks(bus.path), _pairs(bus)) == ([], [(1, 2), (2, 3)])


def test_a_second_change_marks_anew(bus: Bus) -> None:
    ((before,),) = rows(bus.path, "SELECT id FROM unmatched WHERE card_id = 1")
    bus.run(user_fact(1, "org", "Initech"))
    ((after,),) = rows(bus.path, "SELECT id FROM unmatched WHERE card_id = 1")
    assert after > before


def test_a_fact_that_goes_or_becomes_another_kind_marks_its_entry(bus: Bus) -> None:
    bus.run(user_fact(2, "org", "Initech"))
    _compared(bus)
    bus.run(sql("UPDATE fact SET kind = 'note' WHERE kind = 'org'"))
    assert marks(bus.path) == [2]
    bus.undo()
    _compared_again = rows(bus.path, "SELECT card_id FROM unmatched")
    bus.run(sql("DELETE FROM fact WHERE kind = 'org'"))
    assert (_compared_again, marks(bus.path)) == ([(2,)], [2])


def test_another_source_is_another_word(bus: Bus) -> None:
    store(bus, entry("Dee"), kind="gmail", title="Gmail")
    _compared(bus)
    bus.run(sql("UPDATE card SET source_id = 2 WHERE id = 3"))
    assert marks(bus.path) == [3]


def test_made_anew_all_wait_and_no_pair_is_left(bus: Bus) -> None:
    _compared(bus)
    with closing(raw(bus.path)) as connection:
        connection.execute("INSERT INTO learned VALUES (1, 3, 'then', '{}')")
        derive.rebuild(connection, Settings(), CLOCK.today())
        assert candidates.learned(connection).made == "then"
    assert (marks(bus.path), _pairs(bus)) == ([1, 2, 3], [])
    with closing(connect.view(bus.path)) as view:
        assert candidates.count_waiting(view) == 3


def test_a_book_brought_up_to_date_is_compared_anew(bus: Bus) -> None:
    _compared(bus)
    bus.close()
    with closing(raw(bus.path)) as connection:
        connection.execute(f"PRAGMA user_version={connect.SCHEMA - 1}")
    assert migrate.ensure(bus.path) is not None
    assert (marks(bus.path), _pairs(bus)) == ([1, 2, 3], [])
