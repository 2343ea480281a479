"""A day's list from the first row to the last: done, finished, and what stands round it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from core.queries import focus
from core.settings import Settings
from tests.book import at, entry, store
from tests.support import SIZES, SMALL, frame, read, same_frame, settle
from tests.tui.conftest import MORNING
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.queries.focus import FocusDay
    from core.rules.focus import FocusRow
    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

TODAY = MORNING.today()


def rows(app: VitalfewApp) -> list[FocusRow]:
    return list(app.screen.query_one("#few", RowList).rows)


def stored(book: Path, day: date = TODAY) -> FocusDay:
    return read(book, lambda view: focus.day(view, day, Settings()))


@SIZES
async def test_all_five_are_done_with_five_spaces(
    vitalfew: Make, book: Path, size: tuple[int, int]
) -> None:
    app = vitalfew()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)  # the day is planned, so its order stands
        await pilot.press(*["space"] * 5)
        await settle(pilot)
        assert all(row.done for row in rows(app))
        same_frame(app, "focus-finished")
        await pilot.press("space")
        await settle(pilot)
    assert stored(book).done == 5
    today = read(
        book,
        lambda view: view.execute(
            "SELECT count(*) FROM interaction WHERE day = '2026-11-21'"
        ).fetchone(),
    )
    assert today[0] == 5


async def test_three_people_are_done_in_three_keys(vitalfew: Make, book: Path) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        first = [row.id for row in rows(app)][:3]
        await pilot.press("space", "space", "space")
        await settle(pilot)
        assert "3 of 5 done" in frame(app)
    assert {row.id for row in stored(book).rows if row.done} == set(first)


async def test_a_finished_list_says_what_the_day_brought_and_q_quits(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Today brought" not in frame(app)
        await pilot.press(*["space"] * 5)
        await settle(pilot)
        told = " ".join(frame(app).split())
        assert "Done for today: five of five." in told
        assert "q quits." in told
        assert "Today brought 4 mails, 1 WhatsApp message: Tobias Rehn, Dieter Vogt" in told
        await pilot.press("u")
        await settle(pilot)
        assert "Today brought" not in frame(app)
        await pilot.press("space")
        await settle(pilot)
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running
    assert app.return_code == 0


async def test_an_old_list_is_a_line_whose_key_brings_a_newer_one(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        lines = frame(app).splitlines()
        place = next(at for at, line in enumerate(lines) if "Google is 64 days old: 7" in line)
        await pilot.click(offset=(lines[place].index(": 7") + 2, place))
        await settle(pilot)
        assert app.current_mode == "imports"
    app = vitalfew(settings=Settings(stale_days=0))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "days old" not in frame(app)


async def test_a_row_says_what_the_clock_says_there_and_who_is_awake_comes_first(
    vitalfew: Make, tmp_path: Path
) -> None:
    book = tmp_path / "far.db"
    bus = Bus(book, clock=at("2026-10-01"))
    numbers = (
        ("Ada", "+6493661234"),
        ("Ben", "+442079460958"),
        ("Chen", "1"),
        ("Dee", "+12125550123"),
    )
    store(bus, *(entry(one, ("email", "x@x.example"), ("phone", phone)) for one, phone in numbers))
    bus.run(SetTier((1, 2, 3, 4), "A"))
    bus.run(SetWait((1, 2, 3, 4), date(2026, 11, 20), "wanted to hear"))
    bus.close()
    app = vitalfew(book)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        told = [" ".join(line.split()[-5:]) for line in frame(app).splitlines()[2:6]]
        assert [row.name for row in rows(app)] == ["Ben", "Chen", "Ada", "Dee"]
        assert told[0].endswith("hear mail · 09:12")
        assert told[1].endswith("to hear mail")
        assert told[2].endswith("mail · 22:12 asleep")
        assert told[3].endswith("mail · 04:12 asleep")
    assert [row.name for row in stored(book).rows] == ["Ada", "Ben", "Chen", "Dee"]
