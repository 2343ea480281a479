from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App

from core.errors import UsageError
from tests.support import frame
from tui import theme
from tui.widgets.ask import AskLine, Confirm
from tui.widgets.choose import Choose, Option

if TYPE_CHECKING:
    from textual.screen import Screen

NOTHING = object()


class Tiny(App[None]):
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        theme.install(self)
        self.answer: Any = NOTHING

    def ask(self, popup: Screen[Any]) -> None:
        self.push_screen(popup, self.answered)

    def answered(self, answer: object) -> None:
        self.answer = answer


def days(line: str) -> tuple[int, str]:
    if not line.isdigit():
        raise UsageError(f'"{line}" is no number of days')
    return int(line), f"in {line} days"


TIERS: list[Option[Any]] = [
    Option("a", "A", "A", "every 21 days"),
    Option("g", "gone", None),
    Option("d", "D", "D"),
]


@pytest.mark.parametrize(
    ("key", "expected"), [("y", True), ("enter", True), ("n", False), ("escape", False)]
)
async def test_a_question_is_answered_by_one_key(key: str, expected: bool) -> None:
    app = Tiny()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(Confirm("Take back 37 changes?", "take back", "leave them"))
        await pilot.pause()
        assert "y take back    n leave them" in frame(app)
        await pilot.press("x", "1")
        assert app.answer is NOTHING
        await pilot.press(key)
        assert app.answer is expected


async def test_a_click_on_a_word_answers_too() -> None:
    app = Tiny()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(Confirm("Take back?", "take back", "leave them"))
        await pilot.pause()
        lines = frame(app).splitlines()
        y = next(at for at, line in enumerate(lines) if "leave them" in line)
        await pilot.click(offset=(lines[y].index("leave"), y))
        await pilot.pause()
        assert app.answer is False


async def test_a_line_is_read_while_it_is_typed_and_taken_once_it_can_be_read() -> None:
    app = Tiny()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(AskLine("wait", "how many days", days))
        await pilot.pause()
        assert "how many days" in frame(app)
        await pilot.press("x")
        assert '! "x" is no number of days' in frame(app)
        await pilot.press("enter")
        assert app.answer is NOTHING
        await pilot.press("backspace", "1", "4")
        assert "in 14 days" in frame(app)
        await pilot.press("enter")
        assert app.answer == 14


async def test_esc_leaves_a_line_and_takes_nothing() -> None:
    app = Tiny()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(AskLine("wait", "how many days", days, "21"))
        await pilot.pause()
        assert "in 21 days" in frame(app)
        await pilot.press("escape")
        assert app.answer is None


async def test_a_letter_takes_its_choice_even_where_the_list_has_a_use_for_it() -> None:
    app = Tiny()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(Choose("tier", TIERS))
        await pilot.pause()
        assert " ▸ a   A" in frame(app)
        await pilot.press("d")
        assert app.answer == "D"
        app.ask(Choose("tier", [Option("a", "A", 1), Option("g", "G", 2)]))
        await pilot.pause()
        await pilot.press("g")
        assert app.answer == 2


async def test_a_choice_can_be_walked_to_and_left() -> None:
    app = Tiny()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(Choose("tier", TIERS))
        await pilot.pause()
        await pilot.press("j", "j", "enter")
        assert app.answer == "D"
        app.answer = NOTHING
        app.ask(Choose("tier", TIERS))
        await pilot.pause()
        await pilot.press("1", "escape")
        assert app.answer is None
