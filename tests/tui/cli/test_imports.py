from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.queries import sources
from core.storage import connect
from core.storage.journal import TABLES
from importers import home_region
from tests.tui.cli.conftest import PEOPLE, Run, write_people
from tui.cli import output
from tui.cli.start import start

ROOT = Path(__file__).resolve().parents[3]
RUN_NAMES = (
    *("source", "kind", "files", "records", "new", "changed", "unchanged", "gone"),
    *("interactions", "refused", "questions", "joined", "left_out", "older"),
)
LINKEDIN = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Cleo,Diaz,https://www.linkedin.com/in/cleo,,Hooli,CEO,01 Mar 2024\n"
    ",,,,,,02 Mar 2024\n"
)
INTERRUPTING = """
import os, signal, sys
from tui.cli import output
from tui.cli.start import start
output.Bar.show = lambda _bar, title, *_: (
    os.kill(os.getpid(), signal.SIGINT) if title == sys.argv[1] else None
)
sys.exit(start(sys.argv[2:]))
"""


def rows(book: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every base table."""
    view = connect.view(book)
    try:
        return {
            name: view.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall() for name in TABLES
        }
    finally:
        view.close()


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    return write_people(tmp_path / "contacts.csv")


@pytest.fixture
def linkedin(tmp_path: Path) -> Path:
    path = tmp_path / "Connections.csv"
    path.write_text(LINKEDIN, "utf-8")
    return path


def test_an_import_tells_what_came_and_what_is_next(run: Run, linkedin: Path) -> None:
    done = run("import", str(linkedin))
    assert (done.code, done.out) == (0, "")
    assert "LinkedIn: 0 unchanged · 0 updated · 1 new · 0 questions · 1 refused\n" in done.err
    assert "  refused: " in done.err
    assert "you have talked with 0 of 7 people, both ways 0\n" in done.err
    assert "7 people are unsorted: vitalfew triage opens the board\n" in done.err


def test_an_import_tells_programs_the_same(run: Run, linkedin: Path, contacts: Path) -> None:
    done = run("import", str(linkedin), str(contacts), "--json")
    assert (done.code, done.err) == (0, "")
    runs = {run["kind"]: run for run in done.json["runs"]}
    assert all(tuple(run) == RUN_NAMES for run in runs.values())
    assert {key: runs["linkedin"][key] for key in ("records", "new", "files")} == {
        "records": 2,
        "new": 1,
        "files": ["Connections.csv"],
    }
    assert [tuple(refusal) for refusal in runs["linkedin"]["refused"]] == [("where", "why")]
    assert (runs["google"]["unchanged"], runs["google"]["new"]) == (len(PEOPLE), 0)


def test_the_same_files_again_change_nothing(run: Run, book: Path, contacts: Path) -> None:
    before = rows(book)
    done = run("import", str(contacts))
    assert "6 unchanged · 0 updated · 0 new" in done.err
    after = rows(book)
    assert {name for name in TABLES if before[name] != after[name]} <= {"run"}


def test_a_trial_counts_and_writes_nothing(
    run: Run, book: Path, linkedin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(book)
    done = run("import", "--dry-run", str(linkedin))
    assert "1 new" in done.err
    assert "nothing was written" in done.err
    assert rows(book) == before
    missing = tmp_path / "none.db"
    assert start(["--db", str(missing), "import", "--dry-run", str(linkedin)]) == 0
    assert "1 new" in capsys.readouterr().err
    assert not missing.exists()


def test_what_cannot_be_read_is_named_and_ends_with_one(
    run: Run, tmp_path: Path, contacts: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear \x1b[2J all")
    done = run("import", str(letter), str(contacts))
    assert done.code == 1
    assert "letter.txt is not a format vitalfew reads yet" in done.err
    assert "6 unchanged" in done.err
    missing = run("import", str(tmp_path / "missing\x1b.csv"))
    assert (missing.code, missing.err.count("\x1b")) == (1, 0)
    assert run("import", str(contacts), "--as", "fax").code == 2


def test_ten_refusals_are_told_and_all_are_in_the_document(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "Connections.csv"
    path.write_text(LINKEDIN + ",,,,,,02 Mar 2024\n" * 14, "utf-8")
    assert len(run("import", "--dry-run", str(path), "--json").json["runs"][0]["refused"]) == 15
    done = run("import", "--dry-run", str(path))
    assert done.err.count("  refused: ") == 10
    assert "  … and 5 more (--json lists all)" in done.err


class TestTheHomeRegion:
    """Numbers without a country code need one; it is found out once."""

    @pytest.fixture
    def local(self, tmp_path: Path) -> Path:
        person = ("Kim", "Lee", "", "", "kim@example.com", "079 123 45 67")
        return write_people(tmp_path / "local.csv", (person,))

    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Path:
        return tmp_path / "fresh.db"

    def kept(self, book: Path) -> tuple[str, list[str]]:
        view = connect.view(book)
        try:
            phones = view.execute("SELECT norm FROM fact WHERE kind = 'phone'").fetchall()
            return sources.setting(view, "region"), [row[0] for row in phones]
        finally:
            view.close()

    def test_a_flag_names_it_and_the_book_keeps_it(self, fresh: Path, local: Path) -> None:
        assert start(["--db", str(fresh), "import", str(local), "--region", "ch"]) == 0
        assert self.kept(fresh) == ("CH", ["+41791234567"])

    def test_a_country_that_is_none_is_not_understood(self, fresh: Path, local: Path) -> None:
        assert start(["--db", str(fresh), "import", str(local), "--region", "Swiss"]) == 2
        assert not fresh.exists()

    def test_without_a_terminal_the_locale_tells_it(
        self,
        fresh: Path,
        local: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setenv("LC_ALL", "de_CH.UTF-8")
        assert start(["--db", str(fresh), "import", str(local)]) == 0
        assert "those of CH, by the locale" in capsys.readouterr().err
        assert self.kept(fresh) == ("CH", ["+41791234567"])

    def test_without_a_country_numbers_stay_as_typed(self, fresh: Path, local: Path) -> None:
        assert start(["--db", str(fresh), "import", str(local)]) == 0
        assert self.kept(fresh) == ("", ["?0791234567"])

    def test_at_a_terminal_it_is_asked_until_it_is_one(
        self, fresh: Path, local: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answers = iter(["Suisse", "ch"])
        monkeypatch.setattr(output, "can_ask", lambda: True)
        monkeypatch.setattr(output, "ask", lambda _question: next(answers))
        assert start(["--db", str(fresh), "import", str(local)]) == 0
        assert self.kept(fresh)[0] == "CH"
        assert start(["--db", str(fresh), "import", str(local)]) == 0, "and is not asked again"

    def test_nothing_is_asked_where_no_number_needs_it(
        self, fresh: Path, contacts: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(output, "can_ask", lambda: True)
        monkeypatch.setattr(output, "ask", pytest.fail)
        assert start(["--db", str(fresh), "import", str(contacts)]) == 0

    def test_only_numbers_that_name_no_country_matter(self, local: Path, contacts: Path) -> None:
        assert home_region.matters([contacts, local])
        assert not home_region.matters([contacts])


def interrupted(book: Path, title: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", INTERRUPTING, title, "--db", str(book), "import", *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


@pytest.mark.parametrize("title", ["Google Contacts", "LinkedIn"])
def test_an_interrupt_leaves_the_book_as_it_was_before(
    book: Path, tmp_path: Path, linkedin: Path, title: str
) -> None:
    person = ("Kim", "Lee", "", "", "kim@example.com", "")
    more = write_people(tmp_path / "more.csv", (*PEOPLE, person))
    before = rows(book)
    done = interrupted(book, title, more, linkedin)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "stopped: the book is as it was before\n"
    assert rows(book) == before


def test_an_interrupt_from_outside_leaves_nothing_half(book: Path, tmp_path: Path) -> None:
    many = tuple((f"Kim{n}", "Lee", "", "", f"kim{n}@example.com", "") for n in range(20_000))
    path = write_people(tmp_path / "many.csv", many)
    before = rows(book)
    child = subprocess.Popen(
        [sys.executable, "-m", "tui", "--db", str(book), "import", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    log = book.with_name(book.name + "-wal")
    until = time.monotonic() + 60
    while time.monotonic() < until and not log.exists():
        time.sleep(0.01)
    time.sleep(0.3)
    os.kill(child.pid, signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (130, "stopped: the book is as it was before\n")
    assert rows(book) == before


def test_the_bar_is_only_drawn_at_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with output.Bar() as bar:
        bar.show("LinkedIn", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_a_region_of_no_country_is_no_region(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, likely in (("de_CH.UTF-8", "CH"), ("C.UTF-8", None), ("xx_ZZ", None)):
        monkeypatch.setenv("LC_ALL", name)
        assert home_region.of_locale(os.environ) == (likely or "")
