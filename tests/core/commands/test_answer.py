"""Answers: what was said of people who look alike is kept for their cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.commands.answer import AnswerPeople
from core.commands.merge import Merge
from core.errors import NotFoundError, UsageError
from tests.book import base, fresh, people, rows

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    bus = fresh(tmp_path / "people.db")
    people(bus, "Ada Wong", "A. Wong", "Ben", "Cy")
    return bus


def answers(bus: Bus) -> list[tuple[int, int, str]]:
    return rows(bus.path, "SELECT a_id, b_id, verdict FROM answer ORDER BY a_id, b_id")


def test_an_answer_is_kept_for_every_two_cards_of_different_people(bus: Bus) -> None:
    bus.run(Merge((1, 4)))
    done = bus.run(AnswerPeople((2, 1), "different"))
    assert done.label == "A. Wong and Ada Wong: different people"
    assert done.people == (2, 1)
    assert answers(bus) == [(1, 2, "different"), (2, 4, "different")]


def test_of_three_people_each_two_are_answered_for(bus: Bus) -> None:
    assert bus.run(AnswerPeople((3, 1, 2), "family")).label == "3 people: family"
    assert answers(bus) == [(1, 2, "family"), (1, 3, "family"), (2, 3, "family")]


def test_a_new_answer_takes_the_place_of_the_old_one(bus: Bus) -> None:
    bus.run(AnswerPeople((1, 2), "later"))
    before = base(bus.path)
    bus.run(AnswerPeople((2, 1), "family"))
    assert answers(bus) == [(1, 2, "family")]
    bus.undo()
    assert base(bus.path) == before


def test_later_takes_no_other_answer_back(bus: Bus) -> None:
    bus.run(AnswerPeople((1, 2), "different"))
    bus.run(AnswerPeople((1, 2, 3), "later"))
    assert answers(bus) == [(1, 2, "different"), (1, 3, "later"), (2, 3, "later")]


def test_the_same_answer_again_is_no_step(bus: Bus) -> None:
    bus.run(AnswerPeople((1, 2), "different"))
    assert bus.run(AnswerPeople((1, 2), "different")).command_id == 0


def test_answers_that_make_no_sense_are_refused(bus: Bus) -> None:
    for who, verdict in (((1, 2), "same"), ((1,), "family"), ((1, 1), "family")):
        with pytest.raises(UsageError):
            bus.run(AnswerPeople(who, verdict))
    with pytest.raises(NotFoundError):
        bus.run(AnswerPeople((1, 99), "family"))
    assert answers(bus) == []
