from __future__ import annotations

import pytest
from textual.app import App
from textual.binding import Binding

from tests.support import frame
from tui import key_guide, theme
from tui.actions import ACTIONS, BY_ID, CONTEXTS, SCREENS, bindings, for_context, keys_of
from tui.screens.help import HelpScreen
from tui.widgets.header_tabs import HeaderTabs
from tui.widgets.key_footer import KeyFooter
from tui.widgets.row_list import RowList


def test_every_action_has_a_name_of_its_own_and_lives_somewhere() -> None:
    assert len(BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        assert action.contexts
        assert set(action.contexts) <= set(CONTEXTS)
        assert action.help.endswith((".", '"', '".'))


@pytest.mark.parametrize("context", SCREENS)
def test_no_key_means_two_things_on_one_screen(context: str) -> None:
    keys = [key for action in for_context(context) for key in keys_of(action)]
    assert len(keys) == len(set(keys))


def test_no_key_of_a_module_that_is_not_built_is_there() -> None:
    taken = {key for action in ACTIONS for key in keys_of(action)}
    assert "9" not in taken
    assert {a.id for a in ACTIONS if "c" in keys_of(a)} == {"triage.file-c", "person.contact"}


def test_every_binding_carries_its_id_so_that_a_key_map_can_move_it() -> None:
    for context in CONTEXTS:
        for binding in bindings(context):
            assert isinstance(binding, Binding)
            assert binding.id in BY_ID


def test_the_list_does_what_the_registry_says_it_does() -> None:
    for action in for_context("list"):
        assert hasattr(RowList, "action_" + action.do.partition("(")[0])


def test_the_bottom_line_joins_neighbours_and_names_keys_as_people_do() -> None:
    line = key_guide.footer("triage")
    assert line[:4] == [
        (("enter",), "suggested"),
        (("a", "b", "c", "d"), "file"),
        (("right",), "skip"),
        (("left",), "back"),
    ]
    assert line[-1] == (("question_mark",), "?")


def test_the_bottom_line_and_the_help_show_the_users_keys() -> None:
    keymap = {"focus.done": "f5,d"}
    assert (("f5",), "done") in key_guide.footer("focus", keymap)
    assert ("f5 d", "done") in [row[:2] for row in key_guide.help_groups("focus", keymap)["Today"]]


def test_the_table_of_keys_names_every_action_once() -> None:
    table = key_guide.key_table()
    assert table.count("\n") == len(ACTIONS) + 2
    assert "| everywhere, edit | `:` `ctrl+p` |" in table


class Bar(App[None]):
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, extra: str = "") -> None:
        super().__init__()
        theme.install(self)
        self.extra = extra
        self.pressed: list[str] = []

    def compose(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        tabs = HeaderTabs("triage")
        tabs.counts = {"triage": 1214}
        tabs.extra = self.extra
        yield tabs
        yield KeyFooter("triage", words={"suggested": "yes, A"})

    def on_key(self, event) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        self.pressed.append(event.key)


@pytest.mark.parametrize("width", [20, 33, 60, 74, 80, 160])
async def test_header_and_footer_fit_their_width_without_half_words(width: int) -> None:
    app = Bar("sample book: nothing is kept")
    async with app.run_test(size=(width, 5)):
        top, *_middle, bottom = frame(app).splitlines()
    words = {word for _keys, word in key_guide.footer("triage")} | {"yes, A"}
    assert bottom.endswith("?")
    for part in bottom.rstrip("?").strip().split("  "):
        assert not part or any(part.endswith(word) for word in words)
    assert len(top) <= width
    assert ("sample book" in top) == (width >= 80)
    assert ("1,214" in top) == (width in {74, 160})


async def test_a_click_on_a_tab_or_a_key_presses_it() -> None:
    app = Bar()
    async with app.run_test(size=(80, 5)) as pilot:
        top, *_middle, bottom = frame(app).splitlines()
        await pilot.click(offset=(top.index("People"), 0))
        await pilot.click(offset=(bottom.index("c d"), 4))
        await pilot.click(offset=(bottom.index("skip"), 4))
        await pilot.pause()
        assert app.pressed == ["4", "c", "right"]


async def test_help_lists_every_key_of_its_screen_and_closes() -> None:
    app = Bar()
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("escape", "q", "question_mark"):
            app.push_screen(HelpScreen("triage", "Triage"))
            await pilot.pause()
            seen = frame(app)
            await pilot.press("ctrl+d", "G")
            await pilot.pause()
            seen += frame(app)
            assert "Files the person as suggested" in seen
            assert "Out, from anywhere." in seen
            await pilot.press(key)
            assert not isinstance(app.screen, HelpScreen)
