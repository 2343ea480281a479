"""The line about a talk, as it is typed, shown, kept and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.commands.set_tier import SetTier
from core.queries import ghosts
from core.queries import people as people_query
from tests.book import base, fresh, people, rows
from tests.support import HOSTILE, SIZES, SMALL, frame, read, settle
from tests.tui.conftest import MORNING
from tui.screens.capture import AskTalk
from tui.screens.people import PeopleScreen
from tui.screens.person import PersonScreen
from tui.widgets.choose import Choose
from tui.widgets.line_box import LineBox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

NAMES = ("Anna Berg", "Anna Brandt", "Ben Ortiz", "Rachel Green", "Chen Wei", "Carl Chen")
TALK = "SELECT kind, day, direction, channel, text FROM interaction ORDER BY id"
WITH = """SELECT coalesce(card.person_id, 0), coalesce(identity.shown, '') FROM participant AS p
    LEFT JOIN card ON card.id = p.card_id LEFT JOIN identity ON identity.id = p.identity_id
    ORDER BY p.id"""


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Of the two called Anna none is likelier; of the two called Chen one is in A."""
    bus = fresh(tmp_path / "few.db", clock=MORNING)
    made = dict(zip(NAMES, people(bus, *NAMES), strict=True))
    bus.run(SetTier((made["Chen Wei"],), "A"))
    bus.close()
    return tmp_path / "few.db"


def ids(book: Path) -> dict[str, int]:
    return {line.name: line.id for line in read(book, people_query.everybody)}


async def at(pilot: Pilot[None], name: str, book: Path) -> None:
    """Put the cursor of the people list on somebody."""
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, PeopleScreen)
    await screen.go_to(ids(book)[name])
    await settle(pilot)


async def typed(pilot: Pilot[None], line: str) -> str:
    """What is shown once a line is typed into the box that `l` opens."""
    await pilot.press("l")
    await settle(pilot)
    pilot.app.screen.query_one(LineBox).value = line
    await settle(pilot)
    return flat(pilot)


def flat(pilot: Pilot[None]) -> str:
    """The screen in one line, as sentences are broken where there is no room."""
    return " ".join(frame(pilot.app).replace("│", " ").split())


@SIZES
async def test_what_enter_keeps_is_shown_before(
    vitalfew: Make, few: Path, size: tuple[int, int]
) -> None:
    app, before = vitalfew(few, start="people"), base(few)
    async with app.run_test(size=size) as pilot:
        await at(pilot, "Rachel Green", few)
        shown = await typed(pilot, "yesterday coffee with anna berg and ben !send slides fri")
        assert "meeting, yesterday · Rachel Green, Anna Berg, Ben Ortiz" in shown
        assert "I owe each: send slides (Fri 27 Nov)" in shown
        assert "“coffee with anna berg and ben”" in shown
        assert base(few) == before
        await pilot.press("enter")
        await settle(pilot)
        assert rows(few, TALK) == [
            ("meeting", "2026-11-20", "both", "meeting", "coffee with anna berg and ben")
        ]
        who = ids(few)
        three = [who[name] for name in ("Rachel Green", "Anna Berg", "Ben Ortiz")]
        assert rows(few, WITH) == [(one, "") for one in three]
        assert rows(few, "SELECT card_id, owed_by, what, due FROM promise ORDER BY id") == [
            (one, "me", "send slides", "2026-11-27") for one in three
        ]
        await pilot.press("u")
        await settle(pilot)
    assert base(few) == before


async def test_only_with_leaves_out_who_is_at_the_cursor(vitalfew: Make, few: Path) -> None:
    app = vitalfew(few, start="people")
    async with app.run_test(size=SMALL) as pilot:
        await at(pilot, "Rachel Green", few)
        shown = await typed(pilot, "call only with ben")
        assert "call, today · Ben Ortiz “" in shown
        await pilot.press("enter")
        await settle(pilot)
    assert rows(few, WITH) == [(ids(few)["Ben Ortiz"], "")]


async def test_nobody_is_guessed_among_equals_and_enter_asks(vitalfew: Make, few: Path) -> None:
    app = vitalfew(few, start="people")
    async with app.run_test(size=SMALL) as pilot:
        await at(pilot, "Rachel Green", few)
        assert "anna: 2 people, enter asks who" in await typed(pilot, "coffee with anna")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Choose)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, AskTalk)
        assert app.screen.query_one(LineBox).value == "coffee with anna"
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("j", "enter")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
    (_, (person, _)) = rows(few, WITH)
    assert person in {ids(few)["Anna Berg"], ids(few)["Anna Brandt"]}


