from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.command import CommandPalette
from textual.widgets._toast import ToastRack  # exported nowhere else

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.queries.counts import counts
from core.queries.people import everybody
from core.settings import Settings
from tests.faults.terminal import Terminal
from tests.support import SMALL, frame, read, settle
from tests.tui.conftest import MORNING
from tui.screens.book_screen import BookScreen
from tui.screens.focus import FocusScreen
from tui.screens.help import HelpScreen
from tui.screens.people import PeopleScreen
from tui.screens.person import PersonScreen
from tui.screens.undo import UndoScreen
from tui.widgets.ask import Confirm

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

ROOT = Path(__file__).parents[2]
_PATIENCE = 120
"""Seconds to wait for what a slow machine does late."""


def write_elsewhere(book: Path, tier: str, *, count: int = 1) -> None:
    """What another program does to the book."""
    bus = Bus(book, clock=MORNING, sitting="elsewhere")
    bus.run(SetTier(unsorted(book, count), tier))
    bus.close()


def unsorted(book: Path, count: int) -> tuple[int, ...]:
    """So many people without a tier."""
    return tuple(line.id for line in read(book, everybody) if not line.tier)[:count]


def talks_of_today(book: Path) -> int:
    """How many talks the day of the tests has in the log."""
    words = "SELECT count(*) FROM interaction WHERE day = '2026-11-21'"
    found: int = read(book, lambda view: view.execute(words).fetchone()[0])
    return found


