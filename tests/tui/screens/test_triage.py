from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.errors import BookError
from core.queries import people, triage
from core.queries.triage import Member
from core.rules import finding
from core.settings import Settings
from core.storage import connect
from importers.run import Options, import_paths
from tests.support import HOSTILE, frame, is_calm, same_frame, settle
from tests.tui.conftest import MORNING
from tui.app import VitalfewApp
from tui.screens.person import PersonScreen
from tui.screens.triage import TriageScreen
from tui.widgets.batch_offer import BatchOffer
from tui.widgets.tier_column import TierColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.pilot import Pilot

    Make = Callable[..., VitalfewApp]

SMALL, LARGE = (80, 24), (160, 45)
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x45"])


def queue(book: Path) -> list[int]:
    view = connect.view(book)
    found = [line.id for line in triage.queue(view)]
    view.close()
    return found


def tiers(book: Path) -> dict[int, str]:
    view = connect.view(book)
    found = {line.id: line.tier for line in people.everybody(view)}
    view.close()
    return found


def suggested(book: Path, person: int) -> str:
    view = connect.view(book)
    card = triage.card(view, person, Settings(), MORNING.today())
    view.close()
    assert card is not None
    return card.suggestion.tier


def screen(app: VitalfewApp) -> TriageScreen:
    found = next(one for one in app.screen_stack if isinstance(one, TriageScreen))
    assert isinstance(found, TriageScreen)
    return found


def current(app: VitalfewApp) -> int:
    return screen(app).sitting.current


def column(app: VitalfewApp, tier: str) -> TierColumn:
    return screen(app).query_one(f"#tier-{tier.lower()}", TierColumn)


