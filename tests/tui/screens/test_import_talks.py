from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from importers.choices import Options
from importers.run import import_paths
from tests.book import rows
from tests.support import SIZES, SMALL, frame, same_frame, settle
from tests.tui.conftest import MORNING
from tests.tui.screens.import_desk import google, press, save
from tui.screens.ghosts import GhostsScreen
from tui.screens.import_plan import PlanScreen
from tui.screens.import_summary import SummaryScreen
from tui.screens.import_talks import ChooseOwner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

CREW = ("Nora Feldmann", "Ada Wong", "Ben Ortiz")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """An empty book of one's own."""
    return tmp_path / "mine.db"


def group(home: Path, count: int = 7) -> Path:
    """A group of three, a line each in turn; whose phone it was it does not say."""
    lines = [
        f"1/{place + 13}/24, 9:00 PM - {CREW[place % 3]}: line {place} of the boat\nand more"
        for place in range(count)
    ]
    return save(home / "Downloads" / "WhatsApp Chat with Crew.txt", "\n".join([*lines, ""]))


def said(book: Path) -> list[tuple[str, str]]:
    return rows(book, "SELECT direction, text FROM interaction ORDER BY at")


async def plan(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await press(pilot, "asterisk", "enter")
    assert isinstance(pilot.app.screen, PlanScreen)


@SIZES
async def test_an_import_asks_which_of_those_who_wrote_is_you(
    vitalfew: Make, home: Path, mine: Path, size: tuple[int, int]
) -> None:
    group(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=size) as pilot:
        await plan(pilot)
        assert "It does not say which of those who wrote is you" in " ".join(frame(app).split())
        await press(pilot, "i")
        assert isinstance(app.screen, ChooseOwner)
        same_frame(app, "import-owner")
        await press(pilot, "1")
        assert isinstance(app.screen, SummaryScreen)
        assert "7 talks new" in frame(app)
    assert [way for way, _text in said(mine)] == ["out", "in", "in"] * 2 + ["out"]


async def test_the_next_import_of_such_a_chat_asks_nothing(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    group(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan(pilot)
        await press(pilot, "i", "1")
        group(home, 10)
        await pilot.press("q")
        await settle(pilot)
        await press(pilot, "r")
        await plan(pilot)
        assert "which of those" not in frame(app)
        assert "10 as before" not in frame(app)
        await press(pilot, "i")
        assert isinstance(app.screen, SummaryScreen)
        assert "3 talks new" in frame(app)
    assert len(said(mine)) == 10


async def test_esc_leaves_the_chat_out_and_says_so_and_x_takes_it_in_again(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    group(home)
    google(home / "Downloads", "Eva Stone")
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await plan(pilot)
        await press(pilot, "i", "escape")
        assert isinstance(app.screen, PlanScreen)
        assert "WhatsApp is left out: nobody said which one is you" in frame(app)
        assert "import 1 list: 1 new" in frame(app)
        await press(pilot, "i")
        assert "imported 1 list" in frame(app)
        assert said(mine) == []
        await pilot.press("q")
        await settle(pilot)
        await plan(pilot)
        await pilot.press("i", "escape", "j", "x", "i")
        await settle(pilot)
        assert isinstance(app.screen, ChooseOwner)
        await press(pilot, "1")
    assert len(said(mine)) == 7


async def test_somebody_who_never_wrote_types_a_name(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    group(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan(pilot)
        await press(pilot, "i")
        await pilot.press("full_stop", "escape")
        await settle(pilot)
        assert isinstance(app.screen, ChooseOwner), "esc goes back to those who wrote"
        await pilot.press("full_stop", *"Zoe Stone")
        await settle(pilot)
        assert "what Zoe Stone wrote is from you" in frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, SummaryScreen)
    assert {way for way, _text in said(mine)} == {"in"}
    assert rows(mine, "SELECT value FROM setting WHERE key = 'me whatsapp'") == [
        ('[["name", "zoe stone"]]',)
    ]


async def test_who_you_are_can_be_said_in_the_details_and_said_again(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    group(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan(pilot)
        await press(pilot, "enter")
        assert "is asked before it is imported" in frame(app)
        await pilot.press("j")
        for key in ("2", "1"):
            await pilot.press("enter", "escape", "enter", key)
            await settle(pilot)
        assert "Nora Feldmann; the book will remember it" in frame(app)
        await press(pilot, "q", "i")
        assert isinstance(app.screen, SummaryScreen)
    assert said(mine)[0][0] == "out"


async def test_how_much_is_kept_is_chosen_before_and_remembered(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    group(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan(pilot)
        assert "WhatsApp, new, full text" in frame(app)
        await press(pilot, "enter")
        await pilot.press("G", "enter", "l")
        await settle(pilot)
        await press(pilot, "q")
        assert "WhatsApp, new, first line" in frame(app)
        await press(pilot, "i", "1")
        assert said(mine)[0] == ("out", "line 0 of the boat")
        await pilot.press("q")
        await settle(pilot)
        await plan(pilot)
        assert "WhatsApp, again, first line" in frame(app)


async def test_more_is_filled_in_and_less_takes_nothing_away(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    with closing(Bus(mine, clock=MORNING)) as bus:
        import_paths(bus, mine, [group(home)], Options(me=(CREW[0],), keep="line"))
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan(pilot)
        await press(pilot, "enter")
        await pilot.press("G", "enter", "c")
        await settle(pilot)
        told = "counts only; those that are in the book keep their first line"
        assert told in " ".join(frame(app).split())
        await press(pilot, "q", "i")
        assert said(mine)[0] == ("out", "line 0 of the boat"), "what is kept stays"
        await pilot.press("q")
        await settle(pilot)
        await plan(pilot)
        await press(pilot, "enter")
        await pilot.press("G", "enter", "f")
        await settle(pilot)
        assert "full text, also of those that are in the book" in " ".join(frame(app).split())
        await press(pilot, "q", "i")
        assert "7 updated" in frame(app)
    assert said(mine)[0] == ("out", "line 0 of the boat\nand more")


async def test_the_summary_leads_to_those_who_are_not_in_the_book(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    lines = [f"1/{day + 12}/24, 9:00 PM - {CREW[day % 2]}: ahoy" for day in range(1, 5)]
    save(home / "Downloads" / "WhatsApp Chat with Ada Wong.txt", "\n".join([*lines, ""]))
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan(pilot)
        await press(pilot, "i")
        assert "b  1 person you talk with is not in your book" in frame(app)
        assert "you have talked with" not in frame(app)
        assert "today" not in frame(app)
        await press(pilot, "b", "plus", "q")
        assert "not in your book" not in frame(app)
        assert "you have talked with 1 of 1 people, both ways 1" in frame(app)


async def test_a_slip_in_a_typed_name_is_told_and_asked_again(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    group(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await plan(pilot)
        await press(pilot, "i")
        await pilot.press("full_stop")
        await settle(pilot)
        await pilot.press(*"Nora", "space", *"Feldman", "enter")
        await settle(pilot)
        assert "nobody in these talks is called “Nora Feldman”" in frame(app)
        assert said(mine) == []
        await press(pilot, "i")
        assert isinstance(app.screen, ChooseOwner)


async def test_a_chat_that_is_another_since_the_plan_is_not_imported_and_no_flag_is_named(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    lines = [f"1/{day + 12}/24, 9:00 PM - {CREW[day % 2]}: ahoy" for day in range(1, 5)]
    chat = save(home / "Downloads" / "WhatsApp Chat with Ada Wong.txt", "\n".join([*lines, ""]))
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await plan(pilot)
        chat.write_text(group(home).read_text("utf-8"), encoding="utf-8")
        await press(pilot, "i")
        painted = " ".join(frame(app).split())
        assert "a file is another now than in the plan, so nothing was imported" in painted
        assert "--me" not in painted
    assert said(mine) == []


@SIZES
async def test_under_the_veil_stand_ins_are_offered_and_the_right_one_is_taken(
    vitalfew: Make, home: Path, mine: Path, size: tuple[int, int]
) -> None:
    group(home)
    app = vitalfew(mine, start="imports", veiled=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        await plan(pilot)
        for key in ("enter", "G", "q", "i", "2", "b"):
            await pilot.press(key)
            await settle(pilot)
            painted = frame(app)
            assert [name for name in CREW if name.split()[1] in painted] == []
        assert isinstance(app.screen, GhostsScreen)
    assert [way for way, _text in said(mine)].count("out") == 2
