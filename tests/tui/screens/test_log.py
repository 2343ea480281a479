from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.log_talk import LogTalks, Talk
from core.queries import talks
from core.queries.people import everybody
from tests.book import fresh
from tests.said import message, store
from tests.support import HOSTILE, LARGE, SIZES, SMALL, frame, is_calm, read, same_frame, settle
from tests.tui.conftest import MORNING
from tui.screens import log
from tui.screens.log import LogScreen
from tui.screens.log_thread import LogThreadScreen, ThreadList
from tui.screens.person import PersonScreen
from tui.theme import HIT
from tui.widgets.row_list import RowList
from tui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.queries.talks import Hit
    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

ADA, BEN = "ada@x.example", "ben@x.example"


def listed(app: VitalfewApp) -> list[Hit]:
    found = next(one for one in app.screen_stack if isinstance(one, LogScreen))
    return list(found.query_one("#talks", RowList).rows)


def at(app: VitalfewApp) -> Hit:
    return app.screen.query_one("#talks", RowList).row  # type: ignore[return-value]


def chat(tmp_path: Path, count: int, text: str = "no {}") -> Path:
    book = tmp_path / "chat.db"
    with closing(fresh(book)) as bus:
        store(bus, (message(one, text.format(one), ADA) for one in range(count)))
    return book


@SIZES
async def test_all_that_was_said_newest_first(vitalfew: Make, size: tuple[int, int]) -> None:
    app = vitalfew(start="log", sample=True)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        days = [hit.day for hit in listed(app)]
        assert days == sorted(days, reverse=True)
        await pilot.press("slash", *"coffee")
        await settle(pilot)
        same_frame(app, "log")


@SIZES
async def test_enter_opens_the_talk_in_its_conversation(
    vitalfew: Make, size: tuple[int, int]
) -> None:
    app = vitalfew(start="log", sample=True)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"coffee", "enter", "enter")
        await settle(pilot)
        assert isinstance(app.screen, LogThreadScreen if size == SMALL else LogScreen)
        said = app.screen.query_one(ThreadList)
        assert said.has_focus
        assert said.row
        assert said.row.talk == listed(app)[0].id
        same_frame(app, "log-thread")


async def test_the_list_narrows_while_one_types_and_esc_shows_all_again(vitalfew: Make) -> None:
    app = vitalfew(start="log")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        everything = len(listed(app))
        await pilot.press("slash", *"coffee")
        await settle(pilot)
        assert 0 < len(listed(app)) < everything
        assert all("coffee" in hit.line.lower() for hit in listed(app))
        assert f"{len(listed(app))} talks" in frame(app)
        await pilot.press("escape")
        await settle(pilot)
        assert len(listed(app)) == everything
        assert app.screen.query_one("#talks").has_focus


async def test_the_newest_words_win_however_late_older_ones_are_read(
    vitalfew: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = talks.search

    def noted(*given: object, **named: object) -> list[Hit]:
        asked.append(str(named["text"]))
        return search(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(talks, "search", noted)
    app = vitalfew(start="log")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, LogScreen)
        for text in ("c", "coffee", "zzz", "recipe"):
            screen.find(SearchBox.Changed(text))
        await settle(pilot)
        assert asked[-1] == "recipe"
        assert listed(app)
        assert all("recipe" in hit.line.lower() for hit in listed(app))


async def test_what_was_found_is_marked_in_row_and_conversation(vitalfew: Make) -> None:
    app = vitalfew(start="log")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"coffee", "enter")
        await settle(pilot)
        marked = [
            segment.text.lower()
            for strip in app.screen._compositor.render_strips()
            for segment in strip
            if segment.style and segment.style.underline and segment.style.bold
        ]
        assert "underline" in HIT
        assert marked.count("coffee") == len(listed(app)) + 1


async def test_n_and_shift_n_go_through_what_was_found_and_round(vitalfew: Make) -> None:
    app = vitalfew(start="log")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"coffee", "enter", "n", "n")
        rows = app.screen.query_one("#talks", RowList)
        assert rows.cursor == 2
        await pilot.press("N", "N", "N")
        assert rows.cursor == len(rows.rows) - 1
        await pilot.press("n", "enter")
        await settle(pilot)
        assert isinstance(app.screen, LogThreadScreen)
        await pilot.press("n")
        await settle(pilot)
        assert app.screen.talk() == listed(app)[1].id
        await pilot.press("q")
        await settle(pilot)
        assert isinstance(app.screen, LogScreen)
        assert rows.cursor == 1


@SIZES
async def test_p_opens_the_person_and_so_does_enter_in_the_conversation(
    vitalfew: Make, size: tuple[int, int]
) -> None:
    app = vitalfew(start="log")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        name = at(app).people[0][1]
        for keys in (("p",), ("enter", "enter"), ("enter", "p")):
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            assert isinstance(app.screen, PersonScreen)
            assert name in frame(app)
            await pilot.press("5")
            await settle(pilot)
            assert isinstance(app.screen, LogScreen)
            await pilot.press("escape")


