from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from tui import theme
from tui.actions import ACTIONS, BY_ID
from tui.keymap import check
from tui.widgets.row_list import Look, RowList


def test_no_entries_are_no_complaints() -> None:
    assert check({}) == ({}, [])


def test_good_keys_stand_in_textuals_names() -> None:
    checked = check({"list.down": "ctrl+n, j", "app.palette": "&"})
    assert checked == ({"list.down": "ctrl+n,j", "app.palette": "ampersand"}, [])


def test_an_unknown_action_is_named_with_the_nearest() -> None:
    assert check({"focus.don": "f5"}).complaints == [
        'keys: there is no action "focus.don"; perhaps "focus.done"'
    ]


@pytest.mark.parametrize("keys", ["", "ctrl+", "hyperspace", "a,,b", "ctrl+ctrl", "\x1b", 7, None])
def test_what_is_no_key_is_left_out_with_a_sentence(keys: object) -> None:
    checked = check({"focus.done": keys})
    assert checked.keys == {}
    assert checked.complaints[0].startswith('keys: "focus.done" stays as it was: ')


def test_a_key_that_something_else_has_there_is_left_out() -> None:
    checked = check({"focus.done": "u"})
    assert checked.keys == {}
    assert checked.complaints == [
        'keys: "focus.done" stays as it was: u is already the key of "app.undo"'
    ]


def test_two_actions_may_swap_their_keys() -> None:
    swapped = {"list.down": "k,up", "list.up": "j,down"}
    assert check(swapped) == (swapped, [])


def test_one_key_may_mean_two_things_on_two_screens() -> None:
    entries = {"focus.done": "f5", "people.mark": "f5"}
    assert check(entries) == (entries, [])


def test_of_two_entries_with_one_key_the_later_yields() -> None:
    checked = check({"focus.done": "f5", "focus.more": "f5"})
    assert checked.keys == {"focus.done": "f5"}
    assert len(checked.complaints) == 1


def test_a_character_whose_name_cannot_be_read_back_is_refused() -> None:
    checked = check({"app.back": "😍", "app.quit": "_", "app.help": "ä"})
    assert checked.keys.keys() == {"app.quit", "app.help"}
    assert check(checked.keys) == (checked.keys, [])


@given(
    st.dictionaries(
        st.sampled_from(sorted(BY_ID)) | st.text(max_size=8),
        st.sampled_from(sorted({key for action in ACTIONS for key in action.keys.split(",")}))
        | st.text(max_size=8)
        | st.integers(),
        max_size=6,
    )
)
def test_whatever_is_written_what_stands_has_no_clash(entries: dict[str, Any]) -> None:
    checked = check(entries)
    assert set(checked.keys) <= set(BY_ID)
    assert len(checked.keys) + len(checked.complaints) == len(entries)
    assert check(checked.keys) == (checked.keys, [])


async def test_a_moved_key_works_and_the_old_one_does_not() -> None:
    class Tiny(App[None]):
        def compose(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
            yield RowList(Look(lambda row, _width: row[1]))

    app = Tiny()
    theme.install(app)
    async with app.run_test() as pilot:
        app.set_keymap(check({"list.down": "ctrl+n"}).keys)
        from tui import safe

        rows: RowList[Any] = app.query_one(RowList)
        rows.rows = [(i, safe.text("x")) for i in range(5)]
        await pilot.press("j", "down")
        assert rows.cursor == 0
        await pilot.press("ctrl+n")
        assert rows.cursor == 1
