from __future__ import annotations

from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.text import clean
from tests.book import raw
from tests.support import HOSTILE, SIZES, SMALL, frame, is_calm, same_frame, settle
from tests.tui.conftest import MORNING
from tests.tui.screens import merge_desk
from tests.tui.screens.merge_desk import Card, current, draft, homes, merging, press, screen
from tui.messages import Compared

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.screens.merge_desk import Make


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("pair", "n j right"),
        ("group", "n n G minus"),
        ("certain", ""),
        ("certain-asks", "A"),
        ("equal", "n n n v"),
        ("queue", "tab j"),
    ],
)
async def test_the_screen_is_painted_as_it_was(
    vitalfew: Make, alike: Path, size: tuple[int, int], name: str, keys: str
) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app, size) as pilot:
        await press(pilot, *keys.split())
        same_frame(app, f"merge-{name}")


@SIZES
async def test_a_question_of_a_re_import_is_painted_as_it_was(
    vitalfew: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    book = tmp_path / "asked.db"
    merge_desk.ask(book)
    app = vitalfew(book, start="merge")
    async with merging(app, size):
        same_frame(app, "merge-question")


@SIZES
async def test_a_book_in_which_nothing_is_left_to_merge_says_so(
    vitalfew: Make, alike: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app, size) as pilot:
        await press(pilot, "x", "x", "x", "x")
        same_frame(app, "merge-nothing")


async def test_an_empty_book_says_how_to_begin(vitalfew: Make, tmp_path: Path) -> None:
    book = tmp_path / "empty.db"
    Bus(book, clock=MORNING).close()
    app = vitalfew(book, start="merge")
    async with merging(app) as pilot:
        assert "Nobody is in the book yet." in frame(app)
        await press(pilot, *"xfzevn", "enter", "right", "space", "minus", "A", "tab", "p", "y")
        assert "Nobody is in the book yet." in frame(app)


async def test_while_entries_are_compared_it_says_how_far_that_is(
    vitalfew: Make, tmp_path: Path
) -> None:
    book = tmp_path / "some.db"
    merge_desk.make(book, merge_desk.COUPLE)
    with closing(raw(book)) as connection:
        connection.execute("DELETE FROM unmatched WHERE id > 1")
    app = vitalfew(book, start="merge")
    async with merging(app) as pilot:
        assert "Nothing to merge" in frame(app)
        for app.matching.done in (0.1, 0.42):
            screen(app).post_message(Compared(app.matching.done))
            await settle(pilot)
        assert "Comparing 1 entry: 42%" in frame(app)
        app.matching.done = None
        merge_desk.alike(book, (1, 2), merge_desk.LIKELY)
        screen(app).post_message(Compared(None))
        await settle(pilot)
        assert current(app).people == (1, 2)


async def test_a_question_is_answered_and_taken_back(vitalfew: Make, tmp_path: Path) -> None:
    book = tmp_path / "asked.db"
    person = merge_desk.ask(book)
    app = vitalfew(book, start="merge")
    async with merging(app, notifications=True) as pilot:
        await press(pilot, "x")
        assert "a question: enter keeps what is marked" in frame(app)
        await press(pilot, "z")
        assert current(app).people == (person,)
        await press(pilot, "right", "enter")
        assert screen(app).sitting.current is None
        await press(pilot, "u")
        assert current(app).people == (person,)
        await press(pilot, "enter")
    again = vitalfew(book, start="merge")
    async with merging(again):
        assert screen(again).sitting.current is None


@SIZES
async def test_hostile_entries_are_shown_as_what_they_are_and_merged_whole(
    vitalfew: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    book = tmp_path / "hostile.db"
    cards = tuple(
        Card("google", "2026-01-01", name or "-", (("org", name), ("note", name)))
        for name in HOSTILE
    )
    (ids,) = merge_desk.make(book, cards)
    for low, high in pairwise(ids):
        why = (clean(f"both '{HOSTILE[low - 1][:200]}'").replace("\n", " "),)
        merge_desk.alike(book, (low, high), merge_desk.LIKELY, why=why, against=why)
    app = vitalfew(book, start="merge")
    async with merging(app, size) as pilot:
        while screen(app).sitting.current:
            assert is_calm(frame(app))
            await press(pilot, "j", "right", "space", "j", "v")
            assert is_calm(frame(app))
            people = len(draft(app).people)
            await press(pilot, "enter")
            assert people > 1
    assert len(set(homes(book).values())) < len(ids)


async def test_a_group_larger_than_the_window_scrolls_to_every_value(
    vitalfew: Make, tmp_path: Path
) -> None:
    book = tmp_path / "many.db"
    cards = tuple(
        Card("google", "2026-01-01", f"Ada Wong {at}", (("org", f"Firm {at}"),)) for at in range(8)
    )
    (ids,) = merge_desk.make(book, cards)
    merge_desk.all_alike(book, ids, merge_desk.LIKELY)
    app = vitalfew(book, start="merge")
    async with merging(app, SMALL) as pilot:
        seen = set()
        for _ in range(24):
            seen |= {words for words in frame(app).splitlines() if "▸" in words}
            await press(pilot, "j")
        shown = "\n".join(seen)
        assert all(f"Firm {at}" in shown and f"Ada Wong {at}" in shown for at in range(8))
