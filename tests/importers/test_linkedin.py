from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from core.rules import kinds
from importers import linkedin
from importers.container import open_container
from importers.record import Problem, Record, Sniffed, Value

SHARED = os.environ.get("VITALFEW_SHARED", "")
FORMATS = Path(SHARED, "formats/samples") if SHARED else None
LISTS = (
    [*FORMATS.glob("linkedin/*.csv"), *FORMATS.glob("linkedin-archive/*Conn*")] if FORMATS else []
)
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
NOTES = 'Notes:\n"Some of the addresses, as you see, are missing."\n\n'


def write(folder: Path, text: str, name: str = "Connections.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def sniff(path: Path) -> Sniffed | None:
    with open_container(path) as container:
        return linkedin.sniff(container)


def read(path: Path) -> list[Record | Problem]:
    with open_container(path) as container:
        return list(linkedin.read(container))


def record_of(folder: Path, text: str) -> Record:
    (record,) = read(write(folder, text))
    assert isinstance(record, Record)
    return record


def test_a_connection_is_read(tmp_path: Path) -> None:
    line = 'Ada,"Wong, PhD",https://www.linkedin.com/in/Ada-W,a@x.example,Globex,CTO,12 Mar 2021\n'
    record = record_of(tmp_path, NOTES + HEAD + line)
    assert record.key == "ada-w"
    assert record.where == "Connections.csv row 5"
    assert record.values == (
        Value(kinds.NAME, "Ada Wong, PhD"),
        Value(kinds.GIVEN, "Ada"),
        Value(kinds.FAMILY, "Wong, PhD"),
        Value(kinds.URL, "https://www.linkedin.com/in/Ada-W"),
        Value(kinds.EMAIL, "a@x.example"),
        Value(kinds.ORG, "Globex"),
        Value(kinds.TITLE, "CTO"),
        Value(kinds.CONNECTED, "12 Mar 2021"),
    )


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "Ada,Wong,,,Globex,CTO,7-Feb-22\n",
        HEAD.replace("URL,", "") + "Ada,Wong,,Globex,CTO,7-Feb-22\n",
        HEAD.replace("URL,", "").replace("On", "On,URL") + "Ada,Wong,,Globex,CTO,7-Feb-22,\n",
        "first name;last name;company;position;connected on\nAda;Wong;Globex;CTO;7-Feb-22\n",
        HEAD.replace(",", '","').replace("F", '"F', 1)[:-1]
        + '"\n"Ada","Wong","","","Globex",'
        + '"CTO","7-Feb-22"\n',
    ],
)
def test_every_generation_gives_the_same_values(tmp_path: Path, text: str) -> None:
    record = record_of(tmp_path, text)
    assert {value.kind: value.value for value in record.values} == {
        kinds.NAME: "Ada Wong",
        kinds.GIVEN: "Ada",
        kinds.FAMILY: "Wong",
        kinds.ORG: "Globex",
        kinds.TITLE: "CTO",
        kinds.CONNECTED: "7-Feb-22",
    }
    assert record.key == ""


def test_the_oldest_generation_has_tags(tmp_path: Path) -> None:
    text = "First Name,Last Name,Email Address,Current Company,Current Position,Tags\n"
    record = record_of(tmp_path, text + 'Ada,Wong,a@x.example,Globex,CTO,"friends; berlin,x"\n')
    assert [value.value for value in record.values if value.kind == kinds.LABEL] == [
        *("friends", "berlin", "x"),
    ]
    assert Value(kinds.ORG, "Globex") in record.values


@pytest.mark.parametrize(
    "notes",
    [
        "",
        NOTES,
        NOTES.replace("\n\n", "\n"),
        "Notes:\nWhen exporting, you may notice\nthat some, not all, are missing\n\n",
        "\ufeff" + NOTES.replace("\n", "\r\n"),
        'Notes:\n"a paragraph\n\nof several, lines"\n\n',
    ],
)
def test_any_preamble_is_skipped(tmp_path: Path, notes: str) -> None:
    path = write(tmp_path, notes + HEAD + "Ada,Wong,,,,,12 Mar 2021\n")
    assert sniff(path) is not None
    assert len(read(path)) == 1


