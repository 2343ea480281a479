"""The first ten minutes: from nothing to ten people filed, by keys that the screen shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support import SIZES, frame, same_frame, settle
from tests.tui.screens.import_desk import press, shows, three_lists
from tests.tui.screens.triage_desk import tiers
from tui.widgets.batch_offer import BatchOffer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.app import VitalfewApp


@SIZES
async def test_a_newcomer_files_ten_people_with_nothing_but_the_keys_that_are_shown(
    vitalfew: Callable[..., VitalfewApp], home: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    three_lists(home)
    book = tmp_path / "mine.db"
    app = vitalfew(book)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "Nobody is in the book yet." in frame(app)
        same_frame(app, "first-run-1-empty")
        await press(pilot, "7")
        same_frame(app, "first-run-2-found")
        await press(pilot, "asterisk")
        same_frame(app, "first-run-3-marked")
        await press(pilot, "enter")
        same_frame(app, "first-run-4-plan")
        await press(pilot, "i")
        same_frame(app, "first-run-5-summary")
        await press(pilot, "2")
        if isinstance(app.screen, BatchOffer):
            await press(pilot, "escape")
        same_frame(app, "first-run-6-triage")
        for key in "abcdabcdab":
            assert shows(app, key)
            await press(pilot, key)
        same_frame(app, "first-run-7-sorted")
        assert "Everybody is sorted." in frame(app)
        await press(pilot, "1")
        same_frame(app, "first-run-8-today")
    assert sorted(tiers(book).values()) == sorted("abcdabcdab".upper())
