from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from importers import mastodon
from tests.importers.small import DATA, all_said, read, said, sniffed

if TYPE_CHECKING:
    from importers.record import Record

FOLDER = DATA / "mastodon"


def by_key() -> dict[str, Record]:
    return {record.key: record for record in read(mastodon, FOLDER)[0]}


def test_an_account_is_one_entry_with_all_that_the_tables_say() -> None:
    ada = by_key()["ada@social.example"]
    assert all_said(ada) == [
        ("handle", "mastodon", "ada@social.example"),
        ("extra", "Mastodon", "follower"),
        ("extra", "Mastodon", "following"),
        ("label", "", "Crew"),
        ("label", "", "Sea, sky"),
    ]


def test_muted_and_blocked_people_keep_that_label() -> None:
    people = by_key()
    assert said(people["loud@social.example"], "label") == [("", "muted")]
    assert said(people["spam@bad.example"], "label") == [("", "blocked")]
    assert said(people["ada@bad.example"], "label") == [("", "blocked")]


def test_signs_case_and_spaces_around_an_address_do_not_matter() -> None:
    people = by_key()
    assert said(people["ben@other.example"], "handle") == [("mastodon", "Ben@Other.example")]
    assert len(people) == 7


def test_domains_and_bookmarks_are_left_alone_and_named() -> None:
    _, problems = read(mastodon, FOLDER)
    assert [(problem.why, problem.fatal) for problem in problems] == [
        ("not the address of an account", True),
        ("left alone, no people: blocked_domains.csv, bookmarks.csv", False),
    ]


def test_the_owner_is_read_from_the_page_beside() -> None:
    found = sniffed(mastodon, FOLDER)
    assert found
    assert found.account == "me@social.example"
    assert found.confidence == 95
    assert len(found.members) == 5


@pytest.mark.parametrize(
    "page", ["{", "[]", '{"id": 1}', '{"preferredUsername": "me", "id": "x"}', "[" * 200_000]
)
def test_a_page_that_names_nobody_gives_no_owner(page: str) -> None:
    files = {"actor.json": page.encode(), "followers.csv": b"Account address\na@b.example\n"}
    records, _ = read(mastodon, files)
    assert len(records) == 1


@pytest.mark.parametrize("name", ["following_accounts.csv", "following-2024-01-01.csv"])
@pytest.mark.parametrize(
    "text", ["ada@x.example\n", "\n@ada@x.example,true\nben@y.example,false\n"]
)
def test_tables_without_headings_are_known_by_name_and_lines(name: str, text: str) -> None:
    records, problems = read(mastodon, text.encode(), name)
    assert [record.key for record in records][:1] == ["ada@x.example"]
    assert said(records[0], "extra") == [("Mastodon", "following")]
    assert not problems


def test_a_table_with_the_heading_is_known_whatever_its_name() -> None:
    data = b"Account address,Hide notifications\nada@x.example,true\n"
    (ada,), _ = read(mastodon, data, "download (3).csv")
    assert said(ada, "label") == [("", "muted")]


def test_the_bytes_of_an_account_change_only_with_what_is_said() -> None:
    (one,), _ = read(mastodon, b"Account address,Show boosts\nada@x.example,true\n")
    (same,), _ = read(mastodon, b"Account address,Show boosts\n\n@ADA@x.example ,false\n")
    table = {"a/following_accounts.csv": b"ada@x.example\n", "a/lists.csv": b"Crew,ada@x.example\n"}
    (listed,), _ = read(mastodon, table)
    assert one.raw == same.raw
    assert listed.raw != one.raw
    assert json.loads(one.raw) == {"Account address": "ada@x.example", "following": []}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.csv", b"ada@x.example\nben@y.example\n"),
        ("following.csv", b"name,username\nAda,ada\n"),
        ("followers.csv", b""),
        ("lists.csv", b"name,count\nCrew,3\n"),
        ("blocked_domains.csv", b"bad.example\n"),
        ("actor.json", b'{"id": "https://x.example/users/me", "preferredUsername": "me"}'),
    ],
)
def test_other_tables_are_not_claimed(name: str, data: bytes) -> None:
    assert read(mastodon, data, name) == ([], [])
