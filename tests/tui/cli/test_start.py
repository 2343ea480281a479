from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import core
from core.queries import people
from tui.cli import program
from tui.cli.start import HELP, Plain, start, take_book, taken_apart

if TYPE_CHECKING:
    from tests.tui.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[3]
COMMANDS = (
    "import people find show tier focus triage log wait dupes merge unmerge same different family "
    "undo redo history demo path"
).split()


def test_the_help_lists_every_command(run: Run) -> None:
    done = run("--help")
    assert done.code == 0
    assert all(f"\n  {command} " in done.out for command in COMMANDS)


def test_the_help_that_is_kept_is_what_the_commands_say(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert program.run(None, ["--help"]) == 0
    said = capsys.readouterr().out
    if os.environ.get("VITALFEW_FRAMES") == "write":
        HELP.write_text(said, "utf-8")
    assert HELP.read_text("utf-8") == said


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.code == 0
    assert f"vitalfew {command}" in done.out


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out == f"vitalfew {core.__version__}\n"


def test_the_book_may_be_named_before_or_after_the_command(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (
        ["--db", str(book), "find", "ortiz"],
        ["find", "ortiz", "--db", str(book)],
        ["find", f"--db={book}", "ortiz"],
    ):
        assert start(arguments) == 0
        assert "Ben Ortiz" in capsys.readouterr().out


def test_a_variable_names_the_book(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VITALFEW_DB", str(book))
    assert start(["find", "ortiz"]) == 0
    assert "Ben Ortiz" in capsys.readouterr().out


def test_a_flag_without_its_book_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["find", "ada", "--db"]) == 2
    assert capsys.readouterr().err == "--db wants the path of a book\n"


def test_what_follows_two_dashes_is_text() -> None:
    assert take_book(["log", "ada", "--", "--db", "x"]) == (None, ["log", "ada", "--", "--db", "x"])


@given(st.lists(st.text(max_size=8), max_size=8))
def test_taking_the_book_out_loses_no_other_word(words: list[str]) -> None:
    others = [word for word in words if not word.startswith("--db") and word != "--"]
    assert take_book(["--db", "b", *others]) == (Path("b"), others)


@given(st.lists(st.text(max_size=8), max_size=6))
def test_a_command_line_is_taken_apart_whole_or_not_at_all(words: list[str]) -> None:
    plain = taken_apart(words)
    if plain is None:
        assert any(not word or word.startswith("-") for word in words)
    else:
        assert list(plain.words) == [word for word in words if word not in {"--json", "--plain"}]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ada"], Plain(("ada",))),
        (["ada", "--json", "--limit", "3"], Plain(("ada",), "json", 3)),
        (["--plain", "ada", "wong"], Plain(("ada", "wong"), "plain")),
        (["ada", "--json", "--plain"], None),
        (["ada", "--limit", "0"], None),
        (["ada", "--limit", "many"], None),
        (["--help"], None),
        (["--", "-x"], None),
    ],
)
def test_only_plain_command_lines_pass_typer_by(
    arguments: list[str], expected: Plain | None
) -> None:
    assert taken_apart(arguments) == expected


@pytest.mark.parametrize(
    "arguments",
    [
        ["find", "ada"],
        ["find", "ada", "--json", "--limit", "1"],
        ["find", "globx", "--plain"],
        ["find", "nobody at all"],
        ["focus", "--json"],
        ["focus"],
    ],
)
def test_both_ways_to_a_command_end_in_the_same(
    book: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    short = (start(["--db", str(book), *arguments]), capsys.readouterr())
    long = (program.run(book, arguments), capsys.readouterr())
    assert short == long


def test_finding_somebody_loads_neither_typer_nor_the_object_mapper(book: Path) -> None:
    code = (
        "import sys; from tui.cli.start import start; code = start(sys.argv[1:]);"
        "sys.stderr.write(' '.join(sys.modules)); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--db", str(book), "find", "ada"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert "Ada Wong" in done.stdout
    assert not {"typer", "textual", "sqlmodel", "sqlalchemy"} & set(done.stderr.split())


def test_the_bare_name_without_a_terminal_prints_the_list_of_today(run: Run) -> None:
    assert run() == run("focus")


def test_settings_that_cannot_be_understood_are_told_in_one_sentence(run: Run, home: Path) -> None:
    settings = home / ".config" / "vitalfew" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("bugdet = 3\n")
    for arguments in (("focus",), ("tier", "ortiz", "A")):
        done = run(*arguments)
        assert done.code == 2
        assert done.err.startswith("settings.toml: no setting is called 'bugdet'")
        assert done.err.count("\n") == 1


def test_a_defect_is_told_by_its_place_and_shows_nobody(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ValueError("Ada Wong, ada@wayne.example")

    monkeypatch.setattr(people, "containing", broken)
    done = run("find", "ada")
    assert done.code == 1
    assert done.err.startswith("vitalfew failed: ValueError at t")
    assert "Ada" not in done.err
    assert "Traceback" not in done.err


def test_an_interrupt_ends_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(people, "containing", interrupted)
    assert run("find", "ada") == (130, "", "")


@pytest.mark.parametrize(
    "arguments", [["bogus"], ["find"], ["tier"], ["undo", "x"], ["focus", "-x"]]
)
def test_what_is_not_understood_ends_with_two(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith("Usage: vitalfew")


def test_a_complaint_draws_the_escapes_of_what_it_quotes(run: Run) -> None:
    assert "\x1b" not in run("\x1b[2Jbogus").err
    assert "\x1b" not in run("undo", "\x1b[2J").err


def test_a_book_that_is_not_there_is_told_and_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.db"
    for arguments in (["people"], ["tier", "ada", "A"], ["undo"], ["redo"], ["history"], ["focus"]):
        assert start(["--db", str(missing), *arguments]) == 1
        assert capsys.readouterr().err.startswith("there is no book at ")
    assert not missing.exists()


def test_a_broken_book_is_told_in_one_sentence(run: Run, book: Path) -> None:
    data = bytearray(book.read_bytes())
    data[4096:] = b"\xaa" * (len(data) - 4096)
    for suffix in ("-wal", "-shm"):
        book.with_name(book.name + suffix).unlink(missing_ok=True)
    book.write_bytes(data)
    done = run("people")
    assert done.code == 1
    assert "is malformed" in done.err
    assert done.err.count("\n") == 1


def test_a_reader_that_had_enough_is_no_failure(book: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "--db", str(book), "people", "--plain"],
            stdout=nobody,
            stderr=subprocess.PIPE,
            check=False,
            cwd=ROOT,
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [("people",), ("find", "ada"), ("path",)])
def test_a_full_disk_is_told_in_one_sentence(book: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "--db", str(book), *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=ROOT,
        )
    told = "what was asked for could not be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (1, told)


def test_memory_is_kept_out_of_dumps_and_logs(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setenv("TEXTUAL_LOG", str(tmp_path / "log"))
    run("path")
    assert "TEXTUAL_LOG" not in os.environ
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
