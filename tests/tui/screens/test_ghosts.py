from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.commands.store_talks import Part
from core.queries import ghosts
from core.queries.people import everybody
from tests.book import fresh, people
from tests.said import message, store
from tests.support import HOSTILE, LARGE, SIZES, SMALL, frame, is_calm, read, same_frame, settle
from tests.tui.screens.import_desk import press
from tui.screens.ghosts import GhostsScreen
from tui.screens.log_thread import LogThreadScreen
from tui.widgets.choose_person import ChoosePerson
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from core.queries.ghosts import Ghost
    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

ANNA, BEN, ZED = "anna@berg.example", "ben@x.example", "zed@x.example"


@pytest.fixture
def chatty(tmp_path: Path) -> Path:
    """Two people in the book, and three who are not; one bears the name of one who is."""
    book = tmp_path / "chatty.db"
    with closing(fresh(book)) as bus:
        people(bus, "Anna Berg", "Ben Ortiz")
        talks = []
        for times, (address, name) in enumerate(((ZED, ""), (BEN, "Ben O."), (ANNA, "Anna Berg"))):
            for number in range(2 * times + 2):
                part = Part("email", address, "", name, "to" if number % 2 else "from")
                said = message(
                    10 * times + number, f"about the boat {number}", thread=address, channel="mail"
                )
                way = "out" if number % 2 else "in"
                talks.append(said._replace(parts=(part,), direction=way))
        store(bus, talks)
    return book


def listed(app: VitalfewApp) -> list[Ghost]:
    screen = next(one for one in app.screen_stack if isinstance(one, GhostsScreen))
    return list(screen.query_one("#ghosts", RowList).rows)


def in_book(book: Path) -> dict[str, tuple[str, str]]:
    return {one.name: (one.email, one.talked) for one in read(book, everybody)}


async def open_list(pilot: Pilot[None]) -> None:
    """From the Log screen, by the key that it shows."""
    await settle(pilot)
    await press(pilot, "b")
    assert isinstance(pilot.app.screen, GhostsScreen)


