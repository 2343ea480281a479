"""The mouse works everywhere; what `tests.tui.widgets` holds of single widgets is not repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from core.queries.people import everybody
from tests.support import LARGE, SMALL, frame, read, settle
from tests.tui.screens.triage_desk import at_the_cards, column, current, screen, tiers
from tui.screens.help import HelpScreen
from tui.screens.imports import ImportsScreen
from tui.screens.people import PeopleScreen
from tui.screens.person import PersonScreen
from tui.screens.triage import TriageScreen
from tui.screens.undo import UndoScreen
from tui.widgets.ask import AskLine
from tui.widgets.choose import Choose
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]


async def click(pilot: Pilot[None], words: str, *, line: int | None = None) -> None:
    """Click on the first of these words that are painted, or on those of one line."""
    lines = frame(pilot.app).splitlines()
    y = next(at for at, text in enumerate(lines) if words in text) if line is None else line
    await pilot.click(offset=(lines[y].index(words) + 1, y))
    await settle(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_tabs_and_the_words_of_the_bottom_line_are_keys(
    vitalfew: Make, size: tuple[int, int]
) -> None:
    app = vitalfew()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)  # the numbers of the header are read after the first paint
        for tab, shown in (("4 People", PeopleScreen), ("7 Import", ImportsScreen)):
            await click(pilot, tab, line=0)
            assert isinstance(app.screen, shown)
        await click(pilot, "8 Undo", line=0)
        assert isinstance(app.screen, UndoScreen)
        await click(pilot, "find", line=size[1] - 1)
        assert app.screen.query_one("SearchBox").display
        await pilot.press("escape")
        await click(pilot, "? help", line=0)
        assert isinstance(app.screen, HelpScreen)


async def test_an_option_is_taken_by_a_second_click_and_a_click_beside_changes_nothing(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        row = app.screen.query_one(RowList).row
        assert row is not None
        await pilot.press("t")
        await settle(pilot)
        await pilot.click(offset=(1, 1))
        await settle(pilot)
        assert isinstance(app.screen, Choose)
        lines = frame(app).splitlines()
        y = next(at for at, text in enumerate(lines) if " c " in text and "C" in text)
        await pilot.click(offset=(lines[y].index("C"), y))
        await pilot.click(offset=(lines[y].index("C"), y))
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
    assert tiers(book)[row.id] == "C"


async def test_a_click_in_the_box_gives_it_the_letters(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"ada", "enter")
        await settle(pilot)
        await click(pilot, "ada", line=1)
        await pilot.press("end", "x")
        await settle(pilot)
        assert app.screen.query_one("SearchBox").text == "adax"  # type: ignore[attr-defined]


async def test_the_wheel_scrolls_lists_and_the_log(vitalfew: Make, book: Path) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        people = app.screen.query_one(RowList)
        for _ in range(4):
            await pilot._post_mouse_events([MouseScrollDown], people, offset=(5, 5))
        await pilot.pause()
        assert people.scroll_offset.y > 0
        assert people.cursor == 0
        for _ in range(4):
            await pilot._post_mouse_events([MouseScrollUp], people, offset=(5, 5))
        await pilot.pause()
        assert people.scroll_offset.y == 0
    assert len(read(book, everybody)) > 24


async def test_the_card_is_dragged_into_a_column(vitalfew: Make, book: Path) -> None:
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        person = current(app)
        name = screen(app).sitting.lines[person].name
        await pilot.mouse_down("#card", offset=(5, 1))
        await pilot.hover("#tier-b", offset=(5, 2))
        assert f"↓ {name}"[:12] in frame(app)
        await pilot.mouse_up("#tier-b", offset=(5, 2))
        await settle(pilot)
        assert column(app, "b").rows[0].id == person
        assert current(app) != person
        assert screen(app).board.here is None
        await pilot.press("u")
        await settle(pilot)
        assert tiers(book)[person] == ""


async def test_what_is_dropped_beside_the_columns_stays_where_it_was(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="triage")
    before = tiers(book)
    async with at_the_cards(app) as pilot:
        person, first = current(app), column(app, "a").rows[0]
        await pilot.mouse_down("#card", offset=(5, 1))
        await pilot.hover("#tier-b", offset=(5, 2))
        await pilot.hover("#card", offset=(9, 2))
        await pilot.mouse_up("#card", offset=(9, 2))
        await pilot.mouse_down("#tier-a", offset=(5, 1))
        await pilot.hover("#tier-c", offset=(5, 2))
        await pilot.hover("#card", offset=(9, 2))
        await pilot.mouse_up("#card", offset=(9, 2))
        await settle(pilot)
        assert (current(app), screen(app).board.carried) == (person, None)
        assert column(app, "a").rows[0] == first
        await pilot.mouse_down("#card", offset=(5, 1))
        await pilot.hover("#tier-b", offset=(5, 2))
        await pilot.press("escape")
        await pilot.mouse_up("#tier-b", offset=(5, 2))
        await settle(pilot)
        assert app.mouse_captured is None
    assert tiers(book) == before


async def test_a_click_gives_a_column_the_keys_and_a_second_one_opens_the_person(
    vitalfew: Make,
) -> None:
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        await pilot.click("#tier-b", offset=(5, 1))
        await settle(pilot)
        assert screen(app).board.here is column(app, "b")
        assert isinstance(app.screen, TriageScreen)
        await pilot.click("#tier-b", offset=(5, 1))
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)


async def test_the_form_opens_a_value_by_a_second_click(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await click(pilot, "edit", line=44)
        assert getattr(app.screen, "context", "") == "edit"
        rows = app.screen.query_one(RowList)
        await pilot.click(rows, offset=(12, 1))
        await pilot.click(rows, offset=(12, 1))
        await settle(pilot)
        assert isinstance(app.screen, AskLine)


async def test_a_click_on_the_mark_lifts_the_veil(vitalfew: Make) -> None:
    app = vitalfew(veiled=True)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await click(pilot, "veiled", line=0)
        assert not app.backend.veiled
        assert "veiled" not in frame(app).splitlines()[0]
