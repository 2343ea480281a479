"""``w``: who is worth reading is kept, never due, and says so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from core.queries import triage
from core.queries.reading import are_read
from core.settings import Settings
from tests.support import LARGE, frame, read, settle
from tests.tui.conftest import MORNING
from tests.tui.screens.triage_desk import at_the_cards, column, current, press, queue, screen, tiers
from tui.screens.person import PersonScreen

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.screens.triage_desk import Make


def is_read(book: Path, person: int) -> bool:
    return read(book, partial(are_read, people=[person]))


async def test_on_triage_it_files_in_c_and_goes_on_and_back_it_says_so(
    vitalfew: Make, book: Path
) -> None:
    first, second = queue(book)[:2]
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        await press(pilot, "w")
        assert current(app) == second
        assert first in {member.id for member in screen(app).sitting.columns["C"]}
        await press(pilot, "left")
        assert current(app) == first
        assert "worth reading" in frame(app)
    assert tiers(book)[first] == "C"
    assert is_read(book, first)
    card = read(book, lambda view: triage.card(view, first, Settings(), MORNING.today()))
    assert card is not None
    assert card.evidence.reading


async def test_whoever_is_filed_keeps_the_tier_and_again_takes_the_mark_off(
    vitalfew: Make, book: Path
) -> None:
    first, second = queue(book)[:2]
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        await press(pilot, "a", "left", "w")
        assert is_read(book, first)
        assert tiers(book)[first] == "A"
        await press(pilot, "w")
        assert not is_read(book, first)
        await press(pilot, "right", "b", "tab", "tab")
        assert column(app, "B").row.id == second  # type: ignore[union-attr]
        await press(pilot, "w")
        assert is_read(book, second)
        assert tiers(book)[second] == "B"


async def test_on_a_person_it_is_a_switch_that_undo_takes_back(vitalfew: Make, book: Path) -> None:
    person = queue(book)[0]
    app = vitalfew()
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        app.push_screen(PersonScreen(person))
        await settle(pilot)
        await press(pilot, "w")
        assert "is worth reading — u takes it back" in frame(app)
        assert "C, kept" in frame(app)
        assert "worth reading" in "".join(frame(app).splitlines()[1:6])
        await press(pilot, "w")
        assert "is no longer worth reading" in frame(app)
        await press(pilot, "u", "u")
        assert "worth reading" not in "".join(frame(app).splitlines()[1:6])
    assert not is_read(book, person)
    assert not tiers(book)[person]
