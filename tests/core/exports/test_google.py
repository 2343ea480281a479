"""The table for Google Contacts: our own import reads from it what was told."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exports.google import lines, told
from core.exports.said import Said, tell
from core.rules import kinds
from core.rules.guards import GUARDED
from importers import google
from importers.container import open_container
from importers.record import Record, Value
from tests.core.exports.people import anybody, fact, person

if TYPE_CHECKING:
    from core.queries.outgoing import Outgoing


def mark(value: Said | Value) -> tuple[object, ...]:
    parts = json.loads(value.detail) if value.kind == kinds.ADDRESS and value.detail else {}
    rest = (value.label.casefold(), value.preferred, *sorted(parts.items()))
    return value.kind, value.value, *rest


@settings(max_examples=50)
@given(st.lists(anybody(), min_size=1, max_size=2), st.booleans())
def test_our_import_reads_what_was_told(
    tmp_path_factory: pytest.TempPathFactory, people: list[Outgoing], raw: bool
) -> None:
    file = tmp_path_factory.mktemp("google") / "contacts.csv"
    tellings = [tell(one, with_tier=True) for one in people]
    file.write_bytes("".join(lines(lambda: tellings, raw=raw)).encode())
    with open_container(file) as container:
        found = list(google.read(container))
    records = [one for one in found if isinstance(one, Record)]
    assert len(records) == len(found) == len(people)
    for record, telling in zip(records, tellings, strict=True):
        assert set(map(mark, record.values)) == set(map(mark, told(telling)))


@settings(max_examples=40)
@given(anybody())
def test_no_cell_can_be_taken_for_a_formula(who: Outgoing) -> None:
    table = "".join(lines(lambda: [tell(who, with_tier=True)], raw=False))
    cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in {"=", "+", "-", "@"}]


def test_a_person_is_one_row_under_google_s_own_headings() -> None:
    detail = json.dumps({"street": "1 Main St", "city": "Bern"})
    held = [
        fact(1, kinds.NAME, "Ada Wong"),
        fact(2, kinds.ORG, "Wayne"),
        fact(3, kinds.TITLE, "CTO"),
        fact(4, kinds.EMAIL, "a@x.example", "work", preferred=1),
        fact(5, kinds.EMAIL, "b@x.example", "home"),
        fact(6, kinds.PHONE, "+41 79 123 45 67", "mobile"),
        fact(7, kinds.ADDRESS, "1 Main St\nBern", "home", detail=detail),
        fact(8, kinds.HANDLE, "@ada", "twitter"),
        fact(9, kinds.HANDLE, "ada.w", "skype"),
        fact(10, kinds.LABEL, "Friends"),
        fact(11, kinds.LABEL, "Tier C"),
        fact(12, kinds.NOTE, "one"),
        fact(13, kinds.NOTE, "two"),
        fact(14, kinds.DATE, "2010-06-07", "anniversary"),
    ]
    table = "".join(lines(lambda: [tell(person(held, "A"), with_tier=False)], raw=True))
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert {heading: cell for heading, cell in row.items() if cell} == {
        "First Name": "Ada",
        "Last Name": "Wong",
        "Organization Name": "Wayne",
        "Organization Title": "CTO",
        "Notes": "one\n\ntwo",
        "Labels": "* myContacts ::: Friends",
        "E-mail 1 - Label": "* Work",
        "E-mail 1 - Value": "a@x.example",
        "E-mail 2 - Label": "Home",
        "E-mail 2 - Value": "b@x.example",
        "Phone 1 - Label": "Mobile",
        "Phone 1 - Value": "+41 79 123 45 67",
        "Address 1 - Label": "Home",
        "Address 1 - Formatted": "1 Main St\nBern",
        "Address 1 - Street": "1 Main St",
        "Address 1 - City": "Bern",
        "Website 1 - Label": "Profile",
        "Website 1 - Value": "https://x.com/ada",
        "Event 1 - Label": "Anniversary",
        "Event 1 - Value": "2010-06-07",
        "Custom Field 1 - Label": "skype",
        "Custom Field 1 - Value": "ada.w",
    }


@pytest.mark.parametrize("raw", [True, False])
def test_a_phone_number_is_guarded_unless_a_program_asks(raw: bool) -> None:
    held = [fact(1, kinds.NAME, "=1+1"), fact(2, kinds.PHONE, "+41 79 123 45 67")]
    table = "".join(lines(lambda: [tell(person(held), with_tier=False)], raw=raw))
    head, row = csv.reader(io.StringIO(table, newline=""))
    assert (GUARDED in head) is not raw
    assert ("'+41 79 123 45 67" in row) is not raw
    assert ("'=1+1" in row) is not raw
