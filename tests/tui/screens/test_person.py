from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.log_talk import LogTalks, Talk
from core.queries import people, person
from importers.choices import Options
from importers.run import import_paths
from tests.support import HOSTILE, SIZES, SMALL, frame, is_calm, read, same_frame, settle
from tests.tui.conftest import MORNING
from tui.app import VitalfewApp
from tui.screens.people import PeopleScreen
from tui.screens.person import PersonScreen
from tui.screens.person_rows import Row, fact_rows
from tui.widgets.row_list import RowList
from tui.wrap import LONGEST, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from core.queries.person import PersonView

    Make = Callable[..., VitalfewApp]

TODAY = MORNING.today()
GOOGLE = (
    "First Name,Last Name,Organization Name,Organization Title,Birthday,Notes,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Website 1 - Label,"
    "Website 1 - Value,Relation 1 - Label,Relation 1 - Value,Custom Field 1 - Label,"
    "Custom Field 1 - Value,Event 1 - Label,Event 1 - Value\n"
)


def book_of(folder: Path, row: str) -> Path:
    """A book of what Google says in one row."""
    book, file = folder / "one.db", folder / "contacts.csv"
    file.write_text(GOOGLE + row + "\n", encoding="utf-8", errors="replace")
    bus = Bus(book, clock=MORNING)
    import_paths(bus, book, [file], Options(region="CH"))
    bus.close()
    return book


def person_of(book: Path, who: int | str = "") -> PersonView:
    everybody = read(book, people.everybody)
    ident = next(line.id for line in everybody if who in {line.id, line.name, ""})
    found = read(book, partial(person.view, person=ident))
    assert found is not None
    return found


def told(rows: list[Row]) -> dict[str, list[str]]:
    """Section to its lines, with what stands on the right."""
    sections: dict[str, list[str]] = {}
    section = ""
    for row in rows:
        section = row.head or section
        sections.setdefault(section, []).append(f"{row.words} | {row.about}".rstrip(" |"))
    return sections


async def show(pilot: Pilot[None], name: str, book: Path) -> PersonScreen:
    await settle(pilot)
    pilot.app.push_screen(PersonScreen(person_of(book, name).id))
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, PersonScreen)
    return screen


@SIZES
async def test_a_person_looks_as_it_was_drawn(
    vitalfew: Make, book: Path, size: tuple[int, int]
) -> None:
    app = vitalfew(sample=True, start="people")
    async with app.run_test(size=size) as pilot:
        await show(pilot, "Camille Laurent", book)
        same_frame(app, "person")


def test_every_kind_of_value_stands_in_its_section_with_its_source(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        "Ada,Wong,Globex,Head of Operations,1985-05-03,met at the fair,"
        "Friends ::: VIP ::: * myContacts,Work,ada@globex.example,Mobile,079 123 45 67,Profile,https://x.com/adawong,"
        "Spouse,Ben Wong,Shoe size,39,Anniversary,2010-06-12",
    )
    sections = told(fact_rows(person_of(book), TODAY, 60))
    assert sections["work"] == ["Head of Operations, Globex | Google, 21 Nov"]
    assert sections["mail"] == ["ada@globex.example | work · Google, 21 Nov"]
    assert sections["phone"] == ["079 123 45 67 | mobile · Google, 21 Nov"]
    assert sections["networks"][0].startswith("X adawong")
    assert sections["birthday"] == ["3 May 1985 (41) | Google, 21 Nov"]
    assert sections["dates"] == ["12 June 2010 | anniversary · Google, 21 Nov"]
    assert sections["relations"] == ["Ben Wong | spouse · Google, 21 Nov"]
    assert sections["own field"] == ["39 | Shoe size · Google, 21 Nov"]
    assert sections["labels"][0].startswith("Friends, VIP")
    assert sections["note"] == ["met at the fair | Google, 21 Nov"]
    assert sections["entries"][0] == "Google | since 21 Nov"


def test_what_shows_no_longer_says_until_when(book: Path) -> None:
    rows = fact_rows(person_of(book, "Camille Laurent"), TODAY, 60)
    work = [row for row in rows if "Lumenfracht" in row.words or "Quai Neuf" in row.words]
    assert [row.old for row in work] == [False, True]
    assert work[1].about == "until 20 Nov · LinkedIn"


