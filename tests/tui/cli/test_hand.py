"""add, edit and optout: what is written by hand, at a shell."""

from __future__ import annotations

import io
import shlex
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.tui.cli.conftest import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.tui.cli.conftest import Run


@pytest.fixture
def editing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Name an editor that puts one text for another."""

    def name(old: str, new: str) -> None:
        script = tmp_path / "editor.py"
        script.write_text(
            "import sys, pathlib\n"
            "path = pathlib.Path(sys.argv[1])\n"
            f"path.write_bytes(path.read_bytes().replace({old.encode()!r}, {new.encode()!r}))\n"
        )
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))

    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    return name


def given(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def shown(run: Run, who: str) -> Any:  # noqa: ANN401 — a document
    return run("show", who, "--json").json["person"]


def test_somebody_is_added_by_one_line(run: Run) -> None:
    ran = run("add", "Rachel Green, Hooli, r@hooli.example, 020 7946 0001", "--tier", "a")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("added: Rachel Green (#")
    found = shown(run, "rachel")
    assert (found["tier"], found["org"], found["emails"]) == ("A", "Hooli", ["r@hooli.example"])
    assert [fact["source"] for fact in found["facts"]] == ["you"] * 4
    assert found["opt_outs"] == []


def test_words_need_no_quotes_and_labels_are_flags(run: Run) -> None:
    assert (
        run("add", "Rachel", "Green,", "Hooli", "--label", "golf", "--label", "Tea, Bern").code == 0
    )
    labels = [fact["value"] for fact in shown(run, "rachel")["facts"] if fact["kind"] == "label"]
    assert labels == ["golf", "Tea, Bern"]


def test_who_has_that_address_is_told_and_the_new_one_is_kept(run: Run) -> None:
    ran = run("add", "A. Wong, ADA@wayne.example")
    assert ran.code == 0
    assert ran.out.startswith("added: A. Wong (#")
    assert "perhaps the same as Ada Wong (#1)" in ran.err


def test_many_come_by_stdin_and_a_bad_line_takes_none(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, "Rachel Green, Hooli\r\n\nJosé Núñez\n".encode())
    ran = run("add", "-", "--label", "new")
    assert ran.out.count("added: ") == 2
    given(monkeypatch, b"Monica\n#nobody\n")
    ran = run("add", "-")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("line 2: who is it?")
    assert run("find", "monica").code == 1
    given(monkeypatch, b"Jos\xe9\n")
    assert run("add", "-").code == 2


@pytest.mark.parametrize("words", [["#friends"], [" , "], ["Rachel", "--tier", "E"]])
def test_nobody_is_added_by_what_names_nobody(run: Run, words: list[str]) -> None:
    ran = run("add", *words)
    assert (ran.code, ran.out) == (2, "")
    assert run("history", "--plain").out.count("added") == 0


def test_hostile_words_reach_the_terminal_drawn(run: Run) -> None:
    ran = run("add", f'"{HOSTILE}"')
    assert ran.code == 0
    assert ran.out.startswith("added: Eve␛]0;owned␇ ")
    assert "\x1b" not in ran.out


def test_values_are_set_added_and_cleared_by_words(run: Run) -> None:
    ran = run("edit", "ada", "wong", "phone=+44 20 7946 0999", "label=+golf", "note=a\nb", "title=")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "Ada Wong: phone, title, label, note\n"
    found = shown(run, "ada wong")
    assert (found["phones"], found["title"]) == (["+44 20 7946 0999"], "")
    assert run("edit", "1", "phone+=+1 202 555 0199", "label=-golf").code == 0
    assert len(shown(run, "1")["phones"]) == 2
    ran = run("edit", "1", "phone=1")
    assert ran.code == 3
    assert "phone-=" in ran.err
    assert run("edit", "1", "phone-=0199").code == 0
    assert run("undo").code == 0
    assert len(shown(run, "1")["phones"]) == 2


def test_what_is_so_already_is_said(run: Run) -> None:
    assert run("edit", "1", "title=CTO").err == "Ada Wong: no change (as it was already)\n"
    assert run("edit", "1", "note=").err == "Ada Wong: nothing was changed\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nobody", "title=x"], 1),
        (["ada", "title=x"], 3),
        (["1", "colour=red"], 2),
        (["ada", "zzz"], 1),
        (["1", "title=x", "x"], 2),
    ],
)
def test_an_edit_that_cannot_be_meant_is_refused(run: Run, words: list[str], code: int) -> None:
    ran = run("edit", *words)
    assert (ran.code, ran.out) == (code, "")


def test_the_editor_changes_what_its_text_changes(
    run: Run, book: Path, editing: Callable[[str, str], None]
) -> None:
    editing("title: CTO", "title: CEO\nbirthday: 3 May 1985\nmobile: 07700 900123")
    ran = run("edit", "ada wong")
    assert (ran.code, ran.err) == (0, "Ada Wong: title, phone, birthday\n")
    found = shown(run, "1")
    assert found["title"] == "CEO"
    assert len(found["phones"]) == 2
    assert list((book.parent / "edits").iterdir()) == []


def test_a_text_that_is_left_as_it_was_does_nothing(
    run: Run, editing: Callable[[str, str], None]
) -> None:
    editing("zzz", "")
    before = run("history", "--plain").out
    assert run("edit", "1").err == "Ada Wong: nothing was changed\n"
    assert run("edit", HOSTILE.split("\x1b")[0]).code == 0
    assert run("history", "--plain").out == before


def test_a_text_that_cannot_be_understood_is_kept_and_can_be_taken_again(
    run: Run, book: Path, editing: Callable[[str, str], None]
) -> None:
    editing("title: CTO", "title: CEO\ncolour: red")
    ran = run("edit", "1")
    assert ran.code == 2
    (kept,) = (book.parent / "edits").iterdir()
    assert "“colour” is no field" in ran.err
    assert f"vitalfew edit 1 --file {kept}" in ran.err
    assert shown(run, "1")["title"] == "CTO"
    kept.write_text(kept.read_text().replace("colour:", "custom colour:"))
    assert run("edit", "1", "--file", str(kept), "title=x").code == 2
    assert run("edit", "1", "--file", str(kept) + "x").code == 1
    mine = book.parent / "mine.txt"
    mine.write_text(kept.read_text())
    assert run("edit", "1", "--file", str(kept)).code == 0
    assert shown(run, "1")["title"] == "CEO"
    assert not kept.exists()
    assert run("edit", "1", "--file", str(mine)).code == 0
    assert mine.exists()


def test_without_an_editor_or_a_terminal_words_are_asked_for(
    run: Run, editing: Callable[[str, str], None]
) -> None:
    del editing  # no editor is named
    ran = run("edit", "1")
    assert ran.code == 2
    assert "phone=" in ran.err


def test_what_people_ask_for_is_kept_listed_and_taken_off(run: Run) -> None:
    assert run(
        "optout", "ada", "wong", "never", "e-mail", "--said-by", "her mail", "--on", "2026-01-02"
    ).err == ("Ada Wong: never mail\n")
    assert run("optout", "1", "prefer", "phone", "--on", "2026-01-03").code == 0
    ran = run("optout", "1", "--plain")
    assert ran.out == "never\tmail\t2026-01-02\ther mail\nprefer\tphone\t2026-01-03\t\n"
    assert run("optout", "1").code == 0
    said = {"channel": "mail", "rule": "never", "said_by": "her mail", "day": "2026-01-02"}
    assert run("optout", "1", "--json").json["opt_outs"][0] == said
    assert shown(run, "1")["opt_outs"][0] == said
    assert "never mail · prefers phone" in run("show", "1").out
    assert run("optout", "1", "never", "mail").err == "Ada Wong: never mail (as it was already)\n"
    assert run("optout", "1", "never", "mail", "--off").err == "Ada Wong: “never mail” taken off\n"
    assert len(shown(run, "1")["opt_outs"]) == 1


def test_several_people_are_named_at_once(run: Run) -> None:
    assert run("optout", "1", "3", "never", "all").err == "2 people: never contact\n"
    assert shown(run, "3")["opt_outs"][0]["channel"] == "all"


def test_who_said_nothing_is_told(run: Run) -> None:
    ran = run("optout", "1")
    assert (ran.code, ran.out, ran.err) == (1, "", "Ada Wong has said nothing about it\n")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["never", "mail"], 1),
        (["1", "never", "fax"], 2),
        (["1", "prefer", "all"], 2),
        (["1", "never", "mail", "--on", "soonish"], 2),
        (["1", "--off"], 2),
        (["nobody", "never", "mail"], 1),
        (["ada", "never", "mail"], 3),
    ],
)
def test_an_opt_out_that_cannot_be_meant_is_refused(run: Run, words: list[str], code: int) -> None:
    assert run("optout", *words).code == code
    assert shown(run, "1")["opt_outs"] == []
