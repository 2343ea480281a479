from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from core.rules import kinds
from core.rules.guards import GUARDED
from importers import google, linkedin, spreadsheet, vcard
from importers.container import Container, open_container
from importers.record import Problem, Record, Sniffed, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARED = os.environ.get("VITALFEW_SHARED", "")
SAMPLES = Path(SHARED, "formats/samples") if SHARED else None
GERMAN = (
    "Vorname;Name;Firma;E-Mail;Handy;Geburtstag;Umsatz 2025\n"
    'Ada;Wong;"Globex; Söhne";ada@globex.example;+41 79 123 45 67;3.5.1980;1.234,50 €\n'
    "Ben;Ortiz;Initech;ben@initech.example;;;12\n"
)


def write(folder: Path, content: str | bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def sniff(path: Path) -> Sniffed | None:
    with open_container(path) as container:
        return spreadsheet.sniff(container)


def read(path: Path, roles: dict[str, str] | None = None) -> list[Record | Problem]:
    with open_container(path) as container:
        return list(spreadsheet.read(container, roles))


def records(path: Path, roles: dict[str, str] | None = None) -> list[Record]:
    found = read(path, roles)
    assert not [item for item in found if isinstance(item, Problem)]
    return [item for item in found if isinstance(item, Record)]


def names(found: list[Record]) -> list[str]:
    return [value.value for item in found for value in item.values if value.kind == kinds.NAME]


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_table_is_known_by_its_columns_and_read_with_every_value(tmp_path: Path) -> None:
    path = write(tmp_path, GERMAN)
    assert sniff(path) == Sniffed(40, "columns Vorname, Name, Firma, E-Mail", "", ("people.csv",))
    ada, ben = records(path)
    assert ada.where == "people.csv row 2"
    assert ada.values == (
        Value(kinds.NAME, "Ada Wong"),
        Value(kinds.GIVEN, "Ada"),
        Value(kinds.FAMILY, "Wong"),
        Value(kinds.ORG, "Globex; Söhne"),
        Value(kinds.EMAIL, "ada@globex.example"),
        Value(kinds.PHONE, "+41 79 123 45 67", "mobile"),
        Value(kinds.BIRTHDAY, "1980-05-03"),
        Value(kinds.VALUE, "1.234,50 €", "Umsatz 2025"),
    )
    assert ben.raw == (
        b'{"Vorname":"Ben","Name":"Ortiz","Firma":"Initech",'
        b'"E-Mail":"ben@initech.example","Umsatz 2025":"12"}'
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_table_in_any_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, GERMAN.replace(" €", "").encode(encoding))
    found = [item for item in read(path) if isinstance(item, Record)]
    assert names(found) == ["Ada Wong", "Ben Ortiz"]
    assert Value(kinds.ORG, "Globex; Söhne") in found[0].values


@pytest.mark.parametrize(
    "head", ["sep=;\n", "\n\n", "Kunden 2025\n\n", "Report;;\nby Ada;2025-01-01;\n\n"]
)
def test_what_stands_above_the_headings_does_no_harm(tmp_path: Path, head: str) -> None:
    assert names(records(write(tmp_path, head + GERMAN))) == ["Ada Wong", "Ben Ortiz"]


def test_a_list_of_addresses_without_headings_keeps_its_first_line(tmp_path: Path) -> None:
    path = write(tmp_path, "ada@x.example\nben@x.example\nchen@x.example\n", "mails.txt")
    assert sniff(path)
    found = records(path)
    assert [item.values for item in found] == [
        (Value(kinds.EMAIL, f"{name}@x.example"),) for name in ("ada", "ben", "chen")
    ]
    assert [item.where for item in found] == [f"mails.txt row {n}" for n in (1, 2, 3)]


def test_addresses_with_names_before_them_give_the_names(tmp_path: Path) -> None:
    path = write(tmp_path, "Ada Wong <ada@x.example>\nBen O. <ben@x.example>\n", "to.txt")
    assert names(records(path)) == ["Ada Wong", "Ben O."]


def test_a_table_whose_first_row_is_data_loses_nobody(tmp_path: Path) -> None:
    rows = "Ada Wong,ada@x.example,+41 44 123 45 67\nBen Ortiz,ben@x.example,+41 44 765 43 21\n"
    found = records(write(tmp_path, rows))
    assert names(found) == ["Ada Wong", "Ben Ortiz"]
    assert {value.kind for value in found[0].values} == {kinds.NAME, kinds.EMAIL, kinds.PHONE}
    assert found[0].where == "people.csv row 1"


def test_ragged_rows_and_headings_that_stand_twice_keep_every_cell(tmp_path: Path) -> None:
    path = write(tmp_path, "Name,Tag,Tag,\nAda Wong,a,b,c,d,e\nBen Ortiz\n,,,\nChen Wei,x,y,,\n")
    ada, ben, chen = records(path)
    assert ada.values == (
        Value(kinds.NAME, "Ada Wong"),
        Value(kinds.LABEL, "a"),
        Value(kinds.LABEL, "b"),
        Value(kinds.EXTRA, "c", "column 4"),
        Value(kinds.EXTRA, "d,e", "__extra"),
    )
    assert ben.values == (Value(kinds.NAME, "Ben Ortiz"),)
    assert len(chen.values) == 3


def test_what_the_user_says_of_a_column_holds_whatever_its_case(tmp_path: Path) -> None:
    path = write(tmp_path, "Name,Mail,Score,Klasse\nAda Wong,a@x.example,1200,b\n")
    (ada,) = records(path, {"SCORE": "value", "klasse": "tier", "Mail": "skip"})
    assert ada.values == (
        Value(kinds.NAME, "Ada Wong"),
        Value(kinds.VALUE, "1200", "Score"),
        Value(kinds.LABEL, "Tier B"),
    )


def test_a_table_of_things_is_read_once_the_user_says_they_are_people(tmp_path: Path) -> None:
    path = write(tmp_path, "Was,Preis\nschuh,12\nhut,7\n")
    (left,) = read(path)
    assert isinstance(left, Problem)
    assert names(records(path, {"Was": "name", "Preis": "keep"})) == ["schuh", "hut"]
    alone = write(tmp_path, "Name,Preis\nschuh,12\n", "alone.csv")
    assert names(records(alone, {"Name": "name", "Preis": "keep"})) == ["schuh"]


def test_the_column_of_ids_is_the_key_of_its_entry(tmp_path: Path) -> None:
    (ada,) = records(write(tmp_path, "Kundennummer,Name\n0012,Ada Wong\n"))
    assert ada.key == "0012"
    assert Value(kinds.UID, "0012") in ada.values


def test_one_certain_date_tells_how_the_others_are_meant(tmp_path: Path) -> None:
    rows = "Name,Birthday\nAda Wong,3/5/1980\nBen Ortiz,25/12/1979\n"
    days = [v.value for r in records(write(tmp_path, rows)) for v in r.values[1:]]
    assert days == ["1980-05-03", "1979-12-25"]


def test_dates_that_could_be_two_days_stay_and_are_told_of(tmp_path: Path) -> None:
    path = write(tmp_path, "Name,Birthday\nAda Wong,02/03/04\nBen Ortiz,99999-99-99\n")
    *found, told = read(path)
    assert [item.values[1].value for item in found if isinstance(item, Record)] == [
        "02/03/04",
        "99999-99-99",
    ]
    assert isinstance(told, Problem)
    assert not told.fatal
    assert "1 row" in told.why


def test_a_row_that_tells_of_nobody_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "Name,Mail,Note\n,,just a note\nAda Wong,a@x.example,\n")
    problem, ada = read(path)
    assert problem == Problem(
        "people.csv row 2", "nothing to know anybody by", b'{"Note":"just a note"}'
    )
    assert isinstance(ada, Record)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "hello\n",
        "Product,Price\nShoe,12\nHat,7\n",
        "Name,Price\nshoe,12\nhat,7\n",
        '{"name": "Ada", "email": "a@x.example"}',
        "<html><body>ada@x.example</body></html>",
        "Dear Ada,\nthank you for everything, also for the shoes.\nYours, Ben\n",
        "\0\1\2\3",
        "BEGIN:VCARD\nTEL;CELL:+41791234567\nEMAIL;HOME:a@x.example\nEND:VCARD\n",
        "X-A:1\nbegin:vcard\ntel;fax:12\nend:vcard\n",
        "BEGIN:VCALENDAR\nORGANIZER;CN=Ada:mailto:a@x.example\nEND:VCALENDAR\n",
        "Link,Name\nhttps://x.example/a,shoes of the year\n",
        "From,Event,inviterProfileUrl\nAda Wong,Big Fair,https://linkedin.com/in/ada\n",
    ],
)
def test_what_is_no_table_of_people_is_left_alone(tmp_path: Path, text: str) -> None:
    assert sniff(write(tmp_path, text, "thing.txt")) is None
    assert not [item for item in read(tmp_path) if isinstance(item, Record)]


