"""Mail programs get lines that they read as they are meant."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from email.utils import formataddr, getaddresses
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.book import Sql, row
from tests.faults import hostile
from tui.cli import program, query
from tui.cli.start import start

if TYPE_CHECKING:
    from tests.tui.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[3]
ADA = "ada@wayne.example\tAda Wong\tCTO, Wayne & Co\n"
GREEN = "green@globex.example\tAda Green\tHead of Sales, Globex\n"


def _never_mail(book: Path, card: int) -> None:
    from core.bus import Bus

    bus = Bus(book)
    bus.run(Sql((row("opt_out", card_id=card, channel="mail", rule="never"),)))
    bus.close()


def test_mutt_reads_a_message_and_then_addresses_best_first(run: Run) -> None:
    assert run("query", "ada") == (0, "2 found\n" + GREEN + ADA, "")
    run("tier", "ada", "wong", "A")
    told = ADA.replace("\tCTO", "\tA · CTO")
    assert run("query", "ada") == (0, "2 found\n" + told + GREEN, "")
    assert run("query", "--mutt", "ada", "--limit", "1").out == (
        "the first 1; more letters find fewer\n" + told
    )


def test_aerc_reads_addresses_alone(run: Run) -> None:
    done = run("query", "--aerc", "ada wo")
    assert done == (0, "ada@wayne.example\tAda Wong\n", "")
    assert run("query", "--aerc", "zzzzqqqq") == (0, "", "")


def test_a_document_holds_raw_values(run: Run) -> None:
    (ada,) = run("query", "wong", "ada", "--json").json["people"]
    del ada["id"]
    assert ada == {
        "name": "Ada Wong",
        "tier": "",
        "emails": ["ada@wayne.example"],
        "org": "Wayne & Co",
        "title": "CTO",
        "last": None,
        "never_mail": False,
    }
    nobody = run("query", "zzzzqqqq", "--json")
    assert (nobody.code, nobody.json["people"]) == (1, [])


def test_nobody_found_is_a_message_and_a_failure_to_mutt(run: Run) -> None:
    assert run("query", "zzzzqqqq") == (
        1,
        "nobody with an address answers to “zzzzqqqq”\n",
        "",
    )
    assert run("query", "").code == 1


def test_a_typo_finds_who_is_near_and_says_so(run: Run) -> None:
    done = run("query", "ortizz")
    assert done == (
        0,
        "nobody answers to “ortizz”, 1 near\nben@globex.example\tBen Ortiz\tGlobex\n",
        "",
    )


def test_who_must_never_be_mailed_comes_last_with_a_warning_that_aerc_cannot_show(
    run: Run, book: Path
) -> None:
    (green,) = run("find", "green", "--json").json["people"]
    _never_mail(book, green["id"])
    assert run("query", "ada").out == "2 found\n" + ADA + GREEN.replace(
        "\tHead", "\tnever mail · Head"
    )
    assert run("query", "--aerc", "ada").out == "ada@wayne.example\tAda Wong\n"
    assert [p["never_mail"] for p in run("query", "ada", "--json").json["people"]] == [False, True]


def test_a_name_that_is_the_address_is_not_told_twice(run: Run, tmp_path: Path) -> None:
    card = tmp_path / "one.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:\nEMAIL:Lone@x.example\nEND:VCARD\n")
    run("import", str(card))
    assert run("query", "lone").out == "1 found\nLone@x.example\t\t\n"


def test_words_that_begin_with_a_dash_come_after_two(run: Run) -> None:
    assert run("query", "--", "-x").out == "nobody with an address answers to “-x”\n"
    assert run("query", "--aerc", "--", "ada", "wo").out == "ada@wayne.example\tAda Wong\n"
    assert run("query", "-x").code == 2
    assert run("query").code == 2
    assert run("query", "--aerc", "--json", "ada").code == 2


def test_mutt_is_told_on_its_first_line_why_nothing_can_be_read(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--db", str(tmp_path / "none.db"), "query", "ada"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("there is no book at ")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("reader", ["--mutt", "--aerc"])
@pytest.mark.parametrize(("words", "least"), [("filed", 1), ("fresh", 20), ("b.example", 20)])
def test_hostile_people_are_plain_lines_that_a_header_can_hold(
    hostile_book: Path, capsys: pytest.CaptureFixture[str], reader: str, words: str, least: int
) -> None:
    capsys.readouterr()
    code = start(["--db", str(hostile_book), "query", reader, "--limit", "99", words])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    lines = out.removesuffix("\n").split("\n")[reader == "--mutt" :]
    assert len(lines) >= least
    for line in lines:
        mail, name, *more = line.split("\t")
        assert len(more) == (reader == "--mutt")
        assert len(name) <= 500
        for char in "".join((mail, name, *more)):
            assert unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"}
            assert char not in hostile.BIDI | hostile.UNSEEN
        if mail.isascii():
            assert getaddresses([formataddr((name, mail))])[0][1] == mail


@pytest.fixture(scope="module")
def hostile_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.make(tmp_path_factory.mktemp("hostile") / "lists").book


@pytest.mark.parametrize("name", ['Wong, Ada "the <CTO>"', "a@b.example, c", "=?utf-8?q?x?=", "\\"])
def test_commas_and_quotes_stay_for_the_mail_program_to_quote(
    run: Run, tmp_path: Path, name: str
) -> None:
    card = tmp_path / "one.vcf"
    escaped = name.replace("\\", "\\\\").replace(",", "\\,")
    card.write_text(f"BEGIN:VCARD\nVERSION:3.0\nFN:{escaped}\nEMAIL:odd@x.example\nEND:VCARD\n")
    run("import", str(card))
    (_, line) = run("query", "odd@x").out.splitlines()
    assert line.split("\t")[:2] == ["odd@x.example", name]
    assert getaddresses([formataddr((name, "odd@x.example"))]) == [(name, "odd@x.example")]


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "ada"],
        ["query", "ada", "--aerc", "--limit", "1"],
        ["query", "--json", "ada", "wong"],
        ["query", "ortizz"],
        ["query", "nobody at all"],
        ["query", "--", "-x"],
        ["query", ""],
    ],
)
def test_both_ways_to_the_command_end_in_the_same(
    book: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    short = (start(["--db", str(book), *arguments]), capsys.readouterr())
    assert query.taken_apart(arguments[1:]) is not None
    long = (program.run(book, arguments), capsys.readouterr())
    assert short == long


def test_a_mail_program_waits_for_neither_typer_nor_the_object_mapper(book: Path) -> None:
    code = (
        "import sys; from tui.cli.start import start; code = start(sys.argv[1:]);"
        "sys.stderr.write(' '.join(sys.modules)); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--db", str(book), "query", "ada"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert ADA in done.stdout
    heavy = {"typer", "textual", "rich", "sqlmodel", "sqlalchemy", "rapidfuzz", "phonenumbers"}
    assert not heavy & set(done.stderr.split())