async def test_the_first_thing_to_be_painted_is_the_list(
    vitalfew: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = vitalfew()
    painted: list[str] = []
    display = type(app)._display

    def record(self: VitalfewApp, *given: object) -> None:
        display(self, *given)  # type: ignore[arg-type]
        painted.append(frame(self))

    monkeypatch.setattr(type(app), "_display", record)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
    first = next(text for text in painted if text.strip())
    assert "▸ A" in first
    assert "0 of 5 done" in first
    assert "2 Triage 3" in first
    assert " ── " in first


async def test_a_number_goes_to_a_screen_and_q_comes_back(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        for key, screen in (("4", PeopleScreen), ("8", UndoScreen), ("1", FocusScreen)):
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen, screen)
        await pilot.press("8")
        await settle(pilot)
        await pilot.press("escape", "q")
        await settle(pilot)
        assert isinstance(app.screen, FocusScreen)
        assert app.is_running
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


@pytest.mark.parametrize("start", ["focus", "triage", "people", "undo"])
async def test_ctrl_q_leaves_from_anywhere(vitalfew: Make, start: str) -> None:
    app = vitalfew(start=start)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert getattr(app.screen, "context", "") == start or start == "triage"
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert app.return_code == 0


@pytest.mark.parametrize("start", ["focus", "triage", "people", "undo"])
async def test_a_reading_that_ends_after_its_screen_was_taken_down_does_no_harm(
    vitalfew: Make, start: str
) -> None:
    app = vitalfew(start=start)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        shown = next(screen for screen in app.screen_stack if isinstance(screen, BookScreen))
        await shown.remove_children()
        await shown.load()
        shown.reload()
        await settle(pilot)
        assert app.is_running


async def test_a_number_leaves_a_person_for_another_screen(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        await pilot.press("8")
        await settle(pilot)
        assert isinstance(app.screen, UndoScreen)
        await pilot.press("1")
        await settle(pilot)
        assert isinstance(app.screen, FocusScreen)


async def test_u_takes_back_from_another_screen_and_says_what(vitalfew: Make, book: Path) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("space")
        await settle(pilot)
        await pilot.press("4")
        await settle(pilot)
        await pilot.press("u")
        await settle(pilot)
        assert "took back: logged a mail with" in frame(app)
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert "did again: logged a mail with" in frame(app)
    assert talks_of_today(book)


async def test_notices_in_a_row_take_no_more_of_the_screen_than_one(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        heights = []
        for sentence in ("the first one", "the second one", "the third one"):
            app.tell(sentence)
            await settle(pilot)
            heights.append(app.screen.get_child_by_type(ToastRack).region.height)
    assert heights[0] > 0
    assert heights == heights[:1] * 3


async def test_a_notice_of_an_endless_name_leaves_the_screen_to_be_seen(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        app.tell(f"merged {'x' * 10_000}: 2 entries")
        await settle(pilot)
        assert " 1 Focus " in frame(app)
        assert app.screen.get_child_by_type(ToastRack).region.height <= 6


async def test_u_asks_before_it_takes_back_another_programs_step(
    vitalfew: Make, book: Path
) -> None:
    write_elsewhere(book, "B")
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        before = app.backend.now(counts)
        await pilot.press("u")
        await settle(pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.press("n")
        await settle(pilot)
        assert app.backend.now(counts) == before
        await pilot.press("u")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert app.backend.now(counts).b == before.b - 1


async def test_what_is_asked_about_is_what_is_taken_back(vitalfew: Make, book: Path) -> None:
    write_elsewhere(book, "B")
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        before = app.backend.now(counts)
        await pilot.press("u")
        await settle(pilot)
        write_elsewhere(book, "A")  # while the question is open
        await pilot.press("y")
        await settle(pilot)
        after = app.backend.now(counts)
        assert (after.a, after.b) == (before.a + 1, before.b - 1)


async def test_a_step_that_concerns_many_asks_with_the_count(vitalfew: Make, book: Path) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await app.backend.run(SetTier(unsorted(book, 25), "D"))
        await pilot.press("u")
        await settle(pilot)
        assert "25 people" in frame(app)
        await pilot.press("escape")


async def test_what_another_program_writes_is_shown(vitalfew: Make, book: Path) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        unsorted = app.backend.now(counts).unsorted
        assert f"Triage {unsorted}" in frame(app)
        write_elsewhere(book, "D", count=3)
        app.look()
        await settle(pilot)
        assert f"Triage {unsorted - 3}" in frame(app)


async def test_no_news_is_lost_to_a_look_that_comes_before_the_other_has_ended(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        count = app.backend.now(counts).unsorted
        write_elsewhere(book, "D")
        asked, took, gate = app.backend.changed, asyncio.Event(), asyncio.Event()

        async def slowly() -> bool:
            news = await asked()
            took.set()
            await gate.wait()
            return news

        app.backend.changed = slowly  # type: ignore[method-assign]
        app.look()
        await took.wait()
        app.look()
        gate.set()
        await settle(pilot)
        assert f"Triage {count - 1}" in frame(app)


@pytest.mark.parametrize("key", ["colon", "ctrl+p"])
async def test_the_palette_lists_what_can_be_done_and_does_it(vitalfew: Make, key: str) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(key)
        await settle(pilot)
        assert isinstance(app.screen, CommandPalette)
        assert "not today  (x)" in frame(app)
        await pilot.press(*"undo")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, UndoScreen)


async def test_help_tells_the_keys_of_the_screen_and_any_of_its_keys_closes_it(
    vitalfew: Make,
) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        for key in ("escape", "q", "question_mark"):
            await pilot.press("question_mark")
            await settle(pilot)
            assert isinstance(app.screen, HelpScreen)
            assert "Focus: keys" in frame(app)
            await pilot.press("4")
            assert isinstance(app.screen, HelpScreen)
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen, FocusScreen)


async def test_a_click_on_a_tab_goes_there(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.click(offset=(frame(app).index("8 Undo") + 3, 0))
        await settle(pilot)
        assert isinstance(app.screen, UndoScreen)


async def test_keys_of_the_users_own_are_taken_or_complained_about(
    vitalfew: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = {"focus.done": "f2", "focus.dnoe": "x", "go.undo": "1"}
    app = vitalfew()
    own = type(app)(app.backend.book, Settings(keys=keys), MORNING)
    app.backend.close()
    del monkeypatch
    async with own.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        assert 'there is no action "focus.dnoe"; perhaps "focus.done"' in frame(own)
        assert "f2 done" in frame(own)
        await pilot.press("f2")
        await settle(pilot)
        assert "1 of 5 done" in frame(own)


PROGRAM = """
import sys
from pathlib import Path
from core.clock import FixedClock
from datetime import datetime
from tui.app import VitalfewApp

def broken(self):
    secret = "hunter2 has the flu"
    raise {error}

VitalfewApp.action_help = broken

async def press(pilot):
    await pilot.press("question_mark")
    await pilot.pause()

app = VitalfewApp(Path(sys.argv[1]), clock=FixedClock(datetime(2026, 11, 21, 9, 12)))
app.run(headless=True, size=(80, 24), auto_pilot=press)
sys.exit(app.return_code)
"""


def ends_with(error: str, book: Path) -> subprocess.CompletedProcess[str]:
    program = book.parent / "program.py"
    program.write_text(PROGRAM.replace("{error}", error))
    return subprocess.run(
        [sys.executable, str(program), str(book)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_a_defect_ends_the_program_without_telling_what_it_knew(book: Path) -> None:
    ended = ends_with("RuntimeError(secret)", book)
    assert ended.returncode == 1
    told = ended.stdout + ended.stderr
    assert "hunter2" not in told
    assert "vitalfew stopped on a defect (RuntimeError at program.py:10)" in told.replace("\n", " ")


def test_a_refusal_that_nobody_caught_is_told_in_its_own_sentence(book: Path) -> None:
    ended = ends_with("__import__('core.errors').errors.BookError('the disk is gone')", book)
    assert ended.returncode == 1
    assert "the disk is gone" in ended.stdout + ended.stderr
    assert "defect" not in ended.stdout + ended.stderr


RUN = """
import sys
from pathlib import Path
from core.clock import FixedClock
from datetime import datetime
from tui.app import VitalfewApp
app = VitalfewApp(Path(sys.argv[1]), clock=FixedClock(datetime(2026, 11, 21, 9, 12)))
app.run()
sys.exit(app.return_code)
"""


@pytest.mark.parametrize("how", ["hang up", "terminate"])
def test_closing_the_terminal_ends_the_program_and_keeps_the_book(book: Path, how: str) -> None:
    with Terminal(str(book), code=RUN) as terminal:
        terminal.until("0 of 5 done", _PATIENCE)
        terminal.press(" ")
        terminal.until("1 of 5 done", _PATIENCE)
        if how == "terminate":
            terminal.signal(signal.SIGTERM)
        else:
            terminal.hang_up()
        code = terminal.ends(_PATIENCE)
    assert code == 143 or how == "hang up"
    assert talks_of_today(book) == 1
    assert read(book, lambda view: view.execute("PRAGMA quick_check").fetchone()[0]) == "ok"
