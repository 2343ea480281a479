from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import VitalfewError
from importers.container import Container, Member, open_container
from importers.record import Problem
from importers.table import EXTRA, Row, Table, canonical, headings_of, open_table, peek

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = frozenset({"name", "mail", "note"})


def member_of(data: bytes) -> Member:
    return Member("people.csv", len(data), "", lambda: io.BytesIO(data))


def table_of(data: bytes, known: frozenset[str] = KNOWN) -> Table:
    table = open_table(member_of(data), known)
    assert isinstance(table, Table)
    return table


def rows_of(data: bytes, known: frozenset[str] = KNOWN) -> list[Row]:
    items = list(table_of(data, known))
    assert all(isinstance(item, Row) for item in items), items
    return [item for item in items if isinstance(item, Row)]


def names_of(data: bytes) -> list[str]:
    return [item.cells.get("Name", "") for item in table_of(data) if isinstance(item, Row)]


def problems_of(data: bytes) -> list[Problem]:
    return [item for item in table_of(data) if isinstance(item, Problem)]


def test_cells_stand_under_their_headings_and_empty_ones_are_left_out() -> None:
    (row,) = rows_of(b"Name,Mail,Note\nAda,,hello\n")
    assert row == Row(2, {"Name": "Ada", "Note": "hello"})
    assert canonical(row) == b'{"Name":"Ada","Note":"hello"}'


def test_line_breaks_inside_quotes_belong_to_the_cell() -> None:
    rows = rows_of(b'Name,Mail,Note\r\nAda,a@x.example,"one\r\ntwo, ""three"""\r\nBob,,\r\n')
    assert [row.cells["Name"] for row in rows] == ["Ada", "Bob"]
    assert rows[0].cells["Note"] == 'one\r\ntwo, "three"'


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = delimiter.join(("Name", "Mail")) + "\n" + delimiter.join(("Ada, W; x", "a@x"))
    (row,) = rows_of(text.replace("Ada, W; x", '"Ada, W; x"').encode())
    assert row.cells == {"Name": "Ada, W; x", "Mail": "a@x"}


@pytest.mark.parametrize("first", [b"sep=;\r\n", b'"sep=;"\r\n', b"\xef\xbb\xbfsep=;\n"])
def test_a_first_line_may_name_the_delimiter(first: bytes) -> None:
    (row,) = rows_of(first + b"Name;Mail\nAda;a,b\n")
    assert row.cells == {"Name": "Ada", "Mail": "a,b"}


def test_without_known_headings_the_most_even_delimiter_wins() -> None:
    table = table_of(b"who;where, when\nAda;Berlin, Rome\nBob;Bonn\n", frozenset())
    assert table.layout.headings == ("who", "where, when")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_usual_encoding_is_read(encoding: str) -> None:
    text = "Name,Mail\r\n" + "José Müller,j@x.example\r\n" * 30
    assert set(names_of(text.encode(encoding))) == {"José Müller"}


def test_a_guessed_encoding_is_told() -> None:
    (problem,) = problems_of("Name,Mail\nJosé,j@x\n".encode("cp1252"))
    assert not problem.fatal
    assert "cp1252" in problem.why


def test_one_bad_byte_in_utf8_harms_no_other_row() -> None:
    data = "Name,Mail\nMüller,m@x\nJos#,j@x\nŁukasz,l@x\n김철수,p@x\n".encode().replace(
        b"#", b"\xe9"
    )
    assert names_of(data) == ["Müller", "José", "Łukasz", "김철수"]


def test_bytes_without_a_meaning_are_kept_as_characters() -> None:
    assert names_of(b"Name,Mail\n\xe9\x81\xe9,j@x\n") == ["é\x81é"]


def test_a_character_across_two_pieces_is_read_whole() -> None:
    data = b"Name,Mail\n" + b"x" * ((1 << 20) - 11) + "é,m\nAda,a\n".encode()
    assert names_of(data)[0].endswith("xé")
    assert problems_of(data) == []


@pytest.mark.parametrize("newline", ["\r", "\n", "\r\n"])
def test_every_line_end_is_one(newline: str) -> None:
    assert names_of(newline.join(["Name,Mail", "Ada,a", "Bob,b"]).encode()) == ["Ada", "Bob"]


