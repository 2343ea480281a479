"""Other choices, made in whichever way, and the rows that follow from them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.bus import Bus
from core.commands.follow_settings import FollowSettings
from core.commands.set_home import SetHome, SetRegion
from core.commands.set_reading import SetReading
from core.commands.set_tier import SetTier
from core.queries import history, people
from core.queries.followed import is_followed
from core.queries.home import Home, home
from core.queries.reading import are_read
from core.settings import CADENCE, Settings
from core.storage import derive
from core.storage.driver import dbapi
from tests.support import read
from tests.tui.conftest import MORNING, made_book

__all__ = ["made_book"]

OTHER = Settings(cadence={**CADENCE, "A": 14, "C": 180}, weights={"phone": 40, "both_ways": 0})
Rows = list[tuple[object, ...]]


@pytest.fixture
def book(made_book: Path, tmp_path: Path) -> Path:
    """The sample book, with some people in each tier."""
    copy = Path(shutil.copy(made_book, tmp_path / "people.db"))
    some = sorted(line.id for line in read(copy, people.everybody))
    with_bus = Bus(copy, clock=MORNING)
    for place, tier in enumerate("ABCD"):
        with_bus.run(SetTier(tuple(some[place:80:4]), tier))
    with_bus.run(SetReading(tuple(some[100:110])))
    with_bus.close()
    return copy


def rows(book: Path) -> Rows:
    return read(book, lambda view: view.execute("SELECT * FROM person_row ORDER BY id").fetchall())


def rebuilt(book: Path, settings: Settings) -> Rows:
    """The rows made anew from the whole book."""
    raw = dbapi.connect(book)
    derive.rebuild(raw, settings, MORNING.today())
    raw.commit()
    raw.close()
    return rows(book)


def run(book: Path, settings: Settings) -> tuple[int, int]:
    """Follow settings; the step's number, and how many rows were told anew."""
    bus = Bus(book, settings=settings, clock=MORNING)
    done = bus.run(FollowSettings())
    bus.close()
    return done.command_id, done.count


def test_the_rows_that_follow_are_those_that_would_be_made_anew(book: Path) -> None:
    before = rows(book)
    step, count = run(book, OTHER)
    after = rows(book)
    assert step
    assert count == sum(old != new for old, new in zip(before, after, strict=True)) > 100
    assert after == rebuilt(book, OTHER)


def test_back_again_they_are_as_they_were(book: Path) -> None:
    before = rebuilt(book, Settings())  # all of one day: points age
    run(book, OTHER)
    assert rows(book) != before
    run(book, Settings())
    assert rows(book) == before


def test_what_is_followed_already_is_no_step(book: Path) -> None:
    assert run(book, Settings()) == (0, 0)
    assert run(book, Settings(budget=9, weights={"phone": 6})) == (0, 0)
    run(book, OTHER)
    assert run(book, OTHER) == (0, 0)
    assert read(book, lambda view: is_followed(view, OTHER))
    assert not read(book, lambda view: is_followed(view, Settings()))


def test_undo_passes_over_it_and_redo_of_a_tier_follows_what_holds(book: Path) -> None:
    person = min(line.id for line in read(book, people.everybody))
    bus = Bus(book, settings=OTHER, clock=MORNING)
    bus.run(SetTier((person,), "B"))
    bus.run(FollowSettings())
    followed = rows(book)
    assert bus.undo().label.endswith("→ B")
    bus.redo()
    bus.close()
    assert rows(book) == followed
    assert all(step.name != "FollowSettings" for step in read(book, history.steps))


def test_home_is_remembered_and_forgotten_as_steps_of_the_journal(book: Path) -> None:
    run(book, OTHER)  # which has nothing to do with it
    bus = Bus(book, settings=OTHER, clock=MORNING)
    bus.run(SetRegion("CH"))
    bus.run(SetHome("  Berlin "))
    assert read(book, home) == Home("Berlin", "CH")
    assert rows(book) == rebuilt(book, OTHER)
    bus.undo()
    bus.run(SetRegion(""))
    bus.close()
    assert read(book, home) == Home("", "")


def test_all_must_be_marked_to_be_taken_for_marked(book: Path) -> None:
    some = sorted(line.id for line in read(book, people.everybody))
    assert read(book, lambda view: are_read(view, some[100:110]))
    assert not read(book, lambda view: are_read(view, some[99:110]))
    assert not read(book, lambda view: are_read(view, [-1]))
