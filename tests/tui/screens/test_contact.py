from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.opt_out import SetOptOut
from core.commands.promise import AddPromise
from core.queries import focus, people, person, promises
from core.settings import Settings
from tests.book import digest, entry
from tests.support import SIZES, SMALL, frame, read, same_frame, settle
from tests.tui.conftest import MORNING
from tests.tui.screens.contact_desk import a_book, press, show
from tui.screens.contact import ContactScreen
from tui.screens.contact_stage import Stage
from tui.screens.focus import FocusScreen
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.queries.person import TalkLine
    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

TODAY = MORNING.today()
BIRTHDAY = "Mateusz Wiśniewski"


def ident(book: Path, name: str) -> int:
    return next(line.id for line in read(book, people.everybody) if line.name == name)


def newest(book: Path, who: int) -> TalkLine:
    return read(book, partial(person.talks, person=who, limit=1))[0]


def waits_until(book: Path, who: int) -> str:
    found = read(book, partial(person.view, person=who))
    assert found is not None
    return found.wait


@SIZES
async def test_the_card_looks_as_it_was_drawn_at_every_stage(
    vitalfew: Make, book: Path, opened: list[str], size: tuple[int, int]
) -> None:
    bus = Bus(book, clock=MORNING)
    who = ident(book, BIRTHDAY)
    bus.run(SetOptOut((who,), "phone", "never", "him", "2026-11-03"))
    bus.run(AddPromise((who,), "me", "the photographs of the walk", "2026-11-27"))
    bus.run(AddPromise((who,), "them", "the recipe", "2026-11-18"))
    bus.close()
    app = vitalfew(sample=True)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.screen.query_one("#few", RowList).go_to(who)
        await press(pilot, "c")
        same_frame(app, "contact")
        await press(pilot, "enter")
        same_frame(app, "contact-begun")
        await press(pilot, "enter")
        same_frame(app, "contact-done")
    assert len(opened) == 1


async def test_three_people_in_a_row_from_card_to_card(
    vitalfew: Make, book: Path, opened: list[str]
) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        first = [row.id for row in app.screen.query_one("#few", RowList).rows][:3]
        for done in (1, 2, 3):
            await press(pilot, "c", "enter", "enter", "enter")
            assert isinstance(app.screen, FocusScreen)
            assert f"{done} of 5 done" in frame(app)
    assert len(opened) == 3
    rows = read(book, lambda view: focus.day(view, TODAY, Settings())).rows
    assert {row.id for row in rows if row.done} == set(first)
    for who in first:
        talk = newest(book, who)
        assert (talk.day, talk.direction, talk.text) == ("2026-11-21", "out", "")


async def test_esc_at_every_stage_leaves_nothing_half_done(
    vitalfew: Make, book: Path, opened: list[str]
) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        before = digest(book)
        await press(pilot, "c", "escape")
        assert isinstance(app.screen, FocusScreen)
        await press(pilot, "c", "enter", "l", "escape", "p", "escape", "z", "escape", "escape")
        assert isinstance(app.screen, ContactScreen)
        assert app.screen.stage is Stage.BEFORE
        await press(pilot, "escape")
        assert isinstance(app.screen, FocusScreen)
        assert digest(book) == before
        await press(pilot, "c", "enter", "q")
        assert isinstance(app.screen, FocusScreen)
        assert digest(book) == before
        await press(pilot, "c", "enter", "enter", "p", "escape", "z", "escape", "escape")
        assert isinstance(app.screen, FocusScreen)
        assert "1 of 5 done" in frame(app)
    assert len(opened) == 3


async def test_words_may_go_with_what_was_sent(
    vitalfew: Make, tmp_path: Path, opened: list[str]
) -> None:
    book = a_book(tmp_path, entry("Ada", ("email", "a@x.example")))
    app = vitalfew(book)
    async with app.run_test(size=SMALL) as pilot:
        card = await show(pilot, 1)
        await press(pilot, "enter", "l", *"asked for the slides", "enter")
        assert card.stage is Stage.DONE
    talk = newest(book, 1)
    assert (talk.kind, talk.direction, talk.text) == ("mail", "out", "asked for the slides")
    assert opened == ["mailto:a@x.example"]


async def test_what_was_logged_can_be_taken_back_on_the_card(
    vitalfew: Make, tmp_path: Path, opened: list[str]
) -> None:
    book = a_book(tmp_path, entry("Ada", ("email", "a@x.example")))
    app = vitalfew(book)
    async with app.run_test(size=SMALL) as pilot:
        card = await show(pilot, 1)
        await press(pilot, "enter", "enter")
        assert "next in 21 days (12 Dec)" in frame(app)
        await press(pilot, "u")
        assert card.stage is Stage.BEFORE
        assert "enter opens it" in frame(app)
    assert read(book, partial(person.talks, person=1, limit=9)) == ()
    assert len(opened) == 1


