from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.errors import BookError
from core.queries import people
from importers.choices import Options
from importers.run import import_paths
from tests.support import HOSTILE, LARGE, SIZES, SMALL, frame, is_calm, read, same_frame, settle
from tests.tui.conftest import MORNING
from tui.safe import cells
from tui.screens.book_screen import WIDE
from tui.screens.people import PeopleScreen
from tui.screens.person import PersonScreen
from tui.widgets.person_brief import PersonBrief
from tui.widgets.row_list import RowList
from tui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from core.bus import Done
    from core.queries.people import PersonLine
    from core.storage.driver import Connection
    from core.work import Command
    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]


def rows(app: VitalfewApp) -> list[PersonLine]:
    return list(app.screen.query_one(RowList).rows)


def names(app: VitalfewApp) -> list[str]:
    return [row.name for row in rows(app)]


def here(app: VitalfewApp) -> PersonLine:
    row: PersonLine | None = app.screen.query_one(RowList).row
    assert row is not None
    return row


def stored(book: Path) -> dict[int, PersonLine]:
    return {line.id: line for line in read(book, people.everybody)}


async def find(pilot: Pilot[None], text: str) -> None:
    """Have the box hold these words; one test types them."""
    pilot.app.screen.query_one(SearchBox).open(text)
    await settle(pilot)


@SIZES
async def test_the_list_looks_as_it_was_drawn(vitalfew: Make, size: tuple[int, int]) -> None:
    app = vitalfew(sample=True, start="people")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        same_frame(app, "people")


@SIZES
async def test_a_search_looks_as_it_was_drawn(vitalfew: Make, size: tuple[int, int]) -> None:
    app = vitalfew(sample=True, start="people")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await find(pilot, "hanna")
        await pilot.press("enter", "space", "j")
        await settle(pilot)
        same_frame(app, "people-found")


async def test_everybody_is_listed_by_name(vitalfew: Make, book: Path) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert [row.id for row in rows(app)] == list(stored(book))
        assert f"{len(stored(book))} people" in frame(app)


