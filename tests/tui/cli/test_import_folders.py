"""`import` of a whole folder, of nothing, and with the questions it may ask."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.importers.lists import CAST, google, linkedin, vcards
from tui.cli import output

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.cli.conftest import Run


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DOWNLOAD_DIR"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "Downloads"
    folder.mkdir()
    return folder


def answered(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Sit at a terminal and answer; gives the questions that were asked."""
    asked: list[str] = []
    left = list(answers)

    def ask(question: str) -> str:
        asked.append(question)
        return left.pop(0)

    monkeypatch.setattr(output, "can_ask", lambda: True)
    monkeypatch.setattr(output, "ask", ask)
    return asked


def aged(path: Path, days: int) -> Path:
    moment = path.stat().st_mtime - days * 86_400
    os.utime(path, (moment, moment))
    return path


def test_a_folder_of_downloads_is_taken_in_one_go(run: Run, downloads: Path) -> None:
    google(downloads, CAST)
    linkedin(downloads, CAST)
    vcards(downloads, CAST)
    (downloads / "holiday.jpg").write_bytes(b"\xff\xd8")
    done = run("import", str(downloads), "--region", "CH")
    assert done.code == 0
    for title in ("Google Contacts", "LinkedIn", "vCard"):
        assert title in done.err
    assert "Downloads: 1 file is nothing that can be imported\n" in done.err


def test_a_folder_with_nothing_in_it_says_so(run: Run, downloads: Path) -> None:
    (downloads / "holiday.jpg").write_bytes(b"\xff\xd8")
    done = run("import", str(downloads))
    assert done.code == 1
    assert "Downloads is not a format vitalfew reads yet" in done.err


def test_earlier_copies_are_named(run: Run, downloads: Path) -> None:
    aged(google(downloads, CAST), 50)
    google(downloads, CAST, "contacts (1).csv")
    done = run("import", str(downloads), "--region", "CH")
    assert "Downloads: earlier copies were left: contacts.csv\n" in done.err


def test_without_a_path_it_lists_what_lies_here(run: Run, downloads: Path) -> None:
    path = google(downloads, CAST)
    done = run("import")
    assert done.code == 0
    assert done.out.split()[:2] == ["Google", "Contacts"]
    assert str(path) in done.out
    (found,) = run("import", "--json").json["found"]
    assert (found["kind"], found["path"], found["count"]) == ("google", str(path), 10)


def test_without_anything_here_it_says_where_to_look(run: Run, downloads: Path) -> None:
    assert downloads.is_dir()
    done = run("import")
    assert (done.code, done.out) == (1, "")
    assert "screen 7" in done.err


def test_older_files_need_a_word(run: Run, tmp_path: Path) -> None:
    assert run("import", str(linkedin(tmp_path, CAST))).code == 0
    old = aged(linkedin(tmp_path, CAST[:4], "old.csv"), 400)
    done = run("import", str(old))
    assert done.code == 3
    assert "nothing was changed (--older takes it all the same)" in done.err
    assert run("import", str(old), "--older").code == 0


def test_at_a_terminal_a_known_list_is_asked_about(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = vcards(tmp_path, CAST)
    run("import", str(path), "--source", "phone")
    asked = answered(monkeypatch, "n")
    done = run("import", str(vcards(tmp_path, CAST, "hers.vcf")))
    assert "knows 10 of these 10 entries from phone" in asked[0]
    assert "vCard (hers): 0 unchanged · 0 updated · 10 new" in done.err


def test_at_a_terminal_many_who_are_missing_are_asked_about(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", str(linkedin(tmp_path, CAST)))
    asked = answered(monkeypatch, "yes")
    done = run("import", str(linkedin(tmp_path, CAST[:3])))
    assert "7 of 10 entries are not in these files" in asked[0]
    assert "7 no longer in the list" in done.err


def test_what_cannot_be_left_out_is_named(run: Run, tmp_path: Path) -> None:
    done = run("import", str(linkedin(tmp_path, CAST)), "--leave", "fotos")
    assert done.code == 2
    assert "“fotos” cannot be left out" in done.err


def test_a_damaged_archive_in_a_folder_is_told_of(run: Run, downloads: Path) -> None:
    google(downloads, CAST)
    (downloads / "takeout.zip").write_bytes(b"PK\3\4 cut off")
    done = run("import", str(downloads), "--region", "CH")
    assert done.code == 0
    assert "Downloads: takeout.zip is damaged or cut off" in done.err


def test_an_empty_path_is_not_the_folder_one_is_in(
    run: Run, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    google(downloads, CAST)
    monkeypatch.chdir(downloads)
    done = run("import", "")
    assert (done.code, done.err) == (2, "a path is empty; . names the folder you are in\n")
    here = run("import", ".", "--region", "CH")
    assert "Google Contacts" in here.err


def test_a_tilde_that_no_shell_expanded_is_the_home(run: Run, downloads: Path) -> None:
    google(downloads, CAST)
    assert run("import", "~/Downloads", "--region", "CH").code == 0


def test_what_columns_hold_is_said_of_the_spreadsheets_of_a_folder(
    run: Run, downloads: Path
) -> None:
    linkedin(downloads, CAST)
    people = "Name;Kontakt;Amount\nZoe Zimmer;Zimmer, Zoe;1200\nYves Yung;Yung, Yves;900\n"
    (downloads / "people.csv").write_text(people)
    others = "Name;E-Mail\nXaver Xing;xaver@xing.example\n"
    (downloads / "others.csv").write_text(others)
    wrong = run("import", str(downloads), "--map", "Umsatz=value")
    assert (wrong.code, "there is no column “Umsatz”" in wrong.err) == (2, True)
    done = run("import", str(downloads), "--map", "Amount=value,Kontakt=keep")
    assert done.code == 0
    assert "LinkedIn: " in done.err
    assert "  columns: Name (name), Amount (value)\n" in done.err
    assert "  columns: Name (name), E-Mail (email)\n" in done.err


def test_columns_cannot_be_said_where_no_spreadsheet_is(run: Run, downloads: Path) -> None:
    google(downloads, CAST)
    linkedin(downloads, CAST)
    done = run("import", str(downloads), "--map", "Amount=value")
    assert (done.code, "none of these is a spreadsheet" in done.err) == (2, True)


def test_a_newsletter_joins_those_who_come_with_it(run: Run, downloads: Path) -> None:
    vcards(downloads, CAST)  # read after a newsletter, were it not for that
    rows = "".join(f"{one.email},{one.given},2\n" for one in CAST)
    members = "Email Address,First Name,MEMBER_RATING\n" + rows
    (downloads / "subscribed_members_export_1.csv").write_text(members)
    done = run("import", str(downloads), "--region", "CH")
    assert f"  {len(CAST)} of people who are in the book\n" in done.err


def test_ctrl_c_at_a_question_leaves_what_follows_a_line_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Stopping:
        def readline(self) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Stopping())
    with pytest.raises(KeyboardInterrupt):
        output.ask("Is it?")
    assert capsys.readouterr().err == "Is it? \n"
