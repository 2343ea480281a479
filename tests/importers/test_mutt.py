from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import mutt
from importers.mutt_lines import Alias, parse
from importers.record import Problem, Record
from tests.importers.small import DATA, all_said, read, said
from tests.importers.vcard_cases import container

ALIASES = DATA / "mutt" / "aliases"


def by_key() -> dict[str, Record]:
    return {record.key: record for record in read(mutt, ALIASES)[0]}


def test_every_alias_of_one_address_is_a_person_with_the_key_as_nickname() -> None:
    people = by_key()
    assert set(people) == {
        *("ada", "ben", "chen", "fay", "gus", "dora@mar.example", "x@moon.example"),
    }
    assert all_said(people["ada"]) == [
        ("name", "", "Ada Wong"),
        ("email", "", "ada@wong.example"),
        ("nickname", "", "ada"),
        ("label", "", "crew"),
        ("label", "", "vip"),
        ("note", "", "met in Oslo"),
        ("label", "", "team"),
    ]


def test_names_in_quotes_comments_and_with_bare_commas_are_read() -> None:
    people = by_key()
    assert said(people["ben"], "name") == [("", "Ortiz, Ben")]
    assert said(people["chen"], "name") == [("", "Chen Wei")]
    assert said(people["fay"], "name") == [("", "Wray, Fay")]
    assert said(people["ben"], "label") == [("", "friends"), ("", "tennis"), ("", "pilots")]


def test_an_alias_of_several_addresses_is_a_label_of_each() -> None:
    people = by_key()
    assert all_said(people["dora@mar.example"]) == [
        ("name", "", "Mar, Dora"),
        ("email", "", "dora@mar.example"),
        ("label", "", "team"),
    ]
    assert said(people["gus"], "label") == [("", "moon"), ("", "pilots")]


def test_an_alias_of_other_keys_is_a_label_of_those_they_stand_for() -> None:
    (ada, ben), _ = read(
        mutt, b"alias ada a@x.example\nalias ben b@x.example\nalias duo ada, ben\n"
    )
    assert said(ada, "label") == said(ben, "label") == [("", "duo")]
    assert b"duo" in ada.raw


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("ada@x.example", [("", "ada@x.example")]),
        ("<ada@x.example>", [("", "ada@x.example")]),
        ("Ada Wong ada@x.example", [("Ada Wong", "ada@x.example")]),
        ("Ada Wong (home) <ada@x.example>", [("Ada Wong (home)", "ada@x.example")]),
        ('"Ada # Wong" <ada@x.example> # note', [("Ada # Wong", "ada@x.example")]),
        ("Ada Wong <ada@x.example", [("Ada Wong", "ada@x.example")]),
        ("Crew: a@x.example, b@x.example;", [("", "a@x.example"), ("", "b@x.example")]),
        ("a@x.example b@x.example", [("", "a@x.example"), ("", "b@x.example")]),
        ("nobody", []),
    ],
)
def test_addresses_are_read_in_every_form(written: str, found: list[tuple[str, str]]) -> None:
    alias = parse(f"alias key {written}")
    assert isinstance(alias, Alias)
    assert list(alias.addresses) == found


def test_what_names_nobody_is_told_with_its_line() -> None:
    _, problems = read(mutt, ALIASES)
    assert [(problem.where, problem.fatal) for problem in problems] == [
        ("aliases line 11", False),
        ("aliases line 13", True),
        ("aliases line 14", True),
    ]


def test_the_aliases_of_mail_are_read() -> None:
    people = {record.key: record for record in read(mutt, DATA / "mutt" / "mailrc")[0]}
    assert said(people["ada"], "label") == [("", "both")]
    assert said(people["ben@ortiz.example"], "label") == [("", "both")]
    assert said(people["names"], "name") == [("", "Dora Mar")]


def test_an_alias_keeps_its_bytes_wherever_it_stands() -> None:
    (first,), _ = read(mutt, b"alias ada Ada <a@x.example>\n")
    (second,), _ = read(mutt, b"# moved\n\nset x\nalias ada Ada <a@x.example>\r\n")
    assert first.raw == second.raw


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"alias ll='ls -l'\nalias mail='mutt -s hi ada@wong.example'\n",
        b"an alias is a name\nalias ada a@x.example is how you write one\nin a text\nlike this\n",
        b"postmaster: root\nada: ada@wong.example\n",
        b"ada@wong.example\tAda\tno day\nben@wong.example\tBen\tno day\n",
        b"set editor=vi\nsource x\n",
    ],
)
def test_other_text_is_not_claimed(data: bytes) -> None:
    assert read(mutt, data) == ([], [])


def test_in_a_folder_only_the_usual_names_are_looked_at() -> None:
    line = b"alias ada a@x.example\n"
    found = mutt.sniff(container({"x/.mutt/aliases": line, "notes": line}))
    assert found
    assert found.members == ("x/.mutt/aliases",)


@pytest.mark.parametrize("rest", ["(" * 5_000 + "a@b.example", '"' * 999, "<" * 999 + "a@b", ",,,"])
def test_hostile_lines_end_quickly_and_raise_nothing(rest: str) -> None:
    read(mutt, f"alias good a@x.example\nalias bad {rest}\n".encode())


@given(st.text(alphabet=st.sampled_from('ab@.<>(),"\\# \t-:é\x1b')))
@settings(max_examples=150, deadline=None)
def test_any_line_is_read_or_told(rest: str) -> None:
    assert parse(f"alias key {rest}") is not None
    data = f"alias good a@x.example\nalias key {rest}\n".encode()
    found = list(mutt.read(container({"aliases": data})))
    assert all(isinstance(item, Record | Problem) for item in found)
    assert any(isinstance(item, Record) and item.key == "good" for item in found)
