"""Bringing a copy back: whole or not at all, and what was there before is kept."""

from __future__ import annotations

import resource
import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.errors import BookError
from core.storage import backup, connect, migrate, restore
from tests.book import CLOCK, base, derived, digest, fresh, people, raw, rows

if TYPE_CHECKING:
    from collections.abc import Callable


class Scene(NamedTuple):
    """A book with four people, and a copy of it from when there were three."""

    book: Path
    copy: Path
    then: str
    now: str


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(restore, "LOCK_SECONDS", 0.05)
    bus = fresh(tmp_path / "people.db")
    ada, _, _ = people(bus, "Ada Wong", "Ben Ortiz", "Chen Wei")
    bus.run(SetTier((ada,), "A"))
    copy = backup.copy(bus.path, backup.BY_HAND)
    then = digest(bus.path)
    people(bus, "Dora Lind")
    bus.close()
    return Scene(bus.path, copy, then, digest(bus.path))


def _is_whole(book: Path, state: str) -> None:
    assert digest(book) == state
    assert rows(book, "PRAGMA integrity_check") == [("ok",)]
    assert book.stat().st_mode & 0o777 == 0o600
    bus = Bus(book, clock=CLOCK, sitting="tests")
    bus.undo(sure=True)
    bus.redo()
    bus.close()
    assert digest(book) == state


def test_a_copy_takes_the_place_of_the_book_which_is_kept(scene: Scene) -> None:
    done = restore.restore(scene.book, scene.copy)
    assert (done.before, done.people) == (("sound", 4), 3)
    assert done.kept is not None
    assert digest(done.kept) == scene.now
    assert [one.reason for one in backup.copies(scene.book)] == ["before restore", "by hand"]
    _is_whole(scene.book, scene.then)
    assert len(derived(scene.book)) == 3
    assert {path.name for path in scene.book.parent.iterdir()} == {"people.db", "copies"}


def test_restoring_is_taken_back_by_restoring_the_newest(scene: Scene) -> None:
    restore.restore(scene.book, scene.copy)
    newest = backup.newest(scene.book)
    assert newest is not None
    restore.restore(scene.book, newest.path)
    _is_whole(scene.book, scene.now)


def test_the_oldest_kept_copy_can_be_brought_back_and_stays(scene: Scene) -> None:
    oldest, *_ = [backup.copy(scene.book, restore.BEFORE) for _ in range(3)]
    restore.restore(scene.book, oldest)
    assert oldest.exists()


def test_what_is_in_the_log_of_the_book_is_kept_too(scene: Scene) -> None:
    with closing(raw(scene.book)) as other:  # a program that was killed before it tidied up
        other.execute("PRAGMA journal_mode=wal")
        other.execute("UPDATE gate SET mode = 'replay'")
        other.execute("UPDATE fact SET value = 'in the log'")
        other.execute("UPDATE gate SET mode = 'closed'")
        copied = scene.book.with_name("again") / "people.db"
        copied.parent.mkdir()
        for path in scene.book.parent.glob("people.db*"):
            shutil.copy(path, copied.parent)
    assert copied.with_name("people.db-wal").stat().st_size
    done = restore.restore(copied, scene.copy)
    assert done.kept is not None
    assert rows(done.kept, "SELECT DISTINCT value FROM fact") == [("in the log",)]
    _is_whole(copied, scene.then)


@pytest.mark.parametrize("idle", [True, False])
def test_a_book_that_others_have_open_is_left_alone(scene: Scene, *, idle: bool) -> None:
    with closing(raw(scene.book)) as other:
        other.execute("PRAGMA journal_mode=wal")
        other.execute("SELECT count(*) FROM card").fetchall()
        if not idle:
            other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BookError, match="another vitalfew has the book open"):
            restore.restore(scene.book, scene.copy)
    assert digest(scene.book) == scene.now
    assert [one.reason for one in backup.copies(scene.book)] == ["by hand"]


def test_a_view_that_is_closed_does_not_stand_in_the_way(scene: Scene) -> None:
    with closing(connect.view(scene.book)) as view:
        view.execute("SELECT count(*) FROM card").fetchall()
    restore.restore(scene.book, scene.copy)
    _is_whole(scene.book, scene.then)


def _empty(book: Path) -> None:
    book.write_bytes(b"")


