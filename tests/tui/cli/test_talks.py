from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.importers.test_mail import mailbox, single, written

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.cli.conftest import Run

ADA, ME = "Ada Wong <ada@wayne.example>", "Nora <nora@feldmann.example>"
GHOST = '"Zed\x1b[2J Stone" <zed@x.example>'
HIT = (*("id", "at", "day", "kind", "direction", "channel", "thread", "subject", "line", "people"),)


@pytest.fixture
def box(tmp_path: Path) -> Path:
    mails = [
        written(ADA, ME, said="The slides are\nready in the Straße\x1b[31m", number="<1@x>"),
        written(
            ME, ADA, said="Great, thanks", number="<2@x>", date="Tue, 03 Mar 2026 10:00:00 +0000"
        ),
        written(GHOST, ME, said="slides?", number="<3@x>", date="Wed, 04 Mar 2026 10:00:00 +0000"),
        written(ME, GHOST, said="no", number="<4@x>", date="Thu, 05 Mar 2026 10:00:00 +0000"),
        written("no-reply@shop.example", ME, number="<5@x>"),
    ]
    return mailbox(tmp_path / "INBOX.mbox", mails)


def test_a_mailbox_is_imported_searched_and_taken_back(run: Run, box: Path) -> None:
    done = run("import", str(box), "--me", "nora@feldmann.example")
    assert done.code == 0
    assert "Mail: 4 talks new · 0 known · 0 refused" in done.err
    assert "1 left out, as machines and lists sent them" in done.err
    assert "1 person you talk with is not in your book: vitalfew talks --ghosts" in done.err
    assert run("show", "ada wong", "--json").json["person"]["last"] == "2026-03-03"
    found = run("talks", "strasse", "--json").json["talks"]
    assert [tuple(talk) for talk in found] == [HIT]
    assert found[0]["line"] == "ready in the Straße\x1b[31m"
    assert [one["name"] for one in found[0]["people"]] == ["Ada Wong"]
    run("undo", "--yes")
    assert run("talks", "strasse").code == 1


def test_the_document_of_an_import_counts_its_talks(run: Run, box: Path) -> None:
    (first,) = run("import", str(box), "--me", "nora@feldmann.example", "--json").json["runs"]
    assert (first["kind"], first["records"], first["interactions"]) == ("mail", 5, 4)
    (again,) = run("import", str(box), "--json").json["runs"]
    assert (again["interactions"], again["unchanged"]) == (0, 4)


def test_nothing_of_a_talk_reaches_the_terminal_as_a_command(run: Run, box: Path) -> None:
    run("import", str(box), "--me", "nora@feldmann.example")
    for words in (("talks", "slides"), ("talks", "--plain"), ("talks", "--ghosts")):
        done = run(*words)
        assert done.code == 0
        assert "\x1b" not in done.out
    assert "Zed␛[2J Stone" in run("talks", "--ghosts").out


def test_ghosts_are_listed_until_they_are_in_the_book(run: Run, box: Path) -> None:
    run("import", str(box), "--me", "nora@feldmann.example")
    (ghost,) = run("talks", "--ghosts", "--json").json["ghosts"]
    assert (ghost["value"], ghost["talks"], ghost["channels"]) == ("zed@x.example", 2, ["mail"])
    assert run("talks", "--ghosts").out.split()[-5:] == [
        *("zed@x.example", "2", "talks", "2026-03-05", "Mail")
    ]
    run("add", "Zed Stone, zed@x.example")
    done = run("talks", "--ghosts")
    assert (done.code, done.err) == (1, "everybody you talk with is in the book\n")


def test_a_trial_counts_and_writes_nothing(run: Run, box: Path) -> None:
    done = run("import", str(box), "--me", "nora@feldmann.example", "--dry-run")
    assert "Mail: 4 talks new" in done.err
    assert run("talks") == (1, "", "no talk is in the book yet\n")


def test_words_that_came_in_quotes_stay_together(run: Run, box: Path) -> None:
    run("import", str(box), "--me", "nora@feldmann.example")
    assert len(run("talks", "slides are", "--json").json["talks"]) == 1
    assert len(run("talks", "with:Ada Wong", "--json").json["talks"]) == 2
    assert run("talks", "are slides").code == 1


def test_whoever_cannot_be_known_as_the_owner_is_asked_for(run: Run, tmp_path: Path) -> None:
    path = single(tmp_path / "one.eml", written(ADA, "Ben <ben@x.example>"))
    done = run("import", str(path))
    assert done.code == 3
    assert '--me "Ada Wong"' in done.err
    assert run("talks").code == 1


def test_another_word_for_how_much_is_kept_is_refused(run: Run, box: Path) -> None:
    done = run("import", str(box), "--keep", "everything")
    assert (done.code, "full, line, counts" in done.err) == (2, True)


def test_a_word_with_a_minus_is_left_out_and_no_flag(run: Run, box: Path) -> None:
    run("import", str(box), "--me", "nora@feldmann.example")
    found = [talk["line"] for talk in run("talks", "slides", "--json").json["talks"]]
    assert len(found) == 2
    for words in (("slides", "-ready"), ("-ready", "--limit", "9", "slides"), ("slides -ready",)):
        assert [t["line"] for t in run("talks", *words, "--json").json["talks"]] == ["slides?"]
    assert run("talks", "-hello").code == 0
    found = [talk["line"] for talk in run("talks", "slides", "-slides are", "--json").json["talks"]]
    assert found == ["slides?"]
    assert run("talks", "-h").out.startswith("Usage:")
    assert run("talks", "--nonsense").code == 2


def test_a_whole_search_in_quotes_of_the_shell_is_that_search(run: Run, box: Path) -> None:
    run("import", str(box), "--me", "nora@feldmann.example")
    for words in ("with:ada on:2026", "great with:ada", "from:me -slides before:2027"):
        assert run("talks", words).code == 0
    assert run("talks", "with:Ada Wong").code == 0
    assert run("talks", "slides are").code == 0
    assert run("talks", "are slides").code == 1
