"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ("core", "importers", "tui", "tests", "screenshots")
LIMITS = {"tui/screens/": 200, "tui/widgets/": 150}
LIMIT = 400
DRIVER = "core/storage/driver.py"
SQLITES = frozenset({"sqlite3", "_sqlite3", "pysqlite3", "apsw", "aiosqlite"})


def _files() -> list[Path]:
    """What is in the repository, or would be: no environment, no cache."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\0")
        paths = [ROOT / name for name in listed if name]
    else:
        paths = [path for room in CODE for path in (ROOT / room).rglob("*")]
    return sorted(path for path in paths if path.is_file())


FILES = _files()
MODULES = [
    path for path in FILES if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in CODE
]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imported(path: Path) -> set[str]:
    """The top-level names a module imports, at its head or deferred."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes(), filename=str(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def test_there_is_something_to_look_at() -> None:
    assert {"core/errors.py", "importers/record.py", "tui/actions.py"} <= set(map(_name, MODULES))


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    too_long = []
    for path in MODULES:
        name = _name(path)
        limit = next((lines for room, lines in LIMITS.items() if name.startswith(room)), LIMIT)
        if (lines := len(path.read_text("utf-8").splitlines())) > limit:
            too_long.append(f"{name} has {lines} lines, {limit} are allowed")
    assert too_long == []


def test_only_the_driver_imports_a_database_module() -> None:
    assert _imported(ROOT / DRIVER) & SQLITES
    others = {_name(path) for path in MODULES if _imported(path) & SQLITES} - {DRIVER}
    assert others == set()


def test_neither_screens_nor_readers_speak_to_the_database() -> None:
    speaking = {
        _name(path)
        for path in MODULES
        if _name(path).startswith(("tui/", "importers/"))
        and re.search(r"\.execute(many|script)?\(", path.read_text("utf-8"))
    }
    assert speaking == set()


def test_the_tables_evaluate_their_annotations() -> None:
    deferring = "__future__" in _imported(ROOT / "core/storage/tables.py")
    assert not deferring, "SQLModel reads the annotations to find the relations"


def test_no_module_prints_past_its_door() -> None:
    printing = {
        _name(path)
        for path in MODULES
        if _name(path).startswith(("core/", "importers/"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"print", "input", "breakpoint"}
    }
    assert printing == set()


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    folders = ("root", "work", "opt", "home/[a-z]+", "tmp/[a-z]", "Users/[A-Za-z]+")
    # A path that begins a word: /work/… but neither a URL's nor a relative path's middle.
    path_of_a_machine = re.compile(rf"""(?:^|[\s"'`(=])/(?:{"|".join(folders)})/""")
    assert path_of_a_machine.search(f"see /{'work'}/main")
    found = [
        f"{_name(path)}: {line.strip()}"
        for path in FILES
        if path.suffix in {".py", ".md", ".toml", ".txt", ".tcss", ""}
        and "data" not in path.relative_to(ROOT).parts
        for line in path.read_text("utf-8", errors="replace").splitlines()
        if path_of_a_machine.search(line) and path != Path(__file__)
    ]
    assert found == []


def test_no_file_names_a_package_registry() -> None:
    hosts = [".".join(words) for words in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", ""))]
    found = [
        _name(path)
        for path in FILES
        if path.suffix not in {".png", ".svg", ".zip"}
        and any(host in path.read_text("utf-8", errors="replace") for host in hosts)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["app", "dev"])
def test_each_locked_package_has_a_version_and_hashes_and_no_address(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in lock.splitlines() if line]
    assert lines
    for line in lines:
        assert re.match(r"[a-z0-9-]+==[^ ]+ ", line), line
        assert "--hash=sha256:" in line, line
        assert "://" not in line, line


def test_both_locks_agree() -> None:
    app, dev = (
        set(
            re.findall(
                r"^[a-z0-9-]+==[^ ]+",
                (ROOT / "requirements" / name).read_text("utf-8"),
                re.MULTILINE,
            )
        )
        for name in ("app.txt", "dev.txt")
    )
    assert app <= dev
