from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from textual import events

from core.errors import UsageError
from core.queries import held, people
from tests.book import base, fresh
from tests.support import HOSTILE, SIZES, SMALL, frame, is_calm, read, same_frame, settle
from tests.tui.conftest import MORNING
from tests.tui.screens.edit_desk import importing
from tests.tui.test_typeahead import type_at_once
from tui.screens.add import AskPerson, understood
from tui.screens.edit import EditScreen
from tui.screens.people import PeopleScreen
from tui.screens.person import PersonScreen
from tui.widgets.line_box import LineBox
from tui.widgets.row_list import RowList
from tui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

RACHEL = "Rachel Green, Globex, r@globex.example"


def here(app: VitalfewApp) -> str:
    row = app.screen.query_one(RowList).row
    assert row is not None
    return str(row.name)


async def ask(pilot: Pilot[None], line: str) -> None:
    """Have the line about somebody new hold these words; two tests type them."""
    await pilot.press("plus")
    await settle(pilot)
    assert isinstance(pilot.app.screen, AskPerson)
    pilot.app.post_message(events.Paste(line))
    await settle(pilot)


def held_of(book: Path, name: str) -> dict[str, str]:
    (who,) = [line.id for line in read(book, people.everybody) if line.name == name]
    return {one.kind: one.value for one in read(book, partial(held.of_person, person=who))}


def test_the_pieces_of_a_line_are_told_as_they_were_understood() -> None:
    values, told = understood(f"{RACHEL}, mobile 079 123 45 67, shoe size: 39")
    assert told == (
        "name Rachel Green · work Globex · mail r@globex.example · "
        "phone mobile 079 123 45 67 · shoe size 39"
    )
    assert len(values) == 5
    with pytest.raises(UsageError):
        understood("  , ")


@SIZES
async def test_what_is_typed_is_told_and_who_has_the_address_is_named(
    vitalfew: Make, size: tuple[int, int]
) -> None:
    app = vitalfew(sample=True, start="people")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await ask(pilot, "Rachel Green, camille.laurent@laurent.example")
        same_frame(app, "add")
        await pilot.press("x")
        await settle(pilot)
        assert "already" not in frame(app), "another address is nobody's"


async def test_a_name_or_number_that_is_in_the_book_is_named_too(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await ask(pilot, "camille laurent")
        assert "! Camille Laurent has this name already" in frame(app)


@pytest.mark.parametrize("start", ["focus", "triage", "people"])
async def test_who_was_added_is_at_the_cursor_and_u_takes_them_back(
    vitalfew: Make, book: Path, start: str
) -> None:
    before = base(book)
    app = vitalfew(start=start)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("escape")
        await ask(pilot, RACHEL)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
        assert here(app) == "Rachel Green"
        assert "added Rachel Green — e edits, u takes it back" in frame(app)
        assert held_of(book, "Rachel Green")["email"] == "r@globex.example"
        await pilot.press("u")
        await settle(pilot)
        assert here(app) != "Rachel Green"
    after = base(book)
    assert (after["card"], after["fact"]) == (before["card"], before["fact"])


async def test_from_a_persons_page_too_and_e_edits_who_was_added(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        type_at_once(app, "plus", *"Rachel", "enter", "e", "a", "c", *"Rae", "enter", "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
        assert held_of(book, "Rachel") == {"name": "Rachel", "nickname": "Rae"}


async def test_a_line_that_was_refused_is_offered_again(vitalfew: Make, book: Path) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        async with importing(app):
            await ask(pilot, RACHEL)
            await pilot.press("enter")
            await settle(pilot)
            assert "an import is running" in frame(app)
            assert isinstance(app.screen, AskPerson)
            assert app.screen.query_one(LineBox).value == RACHEL
        await pilot.press("enter")
        await settle(pilot)
        assert here(app) == "Rachel Green"
    assert held_of(book, "Rachel Green")["email"] == "r@globex.example"


async def test_a_search_does_not_hide_who_was_added(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"berlin", "enter")
        await ask(pilot, RACHEL)
        await pilot.press("enter")
        await settle(pilot)
        assert here(app) == "Rachel Green"
        assert app.screen.query_one(SearchBox).text == ""
        await pilot.press("j", "k")
        assert here(app) == "Rachel Green"


@pytest.mark.parametrize("start", ["focus", "triage", "people"])
async def test_an_empty_book_says_how_and_takes_the_first_person(
    vitalfew: Make, tmp_path: Path, start: str
) -> None:
    book = tmp_path / "empty.db"
    fresh(book, clock=MORNING).close()
    app = vitalfew(book, start=start)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "adds somebody by hand" in frame(app)
        await pilot.press("e", "exclamation_mark")
        await settle(pilot)
        await ask(pilot, RACHEL)
        await pilot.press("enter")
        await settle(pilot)
        assert here(app) == "Rachel Green"


async def test_a_line_about_nobody_is_not_taken(vitalfew: Make, book: Path) -> None:
    before = base(book)
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("plus", "enter")
        await settle(pilot)
        assert "who is it?" in frame(app)
        await pilot.press(*"#choir", "enter")
        await settle(pilot)
        assert isinstance(app.screen, AskPerson)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
    assert base(book) == before


async def test_hostile_lines_are_shown_as_text_and_kept_without_escapes(
    vitalfew: Make, tmp_path: Path
) -> None:
    book = tmp_path / "empty.db"
    fresh(book, clock=MORNING).close()
    app = vitalfew(book, start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        for nasty in HOSTILE[5:14:2]:
            await ask(pilot, f"Eve {nasty[:300]}, {nasty[:300]}")
            assert app.screen.query_one(LineBox).value
            assert is_calm(frame(app))
            await pilot.press("enter")
            await settle(pilot)
            assert isinstance(app.screen, PeopleScreen)
            assert is_calm(frame(app))
        names = [line.name for line in read(book, people.everybody)]
        assert len(names) == len(HOSTILE[5:14:2])
        assert is_calm("\n".join(names))
        await pilot.press("e")
        await settle(pilot)
        assert isinstance(app.screen, EditScreen)
