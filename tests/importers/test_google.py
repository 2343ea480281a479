from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from core.rules import kinds
from importers import google
from importers.container import open_container
from importers.record import Problem, Record, Value

SHARED = os.environ.get("VITALFEW_SHARED", "")
SAMPLES = sorted(Path(SHARED, "formats/samples/google-csv").glob("*.csv")) if SHARED else []


def table(*rows: dict[str, str]) -> bytes:
    """A table in UTF-8 of the headings the rows have, in their order."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(h for row in rows for h in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(path: Path) -> list[Record | Problem]:
    with open_container(path) as container:
        return list(google.read(container))


def records_of(path: Path, *rows: dict[str, str]) -> list[Record]:
    path = path / "contacts.csv"
    # Every list has headings that tell it from others; the rows here need not repeat them.
    path.write_bytes(table({"E-mail 1 - Value": "", "Given Name Yomi": ""}, *rows))
    items = read(path)
    assert all(isinstance(item, Record) for item in items), items
    return [item for item in items if isinstance(item, Record)]


def values_of(path: Path, row: dict[str, str], *of: str) -> list[Value]:
    (record,) = records_of(path, row)
    return [value for value in record.values if value.kind in of]


def test_the_old_layout_is_read_with_its_name_as_written(tmp_path: Path) -> None:
    row = {
        "Name": "Dr. Ada Wong PhD",
        "Given Name": "Ada",
        "Additional Name": "M.",
        "Family Name": "Wong",
        "Given Name Yomi": "エイダ",
        "Name Prefix": "Dr.",
        "Name Suffix": "PhD",
        "Nickname": "Addie",
        "Maiden Name": "King",
        "Birthday": " --05-03",
        "Gender": "female",
        "Notes": "met ::: at the fair",
    }
    (record,) = records_of(tmp_path, row)
    assert record.values == (
        Value(kinds.NAME, "Dr. Ada Wong PhD"),
        Value(kinds.GIVEN, "Ada"),
        Value(kinds.MIDDLE, "M."),
        Value(kinds.FAMILY, "Wong"),
        Value(kinds.PREFIX, "Dr."),
        Value(kinds.SUFFIX, "PhD"),
        Value(kinds.MAIDEN, "King"),
        Value(kinds.NICKNAME, "Addie"),
        Value(kinds.PHONETIC, "エイダ", "given"),
        Value(kinds.BIRTHDAY, "--05-03"),
        Value(kinds.GENDER, "female"),
        Value(kinds.NOTE, "met ::: at the fair"),
    )
    assert record.key == ""
    assert record.where == "contacts.csv row 3"
    assert json.loads(record.raw) == row


def test_the_new_layout_puts_the_name_together(tmp_path: Path) -> None:
    row = {
        "First Name": "Ada",
        "Last Name": "Wong",
        "Name Prefix": "Dr.",
        "Name Suffix": "PhD",
        "File As": "Wong, Ada",
        "Organization Name": "Globex",
        "Organization Title": "CTO",
        "Organization Department": "R&D",
        "Labels": "* myContacts ::: * starred ::: Engineers",
    }
    (record,) = records_of(tmp_path, row)
    assert record.values == (
        Value(kinds.NAME, "Dr. Ada Wong, PhD"),
        Value(kinds.GIVEN, "Ada"),
        Value(kinds.FAMILY, "Wong"),
        Value(kinds.PREFIX, "Dr."),
        Value(kinds.SUFFIX, "PhD"),
        Value(kinds.SORT_AS, "Wong, Ada"),
        Value(kinds.ORG, "Globex"),
        Value(kinds.TITLE, "CTO"),
        Value(kinds.DEPARTMENT, "R&D"),
        Value(kinds.LABEL, "starred"),
        Value(kinds.LABEL, "Engineers"),
    )


def test_what_an_entry_is_filed_as_is_its_name_only_without_another(tmp_path: Path) -> None:
    row = {"First Name": "", "Last Name": "", "File As": "The Plumber"}
    assert values_of(tmp_path, row, kinds.NAME) == [Value(kinds.NAME, "The Plumber")]


@pytest.mark.parametrize("word", ["Type", "Label"])
def test_values_and_labels_that_share_a_cell_stay_side_by_side(tmp_path: Path, word: str) -> None:
    row = {
        f"E-mail 1 - {word}": "* Home ::: Work ::: Lab",
        "E-mail 1 - Value": "a@x.example ::: b@x.example ::: c@x.example",
        f"Phone 1 - {word}": "* Mobile",
        "Phone 1 - Value": "+49 170 1 ::: +49 170 2",
        f"Phone 2 - {word}": "* ",
        "Phone 2 - Value": "'+49 170 3",
        f"Phone 3 - {word}": "Work Fax",
        "Phone 3 - Value": "'030 1",
    }
    assert values_of(tmp_path, row, kinds.EMAIL, kinds.PHONE) == [
        Value(kinds.EMAIL, "a@x.example", "home", preferred=True),
        Value(kinds.EMAIL, "b@x.example", "work"),
        Value(kinds.EMAIL, "c@x.example", "Lab"),
        Value(kinds.PHONE, "+49 170 1", "mobile", preferred=True),
        Value(kinds.PHONE, "+49 170 2", "mobile"),
        Value(kinds.PHONE, "+49 170 3", "", preferred=True),
        Value(kinds.PHONE, "'030 1", "work fax"),
    ]


def test_a_label_more_or_less_than_values_shifts_nothing(tmp_path: Path) -> None:
    row = {
        "E-mail 1 - Type": "Home ::: Work",
        "E-mail 1 - Value": "a@x.example ::: b@x.example ::: c@x.example",
        "E-mail 2 - Type": "Home ::: Work",
        "E-mail 2 - Value": " ::: d@x.example",
        "E-mail 3 - Type": "Home",
        "E-mail 3 - Value": "",
    }
    assert values_of(tmp_path, row, kinds.EMAIL) == [
        Value(kinds.EMAIL, "a@x.example", "home"),
        Value(kinds.EMAIL, "b@x.example", "work"),
        Value(kinds.EMAIL, "c@x.example"),
        Value(kinds.EMAIL, "d@x.example", "work"),
    ]


def test_an_address_keeps_its_text_and_its_parts(tmp_path: Path) -> None:
    row = {
        "Address 1 - Type": "Home ::: Work",
        "Address 1 - Formatted": "1 Main St\nBerlin ::: 2 Side St",
        "Address 1 - Street": "1 Main St ::: 2 Side St",
        "Address 1 - City": "Berlin ::: ",
        "Address 1 - PO Box": "",
        "Address 2 - Formatted": "",
        "Address 2 - Street": "3 Back St",
        "Address 2 - Postal Code": "10115",
        "Address 2 - Country": "DE",
    }
    assert values_of(tmp_path, row, kinds.ADDRESS) == [
        Value(
            kinds.ADDRESS,
            "1 Main St\nBerlin",
            "home",
            detail='{"street":"1 Main St","city":"Berlin"}',
        ),
        Value(kinds.ADDRESS, "2 Side St", "work", detail='{"street":"2 Side St"}'),
        Value(
            kinds.ADDRESS,
            "3 Back St\n10115\nDE",
            detail='{"street":"3 Back St","code":"10115","country":"DE"}',
        ),
    ]


def test_each_employment_is_numbered(tmp_path: Path) -> None:
    row = {
        "Organization 1 - Type": "* Work ::: School",
        "Organization 1 - Name": "Globex ::: Initech",
        "Organization 1 - Title": "CTO ::: Clerk",
        "Organization 1 - Symbol": "GLX",
        "Organization 2 - Name": "Acme",
        "Organization 2 - Yomi Name": "アクメ",
    }
    assert values_of(tmp_path, row, kinds.ORG, kinds.TITLE, kinds.PHONETIC, kinds.EXTRA) == [
        Value(kinds.ORG, "Globex", "work", 0, preferred=True),
        Value(kinds.TITLE, "CTO", "work", 0, preferred=True),
        Value(kinds.ORG, "Initech", "school", 1),
        Value(kinds.TITLE, "Clerk", "school", 1),
        Value(kinds.ORG, "Acme", "", 2),
        Value(kinds.PHONETIC, "アクメ", "org", 2),
        Value(kinds.EXTRA, "GLX", "Organization 1 - Symbol"),
    ]


def test_messengers_events_relations_sites_and_own_fields_have_their_kinds(tmp_path: Path) -> None:
    row = {
        "IM 1 - Type": "Home ::: Work",
        "IM 1 - Service": "Skype ::: Google Talk",
        "IM 1 - Value": "ada.wong ::: ada@x.example",
        "IM 2 - Type": "Matrix",
        "IM 2 - Value": "@ada:x.example",
        "Website 1 - Type": "Home Page",
        "Website 1 - Value": "https://ada.example",
        "Event 1 - Type": "Anniversary",
        "Event 1 - Value": " --07-10",
        "Event 2 - Type": "First Met",
        "Event 2 - Value": "2019-03-01",
        "Relation 1 - Type": "Spouse",
        "Relation 1 - Value": "Leon",
        "Custom Field 1 - Type": "Manager",
        "Custom Field 1 - Value": "yes",
        "Photo": "https://photos.example/1",
        "Occupation": "engineer",
        "Calendar Link 1 - Value": "https://cal.example",
    }
    (record,) = records_of(tmp_path, row)
    assert record.values == (
        Value(kinds.PHOTO, "https://photos.example/1"),
        Value(kinds.HANDLE, "ada.wong", "skype"),
        Value(kinds.HANDLE, "ada@x.example", "google talk"),
        Value(kinds.HANDLE, "@ada:x.example", "matrix"),
        Value(kinds.URL, "https://ada.example", "homepage"),
        Value(kinds.DATE, "--07-10", "anniversary"),
        Value(kinds.DATE, "2019-03-01", "First Met"),
        Value(kinds.RELATION, "Leon", "spouse"),
        Value(kinds.CUSTOM, "yes", "Manager"),
        Value(kinds.EXTRA, "engineer", "Occupation"),
        Value(kinds.EXTRA, "https://cal.example", "Calendar Link 1 - Value"),
    )


@pytest.mark.parametrize(
    "heading",
    [
        *("Name", "Given Name", "Nickname", "File As", "Organization Name", "Phone 1 - Value"),
        *("E-mail 1 - Value", "IM 1 - Value", "Website 1 - Value", "Address 1 - City"),
    ],
)
def test_one_value_is_enough_to_be_somebody(tmp_path: Path, heading: str) -> None:
    assert len(records_of(tmp_path, {heading: "x"})) == 1


def test_a_row_that_names_nobody_is_refused_with_its_words(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_bytes(
        table(
            {"E-mail 1 - Value": "", "Birthday": "1980-01-01", "Labels": "* myContacts"},
            {"Labels": "* myContacts"},
            {"Birthday": " "},
            {"E-mail 1 - Value": "a@x.example"},
        )
    )
    first, second, record = read(path)
    for problem in (first, second):
        assert isinstance(problem, Problem)
        assert problem.fatal
        assert problem.why == "nothing to know anybody by"
    assert json.loads(first.raw) == {"Birthday": "1980-01-01", "Labels": "* myContacts"}
    assert isinstance(record, Record)
    assert record.where == "contacts.csv row 5"


def test_a_person_in_several_folders_of_a_takeout_comes_once(tmp_path: Path) -> None:
    ada = {"First Name": "Ada", "Phonetic First Name": "", "Labels": "* myContacts ::: Work"}
    ben = {"First Name": "Ben", "Phonetic First Name": "ben", "Labels": "* myContacts"}
    path = tmp_path / "takeout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        top = "Takeout/Contacts"
        archive.writestr(f"{top}/All Contacts/All Contacts.csv", table(ada, ben, ben))
        archive.writestr(f"{top}/Work/Work.csv", table(ada))
        archive.writestr(f"{top}/Work/Ada.jpg", b"\xff\xd8")
        archive.writestr("Takeout/Tasks/list.csv", b"First Name,Last Name\nEve,X\n")
    with open_container(path) as container:
        sniffed = google.sniff(container)
    assert sniffed is not None
    assert [name.rpartition("/")[2] for name in sniffed.members] == ["All Contacts.csv", "Work.csv"]
    items = read(path)
    assert [json.loads(item.raw)["First Name"] for item in items] == ["Ada", "Ben", "Ben"]


def test_an_old_export_in_utf16_is_recognised_and_read(tmp_path: Path) -> None:
    path = tmp_path / "google.csv"
    path.write_bytes(
        table({"Name": "José", "Given Name Yomi": "", "Phone 1 - Value": "1"})
        .decode()
        .encode("utf-16")
    )
    (record,) = read(path)
    assert isinstance(record, Record)
    assert record.values[0] == Value(kinds.NAME, "José")


@pytest.mark.parametrize(
    "data", [b"", b"First Name,Last Name\nAda,W\n", b"BEGIN:VCARD\r\nFN:Ada\r\n", b"\0" * 50]
)
def test_other_files_are_not_recognised(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(data)
    with open_container(path) as container:
        assert google.sniff(container) is None
        assert list(google.read(container)) == []


def test_foreign_text_stays_as_it_is(tmp_path: Path) -> None:
    hostile = "[/]\x1b]0;x\x07\u202e" + "x" * 10_000
    row = {"Name": hostile, "Custom Field 1 - Type": hostile, "Custom Field 1 - Value": "\0"}
    (record,) = records_of(tmp_path, row)
    assert record.values[0].value == hostile
    assert record.values[1] == Value(kinds.CUSTOM, "\ufffd", hostile)


@pytest.mark.skipif(not SAMPLES, reason="VITALFEW_SHARED is not set")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_row_of_a_sample_is_read(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if any(row.values())]
    items = read(path)
    assert [json.loads(item.raw) for item in items] == [
        {heading: cell for heading, cell in row.items() if cell} for row in rows
    ]
    assert all(isinstance(item, Record) for item in items)
