from __future__ import annotations

from typing import TYPE_CHECKING

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.errors import BookError
from importers.choices import Options
from importers.run import import_paths
from tests.support import HOSTILE, frame, is_calm, settle
from tests.tui.conftest import MORNING
from tests.tui.screens.triage_desk import (
    a_list,
    at_the_cards,
    column,
    current,
    press,
    queue,
    screen,
    suggested,
    tiers,
)
from tui.app import VitalfewApp

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.tui.screens.triage_desk import Make


async def test_fifty_keys_at_once_file_fifty_people_each_where_its_key_says(
    vitalfew: Make, book: Path
) -> None:
    order = queue(book)[:50]
    keys = [("a", "b", "c", "d")[place * 7 % 4] for place in range(50)]
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        await press(pilot, *keys)
        assert current(app) not in order
        assert "50 in 1 min" in frame(app)
    found = tiers(book)
    assert [found[person] for person in order] == [key.upper() for key in keys]


async def test_enter_files_as_suggested_however_quickly_it_is_pressed(
    vitalfew: Make, book: Path
) -> None:
    order = queue(book)[:12]
    wanted = [suggested(book, person) for person in order]
    assert all(wanted)
    app = vitalfew(start="triage")
    async with at_the_cards(app) as pilot:
        await press(pilot, *["enter"] * len(order))
    found = tiers(book)
    assert [found[person] for person in order] == wanted


async def test_where_too_little_is_known_enter_files_nobody(vitalfew: Make, phone: Path) -> None:
    bus = Bus(phone, clock=MORNING)
    path = phone.with_name("x.vcf")
    path.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zed\r\nEND:VCARD\r\n", encoding="utf-8")
    import_paths(bus, phone, [path], Options(region="DE"))
    bus.close()
    app = vitalfew(phone, start="triage")
    async with at_the_cards(app) as pilot:
        await press(pilot, "slash")
        await press(pilot, *"zed", "enter")
        zed = current(app)
        assert "too little is known: a b c d file, → skips" in frame(app)
        await pilot.press("enter")
        await settle(pilot)
        assert current(app) == zed
    assert tiers(phone)[zed] == ""


async def test_whom_one_skips_comes_last_and_left_goes_back(vitalfew: Make, phone: Path) -> None:
    first, second, third = queue(phone)[:3]
    app = vitalfew(phone, start="triage")
    async with at_the_cards(app) as pilot:
        await pilot.press("right", "c")
        assert current(app) == third
        await pilot.press("left")
        assert current(app) == second
        await settle(pilot)
        assert "filed in C" in frame(app)
        await pilot.press("a")
        assert current(app) == third
        await press(pilot, *["c"] * 30)
        assert current(app) == first
        assert "you skipped this one before" in frame(app)
        assert "1 left of 32" in frame(app)
    found = tiers(phone)
    assert (found[first], found[second], found[third]) == ("", "A", "C")


async def test_going_back_to_somebody_filed_and_on_leaves_them_where_they_are(
    vitalfew: Make, phone: Path
) -> None:
    first, second = queue(phone)[:2]
    app = vitalfew(phone, start="triage")
    async with at_the_cards(app) as pilot:
        await pilot.press("d", "left", "enter")
        await settle(pilot)
        assert current(app) == second
    assert tiers(phone)[first] == "D"


async def test_what_is_taken_back_is_the_current_card_again(vitalfew: Make, phone: Path) -> None:
    first, second, third = queue(phone)[:3]
    app = vitalfew(phone, start="triage")
    async with at_the_cards(app) as pilot:
        await pilot.press("a", "b")
        assert current(app) == third
        await pilot.press("u")
        await settle(pilot)
        assert current(app) == second
        assert "31 left of 32 · 1 in 1 min" in frame(app)
        await pilot.press("u")
        await settle(pilot)
        assert current(app) == first
        assert column(app, "a").rows == []
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert current(app) == second
        assert [row.id for row in column(app, "a").rows] == [first]