def test_mixed_line_ends_are_read() -> None:
    assert names_of(b"Name,Mail\r\nAda,a\rBob,b\nCy,c") == ["Ada", "Bob", "Cy"]


def test_a_preamble_is_skipped_and_rows_are_counted_as_a_spreadsheet_does() -> None:
    (row,) = rows_of(b'Notes:\n"two\nlines, and more"\n\nName,Mail\nAda,a\n')
    assert row.number == 5
    assert table_of(b"Notes:\n\nName,Mail\nAda,a\n").where(4) == "people.csv row 4"


def test_a_preamble_with_an_unclosed_quote_hides_nothing() -> None:
    assert names_of(b'Say "hi\n"here\nName,Mail\nAda,a\n') == ["Ada"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"Name\nAda\n", b"x,y\n1,2\n", b"\xff\xfe", b"\0"])
def test_a_table_without_known_headings_is_a_problem(data: bytes) -> None:
    problem = open_table(member_of(data), KNOWN)
    assert isinstance(problem, Problem)
    assert problem.fatal


def test_short_rows_are_padded_and_long_rows_keep_their_rest() -> None:
    rows = rows_of(b"Name,Mail\nAda\nBob,b,c,,d,,\nCy,c,,\n")
    assert [row.cells for row in rows] == [
        {"Name": "Ada"},
        {"Name": "Bob", "Mail": "b", EXTRA: "c,,d"},
        {"Name": "Cy", "Mail": "c"},
    ]


def test_empty_rows_are_no_rows_but_count() -> None:
    rows = rows_of(b"Name,Mail\n\n,\nAda,a\n")
    assert [(row.number, row.cells["Name"]) for row in rows] == [(4, "Ada")]


def test_equal_and_empty_headings_are_made_unique() -> None:
    assert headings_of(["Tag", " Tag", "", "Tag", "Tag (2)", ""]) == (
        *("Tag", "Tag (2)", "column 3", "Tag (3)", "Tag (2) (2)", "column 6"),
    )


@given(st.lists(st.sampled_from(["a", "a (2)", "a (3)", "", "column 2", "b"]), max_size=12))
@settings(max_examples=60)
def test_headings_are_always_unique(cells: list[str]) -> None:
    assert len(set(headings_of(cells))) == len(cells)


def test_nul_is_shown_as_a_character_and_kept_in_the_raw_words() -> None:
    (row,) = rows_of(b"Name,Mail\nA\0da,a\n")
    assert row.cells["Name"] == "A\ufffdda"
    assert json.loads(canonical(row))["Name"] == "A\0da"


def test_a_field_of_a_million_characters_is_read() -> None:
    (row,) = rows_of(b"Name,Note\nAda," + b"x" * 1_000_000 + b"\n")
    assert len(row.cells["Note"]) == 1_000_000


def test_a_million_columns_are_bounded_and_not_lost() -> None:
    table = table_of(b"Name,Mail" + b"," * 1_000_000 + b"\nAda,a" + b"," * 1_000_000 + b"z\n")
    assert len(table.layout.headings) == 10_000
    (row,) = table
    assert isinstance(row, Row)
    assert row.cells["Name"] == "Ada"
    assert row.cells[EXTRA].endswith("z")


@pytest.mark.parametrize(
    ("broken", "others"),
    [
        (b'Bob,"b,x\n', ["Ada", "Cy", "Di"]),  # swallows the rest of the file
        (b'Bob,b,"x\n', ["Ada", "Bob", "Cy", "Di"]),  # in the last cell: read, with a warning
        (b'"Bob,"b","x"\n', ["Ada", "Cy", "Di"]),
        (b'"Bob" B.,b,x\n', ["Ada", "Bob B.", "Cy", "Di"]),
    ],
)
def test_a_broken_quote_harms_no_other_row(broken: bytes, others: list[str]) -> None:
    data = b"Name,Mail,Note\nAda,a,1\n" + broken + b'Cy,c,3\n"Di","d","4"\n'
    assert names_of(data) == others
    (problem,) = problems_of(data)
    assert problem.where == "people.csv row 3"
    assert problem.raw == broken
    assert problem.fatal == (len(others) == 3)