async def test_the_next_step_may_be_a_promise_a_kept_one_or_a_wait(
    vitalfew: Make, tmp_path: Path, opened: list[str]
) -> None:
    book = a_book(tmp_path, entry("Ada", ("email", "a@x.example")))
    app = vitalfew(book)
    async with app.run_test(size=SMALL) as pilot:
        card = await show(pilot, 1)
        await press(pilot, "enter", "enter", "p", *"the deck fri", "enter")
        assert card.stage is Stage.DONE
        assert "the deck (Fri)" in frame(app)
        await press(pilot, "space", "k")
        assert card.stage is Stage.DONE
        assert "I owe" not in frame(app)
        await press(pilot, "space")
        await press(pilot, "z", *"3w", "enter")
        assert isinstance(app.screen, FocusScreen)
    (kept,) = read(book, partial(promises.of_person, person=1, settled=True))
    assert (kept.what, kept.kept) == ("the deck", "2026-11-21")
    assert waits_until(book, 1) == "2026-12-12"
    assert len(opened) == 1


async def test_of_several_promises_it_is_asked_which(vitalfew: Make, tmp_path: Path) -> None:
    book = a_book(tmp_path, entry("Ada", ("email", "a@x.example")))
    bus = Bus(book, clock=MORNING)
    for what in ("the deck", "the film"):
        bus.run(AddPromise((1,), "me", what, ""))
    bus.close()
    app = vitalfew(book)
    async with app.run_test(size=SMALL) as pilot:
        await show(pilot, 1)
        await press(pilot, "space")
        assert "which promise?" in frame(app)
        await press(pilot, "2", "k")
    found = read(book, partial(promises.of_person, person=1))
    assert [line.what for line in found] == ["the deck"]


async def test_who_is_never_to_be_contacted_is_offered_nothing(
    vitalfew: Make, tmp_path: Path, opened: list[str]
) -> None:
    book = a_book(tmp_path, entry("Ada", ("email", "a@x.example"), ("phone", "+442079460958")))
    bus = Bus(book, clock=MORNING)
    bus.run(SetOptOut((1,), "phone", "never", "her", "2026-11-03"))
    app = vitalfew(book)
    async with app.run_test(size=SMALL) as pilot:
        card = await show(pilot, 1)
        painted = frame(app)
        assert "never phone, said by her, 3 Nov" in painted.splitlines()[2]
        assert "tel:" not in painted
        bus.run(SetOptOut((1,), "all", "never", "her", "2026-11-04"))
        bus.close()
        app.tell_screens()
        await settle(pilot)
        assert "never contact: nothing is offered here" in frame(app)
        assert "mailto:" not in frame(app)
        await press(pilot, "enter", "right", "left")
        assert card.stage is Stage.BEFORE
        await press(pilot, "l", *"she called", "enter")
        assert "Logged." in frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, FocusScreen)
    assert opened == []


async def test_of_whom_no_way_is_known_the_card_says_what_to_do(
    vitalfew: Make, tmp_path: Path
) -> None:
    app = vitalfew(a_book(tmp_path, entry("Ada")))
    async with app.run_test(size=SMALL) as pilot:
        await show(pilot, 1)
        assert "no address, no number and no profile is known: e adds one" in frame(app)
        await press(pilot, "enter", "y", "o", "right", "escape")
        assert isinstance(app.screen, FocusScreen)


async def test_a_visit_is_not_opened_but_asked_after(
    vitalfew: Make, tmp_path: Path, opened: list[str]
) -> None:
    book = a_book(tmp_path, entry("Ada", ("email", "a@x.example")))
    bus = Bus(book, clock=MORNING)
    bus.run(SetOptOut((1,), "visit", "prefer", "her", "2026-11-03"))
    bus.close()
    app = vitalfew(book)
    async with app.run_test(size=SMALL) as pilot:
        await show(pilot, 1)
        await press(pilot, "enter")
        assert "did you meet?" in frame(app)
        await press(pilot, "enter")
    talk = newest(book, 1)
    assert (talk.kind, talk.direction) == ("visit", "both")
    assert opened == []


@pytest.mark.usefixtures("opened")
async def test_a_key_is_deaf_while_nobody_can_have_read_what_it_does_now(
    vitalfew: Make, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "c")
        card = app.screen
        assert isinstance(card, ContactScreen)
        await press(pilot, "enter")
        monkeypatch.setattr(type(app), "deaf_seconds", 3600.0)
        await press(pilot, "enter")
        assert card.stage is Stage.BEGUN
    assert read(book, lambda view: focus.day(view, TODAY, Settings())).done == 0


async def test_the_card_stands_on_every_screen_of_people_and_on_marked_ones_says_so(
    vitalfew: Make,
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "c")
        assert isinstance(app.screen, ContactScreen)
        await press(pilot, "escape", "enter", "c")
        assert isinstance(app.screen, ContactScreen)
        await press(pilot, "q", "q", "space", "space", "c")
        assert "one at a time" in frame(app)


async def test_under_the_veil_nothing_is_opened(
    vitalfew: Make, tmp_path: Path, opened: list[str]
) -> None:
    book = a_book(tmp_path, entry("Ada Wong", ("email", "ada.wong@x.example"), ("city", "Berlin")))
    app = vitalfew(book)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await show(pilot, 1)
        assert "ada.wong" in frame(app)
        await press(pilot, "V")
        assert "ada" not in frame(app).lower()
        await press(pilot, "enter")
        assert "lift the veil first" in frame(app)
        await press(pilot, "V")
        assert "ada.wong" in frame(app)
    assert opened == []
