from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from core.bus import Bus
from core.clock import FixedClock
from core.commands.promise import AddPromise
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from core.queries import focus, person
from core.queries.people import everybody
from core.settings import Settings
from core.storage.driver import dbapi
from importers.choices import Options
from importers.run import import_paths
from tests.support import HOSTILE, SIZES, SMALL, frame, is_calm, read, same_frame, settle
from tests.tui.conftest import MORNING
from tui.screens.focus import FocusScreen
from tui.screens.person import PersonScreen
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from core.queries.focus import FocusDay
    from core.rules.focus import FocusRow
    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

TODAY = MORNING.today()


def rows(app: VitalfewApp) -> list[FocusRow]:
    return list(app.screen.query_one("#few", RowList).rows)


def here(app: VitalfewApp) -> FocusRow:
    row = app.screen.query_one("#few", RowList).row
    assert row is not None
    found: FocusRow = row
    return found


def stored(book: Path, day: date = TODAY) -> FocusDay:
    return read(book, lambda view: focus.day(view, day, Settings()))


@SIZES
async def test_the_morning_looks_as_it_was_drawn(vitalfew: Make, size: tuple[int, int]) -> None:
    app = vitalfew(sample=True)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        same_frame(app, "focus")


async def test_space_logs_by_the_channel_of_the_row_and_goes_to_the_next(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        first, second = rows(app)[:2]
        assert first.channel == "mail"
        await pilot.press("space")
        assert here(app).id == second.id
        await settle(pilot)
        assert "1 of 5 done" in frame(app)
        assert [row.id for row in rows(app) if row.done] == [first.id]
    newest = read(book, lambda view: person.talks(view, first.id, 1)[0])
    assert (newest.kind, newest.day, newest.direction) == ("mail", "2026-11-21", "both")


async def test_the_row_is_ticked_before_the_book_is_written(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        first = here(app)
        await app.screen.run_action("done")
        assert next(row for row in rows(app) if row.id == first.id).done
        await settle(pilot)


async def test_a_row_comes_back_with_a_sentence_if_it_cannot_be_written(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        first = here(app)
        refuse_talks(book)
        await pilot.press("space")
        await settle(pilot)
        assert not any(row.done for row in rows(app))
        assert first.id in {row.id for row in rows(app)}
        assert "the disk is full; nothing was changed" in frame(app)


def refuse_talks(book: Path) -> None:
    """Let the database answer as it does on a full disk when a talk is written."""
    connection = dbapi.connect(book)
    connection.execute(
        "CREATE TRIGGER full BEFORE INSERT ON interaction "
        "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    )
    connection.commit()
    connection.close()


async def test_not_today_takes_the_row_off_until_tomorrow(vitalfew: Make, book: Path) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        late = next(row for row in rows(app) if "late" in row.why)
        app.screen.query_one("#few", RowList).go_to(late.id)
        await pilot.press("x")
        assert late.id not in {row.id for row in rows(app)}
        await settle(pilot)
        assert late.id not in {row.id for row in rows(app)}
    tomorrow = stored(book, date(2026, 11, 22)).rows
    again = next(row for row in tomorrow if row.id == late.id)
    assert again.why == "10 days late (every 21)"


async def test_what_was_waited_for_is_still_known_after_not_today(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        waited = next(row for row in rows(app) if row.put_off == row.why)
        app.screen.query_one("#few", RowList).go_to(waited.id)
        await pilot.press("x")
        await settle(pilot)
    tomorrow = {row.id: row.why for row in stored(book, date(2026, 11, 22)).rows}
    assert tomorrow[waited.id] == waited.why


async def test_a_wait_for_the_last_open_row_leads_to_another_that_is_open(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("space")
        await settle(pilot)
        while not rows(app)[app.screen.query_one("#few", RowList).cursor + 1].done:
            await pilot.press("down")
        last = here(app).id
        await pilot.press("z", *"2w", "enter")
        await settle(pilot)
        assert last not in {row.id for row in rows(app)}
        assert not here(app).done


async def test_a_talk_says_which_promise_it_did_not_keep(vitalfew: Make, book: Path) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        bus = Bus(book, clock=MORNING)
        bus.run(AddPromise((here(app).id,), "me", "the deck", TODAY.isoformat()))
        bus.close()
        await pilot.press("space")
        await settle(pilot)
        assert "you still owe “the deck”" in frame(app).replace("▌", "")
        await pilot.press("up", "space")
        await settle(pilot)
        assert "you still owe" not in frame(app)


async def test_m_takes_the_next_of_those_who_are_due(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        before = {row.id for row in rows(app)}
        await pilot.press("m")
        await settle(pilot)
        assert len(rows(app)) == 6
        assert here(app).id not in before
        await pilot.press(*["m"] * 9)
        await settle(pilot)
        assert "nobody else is due" in frame(app)


async def test_u_takes_back_a_talk_and_the_row_is_open_again(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        first = here(app)
        await pilot.press("space")
        await settle(pilot)
        await pilot.press("u")
        await settle(pilot)
        assert not any(row.done for row in rows(app))
        assert f"took back: logged a mail with {first.name}" in frame(app)
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert [row.id for row in rows(app) if row.done] == [first.id]


async def test_a_key_is_deaf_while_nobody_can_have_read_the_new_row(
    vitalfew: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = vitalfew()
    monkeypatch.setattr(type(app), "deaf_seconds", 3600.0)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("space", "space", "x")
        await settle(pilot)
        assert sum(row.done for row in rows(app)) == 1
        assert len(rows(app)) == 5


async def test_the_keys_for_a_person_ask_about_the_row_at_the_cursor(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        first = here(app)
        await pilot.press("z")
        await pilot.pause()
        assert f"{first.name}: wait until" in frame(app)
        await pilot.press(*"3m let it rest", "enter")
        await settle(pilot)
        assert first.id not in {row.id for row in rows(app)}
        second = here(app)
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("d")
        await settle(pilot)
        assert second.id not in {row.id for row in rows(app)}
        third = here(app)
        await pilot.press("l")
        await pilot.pause()
        await pilot.press(*"called about the boat", "enter")
        await settle(pilot)
        assert next(row for row in rows(app) if row.id == third.id).done
        assert not here(app).done
    waiting = read(book, lambda view: person.view(view, first.id))
    assert waiting is not None
    assert (waiting.wait, waiting.wait_why) == ("2027-02-21", "let it rest")


async def test_enter_opens_the_person_and_q_comes_back(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("j", "enter")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, PersonScreen)
        await pilot.press("q")
        await settle(pilot)
        assert isinstance(app.screen, FocusScreen)


async def test_a_click_on_the_offer_takes_the_next(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        x = frame(app).splitlines()[1].index("(m takes") + 3
        await pilot.click(offset=(x, 1))
        await settle(pilot)
        assert len(rows(app)) == 6


async def test_an_empty_book_says_how_to_fill_it(vitalfew: Make, tmp_path: Path) -> None:
    app = vitalfew(tmp_path / "empty.db")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("space", "x", "m", "t", "l", "z", "o", "y", "enter")
        await settle(pilot)
        assert "brings people in" in frame(app)
        assert "vitalfew demo" in frame(app)


def _import(book: Path, names: tuple[str, ...]) -> list[int]:
    """People of these names, each with a mail address."""
    folder = book.parent
    lines = ["First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value"]
    for number, name in enumerate(names):
        quoted = name.replace('"', '""')
        lines.append(f'"{quoted}",,Home,p{number}@people.example')
    file = folder / "contacts.csv"
    file.write_text("\n".join(lines), encoding="utf-8", errors="replace")
    bus = Bus(book, clock=FixedClock(datetime(2026, 6, 1, 9)))  # noqa: DTZ001
    import_paths(bus, book, [file], Options())
    bus.close()
    return sorted(line.id for line in read(book, everybody))


async def test_a_book_in_which_nobody_is_sorted_sends_you_to_triage(
    vitalfew: Make, tmp_path: Path
) -> None:
    book = tmp_path / "new.db"
    _import(book, ("Ada", "Ben", "Chen"))
    app = vitalfew(book)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "3 people, none sorted." in frame(app)
        assert "2 sorts; ten minutes give a first list." in frame(app)


async def test_a_day_on_which_nobody_is_due_says_so(vitalfew: Make, tmp_path: Path) -> None:
    book = tmp_path / "quiet.db"
    people = _import(book, ("Ada", "Ben", "Chen"))
    bus = Bus(book, clock=MORNING)
    bus.run(SetTier((people[0],), "C"))
    bus.close()
    app = vitalfew(book)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Nobody is due today." in frame(app)
        assert "2 sorts the 2 who are not sorted yet." in frame(app)


@SIZES
async def test_hostile_names_are_shown_as_text(
    vitalfew: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    book = tmp_path / "hostile.db"
    people = _import(book, HOSTILE)
    bus = Bus(book, clock=FixedClock(datetime(2026, 6, 1, 9)))  # noqa: DTZ001
    bus.run(SetTier(tuple(people), "A"))
    for one, why in zip(people, HOSTILE, strict=False):
        bus.run(SetWait((one,), date(2026, 11, 20), why))
    bus.close()
    app = vitalfew(book)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*["m"] * len(HOSTILE), "g")
        for _ in HOSTILE:
            await pilot.press("j")
            await settle(pilot)
            assert is_calm(frame(app))
        await pilot.press("space", "x")
        await settle(pilot)
        assert is_calm(frame(app))


async def test_the_list_is_kept_once_it_is_painted_and_no_key_takes_it_back(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        shown = [row.id for row in rows(app)]
        await settle(pilot)
        assert [row.id for row in rows(app)] == shown
        assert stored(book).unplanned == 0
        await pilot.press("m")
        await settle(pilot)
        assert len(stored(book).rows) == 6
        await pilot.press("u")
        await settle(pilot)
        assert len(stored(book).rows) == 6
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert len(rows(app)) == 6
        await pilot.press("m")
        await settle(pilot)
        assert len(rows(app)) == 7


async def test_a_new_day_begins_with_its_own_list(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("m")
        await settle(pilot)
        app.backend.clock = FixedClock(datetime(2026, 11, 22, 9))  # noqa: DTZ001
        app.look()
        await settle(pilot)
        assert "Sun 22 Nov · 0 of 5 done" in frame(app)
