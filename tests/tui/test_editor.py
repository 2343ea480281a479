"""The user's own editor on a text of ours."""

from __future__ import annotations

import shlex
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError, VitalfewError
from tui import editor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return editor.folder(tmp_path / "data" / "people.db")


@pytest.fixture
def editing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Name an editor that is a program of Python; it finds the file as `path`."""

    def name(program: str) -> Path:
        script = tmp_path / "my editor;$(touch oops).py"
        head = "import os, sys, pathlib\npath = pathlib.Path(sys.argv[-1])\n"
        script.write_text(head + program)
        words = shlex.join([sys.executable, str(script), "--wait"])
        monkeypatch.setenv("VISUAL", words)
        return script

    return name


def test_what_was_saved_comes_back_and_nothing_stays(
    folder: Path, editing: Callable[[str], Path]
) -> None:
    editing(
        "assert sys.argv[1:-1] == ['--wait']\n"
        "path.with_name(path.name + '~').write_text('a copy of the editor')\n"
        "path.write_bytes(path.read_bytes() + 'Peña\\n'.encode())\n"
    )
    assert editor.edit_text("José\n", folder) == "José\nPeña\n"
    assert list(folder.iterdir()) == []


def test_the_text_lies_where_nobody_else_reads(
    folder: Path, editing: Callable[[str], Path]
) -> None:
    editing(
        "modes = [path, path.parent, path.parent.parent]\n"
        "path.write_text(' '.join(oct(place.stat().st_mode & 0o777) for place in modes))\n"
    )
    assert editor.edit_text("", folder) == "0o600 0o700 0o700"
    assert folder.parent.name == "data"


def test_no_shell_reads_the_words_of_the_editor(
    folder: Path, editing: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    editing("")
    assert editor.edit_text("as it was", folder) == "as it was"
    assert not (tmp_path / "oops").exists()


def test_an_editor_that_fails_changes_nothing(folder: Path, editing: Callable[[str], Path]) -> None:
    editing("path.write_text('changed'); sys.exit(3)")
    with pytest.raises(VitalfewError, match="ended with 3; nothing was changed"):
        editor.edit_text("text", folder)
    assert list(folder.iterdir()) == []


def test_an_editor_that_takes_the_file_away_changes_nothing(
    folder: Path, editing: Callable[[str], Path]
) -> None:
    editing("path.unlink()")
    with pytest.raises(VitalfewError, match="cannot be read"):
        editor.edit_text("text", folder)
    assert list(folder.iterdir()) == []


def test_what_is_not_utf8_is_kept(folder: Path, editing: Callable[[str], Path]) -> None:
    editing("path.write_bytes(b'Jos\\xe9')")
    with pytest.raises(UsageError, match="not save UTF-8") as refused:
        editor.edit_text("José", folder)
    (kept,) = folder.iterdir()
    assert str(kept) in refused.value.sentence
    assert kept.read_bytes() == b"Jos\xe9"
    assert kept.stat().st_mode & 0o777 == 0o600


def test_ctrl_c_in_the_editor_is_the_editors(folder: Path, editing: Callable[[str], Path]) -> None:
    editing(
        "import signal\n"
        "assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN\n"
        "os.kill(os.getppid(), signal.SIGINT)\npath.write_text('survived')\n"
    )
    before = signal.getsignal(signal.SIGINT)
    assert editor.edit_text("", folder) == "survived"
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("words", ["no-such-editor-here -x", "'unclosed", "/"])
def test_an_editor_that_cannot_be_started_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", words)
    with pytest.raises(UsageError):
        editor.edit_text("text", folder)
    assert not folder.exists() or list(folder.iterdir()) == []


def test_visual_is_asked_before_editor_and_a_usual_one_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "code --wait")
    monkeypatch.setenv("EDITOR", "ed")
    assert editor.command() == ["code", "--wait"]
    monkeypatch.setenv("VISUAL", " ")
    assert editor.command() == ["ed"]
    monkeypatch.delenv("EDITOR")
    assert not editor.is_named()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="EDITOR=nano"):
        editor.command()
    usual = tmp_path / "vi"
    usual.write_text("#!/bin/sh\n")
    usual.chmod(0o755)
    assert editor.command() == [str(usual)]


def test_a_folder_that_is_a_link_or_a_file_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "file").write_text("")
    for name in ("link", "file"):
        with pytest.raises(VitalfewError, match="cannot be used"):
            editor.keep("text", tmp_path / name)
    assert list((tmp_path / "elsewhere").iterdir()) == []
