from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.cli import output

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.cli.conftest import Run


def test_the_newest_step_is_taken_back_and_done_again(run: Run) -> None:
    run("tier", "ortiz", "A")
    assert run("undo") == (0, "", "took back: Ben Ortiz → A\n")
    assert run("people", "tier:a").code == 1
    assert run("redo") == (0, "", "did again: Ben Ortiz → A\n")
    assert run("people", "tier:a").code == 0
    assert run("redo") == (1, "", "nothing to do again\n")


def test_a_step_is_taken_back_by_its_number(run: Run) -> None:
    run("tier", "ortiz", "A")
    run("tier", "peña", "B")
    first = next(s for s in run("history", "--json").json["steps"] if "Ortiz" in s["label"])
    assert run("undo", str(first["id"])).err == "took back: Ben Ortiz → A\n"
    assert run("people", "tier:b").code == 0
    done = run("undo", str(first["id"]))
    assert (done.code, done.err) == (1, f"step {first['id']} is taken back already\n")
    assert run("undo", "999").code == 1


def test_an_import_is_not_taken_back_without_a_yes(run: Run) -> None:
    done = run("undo")
    assert done.code == 3
    assert "was an import. Take it back? --yes says so" in done.err
    assert run("people").code == 0
    assert run("undo", "--yes").err.startswith("took back: imported Google Contacts: 6 new")
    assert run("people").code == 1
    assert run("redo").code == 0
    assert run("people").code == 0


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 3), ("", 3)])
def test_at_a_terminal_the_answer_decides(
    run: Run, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr(output, "can_ask", lambda: True)
    monkeypatch.setattr(output, "ask", lambda _question: answer)
    assert run("undo").code == code
    assert run("people").code == (1 if code == 0 else 0)


def test_what_was_built_upon_a_step_goes_with_it_after_a_yes(run: Run) -> None:
    run("tier", "ortiz", "A")
    imported = run("history", "--json").json["steps"][-1]["id"]
    refused = run("undo", str(imported))
    assert refused.code == 3
    done = run("undo", str(imported), "--yes")
    assert done.code == 0
    assert "and 1 later step built upon it" in done.err


def test_an_import_that_brought_nothing_is_no_step_that_goes_with_another(
    run: Run, tmp_path: Path
) -> None:
    list_ = tmp_path / "one.vcf"
    list_.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Zoe Quist\nEND:VCARD\n")
    for _ in range(2):
        assert run("import", str(list_)).code == 0
    done = run("undo", "--yes")
    assert done.err == "took back: imported vCard: 1 new\n"


def test_history_tells_every_step_newest_first(run: Run) -> None:
    run("tier", "ortiz", "A")
    run("undo")
    steps = run("history", "--json").json["steps"]
    assert [tuple(step) for step in steps] == [
        ("id", "at", "name", "label", "people", "undone")
    ] * 2
    assert [step["undone"] for step in steps] == [True, False]
    assert "Ben Ortiz → A" in run("history").out
    assert run("history", "--plain", "--limit", "1").out.split("\t")[2:] == [
        "Ben Ortiz → A",
        "1",
        "taken back\n",
    ]
    assert run("history", "--limit", "1").out.count("\n") == 1
