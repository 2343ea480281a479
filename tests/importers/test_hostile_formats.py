"""Bad input through every format: each test's id has its row of the threat table, and its words.

Rows that concern one format alone stand with it: 1-8, 10-12, 19 and 20 with the vCards, 21 with
the Google export, 25-28 (workbooks) in `test_workbook`, 31 and limits of archives in
`test_container`, 32 with Monica and the book's own lines.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from core.rules import kinds
from importers import registry
from importers.container import open_container
from importers.record import Record
from tests.importers.each_format import ALL, MASTODON, TABLES, monica
from tests.importers.small import read
from tui.cli.start import start

if TYPE_CHECKING:
    from pathlib import Path

    from importers.record import Problem
    from tests.importers.each_format import Entry, Format

ADA, MAIL = "Zoë Müller", "zoe@example.org"
NEIGHBOURS = (("Ben Ortiz", "ben@example.org"), ("Chen Wei", "chen@example.org"))
formats = pytest.mark.parametrize("name", ALL)
tables = pytest.mark.parametrize("name", TABLES)


def taken(form: Format, data: bytes | str) -> tuple[list[Record], list[Problem]]:
    """What the format makes of the bytes, and that it takes them for its own."""
    written = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return read(registry.by_name(form.importer), {form.file: written})


def names(records: list[Record]) -> list[str]:
    return [
        next((v.value for v in record.values if v.kind == kinds.NAME), "") for record in records
    ]


def held(records: list[Record]) -> str:
    return "\n".join(v.value for record in records for v in record.values)


def entries(name: str) -> list[Entry]:
    return [NEIGHBOURS[0], (name, MAIL), NEIGHBOURS[1]]


def neighbours_are_there(records: list[Record]) -> None:
    assert {"Ben Ortiz", "Chen Wei"} <= set(names(records))


@pytest.mark.parametrize(
    "encoding",
    ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"],
    ids=lambda encoding: f"row 9 in {encoding}",
)
@formats
def test_every_usual_encoding_is_read(name: str, encoding: str) -> None:
    if name == "monica" and encoding.startswith("utf-16"):
        assert taken(ALL[name], monica([]).encode(encoding)) == ([], [])  # JSON is UTF-8
        return
    data = ALL[name].write(entries(ADA)).encode(encoding)
    if encoding in {"utf-16-le", "utf-16-be"}:
        data = "\ufeff".encode(encoding) + data
    records, problems = taken(ALL[name], data)
    assert ADA in names(records)
    neighbours_are_there(records)
    assert not any(problem.fatal for problem in problems)


@pytest.mark.parametrize("text", ["Zo\0e Mu\0ller"], ids=["row 13 NUL"])
@formats
def test_nul_is_never_kept_in_a_value(name: str, text: str) -> None:
    records, _ = taken(ALL[name], ALL[name].write(entries(text)))
    neighbours_are_there(records)
    assert "\0" not in held(records)


@pytest.mark.parametrize("text", ["Zo\ud800e M\udfffuller"], ids=["row 14 lone surrogates"])
@formats
def test_half_a_character_can_be_stored_and_printed(name: str, text: str) -> None:
    records, _ = taken(ALL[name], ALL[name].write(entries(text)))
    neighbours_are_there(records)
    held(records).encode("utf-8")
    json.dumps([record.where for record in records]).encode("utf-8")


@pytest.mark.parametrize(
    "text",
    ["Zoe " + "x" * 10_000, "Zoe e" + "\u0301" * 10_000],
    ids=["row 18 10,000 characters", "row 18 10,000 marks"],
)
@formats
def test_a_huge_name_is_kept_whole(name: str, text: str) -> None:
    records, _ = taken(ALL[name], ALL[name].write(entries(text)))
    neighbours_are_there(records)
    assert text in names(records) or text in held(records).replace("\n", " ")


@tables
def test_row_22_a_field_longer_than_the_csv_limit(name: str) -> None:
    long = "Zoe " + "y" * 200_000
    records, _ = taken(TABLES[name], TABLES[name].write(entries(long)))
    neighbours_are_there(records)


@tables
def test_row_22_a_quote_that_is_never_closed(name: str) -> None:
    lines = TABLES[name].write(entries("Zoe QUOTE")).replace("QUOTE", '"Quo').split("\r\n")
    lines[2] = lines[2].replace('""Quo"', '"Quo').replace("Zoe", '"Zoe', 1)
    records, problems = taken(TABLES[name], "\r\n".join(lines))
    neighbours_are_there(records)
    assert len(records) + sum(problem.fatal for problem in problems) <= 4


@tables
def test_row_22_ragged_rows(name: str) -> None:
    lines = TABLES[name].write(entries("Zoe Zimmer")).split("\r\n")
    lines[2:2] = ["x", "," * 300, ",".join("abcdefghijkl" * 40)]
    records, _ = taken(TABLES[name], "\r\n".join(lines))
    neighbours_are_there(records)
    assert "Zoe Zimmer" in names(records)


@tables
def test_row_22_headings_that_are_empty_or_there_twice(name: str) -> None:
    lines = TABLES[name].write(entries("Zoe Zimmer")).split("\r\n")
    rows = [
        line + (",,,Again,Again" if n == 0 else ",,,one,two") for n, line in enumerate(lines[:-1])
    ]
    records, _ = taken(TABLES[name], "\r\n".join(rows) + "\r\n")
    neighbours_are_there(records)
    assert {"one", "two"} <= set(held(records).split("\n"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('alias zoe "Zoe <zoe@example.org>\n', "mutt"),
        ("alias zoe\nalias\nunalias *\nalias x (((( <\n", "mutt"),
        ("dn: cn=z\ncn:: %%%\nmail:: =\n\n", "ldif"),
        ("dn: cn=z\n continued\n\n \n:\n::\ncn:< file:///etc/passwd\n\n", "ldif"),
        ("[99\nname=Zoe\n[]\n=\n[x]\nname\n\n", "abook"),
        ("\t\t\t\nzoe@example.org\n\tZoe\n", "lbdb"),
        ("BEGIN:VCARD\r\nFN:Zoe\r\n", "vcard"),
    ],
    ids=[
        *("mutt: a quote never closed", "mutt: nobody named", "ldif: no base64"),
        *("ldif: another file named", "abook: torn sections", "lbdb: nothing between tabs"),
        "vcard: no end",
    ],
)
def test_row_22_lines_that_are_no_entries_harm_no_neighbour(text: str, name: str) -> None:
    form = ALL[name]
    first, last = form.write([NEIGHBOURS[0]]), form.write([NEIGHBOURS[1]])
    if name == "abook":
        last = last[last.index("[0]") :]
    records, _ = taken(form, first + text + last)
    neighbours_are_there(records)
    assert "root:" not in held(records)  # no file that a line names is opened


@pytest.mark.parametrize("delimiter", [";", "\t", ","], ids=lambda mark: f"row 23 {mark!r}")
@pytest.mark.parametrize("first", ["", "sep="], ids=["plain", "row 23 sep="])
@tables
def test_row_23_any_delimiter(name: str, first: str, delimiter: str) -> None:
    rows = csv.reader(io.StringIO(TABLES[name].write(entries("Zoe; Zimmer,\tQ")), newline=""))
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    head = f"sep={delimiter}\r\n" if first else ""
    records, _ = taken(TABLES[name], (head + text.getvalue()).encode("utf-16"))
    neighbours_are_there(records)
    assert len(records) == 3


@pytest.mark.parametrize("number", ["1e999", "9" * 5_000, "-0", "NaN", "1.2.3,4"])
@pytest.mark.parametrize("day", ["99999-99-99", "02/03/04", "0000-00-00", "29.2.1900", "9" * 5_000])
def test_row_24_numbers_and_dates_are_kept_as_they_stand(number: str, day: str) -> None:
    form = TABLES["spreadsheet"]
    rows = [["Name", "E-Mail", "Umsatz", "Geburtstag"], ["Zoe Zimmer", MAIL, number, day]]
    rows += [[name, mail, "12.50", "1980-02-03"] for name, mail in NEIGHBOURS]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    records, problems = taken(form, text.getvalue())
    neighbours_are_there(records)
    assert problems == [] or not any(problem.fatal for problem in problems)
    cells = json.loads(records[0].raw)
    assert (cells["Umsatz"], cells["Geburtstag"]) == (number, day)
    assert number in held(records[:1])


@formats
def test_rows_29_and_30_an_archive_hands_out_only_what_it_may(name: str, tmp_path: Path) -> None:
    form = ALL[name]
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(form.file, form.write([NEIGHBOURS[0]]))
        for bad in (f"../{form.file}", f"/etc/{form.file}", f"C:\\{form.file}"):
            archive.writestr(bad, form.write([NEIGHBOURS[1]]))
        archive.writestr(f"bomb/{form.file}", b"\0" * 40_000_000)
    with open_container(packed) as container:
        guess = registry.recognise(container)[0]
        assert form.importer == guess.importer.NAME
        found = list(guess.importer.read(container))
    assert len(container.problems) == 3
    assert names([one for one in found if isinstance(one, Record)]) == ["Ben Ortiz"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.zip"]


HOSTILE = (
    "Eve \x1b]0;owned\x07\x1b[6n\x9b2J\u202ex\u2066y\U000e0041 "
    "[/][@click=app.quit]z[bold :smile: \\"
)
UNSAFE = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book into which every format has brought a hostile name, from a hostile file name."""
    folder = tmp_path_factory.mktemp("hostile")
    files = []
    for number, (name, form) in enumerate({**ALL, "mastodon": MASTODON}.items()):
        place = folder / f"{number} [bold"
        place.mkdir()
        path = place / form.file
        someone = f"eve{number}@{name}.example"
        path.write_bytes(form.write([(HOSTILE, someone)]).encode("utf-8"))
        files.append(path)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Name", "E-Mail"])
    book.active.append(["Eve [/][@click=app.quit]z[bold \u202ex", "eve@workbook.example"])
    book.save(folder / "[bold].xlsx")
    target = folder / "people.db"
    told = [*map(str, files), str(folder / "[bold].xlsx"), "--new-people", "--yes"]
    assert start(["--db", str(target), "import", *told]) == 0
    return target


