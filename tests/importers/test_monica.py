from __future__ import annotations

import json
from typing import Any

import pytest

from importers import monica
from importers.json_text import DEPTH_LIMIT
from tests.importers.small import DATA, all_said, read, said, sniffed

JSON = DATA / "monica" / "account.json"
SQL = DATA / "monica" / "account.sql"


def account(*contacts: object, **more: object) -> dict[str, Any]:
    """The smallest account that holds some contacts."""
    data = [{"count": len(contacts), "type": "contact", "values": list(contacts)}]
    return {"version": "1.0", "app_version": "4", "account": {"uuid": "a", "data": data, **more}}


def written(found: object) -> bytes:
    return json.dumps(found).encode()


def contact(**properties: object) -> dict[str, Any]:
    return {"uuid": "c", "properties": {"first_name": "Ada", **properties}, "data": []}


def test_everything_a_contact_says_is_read() -> None:
    (ada, _), _ = read(monica, JSON)
    photo = ada.media[0].sha256
    assert all_said(ada) == [
        ("name", "", "Ada K. Wong"),
        ("given", "", "Ada"),
        ("middle", "", "K."),
        ("family", "", "Wong"),
        ("nickname", "", "Countess"),
        ("org", "", "Globex"),
        ("title", "", "Captain"),
        ("note", "", "Met at sea"),
        ("birthday", "", "--12-10"),
        ("date", "first met", "2018-07-01"),
        ("email", "", "ada@wong.example"),
        ("phone", "", "+41 79 123 45 67"),
        ("handle", "twitter", "@adaw"),
        ("url", "", "https://www.linkedin.com/in/ada-wong"),
        ("custom", "Boat", "Nautilus"),
        ("address", "home", "Main Road 1\nBern\n3000\nCH"),
        ("address", "The boat", "Genoa"),
        ("gender", "", "F"),
        ("label", "", "crew"),
        ("label", "", "sea"),
        ("label", "", "starred"),
        ("extra", "food_preferences", "no fish"),
        ("extra", "stay_in_touch_frequency", "30"),
        ("note", "first met", "on deck"),
        ("extra", "pet", "Rex"),
        ("relation", "child", "Kit Wong"),
        ("relation", "introduced by", "Ben Ortiz"),
        ("note", "", "likes tea"),
        ("photo", "", photo),
    ]
    assert (ada.key, ada.revised) == ("c-ada", "2024-02-03T04:05:06Z")
    assert ada.media[0].media_type == "image/gif"


def test_the_dead_the_archived_and_ages_are_read() -> None:
    (_, ben), _ = read(monica, JSON)
    assert said(ben, "birthday") == [("", "1961")]
    assert said(ben, "date") == [("death", "2020-02-03")]
    assert said(ben, "label") == [("", "archived")]
    assert said(ben, "relation") == [("manager", "Ada K. Wong")]


def test_what_is_left_out_is_counted() -> None:
    _, problems = read(monica, JSON)
    assert [(problem.why, problem.fatal) for problem in problems] == [
        ("nothing to know anybody by", True),
        ("left out: 1 contact that only stands in a relation of others", False),
        ("not read yet: 2 activities, 1 call", False),
    ]


def test_the_sql_of_older_versions_says_the_same() -> None:
    (ada, ben), problems = read(monica, SQL)
    assert all_said(ada)[:8] == [
        ("name", "", 'Ada O\'Wong (sea, sky); "x"'),
        ("given", "", "Ada"),
        ("family", "", 'O\'Wong (sea, sky); "x"'),
        ("org", "", "Globex"),
        ("title", "", "Captain"),
        ("note", "", "one\ntwo \\ INSERT INTO contacts"),
        ("birthday", "", "--12-10"),
        ("email", "", "ada@wong.example"),
    ]
    assert said(ada, "phone") == [("", "+41791234567")]
    assert said(ada, "address") == [("home", "Main Road 1\nBern")]
    assert said(ada, "gender") == [("", "Woman")]
    assert said(ada, "label") == [("", "crew"), ("", "starred")]
    assert said(ada, "relation") == [("child", "Kit")]
    assert (ada.key, ben.key) == ("c-ada", "id 2")
    assert said(ben, "phone") == [("", "0791234568")]
    assert [problem.why for problem in problems] == [
        "left out: 1 contact that only stands in a relation of others",
        "not read yet: 2 calls",
    ]


def test_a_statement_within_a_note_makes_nobody() -> None:
    (ada, _), _ = read(monica, SQL)
    (_, note) = said(ada, "note")
    assert "Mallory" in note[1]
    assert "Trudy" in note[1]