def test_others_know_their_own_tables_better_and_want_none_of_ours(tmp_path: Path) -> None:
    with open_container(write(tmp_path, GERMAN)) as container:
        assert not any(one.sniff(container) for one in (google, linkedin, vcard))
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    mine = write(tmp_path, head + "Ada,Wong,,,,,12 Mar 2021\n", "Connections.csv")
    with open_container(mine) as container:
        theirs, ours = linkedin.sniff(container), spreadsheet.sniff(container)
    assert theirs
    assert ours
    assert theirs.confidence > ours.confidence
    assert theirs.members == ours.members


def test_a_workbook_is_read_sheet_by_sheet_and_what_stands_twice_comes_once(
    tmp_path: Path,
) -> None:
    head = ["Name", "E-Mail", "Umsatz"]
    data = workbook(
        Kunden=[head, ["Ada Wong", "a@x.example", 1200], ["Ben Ortiz", "b@x.example", 3.5]],
        Preise=[["Produkt", "Preis"], ["Schuh", 12]],
        Alte=[["Stand 2024"], [], head, ["Ada Wong", "a@x.example", 1200], ["Chen", "c@x.example"]],
    )
    path = write(tmp_path, data, "kunden.xlsx")
    assert sniff(path) == Sniffed(40, "columns Name, E-Mail, Umsatz", "", ("kunden.xlsx",))
    found = read(path)
    people = [item for item in found if isinstance(item, Record)]
    assert names(people) == ["Ada Wong", "Ben Ortiz", "Chen"]
    assert people[-1].where == "kunden.xlsx Alte row 5"
    assert Value(kinds.VALUE, "1200", "Umsatz") in people[0].values
    (left,) = [item for item in found if isinstance(item, Problem)]
    assert left.where == "kunden.xlsx Preise"
    assert not left.fatal


