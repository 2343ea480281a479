from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from core.bus import Bus
from core.commands.add_person import AddPerson
from core.commands.merge import Merge
from core.commands.store_talks import Part
from core.rules import kinds
from core.rules.typed import Typed
from tests.said import message
from tests.support import HOSTILE, LARGE, SIZES, SMALL, frame, is_calm, settle
from tests.tui.conftest import MORNING
from tests.tui.screens.log_desk import ADA, BEN, WORK, book_of, lines, opened, press
from tui.screens.log_thread import LogThreadScreen
from tui.screens.person import PersonScreen
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]


def mixed(tmp_path: Path) -> Path:
    chat = [message(at, f"chat {at}", ADA, out=bool(at % 2)) for at in range(6)]
    mails = [message(30, "body", ADA, channel="mail", kind="mail", subject="Slides", thread="m")]
    return book_of(tmp_path, [*chat, *mails], "coffee")


def painted(app: VitalfewApp) -> list[str]:
    """What the log shows, line by line, without what stands beside it."""
    found = (line.rpartition("│")[2].strip(" ▸") for line in frame(app).splitlines())
    return [line for line in found if line]


@SIZES
async def test_all_talks_stand_under_quiet_heads_newest_first(
    vitalfew: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(mixed(tmp_path), start="people")
    async with app.run_test(size=size) as pilot:
        log = await opened(pilot)
        await press(pilot, "tab")
        assert log.has_focus
        shown = painted(app)
        start = next(at for at, line in enumerate(shown) if line.startswith("log · 8 talks"))
        assert shown[start + 1 : start + 13] == [
            "21 Nov · visit",
            "↔ coffee",
            "6 Mar 2019 · mail · Slides",
            "← body",
            "5 Mar 2019 · WhatsApp",
            "→ chat 5",
            "← chat 4",
            "→ chat 3",
            "← chat 2",
            "→ chat 1",
            "← chat 0",
            shown[start + 12],
        ]


async def test_in_a_small_window_tab_shows_the_log_in_place_of_the_facts_and_back(
    vitalfew: Make, tmp_path: Path
) -> None:
    app = vitalfew(mixed(tmp_path), start="people")
    async with app.run_test(size=SMALL) as pilot:
        log = await opened(pilot)
        facts = app.screen.query_one("#facts", RowList)
        assert facts.has_focus
        assert not log.display
        assert "tab shows all 8 talks" in frame(app)
        assert [row.words for row in facts.rows if row.talk][:3] == ["coffee", "body", "chat 5"]
        await press(pilot, "tab")
        assert log.has_focus
        assert not facts.display
        await press(pilot, "tab")
        assert facts.has_focus
        assert not log.display
        await press(pilot, "G", "enter")  # the row that says so leads there as well
        assert log.has_focus


async def test_a_window_that_becomes_small_shows_the_one_that_has_the_keys(
    vitalfew: Make, tmp_path: Path
) -> None:
    app = vitalfew(mixed(tmp_path), start="people")
    async with app.run_test(size=LARGE) as pilot:
        log = await opened(pilot)
        assert log.display
        await press(pilot, "tab")
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert log.has_focus
        assert log.display
        assert not app.screen.query_one("#facts").display
        await press(pilot, "tab")
        assert app.screen.query_one("#facts").has_focus


async def test_the_cursor_goes_from_talk_to_talk_and_never_stands_on_a_head(
    vitalfew: Make, tmp_path: Path
) -> None:
    app = vitalfew(mixed(tmp_path), start="people")
    async with app.run_test(size=LARGE) as pilot:
        log = await opened(pilot)
        await press(pilot, "tab")
        for key in [*"jjjjkkkkkGkg", "ctrl+d", "ctrl+u", "down"]:
            await press(pilot, key)
            assert log.row
            assert not log.row.head
        await press(pilot, "G")
        assert lines(log)[-1] == "chat 0"
        assert log.talk == log.rows[-1].key
        await press(pilot, "g")
        assert log.talk == log.rows[1].key
        assert log.scroll_offset.y == 0
        await pilot.click(log, offset=(6, 3))  # on a head, below that of the first talk
        assert log.row
        assert log.row.talk.line == "body"


@SIZES
async def test_f_shows_one_channel_alone_and_esc_all_again(
    vitalfew: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(mixed(tmp_path), start="people")
    async with app.run_test(size=size) as pilot:
        log = await opened(pilot)
        await press(pilot, "f")
        shown = frame(app)
        assert "WhatsApp" in shown
        assert "6 talks" in shown
        await press(pilot, "escape")
        assert len(lines(log)) == 8
        await press(pilot, "f", "1")
        assert log.has_focus
        assert lines(log) == [f"chat {at}" for at in reversed(range(6))]
        assert "log · 6 of 8 talks · WhatsApp only" in frame(app)
        await press(pilot, "l", *"tea", "enter")  # the choice holds while one goes on
        assert "log · 6 of 9 talks · WhatsApp only" in frame(app)
        await press(pilot, "f", "a")
        assert len(lines(log)) == 9
        await press(pilot, "f", "2", "escape")
        assert len(lines(log)) == 9
        assert isinstance(app.screen, PersonScreen)


@SIZES
async def test_enter_opens_the_conversation_of_a_talk_and_q_comes_back(
    vitalfew: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(mixed(tmp_path), start="people")
    async with app.run_test(size=size) as pilot:
        log = await opened(pilot)
        await press(pilot, "tab", "j", "j", "j", "enter")
        assert isinstance(app.screen, LogThreadScreen)
        assert app.screen.talk() == log.talk
        assert "chat 4" in frame(app)
        await press(pilot, "n")
        assert isinstance(app.screen, LogThreadScreen)
        assert log.row
        assert log.row.talk.line == "chat 3"
        assert app.screen.talk() == log.talk
        await press(pilot, "q")
        assert isinstance(app.screen, PersonScreen)
        assert log.has_focus


async def test_y_copies_all_the_words_of_the_talk(
    vitalfew: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    talks = [message(1, "first\nsecond", ADA), message(2, "", ADA)]
    app = vitalfew(book_of(tmp_path, talks), start="people")
    monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await opened(pilot)
        await press(pilot, "tab", "y")
        assert copied == []
        assert "no words are kept of this talk" in frame(app)
        await press(pilot, "j", "y")
        assert copied == ["first\nsecond"]
        await press(pilot, "tab", "j", "y")
        assert copied == ["first\nsecond", ADA]


async def test_l_writes_a_line_that_stands_at_the_top(vitalfew: Make, tmp_path: Path) -> None:
    app = vitalfew(book_of(tmp_path), start="people")
    async with app.run_test(size=LARGE) as pilot:
        log = await opened(pilot)
        assert "No talk is in the log yet." in frame(app)
        assert "l   writes one by hand" in frame(app)
        await press(pilot, "tab", "j", "k", "G", "g", "enter", "y", "f", "escape")
        await press(pilot, "l", *"tea", "enter")
        assert lines(log) == ["tea"]
        assert "log · 1 talk" in frame(app)


async def test_what_has_no_words_is_told_by_its_kind_and_who_was_there_quietly(
    vitalfew: Make, tmp_path: Path
) -> None:
    there = (Part("email", BEN, "", "Ben", "from"), Part("email", ADA, "", "", "there"))
    talks = [
        message(1, "", ADA),
        message(30, "", ADA, kind="call", channel="phone", thread="c")._replace(seconds=3_900),
        message(31, "see you all", ADA, kind="mail", channel="mail")._replace(parts=there),
    ]
    app = vitalfew(book_of(tmp_path, talks), start="people")
    async with app.run_test(size=LARGE) as pilot:
        log = await opened(pilot)
        shown = painted(app)
        assert "· was there: see you all" in shown
        assert "← 1 h 5 min" in shown
        assert "← message" in shown
        assert log.heading == "log · 2 talks"


async def test_the_log_of_two_entries_of_one_person_shows_both_each_once(
    vitalfew: Make, tmp_path: Path
) -> None:
    talks = [message(1, "private", ADA), message(2, "work", WORK), message(3, "x", ADA, WORK)]
    book = book_of(tmp_path, talks)
    with closing(Bus(book, clock=MORNING)) as bus:
        name, mail = Typed(kinds.NAME, "A. Wong"), Typed(kinds.EMAIL, WORK)
        (other,) = bus.run(AddPerson((name, mail))).people
        bus.run(Merge((1, other), ()))
    app = vitalfew(book, start="people")
    async with app.run_test(size=LARGE) as pilot:
        log = await opened(pilot)
        assert lines(log) == ["x", "work", "private"]
        assert log.heading == "log · 3 talks"


async def test_after_the_import_is_taken_back_the_log_is_empty(
    vitalfew: Make, tmp_path: Path
) -> None:
    book = book_of(tmp_path, [message(at, f"no {at}", ADA) for at in range(9)])
    app = vitalfew(book, start="people")
    async with app.run_test(size=LARGE) as pilot:
        log = await opened(pilot)
        assert len(lines(log)) == 9
        await press(pilot, "f", "1")
        await app.backend.undo(sure=True)
        app.tell_screens()
        await settle(pilot)
        assert lines(log) == []
        assert "No talk by WhatsApp; esc shows all." in frame(app)
        await press(pilot, "escape")
        assert "No talk is in the log yet." in frame(app)


async def test_hostile_words_and_threads_are_shown_as_text(vitalfew: Make, tmp_path: Path) -> None:
    bad = [text.replace("\0", "").encode("utf-8", "replace").decode() for text in HOSTILE]
    talks = [
        message(at, text, ADA, subject=text, channel=text or "x") for at, text in enumerate(bad)
    ]
    app = vitalfew(book_of(tmp_path, talks), start="people")
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await opened(pilot)
        for key in ("tab", *("j",) * 9, "G", "y", "f", "j", "j", "enter", "escape", "enter", "q"):
            await press(pilot, key)
            assert is_calm(frame(app))


@SIZES
async def test_the_veil_covers_the_log(
    vitalfew: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    talks = [message(at, f"secret {at}", ADA, subject="secret group") for at in range(3)]
    app = vitalfew(book_of(tmp_path, talks), start="people")
    async with app.run_test(size=size, notifications=True) as pilot:
        log = await opened(pilot)
        await press(pilot, "tab")
        assert "secret 2" in frame(app)
        await press(pilot, "V")
        assert "secret" not in frame(app)
        assert "3 talks" in frame(app)
        assert len(lines(log)) == 3
        await press(pilot, "f")
        assert "WhatsApp" in frame(app)
        await press(pilot, "1", "y")
        assert "lift the veil first" in frame(app)
        assert len(lines(log)) == 3
        await press(pilot, "tab")
        assert "secret" not in frame(app)
        await press(pilot, "V", "tab")
        assert "secret 2" in frame(app)