def test_what_is_kept_but_not_shown_is_counted(book: Path) -> None:
    rows = fact_rows(person_of(book, "Camille Laurent"), TODAY, 60)
    assert "more values of the sources (kept)" in rows[-1].words


@pytest.mark.parametrize("room", [8, 30, 60])
def test_long_lines_are_broken_at_spaces_and_nothing_is_lost(room: int) -> None:
    text = "settling in, talk in January about the 家族 and averyveryverylongwordthatfitsnowhere"
    lines = list(wrapped(text, room))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= room for line in lines)


def test_a_value_of_ten_thousand_lines_or_letters_takes_few_rows() -> None:
    for text in ("line\n" * 10_000, "x" * 1_000_000, "é" * 10_000, "word " * 100_000):
        lines = list(wrapped(text, 40))
        assert len(lines) <= LONGEST + 1
    assert "y copies it whole" in list(wrapped("line\n" * 10_000, 40))[-1]
    assert list(wrapped("", 40)) == [""]


async def test_the_keys_of_a_person_file_log_and_wait(vitalfew: Make, book: Path) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await show(pilot, "Camille Laurent", book)
        await pilot.press("t", "b")
        await settle(pilot)
        assert "B, vital few" in frame(app)
        await pilot.press("l", *"lunch", "enter")
        await settle(pilot)
        assert "the last today" in frame(app)
        await pilot.press("z", *"3m", "space", *"settles", "enter")
        await settle(pilot)
        assert "waits until 21 Feb: settles" in frame(app)
        view = person_of(book, "Camille Laurent")
        assert (view.tier, view.talked, view.wait_why) == ("B", "2026-11-21", "settles")


async def test_y_copies_the_row_and_o_opens_it(
    vitalfew: Make, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(VitalfewApp, "open_url", lambda _self, url: opened.append(url))
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        screen = await show(pilot, "Camille Laurent", book)
        facts = screen.query_one("#facts", RowList)
        mail = next(row for row in facts.rows if row.head == "mail")
        facts.go_to(mail.key)
        await pilot.press("y")
        await settle(pilot)
        assert app.clipboard == mail.value == "camille.laurent@laurent.example"
        network = next(row for row in facts.rows if row.head == "networks")
        facts.go_to(network.key)
        await pilot.press("o")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert opened == ["https://www.linkedin.com/in/camillelaurent"]
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)
        assert opened == ["https://www.linkedin.com/in/camillelaurent"] * 2


async def test_escape_stays_and_q_goes_back_to_the_list(vitalfew: Make, book: Path) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await show(pilot, "Camille Laurent", book)
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, PersonScreen)
        await pilot.press("q")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)


async def test_who_is_gone_by_undo_is_not_shown_any_more(vitalfew: Make, tmp_path: Path) -> None:
    book = book_of(tmp_path, "Ada,Wong,,,,,,Work,ada@globex.example,,,,,,,,,,")
    app = vitalfew(book, start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await show(pilot, "Ada Wong", book)
        await pilot.press("u", "y")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
        assert "not in the book any more" in frame(app)


@SIZES
async def test_hostile_and_endless_values_are_shown_as_text(
    vitalfew: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    lines = []
    note = '"' + "line of a note\n" * 10_000 + '"'
    for number, nasty in enumerate(HOSTILE):
        cell = '"' + nasty.replace('"', '""') + '"'
        cells = [cell, "", cell, cell, cell, cell if number else note, cell, cell]
        lines.append(",".join([*cells, f"p{number}@x.example", *[cell] * 10]))
    book = book_of(tmp_path, "\n".join(lines))
    bus = Bus(book, clock=MORNING)
    everybody = list(range(1, len(lines) + 1))
    for one, nasty in zip(everybody, HOSTILE, strict=True):
        bus.run(LogTalks((Talk((one,), TODAY, "mail", "in", text=nasty),)))
    bus.close()
    app = vitalfew(book, start="people")
    async with app.run_test(size=size, notifications=True) as pilot:
        for one in everybody:
            app.push_screen(PersonScreen(one))
            await settle(pilot)
            assert is_calm(frame(app)), one
        await pilot.press("tab", "y", "G")
        assert is_calm(frame(app))
