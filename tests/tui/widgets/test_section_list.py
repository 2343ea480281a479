from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from tui import safe, theme
from tui.widgets.row_list import Look, RowList
from tui.widgets.section_list import SectionList

if TYPE_CHECKING:
    from textual.app import ComposeResult

Row = tuple[str, bool]


def listed() -> SectionList[Row]:
    return SectionList(Look(lambda row, _width: safe.text(row[0])), lambda row: row[1])


ROWS: list[Row] = [
    *(("head", True), ("a", False), ("b", False)),
    *(("gap", True), ("more", True), ("c", False), ("end", True)),
]


class Sections(App[None]):
    def __init__(self) -> None:
        super().__init__()
        theme.install(self)
        self.list = listed()
        self.chosen: list[Any] = []

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.load(ROWS)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.chosen.append(event.row)


async def test_the_cursor_passes_over_headings_both_ways() -> None:
    app = Sections()
    async with app.run_test(size=(40, 10)) as pilot:
        passed = []
        for key in ("", "j", "j", "j", "k", "g", "G"):
            if key:
                await pilot.press(key)
            assert app.list.row
            passed.append(app.list.row[0])
        assert passed == ["a", "b", "c", "c", "b", "a", "c"]


async def test_a_click_on_a_heading_chooses_nothing() -> None:
    app = Sections()
    async with app.run_test(size=(40, 10)) as pilot:
        for _ in range(3):
            await pilot.click(offset=(5, 3))
        assert app.chosen == []
        await pilot.click(offset=(5, 2))
        await pilot.click(offset=(5, 2))
        await pilot.pause()
        assert app.chosen == [("b", False)]


async def test_a_list_of_headings_alone_chooses_nothing() -> None:
    app = Sections()
    async with app.run_test(size=(40, 10)) as pilot:
        app.list.load([("head", True)])
        await pilot.press("j", "k", "G", "enter")
        await pilot.pause()
        assert app.chosen == []


@given(st.lists(st.booleans(), max_size=8), st.integers(-3, 12), st.integers(0, 7))
def test_wherever_it_is_sent_the_cursor_ends_on_a_row_if_there_is_one(
    headings: list[bool], to: int, start: int
) -> None:
    rows = listed()
    rows._rows = [(str(place), heading) for place, heading in enumerate(headings)]
    rows.set_reactive(RowList.cursor, min(start, max(0, len(headings) - 1)))
    at = rows.validate_cursor(to)
    assert at in range(max(1, len(headings)))
    if not all(headings):
        assert not headings[at]