async def test_who_is_not_in_the_book_cannot_be_opened_which_is_said(
    vitalfew: Make, tmp_path: Path
) -> None:
    app = vitalfew(chat(tmp_path, 1), start="log")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert "Ada: not in the book" in frame(app)


async def test_of_several_people_it_is_asked_which(vitalfew: Make, book: Path) -> None:
    people = [line.id for line in read(book, everybody)[:2]]
    with closing(Bus(book, clock=MORNING)) as bus:
        bus.run(LogTalks((Talk(tuple(people), MORNING.today(), "visit", text="both"),)))
    app = vitalfew(book, start="log")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        name = next(name for person, name in at(app).people if person == people[1])
        await pilot.press("p")
        await settle(pilot)
        assert name in frame(app)
        await pilot.press(str([one for one, _name in listed(app)[0].people].index(people[1]) + 1))
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        assert [who.name for who in app.screen.meant()] == [name]


async def test_y_copies_all_that_was_said(
    vitalfew: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    app = vitalfew(chat(tmp_path, 2, "first line {}\nsecond line"), start="log")
    monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        await pilot.press("tab", "k", "y")
        await settle(pilot)
        assert copied == ["first line 1\nsecond line", "first line 0\nsecond line"]
        await pilot.press("V", "y")
        await settle(pilot)
        assert len(copied) == 2
        assert "lift the veil first" in frame(app)


async def test_tab_goes_into_the_conversation_and_back_and_esc_too(vitalfew: Make) -> None:
    app = vitalfew(start="log")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        said = app.screen.query_one(ThreadList)
        for back in ("tab", "escape"):
            await pilot.press("tab")
            assert said.has_focus
            await pilot.press(back)
            assert app.screen.query_one("#talks").has_focus
        await pilot.press("tab")
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert app.screen.query_one("#talks").has_focus


async def test_more_are_read_as_the_cursor_nears_the_end(
    vitalfew: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_FIRST", 40)
    monkeypatch.setattr(log, "_PAGE", 60)
    monkeypatch.setattr(log, "_NEAR", 10)
    app = vitalfew(chat(tmp_path, 150), start="log")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert len(listed(app)) == 40
        assert "40+ talks" in frame(app)
        for many in (100, 150, 150):
            await pilot.press("G")
            await settle(pilot)
            assert len(listed(app)) == many
        assert "150 talks" in frame(app)
        assert at(app).line == "no 0"
        assert [hit.line for hit in listed(app)] == [f"no {one}" for one in reversed(range(150))]


async def test_what_is_logged_meanwhile_comes_in_and_the_cursor_stays(vitalfew: Make) -> None:
    app = vitalfew(start="log")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("j", "j")
        here = at(app).id
        await pilot.press("l", *"today call about the lighthouse", "enter")
        await settle(pilot)
        assert "lighthouse" in listed(app)[0].line
        assert at(app).id == here
        await pilot.press("u")
        await settle(pilot)
        assert "lighthouse" not in listed(app)[0].line


async def test_an_empty_log_says_how_to_get_talks(vitalfew: Make, tmp_path: Path) -> None:
    app = vitalfew(tmp_path / "empty.db", start="log")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "No talk is in the book yet." in frame(app)
        assert "7   brings them in" in frame(app)
        keys = "enter tab p y l n N u slash x enter escape escape G".split()
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        assert "No talk is in the book yet." in frame(app)


async def test_a_search_that_finds_nothing_says_so_and_names_the_operators(vitalfew: Make) -> None:
    app = vitalfew(start="log")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"zzqqy")
        await settle(pilot)
        assert "Nothing was said of “zzqqy”." in frame(app)
        assert "before:2023" in frame(app)
        await pilot.press("enter", "enter", "tab", "p", "y", "n")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert listed(app)


@pytest.mark.parametrize("text", ['"', "with:", "-", "on:31", "((", "NEAR(", "a*", "[/]", "\\", ""])
async def test_no_search_is_an_error(vitalfew: Make, text: str) -> None:
    app = vitalfew(start="log")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, LogScreen)
        screen.find(SearchBox.Changed(text))
        await settle(pilot)
        assert is_calm(frame(app))


@SIZES
async def test_hostile_words_are_shown_as_text(
    vitalfew: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    book = tmp_path / "hostile.db"
    with closing(fresh(book)) as bus:
        bad = [text.replace("\0", "").encode("utf-8", "replace").decode() for text in HOSTILE]
        store(bus, [message(at, text, ADA, subject=text) for at, text in enumerate(bad)])
    app = vitalfew(book, start="log")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key in ("enter", *("n" if size == SMALL else "j",) * len(bad), "q", "5"):
            await pilot.press(key)
            await settle(pilot)
            assert is_calm(frame(app))


@SIZES
async def test_the_veil_covers_row_and_conversation(
    vitalfew: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(chat(tmp_path, 3, "secret {}"), start="log")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "secret 2" in frame(app)
        await pilot.press("V")
        await settle(pilot)
        assert "secret" not in frame(app)
        assert "Ada" not in frame(app)
        await pilot.press("q", "5")
        await settle(pilot)
        assert "secret" not in frame(app)
        await pilot.press("V")
        await settle(pilot)
        assert "secret 2" in frame(app)
