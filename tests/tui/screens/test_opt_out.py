from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from core.commands.opt_out import SetOptOut
from core.errors import UsageError
from core.queries import opt_outs, people
from core.queries.opt_outs import OptOutLine
from tests.support import LARGE, SIZES, SMALL, frame, is_calm, read, same_frame, settle
from tests.tui.screens.edit_desk import importing
from tests.tui.screens.triage_desk import at_the_cards, current, screen
from tests.tui.test_typeahead import type_at_once
from tui.screens import opt_out_words
from tui.screens.people import PeopleScreen
from tui.screens.person import PersonScreen
from tui.widgets.line_box import LineBox
from tui.widgets.person_brief import PersonBrief
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

TODAY = date(2026, 11, 21)


def ident(book: Path, name: str) -> int:
    return next(line.id for line in read(book, people.everybody) if line.name == name)


def said(book: Path, person: int) -> tuple[OptOutLine, ...]:
    return read(book, partial(opt_outs.of_person, person=person))


async def find(pilot: Pilot[None], name: str) -> None:
    await settle(pilot)
    await pilot.press("slash", *name, "enter")
    await settle(pilot)


@pytest.mark.parametrize(
    ("line", "who", "day", "told"),
    [
        ("", "", "2026-11-21", "said by you, today"),
        ("her, 3 nov", "her", "2026-11-03", "said by her, 3 Nov"),
        ("3 nov her mail", "her mail", "2026-11-03", "said by her mail, 3 Nov"),
        ("yesterday", "", "2026-11-20", "said by you, 20 Nov"),
        (
            "at the meeting last week",
            "at the meeting",
            "2026-11-14",
            "said at the meeting, 14 Nov",
        ),
        ("her mail of 2026-09-01", "her mail of", "2026-09-01", "said by her mail of, 1 Sep"),
        ("May", "May", "2026-11-21", "said by May, today"),
        ("[/]", "[/]", "2026-11-21", "said by [/], today"),
    ],
)
def test_who_said_so_and_when_is_read_from_one_line(
    line: str, who: str, day: str, told: str
) -> None:
    assert opt_out_words.said_by(line, today=TODAY) == ((who, day), told)


def test_nothing_was_said_on_a_day_to_come() -> None:
    with pytest.raises(UsageError, match="a day that has come"):
        opt_out_words.said_by("her, 2027-01-01", today=TODAY)


def test_taking_off_is_offered_only_when_there_is_something_to_take_off() -> None:
    assert [option.letter for option in opt_out_words.first(())] == list("mpsovar")
    there = (OptOutLine("phone", "never", "", "2026-11-03"),)
    options = {option.letter: option for option in opt_out_words.first(there)}
    assert options["t"].value.take_off
    assert options["p"].about == "said already"
    letters = [option.letter for option in opt_out_words.preferred()]
    assert len(set(letters)) == len(letters) == 5


@SIZES
async def test_an_opt_out_stands_at_the_head_of_a_person_with_who_said_so(
    vitalfew: Make, book: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(sample=True, start="people")
    async with app.run_test(size=size) as pilot:
        await find(pilot, "camille")
        await pilot.press("exclamation_mark")
        await settle(pilot)
        same_frame(app, "opt-out-asks")
        await pilot.press("p", *"her, 3 nov", "enter")
        await settle(pilot)
        await pilot.press("exclamation_mark", "r", "m", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        same_frame(app, "opt-out")
        assert said(book, ident(book, "Camille Laurent")) == (
            OptOutLine("phone", "never", "her", "2026-11-03"),
            OptOutLine("mail", "prefer", "", "2026-11-21"),
        )


async def test_it_is_said_and_u_takes_it_back(vitalfew: Make, book: Path) -> None:
    who = ident(book, "Camille Laurent")
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await find(pilot, "camille")
        await pilot.press("exclamation_mark", "p", "enter")
        await settle(pilot)
        assert "Camille Laurent: never phone — u takes it back" in frame(app)
        assert said(book, who)
        await pilot.press("u")
        await settle(pilot)
        assert said(book, who) == ()


async def test_a_word_is_taken_off_again(vitalfew: Make, book: Path) -> None:
    who = ident(book, "Camille Laurent")
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await find(pilot, "camille")
        await pilot.press("exclamation_mark", "a", "enter")
        await settle(pilot)
        await pilot.press("exclamation_mark", "t")
        await settle(pilot)
        assert said(book, who) == (), "the only one there is needs no second question"
        type_at_once(app, "exclamation_mark", "p", "enter", "exclamation_mark", "m", "enter")
        type_at_once(app, "exclamation_mark", "t", "1")
        await settle(pilot)
        assert [one.channel for one in said(book, who)] == ["phone"]


async def test_marked_people_are_opted_out_as_one_step(vitalfew: Make, book: Path) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("space", "space", "exclamation_mark", "m", "enter")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
        assert "2 people: never mail" in frame(app)
        rows = app.screen.query_one(RowList).rows[:2]
        assert all(said(book, row.id) for row in rows)
        await pilot.press("u")
        await settle(pilot)
        assert not any(said(book, row.id) for row in rows)


async def test_focus_and_the_pane_beside_the_people_say_it_in_words(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        name = app.screen.query_one(RowList).rows[0].name
        await pilot.press("exclamation_mark", "p", "enter")
        await settle(pilot)
        rule = next(line for line in frame(app).splitlines() if line.startswith(" ──"))
        assert name in rule
        assert "· never phone ──" in rule
        await pilot.resize_terminal(*LARGE)
        await settle(pilot)
        assert "never phone" in str(app.screen.query_one(PersonBrief).render())


async def test_the_words_of_who_said_so_are_shown_as_text(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await find(pilot, "camille")
        await pilot.press("exclamation_mark", "p", *"[/][@click=app.quit]x", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        assert "said by [/][@click=app" in frame(app)
        assert is_calm(frame(app))


async def test_what_was_said_is_offered_again_while_an_import_refuses_it(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await find(pilot, "Camille")
        await pilot.press("exclamation_mark", "p")
        await settle(pilot)
        async with importing(app):
            await pilot.press(*"her, 3 nov", "enter")
            await settle(pilot)
            assert "an import is running" in frame(app)
            assert app.screen.query_one(LineBox).value == "her, 2026-11-03"
        await pilot.press("enter")
        await settle(pilot)
    (line,) = said(book, ident(book, "Camille Laurent"))
    assert line == OptOutLine("phone", "never", "her", "2026-11-03")


@pytest.mark.parametrize("key", ["e", "exclamation_mark"])
async def test_what_cannot_begin_while_an_import_runs_says_so(vitalfew: Make, key: str) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        async with importing(app):
            await pilot.press(key)
            await settle(pilot)
            assert "an import is running" in frame(app)
            assert isinstance(app.screen, PeopleScreen)


@SIZES
async def test_the_triage_card_says_how_somebody_must_not_be_contacted(
    vitalfew: Make, phone: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(phone, start="triage")
    async with at_the_cards(app, size) as pilot:
        who, before = current(app), frame(app)
        assert "never" not in before
        await app.backend.run(SetOptOut((who,), "phone", "never", "her"))
        await app.backend.run(SetOptOut((who,), "mail", "prefer"))
        screen(app).reload()
        await settle(pilot)
        painted = frame(app)
        assert current(app) == who
        assert "never phone · prefers mail" in painted
        told = [line for line in painted.splitlines() if "never phone" not in line]
        assert set(told) <= set(before.splitlines())  # nothing else moved