@pytest.mark.parametrize(
    "date", ["12 Mar 2021", "7-Feb-22", "15 September 2026", "2024-03-15", "03/15/2024", "x"]
)
def test_the_day_of_connection_stays_as_written(tmp_path: Path, date: str) -> None:
    record = record_of(tmp_path, f"{HEAD}Ada,Wong,,,,,{date}\n")
    assert record.values[-1] == Value(kinds.CONNECTED, date)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.linkedin.com/in/ada-wong", "ada-wong"),
        ("HTTPS://uk.linkedin.com/in/Ada-Wong/?trk=export", "ada-wong"),
        ("linkedin.com/in/ada-wong#top", "ada-wong"),
        ("https://www.linkedin.com/mwlite/in/ada-wong/de", "ada-wong"),
        ("http://www.linkedin.com/in/jos%C3%A9-%F0%9F%9A%80", "josé-🚀"),
        ("http://www.linkedin.com/in/jose%CC%81", "josé"),
        ("https://www.linkedin.com/pub/Ada-Wong/3c/2b/1/", "pub/ada-wong/3c/2b/1"),
        ("https://www.linkedin.com/pub/Ada-Wong/", "ada-wong"),
        ("https://www.linkedin.cn/in/ada-wong", "ada-wong"),
        ("https://www.linkedin.com/in/%00%ff", "\ufffd"),
        ("https://www.linkedin.com/company/globex", ""),
        ("https://notlinkedin.com/in/ada", ""),
        ("https://example.com/?u=linkedin.com/in/ada", ""),
        ("ada@x.example", ""),
        ("", ""),
    ],
)
def test_an_entry_is_known_by_its_profile_whatever_the_address(
    tmp_path: Path, url: str, key: str
) -> None:
    assert record_of(tmp_path, f"{HEAD}Ada,Wong,{url},,,,12 Mar 2021\n").key == key


@pytest.mark.parametrize(
    "line",
    [
        "Ada,,,,,,1 Jan 2020",
        ",Wong,,,,,1 Jan 2020",
        ",,https://linkedin.com/in/a,,,,1 Jan 2020",
        ",,,a@x.example,,,1 Jan 2020",
        ",,,,Globex,CTO,1 Jan 2020",
        "Ada,,,,,,",
    ],
)
def test_little_is_enough_to_be_somebody(tmp_path: Path, line: str) -> None:
    assert record_of(tmp_path, f"{HEAD}{line}\n").values


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",,,,,,30 Jan 2026", "a deleted member: only a date"),
        (" ,,NULL,#N/A,,,30 Jan 2026", "a deleted member: only a date"),
        (",,,,,CTO,30 Jan 2026", "nothing to know anybody by"),
    ],
)
def test_a_row_that_names_nobody_is_refused_with_its_words(
    tmp_path: Path, line: str, why: str
) -> None:
    first, second = read(write(tmp_path, f"{HEAD}{line}\nAda,Wong,,,,,30 Jan 2026\n"))
    assert isinstance(first, Problem)
    assert first.fatal
    assert first.why == why
    assert json.loads(first.raw)["Connected On"] == "30 Jan 2026"
    assert isinstance(second, Record)


def test_a_cell_that_says_there_is_none_is_no_address(tmp_path: Path) -> None:
    record = record_of(tmp_path, HEAD + "#N/A,NA,NULL,N/A,NULL,=2+5,30 Feb 2026\n")
    assert [value[:2] for value in record.values] == [
        (kinds.NAME, "#N/A NA"),
        (kinds.GIVEN, "#N/A"),
        (kinds.FAMILY, "NA"),
        (kinds.ORG, "NULL"),
        (kinds.TITLE, "=2+5"),
        (kinds.CONNECTED, "30 Feb 2026"),
    ]
    assert json.loads(record.raw)["Email Address"] == "N/A"


def test_headings_nobody_knows_and_cells_without_one_are_kept(tmp_path: Path) -> None:
    record = record_of(tmp_path, HEAD[:-1] + ",Mood,Company\nAda,,,,Globex,,x,good,Acme,more\n")
    assert [value for value in record.values if value.kind in {kinds.ORG, kinds.EXTRA}] == [
        Value(kinds.ORG, "Globex"),
        Value(kinds.EXTRA, "good", "Mood"),
        Value(kinds.EXTRA, "Acme", "Company (2)"),
        Value(kinds.EXTRA, "more", "__extra"),
    ]


def archive(folder: Path, members: dict[str, str], top: str = "") -> Path:
    path = folder / "Basic_LinkedInDataExport_01-02-2026.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name, text in members.items():
            made.writestr(top + name, text)
    return path


MEMBERS = {
    "Connections.csv": NOTES + HEAD + "Ben,Ortiz,,,,,12 Mar 2021\n",
    "Profile.csv": "First Name,Last Name,Headline\nAda,Wong,CTO\n",
    "Email Addresses.csv": "Email Address,Primary\no@x.example,No\na@x.example,Yes\n",
    "Skills.csv": "Name\nFlutter\n",
    "Jobs/Saved Jobs.csv": "Job Title\nCTO\n",
}


