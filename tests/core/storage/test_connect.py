"""Which files are opened, how, and with what words others are refused."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.errors import BookError
from core.storage import connect, migrate
from core.storage.database import ops_engine
from core.storage.driver import Error, dbapi, wal_is_safe
from tests.book import CLOCK, digest, fresh, people, raw, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_writing_connection_has_its_pragmas(tmp_path: Path) -> None:
    fresh(tmp_path / "people.db").close()
    engine = ops_engine(tmp_path / "people.db")
    with engine.connect() as connection:
        got = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "secure_delete",
                "temp_store",
            )
        }
    engine.dispose()
    wal = wal_is_safe()
    assert got == {
        "journal_mode": "wal" if wal else "delete",
        "synchronous": 2 if wal else 3,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
    }


def test_a_pragma_that_is_not_taken_is_told() -> None:
    with (
        closing(dbapi.connect(":memory:")) as connection,
        pytest.raises(BookError, match="journal_mode"),
    ):
        connect.prepare_ops(connection)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_the_log_mode_is_used_where_sqlite_keeps_it_whole(
    version: tuple[int, ...], *, safe: bool
) -> None:
    assert wal_is_safe(version) is safe


def test_a_view_cannot_write(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    people(bus, "Ada Wong")
    with closing(connect.view(bus.path)) as view:
        for statement in ("DELETE FROM person_row", "UPDATE gate SET mode = 'log'", "VACUUM"):
            with pytest.raises(Error):
                view.execute(statement)
    assert len(rows(bus.path, "SELECT * FROM person_row")) == 1


def test_a_view_sees_each_commit(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    with closing(connect.view(bus.path)) as view:
        for number in range(1, 3):
            people(bus, "Ada Wong")
            assert view.execute("SELECT count(*) FROM person_row").fetchone() == (number,)


def test_the_file_and_its_side_files_are_private(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        path = tmp_path / "new" / "people.db"
        bus = Bus(path, clock=CLOCK)
        people(bus, "Ada Wong")
        side = {file.name: _mode(file) for file in path.parent.iterdir()}
        assert _mode(path.parent) == 0o700
        assert side["people.db"] == 0o600
        if wal_is_safe():
            assert {"people.db-wal", "people.db-shm"} <= set(side)
        assert set(side.values()) == {0o600}
        bus.close()
    finally:
        os.umask(old)


def test_a_file_others_could_read_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    fresh(path).close()
    path.chmod(0o644)
    Bus(path, clock=CLOCK).close()
    assert _mode(path) == 0o600


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    Bus(folder / "people.db", clock=CLOCK).close()
    assert _mode(folder) == 0o755


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_refused(tmp_path: Path, *, there: bool) -> None:
    target, link = tmp_path / "target.db", tmp_path / "people.db"
    if there:
        fresh(target).close()
    link.symlink_to(target)
    with pytest.raises(BookError, match="is a link"):
        Bus(link, clock=CLOCK)
    assert target.exists() is there


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError):
        Bus(tmp_path, clock=CLOCK)
    with pytest.raises(BookError):
        connect.view(tmp_path)


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    os.mkfifo(path)
    with pytest.raises(BookError, match="not a file"):
        Bus(path, clock=CLOCK)


def test_a_missing_file_is_told_to_readers_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    with pytest.raises(BookError, match="vitalfew import"):
        connect.view(path)
    assert not path.exists()


def test_an_empty_file_becomes_a_book(tmp_path: Path) -> None:
    """A program that was ended between creating the file and filling it leaves one."""
    path = tmp_path / "people.db"
    path.touch()
    with pytest.raises(BookError):
        connect.view(path)
    bus = Bus(path, clock=CLOCK)
    people(bus, "Ada Wong")
    assert migrate.is_current(path)


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    fresh(path).close()
    with closing(raw(path)) as connection:
        connection.execute(f"PRAGMA user_version={connect.SCHEMA + 1}")
    before = path.read_bytes()
    for opened in (connect.view, lambda path: Bus(path, clock=CLOCK)):
        with pytest.raises(
            BookError, match=r"newer vitalfew.*update vitalfew; nothing was changed"
        ):
            opened(path)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with closing(raw(path)) as connection:
        connection.execute("CREATE TABLE places(url TEXT)")
    before = path.read_bytes()
    for opened in (connect.view, lambda path: Bus(path, clock=CLOCK)):
        with pytest.raises(BookError, match="another program"):
            opened(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [b"BEGIN:VCARD\nEND:VCARD\n" * 50, b"\0" * 8192, b"SQLite format 3\0" + b"\xff" * 100, b"hi"],
    ids=["text", "zeros", "a broken head", "two bytes"],
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "people.db"
    path.write_bytes(content)
    for opened in (connect.view, lambda path: Bus(path, clock=CLOCK)):
        with pytest.raises(BookError):
            opened(path)
    assert path.read_bytes() == content


def test_a_truncated_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    people(bus, *(f"Person {number}" for number in range(300)))
    bus.close()
    whole = bus.path.read_bytes()
    bus.path.write_bytes(whole[: len(whole) // 2])
    for opened in (connect.view, lambda path: Bus(path, clock=CLOCK)):
        with pytest.raises(BookError, match="damaged"):
            opened(bus.path)
    assert bus.path.read_bytes() == whole[: len(whole) // 2]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users of the machine can reach; pytest's own they cannot."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def test_a_read_only_folder_is_told_in_one_sentence(open_folder: Path) -> None:
    folder = open_folder / "locked"
    folder.mkdir()
    program = (
        "import os, sys; from pathlib import Path; from core.bus import Bus\n"
        "from core.errors import BookError; from core.storage import backup, database\n"
        "if os.geteuid() == 0: os.setuid(65534)  # root is never refused\n"
        "try: Bus(Path(sys.argv[1]))\n"
        "except BookError as error: print(error.sentence)\n"
    )
    folder.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder / "people.db")],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.stdout.strip() == f"{folder / 'people.db'} cannot be used: Permission denied", done
    assert list(folder.iterdir()) == []


def test_another_writer_is_named_when_it_takes_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0.05)
    bus = fresh(tmp_path / "people.db")
    (ada,) = people(bus, "Ada Wong")
    before = digest(bus.path)
    with closing(raw(bus.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BookError, match="another vitalfew is writing"):
            bus.run(SetTier((ada,), "A"))
        other.execute("ROLLBACK")
    assert digest(bus.path) == before
    bus.run(SetTier((ada,), "A"))
