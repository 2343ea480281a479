from __future__ import annotations

import os
import re
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.storage import connect
from tests import twice
from tests.book import raw, rows
from tests.support import is_calm
from tui.cli import output
from tui.cli.dupes import side
from tui.cli.start import start

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.cli.conftest import Run

HEAD = re.compile(r"certain (\d+)( · likely \d+)?( · unsure \d+)?")
SIDE = r".+ \(#\d+, .+\)"
CERTAIN = {"Ada Wong", "Rachel Green", "Ben Ortiz", "Ewa Kowalska", "Robert Smith"}


@pytest.fixture
def book(lists: Path, tmp_path: Path) -> Path:
    return twice.copied(lists, tmp_path / "people.db")


def candidates(book: Path) -> list[tuple[object, ...]]:
    return rows(book, "SELECT low_id, high_id, lane FROM candidate ORDER BY 1, 2")


def test_who_is_in_it_twice_is_told_with_ids_sources_and_reasons(run: Run) -> None:
    done = run("dupes")
    assert done.code == 0
    head, *lines = done.out.splitlines()
    assert HEAD.match(head)
    at = next(place for place, line in enumerate(lines) if line.startswith("  Ada Wong"))
    assert re.fullmatch(
        rf"  Ada Wong \(#\d+, Google\) = Ada Wong \(#\d+, Vcard\)|  {SIDE} = {SIDE}", lines[at]
    )
    assert re.match(r"    \d+ %: same e-mail address", lines[at + 1])
    assert "certain" in lines


def test_the_surest_lists_come_first_each_under_its_name(run: Run) -> None:
    words = run("dupes", "--limit", "100").out.splitlines()[1:]
    headings = [line for line in words if line and not line.startswith(" ")]
    known = [lane for lane in ("certain", "likely", "unsure") if lane in headings]
    assert headings == known
    assert len(headings) > 1


