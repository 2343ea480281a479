from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.promise import AddPromise, SettlePromise
from core.queries import people, promises
from core.queries.promises import PromiseLine
from tests.support import HOSTILE, LARGE, SIZES, SMALL, frame, is_calm, read, settle
from tests.tui.conftest import MORNING
from tests.tui.screens.edit_desk import importing
from tui import words
from tui.screens import promising
from tui.screens.person import PersonScreen
from tui.veil import Veil

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

TODAY = date(2026, 11, 21)


def ident(book: Path, name: str) -> int:
    return next(line.id for line in read(book, people.everybody) if line.name == name)


def owed(book: Path, name: str = "Camille Laurent") -> list[tuple[str, str, str, str]]:
    query = partial(promises.of_person, person=ident(book, name), settled=True)
    return [line[3:] for line in read(book, query)]


async def show(pilot: Pilot[None], book: Path, name: str = "Camille Laurent") -> None:
    await settle(pilot)
    pilot.app.push_screen(PersonScreen(ident(book, name)))
    await settle(pilot)


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ("", ""),
        ("2026-11-20", "1 day late"),
        ("2026-10-21", "31 days late"),
        ("2026-11-21", "today"),
        ("2026-11-22", "tomorrow"),
        ("2026-11-27", "Fri"),
        ("2026-11-28", "28 Nov"),
        ("2028-02-01", "Feb 2028"),
    ],
)
def test_when_it_is_due_is_told_in_a_word(due: str, told: str) -> None:
    assert words.by_when(due, TODAY) == told


@SIZES
async def test_p_and_P_note_it_with_the_day_shown_before_enter(  # noqa: N802 — the key is P
    vitalfew: Make, book: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *"camille", "enter")
        await press(pilot, "p", *"the deck fri")
        assert "I owe Camille Laurent" in frame(app)
        assert "the deck, by Fri 27 Nov, in 6 days" in frame(app)
        assert owed(book) == []
        await press(pilot, "enter")
        assert "promised Camille Laurent: the deck, by 27 Nov — u takes it back" in frame(app)
        await press(pilot, "P", *"an intro")
        assert "an intro, no day" in frame(app)
        await press(pilot, "enter", "enter")
        assert owed(book) == [("me", "the deck", "2026-11-27", ""), ("them", "an intro", "", "")]
        painted = frame(app)
        assert "I owe      the deck" in painted
        assert "owes me    an intro" in painted
        await press(pilot, "u", "u")
        assert owed(book) == []


async def test_a_day_alone_says_what_is_missing_and_esc_notes_nothing(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await show(pilot, book)
        await press(pilot, "p", *"fri", "enter")
        assert "what is promised? such as: the deck fri" in frame(app)
        await press(pilot, "escape")
        assert owed(book) == []


async def test_it_is_settled_where_it_stands_and_stays_as_quiet_history(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await show(pilot, book)
        await press(pilot, "p", *"the deck by yesterday", "enter")
        assert "1 day late" in frame(app)
        await press(pilot, "g", "space", "k")
        assert "my promise to Camille Laurent (the deck): kept" in frame(app)
        assert owed(book) == [("me", "the deck", "2026-11-20", "2026-11-21")]
        assert "promises   I owed the deck" in frame(app)
        assert "kept 21 Nov" in frame(app)
        await press(pilot, "u")
        assert owed(book) == [("me", "the deck", "2026-11-20", "")]
        await press(pilot, "g", "enter", "d")
        assert owed(book)[0][3] == "dropped"
        row = next(at for at, line in enumerate(screen(app)._left.rows) if line.promise)
        screen(app)._left.cursor = row
        await press(pilot, "space", "o")
        assert owed(book)[0][3] == ""


def screen(app: VitalfewApp) -> PersonScreen:
    assert isinstance(app.screen, PersonScreen)
    return app.screen


async def test_the_day_can_be_changed_or_taken_off_but_not_to_one_gone_by(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=LARGE) as pilot:
        await show(pilot, book)
        await press(pilot, "p", *"the deck fri", "enter")
        await press(pilot, "g", "space", "c", *"2026-11-20", "enter")
        assert "due today or on a day to come" in frame(app)
        await press(pilot, "escape", "space", "c", *"2 dec", "enter")
        assert owed(book) == [("me", "the deck", "2026-12-02", "")]
        await press(pilot, "space", "c", *"none", "enter")
        assert owed(book) == [("me", "the deck", "", "")]


async def test_space_on_another_row_says_which_keys_note_a_promise(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await show(pilot, book)
        assert "settle" not in frame(app).splitlines()[-1]
        await press(pilot, "space")
        assert "no promise at the cursor: p notes one of yours, P one of theirs" in frame(app)


async def test_while_an_import_runs_the_line_stays_to_be_tried_again(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *"camille", "enter")
        await press(pilot, "p", *"the deck fri")
        async with importing(app):
            await pilot.press("enter")
            await settle(pilot)
            assert "an import is running" in frame(app)
        await press(pilot, "enter")
        assert owed(book) == [("me", "the deck", "2026-11-27", "")]


@SIZES
async def test_what_is_promised_in_foreign_words_is_painted_calmly(
    vitalfew: Make, book: Path, size: tuple[int, int]
) -> None:
    bus = Bus(book, clock=MORNING)
    who = ident(book, "Camille Laurent")
    for place, what in enumerate(what for what in HOSTILE if what.strip()):
        done = bus.run(AddPromise((who,), "them" if place % 2 else "me", what, "2026-11-01"))
        assert done.command_id
    for promise in (1, 2, 3):
        bus.run(SettlePromise(promise, kept=promise > 1))
    bus.close()
    app = vitalfew(start="people")
    async with app.run_test(size=size) as pilot:
        await show(pilot, book)
        for key in "jjjjjj":
            await press(pilot, key)
            assert is_calm(frame(app))
        await press(pilot, "g", "space")
        assert is_calm(frame(app))


def test_many_settled_ones_are_counted(book: Path) -> None:
    line = PromiseLine(1, 1, "Ada", "me", "the deck", "", "2026-11-01")
    rows = promising.settled_rows([line] * 40, TODAY, 60)
    assert len(rows) == 13
    assert rows[-1].words == "… 28 more"
    assert promising.rows([line], TODAY, 60) == []
    assert book.exists()


def test_the_veil_covers_what_is_promised_and_leaves_what_is_decided_by() -> None:
    line = PromiseLine(7, 3, "Ada Wong", "them", "the Zurich deck", "2026-11-27", "dropped")
    shown = Veil().shown(line)
    assert (shown.id, shown.person, shown.owed_by) == (7, 3, "them")
    assert (shown.due, shown.kept) == ("2026-11-27", "dropped")
    assert "Ada" not in shown.name
    assert "Zurich" not in shown.what
    assert Veil().step("AddPromise", "promised Ada Wong: the deck", 1) == (
        "noted a promise of 1 person"
    )
