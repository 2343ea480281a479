from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from core.queries import history
from core.queries.people import everybody
from tests.support import HOSTILE, LARGE, SIZES, SMALL, frame, is_calm, read, same_frame, settle
from tests.tui.conftest import MORNING
from tui.screens import undo_words
from tui.widgets.ask import Confirm
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.queries.history import StepLine
    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]


def steps(book: Path) -> list[StepLine]:
    return read(book, history.steps)


def people(book: Path) -> list[int]:
    return sorted(line.id for line in read(book, everybody))[:30]


@pytest.fixture
def busy_book(book: Path) -> Path:
    """The sample book after three more steps."""
    bus = Bus(book, clock=MORNING)
    first, second = people(book)[:2]
    bus.run(SetTier((first,), "A"))
    bus.run(SetTier((second,), "B"))
    bus.run(SetTier((first,), "C"))
    bus.close()
    return book


@SIZES
async def test_the_journal_is_told_in_words(
    vitalfew: Make, busy_book: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(busy_book, start="undo", sample=True)
    async with app.run_test(size=size) as pilot:
        await pilot.press("u")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        same_frame(app, "undo")


async def test_enter_takes_back_to_here_after_asking_once(vitalfew: Make, busy_book: Path) -> None:
    before = steps(busy_book)
    app = vitalfew(busy_book, start="undo")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("j", "j", "enter")
        await settle(pilot)
        assert isinstance(app.screen, Confirm)
        assert f"Take back “{before[2].label}” and the 2 steps after it?" in frame(app)
        assert before[0].label in frame(app)
        same_frame(app, "undo-asks")
        await pilot.press("y")
        await settle(pilot)
        assert "took back 3 steps" in frame(app)
        assert frame(app).count("taken back") == 4
    assert [step.undone for step in steps(busy_book)[:4]] == [True, True, True, False]


async def test_no_leaves_everything(vitalfew: Make, busy_book: Path) -> None:
    app = vitalfew(busy_book, start="undo")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
    assert not any(step.undone for step in steps(busy_book))


async def test_a_step_is_taken_back_and_done_again(vitalfew: Make, busy_book: Path) -> None:
    app = vitalfew(busy_book, start="undo")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert steps(busy_book)[0].undone
        await pilot.press("enter")
        await settle(pilot)
        assert "this is taken back already" in frame(app)
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert not steps(busy_book)[0].undone


async def test_a_search_narrows_the_steps(vitalfew: Make, busy_book: Path) -> None:
    app = vitalfew(busy_book, start="undo")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        rows = app.screen.query_one("#steps", RowList)
        everything = len(rows.rows)
        await pilot.press("slash", *"waits")
        await settle(pilot)
        assert 0 < len(rows.rows) < everything
        assert all("waits" in row.label for row in rows.rows)
        await pilot.press("enter", "n")
        assert rows.cursor == 1
        await pilot.press("N", "N")
        assert rows.cursor == len(rows.rows) - 1
        await pilot.press("escape")
        await settle(pilot)
        assert len(rows.rows) == everything
        await pilot.press("slash", *"nothing at all")
        await settle(pilot)
        assert "No step has these words. esc shows all." in frame(app)


async def test_an_empty_book_has_no_steps(vitalfew: Make, tmp_path: Path) -> None:
    app = vitalfew(tmp_path / "empty.db", start="undo")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Nothing was done to the book yet." in frame(app)
        await pilot.press("enter", "n", "N", "escape", "u", "ctrl+r")
        await settle(pilot)


async def test_hostile_words_in_a_step_are_shown_as_text(vitalfew: Make, book: Path) -> None:
    bus = Bus(book, clock=MORNING)
    day = MORNING.today().replace(day=30)
    for one, why in zip(people(book), HOSTILE, strict=False):
        bus.run(SetWait((one,), day, why))
    bus.close()
    app = vitalfew(book, start="undo")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        for place in range(len(HOSTILE)):
            assert is_calm(frame(app))
            if place % 6 == 5:
                await pilot.press("enter")
                await settle(pilot)
                assert is_calm(frame(app))
                await pilot.press("n")
            await pilot.press("j")
            await pilot.pause()


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-21T14:02:00Z", "today 14:02"),
        ("2026-11-20T09:10:00Z", "yesterday  9:10"),
        ("2026-11-16T09:10:00Z", "Mon  9:10"),
        ("2026-11-02T23:59:00Z", "2 Nov 23:59"),
        ("2024-03-05T10:00:00Z", "Mar 2024"),
    ],
)
def test_a_moment_is_told_as_one_would(at: str, told: str) -> None:
    assert undo_words.when(at, datetime(2026, 11, 21, 15, tzinfo=UTC)) == told
