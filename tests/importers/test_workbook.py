from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell

from importers import workbook
from importers.container import open_container
from importers.record import Problem
from importers.table import Row
from importers.workbook import Sheet, is_workbook, sheets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEAD = ["Name", "E-Mail", "Value"]
_SHEET = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"
_SPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def made(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    """The workbook with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            if info.filename != part:
                new.writestr(info.filename, old.read(info))
        new.writestr(part, content)
    return out.getvalue()


def part_of(data: bytes, part: str = _SHEET) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part)


def with_cell(xml: bytes) -> bytes:
    """One person, and a cell C2 as its XML."""
    data = made(HEAD, ["Ada Wong", "a@x.example", 1])
    sheet = part_of(data)
    assert b'<c r="C2" t="n"><v>1</v></c>' in sheet
    return with_part(data, _SHEET, sheet.replace(b'<c r="C2" t="n"><v>1</v></c>', xml))


def with_texts(data: bytes, texts: bytes) -> bytes:
    """The workbook with shared texts, as other programs write them."""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    types = "[Content_Types].xml"
    data = with_part(data, types, part_of(data, types).replace(b"</Types>", named))
    return with_part(data, _STRINGS, b'<sst xmlns="%s">%s</sst>' % (_SPACE, texts))


def read(folder: Path, data: bytes, name: str = "book.xlsx") -> list[Sheet | Row | Problem]:
    """All sheets, each followed by what it yields."""
    path = folder / name
    path.write_bytes(data)
    found: list[Sheet | Row | Problem] = []
    with open_container(path) as container:
        (member,) = container.members
        assert is_workbook(member)
        for sheet in sheets(member):
            found.append(sheet)
            found += [] if isinstance(sheet, Problem) else sheet
    return found


def rows(found: list[Sheet | Row | Problem]) -> list[Row]:
    return [item for item in found if isinstance(item, Row)]


def problem(found: list[Sheet | Row | Problem]) -> Problem:
    (only,) = [item for item in found if isinstance(item, Problem)]
    return only


def cell(folder: Path, value: object, shape: str = "") -> str:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEAD)
    sheet.append(["Ada Wong", "a@x.example", value])
    if shape:
        sheet["C2"].number_format = shape
    (row,) = rows(read(folder, saved(book)))
    return row.cells.get("Value", "")


def test_a_sheet_has_the_face_of_a_table(tmp_path: Path) -> None:
    found = read(tmp_path, made(["Kunden"], [], HEAD, ["Ada Wong", "a@x.example", 1], [], ["Ben"]))
    sheet = found[0]
    assert isinstance(sheet, Sheet)
    assert sheet.name == "book.xlsx Sheet"
    assert sheet.layout.headings == tuple(HEAD)
    assert sheet.layout.line == 2
    assert rows(found) == [
        Row(4, {"Name": "Ada Wong", "E-Mail": "a@x.example", "Value": "1"}),
        Row(6, {"Name": "Ben"}),
    ]
    assert sheet.where(6) == "book.xlsx Sheet row 6"


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (12, "", "12"),
        (12.0, "", "12"),
        (3.5, "", "3.5"),
        (0.1 + 0.2, "", "0.3"),
        (41791234567.0, "", "41791234567"),
        (41791234567, "0.00E+00", "41791234567"),
        (1.5e-7, "", "0.00000015"),
        (-2.50, "", "-2.5"),
        (8001, "00000", "08001"),
        (True, "", "TRUE"),
        (date(1980, 5, 3), "", "1980-05-03"),
        (datetime(1980, 5, 3), "", "1980-05-03"),  # noqa: DTZ001 — sheets have no zones
        (datetime(2025, 5, 3, 14, 30), "", "2025-05-03 14:30:00"),  # noqa: DTZ001
        (time(14, 30), "", "14:30:00"),
        ("+41 79 123 45 67", "", "+41 79 123 45 67"),
        ("=1+1 as text", "", ""),  # a formula that no program has worked out
        ("00123", "", "00123"),
        ("[/] \u202e", "", "[/] \u202e"),
        ("x" * 32_767, "", "x" * 32_767),
    ],
)
def test_a_cell_reads_as_people_see_it(
    tmp_path: Path, value: object, shape: str, text: str
) -> None:
    assert cell(tmp_path, value, shape) == text


def test_a_heading_that_is_a_number_or_a_date_is_a_heading(tmp_path: Path) -> None:
    found = read(tmp_path, made(["Name", "E-Mail", 2024], ["Ada Wong", "a@x.example", 12]))
    assert rows(found)[0].cells == {"Name": "Ada Wong", "E-Mail": "a@x.example", "2024": "12"}


def test_a_cell_beside_the_headings_is_kept(tmp_path: Path) -> None:
    found = read(tmp_path, made(HEAD, ["Ada Wong", "a@x.example", 1, "more"]))
    assert rows(found)[0].cells["column 4"] == "more"


def test_a_formula_gives_its_stored_result(tmp_path: Path) -> None:
    (row,) = rows(read(tmp_path, with_cell(b'<c r="C2"><f>6*7</f><v>42</v></c>')))
    assert row.cells["Value"] == "42"


@pytest.mark.parametrize("value", [b"", b"<v/>", b"<v></v>"])
def test_a_formula_without_a_result_is_told_of(tmp_path: Path, value: bytes) -> None:
    found = read(tmp_path, with_cell(b'<c r="C2"><f>6*7</f>' + value + b"</c>"))
    assert rows(found)[0].cells == {"Name": "Ada Wong", "E-Mail": "a@x.example"}
    told = problem(found)
    assert not told.fatal
    assert "the formula in C2" in told.why


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (b'<c r="C2" t="e"><v>#REF!</v></c>', "cell C2: an error (#REF!), left out."),
        (b'<c r="C2"><v>1e999</v></c>', "cell C2: a number too large"),
        (b'<c r="C2"><v>12345678901234567890</v></c>', "more than 15 digits"),
    ],
)
def test_a_cell_that_is_wrong_is_told_of_and_the_row_is_read(
    tmp_path: Path, xml: bytes, words: str
) -> None:
    found = read(tmp_path, with_cell(xml))
    assert rows(found)[0].cells["Name"] == "Ada Wong"
    told = problem(found)
    assert not told.fatal
    assert words in told.why


def test_a_day_outside_the_calendar_is_told_of(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEAD)
    sheet.append(["Ada Wong", "a@x.example", date(1980, 5, 3)])
    data = saved(book)
    data = with_part(data, _SHEET, part_of(data).replace(b"<v>29344</v>", b"<v>99999999999</v>"))
    found = read(tmp_path, data)
    assert "Value" not in rows(found)[0].cells
    assert "cell C2: an error (#VALUE!)" in problem(found).why


def test_many_wrong_cells_are_one_warning(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("S")
    sheet.append(HEAD)
    for at in range(30):
        wrong = WriteOnlyCell(sheet, "#N/A")
        wrong.data_type = "e"
        sheet.append([f"Ada {at}", "a@x.example", wrong])
    found = read(tmp_path, saved(book))
    assert len(rows(found)) == 30
    assert "30 cells such as C2: an error (#N/A)" in problem(found).why


# ---- what is no workbook we read --------------------------------------------------------------

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (_OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password"),
        (_OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "a.xls", "of the old kind"),
        (b"\1\2\0\3" * 30, "a.xlsx", "not a workbook"),
        (b"<html><table><tr><td>Ada</td></tr></table>", "a.xls", "not a workbook"),
    ],
)
def test_what_is_no_workbook_says_so(tmp_path: Path, data: bytes, name: str, words: str) -> None:
    found = read(tmp_path, data, name)
    assert problem(found).fatal
    assert words in problem(found).why


def test_an_open_document_says_how_to_save_it(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    assert "OpenDocument" in problem(read(tmp_path, out.getvalue(), "a.ods")).why


def test_a_workbook_of_many_sheets_is_one_file(tmp_path: Path) -> None:
    book = Workbook()
    for _ in range(60):
        book.create_sheet().append(HEAD)
    assert len(read(tmp_path, saved(book))) == 60


def test_another_office_file_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<x/>")
    with open_container(path) as container:
        assert not any(map(is_workbook, container.members))


def test_a_workbook_cut_off_or_torn_says_so(tmp_path: Path) -> None:
    data = made(HEAD, ["Ada Wong", "a@x.example", 1])
    torn = with_part(data, _SHEET, part_of(data)[:-80])
    assert "damaged" in problem(read(tmp_path, torn)).why
    for part in ("xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"):
        assert "damaged" in problem(read(tmp_path, with_part(data, part, b"<a"))).why


# ---- attacks ----------------------------------------------------------------------------------

_LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
_OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("definitions", [_LAUGHS, _OUTSIDE])
@pytest.mark.parametrize("part", [_SHEET, "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_definitions_of_its_own_are_refused_in_one_sentence(
    tmp_path: Path, definitions: bytes, part: str, encoding: str
) -> None:
    data = made(HEAD, ["Ada Wong", "a@x.example", 1])
    body = part_of(data, part).partition(b"?>")[2] or part_of(data, part)
    text = (definitions + body.replace(b"Ada Wong", b"&b;&x;")).decode()
    found = read(tmp_path, with_part(data, part, text.encode(encoding)))
    assert not rows(found)
    assert "DTD" in problem(found).why


def big(monkeypatch: pytest.MonkeyPatch, **limits: int) -> None:
    for name, most in limits.items():
        monkeypatch.setattr(f"importers.workbook_check.{name}", most)
        if hasattr(workbook, name):
            monkeypatch.setattr(workbook, name, most)


def refused(folder: Path, data: bytes) -> str:
    found = read(folder, data)
    assert not rows(found)
    return problem(found).why


def test_a_single_cell_in_the_last_corner_is_refused_at_once(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEAD)
    sheet["XFD1048576"] = "x"
    assert "below row 200,000" in refused(tmp_path, saved(book))


def test_empty_cells_in_the_last_row_do_no_harm(tmp_path: Path) -> None:
    data = made(HEAD, ["Ada Wong", "a@x.example", 1])
    tail = b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
    data = with_part(data, _SHEET, part_of(data).replace(b"</sheetData>", tail))
    assert len(rows(read(tmp_path, data))) == 1


def test_more_columns_than_the_limit_are_refused(tmp_path: Path) -> None:
    found = read(tmp_path, made(HEAD, ["Ada Wong", *["x"] * 200]))
    assert "more than 200 columns" in problem(found).why


def test_more_rows_than_the_limit_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big(monkeypatch, MAX_ROWS=5)
    data = made(HEAD, *[[f"Ada {n}", "a@x.example", n] for n in range(9)])
    found = read(tmp_path, data)
    assert "more than 5 rows" in problem(found).why


def test_too_many_shared_texts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = made(HEAD, ["Ada Wong", "a@x.example", 1])
    texts = b"".join(b"<si><t>text %d</t></si>" % at for at in range(101))
    data = with_texts(data, texts)
    assert len(rows(read(tmp_path, data))) == 1
    big(monkeypatch, MAX_STRINGS=100)
    workbook._parsed.cache_clear()
    assert "more than 100 texts" in refused(tmp_path, data)


def test_a_shared_text_is_read_with_its_signs(tmp_path: Path) -> None:
    text = b"<si><t>a_x000D_b_x005F_c &lt;&#128512;</t></si>"
    data = with_texts(with_cell(b'<c r="C2" t="s"><v>0</v></c>'), text)
    (row,) = rows(read(tmp_path, data))
    assert row.cells["Value"] == "a\rb_c <\U0001f600"


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big(monkeypatch, MAX_TOTAL=5_000_000, _MAX_SHARED=2_000_000)
    data = made(HEAD, ["Ada Wong", "a@x.example", 1])
    text = b"<sst><si><t>" + b"a" * 6_000_000 + b"</t></si></sst>"
    assert "unpacks to more than 5 MB" in refused(tmp_path, with_part(data, _STRINGS, text))
    text = b"<sst><si><t>" + b"a" * 3_000_000 + b"</t></si></sst>"
    assert "has more than 2 MB" in refused(tmp_path, with_part(data, _STRINGS, text))


def test_a_text_of_megabytes_in_a_cell_is_refused(tmp_path: Path) -> None:
    xml = b'<c r="C2" t="inlineStr"><is><t>' + b"a" * 3_000_000 + b"</t></is></c>"
    assert "longer than 1,000,000 bytes" in refused(tmp_path, with_cell(xml))


def test_a_workbook_larger_than_the_limit_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_PACKED", 1_000)
    assert "the limit" in refused(tmp_path, made(HEAD, ["Ada Wong", "a@x.example", 1]))