@pytest.mark.parametrize("top", ["", "Basic_LinkedInDataExport/", "a/b/"])
def test_an_archive_gives_its_connections_and_its_owner(tmp_path: Path, top: str) -> None:
    path = archive(tmp_path, MEMBERS, top)
    sniffed = sniff(path)
    assert sniffed is not None
    assert sniffed.account == "a@x.example"
    assert sniffed.members == (f"{top}Connections.csv",)
    record, problem = read(path)
    assert isinstance(record, Record)
    assert record.values[0] == Value(kinds.NAME, "Ben Ortiz")
    assert isinstance(problem, Problem)
    assert not problem.fatal
    assert problem.why.startswith("not read yet: ")
    for name in ("Profile.csv", "Email Addresses.csv", "Skills.csv", "Jobs/Saved Jobs.csv"):
        assert top + name in problem.why


def test_the_owner_is_the_profiles_name_without_an_address(tmp_path: Path) -> None:
    members = {k: v for k, v in MEMBERS.items() if k != "Email Addresses.csv"}
    sniffed = sniff(archive(tmp_path, members))
    assert sniffed is not None
    assert sniffed.account == "Ada Wong"


def test_a_folder_that_was_unpacked_is_an_archive_too(tmp_path: Path) -> None:
    for name in ("Connections.csv", "Profile.csv"):
        write(tmp_path, MEMBERS[name], name)
    sniffed = sniff(tmp_path)
    assert sniffed is not None
    assert sniffed.confidence == 98
    assert len(read(tmp_path)) == 2


def test_an_archive_without_connections_is_known_but_gives_nobody(tmp_path: Path) -> None:
    path = archive(tmp_path, {"messages.csv": "FROM,TO\n", "Profile.csv": MEMBERS["Profile.csv"]})
    sniffed = sniff(path)
    assert sniffed is not None
    assert sniffed.members == ()
    (problem,) = read(path)
    assert isinstance(problem, Problem)
    assert problem.why == "not read yet: Profile.csv"


def test_of_many_members_that_are_not_read_a_few_are_named(tmp_path: Path) -> None:
    names = ["Registration.csv", "Profile.csv", *(f"Shares {number}.csv" for number in range(6))]
    path = archive(tmp_path, dict.fromkeys(names, MEMBERS["Profile.csv"]))
    (problem,) = read(path)
    assert isinstance(problem, Problem)
    assert problem.why.endswith(" and 4 more files")
    assert problem.why.count(".csv") == 4


def test_the_same_row_in_two_lists_of_a_folder_comes_once(tmp_path: Path) -> None:
    write(tmp_path, HEAD + "Ada,Wong,,,,,1 Jan 2020\n", "Connections (1).csv")
    write(tmp_path, HEAD + "Ada,Wong,,,,,1 Jan 2020\nBen,Ortiz,,,,,1 Jan 2020\n", "Old.csv")
    assert len(read(tmp_path)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Name\nFlutter\n",
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\nAda,W,,,,,\n",
        "First Name,Middle Name,Last Name,Phonetic First Name\nAda,,W,\n",
        "BEGIN:VCARD\nFN:Ada\n",
    ],
)
def test_other_files_are_not_recognised(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    assert sniff(path) is None
    assert read(path) == []


def test_foreign_text_stays_as_it_is(tmp_path: Path) -> None:
    hostile = "[@click=app.quit]x\x1b]52;c;x\x07\u202e" + "x" * 10_000
    record = record_of(tmp_path, f"{HEAD}{hostile},\0,,,,,\n")
    assert record.values[0].value == f"{hostile} \ufffd"


def rows_in(stream: io.TextIOBase) -> list[dict[str, str]]:
    """The non-empty data rows, counted by the csv module alone."""
    rows = list(csv.reader(stream))
    start = next(index for index, row in enumerate(rows) if "Connected On" in row)
    found = [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :] if row]
    return [{h: c for h, c in row.items() if c} for row in found if any(row.values())]


def check(items: list[Record | Problem], rows: list[dict[str, str]]) -> None:
    about_rows = [item for item in items if not isinstance(item, Problem) or item.fatal]
    assert [json.loads(item.raw) for item in about_rows] == rows
    for item in about_rows:
        if isinstance(item, Problem):
            cells = {h for h, c in json.loads(item.raw).items() if c.strip()}
            assert not cells & {"First Name", "Last Name", "Company"}


@pytest.mark.skipif(not LISTS, reason="VITALFEW_SHARED is not set")
@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_row_of_a_sample_is_read_or_refused(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        check(read(path), rows_in(stream))


@pytest.mark.skipif(not LISTS, reason="VITALFEW_SHARED is not set")
def test_every_connection_of_the_sample_archive_is_read() -> None:
    assert FORMATS is not None
    (path,) = FORMATS.glob("linkedin-archive/*.zip")
    with zipfile.ZipFile(path) as made, made.open("Connections.csv") as stream:
        rows = rows_in(io.TextIOWrapper(stream, "utf-8", newline=""))
    check(read(path), rows)
