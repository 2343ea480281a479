"""``export``: where it goes, whom it tells of, and what it never overwrites."""

from __future__ import annotations

import csv
import io
import json
import stat
from typing import TYPE_CHECKING

import pytest

from importers.vcard_blocks import blocks
from tests.tui.cli.conftest import HOSTILE
from tui.cli.start import start

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.cli.conftest import Run

FORMS = ("--jsonl", "--vcard", "--google")


def names(cards: str) -> list[str]:
    return [line[3:] for line in cards.split("\r\n") if line.startswith("FN:")]


def test_a_book_goes_out_and_comes_back_without_a_difference(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("tier", "Ben", "A")
    file, back = tmp_path / "all.jsonl", tmp_path / "back.db"
    assert run("export", "--jsonl", str(file)).code == 0
    assert start(["--db", str(back), "import", str(file)]) == 0
    capsys.readouterr()
    assert start(["--db", str(back), "export", "--jsonl"]) == 0
    out = capsys.readouterr().out
    assert out.isascii()
    assert out.splitlines()[1:] == file.read_text("ascii").splitlines()[1:]


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_private_and_nothing_else_is_left_beside_it(
    run: Run, tmp_path: Path, form: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    ran = run("export", form, str(folder / "people"))
    assert (ran.code, ran.out) == (0, "")
    assert "not encrypted" in ran.err
    assert [file.name for file in folder.iterdir()] == ["people"]
    assert stat.S_IMODE((folder / "people").stat().st_mode) == 0o600


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", [[], ["-"]])
def test_without_a_file_it_is_printed(run: Run, form: str, words: list[str]) -> None:
    ran = run("export", form, *words)
    assert ran.code == 0
    assert "Ortiz" in ran.out
    assert "wrote" not in ran.err


def test_a_file_that_is_there_stays_unless_forced(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    file.write_text("mine", encoding="utf-8")
    refused = run("export", "--vcard", str(file))
    assert (refused.code, file.read_text("utf-8")) == (3, "mine")
    assert "--force" in refused.err
    assert run("export", "--vcard", str(file), "--force").code == 0
    assert file.read_text("utf-8").startswith("BEGIN:VCARD")


def test_no_link_no_folder_and_never_the_book_is_written_over(
    run: Run, book: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.vcf"
    link.symlink_to(tmp_path / "elsewhere.vcf")
    before = book.read_bytes()
    for target in (link, tmp_path, book):
        assert run("export", "--vcard", str(target), "--force").code == 1
    assert run("export", "--vcard", str(tmp_path / "no" / "people.vcf")).code == 1
    assert book.read_bytes() == before
    assert not (tmp_path / "elsewhere.vcf").exists()


def test_what_fails_half_way_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "people.vcf"
    file.write_text("mine", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.storage.private_file.os.fsync", full)
    ran = run("export", "--vcard", str(file), "--force")
    assert (ran.code, file.read_text("utf-8")) == (1, "mine")
    assert "No space left" in ran.err
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


@pytest.mark.parametrize("flags", [[], ["--vcard", "--google"], ["--jsonl", "-", "tier:a"]])
def test_one_form_is_named_and_the_whole_book_is_whole(run: Run, flags: list[str]) -> None:
    ran = run("export", *flags)
    assert (ran.code, ran.out) == (2, "")


def test_filters_narrow_as_they_do_elsewhere(run: Run) -> None:
    assert names(run("export", "--vcard", "org:globex").out) == ["Ada Green", "Ben Ortiz"]
    assert names(run("export", "--vcard", "-", "ada", "wong").out) == ["Ada Wong"]
    nobody = run("export", "--vcard", "org:nowhere")
    assert (nobody.code, nobody.out) == (1, "")


def test_nobody_who_is_put_away_goes_out_unasked(run: Run) -> None:
    run("tier", "Ben", "D")
    ran = run("export", "--vcard", "org:globex")
    assert names(ran.out) == ["Ada Green"]
    assert "1 put away" in ran.err
    assert len(names(run("export", "--vcard", "org:globex", "--all").out)) == 2
    assert names(run("export", "--vcard", "tier:d").out) == ["Ben Ortiz"]


@pytest.mark.parametrize("form", ["--vcard", "--google"])
def test_tiers_stay_unless_asked_for(run: Run, form: str) -> None:
    run("tier", "Ben", "A")
    assert "Tier" not in run("export", form).out
    assert "Tier A" in run("export", form, "--tiers").out


def test_hostile_text_goes_out_as_one_card_and_is_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    ran = run("export", "--vcard", str(file))
    assert len(list(blocks(file.read_bytes()))) == 6
    assert "control characters" in ran.err
    assert "\x1b" not in ran.err + file.read_text("utf-8")
    assert HOSTILE not in ran.err


def test_a_terminal_is_shown_what_it_would_act_on(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "\u202e" in run("export", "--vcard").out
    capsys.readouterr()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    out = run("export", "--vcard").out
    assert "\u202e" not in out
    assert "⟨202E⟩" in out


def test_what_our_reader_gives_back_otherwise_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importers.reread.differences", lambda *_: ["email"])
    ran = run("export", "--vcard", "org:wayne")
    assert ran.code == 0
    assert "Ada Wong: does not read back" in ran.err


def test_cells_are_guarded_unless_a_program_reads_them(run: Run, tmp_path: Path) -> None:
    guarded = run("export", "--google", "org:wayne")
    assert "'+44 20 7946 0958" in guarded.out
    assert "--raw" in guarded.err
    (row,) = csv.DictReader(io.StringIO(run("export", "--google", "--raw", "-", "org:wayne").out))
    assert row["Phone 1 - Value"] == "+44 20 7946 0958"
    file = tmp_path / "again.csv"
    assert run("export", "--google", str(file)).code == 0
    again = run("import", str(file), "--source", "again", "--json").json
    assert again["runs"][0]["new"] == 6
    phones = {
        one["id"]: one["phones"] for one in run("people", "--json", "org:wayne").json["people"]
    }
    assert all(found == ["+44 20 7946 0958"] for found in phones.values())


def test_the_first_line_tells_what_the_file_is(run: Run) -> None:
    head, *_, end = run("export", "--jsonl").out.splitlines()
    assert json.loads(head)["vitalfew"] == 1
    assert json.loads(head)["rows"]["card"] == 6
    assert json.loads(end)["end"]["lines"] > 6
