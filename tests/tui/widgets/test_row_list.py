from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import App

from tests.support import frame
from tui import safe, theme
from tui.widgets.row_list import Look, RowList

if TYPE_CHECKING:
    from collections.abc import Hashable

    from textual.app import ComposeResult
    from textual.content import Content


class Person(NamedTuple):
    id: int
    name: str


def people(*ids: int) -> list[Person]:
    return [Person(i, f"Person {i}") for i in ids]


class Tiny(App[None]):
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        theme.install(self)
        self.made = 0
        self.highlighted: list[Hashable] = []
        self.chosen: list[Hashable] = []

    def compose(self) -> ComposeResult:
        look = Look(
            self.line,
            header=lambda width: safe.columns(width, safe.Column("Name")),
            sign_of=lambda person: "✓" if person.id == 3 else "",
            empty="Nobody yet.\nPress 7 to bring people in.",
        )
        yield RowList(look)

    def line(self, person: Person, width: int) -> Content:
        self.made += 1
        return safe.columns(width, safe.Column(person.name))

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        self.highlighted.append(event.row.id if event.row else None)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.chosen.append(event.row.id)

    @property
    def rows(self) -> RowList[Any]:
        return self.query_one(RowList)


async def test_an_empty_list_says_what_to_do() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.press("j", "enter", "G")
        assert "Nobody yet.\n   Press 7 to bring people in." in frame(app)
        assert app.rows.row is None
        assert app.chosen == []


async def test_the_cursor_stands_before_its_row_and_marks_and_signs_beside_it() -> None:
    app = Tiny()
    async with app.run_test(size=(20, 6)) as pilot:
        app.rows.rows = people(1, 2, 3, 4)
        await pilot.press("j")
        app.rows.toggle_mark()
        await pilot.pause()
        assert frame(app).splitlines()[1:5] == [
            "   Person 1",
            "●  Person 2",
            "✓▸ Person 3",
            "   Person 4",
        ]
        assert app.rows.marks == {2}
        await pilot.press("k")
        app.rows.toggle_mark()
        await pilot.pause()
        assert app.rows.marks == set()
        assert " ✓ Person 3" not in frame(app)
        await pilot.press("G")
        assert " ✓ Person 3" in frame(app)


async def test_the_keys_walk_and_stay_inside() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 11)) as pilot:
        app.rows.rows = people(*range(100))
        for key, expected in (
            ("k", 0),
            ("j", 1),
            ("down", 2),
            ("up", 1),
            ("ctrl+d", 6),
            ("ctrl+u", 1),
            ("G", 99),
            ("j", 99),
            ("g", 0),
            ("end", 99),
        ):
            await pilot.press(key)
            assert app.rows.cursor == expected, key


async def test_the_window_moves_only_when_the_cursor_leaves_it() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 11)) as pilot:
        app.rows.rows = people(*range(100))
        await pilot.press(*"jjjjjjjjj")
        assert app.rows.scroll_offset.y == 0
        assert " ▸ Person 9" in frame(app)
        await pilot.press("j")
        assert app.rows.scroll_offset.y == 1
        await pilot.press(*"kkkkkkkkk")
        assert app.rows.scroll_offset.y == 1
        assert frame(app).startswith("   Name")


async def test_other_rows_keep_the_cursor_on_the_same_person() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 8)) as pilot:
        app.rows.rows = people(1, 2, 3, 4)
        await pilot.press("j", "j")
        app.rows.rows = people(9, 8, 7, 3, 1)
        await pilot.pause()
        assert app.rows.row == Person(3, "Person 3")
        app.rows.rows = people(9, 8, 7, 6, 1)
        assert app.rows.cursor == 3, "the place stays when the person is gone"
        app.rows.load(people(5, 6), top=True)
        await pilot.pause()
        assert app.rows.cursor == 0
        assert app.highlighted == [1, 2, 3, 6, 5]
        app.rows.rows = []
        await pilot.pause()
        assert app.highlighted[-1] is None


async def test_a_row_that_was_read_again_is_painted_again() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 8)) as pilot:
        app.rows.rows = people(1)
        await pilot.pause()
        app.rows.rows = [Person(1, "Ada Wong")]
        await pilot.pause()
        assert "Ada Wong" in frame(app)
        assert "Person 1" not in frame(app)


async def test_only_rows_in_sight_are_made() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 11)) as pilot:
        app.rows.rows = [Person(i, f"Person {i}") for i in range(100_000)]
        await pilot.pause()
        assert app.made <= 10
        await pilot.press("j")
        assert app.made <= 12, "a step makes two rows"
        await pilot.press("G")
        assert app.made <= 24
        assert "Person 99999" in frame(app)


async def test_enter_and_a_second_click_choose_and_one_click_selects() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 11)) as pilot:
        app.rows.rows = people(*range(30))
        await pilot.press("enter")
        await pilot.click(offset=(8, 4))
        assert (app.rows.cursor, app.chosen) == (3, [0])
        await pilot.click(offset=(12, 4))
        assert app.chosen == [0, 3]
        await pilot.click(offset=(8, 0))
        assert app.rows.cursor == 3, "the header is no row"


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    from textual.events import MouseScrollDown

    app = Tiny()
    async with app.run_test(size=(40, 11)) as pilot:
        app.rows.rows = people(*range(100))
        await pilot.pause()
        await pilot._post_mouse_events([MouseScrollDown], app.rows, offset=(5, 5))
        await pilot.pause(0.1)
        assert app.rows.scroll_offset.y > 0
        assert app.rows.cursor == 0


async def test_going_to_a_key_moves_there_or_says_no() -> None:
    app = Tiny()
    async with app.run_test(size=(40, 11)) as pilot:
        app.rows.rows = people(*range(50))
        assert app.rows.go_to(40)
        await pilot.pause()
        assert " ▸ Person 40" in frame(app)
        assert not app.rows.go_to(77)
        assert app.rows.cursor == 40
