from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import VitalfewError
from tui.widgets.ask_path import completed, there

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Documents").mkdir()
    (tmp_path / "Downloads").mkdir()
    (tmp_path / "Downloads" / "contacts.csv").touch()
    (tmp_path / ".hidden").touch()
    return tmp_path


def test_tab_goes_on_as_far_as_there_is_only_one_way(folder: Path) -> None:
    assert completed(f"{folder}/Do") == (f"{folder}/Do", ["Documents/", "Downloads/"])
    assert completed(f"{folder}/Dow") == (f"{folder}/Downloads/", ["Downloads/"])
    assert completed(f"{folder}/Downloads/") == (
        f"{folder}/Downloads/contacts.csv",
        ["contacts.csv"],
    )


def test_the_home_folder_is_a_tilde(home: Path) -> None:
    (home / "Downloads").mkdir()
    assert completed("") == completed("~") == ("~/", [])
    assert completed("~/Do") == ("~/Downloads/", ["Downloads/"])
    assert there("~/Downloads")[0] == home / "Downloads"


def test_a_whole_path_pasted_behind_the_tilde_is_taken_alone(home: Path, folder: Path) -> None:
    (home / "Downloads").mkdir(exist_ok=True)
    file = folder / "Downloads" / "contacts.csv"
    for line in (f"~/{file}", f"~/'{file}'", f'"{file}"', f"~/{file} "):
        assert there(line)[0] == file, line
    assert there("~/~/Downloads")[0] == home / "Downloads"


def test_hidden_names_are_offered_once_a_dot_is_typed(folder: Path) -> None:
    assert ".hidden" not in completed(f"{folder}/")[1]
    assert completed(f"{folder}/.h") == (f"{folder}/.hidden", [".hidden"])


def test_a_name_that_cannot_be_shown_as_it_is_is_not_offered(folder: Path) -> None:
    (folder / "x\x1b]0;t\x07").touch()
    assert completed(f"{folder}/x") == (f"{folder}/x", [])


def test_what_does_not_exist_is_told_in_a_sentence(folder: Path) -> None:
    lines = ["", "  ", "/no/such/file", "~nobody/x", "x" * 5_000, f"{folder}/Downloads/none"]
    for line in lines:
        with pytest.raises(VitalfewError):
            there(line)
        assert completed(line)[1] == []


def test_what_is_there_is_said_to_be_a_file_or_a_folder(folder: Path) -> None:
    assert there(f" {folder}/Downloads ")[1] == "a folder: it is looked through"
    assert there(f"{folder}/Downloads/contacts.csv")[1] == "a file"
