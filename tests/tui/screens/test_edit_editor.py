from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.support import SMALL, frame, settle
from tests.tui.screens.edit_desk import ident, open_form, values
from tui.app import VitalfewApp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Make = Callable[..., VitalfewApp]


@pytest.fixture
def suspended(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lets the program be suspended though it has no terminal; says how often it was."""
    times: list[str] = []

    @contextmanager
    def suspend(_app: VitalfewApp) -> Iterator[None]:
        times.append("suspended")
        yield

    monkeypatch.setattr(VitalfewApp, "suspend", suspend)
    return times


def an_editor(folder: Path, script: str) -> str:
    """A program that edits the file it is given by a line of sed or shell."""
    path = folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="the editor of the test is a shell script")
async def test_the_editor_brings_changes_into_the_form(
    vitalfew: Make,
    book: Path,
    tmp_path: Path,
    suspended: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    who = ident(book, "Camille Laurent")
    script = 'sed -i "s/^title: .*/title: Director/" "$1"; echo "label: choir" >> "$1"'
    monkeypatch.setenv("VISUAL", an_editor(tmp_path, script))
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await open_form(pilot, who)
        await pilot.press("E")
        await settle(pilot)
        assert suspended == ["suspended"]
        assert "2 changes, not kept yet" in frame(app)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert values(book, who)["title"] == ["Director"]
        assert values(book, who)["label"] == ["choir"]


@pytest.mark.skipif(os.name == "nt", reason="the editor of the test is a shell script")
async def test_a_text_that_cannot_be_read_is_not_lost(
    vitalfew: Make,
    book: Path,
    tmp_path: Path,
    suspended: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = (
        'if grep -q "^no colon" "$1"; then sed -i "s/^no colon/note: no colon/" "$1"; '
        'else echo "no colon here" >> "$1"; fi'
    )
    monkeypatch.setenv("VISUAL", an_editor(tmp_path, script))
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await open_form(pilot, ident(book, "Camille Laurent"))
        await pilot.press("E")
        await settle(pilot)
        assert "has no colon" in frame(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "Drop it?" in frame(app)
        await pilot.press("n", "E")
        await settle(pilot)
        assert "no colon here" in frame(app)
        assert "1 change, not kept yet" in frame(app)
        assert len(suspended) == 2


async def test_an_editor_that_is_not_there_changes_nothing(
    vitalfew: Make, book: Path, suspended: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-at-all")
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        form = await open_form(pilot, ident(book, "Camille Laurent"))
        await pilot.press("E")
        await settle(pilot)
        assert "cannot be started" in frame(app)
        assert app.screen is form
        assert suspended


async def test_without_a_terminal_of_its_own_the_form_says_so(vitalfew: Make, book: Path) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await open_form(pilot, ident(book, "Camille Laurent"))
        await pilot.press("E")
        await settle(pilot)
        assert "vitalfew edit" in frame(app)