def test_a_workbook_in_a_folder_or_an_archive_is_one_member_among_others(tmp_path: Path) -> None:
    data = workbook(Leute=[["Name", "Mail"], ["Chen Wei", "c@x.example"]])
    folder = tmp_path / "export"
    folder.mkdir()
    write(folder, GERMAN)
    write(folder, data, "more.xlsx")
    write(folder, "not for us", "read me.md")
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    for place in (folder, packed):
        found = sniff(place)
        assert found
        assert set(found.members) == {"people.csv", "more.xlsx"}
        assert sorted(names(records(place))) == ["Ada Wong", "Ben Ortiz", "Chen Wei"]


def test_a_lone_workbook_is_known_whatever_its_name(tmp_path: Path) -> None:
    data = workbook(Leute=[["Name", "Mail"], ["Chen Wei", "c@x.example"]])
    assert names(records(write(tmp_path, data, "download"))) == ["Chen Wei"]


def test_the_same_headings_have_one_name_in_any_order_and_case(tmp_path: Path) -> None:
    tables = ("Name,Mail\nAda Wong,a@x.example\n", "MAIL,name\nb@x.example,Ben Ortiz\n")
    sets = set()
    for place, text in enumerate(tables):
        with open_container(write(tmp_path, text, f"{place}.csv")) as container:
            sets.add(spreadsheet.heading_set_of(container))
            assert {one.role for one in spreadsheet.columns_of(container)} == {"name", "email"}
    (only,) = sets
    assert len(only) == 16
    assert not spreadsheet.columns_of(Container("empty", ()))


