from __future__ import annotations

import re
from contextlib import closing
from datetime import date, timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.log_talk import LogTalks, Talk
from core.commands.set_tier import SetTier
from core.queries import balance
from tests.book import at, entry, fresh, rows, store
from tests.support import HOSTILE, LARGE, SIZES, SMALL, frame, is_calm, same_frame, settle
from tests.tui.conftest import MORNING
from tui.screens.eighty_twenty import EightyTwentyScreen
from tui.screens.person import PersonScreen
from tui.widgets.pareto_chart import ParetoChart
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.app import VitalfewApp
    from tui.screens.eighty_twenty_rows import Line

    Make = Callable[..., VitalfewApp]

TODAY = MORNING.today()


def shown(app: VitalfewApp) -> list[Line]:
    return list(app.screen.query_one("#lines", RowList).rows)


def kinds(app: VitalfewApp) -> list[str]:
    return [line.key.partition(" ")[0] for line in shown(app)]


def chart(app: VitalfewApp) -> ParetoChart:
    return app.screen.query_one(ParetoChart)


def tier_of(book: Path, person: int) -> str:
    return str(rows(book, "SELECT tier FROM person_row WHERE id = ?", person)[0][0])


@pytest.fixture
def moving(tmp_path: Path) -> Path:
    """Ada talks every ten days, in C; Ben in A was silent for two years; Cem has no talk."""
    book = tmp_path / "moving.db"
    with closing(fresh(book, clock=at("2026-01-05"))) as bus:
        some = (entry(name, ("email", f"{name[:3].lower()}@x.example")) for name in ("Ada", "Ben"))
        store(bus, *some, entry("Cem"))
        for person, tier in enumerate("CAA", 1):
            bus.run(SetTier((person,), tier))
    with closing(Bus(book, clock=MORNING)) as bus:
        for back in range(0, 90, 10):
            log(bus, 1, back)
        log(bus, 2, 720)
    return book


def log(bus: Bus, person: int, ago: int) -> None:
    bus.run(LogTalks((Talk((person,), TODAY - timedelta(days=ago), "call"),)))


@SIZES
async def test_the_curve_the_tiers_and_what_to_change(
    vitalfew: Make, size: tuple[int, int]
) -> None:
    app = vitalfew(sample=True)
    async with app.run_test(size=size) as pilot:
        await pilot.press("6")
        await settle(pilot)
        assert isinstance(app.screen, EightyTwentyScreen)
        same_frame(app, "balance")
        await pilot.press("m", "left", "left")
        await settle(pilot)
        same_frame(app, "balance-month")


async def test_left_and_right_walk_along_the_curve_and_name_who_stands_there(
    vitalfew: Make,
) -> None:
    app = vitalfew(start="balance")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        curve = chart(app).curve
        assert chart(app).cursor == curve.few() - 1
        for key, move in (("right", 1), ("left", -1), ("left", -1)):
            was = chart(app).cursor
            await pilot.press(key)
            await settle(pilot)
            assert chart(app).cursor == was + move
            assert app.screen.query_one("#lines").has_focus
        stride = len(curve.people) // 20
        was = chart(app).cursor
        await pilot.press("shift+right", "shift+right", "shift+left")
        await settle(pilot)
        assert chart(app).cursor == was + stride
        (name,) = rows(
            app.backend.book,
            "SELECT name FROM person_row WHERE id = ?",
            curve.people[chart(app).cursor],
        )
        assert f"▲ {chart(app).cursor + 1}. {name[0]}" in frame(app)
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        assert [who.name for who in app.screen.meant()] == [name[0]]


async def test_tab_goes_to_the_curve_and_back_and_so_does_esc(vitalfew: Make) -> None:
    app = vitalfew(start="balance")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for key in ("tab", "escape"):
            await pilot.press("tab")
            assert chart(app).has_focus
            await pilot.press(key)
            assert app.screen.query_one("#lines").has_focus
        row = app.screen.query_one("#lines", RowList).row
        await pilot.press("tab", "escape")
        assert app.screen.query_one("#lines", RowList).row == row


