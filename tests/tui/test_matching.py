from __future__ import annotations

import asyncio
import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.add_person import AddPerson
from core.queries import duplicates, people
from core.rules import typed
from core.storage.driver import dbapi
from tests.support import SMALL, frame, read, settle
from tests.tui.conftest import MORNING
from tui import matching

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

SARA, SARAH = "Sara Quayle, sara@quayle.example", "Sarah Quayle, sara@quayle.example"


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for seconds before it is compared."""
    monkeypatch.setattr("tui.app.START_SECONDS", 0.01)
    monkeypatch.setattr(matching, "CHANGE_SECONDS", 0.01)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A book of two who are one, not yet compared."""
    book = tmp_path / "two.db"
    add(book, SARA, SARAH)
    return book


def add(book: Path, *lines: str) -> None:
    bus = Bus(book, clock=MORNING)
    for line in lines:
        bus.run(AddPerson(typed.person(line)))
    bus.close()


def waiting(book: Path) -> int:
    from core.duplicates import needed

    return read(book, needed)


async def until(pilot: Pilot[None], so: Callable[[], bool]) -> None:
    """Wait for a process; twenty seconds are for ever."""
    for _ in range(400):
        if so():
            return
        await pilot.pause()
        await asyncio.sleep(0.05)
    raise AssertionError("it never came")


def program(folder: Path, text: str) -> str:
    """A Python that does this, whatever it is asked for."""
    path = folder / "python"
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(0o755)
    return str(path)


@pytest.mark.usefixtures("soon")
async def test_what_waits_at_the_start_is_compared_beside_the_screens_and_counted(
    two: Path, vitalfew: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "__init__.py").write_text("raise SystemExit('the folder was believed')")
    monkeypatch.chdir(tmp_path)
    app = vitalfew(two, matching=True)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: not waiting(two) and app.counted.get("merge") == 1)
        assert "3 Merge 1 " in frame(app).splitlines()[0]
    ada, beth = (line.id for line in read(two, people.everybody))
    assert [(pair.a, pair.b) for pair in read(two, duplicates.pairs)] == [(ada, beth)]


@pytest.mark.usefixtures("soon")
async def test_an_edit_is_compared_while_merge_is_shown(two: Path, vitalfew: Make) -> None:
    app = vitalfew(two, matching=True, start="merge")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: app.counted.get("merge") == 1)
        await app.screen.write(AddPerson(typed.person("S. Quayle, sara@quayle.example")))  # type: ignore[attr-defined]
        await until(pilot, lambda: not waiting(two) and len(read(two, duplicates.pairs)) > 1)


@pytest.mark.usefixtures("soon")
async def test_triage_says_it_of_the_card_that_is_shown(two: Path, vitalfew: Make) -> None:
    app = vitalfew(two, matching=True, start="triage")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Quayle, added by hand: M compares" in frame(app))
        await pilot.press("M")
        await until(pilot, lambda: app.current_mode == "merge" and "1 of 1" in frame(app))


async def test_nothing_is_compared_unless_it_is_asked_for(two: Path, vitalfew: Make) -> None:
    app = vitalfew(two)
    async with app.run_test(size=SMALL) as pilot:
        app.matching.want()
        await pilot.press("3")
        await settle(pilot)
        assert app.matching.done is None
    assert waiting(two) == 2


@pytest.mark.usefixtures("soon")
async def test_leaving_ends_what_is_compared_and_waits_for_nothing(
    two: Path, vitalfew: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    text = (
        "import os, signal, time\n"
        f"open({str(started)!r}, 'w').write(str(os.getpid()))\n"
        "print('0.25', flush=True)\n"
        "time.sleep(600)\n"
    )
    app = vitalfew(two, matching=True)
    monkeypatch.setattr("tui.matching.sys.executable", program(tmp_path, text))
    async with app.run_test(size=SMALL) as pilot:
        for _ in range(600):
            if app.matching.done == 0.25:
                break
            await pilot.pause(0.02)
        assert app.matching.done == 0.25
        child = int(started.read_text())
        assert os.getsid(child) == child, "ctrl+c at the terminal would end it"
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            break
        await asyncio.sleep(0.05)
    else:
        raise AssertionError("it is still at work")


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("veiled", [False, True])
async def test_what_goes_wrong_is_told_in_a_sentence_and_not_to_the_terminal(  # noqa: PLR0913, PLR0917 — fixtures
    two: Path,
    vitalfew: Make,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    veiled: bool,
) -> None:
    text = "import sys\nsys.exit('warming up\\nthe disk [/] is full')"
    monkeypatch.setattr("tui.matching.sys.executable", program(tmp_path, text))
    app = vitalfew(two, matching=True, veiled=veiled)
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        told = "the entries could not be compared"
        await until(pilot, lambda: told in frame(app))
        assert ("the disk [/] is full" in frame(app)) == (not veiled)
        assert app.matching.done is None
    assert "disk" not in "".join(capfd.readouterr())


async def test_whoever_holds_the_book_is_waited_for(two: Path, vitalfew: Make) -> None:
    app = vitalfew(two, matching=True)
    with closing(dbapi.connect(two, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with app.run_test(size=SMALL) as pilot:
            app.matching.want()
            await until(pilot, lambda: app.matching.done is not None)
            other.execute("ROLLBACK")
            await until(pilot, lambda: not waiting(two))