def meant_row(app: VitalfewApp, tier: str) -> Member:
    row = column(app, tier).row
    assert isinstance(row, Member)
    return row


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Many keys in one breath."""
    for key in keys:
        pilot.app.simulate_key(key)
    await settle(pilot)


async def to_the_cards(pilot: Pilot[None]) -> None:
    """Past the batches that are offered first."""
    await settle(pilot)
    if isinstance(pilot.app.screen, BatchOffer):
        await pilot.press("escape")
    await settle(pilot)


def a_list(folder: Path, names: Sequence[str]) -> Path:
    """An export of a phone with so many people of whom something is known."""
    cards = [
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL;TYPE=CELL:+4917000{place:05}\r\nEND:VCARD\r\n"
        for place, name in enumerate(names)
    ]
    path = folder / "phone.vcf"
    path.write_bytes("".join(cards).encode("utf-8", "surrogatepass"))
    return path


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    """A book of thirty-two people, all unsorted, in whom no batch is to be seen."""
    book = tmp_path / "phone.db"
    bus = Bus(book, clock=MORNING)
    path = a_list(tmp_path, [f"Person {place:02}" for place in range(32)])
    import_paths(bus, book, [path], Options(region="DE"))
    bus.close()
    return book


@SIZES
async def test_batches_come_first_then_a_card_and_what_is_carried_is_seen(
    vitalfew: Make, size: tuple[int, int]
) -> None:
    app = vitalfew(sample=True, start="triage")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, BatchOffer)
        same_frame(app, "triage-batches")
        await to_the_cards(pilot)
        same_frame(app, "triage")
        await press(pilot, "tab", "j", "space", "right")
        same_frame(app, "triage-lifted")


@SIZES
async def test_the_end_counts_and_says_what_the_tiers_ask_for(
    vitalfew: Make, book: Path, size: tuple[int, int]
) -> None:
    bus = Bus(book, clock=MORNING)
    *rest, last = queue(book)
    bus.run(SetTier(tuple(rest), "C", by="auto", why="as suggested"))
    bus.close()
    app = vitalfew(sample=True, start="triage")
    async with app.run_test(size=size) as pilot:
        await to_the_cards(pilot)
        await pilot.press("b")
        await settle(pilot)
        same_frame(app, "triage-end")
        await pilot.press("u")
        await settle(pilot)
        assert current(app) == last


async def test_fifty_keys_at_once_file_fifty_people_each_where_its_key_says(
    vitalfew: Make, book: Path
) -> None:
    order = queue(book)[:50]
    keys = [("a", "b", "c", "d")[place * 7 % 4] for place in range(50)]
    app = vitalfew(start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
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
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        await press(pilot, *["enter"] * len(order))
    found = tiers(book)
    assert [found[person] for person in order] == wanted


async def test_the_newest_filed_stands_on_top_of_its_column(vitalfew: Make, book: Path) -> None:
    first, second = queue(book)[:2]
    app = vitalfew(start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        before = len(column(app, "b").rows)
        await pilot.press("b", "b")
        assert [row.id for row in column(app, "b").rows[:2]] == [second, first]
        assert len(column(app, "b").rows) == before + 2
        await settle(pilot)
        app.tell_screens()
        await settle(pilot)
        assert [row.id for row in column(app, "b").rows[:2]] == [second, first]


async def test_where_too_little_is_known_enter_files_nobody(vitalfew: Make, phone: Path) -> None:
    bus = Bus(phone, clock=MORNING)
    path = phone.with_name("x.vcf")
    path.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zed\r\nEND:VCARD\r\n", encoding="utf-8")
    import_paths(bus, phone, [path], Options(region="DE"))
    bus.close()
    app = vitalfew(phone, start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
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
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
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
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        await pilot.press("d", "left", "enter")
        await settle(pilot)
        assert current(app) == second
    assert tiers(phone)[first] == "D"


async def test_what_is_taken_back_is_the_current_card_again(vitalfew: Make, phone: Path) -> None:
    first, second, third = queue(phone)[:3]
    app = vitalfew(phone, start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
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
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        await press(pilot, "a", "u")
        assert current(app) == first
    assert tiers(phone)[first] == ""


async def test_a_batch_is_looked_at_filed_as_one_automatic_step_and_taken_back(
    vitalfew: Make, book: Path
) -> None:
    view = connect.view(book)
    silent = triage.batches(view)[0]
    members = set(triage.batch_people(view, silent.key))
    view.close()
    app = vitalfew(start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        rows: Any = app.screen.query_one("#members")
        assert {row.id for row in rows.rows} == members
        await pilot.press("escape", "enter")
        await settle(pilot)
        assert isinstance(app.screen, BatchOffer)
        assert "✓" in frame(app)
        view = connect.view(book)
        lines = people.by_ids(view, sorted(members))
        view.close()
        assert {(line.tier, line.tier_origin) for line in lines} == {(silent.tier, "auto")}
        await pilot.press("escape", "u")
        await settle(pilot)
        assert "Take it back?" in frame(app)
        await pilot.press("y")
        await settle(pilot)
        assert members <= screen(app).sitting.left
    assert {tiers(book)[person] for person in members} == {""}


async def test_batches_come_unasked_once_and_again_when_asked(vitalfew: Make) -> None:
    app = vitalfew(start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        await pilot.press("1", "2")
        await settle(pilot)
        assert isinstance(app.screen, TriageScreen)
        await pilot.press("B")
        await settle(pilot)
        assert isinstance(app.screen, BatchOffer)


async def test_a_card_is_lifted_carried_and_dropped_by_keys(vitalfew: Make, book: Path) -> None:
    app = vitalfew(start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        moved = column(app, "a").rows[1].id
        await pilot.press("tab", "j", "space", "right", "right", "enter")
        await settle(pilot)
        assert column(app, "c").has_focus
        assert meant_row(app, "c").id == moved
        assert moved not in [row.id for row in column(app, "a").rows]
    assert tiers(book)[moved] == "C"


async def test_esc_lets_a_carried_card_go_then_leaves_the_columns(
    vitalfew: Make, book: Path
) -> None:
    before = tiers(book)
    app = vitalfew(start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        await pilot.press("tab", "space", "right", "escape")
        await settle(pilot)
        assert column(app, "a").has_focus
        assert "carry" not in frame(app)
        await pilot.press("escape")
        assert app.focused is None
        await pilot.press("escape")
        assert isinstance(app.screen, TriageScreen)
    assert tiers(book) == before


async def test_a_letter_in_a_column_files_its_row_and_not_the_card(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        shown, row = current(app), column(app, "b").rows[0].id
        await pilot.press("tab", "tab", "d")
        await settle(pilot)
        assert current(app) == shown
    found = tiers(book)
    assert (found[row], found[shown]) == ("D", "")


async def test_the_mouse_chooses_a_row_and_drags_it_to_another_column(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        first, second = column(app, "a").rows[:2]
        await pilot.click("#tier-a", offset=(5, 2))
        assert column(app, "a").row == second
        await pilot.mouse_down("#tier-a", offset=(5, 1))
        await pilot.hover("#tier-c", offset=(5, 3))
        assert f"↓ {first.name}"[:12] in frame(app)
        await pilot.mouse_up("#tier-c", offset=(5, 3))
        await settle(pilot)
        assert column(app, "c").rows[0].id == first.id
        await pilot.press("j")
        assert column(app, "c").cursor == 1
    assert tiers(book)[first.id] == "C"


async def test_enter_in_a_column_opens_the_person(vitalfew: Make) -> None:
    app = vitalfew(start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        await pilot.press("q")
        await settle(pilot)
        assert isinstance(app.screen, TriageScreen)


async def test_a_search_narrows_the_queue_and_esc_brings_all_back(
    vitalfew: Make, book: Path
) -> None:
    view = connect.view(book)
    found = finding.narrow(triage.queue(view), finding.parse("source:linkedin"))
    view.close()
    app = vitalfew(start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        everybody = len(screen(app).sitting.left)
        await press(pilot, "slash")
        await pilot.press(*"source:linkedin", "enter")
        await settle(pilot)
        assert f"{len(found):,} of {everybody:,}" in frame(app)
        assert current(app) == found[0].id
        await pilot.press("c")
        assert current(app) == found[1].id
        await pilot.press("n")
        assert current(app) == found[2].id
        await pilot.press("N")
        assert current(app) == found[1].id
        await pilot.press("escape")
        await settle(pilot)
        assert f"{everybody - 1:,} left of" in frame(app)
        await press(pilot, "slash")
        await press(pilot, *"nobodyatall", "enter")
        assert "Nobody unsorted answers to “nobodyatall”" in frame(app)
    assert tiers(book)[found[0].id] == "C"


async def test_after_twenty_five_in_a_row_the_rest_is_offered_as_suggested(
    vitalfew: Make, phone: Path
) -> None:
    app = vitalfew(phone, start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        await press(pilot, *["c"] * 24)
        assert "in a row" not in frame(app)
        await pilot.press("d")
        await settle(pilot)
        assert "25 in a row in C or D. F files the other 7 as suggested" in frame(app)
        await pilot.press("F")
        await settle(pilot)
        assert "File the other 7 as suggested?" in frame(app)
        await pilot.press("y")
        await settle(pilot)
        assert "Everybody is sorted." in frame(app)
        view = connect.view(phone)
        automatic = finding.narrow(people.everybody(view), finding.parse("tier:auto"))
        view.close()
        assert len(automatic) == 7
        await pilot.press("u")
        await settle(pilot)
        assert len(screen(app).sitting.left) == 7


async def test_a_filing_that_fails_comes_back_with_a_sentence(
    vitalfew: Make, phone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = queue(phone)[:2]
    app = vitalfew(phone, start="triage")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await to_the_cards(pilot)

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
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
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
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
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
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
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


async def test_an_empty_book_says_how_people_come_in(vitalfew: Make, tmp_path: Path) -> None:
    app = vitalfew(tmp_path / "empty.db", start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Nobody is in the book yet." in frame(app)
        assert "vitalfew import FILE…" in frame(app)
        await pilot.press("a", "enter", "right", "left", "B", "F", "tab", "space", "d", "escape")
        await settle(pilot)
        assert isinstance(app.screen, TriageScreen)


async def test_a_log_from_the_card_is_of_the_person_on_it(vitalfew: Make, phone: Path) -> None:
    app = vitalfew(phone, start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
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
    async with app.run_test(size=SMALL) as pilot:
        await to_the_cards(pilot)
        for _ in range(count):
            assert is_calm(frame(app))
            await pilot.press("c")
            await settle(pilot)
        await pilot.press("tab", "tab", "tab", "space", "left")
        await settle(pilot)
        assert is_calm(frame(app))
    assert set(tiers(book).values()) == {"C"}
