from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from core.bus import Bus
from core.commands.edit_person import EditPerson
from core.queries import history, people, questions
from core.rules.typed import Edit
from importers import run
from importers.choices import Options
from tests.support import SMALL, frame, read, settle
from tests.tui.screens.import_desk import google, linkedin, phone, press, save, three_lists
from tui import importing
from tui.backend import IMPORTING
from tui.screens.focus import FocusScreen
from tui.screens.import_plan import PlanScreen
from tui.screens.import_refused import RefusedScreen
from tui.screens.import_summary import SummaryScreen
from tui.screens.imports import ImportsScreen
from tui.screens.merge import MergeScreen
from tui.widgets.ask import Confirm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """An empty book of one's own."""
    return tmp_path / "mine.db"


class Gate:
    """Holds an import at its second list until it is opened."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()

    def __call__(self, bus: Any, book: Any, paths: Any, options: Any, progress: Any) -> Any:  # noqa: ANN401 — as `import_paths` takes them
        titles: set[str] = set()

        def held(step: run.Step) -> None:
            titles.add(step.title)
            if bus is not None and len(titles) > 1:
                self.reached.set()
                assert self.open.wait(20)
            progress(step)

        return run.import_paths(bus, book, paths, options, held)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    monkeypatch.setattr(importing, "import_paths", made)
    yield made
    made.open.set()


async def until(pilot: Pilot[None], reached: Callable[[], bool]) -> None:
    """Wait for something that a thread brings about."""
    for _ in range(500):
        if reached():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"not reached:\n{frame(pilot.app)}")


async def begun(pilot: Pilot[None], gate: Gate) -> None:
    """The import of all lists, held while its second one is written."""
    await settle(pilot)
    await press(pilot, "asterisk", "enter")
    await pilot.press("i")
    await until(pilot, gate.reached.is_set)


async def imported(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await press(pilot, "asterisk", "enter", "i")
    assert isinstance(pilot.app.screen, SummaryScreen)


async def test_the_lines_of_the_summary_are_keys(vitalfew: Make, home: Path, mine: Path) -> None:
    three_lists(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await imported(pilot)
        assert "you have talked with 0 of 10 people" in frame(app)
        await press(pilot, "v")
        assert isinstance(app.screen, RefusedScreen)
        assert "a deleted member" in frame(app)
        await press(pilot, "q", "1")
        assert isinstance(app.screen, FocusScreen)
        await press(pilot, "7")
        assert isinstance(app.screen, SummaryScreen)
        await press(pilot, "enter")  # on "10 new", whose key is 2
        assert app.current_mode == "triage", frame(app)
        await pilot.press("escape", "7", "q")
        await settle(pilot)
        assert isinstance(app.screen, ImportsScreen)


async def test_a_second_time_nothing_is_new(vitalfew: Make, home: Path, mine: Path) -> None:
    three_lists(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await imported(pilot)
        await press(pilot, "q")
        await imported(pilot)
        assert "nothing has changed since the last time" in frame(app)
        assert "10 as before" in frame(app)
        assert "takes it back" not in frame(app)


async def test_a_question_about_an_edit_leads_to_the_screen_that_asks_it(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    path = linkedin(home / "Downloads", "Rachel Green")
    with closing(Bus(mine)) as bus:
        run.import_paths(bus, mine, [path], Options())
        bus.run(EditPerson(1, (Edit(0, "title", "Head of Buying"),)))
    save(path, path.read_text("utf-8").replace("Buyer", "Partner"))
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await imported(pilot)
        assert "3  1 question about what you edited" in frame(app)
        await press(pilot, "3")
        assert isinstance(app.screen, MergeScreen)
        for words in ("Head of Buying", "Partner"):
            assert words in frame(app)
        await press(pilot, "enter")  # mine is preselected
        assert read(mine, questions.count) == 0


async def test_u_takes_the_whole_import_back_after_asking_once(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    three_lists(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await imported(pilot)
        await press(pilot, "u")
        assert isinstance(app.screen, Confirm)
        assert "3 lists, 10 new" in frame(app)
        await press(pilot, "n")
        assert len(read(mine, people.everybody)) == 10
        await press(pilot, "u", "y")
        assert "took back the import" in frame(app)
        assert read(mine, people.everybody) == []
        await press(pilot, "q")
        assert isinstance(app.screen, PlanScreen)
        assert "import 3 lists: 10 new" in frame(app)


async def test_esc_cancels_and_takes_the_finished_lists_back_too(
    vitalfew: Make, home: Path, mine: Path, gate: Gate
) -> None:
    three_lists(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await begun(pilot, gate)
        assert "esc cancels" in frame(app)
        await pilot.press("escape")
        gate.open.set()
        await settle(pilot)
        assert isinstance(app.screen, PlanScreen)
        assert "stopped: the book is as it was before" in frame(app)
        assert read(mine, people.everybody) == []
        assert all(step.undone for step in read(mine, history.steps))
        await press(pilot, "i")
        assert len(read(mine, people.everybody)) == 10


async def test_while_it_runs_the_screens_can_be_read_and_nothing_else_is_written(
    vitalfew: Make, home: Path, book: Path, gate: Gate
) -> None:
    three_lists(home)
    before = len(read(book, people.everybody))
    app = vitalfew(book, start="imports")
    async with app.run_test(size=(110, 30), notifications=True) as pilot:
        await begun(pilot, gate)
        await pilot.press("4")
        await until(pilot, lambda: "Jörg Behrens" in frame(app))
        await pilot.press("t", "a")
        await until(pilot, lambda: IMPORTING in frame(app))
        await pilot.press("u")
        await pilot.pause(0.1)
        await pilot.press("7")
        await pilot.pause(0.1)
        assert isinstance(app.screen, SummaryScreen)
        assert "importing" in frame(app)
        await pilot.press("1")
        gate.open.set()
        await settle(pilot)
        assert "the import is done: 7 shows what came" in frame(app)
        await press(pilot, "7")
        assert "imported 3 lists" in frame(app)
    assert len(read(book, people.everybody)) == before + 10  # strangers: a list of its own


async def test_leaving_while_it_runs_leaves_the_book_as_it_was(
    vitalfew: Make, home: Path, mine: Path, gate: Gate
) -> None:
    three_lists(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await begun(pilot, gate)
        threading.Timer(0.2, gate.open.set).start()
        await pilot.press("ctrl+q")
    assert read(mine, people.everybody) == []


async def test_a_file_that_vanished_since_the_plan_is_told_in_a_sentence(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    folder = three_lists(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "asterisk", "enter")
        (folder / "phone.vcf").unlink()
        await press(pilot, "i")
        assert isinstance(app.screen, PlanScreen)
        assert "phone.vcf" in frame(app).split("import 3 lists")[1]
        assert read(mine, people.everybody) == []


async def test_a_file_that_is_another_since_the_plan_is_left_and_told(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    folder = home / "Downloads"
    phone(folder, "Mum")
    file = google(folder, "Ada Wong")
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=(110, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "asterisk", "enter")
        linkedin(folder, "Rachel Green").rename(file)
        await press(pilot, "i")
        assert "Google Contacts: the file is another now than in the plan" in frame(app)
    assert [line.name for line in read(mine, people.everybody)] == ["Mum"]


async def test_who_is_not_in_the_book_stays_out_of_a_newsletter(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    folder = home / "Downloads"
    google(folder, "Ada Wong")
    head = "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,LEID,EUID"
    save(
        folder / "subscribed_members_export.csv",
        f"{head}\nada@wayne.example,Ada,Wong,2,,2024-01-01 10:00:00,1,a\n"
        "nobody@x.example,No,Body,2,,2024-01-01 10:00:00,2,b\n",
    )
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        await pilot.press(*"Downloads/contacts.csv", "enter")
        await settle(pilot)
        await press(pilot, "i", "q")
        await imported(pilot)
        assert "1 not in your book, so left out" in frame(app)
        assert "1 joined people who were in the book" in frame(app)
    assert [line.name for line in read(mine, people.everybody)] == ["Ada Wong"]


async def test_the_last_line_leaves_for_the_lists_by_enter_too(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    three_lists(home)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "asterisk", "enter", "i")
        assert isinstance(app.screen, SummaryScreen)
        await pilot.press("G", "enter")
        await settle(pilot)
        assert isinstance(app.screen, ImportsScreen)
        await press(pilot, "1")
        assert isinstance(app.screen, FocusScreen)


async def test_who_may_be_one_person_is_told_as_soon_as_they_are_compared(
    vitalfew: Make, home: Path, mine: Path
) -> None:
    google(home / "Downloads", "Ada Wong", "Rachel Green")
    cards = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Wong\nEMAIL:ada@wayne.example\nEND:VCARD\n"
    save(home / "Downloads" / "phone.vcf", cards)
    app = vitalfew(mine, start="imports", matching=True)
    async with app.run_test(size=SMALL) as pilot:
        await imported(pilot)
        await until(pilot, lambda: "1 pair may be one person" in frame(app))
        await press(pilot, "3")
        assert isinstance(app.screen, MergeScreen)
        assert "Ada Wong" in frame(app)


async def test_a_chat_brings_talks_and_the_log_is_a_key_away(
    vitalfew: Make, mine: Path, home: Path
) -> None:
    chat = "21/01/2024, 10:02 - Ada Wong: Shall we sail?\n21/01/2024, 10:05 - Craig: Friday\n"
    save(home / "Downloads" / "WhatsApp Chat with Ada Wong.txt", chat)
    app = vitalfew(mine, start="imports")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert "import 1 list: 2 new talks" in frame(app)
        assert "nobody becomes a person by them" in frame(app)
        await press(pilot, "i")
        assert "5  2 talks new" in frame(app)
        assert "nothing has changed" not in frame(app)
        await press(pilot, "enter")
        await settle(pilot)
        assert "Shall we sail?" in frame(app)
        await press(pilot, "7", "u")
        assert isinstance(app.screen, Confirm)
        assert "1 list, 2 talks." in frame(app)
        await press(pilot, "y")
        await settle(pilot)
        assert "this import was taken back" in frame(app)
        assert "not in the book" not in frame(app)
    assert [bool(step.undone) for step in read(mine, history.steps)] == [True]
