from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UsageError
from core.rules import kinds
from importers.columns import (
    ROLES,
    Column,
    column,
    day_first,
    key_of,
    known,
    record,
    values,
)
from importers.record import Problem, Record, Value


def one(role: str, cell: str, *, order: bool | None = None) -> list[Value]:
    return values({"H": cell}, {"H": role}, day_first=order)


@pytest.mark.parametrize(
    ("role", "meaning"),
    [
        ("given", Column(kinds.GIVEN)),
        ("Email: Work", Column(kinds.EMAIL, "work")),
        ("phone:Home Fax", Column(kinds.PHONE, "home fax")),
        ("email:School", Column(kinds.EMAIL, "School")),
        ("handle:Twitter", Column(kinds.HANDLE, "twitter")),
        ("org:2", Column(kinds.ORG, part=1)),
        ("street:home", Column(kinds.ADDRESS, "home", piece="street")),
        ("city:home:2", Column(kinds.ADDRESS, "home", 1, "city")),
        ("address:other", Column(kinds.ADDRESS, "other")),
        ("birth_day", Column(kinds.BIRTHDAY, piece="day")),
        ("custom:Shoe: size", Column(kinds.CUSTOM, "Shoe: size")),
        ("phonetic", Column(kinds.PHONETIC, "name")),
        ("tier", Column(kinds.LABEL, piece="tier")),
        ("skip", Column("")),
    ],
)
def test_a_role_says_kind_and_label(role: str, meaning: Column) -> None:
    assert column(role) == meaning


@pytest.mark.parametrize("role", ["", "nonsense", "name:home", "org:work", "org:0", ":home"])
def test_a_role_that_is_none_is_refused_with_those_there_are(role: str) -> None:
    with pytest.raises(UsageError, match=r"there are name, given, .*phone:mobile.*custom:LABEL"):
        column(role)


def test_every_role_there_is_can_be_asked_for() -> None:
    for role in ROLES:
        assert column(role).kind in {*kinds.ALL, ""}


def test_halves_of_a_name_give_the_whole_and_stand_behind_it() -> None:
    roles = {"L": "family", "F": "given", "T": "prefix", "Q": "suffix"}
    found = values({"L": "Wong", "F": "Ada", "T": "Dr.", "Q": "PhD"}, roles)
    assert found[0] == Value(kinds.NAME, "Dr. Ada Wong, PhD")
    assert [value.kind for value in found[1:]] == ["family", "given", "prefix", "suffix"]


def test_a_first_name_alone_is_a_name() -> None:
    assert one("given", "Ada")[0] == Value(kinds.NAME, "Ada")


def test_a_written_name_comes_first_and_is_not_made_again() -> None:
    found = values({"F": "Ada", "N": "Wong, Ada"}, {"F": "given", "N": "name"})
    assert found == [Value(kinds.NAME, "Wong, Ada"), Value(kinds.GIVEN, "Ada")]


def test_a_title_alone_makes_no_name() -> None:
    assert one("prefix", "Dr.") == [Value(kinds.PREFIX, "Dr.")]


def test_columns_of_one_role_keep_all_their_values_in_order() -> None:
    roles = {"A": "email:work", "B": "email:home", "C": "email:work"}
    found = values({"C": "c@x.example", "A": "a@x.example", "B": "b@x.example"}, roles)
    assert [value.value[0] for value in found] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("role", "cell", "pieces"),
    [
        ("email", "a@x.example; b@x.example", ["a@x.example", "b@x.example"]),
        ("email", "a@x.example ::: b@x.example", ["a@x.example", "b@x.example"]),
        ("email", '"Wong, Ada" <a@x.example>', ['"Wong, Ada" <a@x.example>']),
        ("phone", "+41 44 123 45 67\n079 123 45 67", ["+41 44 123 45 67", "079 123 45 67"]),
        ("phone", "044 123 45 67, ext 5", ["044 123 45 67, ext 5"]),
        ("phone", "'+41 44 123 45 67", ["+41 44 123 45 67"]),
        ("phone", '="+41441234567"', ["+41441234567"]),
        ("url", "a.example\nb.example", ["a.example", "b.example"]),
        ("label", "Friends; Smith, Wesson", ["Friends", "Smith, Wesson"]),
        ("label", '"Editors","Staff"', ["Editors", "Staff"]),
        ("label", "x ::: y, z ::: x", ["x", "y, z"]),
        ("relation:child", "Tom, Ann", ["Tom", "Ann"]),
        ("note", "one; two\nthree", ["one; two\nthree"]),
        ("org", "Smith; Wesson", ["Smith; Wesson"]),
    ],
)
def test_a_cell_may_list_several(role: str, cell: str, pieces: list[str]) -> None:
    kind = column(role).kind
    assert [value.value for value in one(role, cell) if value.kind == kind] == pieces


