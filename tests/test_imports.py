"""Lightness: what a start must not load, and that one process holds one SQLite.

Seen from outside, in a process of its own, by what it has loaded when it ends.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = frozenset(
    {"textual", "sqlmodel", "sqlalchemy", "pydantic", "alembic", "phonenumbers", "rich"}
)
MAPPER = frozenset({"sqlmodel", "sqlalchemy", "pydantic", "alembic"})
SQLITES = frozenset({"_sqlite3", "pysqlite3._sqlite3"})


def loaded_after(code: str, *arguments: str) -> set[str]:
    """The names of the modules a process has loaded once this code has run."""
    whole = f"""
import json, sys
try:
    {code}
except SystemExit as end:
    assert not end.code, end.code
finally:
    print("\\n" + json.dumps(sorted(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", whole, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_the_help_loads_no_screen_and_no_database(argument: str) -> None:
    loaded = loaded_after("from tui.__main__ import main; main()", argument)
    assert "tui.__main__" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize(
    "name",
    sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "core" / "queries").glob("*.py")
    ),
)
def test_a_read_model_loads_no_object_mapper(name: str) -> None:
    loaded = loaded_after(f"import {name.removesuffix('.__init__')}")
    assert loaded & MAPPER == set()


def test_a_bare_connection_loads_no_object_mapper() -> None:
    loaded = loaded_after("import core.storage.connect")
    assert loaded & SQLITES
    assert loaded & MAPPER == set()


def test_the_registry_of_keys_loads_no_terminal_library() -> None:
    assert loaded_after("import tui.actions") & (HEAVY | SQLITES) == set()


def test_reader_and_writer_share_one_sqlite(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from core.storage import database, migrate, connect;"
        " path = Path(sys.argv[1]); engine = database.ops_engine(path);"
        " engine.connect().close(); engine.dispose()"
    )
    loaded = loaded_after(code, str(tmp_path / "people.db"))
    assert "sqlalchemy" in loaded
    assert len(loaded & SQLITES) == 1