def test_two_unclosed_quotes_do_not_take_the_rows_between_them() -> None:
    data = b'Name,Mail,Note\nAda,"a,1\nBob,b,2\nCy,c,3\nDi,"d,4\nEd,e,5\n'
    assert names_of(data) == ["Bob", "Cy", "Ed"]
    assert [problem.raw for problem in problems_of(data)] == [b'Ada,"a,1\n', b'Di,"d,4\n']


def test_quotes_that_close_by_chance_do_not_make_one_row_of_three() -> None:
    data = b'Name,Mail,Note\nAda,"a,1\nBob,b,2\nCy,c",3,4,5\nDi,d,4\n'
    assert names_of(data)[0] == "Bob"
    assert names_of(data)[-1] == "Di"


def test_an_unclosed_quote_at_the_end_keeps_the_lines_of_its_own_cell() -> None:
    data = b'Name,Mail,Note\nAda,a,"first\nsecond'
    (row, problem) = table_of(data)
    assert isinstance(row, Row)
    assert row.cells["Note"] == "first\nsecond"
    assert isinstance(problem, Problem)
    assert not problem.fatal


def test_many_broken_rows_stay_linear() -> None:
    data = b"Name,Mail,Note\n" + b'A,"b,c\n' * 20_000 + b"Zoe,z,9\n"
    assert names_of(data)[-1] == "Zoe"
    lost = b"".join(problem.raw for problem in problems_of(data))
    assert lost.count(b"\n") + len(names_of(data)) >= 20_001


def test_a_row_beyond_the_limit_is_told_and_the_rest_is_read() -> None:
    data = b'Name,Mail,Note\nAda,"' + b"x\n" * 60_000 + b"Bob,b,2\nCy,c,3\n"
    assert names_of(data)[-2:] == ["Bob", "Cy"]
    assert "50,000 lines" in problems_of(data)[0].why


def test_a_damaged_archive_gives_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "book.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("people.csv", "Name,Mail\n" + "Ada,a@x.example\n" * 200)
    data = path.read_bytes().replace(b"Ada,a@x.example", b"Eve,e@x.example", 1)
    path.write_bytes(data)
    with open_container(path) as container:
        assert isinstance(container, Container)
        problem = open_table(container.members[0], KNOWN)
    assert isinstance(problem, Problem)
    assert problem.why


def test_a_member_that_fails_while_it_is_read_gives_a_sentence_and_what_came_before() -> None:
    class Torn(io.BytesIO):
        """Fails in the middle, from the third time it is opened."""

        opened = 0

        def __init__(self, data: bytes) -> None:
            super().__init__(data)
            Torn.opened += 1

        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() and Torn.opened > 2:
                raise VitalfewError("The archive is damaged.")
            return super().read(size)

        read1 = read

    data = b"Name,Mail\n" + b"Ada,a@x.example\n" * 10_000
    table = open_table(Member("people.csv", len(data), "", lambda: Torn(data)), KNOWN)
    assert isinstance(table, Table)
    *rows, problem = table
    assert rows
    assert problem == Problem("people.csv", "The archive is damaged.")


def test_a_broken_half_of_a_character_in_utf16_is_replaced() -> None:
    data = "Name,Mail\nA#a,a\n".encode("utf-16-le").replace(b"#\0", b"\0\xd8")
    assert names_of(b"\xff\xfe" + data) == ["A\ufffda"]


def test_peek_reads_a_cut_beginning() -> None:
    layout = peek("Name,Mail,Note\nAda,\u00e9".encode()[:-1], KNOWN)
    assert layout is not None
    assert layout.headings == ("Name", "Mail", "Note")
    assert peek(b"", KNOWN) is None


cell = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8) | st.sampled_from(
    ['"', '""', "a\nb", "a\r\nb", ",", ";", " x ", "'=1"]
)


@given(st.lists(st.lists(cell, min_size=3, max_size=3), max_size=8))
@settings(max_examples=150)
def test_what_a_csv_writer_writes_is_read_back(rows: list[list[str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([["Name", "Mail", "Note"], *rows])
    expected = [
        {h: c for h, c in zip(("Name", "Mail", "Note"), row, strict=True) if c} for row in rows
    ]
    assert [row.cells for row in rows_of(out.getvalue().encode())] == [c for c in expected if c]


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_no_bytes_raise(data: bytes) -> None:
    for item in table_of(b"Name,Mail,Note\n" + data):
        assert isinstance(item, Row | Problem)