async def test_what_is_typed_narrows_at_once_and_escape_shows_everybody(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        total = len(rows(app))
        await pilot.press("slash", *"camille")
        await settle(pilot)
        assert names(app)[0] == "Camille Laurent"
        assert f"1 of {total}" in frame(app)
        await pilot.press("escape")
        await settle(pilot)
        assert len(rows(app)) == total
        assert here(app).name == "Camille Laurent", "the cursor stays with whom it found"
        assert isinstance(app.focused, RowList)


async def test_filters_are_typed_like_words(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await find(pilot, "tier:a city:hamburg")
        assert rows(app)
        assert all(row.tier == "A" and row.city == "Hamburg" for row in rows(app))


async def test_typos_are_forgiven_and_what_is_only_near_says_so(vitalfew: Make, book: Path) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await find(pilot, "camile laurant")
        assert "Camille Laurent" in names(app)
        line = next(line for line in frame(app).splitlines() if "Camille" in line)
        assert " near " in line
        assert f"0 of {len(stored(book))} and" in frame(app)


@pytest.mark.parametrize("width", [80, 110, 118, 160])
async def test_no_row_of_a_pane_reaches_the_edge_of_the_window(vitalfew: Make, width: int) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=(width, 45)) as pilot:
        for words in ("", "berlin", "laurent", "okafor"):
            await settle(pilot)
            brief = app.screen.query_one(PersonBrief)
            if width >= WIDE:
                assert brief.region.right <= width
                drawn = [brief.render_line(y).text for y in range(brief.size.height)]
                assert any(line.strip() for line in drawn)
                assert all(line[brief.size.width - 1 :].strip() == "" for line in drawn)
                rendered = brief.render().plain.split("\n")
                assert max(cells(line) for line in rendered) < brief.size.width
            listed = app.screen.query_one(RowList)
            room = listed._room
            assert all(cells(listed._look.render(row, room).plain) < room for row in listed.rows)
            await find(pilot, words)


async def test_a_source_is_told_in_a_whole_word_or_not_at_all(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert " from " not in frame(app)
        assert "LinkedIn" not in frame(app)
        await pilot.resize_terminal(100, 24)
        await settle(pilot)
        assert " from " in frame(app)
        assert "LinkedIn" in frame(app)


async def test_somebody_whose_name_begins_so_comes_before_who_only_holds_it(
    vitalfew: Make,
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await find(pilot, "ann")
        begin = [any(w.startswith("ann") for w in row.search.split()) for row in rows(app)]
        assert begin == sorted(begin, reverse=True)
        assert len(set(begin)) == 2


async def test_nobody_found_says_what_to_do(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await find(pilot, "xyzzyq")
        assert "Nobody answers to “xyzzyq”." in frame(app)
        assert "esc shows everybody again" in frame(app)
        await pilot.press("enter", "space", "t", "o", "y", "enter", "n", "N")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)


async def test_n_goes_round_the_hits_and_after_escape_through_everybody(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await find(pilot, "bergstr")
        found = [row.id for row in rows(app)]
        await pilot.press("enter", *["n"] * len(found))
        assert here(app).id == found[0]
        await pilot.press("N")
        assert here(app).id == found[-1]
        await pilot.press("escape", "g")
        await settle(pilot)
        seen = []
        for _ in found:
            await pilot.press("n")
            seen.append(here(app).id)
        assert sorted(seen) == sorted(found)


async def test_marked_people_are_filed_as_one_step_that_undo_takes_back(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        before = stored(book)
        await find(pilot, "bergstr")
        await pilot.press("enter", "space", "space", "space")
        await settle(pilot)
        marked = [row.id for row in rows(app)[:3]]
        assert "· 3 marked" in frame(app)
        await pilot.press("escape", "t")
        await settle(pilot)
        assert "tier of 3 people" in frame(app)
        await pilot.press("b")
        await settle(pilot)
        assert all(stored(book)[person].tier == "B" for person in marked)
        assert "marked" not in frame(app)
        await pilot.press("u")
        await settle(pilot)
        tiers = [stored(book)[person].tier for person in marked]
        assert tiers == [before[person].tier for person in marked]
        assert [row.tier for row in rows(app) if row.id in marked] == tiers


async def test_a_tier_is_shown_before_it_is_written_and_comes_back_if_it_fails(
    vitalfew: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        person = here(app)
        shown: list[str] = []

        async def refuse(_command: Command) -> Done:
            shown.append(here(app).tier)
            raise BookError("the disk is full; nothing was changed")

        monkeypatch.setattr(app.backend, "run", refuse)
        await pilot.press("t", "a")
        await settle(pilot)
        assert shown == ["A"]
        assert here(app).tier == person.tier
        assert "the disk is full" in frame(app)


async def test_escape_lets_go_of_the_marks_when_nothing_is_searched(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("space", "space", "escape")
        assert "marked" not in frame(app)
        await pilot.press("escape")
        assert isinstance(app.screen, PeopleScreen)


async def test_a_talk_is_logged_with_everybody_who_is_marked(vitalfew: Make, book: Path) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("space", "space")
        marked = [row.id for row in rows(app)[:2]]
        await pilot.press("l", *"coffee", "enter")
        await settle(pilot)
        assert [stored(book)[person].talked for person in marked] == ["2026-11-21"] * 2


async def test_enter_and_a_second_click_open_the_person_and_q_comes_back(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("j", "j", "enter")
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)
        await pilot.press("escape", "q")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
        third = here(app).id
        assert third == rows(app)[2].id
        await pilot.click(RowList, offset=(10, 6))
        assert here(app).id == rows(app)[5].id
        await pilot.click(RowList, offset=(10, 6))
        await settle(pilot)
        assert isinstance(app.screen, PersonScreen)


async def test_beside_the_list_stands_who_the_cursor_is_on(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=(110, 30)) as pilot:
        await settle(pilot)
        await find(pilot, "camille")
        assert "but keep a month" in frame(app)
        await pilot.resize_terminal(109, 30)
        await settle(pilot)
        assert "but keep a month" not in frame(app)


async def test_lines_are_read_again_only_when_something_was_written(
    vitalfew: Make, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings: list[int] = []
    asked = people.everybody

    def counted(connection: Connection, limit: int = -1) -> list[PersonLine]:
        readings.append(limit)
        return asked(connection, limit)

    monkeypatch.setattr(people, "everybody", counted)
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("1", "4")  # the first look at Focus plans the day
        await settle(pilot)
        first = list(readings)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("q", "1", "4")
        await settle(pilot)
        assert readings == first
        other = Bus(book, clock=MORNING)
        other.run(SetTier((here(app).id,), "C"))
        other.close()
        app.look()
        await settle(pilot)
        assert readings == [*first, -1]
        assert here(app).tier == "C"


async def test_an_empty_book_says_how_people_come_in(vitalfew: Make, tmp_path: Path) -> None:
    app = vitalfew(tmp_path / "empty.db", start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Nobody is in the book yet." in frame(app)
        assert "brings people in" in frame(app)
        await pilot.press("j", "space", "t", "n", "slash", "x", "enter", "escape", "enter")
        await settle(pilot)
        assert "Nobody is in the book yet." in frame(app)


@SIZES
async def test_hostile_names_and_searches_are_shown_as_text(
    vitalfew: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    book = tmp_path / "hostile.db"
    quoted = (name.replace('"', '""') for name in HOSTILE)
    lines = [f'"{name}","{name}",p{n}@people.example' for n, name in enumerate(quoted)]
    file = tmp_path / "contacts.csv"
    text = "\n".join(["First Name,Organization Name,E-mail 1 - Value", *lines])
    file.write_text(text, encoding="utf-8", errors="replace")
    bus = Bus(book, clock=MORNING)
    import_paths(bus, book, [file], Options())
    bus.close()
    app = vitalfew(book, start="people")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert len(rows(app)) >= len(HOSTILE) - 1
        for row in rows(app):
            assert is_calm(frame(app)), row.id
            if size == LARGE:
                await pilot.press("j")
                await settle(pilot)
        for text in HOSTILE:
            app.screen.query_one(SearchBox).open(text)
            await pilot.pause()
            assert is_calm(frame(app))
