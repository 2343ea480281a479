from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support import HOSTILE, LARGE, SIZES, SMALL, frame, is_calm, same_frame, settle
from tests.tui.screens.import_desk import google, linkedin, phone, press, save, three_lists
from tui.screens.import_plan import PlanScreen
from tui.screens.imports import ImportsScreen
from tui.widgets.ask_path import AskPath
from tui.widgets.guide_card import GuideCard
from tui.widgets.line_box import LineBox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]


@SIZES
async def test_without_any_file_the_screen_says_where_to_get_them(
    vitalfew: Make, size: tuple[int, int]
) -> None:
    app = vitalfew(start="imports")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "Nothing to import was found on this machine" in frame(app)
        same_frame(app, "imports-none")
        await press(pilot, "enter")
        assert isinstance(app.screen, GuideCard)
        assert "contacts.google.com" in frame(app)
        same_frame(app, "imports-guide")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ImportsScreen)


async def test_what_is_marked_is_taken_together_and_else_the_row_at_the_cursor(
    vitalfew: Make, home: Path
) -> None:
    three_lists(home)
    app = vitalfew(start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, PlanScreen)
        assert "1 list, nothing is written yet" in frame(app)
        await press(pilot, "q", "space", "space")
        assert "2 marked" in frame(app)
        await press(pilot, "enter")
        assert "2 lists, nothing is written yet" in frame(app)
        await press(pilot, "q")
        await pilot.press("escape")
        assert "marked" not in frame(app)
        await press(pilot, "asterisk")
        assert "3 marked" in frame(app)
        await press(pilot, "asterisk")
        assert "marked" not in frame(app)


async def test_r_looks_again_and_finds_what_has_come_meanwhile(vitalfew: Make, home: Path) -> None:
    app = vitalfew(start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        linkedin(home / "Downloads", "Rachel Green")
        await press(pilot, "r")
        assert "~/Downloads/Connections.csv" in frame(app)
        (home / "Downloads" / "Connections.csv").unlink()
        await press(pilot, "r")
        assert "Connections.csv" not in frame(app)


async def test_f_takes_a_file_from_anywhere_and_says_when_it_is_not_there(
    vitalfew: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    google(tmp_path / "far away", "Ada Wong")
    app = vitalfew(start="imports")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        assert isinstance(app.screen, AskPath)
        await pilot.press("backspace", "backspace", *"far", "enter")
        await settle(pilot)
        assert "there is no such file or folder" in frame(app)
        await pilot.press("tab", "tab")
        await settle(pilot)
        assert app.screen.query_one(LineBox).value == "far away/contacts.csv"
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PlanScreen)
        assert "import 1 list: 1 new" in frame(app)


async def test_a_file_that_vanished_is_told_in_a_sentence(vitalfew: Make, home: Path) -> None:
    file = google(home / "Downloads", "Ada Wong")
    app = vitalfew(start="imports")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        file.unlink()
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ImportsScreen)
        assert "contacts.csv" in frame(app).split("WhatsApp")[1]


async def test_hostile_file_names_are_shown_as_text(vitalfew: Make, home: Path) -> None:
    bad_bytes = "caf\udce9"  # what Python makes of a name that is no UTF-8
    for place, name in enumerate((*HOSTILE, bad_bytes)):
        plain = name.replace("/", "").replace("\0", "")[:40]
        if name != bad_bytes:
            plain = plain.encode("utf-8", "replace").decode()
        google(home / "Downloads", f"Ada {place}", name=f"{place} {plain}.csv")
    app = vitalfew(start="imports")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert frame(app).count("Google Contacts") > 10
        for _ in HOSTILE:
            assert is_calm(frame(app))
            await pilot.press("j")
        await pilot.press("asterisk", "enter")
        await settle(pilot)
        assert isinstance(app.screen, PlanScreen)
        assert is_calm(frame(app))
        await pilot.press("enter")
        await settle(pilot)
        assert is_calm(frame(app))


async def test_a_click_marks_the_cursor_and_a_second_one_opens(vitalfew: Make, home: Path) -> None:
    three_lists(home)
    app = vitalfew(start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        lines = frame(app).splitlines()
        at = next(y for y, line in enumerate(lines) if "vCard" in line)
        await pilot.click(offset=(8, at))
        await settle(pilot)
        assert "▸ vCard" in frame(app)
        title = next(y for y, line in enumerate(lines) if "Where to get" in line)
        await pilot.click(offset=(8, title))
        await pilot.click(offset=(8, title))
        await settle(pilot)
        assert "▸ vCard" in frame(app)
        await pilot.click(offset=(lines[-1].index("how"), 23))
        await settle(pilot)
        assert isinstance(app.screen, GuideCard)
        await pilot.press("escape")
        await pilot.click(offset=(8, at))
        await pilot.pause()
        await pilot.click(offset=(8, at))
        await settle(pilot)
        assert isinstance(app.screen, PlanScreen)


async def test_unreadable_downloads_are_no_obstacle(vitalfew: Make, home: Path) -> None:
    save(home / "Downloads" / "broken.zip", "PK\x03\x04 is no archive")
    save(home / "Downloads" / "photo.jpg", "no list")
    phone(home / "Downloads", "Mum")
    app = vitalfew(start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "1 list on this machine" in frame(app)
