"""What ends a program in the middle leaves the book as it was before, or as it is after."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pytest

from core.bus import Bus
from core.commands.set_tier import SetTier
from tests.book import CLOCK, derived, digest, fresh, people, rows
from tests.faults import importing
from tests.importers.lists import Someone, google

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.context import ForkServerProcess
    from pathlib import Path

pytestmark = pytest.mark.faults

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.faults.importing"])

PEOPLE = 1_500
MANY = partial(pytest.param, marks=pytest.mark.slow)
"""As often as the promise needs; the few of each run of the suite catch what breaks at once."""
SEED = 1311


class Scene(NamedTuple):
    """A book with one import, the list that comes next, and both states by their hashes."""

    book: Path
    list: Path
    before: str
    after: str
    seconds: float


def _people(count: int, firm: str) -> list[Someone]:
    return [
        Someone(
            f"Given{n}", f"Family{n}", f"p{n}@example.com", f"079 {n:07}", firm if n % 3 else "Same"
        )
        for n in range(count)
    ]


def _state(book: Path) -> str:
    return f"{digest(book)} {hash(tuple(derived(book)))}"


def _start(book: Path, path: Path, **given: int) -> ForkServerProcess:
    process = FORKING.Process(target=importing.bring, args=(book, path), kwargs=given)
    process.start()
    return process


def _copy(book: Path, copy: Path) -> Path:
    copy.parent.mkdir(exist_ok=True)
    shutil.copy(book, copy)
    return copy


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("scene")
    first = google(folder, _people(PEOPLE * 3 // 4, "Initech"), "first.csv")
    second = google(folder, _people(PEOPLE, "Globex"), "second.csv")
    fresh(folder / "people.db").close()
    importing.bring(folder / "people.db", first)
    before = _state(folder / "people.db")
    whole = folder / "after.db"
    seconds = 0.0
    for _ in range(2):  # the first also starts what the others are forked from
        _copy(folder / "people.db", whole)
        began = time.monotonic()
        process = _start(whole, second)
        process.join()
        seconds = time.monotonic() - began
        assert process.exitcode == 0
    scene = Scene(folder / "people.db", second, before, _state(whole), seconds)
    assert scene.after != scene.before
    return scene


def _check(book: Path, scene: Scene) -> str:
    """Which state the book is in; that it is whole, opens, and can be worked with."""
    assert rows(book, "PRAGMA quick_check") == [("ok",)]
    state = _state(book)
    assert state in {scene.before, scene.after}
    assert rows(book, "SELECT mode FROM gate") == [("closed",)]
    bus = Bus(book, clock=CLOCK, sitting="tests")
    (somebody,) = people(bus, "Somebody New")
    bus.run(SetTier((somebody,), "A"))
    bus.undo()
    bus.undo(sure=True)
    bus.close()
    assert _state(book) == state
    return state


@pytest.mark.parametrize("times", [20, MANY(300)])
def test_an_import_that_is_killed_at_any_moment_leaves_before_or_after(
    scene: Scene, tmp_path: Path, times: int
) -> None:
    chance = random.Random(SEED)
    killed = 0
    for number in range(times):
        book = _copy(scene.book, tmp_path / f"time{number}" / "people.db")
        process = _start(book, scene.list)
        time.sleep(scene.seconds * (number + chance.random()) / times)
        process.kill()
        process.join()
        killed += process.exitcode == -9
        _check(book, scene)
        shutil.rmtree(book.parent)
    assert killed >= times // 8  # spread over the time it took before; a faster run ends sooner


@pytest.mark.parametrize("calls", [(1, 4, 8, 15), MANY(range(1, 16))], ids=["some", "all"])
def test_an_import_that_is_killed_between_its_portions_leaves_what_was_before(
    scene: Scene, tmp_path: Path, calls: Sequence[int]
) -> None:
    for number in calls:
        book = _copy(scene.book, tmp_path / f"call{number}" / "people.db")
        process = _start(book, scene.list, die_at=number)
        process.join()
        assert process.exitcode == -9, number
        assert _check(book, scene) == scene.before
        shutil.rmtree(book.parent)


@pytest.mark.parametrize("times", [4, MANY(40)])
def test_taking_back_that_is_killed_leaves_before_or_after(
    scene: Scene, tmp_path: Path, times: int
) -> None:
    chance = random.Random(SEED)
    whole = _copy(scene.book, tmp_path / "whole" / "people.db")
    process = _start(whole, scene.list)
    process.join()
    assert _state(whole) == scene.after
    began = time.monotonic()
    undone = _copy(whole, tmp_path / "undone.db")
    process = _start(undone, scene.list, undo=True)
    process.join()
    seconds = time.monotonic() - began
    assert _state(undone) == scene.before
    for number in range(times):
        book = _copy(whole, tmp_path / f"undo{number}.db")
        process = _start(book, scene.list, undo=True)
        time.sleep(seconds * (number + chance.random()) / times)
        process.kill()
        process.join()
        _check(book, scene)


@pytest.mark.parametrize("share", [0, 1, 2, 5, 10, 20, 40, 60, 80])
def test_a_full_disk_leaves_what_was_before(scene: Scene, tmp_path: Path, share: int) -> None:
    """A file may not grow; the side file that the changes go to first is such a file."""
    book = _copy(scene.book, tmp_path / "full" / "people.db")
    largest = (
        scene.book.stat().st_size * (100 + share) // 100 if share > 20 else 40_000 * (share + 1)
    )
    process = _start(book, scene.list, largest_file=largest)
    process.join()
    assert process.exitcode in {importing.REFUSED, 0}
    state = _check(book, scene)
    assert state == (scene.before if process.exitcode else scene.after)
    assert process.exitcode or share > 20