async def test_the_likelier_one_is_taken_and_the_others_are_told(vitalfew: Make, few: Path) -> None:
    app = vitalfew(few, start="people")
    async with app.run_test(size=SMALL) as pilot:
        await at(pilot, "Rachel Green", few)
        assert "Chen Wei (or 1 other: type more)" in await typed(pilot, "met with chen")
        await pilot.press("enter")
        await settle(pilot)
    assert rows(few, WITH)[1][0] == ids(few)["Chen Wei"]


async def test_a_name_that_is_not_in_the_book_is_said_so_and_counted(
    vitalfew: Make, few: Path
) -> None:
    app = vitalfew(few, start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await at(pilot, "Rachel Green", few)
        assert "Rachel Green, Zoe Klein (not in your book)" in await typed(
            pilot, "lunch with Zoe Klein"
        )
        await pilot.press("enter")
        await settle(pilot)
        assert "logged a meeting with Rachel Green and Zoe" in flat(pilot)
        assert read(few, ghosts.ghost_count) == 1
        await pilot.press("u")
        await settle(pilot)
    assert read(few, ghosts.ghost_count) == 0


async def test_with_nobody_at_the_cursor_the_line_names_them(vitalfew: Make, few: Path) -> None:
    app = vitalfew(few, start="log")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "with whom? write: with anna" in await typed(pilot, "whatsapp yesterday")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, AskTalk)
        app.screen.query_one(LineBox).value = "whatsapp to ben: the boat"
        await settle(pilot)
        assert "message on whatsapp to them, today · Ben Ortiz" in frame(app)
        await pilot.press("enter")
        await settle(pilot)
    assert rows(few, TALK) == [("message", "2026-11-21", "out", "whatsapp", "to ben: the boat")]
    assert rows(few, WITH) == [(ids(few)["Ben Ortiz"], "")]


async def test_a_promise_to_nobody_in_the_book_is_not_kept(vitalfew: Make, few: Path) -> None:
    app, before = vitalfew(few, start="log"), base(few)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await typed(pilot, "met with Zoe !slides")
        await pilot.press("enter")
        await settle(pilot)
        assert "a promise needs somebody who is in your book" in frame(app)
    assert base(few) == before


@pytest.mark.parametrize(("key", "line"), [("l", "met in Bern"), ("z", "3m settles")])
async def test_a_line_that_is_refused_stays_in_the_box(
    vitalfew: Make, few: Path, key: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, before = vitalfew(few, start="people"), base(few)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await at(pilot, "Rachel Green", few)
        await pilot.press("enter")
        await settle(pilot)
        monkeypatch.setattr(app.backend, "_importing", True)
        await pilot.press(key)
        await settle(pilot)
        app.screen.query_one(LineBox).value = line
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen.query_one(LineBox).value == line
        assert "an import is running" in flat(pilot)
        assert base(few) == before
        monkeypatch.setattr(app.backend, "_importing", False)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
    assert base(few) != before


@SIZES
async def test_hostile_words_are_shown_as_text(
    vitalfew: Make, few: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(few, start="people")
    async with app.run_test(size=size) as pilot:
        await at(pilot, "Rachel Green", few)
        await pilot.press("l")
        await settle(pilot)
        box = app.screen.query_one(LineBox)
        for words in HOSTILE:
            box.value = f"with {words} and [b]Zoe !{words} fri"
            await settle(pilot)
            assert not any(sign in frame(app) for sign in "\x1b\x07\x9b\u202e\0")
        await pilot.press("enter")
        await settle(pilot)
        assert "[b]Zoe" in rows(few, TALK)[0][4]


async def test_the_veil_covers_those_who_are_found(vitalfew: Make, few: Path) -> None:
    app = vitalfew(few, start="people")
    async with app.run_test(size=SMALL) as pilot:
        await at(pilot, "Rachel Green", few)
        await pilot.press("V")
        await settle(pilot)
        shown = await typed(pilot, "coffee with ort")
        assert "coffee with ort" in shown
        assert "Ortiz" not in shown
        assert "Green" not in shown