async def test_a_click_on_the_curve_goes_there(vitalfew: Make) -> None:
    app = vitalfew(start="balance")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await pilot.click(chart(app), offset=(8, 3))
        await settle(pilot)
        assert chart(app).cursor < 10


async def test_space_moves_as_proposed_and_u_takes_it_back(vitalfew: Make, moving: Path) -> None:
    app = vitalfew(moving, start="balance")
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        assert "C → A? Ada" in frame(app)
        assert "A → B? Ben" in frame(app)
        assert "no talk for 24 months" in frame(app)
        await pilot.press("space")
        await settle(pilot)
        assert tier_of(moving, 1) == "A"
        assert "Ada → A — u takes it back" in frame(app)
        assert kinds(app).count("move") == 1
        await pilot.press("u")
        await settle(pilot)
        assert tier_of(moving, 1) == "C"
        assert kinds(app).count("move") == 2


async def test_x_leaves_them_in_peace_and_a_restart_remembers(vitalfew: Make, moving: Path) -> None:
    for left in (True, False):
        app = vitalfew(moving, start="balance")
        async with app.run_test(size=LARGE) as pilot:
            await settle(pilot)
            assert kinds(app).count("move") == left + 1
            await pilot.press("x")
            await settle(pilot)
            assert kinds(app).count("move") == left
            assert ("no move is proposed" in frame(app)) is not left
    assert (tier_of(moving, 1), tier_of(moving, 2)) == ("C", "A")


async def test_on_another_row_space_and_x_only_say_what_they_are_for(
    vitalfew: Make, moving: Path
) -> None:
    app = vitalfew(moving, start="balance")
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        before = rows(moving, "SELECT count(*) FROM command")
        for keys in (("G", "space"), ("x",), ("tab", "space")):
            await pilot.press(*keys)
            await settle(pilot)
            assert "answer a proposal" in frame(app)
        assert rows(moving, "SELECT count(*) FROM command") == before