@SIZES
async def test_the_log_tells_how_many_are_not_in_the_book_and_lists_them(
    vitalfew: Make, chatty: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(chatty, start="log")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "12 talks · 3 not in your book" in frame(app)
        await open_list(pilot)
        assert [one.value for one in listed(app)] == [ANNA, BEN, ZED]
        assert "perhaps: Anna Berg" in frame(app)
        same_frame(app, "ghosts")
        await press(pilot, "enter")
        assert isinstance(app.screen, ChoosePerson)
        same_frame(app, "choose-person")


async def test_plus_makes_a_person_and_the_next_one_is_at_the_cursor(
    vitalfew: Make, chatty: Path
) -> None:
    app = vitalfew(chatty, start="log")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await open_list(pilot)
        await pilot.press("j", "plus")
        await settle(pilot)
        assert "added Ben O. — u takes it back" in frame(app)
        assert in_book(chatty)["Ben O."] == (BEN, "2019-03-05")
        row = app.screen.query_one(RowList).row
        assert row is not None
        assert row.value == ZED
        await pilot.press("u")
        await settle(pilot)
        assert [one.value for one in listed(app)] == [ANNA, BEN, ZED]
    assert "Ben O." not in in_book(chatty)


async def test_who_bears_the_same_name_is_offered_first(vitalfew: Make, chatty: Path) -> None:
    app = vitalfew(chatty, start="log")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await open_list(pilot)
        await press(pilot, "enter", "enter")
        assert "Anna Berg is Anna Berg" in frame(app)
        assert in_book(chatty)["Anna Berg"] == (ANNA, "2019-03-06")
        assert len(listed(app)) == 2


async def test_somebody_of_another_name_is_found_as_it_is_typed(
    vitalfew: Make, chatty: Path
) -> None:
    app = vitalfew(chatty, start="log")
    async with app.run_test(size=SMALL) as pilot:
        await open_list(pilot)
        await pilot.press("G", "enter", *"ortz", "enter")
        await settle(pilot)
        assert in_book(chatty)["Ben Ortiz"][0] == ZED
        assert [one.value for one in listed(app)] == [ANNA, BEN]


async def test_x_leaves_somebody_out_for_good_and_u_takes_that_back(
    vitalfew: Make, chatty: Path
) -> None:
    app = vitalfew(chatty, start="log")
    async with app.run_test(size=SMALL) as pilot:
        await open_list(pilot)
        await press(pilot, "x")
        assert [one.value for one in listed(app)] == [BEN, ZED]
        await pilot.press("q", "b")
        await settle(pilot)
        assert len(listed(app)) == 2
        await pilot.press("u")
        await settle(pilot)
        assert len(listed(app)) == 3
    assert len(in_book(chatty)) == 2


async def test_all_who_are_marked_become_people_in_one_step(vitalfew: Make, chatty: Path) -> None:
    app = vitalfew(chatty, start="log")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await open_list(pilot)
        await press(pilot, "space", "space")
        assert "2 marked" in frame(app)
        await pilot.press("escape", "k", "space", "space")
        await settle(pilot)
        await press(pilot, "plus")
        assert "added 2 people" in frame(app)
        assert [one.value for one in listed(app)] == [ANNA]
        assert not app.screen.query_one(RowList).marks
        await pilot.press("u")
        await settle(pilot)
    assert len(in_book(chatty)) == 2


async def test_several_addresses_of_one_person_are_joined_together(
    vitalfew: Make, chatty: Path
) -> None:
    app = vitalfew(chatty, start="log")
    async with app.run_test(size=SMALL) as pilot:
        await open_list(pilot)
        await pilot.press("j", "space", "space", "enter")
        await settle(pilot)
        assert "who in your book is these 2?" in frame(app)
        await pilot.press(*"ben", "enter")
        await settle(pilot)
        assert [one.value for one in listed(app)] == [ANNA]
    assert in_book(chatty)["Ben Ortiz"][1] == "2019-03-05"


async def test_tab_shows_what_was_said_and_n_the_next_one(vitalfew: Make, chatty: Path) -> None:
    app = vitalfew(chatty, start="log")
    async with app.run_test(size=SMALL) as pilot:
        await open_list(pilot)
        await press(pilot, "tab")
        assert isinstance(app.screen, LogThreadScreen)
        assert "Anna Berg" in frame(app)
        assert "about the boat 5" in frame(app)
        await pilot.press("n")
        await settle(pilot)
        assert "Ben O." in frame(app)
        await pilot.press("q")
        await settle(pilot)
        row = app.screen.query_one(RowList).row
        assert row is not None
        assert row.value == BEN


async def test_once_nobody_is_left_the_list_says_what_to_do_next(
    vitalfew: Make, chatty: Path
) -> None:
    app = vitalfew(chatty, start="log")
    async with app.run_test(size=SMALL) as pilot:
        await open_list(pilot)
        await pilot.press("space", "space", "space", "x")
        await settle(pilot)
        assert "Everybody you talk with is in your book" in frame(app)
        assert "make a person" not in frame(app)
        for key in ("plus", "x", "space", "enter", "tab", "escape"):
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen, GhostsScreen)
        await pilot.press("q")
        await settle(pilot)
        assert "not in" not in frame(app), "where there is nobody no key offers them"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_names_and_words_from_outside_do_no_harm(
    vitalfew: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    book = tmp_path / "hostile.db"
    with closing(fresh(book)) as bus:
        talks = []
        for place, text in enumerate(HOSTILE):
            clean = text.replace("\0", "").encode("utf-8", "replace").decode()
            for back in (0, 1):
                role = "to" if back else "from"
                part = Part("email", f"a{place}@x.example", "", clean, role)
                said = message(2 * place + back, clean, out=bool(back))
                talks.append(said._replace(parts=(part,)))
        store(bus, talks)
    app = vitalfew(book, start="log")
    async with app.run_test(size=size, notifications=True) as pilot:
        await open_list(pilot)
        for _ in listed(app):
            assert is_calm(frame(app))
            await pilot.press("j")
        await pilot.press("enter", "escape", "plus")
        await settle(pilot)
        assert is_calm(frame(app))
        assert len(read(book, everybody)) == 1


@SIZES
async def test_under_the_veil_nobody_is_named_and_the_keys_mean_the_same(
    vitalfew: Make, chatty: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(chatty, start="log", veiled=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        await open_list(pilot)
        for keys in ("j", "k", "enter", "escape", "tab", "q", "enter enter"):
            await pilot.press(*keys.split())
            await settle(pilot)
            painted = frame(app).lower()
            assert not any(word in painted for word in ("anna", "berg", "zed", "boat", "ben o"))
    assert in_book(chatty)["Anna Berg"][0] == ANNA
    assert [one.value for one in read(chatty, ghosts.ghosts)] == [BEN, ZED]
