from __future__ import annotations

from typing import TYPE_CHECKING

from core.queries import people
from tests.book import rows
from tests.support import LARGE, SMALL, frame, read, settle
from tests.tui.screens.merge_desk import (
    answers,
    ask,
    current,
    draft,
    field,
    homes,
    merges,
    merging,
    press,
    screen,
)
from tui.screens.merge import MergeScreen
from tui.screens.person import PersonScreen
from tui.widgets.ask import AskLine, Confirm

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.screens.merge_desk import Make

SMITHS, GROUP, EQUALS, COUPLE = (1, 2), (3, 4, 5, 6), (7, 8), (9, 10)


async def test_it_opens_on_the_first_certain_one_and_enter_merges_it(
    vitalfew: Make, alike: Path
) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app, notifications=True) as pilot:
        assert current(app).people == EQUALS
        assert "Nothing to decide: everything is kept. enter merges." in frame(app)
        await press(pilot, "enter")
        assert "4 of 4 values kept — u takes it back" in frame(app)
        assert current(app).people == SMITHS
    assert homes(alike)[8] == 7


async def test_a_pair_of_four_conflicts_is_whole_at_80_by_24(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app, SMALL) as pilot:
        await press(pilot, "n")
        painted = frame(app)
    for words in (
        *("Bob Smith and Robert Smith", "likely, 98 % · 1 of 2", "LinkedIn and Google"),
        *("given name 'Bob'", "but different employer", "(•) Robert Smith", "( ) Bob Smith"),
        *("(•) Head of Operations, Globex", "( ) Analyst, Acme", "“formerly”", "“also”"),
        *("(•) 3 May 1980", "( ) 4 June 1981", "(•) A", "( ) C", "LinkedIn, Mar 2024"),
        *("13 values, all 13 kept", "1 e-mail, 1 phone, 1 note kept from both"),
        *("1 equal (v shows)", "enter merge", "x different", "z later", "f family"),
    ):
        assert words in painted