def _cut(book: Path) -> None:
    book.write_bytes(book.read_bytes()[: book.stat().st_size // 2])


def _text(book: Path) -> None:
    book.write_bytes(b"spilled coffee" * 1_000)


def _headless(book: Path) -> None:
    book.write_bytes(b"\0" * 4096 + book.read_bytes()[4096:])


def _inside(book: Path) -> None:
    """An index is overwritten: the book opens, and fails later."""
    ((root,),) = rows(book, "SELECT rootpage FROM sqlite_master WHERE name = 'ix_fact_kind_norm'")
    content = bytearray(book.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    book.write_bytes(content)


@pytest.mark.parametrize("damage", [_empty, _cut, _text, _headless, _inside])
def test_a_book_that_cannot_be_read_is_laid_aside_and_replaced(
    scene: Scene, damage: Callable[[Path], None]
) -> None:
    damage(scene.book)
    left = scene.book.read_bytes()
    done = restore.restore(scene.book, scene.copy)
    assert done.before.state == ("empty" if damage is _empty else "damaged")
    _is_whole(scene.book, scene.then)
    if damage is _empty:
        assert done.kept is None
    else:
        assert done.kept is not None
        assert done.kept.read_bytes() == left
        assert done.kept.parent == backup.folder(scene.book)
    assert [one.path for one in backup.copies(scene.book)] == [scene.copy]


def test_the_log_of_a_damaged_book_is_not_played_into_the_copy(scene: Scene) -> None:
    with closing(raw(scene.book)) as other:
        other.execute("PRAGMA journal_mode=wal")
        other.execute("UPDATE gate SET mode = 'replay'")
        other.execute("UPDATE fact SET value = 'in the log'")
        log = scene.book.with_name("people.db-wal").read_bytes()
    scene.book.write_bytes(b"")
    scene.book.with_name("people.db-wal").write_bytes(log)
    restore.restore(scene.book, scene.copy)
    _is_whole(scene.book, scene.then)
    (aside,) = backup.folder(scene.book).glob("*.damaged-wal")
    assert aside.read_bytes() == log


def test_a_lost_book_comes_back(scene: Scene, tmp_path: Path) -> None:
    scene.book.unlink()
    assert restore.restore(scene.book, scene.copy).before.state == "missing"
    _is_whole(scene.book, scene.then)
    elsewhere = tmp_path / "new" / "place" / "people.db"
    restore.restore(elsewhere, scene.copy)
    _is_whole(elsewhere, scene.then)


def test_a_copy_of_an_older_schema_is_brought_up_to_date(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = tmp_path / "scripts"
    shutil.copytree(migrate.SCRIPTS, scripts)
    newest = max(path.stem.partition("_")[0] for path in (scripts / "versions").glob("0*.py"))
    number = f"{int(newest) + 1:04}"
    (scripts / "versions" / f"{number}_next.py").write_text(
        "from alembic import op\n"
        f'revision = "{number}"\ndown_revision = "{newest}"\n'
        "def upgrade():\n"
        """    op.execute("ALTER TABLE setting ADD COLUMN why TEXT NOT NULL DEFAULT ''")\n"""
    )
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(connect, "SCHEMA", connect.SCHEMA + 1)
    migrate.ensure(scene.book)
    restore.restore(scene.book, scene.copy)
    assert rows(scene.book, "PRAGMA user_version") == [(connect.SCHEMA,)]
    connect.view(scene.book).close()
    assert digest(scene.book) == scene.then


def test_what_is_no_whole_copy_is_refused(scene: Scene, tmp_path: Path) -> None:
    newer, foreign, blank = tmp_path / "newer.db", tmp_path / "foreign.db", tmp_path / "blank.db"
    shutil.copy(scene.copy, newer)
    with closing(raw(newer)) as connection:
        connection.execute(f"PRAGMA user_version={connect.SCHEMA + 1}")
    with closing(raw(foreign)) as connection:
        connection.execute("CREATE TABLE places(url TEXT)")
    blank.touch()
    astray = Path(shutil.copy(scene.copy, tmp_path / "astray.db"))
    with closing(raw(astray)) as connection:
        connection.execute("UPDATE gate SET mode = 'replay'")
        connection.execute("UPDATE fact SET card_id = 99 WHERE id = 1")
    refused = {
        newer: "newer vitalfew",
        foreign: "another program",
        blank: "no book of vitalfew",
        astray: "is damaged",
        tmp_path / "none.db": "there is no file",
        tmp_path: "there is no file",
        scene.book: "the book itself",
    }
    for damage in (_cut, _text, _headless, _inside):
        bad = Path(shutil.copy(scene.copy, tmp_path / f"{damage.__name__}.db"))
        damage(bad)
        refused[bad] = "damaged"
    for path, why in refused.items():
        with pytest.raises(BookError, match=why):
            restore.restore(scene.book, path)
    assert digest(scene.book) == scene.now
    assert [one.path for one in backup.copies(scene.book)] == [scene.copy]


def test_what_is_not_ours_is_never_replaced(scene: Scene, tmp_path: Path) -> None:
    places, link, newer = tmp_path / "places.db", tmp_path / "link.db", tmp_path / "newer.db"
    with closing(raw(places)) as connection:
        connection.execute("CREATE TABLE places(url TEXT)")
    link.symlink_to(scene.book)
    shutil.copy(scene.book, newer)
    with closing(raw(newer)) as connection:
        connection.execute(f"PRAGMA user_version={connect.SCHEMA + 1}")
    for path in (places, link, newer, tmp_path):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(BookError):
            restore.restore(path, scene.copy)
        assert not before or path.read_bytes() == before


def test_a_copy_with_pages_of_another_size_is_taken(scene: Scene, tmp_path: Path) -> None:
    odd = Path(shutil.copy(scene.copy, tmp_path / "odd.db"))
    with closing(raw(odd)) as connection:
        connection.execute("PRAGMA page_size=8192")
        connection.execute("VACUUM")
    restore.restore(scene.book, odd)
    _is_whole(scene.book, scene.then)


@pytest.mark.parametrize("room", [-60_000, 0, 300, 1_000_000])
def test_on_a_full_disk_the_book_is_the_old_or_the_new_one(scene: Scene, room: int) -> None:
    """No file may grow; there is room for the copy of today, but not for the journal beside it."""
    most = scene.book.stat().st_size + room
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    told = ""
    try:
        restore.restore(scene.book, scene.copy)
    except BookError as error:
        told = error.sentence
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert ("nothing was changed" in told) == (room < 1_000_000)
    assert digest(scene.book) == (scene.now if told else scene.then)
    assert rows(scene.book, "PRAGMA integrity_check") == [("ok",)]
    assert base(scene.copy)