@pytest.mark.parametrize(
    "command",
    [
        ("people",),
        ("people", "--plain"),
        ("find", "eve"),
        ("find", "eve", "--plain"),
        ("query", "eve"),
        ("query", "eve", "--aerc"),
        *(("show", str(number)) for number in range(1, len(ALL) + 3)),
        ("show", "1", "--plain"),
        ("optout", "eve"),
        ("history",),
        ("triage",),
    ],
    ids=" ".join,
)
def test_rows_15_to_17_nothing_foreign_acts(
    hostile: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    start(["--db", str(hostile), *command])
    out, err = capsys.readouterr()
    assert UNSAFE.findall(out + err) == []
    assert "failed:" not in err
    if command[0] in {"people", "show"} and "Eve" in out:
        assert "[/]" in out  # shown as it stands


def test_row_14_documents_are_ascii(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["--db", str(hostile), "people", "--json"]) == 0
    out = capsys.readouterr().out
    assert out.isascii()
    assert len(json.loads(out)["people"]) == len(ALL) + 2


def test_rows_13_to_17_the_whole_book_comes_back(
    hostile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, again = tmp_path / "book.jsonl", tmp_path / "again.db"
    assert start(["--db", str(hostile), "export", "--jsonl", str(lines)]) == 0
    assert start(["--db", str(again), "import", str(lines)]) == 0
    capsys.readouterr()
    told = []
    for book in (hostile, again):
        assert start(["--db", str(book), "people", "--json"]) == 0
        told.append(json.loads(capsys.readouterr().out)["people"])
    assert told[0] == told[1]