def test_two_lines_a_pair_fit_a_narrow_terminal(
    book: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    people = tuple((f"{'Long ' * 9}{name}", *more) for name, *more in twice.PHONE)
    twice.write_phone(tmp_path / "other.vcf", people)
    assert run("import", str(tmp_path / "other.vcf"), "--source", "other").code == 0
    monkeypatch.setattr(output, "_room", lambda _stream: 80)
    lines = run("dupes", "--limit", "100").out.splitlines()
    assert len(lines) > 10
    assert max(map(len, lines)) <= 80
    pairs = [line for line in lines if " = " in line]
    assert all(re.fullmatch(rf"  {SIDE} = {SIDE}", line) for line in pairs)
    del book


def test_a_side_is_as_wide_as_half_a_line_and_names_its_source_whole() -> None:
    long = side(3623, "Luisa " * 9, "spreadsheet")
    assert re.fullmatch(r"Luisa .+… \(#3623, Spreadsheet\)", long)
    assert len(long) == 37
    assert side(7, "Ada Wong", "google") == "Ada Wong (#7, Google)"


def test_what_to_type_next_is_said(run: Run) -> None:
    done = run("dupes")
    first = re.search(r"\(#(\d+), .+?\) = .+\(#(\d+), ", done.out)
    assert first is not None
    assert f"vitalfew merge {first[1]} {first[2]} " in done.err
    assert f"vitalfew different {first[1]} {first[2]} " in done.err
    assert "vitalfew merge --certain " in done.err


def test_one_list_alone_can_be_asked_for(run: Run) -> None:
    found = run("dupes", "--lane", "Certain", "--json").json
    assert {pair["lane"] for pair in found["pairs"]} == {"certain"}
    assert found["lanes"]["certain"] == len(found["pairs"]) == len(CERTAIN)
    assert found["lanes"]["likely"] + found["lanes"]["unsure"] > 0
    done = run("dupes", "--lane", "later")
    assert done == (1, "", "no pair was put off\n")


def test_a_list_that_there_is_not_is_not_understood(run: Run) -> None:
    done = run("dupes", "--lane", "maybe")
    assert (done.code, done.err) == (2, "the lists are certain, likely, unsure, later\n")


def test_the_first_few_are_enough_if_so_asked(run: Run) -> None:
    done = run("dupes", "--limit", "2")
    assert done.out.count(" %: ") == 2
    total = sum(run("dupes", "--json").json["lanes"].values())
    assert f"the first 2 of {total}; --limit shows more\n" in done.err


def test_programs_get_one_document(run: Run) -> None:
    done = run("dupes", "--json")
    assert (done.code, done.err) == (0, "")
    assert set(done.json) == {"schema", "lanes", "pairs"}
    assert {"certain", "likely", "unsure"} <= set(done.json["lanes"])
    pair = done.json["pairs"][0]
    assert tuple(pair) == ("a", "b", "lane", "probability", "why")
    assert pair["a"] < pair["b"]
    assert 0 < pair["probability"] < 1
    assert "same e-mail address" in pair["why"]


def test_plain_lines_have_seven_fields(run: Run) -> None:
    lines = [line.split("\t") for line in run("dupes", "--plain").out.splitlines()]
    assert {len(line) for line in lines} == {7}
    names = {frozenset(line[4:6]) for line in lines if line[2] == "certain"}
    assert frozenset({"Robert Smith", "Rob Smith"}) in names
    assert all(0 < float(line[3]) < 1 for line in lines)


def test_reasons_against_stand_behind_a_but(run: Run) -> None:
    whys = [pair["why"] for pair in run("dupes", "--json").json["pairs"]]
    assert any(" · but " in why for why in whys)
    assert any("; " in why for why in whys)


def test_a_book_in_which_nobody_is_twice_ends_with_one(
    template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(["--db", str(template), "dupes", "--lane", "certain"]) == 1
    assert capsys.readouterr().out == ""


def test_without_a_book_none_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.db"
    assert start(["--db", str(missing), "dupes"]) == 1
    assert "there is no book" in capsys.readouterr().err
    assert not missing.exists()


def test_who_comes_later_is_compared_the_next_time(run: Run, tmp_path: Path) -> None:
    before = run("dupes", "--json").json["lanes"]["certain"]
    people = (("Claire Moreau", "EMAIL:claire.moreau@mail.example"),)
    twice.write_phone(tmp_path / "more.vcf", people)
    done = run("import", str(tmp_path / "more.vcf"), "--source", "work")
    assert done.err.endswith("vitalfew dupes tells who is in it twice\n")
    assert run("dupes", "--json").json["lanes"]["certain"] == before + 1


def test_an_import_that_brings_nobody_new_does_not_speak_of_it(run: Run, tmp_path: Path) -> None:
    twice.write_phone(tmp_path / "phone.vcf")
    done = run("import", str(tmp_path / "phone.vcf"))
    assert f"{len(twice.PHONE)} unchanged" in done.err
    assert "dupes" not in done.err


def test_all_can_be_learned_anew(run: Run, book: Path) -> None:
    run("dupes")
    before, (model,) = candidates(book), rows(book, "SELECT made, size FROM learned")
    assert run("dupes", "--refit").code == 0
    assert candidates(book) == before
    (again,) = rows(book, "SELECT made, size FROM learned")
    assert again[1] == model[1]
    assert again[0] != model[0]


def test_a_second_look_compares_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run("dupes", "--json")
    monkeypatch.setitem(sys.modules, "core.matching.find", None)  # whoever imports it now fails
    assert run("dupes", "--json") == first


def test_ctrl_c_stops_it_and_changes_nothing(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import signal

    def stop(_bar: object, title: str, done: int, total: int) -> None:
        assert title == "comparing"
        assert 0 <= done <= total
        if done:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(output.Bar, "show", stop)
    assert run("dupes") == (130, "", "stopped: the book is as it was before\n")
    assert candidates(book) == []
    monkeypatch.undo()
    assert run("dupes").code == 0


def test_a_book_that_cannot_be_written_shows_what_is_known(
    run: Run, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = run("dupes", "--json").out
    twice.write_phone(tmp_path / "more.vcf", (("Luca Rossi", "EMAIL:luca.rossi@mail.example"),))
    run("import", str(tmp_path / "more.vcf"), "--source", "work")
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0)
    with closing(raw(book)) as other:
        other.execute("BEGIN IMMEDIATE")  # another program writes, and takes its time
        done = run("dupes", "--json")
        other.execute("ROLLBACK")
    assert (done.code, done.out) == (0, known)
    assert done.err == (
        "another vitalfew is writing to the book; try again when it is done\n"
        "not compared yet: 1 entry\n"
    )


def test_hostile_names_are_drawn(run: Run, book: Path) -> None:
    odd = twice.add_hostile(book)
    for form in ((), ("--plain",)):
        done = run("dupes", "--limit", "200", *form)
        assert done.code == 0
        assert is_calm(done.out.replace("\t", "") + done.err)
        assert str(odd[-1]) in done.out
    assert run("dupes", "--json").out.isascii()
