from __future__ import annotations

from typing import TYPE_CHECKING

from tests.book import base
from tests.support import SMALL, frame, settle
from tui.screens.people import PeopleScreen
from tui.widgets.line_box import LineBox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]


def type_at_once(app: VitalfewApp, *keys: str) -> None:
    """Keys as a terminal hands them over that was busy: all in one go."""
    for key in keys:
        app.simulate_key(key)


async def test_letters_typed_before_the_box_is_there_go_into_the_box(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        before = base(book)
        type_at_once(app, "4", "slash", *"unlat")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
        assert app.screen.query_one(LineBox).value == "unlat"
    assert base(book) == before


async def test_letters_typed_before_a_popup_is_there_go_into_the_popup(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        type_at_once(app, "l", *"utzt")
        await settle(pilot)
        assert app.screen.query_one(LineBox).value == "utzt"


async def test_many_keys_at_once_each_do_their_work(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        type_at_once(app, *"j" * 30, *"k" * 10, "enter", "q", "1")
        await settle(pilot)
        assert "Sat 21 Nov" in frame(app)
        type_at_once(app, "4")
        await settle(pilot)
        assert app.screen.query_one("RowList").cursor == 20  # type: ignore[attr-defined]