@pytest.mark.parametrize(
    ("cell", "label"),
    [("A", "Tier A"), ("b", "Tier B"), ("tier: c", "Tier C"), ("VIP", "VIP"), ("E", "E")],
)
def test_a_tier_is_a_label_that_names_it(cell: str, label: str) -> None:
    assert one("tier", cell) == [Value(kinds.LABEL, label)]


def test_an_employment_shares_its_number() -> None:
    roles = {"A": "org", "B": "title", "C": "org:2", "D": "department:2"}
    found = values({"A": "Globex", "B": "CTO", "C": "Initech", "D": "Sales"}, roles)
    assert [(value.kind, value.part) for value in found] == [
        (kinds.ORG, 0),
        (kinds.TITLE, 0),
        (kinds.ORG, 1),
        (kinds.DEPARTMENT, 1),
    ]


def test_the_cells_of_an_address_make_one_with_its_parts() -> None:
    roles = {"Ort": "city:home", "Str": "street:home", "Nr": "street:home", "W": "city:work"}
    found = values({"Ort": "Bern", "Str": "Weg 1", "W": "Zug", "Nr": "2. Stock"}, roles)
    home, work = found
    assert home == Value(kinds.ADDRESS, "Weg 1\n2. Stock\nBern", "home", detail=home.detail)
    assert json.loads(home.detail) == {"street": "Weg 1\n2. Stock", "city": "Bern"}
    assert work == Value(kinds.ADDRESS, "Zug", "work", detail='{"city":"Zug"}')


def test_a_whole_address_keeps_its_words_beside_its_parts() -> None:
    roles = {"Whole": "address", "City": "city", "Old": "address"}
    found = values({"City": "Bern", "Whole": "Weg 1, Bern", "Old": "Zug"}, roles)
    assert found == [
        Value(kinds.ADDRESS, "Weg 1, Bern", detail='{"city":"Bern"}'),
        Value(kinds.ADDRESS, "Zug"),
    ]


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("1980-05-03", None, "1980-05-03"),
        ("19800503", None, "1980-05-03"),
        ("1604-05-03", None, "--05-03"),
        ("--05-03", None, "--05-03"),
        ("3.5.1980", None, "1980-05-03"),
        ("25/12/1980", None, "1980-12-25"),
        ("3/5/1980", None, "3/5/1980"),
        ("3/5/1980", True, "1980-05-03"),
        ("3/5/1980", False, "1980-03-05"),
        ("1980-05-03 00:00:00", None, "1980-05-03"),
        ("99999-99-99", None, "99999-99-99"),
        ("in Spring", None, "in Spring"),
    ],
)
def test_a_date_is_told_as_far_as_it_can_be(cell: str, order: bool | None, day: str) -> None:
    assert one("birthday", cell, order=order) == [Value(kinds.BIRTHDAY, day)]
    assert one("date:Met", cell, order=order) == [Value(kinds.DATE, day, "Met")]


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "0/0/00",
            "00-00-0000",
            "0000-00-00",
            "1899-12-31",
            "12/30/1899",
            "31.12.1899",
            "1/0/1900",
        ),
        *("0001-01-01 00:00:00", "n/a", "-", " "),
    ],
)
def test_what_programs_write_for_no_date_is_none(cell: str) -> None:
    assert one("birthday", cell) == []


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        ({"D": "3", "M": "5", "Y": "1980"}, "1980-05-03"),
        ({"D": "3", "M": "May", "Y": "1980"}, "1980-05-03"),
        ({"D": "3", "M": "Mai"}, "--05-03"),
        ({"M": "5", "Y": "1980"}, "1980-05"),
        ({"Y": "1980"}, "1980"),
    ],
)
def test_a_birthday_in_pieces_is_joined(cells: dict[str, str], day: str) -> None:
    roles = {"D": "birth_day", "M": "birth_month", "Y": "birth_year"}
    assert values(cells, roles) == [Value(kinds.BIRTHDAY, day)]