async def test_who_had_nothing_is_opened_by_enter_and_filed_by_t(
    vitalfew: Make, moving: Path
) -> None:
    app = vitalfew(moving, start="balance")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        lines = app.screen.query_one("#lines", RowList)
        assert lines.go_to("quiet 3")
        assert "2 of 2 in A had no talk this month" in frame(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        await pilot.press("q", "t", "c")
        await settle(pilot)
        assert tier_of(moving, 3) == "C"
        assert "quiet 3" not in [line.key for line in shown(app)]


async def test_enter_on_a_network_says_how_to_find_its_people(
    vitalfew: Make,
) -> None:
    app = vitalfew(start="balance")
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        assert app.screen.query_one("#lines", RowList).go_to("thin linkedin")
        assert "if LinkedIn goes, 145 people go" in frame(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "no:mail no:phone source:linkedin" in frame(app)


async def test_m_goes_back_month_by_month_and_round_to_all_time(
    vitalfew: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(balance, "MONTHS", 3)
    app = vitalfew(start="balance")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        everybody = len(chart(app).curve.people)
        told = []
        for _ in range(balance.MONTHS):
            await pilot.press("m")
            await settle(pilot)
            told.append(frame(app).splitlines()[1].split(":")[0].strip())
            assert len(chart(app).curve.people) < everybody
        assert told == ["Nov 2026", "Oct 2026", "Sep 2026"]
        await pilot.press("m")
        await settle(pilot)
        assert "all time" in frame(app)
        assert len(chart(app).curve.people) == everybody
        await pilot.press("M")
        await settle(pilot)
        assert "Sep 2026: talks with" in frame(app)


async def test_what_is_counted_is_said_and_no_other_key_waits_for_it(
    vitalfew: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()
    months = balance.months

    def slow(*given: object, **named: object) -> object:
        go_on.wait(20)
        return months(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(balance, "months", slow)
    app = vitalfew(start="balance")
    async with app.run_test(size=SMALL) as pilot:
        while "by month: counting…" not in frame(app):
            await pilot.pause()
        await pilot.press("4")
        while "Aisha" not in frame(app) and "People" not in frame(app):
            await pilot.pause()
        assert app.current_mode == "people"
        await pilot.press("6")
        go_on.set()
        await settle(pilot)
        assert "Dec Jan Feb" in frame(app)


async def test_a_talk_logged_here_is_counted_at_once(vitalfew: Make, moving: Path) -> None:
    app = vitalfew(moving, start="balance")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert app.screen.query_one("#lines", RowList).go_to("quiet 3")
        await pilot.press("l", *"hello", "enter")
        await settle(pilot)
        assert "1 of 2 in A had no talk this month" in frame(app)
        assert len(chart(app).curve.people) == 3


async def test_who_stands_on_the_curve_is_filed_there_and_shown_so(
    vitalfew: Make, moving: Path
) -> None:
    app = vitalfew(moving, start="balance")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await pilot.press("tab")
        assert "▲ 1. Ada C · 9 talks" in frame(app)
        await pilot.press("t", "b")
        await settle(pilot)
        assert tier_of(moving, 1) == "B"
        assert "▲ 1. Ada B · 9 talks" in frame(app)


async def test_an_empty_book_says_how_to_begin(vitalfew: Make, tmp_path: Path) -> None:
    fresh(tmp_path / "empty.db").close()
    app = vitalfew(tmp_path / "empty.db", start="balance")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Nobody is in the book yet." in frame(app)
        for key in ("left", "space", "x", "enter", "m", "tab", "t", "j"):
            await pilot.press(key)
            await settle(pilot)
        assert is_calm(frame(app))


async def test_without_tiers_or_talks_it_says_what_to_do_next(vitalfew: Make, phone: Path) -> None:
    app = vitalfew(phone, start="balance")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "No talk is known yet" in frame(app)
        assert "2 sorts; ten minutes give a first list." in frame(app)
        await pilot.press("m")
        await settle(pilot)
        assert "No talk is known of that month." in frame(app)


async def test_foreign_names_stay_words(vitalfew: Make, tmp_path: Path) -> None:
    book = tmp_path / "hostile.db"
    with closing(fresh(book, clock=at("2026-01-05"))) as bus:
        store(bus, *(entry(name, ("org", name), key=str(n)) for n, name in enumerate(HOSTILE)))
        people = tuple(person for (person,) in rows(book, "SELECT id FROM person_row"))
        bus.run(SetTier(people, "A"))
    with closing(Bus(book, clock=MORNING)) as bus:
        for person in people:
            log(bus, person, 300 + person)
    app = vitalfew(book, start="balance")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for _ in HOSTILE:
            assert is_calm(frame(app))
            await pilot.press("j", "left", "escape")
            await settle(pilot)
        assert all(len(line) <= 80 for line in frame(app).splitlines())


@SIZES
async def test_the_veil_covers_every_name(
    vitalfew: Make, moving: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(moving, start="balance", veiled=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        painted = [frame(app)]
        for key in ("right", "escape", "space", "x", "m", "m"):
            await pilot.press(key)
            await settle(pilot)
            painted.append(frame(app))
        names = re.compile(r"\b(Ben|Cem)\b")
        assert [names.findall(text) for text in painted if names.search(text)] == []
        assert "talks every 10 days" in painted[0]
        assert "C → A?" in painted[0]
        await pilot.press("V")
        await settle(pilot)
        assert "Cem" in frame(app)


async def test_a_new_day_is_another_month(vitalfew: Make, moving: Path) -> None:
    app = vitalfew(moving, start="balance", clock=at("2026-12-01"))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec" in frame(app)
        await pilot.press("m")
        await settle(pilot)
        assert "Dec 2026: talks with 0 people" in frame(app)
        assert balance.first_of(date(2026, 12, 1)) == date(2026, 12, 1)
