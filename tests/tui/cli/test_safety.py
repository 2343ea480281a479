"""``backup`` and ``restore`` in the shell."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from core.storage import backup, restore
from tests.book import digest, raw, rows
from tests.faults.terminal import Terminal
from tests.tui.cli.conftest import PEOPLE
from tui.cli import output, safety

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.cli.conftest import Run


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restore, "LOCK_SECONDS", 0.05)


def test_a_copy_is_told_with_its_place_and_what_it_holds(run: Run, book: Path) -> None:
    done = run("backup")
    (made,) = backup.copies(book)
    assert (done.code, done.out) == (0, f"{made.path}\n")
    assert done.err.startswith(f"a whole copy: {len(PEOPLE)} people, ")
    assert made.reason == "by hand"
    told = run("backup", "--json").json
    assert (told["people"], told["size"]) == (len(PEOPLE), made.size)


def test_a_copy_goes_where_it_is_wanted_and_over_nothing_unasked(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    assert run("backup", str(target)).out == f"{target}\n"
    again = run("backup", str(target))
    assert again == (3, "", f"{target} is there already; --force writes over it\n")
    assert run("backup", "--force", str(target)).code == 0
    assert backup.people(target) == len(PEOPLE)


def test_copies_are_listed_with_numbers(run: Run, book: Path) -> None:
    assert run("backup", "--list") == (
        1,
        "",
        "there are no copies yet: vitalfew backup makes one\n",
    )
    assert run("backup", "--list", "--json").json["copies"] == []
    run("backup")
    bad = backup.copy(book, "import")
    bad.write_bytes(b"spilled coffee")
    lines = run("backup", "--list").out.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2"]
    assert "cannot be read" in lines[0]
    assert f"{len(PEOPLE)} people" in lines[1]
    assert "by hand" in lines[1]
    newest, oldest = run("backup", "--list", "--json").json["copies"]
    assert tuple(newest) == ("number", "path", "at", "reason", "size", "people")
    assert (newest["reason"], newest["people"]) == ("import", None)
    assert (oldest["number"], oldest["people"]) == (2, len(PEOPLE))
    plain = run("backup", "--list", "--plain").out.splitlines()
    assert [line.split("\t")[2:5:2] for line in plain] == [
        ["import", ""],
        ["by hand", str(len(PEOPLE))],
    ]


def test_restoring_needs_a_yes_and_changes_nothing_without(run: Run, book: Path) -> None:
    run("backup")
    run("tier", "ortiz", "A")
    before = digest(book)
    done = run("restore")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(
        f"The book of today with {len(PEOPLE)} people is kept as a copy. Restore the copy of today "
    )
    assert done.err.endswith(f"with {len(PEOPLE)} people? --yes says so\n")
    assert digest(book) == before
    assert len(backup.copies(book)) == 1


@pytest.mark.parametrize("which", [(), ("newest",), ("1",)])
def test_the_newest_copy_is_brought_back(run: Run, book: Path, which: tuple[str, ...]) -> None:
    then = digest(book)
    run("backup")
    run("tier", "ortiz", "A")
    now = digest(book)
    done = run("restore", *which, "--yes")
    assert (done.code, done.out) == (0, "")
    kept, _ = backup.copies(book)
    assert done.err.startswith("restored the copy of today ")
    assert str(kept.path) in done.err
    assert digest(book) == then
    assert digest(kept.path) == now
    assert run("find", "ortiz", "--json").json["people"][0]["tier"] == ""
    assert "ortiz" not in run("history", "--plain").out.lower()
    assert run("tier", "ortiz", "B").code == 0


def test_any_file_can_be_brought_back(run: Run, book: Path, tmp_path: Path) -> None:
    then = digest(book)
    target = tmp_path / "stick.db"
    run("backup", str(target))
    run("tier", "ortiz", "A")
    done = run("restore", str(target), "--yes")
    assert done.err.startswith(f"restored {target} with {len(PEOPLE)} people; ")
    assert digest(book) == then


@pytest.mark.parametrize(
    ("which", "why"),
    [
        ("", "there are no copies of this book"),
        ("7", "there is no copy 7"),
        ("9" * 5_000, "there is no copy 999999999"),
        ("/no/such\x1b[2J.db", "there is no file"),
    ],
)
def test_what_is_not_there_is_told(run: Run, book: Path, which: str, why: str) -> None:
    before = digest(book)
    done = run("restore", *([which] if which else []), "--yes")
    assert done.code == 1
    assert why in done.err
    assert "\x1b" not in done.err
    assert digest(book) == before


def test_a_book_in_use_is_told(run: Run, book: Path) -> None:
    run("backup")
    with closing(raw(book)) as other:
        other.execute("PRAGMA journal_mode=wal")
        other.execute("BEGIN IMMEDIATE")
        done = run("restore", "--yes")
    assert done.code == 1
    assert "another vitalfew has the book open" in done.err


def test_a_damaged_or_empty_book_tells_the_way_back_which_works(run: Run, book: Path) -> None:
    then = digest(book)
    run("backup")
    for damage in (b"", b"spilled coffee" * 1_000):
        book.write_bytes(damage)
        for arguments in (["people"], ["tier", "ortiz", "A"], ["backup"]):
            done = run(*arguments)
            assert done.code == 1
            assert "“vitalfew restore” brings back its copy of " in done.err
            assert done.err.count("\n") == 1
        assert book.read_bytes() == damage
        assert run("restore", "--yes").code == 0
        assert digest(book) == then
    assert len(list(backup.folder(book).glob("*.damaged"))) == 1


def test_damage_inside_tells_the_way_back(run: Run, book: Path) -> None:
    run("backup")
    data = bytearray(book.read_bytes())
    data[4096:] = b"\xaa" * (len(data) - 4096)
    book.write_bytes(data)
    done = run("people")
    assert "brings back its copy of" in done.err
    assert run("restore", "--yes").code == 0
    assert rows(book, "PRAGMA quick_check") == [("ok",)]


def test_a_lost_book_comes_back(run: Run, book: Path) -> None:
    run("backup")
    book.unlink()
    assert "brings back its copy of" in run("people").err
    assert run("restore").err.startswith("There is no book now. Restore the copy of today ")
    assert run("restore", "--yes").code == 0
    assert run("find", "ortiz").code == 0


def test_days_of_copies_are_told_short(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = backup.Copy(book, datetime(2020, 3, 5, 8, 30, tzinfo=UTC), "import", 1, 1)
    monkeypatch.setenv("TZ", "UTC")
    assert safety._told(copy).told == "the copy of Mar 2020 08:30"


def test_sizes_are_told_in_the_unit_that_fits() -> None:
    told = [safety._size(size) for size in (0, 999, 1_000, 12_345_678, 250_000_000_000)]
    assert told == ["0 bytes", "999 bytes", "1.0 kB", "12.3 MB", "250.0 GB"]


def test_at_a_terminal_a_yes_restores_and_a_no_does_not(run: Run, book: Path) -> None:
    then = digest(book)
    run("backup")
    run("tier", "ortiz", "A")
    now = digest(book)
    for answer, code, state in (("n\r", 3, now), ("y\r", 0, then)):
        with Terminal("--db", str(book), "restore") as terminal:
            terminal.until("[y/N]")
            terminal.press(answer)
            assert terminal.ends() == code
        assert digest(book) == state


def test_nothing_but_words_reaches_the_terminal_from_a_hostile_place(
    run: Run, book: Path, tmp_path: Path
) -> None:
    place = tmp_path / "a\x1b]0;PWNED\x07b"
    place.mkdir()
    moved = shutil.copy(book, place / "people.db")
    for arguments in (
        ["backup"],
        ["backup", "--list"],
        ["backup", "--list", "--plain"],
        ["restore"],
    ):
        done = run("--db", str(moved), *arguments)
        assert "\x1b" not in done.out + done.err
    assert output.can_ask() is False
