"""What all screens over the book have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import SMALL, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]


@pytest.mark.parametrize("start", ["people", "undo", "settings"])
async def test_the_veil_leaves_the_keys_where_they_were(vitalfew: Make, start: str) -> None:
    app = vitalfew(start=start)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        before = app.focused
        assert before is not None
        for _ in range(2):
            await pilot.press("V")
            await settle(pilot)
            assert app.focused is before
