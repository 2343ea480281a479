from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import App

from tests.support import frame, is_calm
from tui import safe, theme
from tui.widgets.line_box import LineBox
from tui.widgets.row_list import Look, RowList
from tui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Tiny(App[None]):
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        theme.install(self)
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        yield SearchBox("name, tier:a")
        rows: RowList[tuple[int, str]] = RowList(Look(lambda row, _width: safe.text(row[1])))
        yield rows

    def on_search_box_changed(self, event: SearchBox.Changed) -> None:
        self.told.append(event.text)

    def on_search_box_done(self) -> None:
        self.told.append("done")
        self.query_one(RowList).focus()

    def on_search_box_cleared(self) -> None:
        self.told.append("cleared")
        self.query_one(RowList).focus()

    @property
    def box(self) -> SearchBox:
        return self.query_one(SearchBox)


async def test_a_closed_box_takes_no_room_and_no_keys() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.press("a", "q", "tab")
        assert app.told == []
        assert isinstance(app.focused, RowList)
        assert "/" not in frame(app)


async def test_the_box_takes_every_letter_until_enter() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 6)) as pilot:
        app.box.open()
        await pilot.press("j", "q", "1", "slash", "enter")
        assert app.told == ["j", "jq", "jq1", "jq1/", "done"]
        assert isinstance(app.focused, RowList)
        assert frame(app).startswith(" / jq1/")


async def test_down_goes_to_the_list_and_the_words_stay() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 6)) as pilot:
        app.box.open("ada")
        await pilot.press("down")
        assert app.told[-1] == "done"
        assert app.box.text == "ada"
        app.box.open()
        await pilot.press("x")
        assert app.box.text == "adax", "opened again, it goes on at the end"


async def test_esc_clears_and_closes_and_says_so_once() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 6)) as pilot:
        app.box.open()
        app.box.note("12 of 1,862")
        await pilot.press("a", "escape")
        assert app.told == ["a", "cleared"]
        assert app.box.text == ""
        assert "12 of" not in frame(app)


async def test_enter_in_an_empty_box_closes_it() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 6)) as pilot:
        app.box.open()
        await pilot.press("enter")
        assert not app.box.display


async def test_pasted_escapes_are_shown_and_not_passed_on() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 6)) as pilot:
        app.box.open()
        await pilot.pause()
        app.query_one(LineBox).post_message(events.Paste("A\x1b]0;PWN\x07[/]"))
        await pilot.pause()
        assert app.box.text == "A␛]0;PWN␇[/]"
        assert is_calm(frame(app))
