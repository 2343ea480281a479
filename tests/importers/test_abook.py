from __future__ import annotations

import pytest

from importers import abook
from tests.importers.small import DATA, all_said, read, said, sniffed

BOOK = DATA / "abook" / "addressbook"
HEAD = b"# abook addressbook file\n\n[format]\nprogram=abook\nversion=0.6.1\n\n"


def test_every_field_of_a_book_is_read() -> None:
    (ada, _), problems = read(abook, BOOK)
    assert not problems
    assert all_said(ada) == [
        ("name", "", "Ada Wong"),
        ("email", "", "ada@wong.example"),
        ("email", "", "ada@home.example"),
        ("phone", "home", "044 765 43 21"),
        ("phone", "work", "+41 44 123 45 67"),
        ("phone", "mobile", "079 123 45 67"),
        ("phone", "fax", "044 1"),
        ("address", "home", "Main Road 1\nsecond floor\nBern\nBE\n3000\nSwitzerland"),
        ("nickname", "", "Countess"),
        ("url", "", "https://wong.example/?a=b%20c"),
        ("note", "", "100 % reliable: knows #1; a=b"),
        ("date", "anniversary", "2011-06-18"),
        ("birthday", "", "--12-10"),
        ("label", "", "choir"),
        ("label", "", "crew"),
        ("custom", "Custom 1", "left-handed"),
        ("custom", "Custom 1", "twice"),
        ("extra", "shoe", "38"),
    ]


def test_a_line_without_a_sign_is_kept() -> None:
    (_, other), _ = read(abook, BOOK)
    assert all_said(other) == [
        ("email", "", "only@address.example"),
        ("extra", "line", "no sign in this line"),
    ]


def test_an_entry_is_the_same_whatever_its_number() -> None:
    (first,), _ = read(abook, HEAD + b"[0]\nname=Ada\n")
    (second,), _ = read(abook, HEAD + b"[17]\n\nname=Ada\n")
    assert (first.raw, first.key) == (second.raw, second.key) == (b"name=Ada\n", "")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-16"])
def test_every_encoding_is_read(encoding: str) -> None:
    data = (HEAD.decode() + "[0]\nname=Jörg Müller\n").encode(encoding)
    (joerg,), _ = read(abook, data)
    assert said(joerg, "name") == [("", "Jörg Müller")]


def test_an_empty_entry_and_stray_text_are_told() -> None:
    records, problems = read(abook, HEAD.replace(b"[format]", b"stray\n[format]") + b"[0]\nname=\n")
    assert not records
    assert [(problem.why, problem.fatal) for problem in problems] == [
        ("text that stands in no entry", False),
        ("nothing to know anybody by", True),
    ]


def test_an_entry_over_the_limit_is_refused_and_its_neighbour_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(abook, "RECORD_LIMIT", 100)
    big = b"[0]\nname=Big\nnotes=" + b"x" * 200 + b"\n"
    records, (problem,) = read(abook, HEAD + big + b"[1]\nname=Small\n")
    assert [said(record, "name") for record in records] == [[("", "Small")]]
    assert "100 characters" in problem.why


def test_the_book_is_known_by_its_head_and_in_its_folder_by_name() -> None:
    found = sniffed(abook, BOOK.parent)
    assert found
    assert found.members == ("addressbook",)
    assert read(abook, {"abookrc": HEAD, "addressbook": HEAD + b"[0]\nname=Ada\n"})[0]


@pytest.mark.parametrize("data", [b"", b"[0]\nname=Ada\n", b"[user]\nname=Ada\nprogram=git\n"])
def test_another_ini_file_is_not_claimed(data: bytes) -> None:
    assert read(abook, data) == ([], [])
