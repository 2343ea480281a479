"""Copies are whole or not there, and are found again."""

from __future__ import annotations

import os
import resource
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.errors import BookError, DecisionNeededError
from core.storage import backup, connect
from core.storage.driver import Error
from tests.book import base, fresh, people, raw, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    bus = fresh(tmp_path / "people.db")
    people(bus, "Ada Wong", "Ben Ortiz")
    bus.close()
    return bus.path


@pytest.fixture
def no_room(book: Path) -> Iterator[None]:
    """No file may grow beyond 40 kB, as on a disk that is full once the book is there."""
    assert book.stat().st_size > 40_000
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_copy_is_whole_private_alone_and_holds_the_same(book: Path) -> None:
    made = backup.copy(book, "import")
    assert base(made) == base(book)
    assert rows(made, "PRAGMA integrity_check") == [("ok",)]
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.parent.stat().st_mode & 0o777 == 0o700
    assert backup.people(made) == 2
    assert list(backup.folder(book).iterdir()) == [made]


def test_a_copy_is_made_while_somebody_else_writes(book: Path) -> None:
    before = base(book)
    with closing(raw(book)) as other:
        other.execute("PRAGMA journal_mode=wal")
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE gate SET mode = 'log'")
        other.execute("UPDATE fact SET value = 'half a change'")
        made = backup.copy(book, "import")
        other.execute("ROLLBACK")
    assert base(made) == before


def test_copies_are_listed_newest_first_with_what_they_are(book: Path) -> None:
    first = backup.copy(book, "import")
    second = backup.copy(book, backup.BY_HAND)
    (backup.folder(book) / "notes.txt").write_text("mine")
    (backup.folder(book) / "people-2026-99-99T000000.000000-import.db").write_text("no day")
    backup.copy(_neighbour(book), "import")
    found = backup.copies(book)
    assert [(one.path, one.reason, one.people) for one in found] == [
        (second, "by hand", 2),
        (first, "import", 2),
    ]
    assert all(one.size == one.path.stat().st_size for one in found)
    assert all(abs(datetime.now(UTC) - one.at) < timedelta(minutes=1) for one in found)
    assert list(backup.folder(book).glob("*-shm")) == []


def _neighbour(book: Path) -> Path:
    other = book.with_name("people-2.db")
    shutil.copy(book, other)
    return other


def test_a_book_without_copies_has_none(book: Path) -> None:
    assert backup.copies(book) == []
    assert backup.newest(book) is None


def test_the_newest_copy_is_one_that_can_be_read(book: Path) -> None:
    good, bad = backup.copy(book, "import"), backup.copy(book, "import")
    bad.write_bytes(b"spilled coffee" * 1_000)
    assert [one.people for one in backup.copies(book)] == [None, 2]
    newest = backup.newest(book)
    assert newest is not None
    assert newest.path == good


def test_ten_copies_made_by_hand_stay_and_three_of_any_other_reason(book: Path) -> None:
    by_hand = [backup.copy(book, backup.BY_HAND) for _ in range(11)]
    imports = [backup.copy(book, "import") for _ in range(4)]
    assert {one.path for one in backup.copies(book)} == {*by_hand[1:], *imports[1:]}


def test_an_old_copy_that_is_still_needed_stays(book: Path) -> None:
    first, *_ = [backup.copy(book, "import") for _ in range(3)]
    backup.copy(book, "import", spare=first)
    assert first.exists()
    assert len(backup.copies(book)) == 4


def test_what_a_killed_copying_left_is_deleted_in_time(book: Path) -> None:
    place = backup.folder(book)
    place.mkdir()
    old, new, foreign = (
        place / name
        for name in (
            "people-2026-11-21T080000.000000-import.part",
            "people-2026-11-22T080000.000000-import.part",
            "novel.part",
        )
    )
    for part in (old, new, foreign):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    os.utime(foreign, (0, 0))
    backup.copy(book, "import")
    assert not old.exists()
    assert new.exists()
    assert foreign.exists()


@pytest.mark.usefixtures("no_room")
def test_on_a_full_disk_there_is_no_copy_and_no_half_of_one(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    with pytest.raises(BookError, match="nothing was changed"):
        backup.copy(book, "import")
    with pytest.raises(BookError, match="nothing was changed"):
        backup.copy_to(book, tmp_path / "mine.db")
    assert list(backup.folder(book).iterdir()) == []
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["copies", "people.db"]
    assert book.read_bytes() == before


def test_a_stopped_copying_leaves_nothing(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(backup, "sync", stopped)
    with pytest.raises(KeyboardInterrupt):
        backup.copy(book, "import")
    assert list(backup.folder(book).iterdir()) == []


def test_a_copy_goes_where_the_user_says(book: Path, tmp_path: Path) -> None:
    made = backup.copy_to(book, tmp_path / "mine.db")
    assert base(made) == base(book)
    assert made.stat().st_mode & 0o777 == 0o600
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backup.copy_to(book, stick)
    assert made.parent == stick
    assert made.name == f"people-{datetime.now(UTC):%Y-%m-%d}.db"
    assert list(stick.iterdir()) == [made]


def test_nothing_is_written_over_unasked(book: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "novel.txt", tmp_path / "link.db"
    target.write_text("chapter one")
    link.symlink_to(tmp_path / "nowhere")
    for there in (target, link):
        with pytest.raises(DecisionNeededError, match="--force"):
            backup.copy_to(book, there)
    assert target.read_text() == "chapter one"
    assert backup.people(backup.copy_to(book, target, force=True)) == 2


def test_the_book_is_no_place_for_its_copy(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    link = tmp_path / "link.db"
    link.symlink_to(book)
    for there in (book, link):
        with pytest.raises(BookError, match="the book itself"):
            backup.copy_to(book, there, force=True)
    assert book.read_bytes() == before
    with pytest.raises(BookError, match="could not be copied into"):
        backup.copy_to(book, tmp_path / "no" / "such" / "folder.db")


def test_looking_at_a_copy_writes_nothing(book: Path) -> None:
    made = backup.copy(book, "import")
    with closing(backup.at_rest(made)) as connection, pytest.raises(Error):
        connection.execute("DELETE FROM person_row")
    assert list(backup.folder(book).iterdir()) == [made]


def test_an_emptied_book_tells_the_way_back_and_is_not_begun_anew(book: Path) -> None:
    from core.bus import Bus

    backup.copy(book, "import")
    book.write_bytes(b"")
    for opened in (connect.view, Bus):
        with pytest.raises(connect.DamagedError, match=r"is empty.*vitalfew restore.*2 people"):
            opened(book)
    assert book.read_bytes() == b""


def test_a_damaged_and_a_lost_book_tell_the_way_back(book: Path) -> None:
    from core.bus import Bus

    backup.copy(book, "import")
    book.write_bytes(b"spilled coffee" * 1_000)
    for opened in (connect.view, Bus):
        with pytest.raises(connect.DamagedError, match=r"damaged.*vitalfew restore.*2 people"):
            opened(book)
    book.unlink()
    with pytest.raises(BookError, match=r"there is no book.*vitalfew restore.*2 people"):
        connect.view(book)
