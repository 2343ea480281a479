"""Bringing a file up to date: whole or not at all, and after a copy."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.bus import Bus
from core.errors import BookError
from core.storage import backup, connect, migrate
from tests.book import CLOCK, base, digest, fresh, people, raw, rows, user_fact

ROOT = Path(__file__).resolve().parents[3]

STEP = '''
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.execute("ALTER TABLE setting ADD COLUMN why TEXT NOT NULL DEFAULT ''")
    op.execute("""{statement}""")
'''


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A book of the present schema, with somebody in it."""
    bus = fresh(tmp_path / "people.db")
    people(bus, "Ada Wong", "Ben Ortiz")
    bus.run(user_fact(1, "nickname", "Addie"))
    bus.close()
    return bus.path


def _next_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """A program one version on, with one more migration."""
    scripts = tmp_path / "scripts"
    shutil.copytree(migrate.SCRIPTS, scripts)
    (scripts / "versions" / "0002_next.py").write_text(STEP.format(statement=statement))
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(connect, "SCHEMA", connect.SCHEMA + 1)


def test_a_migration_keeps_every_row_and_leaves_a_copy(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = base(old)
    _next_schema(tmp_path, monkeypatch, "UPDATE command SET label = upper(label)")
    copy = migrate.ensure(old)
    assert base(old) == before
    assert rows(old, "PRAGMA user_version") == [(connect.SCHEMA,)]
    assert "why" in [row[1] for row in rows(old, "PRAGMA table_info(setting)")]
    assert copy is not None
    assert base(copy) == before
    assert rows(copy, "PRAGMA integrity_check") == [("ok",)]
    assert rows(copy, "PRAGMA user_version") == [(connect.SCHEMA - 1,)]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert migrate.ensure(old) is None


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO nowhere VALUES (1)",
        "DROP TABLE promise",
        "UPDATE gate SET mode = 'replay'; DELETE FROM fact WHERE id = 1",
        "UPDATE gate SET mode = 'replay'; UPDATE card SET person_id = 99 WHERE id = 1",
    ],
    ids=["a statement fails", "a table is lost", "a row is lost", "a reference breaks"],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    before, version = digest(old), connect.SCHEMA
    made = rows(old, "SELECT name, sql FROM sqlite_master ORDER BY name")
    _next_schema(tmp_path, monkeypatch, '"""); op.execute("""'.join(statement.split("; ")))
    with pytest.raises(BookError):
        Bus(old, clock=CLOCK)
    assert digest(old) == before
    assert rows(old, "SELECT name, sql FROM sqlite_master ORDER BY name") == made
    assert rows(old, "PRAGMA user_version") == [(version,)]
    monkeypatch.undo()
    bus = Bus(old, clock=CLOCK)
    people(bus, "Chen Wei")
    bus.close()


def test_without_a_whole_copy_nothing_is_migrated(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copies").write_text("a file where the folder should be")
    _next_schema(tmp_path, monkeypatch, "SELECT 1")
    before = old.read_bytes()
    with pytest.raises(BookError, match="could not be copied"):
        migrate.ensure(old)
    assert old.read_bytes() == before


def test_a_damaged_book_is_not_migrated(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(raw(old)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_fact_kind_norm'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(old.read_bytes())
    content[(root - 1) * size : root * size] = b"\xa5" * size
    old.write_bytes(content)
    _next_schema(tmp_path, monkeypatch, "SELECT 1")
    with pytest.raises(BookError, match="damaged"):
        migrate.ensure(old)
    assert old.read_bytes() == bytes(content)
    assert list((tmp_path / "copies").iterdir()) == []


def test_the_newest_three_copies_of_a_reason_are_kept(old: Path) -> None:
    neighbour = old.with_name("people-2.db")
    shutil.copy(old, neighbour)
    theirs = backup.copy(neighbour, "before schema 2")
    daily = backup.copy(old, "daily")
    made = [backup.copy(old, "before schema 2") for _ in range(5)]
    assert set(backup.folder(old).iterdir()) == {theirs, daily, *made[-3:]}


def test_a_new_book_needs_no_copy(tmp_path: Path) -> None:
    assert migrate.ensure(tmp_path / "people.db") is None
    assert not (tmp_path / "copies").exists()


def test_a_book_in_a_folder_with_odd_signs_is_made_and_opened(tmp_path: Path) -> None:
    folder = tmp_path / "100 % [ü] #1 ?x=y"
    for _ in range(2):
        bus = Bus(folder / "my people?.db", clock=CLOCK)
        people(bus, "Ada Wong")
        with closing(connect.view(bus.path)) as view:
            assert view.execute("SELECT count(*) > 0 FROM person_row").fetchone() == (1,)
        bus.close()
    assert sorted(file.name for file in folder.iterdir()) == ["my people?.db"]


def test_a_current_file_is_opened_without_the_migration_tool(old: Path) -> None:
    program = (
        "import json, sys; from pathlib import Path; from core.storage import migrate\n"
        "assert migrate.is_current(Path(sys.argv[1]))\n"
        "assert migrate.ensure(Path(sys.argv[1])) is None\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(old)], capture_output=True, check=True, cwd=ROOT
    )
    loaded = set(json.loads(done.stdout))
    assert loaded & {"alembic", "sqlmodel", "sqlalchemy", "pydantic"} == set()
