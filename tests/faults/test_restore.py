"""A restore that is killed leaves the book of before or the one of the copy; so does a copying."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from typing import TYPE_CHECKING, NamedTuple

import pytest

from core.bus import Bus
from core.errors import BookError
from core.storage import backup, restore
from tests.book import CLOCK, digest, fresh, people, rows
from tests.faults import restoring

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import ForkServerProcess
    from pathlib import Path

pytestmark = pytest.mark.faults

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.faults.restoring"])

PEOPLE, TIMES = 800, 24
SEED = 2211


class Scene(NamedTuple):
    """A book, a copy of it with fewer people, and both states by their hashes."""

    book: Path
    copy: Path
    now: str
    then: str


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("scene")
    bus = fresh(folder / "people.db")
    people(bus, *(f"Given{n} Family{n}" for n in range(PEOPLE)))
    copy = backup.copy_to(bus.path, folder / "then.db")
    people(bus, *(f"Other{n} Person{n}" for n in range(PEOPLE)))
    bus.close()
    return Scene(bus.path, copy, digest(bus.path), digest(copy))


def _started(act: Callable[..., None], *given: object) -> ForkServerProcess:
    process = FORKING.Process(target=act, args=given)
    process.start()
    return process


def _seconds(scene: Scene, folder: Path, act: Callable[..., None]) -> float:
    """How long it takes when nobody ends it."""
    seconds = 0.0
    for number in range(2):  # the first also starts what the others are forked from
        book = folder / f"whole{number}" / "people.db"
        book.parent.mkdir(parents=True)
        shutil.copy(scene.book, book)
        began = time.monotonic()
        process = _started(act, book, scene.copy)
        process.join()
        seconds = time.monotonic() - began
        assert process.exitcode == 0
    return seconds


@pytest.mark.parametrize("damaged", [False, True], ids=["sound", "damaged"])
def test_a_restore_that_is_killed_leaves_the_old_book_or_the_new_one(
    scene: Scene, tmp_path: Path, *, damaged: bool
) -> None:
    chance = random.Random(SEED)
    seconds = _seconds(scene, tmp_path, restoring.restore)
    killed = 0
    for number in range(TIMES):
        book = tmp_path / f"time{number}" / "people.db"
        book.parent.mkdir()
        shutil.copy(scene.book, book)
        if damaged:
            book.write_bytes(book.read_bytes()[: book.stat().st_size // 2])
        left = book.read_bytes()
        process = _started(restoring.restore, book, scene.copy)
        time.sleep(seconds * (number + chance.random()) / TIMES)
        process.kill()
        process.join()
        killed += process.exitcode == -9
        if damaged and book.read_bytes() == left:
            with pytest.raises(BookError, match="damaged"):
                Bus(book, clock=CLOCK)
            restore.restore(book, scene.copy)  # nothing that was left stands in the way
            assert digest(book) == scene.then
        else:
            Bus(book, clock=CLOCK).close()
            assert digest(book) in {scene.then, *([] if damaged else [scene.now])}
        assert rows(book, "PRAGMA integrity_check") == [("ok",)]
        assert all(one.people is not None for one in backup.copies(book))
        shutil.rmtree(book.parent)
    assert killed >= TIMES // 8  # spread over the time it took before; a faster run ends sooner


@pytest.mark.parametrize("pages", [1, 20, 60])
def test_a_restore_that_ends_in_the_middle_of_writing_over_is_rolled_back(
    scene: Scene, tmp_path: Path, pages: int
) -> None:
    book = tmp_path / "people.db"
    shutil.copy(scene.book, book)
    process = _started(restoring.write_over_some, book, scene.copy, pages)
    process.join()
    assert process.exitcode == -9
    assert book.with_name("people.db-journal").stat().st_size
    assert book.read_bytes() != scene.book.read_bytes()
    Bus(book, clock=CLOCK).close()
    assert digest(book) == scene.now
    assert rows(book, "PRAGMA integrity_check") == [("ok",)]


def test_a_copying_that_is_killed_leaves_a_whole_copy_or_none(scene: Scene, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    book = tmp_path / "mine" / "people.db"
    book.parent.mkdir()
    shutil.copy(scene.book, book)
    seconds = _seconds(scene, tmp_path, restoring.copy)
    made = 0
    for number in range(TIMES // 2):
        process = _started(restoring.copy, book, scene.copy)
        time.sleep(seconds * (number + chance.random()) / (TIMES // 2))
        process.kill()
        process.join()
        for one in backup.copies(book):
            assert one.people == 2 * PEOPLE
            assert digest(one.path) == scene.now
            one.path.unlink()
            made += 1
    assert digest(book) == scene.now
    assert made < TIMES // 2