def test_sql_that_breaks_off_gives_the_rows_before() -> None:
    data = SQL.read_bytes()
    records, problems = read(monica, data[: data.index(b"(2,1,'Ben'") + 8])
    assert [record.key for record in records] == ["c-ada"]
    assert [(problem.why, problem.fatal) for problem in problems] == [
        ("the rows of contacts break off after 1", True)
    ]


def test_looking_at_a_contact_does_not_change_its_bytes() -> None:
    (before,), _ = read(monica, written(account(contact(number_of_views=1))))
    (after,), _ = read(monica, written(account(contact(number_of_views=9, last_consulted_at="x"))))
    (renamed,), _ = read(monica, written(account(contact(last_name="Wong"))))
    assert before.raw == after.raw
    assert renamed.raw != before.raw


def deep(levels: int) -> object:
    found: object = "x"
    for _ in range(levels):
        found = [found]
    return found


def test_a_contact_nested_too_deep_costs_only_itself() -> None:
    fine = contact(job=deep(DEPTH_LIMIT - 10))
    records, problems = read(monica, written(account(contact(job=deep(DEPTH_LIMIT + 10)), fine)))
    assert len(records) == 1
    assert [problem.why for problem in problems] == [f"nested deeper than {DEPTH_LIMIT} levels"]


START = b'{"version":"1","app_version":"4","account":{"uuid":"a","data":'


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (b"[" * 100_000, "nested deeper"),
        (b"NaN}}", "NaN"),
        (b"-Infinity}}", "Infinity"),
        (b'[],"data":[]}}', "a key twice"),
        (b"[]", "not JSON from line 1"),
        (b"[]}} x", "not JSON"),
    ],
)
def test_json_that_cannot_be_trusted_is_refused_in_a_sentence(rest: bytes, words: str) -> None:
    records, (problem,) = read(monica, START + rest)
    assert not records
    assert words in problem.why
    assert problem.fatal


def test_numbers_of_ten_thousand_digits_and_endless_ones_are_text() -> None:
    data = START + b'[{"type":"contact","values":[{"uuid":"c","properties":{"first_name":"Ada",'
    data += b'"job":' + b"9" * 10_000 + b',"company":1e999,"updated_at":-1}}]}]}}'
    (ada,), problems = read(monica, data)
    assert said(ada, "title") == [("", "9" * 10_000)]
    assert said(ada, "org") == [("", "1e999")]
    assert not problems


def test_lone_surrogates_and_nul_become_signs_that_can_be_stored() -> None:
    text = r'[{"type":"contact","values":[{"properties":{"first_name":"A\ud800B\u0000"}}]}]}}'
    (ada,), _ = read(monica, START + text.encode())
    assert said(ada, "given") == [("", "A\N{REPLACEMENT CHARACTER}B\N{REPLACEMENT CHARACTER}")]


@pytest.mark.parametrize(
    "odd", [None, 1, "x", [], {}, [1], {"a": 1}, True, [[]], {"properties": []}, [None]]
)
def test_odd_shapes_raise_nothing(odd: object) -> None:
    names = ("tags", "birthdate", "gender", "avatar", "is_partial", "is_active", "first_name")
    contacts = [contact(**{name: odd}) for name in names]
    things = ("contact_field", "address", "note", "photo", "pet", "call")
    held = [{**contact(), "data": [{"type": thing, "values": odd}]} for thing in things]
    each = [{**contact(), "data": [{"type": thing, "values": [odd]}]} for thing in things]
    book = account(odd, *contacts, *held, *each, {**contact(), "data": odd}, instance=odd)
    book["account"]["data"].append({"type": "relationship", "values": [odd]})
    book["account"]["data"].append(odd)
    records, _ = read(monica, written(book))
    assert len(records) >= len(held)
    read(monica, written({"version": "1", "app_version": "4", "account": {"uuid": "a", "x": odd}}))


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b'{"account": 1}', b'{"messages": [], "account": {"data": []}}', b"SELECT 1;\n"],
)
def test_other_json_and_sql_is_not_claimed(data: bytes) -> None:
    assert read(monica, data) == ([], [])


def test_an_archive_of_many_files_is_not_opened_one_by_one() -> None:
    files = {f"messages/{number}.json": b"{}" for number in range(100)}
    assert read(monica, {**files, "account.json": JSON.read_bytes()}) == ([], [])
    few = {"account.json": JSON.read_bytes(), "other.json": b"{}"}
    assert len(read(monica, few)[0]) == 2


def test_both_forms_are_known() -> None:
    for path in (JSON, SQL):
        found = sniffed(monica, path)
        assert found
        assert (found.confidence, found.members) == (95, (path.name,))
