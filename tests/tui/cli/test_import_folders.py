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