async def test_the_values_that_are_marked_are_those_that_show(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        await press(pilot, "n", "j", "right", "j", "j", "right", "j", "j", "j", "left", "enter")
    (one,) = read(alike, lambda view: people.by_ids(view, [1]))
    assert (one.name, one.org, one.tier) == ("Bob Smith", "Acme", "C")
    assert homes(alike)[2] == 1
    kept = {row[0] for row in rows(alike, "SELECT value FROM fact WHERE kind = 'name'")}
    assert {"Bob Smith", "Robert Smith"} <= kept


async def test_left_and_right_go_through_the_values_of_a_field(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        await press(pilot, "n", "n")
        name = draft(app).fields[0]
        assert len(name.options) == 4
        seen = []
        for _ in range(5):
            await press(pilot, "right")
            seen.append(draft(app).chosen(name)[0])
        assert seen == [1, 2, 3, 0, 1]
        await press(pilot, "left", "left")
        assert draft(app).chosen(name) == [3]
        await press(pilot, "g", "right")
        assert draft(app).chosen(name) == [0]


async def test_space_has_both_show_and_a_tier_only_once(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app, notifications=True) as pilot:
        await press(pilot, "n", "j", "space")
        assert "(+) Bob Smith" in frame(app)
        await press(pilot, *["j"] * 6, "space")
        assert "only one of these can hold" in frame(app)
        await press(pilot, "enter")
    assert rows(alike, "SELECT of_id, place FROM choice WHERE card_id = 1 AND field = 'name'") == [
        (2, 0),
        (1, 1),
    ]


async def test_a_typed_value_shows_after_the_merge(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        await press(pilot, "n", "e")
        assert isinstance(app.screen, AskLine)
        await press(pilot, *["backspace"] * 20, *"Roberto", "enter")
        assert "(•) Roberto" in frame(app)
        await press(pilot, "j", "e", *["backspace"] * 20, *"Umbra", "enter")
        await press(pilot, *["backspace"] * 30, "enter")
        assert "(•) Umbra" in frame(app)
        while field(app) != "tier":
            await press(pilot, "j")
        await press(pilot, "e", "b")
        assert "(•) B" in frame(app)
        await press(pilot, "enter")
    (one,) = read(alike, lambda view: people.by_ids(view, [1]))
    assert (one.name, one.org, one.title, one.tier) == ("Roberto", "Umbra", "", "B")


async def test_x_f_and_z_answer_and_go_on_and_are_not_asked_again(
    vitalfew: Make, alike: Path
) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        await press(pilot, "x")
        assert current(app).people == SMITHS
        await press(pilot, "z")
        assert current(app).people == GROUP
        await press(pilot, "n", "f")
        assert [item.lane for item in screen(app).sitting.open] == ["likely", "later"]
    assert answers(alike) == {(7, 8, "different"), (1, 2, "later"), (9, 10, "family")}
    again = vitalfew(alike, start="merge")
    async with merging(again):
        assert [item.people for item in screen(again).sitting.open] == [GROUP, SMITHS]


async def test_one_of_a_group_can_be_left_out_and_stays_to_be_decided(
    vitalfew: Make, alike: Path
) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        await press(pilot, "n", "n", "G", "minus")
        assert "[ ] Ada Wong" in frame(app)
        assert "left out" in frame(app)
        assert "( ) Ada Wong" not in frame(app)
        assert draft(app).people == (3, 4, 5)
        await press(pilot, "minus")
        assert draft(app).people == GROUP
        await press(pilot, "minus", "enter")
        assert [item.people for item in screen(app).sitting.open][-2:] == [(3, 6), COUPLE]
    assert {person for card, person in homes(alike).items() if card in GROUP} == {3, 6}
    assert answers(alike) <= {(3, 4, "same"), (3, 5, "same"), (4, 5, "same")}


async def test_minus_on_a_value_takes_its_entry_out_and_a_pair_stays_a_pair(
    vitalfew: Make, alike: Path
) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app, notifications=True) as pilot:
        await press(pilot, "n", "minus")
        assert "there are only two" in frame(app)
        await press(pilot, "n", "j", "minus")
        assert len(draft(app).out) == 1
        await press(pilot, *["G", "minus", "k", "minus", "k", "minus", "k", "minus"], "enter")
        assert "it takes two" in frame(app)
    assert merges(alike).count("Merge") == 0


async def test_v_shows_what_is_equal_and_hides_it_again(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        assert " =  wei@post.example" not in frame(app)
        await press(pilot, "v")
        assert " =  wei@post.example" in frame(app)
        assert "(v hides)" in frame(app)
        await press(pilot, "v")
        assert " =  wei@post.example" not in frame(app)


async def test_all_certain_ones_are_merged_in_one_step_after_asking(
    vitalfew: Make, alike: Path
) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        await press(pilot, "A")
        assert isinstance(app.screen, Confirm)
        assert "Merge all certain ones? 2 become 1 person." in frame(app)
        assert "Chen Wei: Google, LinkedIn" in frame(app)
        await press(pilot, "n")
        assert current(app).people == EQUALS
        await press(pilot, "A", "y")
        assert current(app).people == SMITHS
        assert merges(alike)[-1] == "MergeAll"
        await press(pilot, "u")
        assert current(app).people == EQUALS
    assert homes(alike)[8] == 8


async def test_u_takes_back_and_the_pair_comes_back_under_the_cursor(
    vitalfew: Make, alike: Path
) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        await press(pilot, "n", "enter", "x")
        assert current(app).people == COUPLE
        await press(pilot, "u")
        assert current(app).people == GROUP
        await press(pilot, "u")
        assert current(app).people == SMITHS
        await press(pilot, "ctrl+r")
    assert homes(alike)[2] == 1


async def test_a_search_narrows_the_queue_and_esc_shows_all_of_it(
    vitalfew: Make, alike: Path
) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        for words, found in (("wong", GROUP), ("tier:a", SMITHS), ("source:outlook", GROUP)):
            await press(pilot, "slash", *words.partition(":")[0])
            if ":" in words:
                await pilot.press("colon")
                await press(pilot, *words.partition(":")[2])
            await press(pilot, "enter")
            assert current(app).people == found
            await press(pilot, "escape")
        await press(pilot, "slash", *"nobody", "enter")
        assert "Nothing that is open answers to “nobody”." in frame(app)
        await press(pilot, "escape")
        assert len(screen(app).sitting.open) == 4


async def test_the_queue_stands_beside_the_group_or_behind_tab(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app, SMALL) as pilot:
        assert "unsure 1" not in frame(app)
        await press(pilot, "tab")
        assert "unsure 1" in frame(app)
        assert "(•)" not in frame(app)
        await press(pilot, "x", "enter")
        assert answers(alike) == set()
        assert current(app).people == EQUALS
        await press(pilot, "tab", "j", "enter")
        assert current(app).people == SMITHS
        assert "(•) Robert Smith" in frame(app)
        await press(pilot, "tab", "tab")
        assert "(•) Robert Smith" in frame(app)
    app = vitalfew(alike, start="merge")
    async with merging(app, LARGE) as pilot:
        assert "unsure 1" in frame(app)
        await press(pilot, "tab", "j", "j")
        assert current(app).people == GROUP
        assert "(•) Ada Wong" in frame(app)
        await press(pilot, "escape", "right")
        assert draft(app).chosen(draft(app).fields[0]) == [1]


async def test_a_click_marks_a_value_and_leaves_somebody_out(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        await press(pilot, "n")
        where = {line: at for at, line in enumerate(frame(app).splitlines())}
        at = next(y for line, y in where.items() if "( ) Bob Smith" in line)
        await pilot.click(offset=(20, at))
        await settle(pilot)
        assert "(•) Bob Smith" in frame(app)
        await pilot.click(offset=(20, at), times=2)
        await settle(pilot)
        assert current(app).people == SMITHS
        await press(pilot, "n")
        lines = frame(app).splitlines()
        at = next(y for y, line in enumerate(lines) if "[x] Ada M. Wong" in line)
        await pilot.click(offset=(20, at))
        await settle(pilot)
        assert "[ ] Ada M. Wong" in frame(app)


async def test_p_opens_the_one_at_the_cursor_and_q_comes_back(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        await press(pilot, "n", "j", "p")
        assert isinstance(app.screen, PersonScreen)
        assert "Bob Smith" in frame(app)
        await press(pilot, "q")
        assert isinstance(app.screen, MergeScreen)
        assert current(app).people == SMITHS


async def test_whoever_is_brought_is_shown_and_several_are_put_side_by_side(
    vitalfew: Make, alike: Path
) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        screen(app).bring(10)
        await settle(pilot)
        assert current(app).people == COUPLE
        screen(app).bring(1, 7)
        await settle(pilot)
        assert current(app).people == (1, 7)
        assert "by hand · 1 of 1" in frame(app)
        await press(pilot, "escape")
        assert current(app).people != (1, 7)
        screen(app).bring(1, 7)
        await settle(pilot)
        await press(pilot, "enter")
    assert homes(alike)[7] == 1


async def test_who_is_brought_from_elsewhere_ends_the_search(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        await press(pilot, "slash", *"wong", "enter")
        assert "/ wong" in frame(app)
        screen(app).bring(10)
        await settle(pilot)
        assert current(app).people == COUPLE
        assert len(screen(app).sitting.open) == 4
        assert "/ wong" not in frame(app)


async def test_a_question_that_is_put_off_says_so_and_stays(vitalfew: Make, book: Path) -> None:
    ask(book)
    app = vitalfew(book, start="merge")
    async with merging(app, notifications=True) as pilot:
        await press(pilot, "z")
        painted = frame(app)
        assert "put off: it is asked again after the other questions" in painted
        assert "yours stays until the source changes its mind again" in painted
        assert current(app).question


async def test_a_key_about_a_value_says_so_where_there_is_none(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app, notifications=True) as pilot:
        await press(pilot, "e")
        assert "they all agree" in frame(app)
        await press(pilot, "n", "G")
        for key in ("left", "space", "e"):
            app.clear_notifications()
            await press(pilot, key)
            assert "go to a value where they differ" in frame(app)