def test_hostile_cells_are_values_like_any_other(tmp_path: Path) -> None:
    evil = "[/]\u202e\x1b]52;c;eA==\x07=HYPERLINK(1)"
    long = "x" * 200_000
    path = write(
        tmp_path, f"Name,Mail,Note\nAda Wong,a@x.example,{evil}\nBen\0 O,b@x.example,{long}\n"
    )
    ada, ben = records(path)
    assert Value(kinds.NOTE, evil) in ada.values
    assert Value(kinds.NOTE, long) in ben.values
    assert Value(kinds.NAME, "Ben\ufffd O") in ben.values


def test_a_row_of_very_many_columns_is_read_to_its_end(tmp_path: Path) -> None:
    many = 30_000
    path = write(
        tmp_path,
        "Name,Mail," + ",".join(map(str, range(many))) + "\nAda Wong,a@x.example" + ",v" * many,
    )
    (ada,) = records(path)
    assert ada.values[1] == Value(kinds.EMAIL, "a@x.example")
    assert sum(value.value.count("v") for value in ada.values) == many


def test_a_quote_that_is_never_closed_costs_no_neighbour(tmp_path: Path) -> None:
    rows = 'Name,Mail\n"Ada Wong,a@x.example\nBen Ortiz,b@x.example\nChen Wei,c@x.example\n'
    found = read(write(tmp_path, rows))
    assert [n for n in names([item for item in found if isinstance(item, Record)]) if "," not in n][
        -2:
    ] == ["Ben Ortiz", "Chen Wei"]
    assert any(isinstance(item, Problem) and "row 2" in item.where for item in found)


def test_a_guarded_number_loses_its_guard_and_a_name_keeps_its_sign(tmp_path: Path) -> None:
    rows = "Name,Phone\n'Ada Wong,'+41 79 123 45 67\n"
    (ada,) = records(write(tmp_path, rows))
    assert ada.values == (
        Value(kinds.NAME, "'Ada Wong"),
        Value(kinds.PHONE, "+41 79 123 45 67"),
    )


def test_a_table_guarded_by_our_own_export_is_restored_exactly(tmp_path: Path) -> None:
    rows = f"Name,Note,{GUARDED}\n''Ada Wong,'=1+1,\nBen Ortiz,plain,\nEve Ng,,\n"
    ada, ben, _ = records(write(tmp_path, rows))
    assert ada.values == (Value(kinds.NAME, "'Ada Wong"), Value(kinds.NOTE, "=1+1"))
    assert ben.values == (Value(kinds.NAME, "Ben Ortiz"), Value(kinds.NOTE, "plain"))


@given(data=st.binary(max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_make_it_fail(tmp_path: Path, data: bytes) -> None:
    for name, start in (("a.csv", b"Name,Mail\n"), ("b.xlsx", b"PK\3\4"), ("c.txt", b"")):
        path = write(tmp_path, start + data, name)
        try:
            container = open_container(path)
        except Exception as error:  # noqa: BLE001 — a torn archive is refused before us
            assert type(error).__name__ == "VitalfewError"  # noqa: PT017
            continue
        with container:
            spreadsheet.sniff(container)
            list(spreadsheet.read(container))


@pytest.mark.skipif(SAMPLES is None, reason="VITALFEW_SHARED does not name the samples")
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("TryGhost+migrate--example.csv", 5),
        ("pypi+csv2vcard--valid_contacts.csv", 3),
        ("roundcube+roundcubemail--email.csv", 4),
    ],
)
def test_real_tables_are_read_whole(name: str, rows: int) -> None:
    assert SAMPLES is not None
    path = SAMPLES / "generic-csv" / name
    assert sniff(path)
    assert len(records(path)) == rows