def test_pieces_of_no_birthday_are_kept_under_their_headings() -> None:
    roles = {"D": "birth_day", "M": "birth_month", "Y": "birth_year"}
    assert values({"D": "31", "M": "2", "Y": "1980"}, roles) == [
        Value(kinds.EXTRA, "31", "D"),
        Value(kinds.EXTRA, "2", "M"),
        Value(kinds.EXTRA, "1980", "Y"),
    ]


def test_a_placeholder_is_no_value_but_may_be_a_name() -> None:
    roles = {"N": "family", "E": "email", "P": "phone", "O": "org", "S": "note"}
    found = values({"N": "Null", "E": "N/A", "P": "-", "O": "none", "S": "n/a"}, roles)
    assert [(value.kind, value.value) for value in found] == [
        (kinds.NAME, "Null"),
        (kinds.FAMILY, "Null"),
        (kinds.NOTE, "n/a"),
    ]


def test_a_column_nobody_knows_is_kept_under_its_heading_and_a_skipped_one_is_not() -> None:
    found = values({"Shoe": " 43 ", "Secret": "x", "Size": "L"}, {"Secret": "skip", "Size": "keep"})
    assert found == [Value(kinds.EXTRA, "43", "Shoe"), Value(kinds.EXTRA, "L", "Size")]


def test_a_guarded_export_of_our_own_is_restored_exactly() -> None:
    cells = {"A": "'=1+1", "B": "''quoted", "C": "plain", "D": "'+41 79 123 45 67"}
    found = values(cells, {"A": "note", "B": "note", "C": "note", "D": "phone"}, guarded=True)
    assert [v.value for v in found] == ["=1+1", "'quoted", "plain", "+41 79 123 45 67"]


def test_amounts_keep_their_words_and_their_heading() -> None:
    assert one("value", "1.234,50 €") == [Value(kinds.VALUE, "1.234,50 €", "H")]
    assert one("value:Deal", "n/a") == [Value(kinds.VALUE, "n/a", "Deal")]


def test_the_key_of_a_row_is_the_cell_of_its_column() -> None:
    assert key_of({"ID": " 0012 "}, {"ID": "key"}) == "0012"
    assert key_of({"ID": '="0012"'}, {"ID": "key"}) == "0012"
    assert key_of({"Name": "Ada"}, {"ID": "key", "Name": "name"}) == ""


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["3/5/1980", "25/12/1979"], True),
        (["3/5/1980", "12/25/1979"], False),
        (["3/5/1980", "1/2/03"], None),
        (["25/12/1979", "12/25/1979"], None),
        (["1980-05-25", "nonsense", "99999-99-99", ""], None),
    ],
)
def test_one_certain_date_tells_which_comes_first(cells: list[str], first: bool | None) -> None:
    assert day_first(cells) is first


def test_a_record_needs_something_to_know_somebody_by() -> None:
    note, name = Value(kinds.NOTE, "x"), Value(kinds.NICKNAME, "Ada")
    assert record("a row 1", b"{}", [note]) == Problem(
        "a row 1", "nothing to know anybody by", b"{}"
    )
    assert record("a row 1", b"{}", [note, name], "7") == Record(
        "a row 1", b"{}", "7", (note, name)
    )
    assert not known([])


@given(
    st.dictionaries(st.text(max_size=5), st.text(max_size=30), max_size=6),
    st.lists(st.sampled_from([*ROLES, "phone:mobile", "street:home", "org:2"]), max_size=6),
)
@settings(max_examples=150)
def test_no_cell_makes_a_role_fail_or_vanish(cells: dict[str, str], roles: list[str]) -> None:
    found = values(cells, dict(zip(cells, roles, strict=False)))
    assert all(value.value and value.kind in kinds.ALL for value in found)
    for heading in list(cells)[len(roles) :]:
        if text := cells[heading].strip():
            assert Value(kinds.EXTRA, text, heading) in found
