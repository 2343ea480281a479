from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.text import clean
from tests.book import base, entry, fresh, merge, rows, store
from tests.support import HOSTILE, LARGE, SIZES, SMALL, frame, is_calm, same_frame, settle
from tests.tui.conftest import MORNING
from tests.tui.screens.edit_desk import go_to, ident, open_form, values
from tests.tui.test_typeahead import type_at_once
from tui.screens.edit import EditScreen
from tui.screens.people import PeopleScreen
from tui.screens.person import PersonScreen
from tui.widgets.ask import AskLine
from tui.widgets.line_box import LineBox
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]


@SIZES
async def test_the_form_looks_as_it_was_drawn(
    vitalfew: Make, book: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(sample=True, start="people")
    async with app.run_test(size=size) as pilot:
        await open_form(pilot, ident(book, "Camille Laurent"))
        same_frame(app, "edit")
        go_to(app, "title")
        await pilot.press("enter", "ctrl+u", *"Director", "enter", "j", "x")
        await pilot.press("a", "p", "m", *"0171 392 00 12", "enter")
        await settle(pilot)
        same_frame(app, "edit-changed")


async def test_values_are_changed_cleared_and_added_as_one_step_that_u_takes_back(
    vitalfew: Make, book: Path
) -> None:
    who = ident(book, "Camille Laurent")
    before, steps = base(book), rows(book, "SELECT count(*) FROM command")
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await open_form(pilot, who)
        go_to(app, "title")
        await pilot.press("enter", "ctrl+u", *"Director", "enter", "j", "x")
        await pilot.press("a", "l", *"choir", "enter")
        await pilot.press("a", "n", *"likes tea", "enter", "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        assert "Director, Lumenfracht" in frame(app)
        assert "you changed it · LinkedIn" in frame(app), "what was cleared is to be seen"
        now = values(book, who)
        assert now["title"] == ["Director"]
        assert "email" not in now
        assert (now["label"], now["note"]) == (["choir"], ["likes tea"])
        ((old,),) = steps
        assert rows(book, "SELECT count(*) FROM command") == [(old + 1,)]
        await pilot.press("u")
        await settle(pilot)
        assert "took back: Camille Laurent" in frame(app)
        assert "Head of Operations, Lumenfracht" in frame(app)
    after = base(book)
    assert after["fact"] == before["fact"]


async def test_the_last_row_keeps_the_changes_too(vitalfew: Make, book: Path) -> None:
    who = ident(book, "Camille Laurent")
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, who)
        go_to(app, "nickname")
        await pilot.press("enter", *"Milou", "enter")
        await settle(pilot)
        assert "1 change, not kept yet" in frame(app)
        await pilot.press("G", "enter")
        await settle(pilot)
        assert values(book, who)["nickname"] == ["Milou"]


async def test_leaving_asks_only_when_something_was_changed(vitalfew: Make, book: Path) -> None:
    before = base(book)
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        who = ident(book, "Camille Laurent")
        for key in ("escape", "q", "ctrl+s"):
            await open_form(pilot, who)
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen, PersonScreen)
        form = await open_form(pilot, who)
        await pilot.press("x", "escape")
        await settle(pilot)
        assert "keep 1 change?" in frame(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is form, "esc leads back to the form, with the change"
        assert "1 change, not kept yet" in frame(app)
        await pilot.press("escape", "n")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        assert base(book) == before
        await open_form(pilot, who)
        await pilot.press("a", "c", *"Milou", "enter", "escape", "y")
        await settle(pilot)
        assert values(book, who)["nickname"] == ["Milou"]


async def test_a_refused_edit_leaves_the_form_open_with_what_was_typed(
    vitalfew: Make, tmp_path: Path
) -> None:
    book = tmp_path / "one.db"
    bus = fresh(book, clock=MORNING)
    store(bus, entry("Ada Wong"))
    bus.close()
    app = vitalfew(book, start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await open_form(pilot, 1)
        await pilot.press("x", "ctrl+s")
        await settle(pilot)
        assert "nothing would be left of them" in frame(app)
        assert isinstance(app.screen, EditScreen)
        assert "1 change, not kept yet" in frame(app)
        await pilot.press("x", "escape")
        await settle(pilot)
        assert values(book, 1)["name"] == ["Ada Wong"]


async def test_a_second_name_or_birthday_changes_the_one_there_is(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, ident(book, "Camille Laurent"))
        await pilot.press("a", "w")
        await settle(pilot)
        assert app.screen.query_one(LineBox).value == "Lumenfracht"
        await pilot.press("escape", "a", "b", *"soon", "enter")
        await settle(pilot)
        assert "no birthday I know" in frame(app)
        assert isinstance(app.screen, AskLine)


async def test_an_edited_value_says_what_the_source_says(vitalfew: Make, book: Path) -> None:
    who = ident(book, "Camille Laurent")
    app = vitalfew(start="people")
    async with app.run_test(size=LARGE) as pilot:
        for _ in range(2):  # an edit of an edit still knows the source's word
            await open_form(pilot, who)
            go_to(app, "org")
            await pilot.press("enter", *" SA", "enter", "ctrl+s")
            await settle(pilot)
        await open_form(pilot, who)
        line = next(line for line in frame(app).splitlines() if "SA SA" in line)
        assert "you, before: Lumenfracht" in line


async def test_values_of_merged_people_say_which_entry_they_are_from(
    vitalfew: Make, tmp_path: Path
) -> None:
    book = tmp_path / "two.db"
    bus = fresh(book, clock=MORNING)
    store(bus, entry("Robert Smith", ("email", "bob@x.example"), ("phone", "079 123 45 67")))
    store(bus, entry("Bob Smith", ("email", "bob@x.example")), kind="google", account="a@x.example")
    bus.run(merge(1, 2))
    bus.close()
    app = vitalfew(book, start="people")
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, 1)
        told = frame(app).splitlines()
        assert any("Bob Smith" in line and line.endswith("Google") for line in told)
        assert any("Robert Smith" in line and line.endswith("also · vCard") for line in told)
        assert any("bob@" in line and line.endswith("Google, vCard") for line in told)
        go_to(app, "email")
        await pilot.press("x", "ctrl+s")
        await settle(pilot)
        assert "email" not in values(book, 1), "the same address of the other entry is cleared too"


async def test_keys_typed_in_one_breath_reach_the_popups_they_are_for(
    vitalfew: Make, book: Path
) -> None:
    who = ident(book, "Camille Laurent")
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        pilot.app.push_screen(PersonScreen(who))
        await settle(pilot)
        type_at_once(app, "e", "a", "p", "w", *"0315550123", "enter", "a", "l", *"xeqa", "enter")
        type_at_once(app, "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        assert values(book, who)["phone"] == ["0315550123"]
        assert values(book, who)["label"] == ["xeqa"]


async def test_a_key_of_another_screen_does_nothing_in_the_form(vitalfew: Make, book: Path) -> None:
    before = base(book)
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        form = await open_form(pilot, ident(book, "Camille Laurent"))
        await pilot.press("1", "8", "u", "t", "l", "z", "d", "plus", "ctrl+r")
        await settle(pilot)
        assert app.screen is form
        await pilot.press("question_mark")
        await settle(pilot)
        assert "Keeps all changes as one step" in frame(app)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
    assert base(book) == before


async def test_marked_people_are_not_edited_at_once(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("space", "space", "e")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
        assert "one at a time" in frame(app)


async def test_hostile_values_are_shown_as_text_and_kept_as_they_are(
    vitalfew: Make, tmp_path: Path
) -> None:
    book = tmp_path / "nasty.db"
    bus = fresh(book, clock=MORNING)
    nasty = [clean(one) for one in HOSTILE]
    facts = [(kind, one) for one in nasty for kind in ("note", "label", "custom")]
    store(bus, entry("[/] \x1b]0;x\x07", *facts))
    bus.close()
    before = values(book, 1)
    app = vitalfew(book, start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        form = await open_form(pilot, 1)
        listed = form.query_one(RowList)
        for place in range(0, len(listed.rows), 15):
            listed.cursor = place
            await settle(pilot)
            assert is_calm(frame(app))
        for note in [row for row in listed.rows if row.kind == "note"][::3]:
            listed.go_to(note.key)
            await pilot.press("enter")
            await settle(pilot)
            assert is_calm(frame(app))
            if isinstance(app.screen, AskLine):
                await pilot.press("enter")
        await settle(pilot)
        assert app.screen is form
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen), "what was entered as it was is no change"
    assert values(book, 1) == before


async def test_pasted_escapes_become_pictures(vitalfew: Make, book: Path) -> None:
    from textual import events

    who = ident(book, "Camille Laurent")
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, who)
        await pilot.press("a", "n")
        await settle(pilot)
        app.post_message(events.Paste("a\x1b]0;PWNED\x07b\u202ec"))
        await settle(pilot)
        assert is_calm(frame(app))
        await pilot.press("enter", "ctrl+s")
        await settle(pilot)
        (note,) = values(book, who)["note"]
        assert note.isprintable()
        assert "PWNED" in note


@pytest.mark.parametrize(("answer", "nicknames"), [("y", ["Milou"]), ("n", [])])
async def test_ctrl_q_asks_what_becomes_of_the_changes_and_then_ends_the_program(
    vitalfew: Make, book: Path, answer: str, nicknames: list[str]
) -> None:
    who = ident(book, "Camille Laurent")
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        form = await open_form(pilot, who)
        await pilot.press("a", "c", *"Mi", "ctrl+q")
        await settle(pilot)
        assert "esc closes what lies over it" in frame(app), "what is typed is still there"
        await pilot.press(*"lou", "enter", "ctrl+q")
        await settle(pilot)
        assert "keep 1 change?" in frame(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is form
        assert "1 change, not kept yet" in frame(app)
        assert app.return_code is None
        await pilot.press("ctrl+q")
        await settle(pilot)
        await pilot.press(answer)
        await pilot.pause()
    assert app.return_code == 0
    assert values(book, who).get("nickname", []) == nicknames


async def test_ctrl_q_ends_the_program_from_a_form_without_changes(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, ident(book, "Camille Laurent"))
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert app.return_code == 0