async def test_a_key_and_its_undo_in_one_breath_leave_nothing_behind(
    vitalfew: Make, phone: Path
) -> None:
    first = queue(phone)[0]
    app = vitalfew(phone, start="triage")
    async with at_the_cards(app) as pilot:
        await press(pilot, "a", "u")
        assert current(app) == first
    assert tiers(phone)[first] == ""


async def test_a_filing_that_fails_comes_back_with_a_sentence(
    vitalfew: Make, phone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = queue(phone)[:2]
    app = vitalfew(phone, start="triage")
    async with at_the_cards(app, notifications=True) as pilot:

        async def refuse(_command: object) -> None:
            raise BookError("the disk is full; nothing was changed")

        with monkeypatch.context() as patch:
            patch.setattr(app.backend, "run", refuse)
            await pilot.press("a")
            await settle(pilot)
        assert "the disk is full" in frame(app)
        assert current(app) == first
        assert column(app, "a").rows == []
        await pilot.press("b")
        await settle(pilot)
        assert current(app) == second
    assert tiers(phone)[first] == "B"


async def test_what_another_program_files_leaves_the_queue(vitalfew: Make, phone: Path) -> None:
    first, second, third = queue(phone)[:3]
    app = vitalfew(phone, start="triage")
    async with at_the_cards(app) as pilot:
        other = Bus(phone, clock=MORNING)
        other.run(SetTier((first, third), "B"))
        other.close()
        app.tell_screens()
        await settle(pilot)
        assert current(app) == second
        assert {row.id for row in column(app, "b").rows} == {first, third}


async def test_a_verdict_is_not_taken_for_a_card_nobody_can_have_read(
    vitalfew: Make, phone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = vitalfew(phone, start="triage")
    async with at_the_cards(app) as pilot:
        monkeypatch.setattr(VitalfewApp, "deaf_seconds", 3600.0)
        first = current(app)
        await pilot.press("a", "enter", "d")
        await settle(pilot)
        assert current(app) == first
        await pilot.press("right")
        assert current(app) != first
    assert set(tiers(phone).values()) == {""}


async def test_a_person_in_d_stays_there_when_the_same_export_comes_again(
    vitalfew: Make, phone: Path
) -> None:
    first = queue(phone)[0]
    app = vitalfew(phone, start="triage")
    async with at_the_cards(app) as pilot:
        await pilot.press("d")
        await settle(pilot)
        bus = Bus(phone, clock=MORNING)
        import_paths(bus, phone, [phone.with_name("phone.vcf")], Options(region="DE"))
        bus.close()
        app.tell_screens()
        await settle(pilot)
        assert first not in screen(app).sitting.left
        assert [row.id for row in column(app, "d").rows] == [first]
    assert tiers(phone)[first] == "D"
    assert len(tiers(phone)) == 32


async def test_a_log_from_the_card_is_of_the_person_on_it(vitalfew: Make, phone: Path) -> None:
    app = vitalfew(phone, start="triage")
    async with at_the_cards(app) as pilot:
        await pilot.press("l")
        await settle(pilot)
        await pilot.press(*"met", "enter")
        await settle(pilot)
        assert '1 talk both ways, last 21 Nov ↔ "met"' in frame(app)


async def test_hostile_names_are_filed_like_all_others(vitalfew: Make, tmp_path: Path) -> None:
    book = tmp_path / "hostile.db"
    bus = Bus(book, clock=MORNING)
    names = [name.replace("\n", "\\n").replace("\r", "") for name in HOSTILE if name]
    import_paths(bus, book, [a_list(tmp_path, names)], Options(region="DE"))
    bus.close()
    count = len(queue(book))
    assert count > 10
    app = vitalfew(book, start="triage")
    async with at_the_cards(app) as pilot:
        for _ in range(count):
            assert is_calm(frame(app))
            await pilot.press("c")
            await settle(pilot)
        await pilot.press("tab", "tab", "tab", "space", "left")
        await settle(pilot)
        assert is_calm(frame(app))
    assert set(tiers(book).values()) == {"C"}
