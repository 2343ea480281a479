from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules import kinds
from importers import columns, dialects, outlook, thunderbird
from importers.table import headings_of
from tests.importers.reading import people, read, sniff, texts, write

if TYPE_CHECKING:
    from pathlib import Path

OWN = {"usual", "display"}  # roles that only Outlook's reader knows


def printed(dialect: dialects.Dialect) -> tuple[list[str], list[str]]:
    """The headings of a dialect as its program prints them, and their roles."""
    (_, *languages), *lines = dialects._lines(dialect.program)
    place = languages.index(dialect.language) + 1
    cells = [(line[0], line[place].split(" | ")[0]) for line in lines if len(line) > place]
    found = [(role, cell) for role, cell in cells if cell]
    return [cell for _, cell in found], [role for role, _ in found]


DIALECTS = pytest.mark.parametrize(
    "dialect", dialects.dialects(), ids=lambda found: f"{found.program}-{found.language}"
)


@DIALECTS
def test_each_dialect_is_told_from_all_others_and_each_heading_keeps_its_meaning(
    dialect: dialects.Dialect,
) -> None:
    headings, roles = printed(dialect)
    unique = headings_of(headings)
    matched = dialects.match(unique)
    assert matched is not None
    programs = {dialects.OUTLOOK, dialects.LIVE_MAIL}
    if dialect.program == dialects.THUNDERBIRD:
        assert matched.dialect is dialect
    else:
        assert matched.dialect.program in programs
    assert matched.dialect.language == dialect.language
    assert [matched.roles.get(heading) for heading in unique] == roles


@DIALECTS
def test_each_role_of_the_data_is_one_that_a_column_can_have(dialect: dialects.Dialect) -> None:
    for role in set(printed(dialect)[1]) - OWN:
        columns.column(role)


@DIALECTS
def test_somebody_in_each_language_comes_out_by_name_and_address(
    tmp_path: Path, dialect: dialects.Dialect
) -> None:
    headings, roles = printed(dialect)
    wanted = {"given": "Ada", "family": "Wong", "email": "ada@x.example", "phone:work": "123 4567"}
    row = ["" for _ in headings]
    for role, cell in wanted.items():
        row[roles.index(role)] = cell
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([headings, row])
    path = write(tmp_path, text.getvalue())
    importer = thunderbird if dialect.program == dialects.THUNDERBIRD else outlook
    other = outlook if importer is thunderbird else thunderbird
    assert sniff(importer, path)
    assert sniff(other, path) is None
    (record,) = people(importer, path)
    assert texts(record, kinds.EMAIL) == ["ada@x.example"]
    assert texts(record, kinds.PHONE) == ["work: 123 4567"]
    assert texts(record, kinds.GIVEN) == ["Ada"]
    assert texts(record, kinds.FAMILY) == ["Wong"]


def test_headings_without_spaces_and_signs_are_the_same_headings(tmp_path: Path) -> None:
    head = "Title,FirstName,LastName,JobTitle,BusinessStreet,BusinessPhone,EmailAddress,User 1\n"
    path = write(tmp_path, head + "Dr.,Ada,Wong,CTO,1 High Street,123,ada@x.example,A\n")
    (record,) = people(outlook, path)
    assert texts(record, kinds.NAME) == ["Dr. Ada Wong"]
    assert texts(record, kinds.TITLE) == ["CTO"]
    assert texts(record, kinds.CUSTOM) == ["User 1: A"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_no_heading_stops_the_search(headings: list[str]) -> None:
    matched = dialects.match(headings_of(headings))
    assert matched is None or set(matched.hits) <= set(matched.roles)


def test_bytes_that_are_no_text_are_nobodys_list(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 40)
    for importer in (outlook, thunderbird):
        assert sniff(importer, path) is None
        assert read(importer, path) == []
