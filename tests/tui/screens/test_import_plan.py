from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.queries import people
from importers.choices import Options
from importers.run import import_paths
from tests.book import rows
from tests.support import HOSTILE, LARGE, SIZES, SMALL, frame, is_calm, read, same_frame, settle
from tests.tui.conftest import MORNING
from tests.tui.screens.import_desk import google, linkedin, phone, press, save, three_lists
from tui.screens.import_details import DetailsScreen
from tui.screens.import_plan import PlanScreen
from tui.screens.import_refused import RefusedScreen
from tui.screens.imports import ImportsScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

TABLE = (
    "Vorname,Nachname,Firma,Umsatz 2024,Ort,Klasse,Bemerkung,Kürzel\n"
    'Hans,Meier,Meier GmbH,"12.500,00",Berlin,A,guter Kunde,hm\n'
    'Ute,Klein,Klein AG,"900,00",Hamburg,C,,uk\n'
)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """An empty book of one's own."""
    return tmp_path / "mine.db"


async def plan_of_all(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await press(pilot, "asterisk", "enter")
    assert isinstance(pilot.app.screen, PlanScreen)


def row(app: VitalfewApp, word: str) -> str:
    return next(line for line in frame(app).splitlines() if word in line)


async def test_nothing_is_written_before_i_is_pressed(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    three_lists(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan_of_all(pilot)
        assert "3 lists, nothing is written yet" in frame(app)
        assert read(mine, people.everybody) == []
        await press(pilot, "q")
        assert isinstance(app.screen, ImportsScreen)
    assert read(mine, people.everybody) == []


async def test_x_leaves_a_list_out_and_takes_it_in_again(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    three_lists(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan_of_all(pilot)
        await press(pilot, "x")
        assert "left out" in row(app, "LinkedIn, new")
        assert "import 2 lists: 6 new" in frame(app)
        await pilot.press("j", "x", "j", "x", "i")
        await settle(pilot)
        assert isinstance(app.screen, PlanScreen)
        assert "nothing is left to import" in frame(app)
        await press(pilot, "x")
        assert "import 1 list: 3 new" in frame(app)
        await pilot.press("j", "enter")
        await settle(pilot)
        assert "imported 1 list" in frame(app)
    assert len(read(mine, people.everybody)) == 3


async def test_a_list_that_came_before_is_known_again(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    old = linkedin(home, "Rachel Green", "Ben Ortiz", "Chen Wei", "Dana Reyes", "Eve Moss")
    bus = Bus(mine, clock=MORNING)
    import_paths(bus, mine, [old], Options())
    bus.close()
    linkedin(home / "Downloads", "Rachel Green", "Ben Ortiz", "Chen Wei", "Dana Reyes", "Al Ek")
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan_of_all(pilot)
        assert row(app, "LinkedIn, again").split()[3:] == ["1", "0", "4", "1", "0"]
        assert "your list of this kind again: 5 entries" in frame(app)


async def test_an_older_file_is_left_until_it_is_wanted(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    import os

    new = linkedin(home, "Rachel Green", "Ben Ortiz")
    os.utime(new, (new.stat().st_mtime + 86_400, new.stat().st_mtime + 86_400))
    bus = Bus(mine, clock=MORNING)
    import_paths(bus, mine, [new], Options())
    bus.close()
    linkedin(home / "Downloads", "Rachel Green", "Ben Ortiz", "Chen Wei")
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan_of_all(pilot)
        assert "older than what came on 19 Nov" in row(app, "LinkedIn, again")
        await press(pilot, "enter")
        assert "an older file" in frame(app)
        await pilot.press("j", "space")
        await settle(pilot)
        await press(pilot, "q")
        assert row(app, "LinkedIn, again").split()[3:] == ["1", "0", "2", "0", "0"]


async def test_numbers_without_a_country_are_told_and_another_one_can_be_named(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    phone(home / "Downloads", "Mum", number="017000")
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan_of_all(pilot)
        assert "numbers without a country stay as they are typed" in frame(app)
        await pilot.press("j")
        await pilot.pause()
        await press(pilot, "enter")
        await pilot.press("x", "x", "enter")
        await settle(pilot)
        assert "is no country" in frame(app)
        await pilot.press("backspace", "backspace", "d", "e", "enter")
        await settle(pilot)
        assert "are read as those of DE" in frame(app)
        await press(pilot, "i")
    assert rows(mine, "SELECT norm FROM fact WHERE kind = 'phone'") == [("+491700000000",)]


@SIZES
async def test_what_a_table_means_can_be_put_right(
    vitalfew: Make, home: Path, mine: Path, size: tuple[int, int]
) -> None:
    save(home / "Downloads" / "Kunden.csv", TABLE)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=size) as pilot:
        await plan_of_all(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, DetailsScreen)
        assert "money" in row(app, "Umsatz 2024")
        same_frame(app, "import-details")
        screen = app.screen
        screen._list.go_to("column Klasse")
        await press(pilot, "enter")
        same_frame(app, "import-column")
        await press(pilot, "enter")
        assert "tier: A, B, C or D" in row(app, "Klasse  "), "what it means now is at the cursor"
        await press(pilot, "enter")
        await pilot.press("y")
        await settle(pilot)
        assert "kept as it is" in row(app, "Klasse  ")
        await press(pilot, "enter")
        await press(pilot, "r")
        assert "tier: A, B, C or D" in row(app, "Klasse  ")
        screen._list.go_to("column Kürzel")
        await press(pilot, "enter")
        await pilot.press("full_stop", *"gender", "enter")
        await settle(pilot)
        assert "gender" in row(app, "Kürzel  ")
        await press(pilot, "enter")
        assert "now" in row(app, "▸ =   gender"), "what is not among the offers is offered too"
        await press(pilot, "escape")
        screen._list.go_to("part notes")
        await press(pilot, "enter")
        assert "left out" in row(app, "notes  ")
        await press(pilot, "q")
        assert "not taken: notes" in frame(app)
        await press(pilot, "i")
    found = {line.name: line.tier for line in read(mine, people.everybody)}
    assert found == {"Hans Meier": "A", "Ute Klein": "C"}


async def test_a_role_that_does_not_exist_is_refused_where_it_is_typed(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    save(home / "Downloads" / "Kunden.csv", TABLE)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan_of_all(pilot)
        await press(pilot, "enter")
        app.screen._list.go_to("column Ort")  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await pilot.press("full_stop", *"nonsense", "enter")
        await settle(pilot)
        assert "is not something a column can mean" in frame(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "city" in row(app, "Ort ")


async def test_the_tier_field_is_chosen_among_the_headings(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    save(home / "Downloads" / "Kunden.csv", TABLE)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan_of_all(pilot)
        await press(pilot, "enter")
        app.screen._list.go_to("tier")  # type: ignore[attr-defined]
        await press(pilot, "enter", "6")
        assert "the field Klasse" in frame(app)
        await press(pilot, "enter")
        await pilot.press("minus")
        await settle(pilot)
        assert "labels only" in row(app, "tiers from")


async def test_whose_list_it_is_can_be_said(vitalfew: Make, home: Path, mine: Path) -> None:
    bus = Bus(mine, clock=MORNING)
    import_paths(bus, mine, [google(home, "Ada Wong")], Options(source="work"))
    bus.close()
    google(home / "Downloads", "Ada Wong", "José Peña")
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan_of_all(pilot)
        assert "work, again" in frame(app)
        await press(pilot, "enter", "enter")
        await pilot.press("full_stop", *"home", "enter")
        await settle(pilot)
        assert "home, a new one" in row(app, "whose list")
        assert "2 new, 0 updated" in frame(app)
        await press(pilot, "enter")
        await pilot.press("1")
        await settle(pilot)
        assert "work, again" in row(app, "whose list")


async def test_a_list_of_ten_thousand_refusals_scrolls(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    linkedin(home / "Downloads", "Rachel Green", deleted=10_000)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await plan_of_all(pilot)
        assert "10,000" in row(app, "LinkedIn, new")
        await press(pilot, "v")
        assert isinstance(app.screen, RefusedScreen)
        assert "10,000 refused" in frame(app)
        await pilot.press("G")
        await settle(pilot)
        assert "LinkedIn: Connections.csv row 10005" in frame(app)
        await press(pilot, "q")
        assert isinstance(app.screen, PlanScreen)


async def test_hostile_headings_and_cells_are_shown_as_text(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    def cell(text: str) -> str:
        plain = text.encode("utf-8", "replace").decode().replace("\0", "")[:150]
        return '"' + plain.replace('"', '""') + '"'

    lines = [
        ",".join(["Name", "E-mail", *map(cell, HOSTILE)]),
        ",".join(["Ada Wong", "ada@wayne.example", *map(cell, HOSTILE)]),
    ]
    save(home / "Downloads" / "x.csv", "\n".join(lines) + "\n")
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=LARGE) as pilot:
        await plan_of_all(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, DetailsScreen)
        await pilot.press("j", "j", "j")
        for place in range(len(HOSTILE) + 2):
            await pilot.press("j")
            assert is_calm(frame(app))
            if place % 9 == 0:
                await pilot.press("enter")
                await settle(pilot)
                assert is_calm(frame(app))
                await pilot.press("escape")
                await settle(pilot)


async def test_a_folder_that_holds_no_people_is_told_so(
    vitalfew: Make, home: Path, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(home / "empty" / "photo.jpg", "no people")
    monkeypatch.chdir(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        await pilot.press("backspace", "backspace", *"empty", "enter")
        await settle(pilot)
        assert "nothing here can be read" in frame(app)
        await pilot.press("enter", "i", "x", "v")
        await settle(pilot)
        assert isinstance(app.screen, PlanScreen)
