from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support import frame, settle
from tests.tui.screens.triage_desk import at_the_cards, column, current, meant_row, queue, tiers
from tui.screens.person import PersonScreen
from tui.screens.triage import TriageScreen

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.screens.triage_desk import Make


async def test_the_newest_filed_stands_on_top_of_its_column(vitalfew: Make, book: Path) -> None:
    first, second = queue(book)[:2]
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        before = len(column(app, "b").rows)
        await pilot.press("b", "b")
        assert [row.id for row in column(app, "b").rows[:2]] == [second, first]
        assert len(column(app, "b").rows) == before + 2
        await settle(pilot)
        app.tell_screens()
        await settle(pilot)
        assert [row.id for row in column(app, "b").rows[:2]] == [second, first]


async def test_a_card_is_lifted_carried_and_dropped_by_keys(vitalfew: Make, book: Path) -> None:
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        moved = column(app, "a").rows[1].id
        await pilot.press("tab", "j", "space", "right", "right", "enter")
        await settle(pilot)
        assert column(app, "c").has_focus
        assert meant_row(app, "c").id == moved
        assert moved not in [row.id for row in column(app, "a").rows]
    assert tiers(book)[moved] == "C"


async def test_esc_lets_a_carried_card_go_then_leaves_the_columns(
    vitalfew: Make, book: Path
) -> None:
    before = tiers(book)
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        await pilot.press("tab", "space", "right", "escape")
        await settle(pilot)
        assert column(app, "a").has_focus
        assert "carry" not in frame(app)
        await pilot.press("escape")
        assert app.focused is None
        await pilot.press("escape")
        assert isinstance(app.screen, TriageScreen)
    assert tiers(book) == before


async def test_a_letter_in_a_column_files_its_row_and_not_the_card(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        shown, row = current(app), column(app, "b").rows[0].id
        await pilot.press("tab", "tab", "d")
        await settle(pilot)
        assert current(app) == shown
    found = tiers(book)
    assert (found[row], found[shown]) == ("D", "")


async def test_the_mouse_chooses_a_row_and_drags_it_to_another_column(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        first, second = column(app, "a").rows[:2]
        await pilot.click("#tier-a", offset=(5, 2))
        assert column(app, "a").row == second
        await pilot.mouse_down("#tier-a", offset=(5, 1))
        await pilot.hover("#tier-c", offset=(5, 3))
        assert f"↓ {first.name}"[:12] in frame(app)
        await pilot.mouse_up("#tier-c", offset=(5, 3))
        await settle(pilot)
        assert column(app, "c").rows[0].id == first.id
        await pilot.press("j")
        assert column(app, "c").cursor == 1
    assert tiers(book)[first.id] == "C"


async def test_enter_in_a_column_opens_the_person(vitalfew: Make) -> None:
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        await pilot.press("q")
        await settle(pilot)
        assert isinstance(app.screen, TriageScreen)
