from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.queries import people, triage
from core.rules import finding
from tests.support import SIZES, SMALL, frame, read, same_frame, settle
from tests.tui.conftest import MORNING
from tests.tui.screens.triage_desk import (
    at_the_cards,
    current,
    press,
    queue,
    screen,
    tiers,
    to_the_cards,
)
from tui.screens.triage import TriageScreen
from tui.widgets.batch_offer import BatchOffer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.screens.triage_desk import Make


@SIZES
async def test_batches_come_first_then_a_card_and_what_is_carried_is_seen(
    vitalfew: Make, size: tuple[int, int]
) -> None:
    app = vitalfew(sample=True, start="triage")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, BatchOffer)
        same_frame(app, "triage-batches")
        await to_the_cards(pilot)
        same_frame(app, "triage")
        await press(pilot, "tab", "j", "space", "right")
        same_frame(app, "triage-lifted")


@SIZES
async def test_the_end_counts_and_says_what_the_tiers_ask_for(
    vitalfew: Make, book: Path, size: tuple[int, int]
) -> None:
    bus = Bus(book, clock=MORNING)
    *rest, last = queue(book)
    bus.run(SetTier(tuple(rest), "C", by="auto", why="as suggested"))
    bus.close()
    app = vitalfew(sample=True, start="triage")
    async with at_the_cards(app, size=size) as pilot:
        await pilot.press("b")
        await settle(pilot)
        same_frame(app, "triage-end")
        await pilot.press("u")
        await settle(pilot)
        assert current(app) == last


async def test_a_batch_is_looked_at_filed_as_one_automatic_step_and_taken_back(
    vitalfew: Make, book: Path
) -> None:
    silent = read(book, triage.batches)[0]
    members = set(read(book, partial(triage.batch_people, key=silent.key)))
    app = vitalfew(start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        rows: Any = app.screen.query_one("#members")
        assert {row.id for row in rows.rows} == members
        await pilot.press("escape", "enter")
        await settle(pilot)
        assert isinstance(app.screen, BatchOffer)
        assert "✓" in frame(app)
        lines = read(book, lambda view: people.by_ids(view, sorted(members)))
        assert {(line.tier, line.tier_origin) for line in lines} == {(silent.tier, "auto")}
        await pilot.press("escape", "u")
        await settle(pilot)
        assert "Take it back?" in frame(app)
        await pilot.press("y")
        await settle(pilot)
        assert members <= screen(app).sitting.left
    assert {tiers(book)[person] for person in members} == {""}


async def test_batches_come_unasked_once_and_again_when_asked(vitalfew: Make) -> None:
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        await pilot.press("1", "2")
        await settle(pilot)
        assert isinstance(app.screen, TriageScreen)
        await pilot.press("B")
        await settle(pilot)
        assert isinstance(app.screen, BatchOffer)


async def test_a_search_narrows_the_queue_and_esc_brings_all_back(
    vitalfew: Make, book: Path
) -> None:
    found = read(
        book, lambda view: finding.narrow(triage.queue(view), finding.parse("source:linkedin"))
    )
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        everybody = len(screen(app).sitting.left)
        await press(pilot, "slash")
        await pilot.press(*"source:linkedin", "enter")
        await settle(pilot)
        assert f"{len(found):,} of {everybody:,}" in frame(app)
        assert current(app) == found[0].id
        await pilot.press("c")
        assert current(app) == found[1].id
        await pilot.press("n")
        assert current(app) == found[2].id
        await pilot.press("N")
        assert current(app) == found[1].id
        await pilot.press("escape")
        await settle(pilot)
        assert f"{everybody - 1:,} left of" in frame(app)
        await press(pilot, "slash")
        await press(pilot, *"nobodyatall", "enter")
        assert "Nobody is left who answers to “nobodyatall”" in frame(app)
    assert tiers(book)[found[0].id] == "C"


async def test_after_twenty_five_in_a_row_the_rest_is_offered_as_suggested(
    vitalfew: Make, phone: Path
) -> None:
    app = vitalfew(phone, start="triage")
    async with at_the_cards(app) as pilot:
        await press(pilot, *["c"] * 24)
        assert "in a row" not in frame(app)
        await pilot.press("d")
        await settle(pilot)
        assert "25 in a row in C or D. F files the other 7 as suggested" in frame(app)
        await pilot.press("F")
        await settle(pilot)
        assert "File the other 7 as suggested?" in frame(app)
        await pilot.press("y")
        await settle(pilot)
        assert "Everybody is sorted." in frame(app)
        automatic = read(
            phone, lambda view: finding.narrow(people.everybody(view), finding.parse("tier:auto"))
        )
        assert len(automatic) == 7
        await pilot.press("u")
        await settle(pilot)
        assert len(screen(app).sitting.left) == 7


async def test_an_empty_book_says_how_people_come_in(vitalfew: Make, tmp_path: Path) -> None:
    app = vitalfew(tmp_path / "empty.db", start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Nobody is in the book yet." in frame(app)
        assert "brings people in" in frame(app)
        await pilot.press("a", "enter", "right", "left", "B", "F", "tab", "space", "d", "escape")
        await settle(pilot)
        assert isinstance(app.screen, TriageScreen)
