"""Bringing a file up to date: whole or not at all, and after a copy."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from core.bus import Bus
from core.commands.log_talk import LogTalks, Talk
from core.commands.opt_out import SetOptOut
from core.commands.set_tier import SetTier
from core.errors import BookError
from core.settings import Settings
from core.storage import backup, connect, migrate, triggers
from tests.book import (
    CLOCK,
    base,
    derived,
    digest,
    fresh,
    people,
    person_row,
    raw,
    rows,
    user_fact,
)

ROOT = Path(__file__).resolve().parents[3]

WITH_TALK_INDEX = 3
STEP = '''
from alembic import op

revision = "0005"
down_revision = "0004"


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
    (scripts / "versions" / "0003_next.py").write_text(STEP.format(statement=statement))
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


def test_a_book_of_the_first_schema_comes_up_to_date_with_its_rows_made_anew(old: Path) -> None:
    bus = Bus(old, clock=CLOCK)
    bus.run(SetTier((1,), "A"))
    bus.run(SetOptOut((1,), "mail", "never"))
    bus.run(user_fact(1, "value", "1,200"))
    bus.close()
    now, before = derived(old), base(old)
    _as_of_schema(old, 1)
    copy = migrate.ensure(old, Settings(), CLOCK.today())
    assert copy is not None
    assert rows(copy, "PRAGMA user_version") == [(1,)]
    assert base(old) == before
    for table in ("choice", "suggestion"):
        assert before.pop(table) == []
        assert rows(copy, "SELECT name FROM sqlite_master WHERE name = ?", table) == []
    for table, held in before.items():
        assert [
            row[: len(kept)] for row, kept in zip(held, _all(copy, table), strict=True)
        ] == _all(copy, table)
    assert derived(old) == now
    assert person_row(old, 1)["never"] == "mail"
    assert rows(old, "SELECT rowid FROM person_search WHERE person_search MATCH 'ada'") == [(1,)]
    assert rows(old, "SELECT rowid FROM person_search WHERE person_search MATCH 'stale'") == []
    with closing(raw(old)) as connection:
        connection.execute(
            "INSERT INTO person_search(person_search, rank) VALUES ('integrity-check', 1)"
        )
    Bus(old, clock=CLOCK).undo()
    assert person_row(old, 1)["money"] == 0


def _all(book: Path, table: str) -> list[tuple[object, ...]]:
    return rows(book, f'SELECT * FROM "{table}" ORDER BY id')


def _as_of_schema(book: Path, schema: int) -> None:
    """The book as an earlier version of the program would have kept it, with rows of its own."""
    new = book.with_suffix(".earlier")
    with closing(raw(new)) as connection:
        for script in sorted((migrate.SCRIPTS / "versions").glob("0*.py"))[:schema]:
            for statement in _statements(script):
                connection.execute(statement)
        tables = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not row[0].startswith("sqlite_")
        ]
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (f"{schema:04}",))
        connection.execute("ATTACH ? AS now", (str(book),))
        for table in tables:
            names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            there = ", ".join(f'"{name}"' for name in names)
            connection.execute(f"DELETE FROM main.{table}")
            connection.execute(
                f"INSERT INTO main.{table}({there}) SELECT {there} FROM now.{table} ORDER BY 1"
            )
        connection.execute("UPDATE person_row SET name = 'stale', search = 'stale'")
        connection.execute(triggers.SEARCH_INDEX)
        connection.execute("INSERT INTO person_search(person_search) VALUES ('rebuild')")
        if schema >= WITH_TALK_INDEX:
            connection.execute(triggers.TALK_INDEX)
            for sql in triggers.expected().values():
                if sql.partition(" ON ")[2].split()[0] in tables:
                    connection.execute(sql)
        connection.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {schema}")
    for file in book.parent.glob(f"{book.name}*"):
        file.unlink()
    new.rename(book)


def _statements(script: Path) -> tuple[str, ...]:
    spec = importlib.util.spec_from_file_location(script.stem, script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return tuple(module.STATEMENTS)


def test_a_book_with_talks_learns_what_they_teach_when_it_comes_up_to_date(old: Path) -> None:
    bus = Bus(old, clock=CLOCK)
    days = [CLOCK.today() - timedelta(ago) for ago in (90, 60, 30, 5)]
    bus.run(LogTalks(tuple(Talk((1,), day, "mail", "in", text="Grüße") for day in days)))
    bus.run(LogTalks((Talk((2,), days[0], "call", text="plain words"),)))
    bus.close()
    now, before = derived(old), base(old)
    with closing(raw(old)) as connection:  # as they were logged before words were spelled
        connection.execute("UPDATE gate SET mode = 'replay'")
        connection.execute("UPDATE interaction SET folds = ''")
        connection.execute("UPDATE gate SET mode = 'closed'")
    _as_of_schema(old, 3)
    assert "gap" not in [row[1] for row in rows(old, "PRAGMA table_info(person_row)")]
    copy = migrate.ensure(old, Settings(), CLOCK.today())
    assert copy is not None
    assert rows(copy, "PRAGMA user_version") == [(3,)]
    assert derived(old) == now
    assert person_row(old, 1)["wrote_on"] == days[-1].isoformat()
    assert person_row(old, 1)["gap"] == 30
    assert base(old) == before
    found = "SELECT count(*) FROM talk_search WHERE talk_search MATCH ?"
    assert rows(old, found, "gruesse") == [(4,)]
    bus = Bus(old, clock=CLOCK)
    bus.undo()
    bus.undo()
    assert person_row(old, 1)["gap"] == 0
    assert rows(old, found, "gruesse") == [(0,)]
    bus.redo()
    bus.redo()
    assert derived(old) == now
    bus.close()


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
