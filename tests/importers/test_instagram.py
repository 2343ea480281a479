from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from importers import instagram, instagram_lists
from importers.choices import Options
from importers.container import open_container
from importers.run import import_paths
from tests.book import fresh, rows
from tests.importers.meta_cases import ADA, NORA, START, Said, broken, thread
from tests.importers.small import DATA, all_said, read, said, sniffed
from tests.importers.talking import READING, claims, packed, store, talks, twice_is_once

if TYPE_CHECKING:
    from pathlib import Path

    from importers.record import Record

FOLDER = DATA / "instagram"
WHOLE = FOLDER / "instagram-nora-2026-08-12-abcd"
LISTS = "connections/followers_and_following"
ME = READING._replace(me=frozenset({("handle", "instagram:nora.f"), ("name", "nora feldmann")}))


def by_key(path: Path) -> dict[str, Record]:
    return {one.key: one for one in read(instagram, path)[0]}


def test_an_account_is_one_entry_with_all_that_the_lists_say() -> None:
    assert all_said(by_key(WHOLE)["zoe.mueller"]) == [
        ("handle", "instagram", "zoe.mueller"),
        ("label", "", "close friends"),
        ("extra", "Instagram", "follower"),
        ("extra", "Instagram", "following"),
        ("connected", "", "2020-05-20"),
    ]


def test_all_three_shapes_of_lists_and_all_their_parts_are_read() -> None:
    people = by_key(WHOLE)
    assert set(people) == {
        *("zoe.mueller", "only_follows", "second.part", "older.shape", "by_link"),
        *("lukasz", "loud_one", ""),
    }
    assert said(people["lukasz"], "name") == [("", "Łukasz Żółw")]
    assert said(people["lukasz"], "extra") == [("Instagram", "requested")]
    assert said(people["loud_one"], "label") == [("", "blocked")]


def test_what_names_no_account_is_refused_and_what_lists_nobody_is_named() -> None:
    _, problems = read(instagram, WHOLE)
    assert [(problem.why, problem.fatal) for problem in problems] == [
        ("no account is named", True),
        ("no name, or no number and address", True),
        ("left alone: following_hashtags.json, removed_suggestions.json", False),
    ]


def test_the_phone_book_is_read_in_whatever_language_its_labels_are() -> None:
    (chen,) = [one for one in read(instagram, WHOLE)[0] if not one.key]
    assert all_said(chen) == [("name", "", "Chen Wéi"), ("phone", "", "+41795550102")]


def test_lists_as_pages_say_the_same() -> None:
    people = by_key(FOLDER / "pages")
    assert said(people["zoe.mueller"], "connected") == [("", "2026-08-09")]
    assert said(people["quiet"], "connected") == [("", "2021-03-01")]
    assert said(people["loud_one"], "name") == [("", "Loud Öne")]
    assert said(people["loud_one"], "label") == [("", "blocked")]


def test_downloads_until_2020_are_read() -> None:
    people = by_key(FOLDER / "old")
    assert set(people) == {"zoe.mueller", "quiet", "loud_one"}
    assert said(people["zoe.mueller"], "connected") == [("", "2017-01-01")]
    found, problems = talks(instagram, FOLDER / "old", ME)
    assert [(one.text, one.direction, one.sender and one.sender.value) for one in found] == [
        ("Grüße", "", "instagram:zoe.mueller"),
        ("reacted ❤", "out", None),
        ("[photo]", "", "instagram:nora.f"),
    ]
    assert [problem.why for problem in problems] == ["no time that can be read"]


@pytest.mark.parametrize(
    ("entry", "handle"),
    [
        ({"title": "", "string_list_data": [{"href": "x", "value": "ada"}]}, "ada"),
        ({"title": "ada", "string_list_data": [{"href": "https://x.example/"}]}, "ada"),
        ({"string_list_data": [{"href": "https://www.instagram.com/_u/ada"}]}, "ada"),
        ({"string_list_data": [{"href": "https://www.instagram.com/ada?hl=de"}]}, "ada"),
        ({"label_values": [{"label": "Benutzername", "value": "ada"}]}, "ada"),
        ({"label_values": [{"label": "?", "value": "Ada W."}, {"value": "ada"}]}, "ada"),
        ({"title": "", "string_list_data": []}, ""),
        ({"title": "two words", "string_list_data": "broken", "label_values": 3}, ""),
    ],
)
def test_the_handle_is_found_wherever_it_stands(entry: dict[str, object], handle: str) -> None:
    data = json.dumps(broken([entry])).encode()
    records, problems = read(instagram, {f"{LISTS}/followers_1.json": data})
    assert [one.key for one in records] == ([handle] if handle else [])
    assert len(problems) == (not handle)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("followers_12.json", "follower"),
        ("following.html", "following"),
        ("following_1.json", "following"),
        ("following_hashtags.json", ""),
        ("follow_requests_you've_received.json", "asked to follow"),
        ("recently_unfollowed_accounts.json", "unfollowed"),
        ("restricted_profiles.json", "restricted"),
        ("hide_story_from.json", ""),
    ],
)
def test_the_name_of_a_list_says_what_those_in_it_are(name: str, role: str) -> None:
    assert instagram_lists.role_of(f"a/{name}") == role


def test_a_loose_list_is_known_by_its_beginning() -> None:
    data = (WHOLE / LISTS / "following.json").read_bytes()
    records, _ = read(instagram, {"download (3).json": data})
    assert said(records[0], "extra") == [("Instagram", "following")]


def test_the_bytes_of_an_account_do_not_depend_on_the_order_of_files() -> None:
    files = {
        f"{LISTS}/{name}": (WHOLE / LISTS / name).read_bytes()
        for name in ("close_friends.json", "followers_1.json", "following.json")
    }
    forth, _ = read(instagram, files)
    back, _ = read(instagram, dict(reversed(files.items())))
    assert {one.raw for one in forth} == {one.raw for one in back}


def test_bare_handles_make_nobody_but_join_who_is_there(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Zoe\nURL:https://instagram.com/zoe.mueller\nEND:VCARD\n"
    (tmp_path / "zoe.vcf").write_text(card)
    options = Options(region="CH", sure=True)
    import_paths(bus, bus.path, [tmp_path / "zoe.vcf"], options)
    report = import_paths(bus, bus.path, [WHOLE], options)
    assert rows(bus.path, "SELECT count(*) FROM person_row") == [(1,)]
    (people,) = [run for run in report.runs if not run.talks]
    assert people.stored.left_out == 7
    bus.close()


def test_the_owner_is_read_from_the_profile_whatever_its_labels() -> None:
    phone = [("phone", "+41791234567")]
    for place, more in (("old", []), ("pages", []), (WHOLE.name, phone)):
        with open_container(FOLDER / place) as box:
            assert [party[:2] for party in instagram.owner(box)] == [
                *(("handle", "instagram:nora.f"), ("name", NORA)),
                *(("email", "nora@feldmann.example"), *more),
            ]
    found = sniffed(instagram, WHOLE)
    assert found
    assert (found.account, len(found.members)) == ("nora.f", 7)


def test_messages_keep_what_was_said_and_leave_out_what_the_app_wrote() -> None:
    found, problems = talks(instagram, WHOLE)
    assert [(one.kind, one.text, one.seconds) for one in found] == [
        ("message", "Öl auf Leinwand\nhttps://www.instagram.com/p/abc/", 0),
        ("call", "", 61),
        ("message", "[attachment]", 0),
        ("message", "[voice message]", 0),
    ]
    assert {(one.channel, one.thread, one.subject) for one in found} == {
        ("instagram", "17841400000000001", "")
    }
    assert [problem.why for problem in problems] == ["messages left out: 3 written by the app"]


@pytest.mark.parametrize(
    "files",
    [
        ("messages/inbox/ada_1/message_1.json", "followers_and_following/followers.json"),
        ("instagram-nora/messages/message_requests/ada_1/message_1.json",),
        ("your_instagram_activity/messages/inbox/ada_1/messa.json",),
    ],
)
def test_every_layout_is_told_from_facebook(tmp_path: Path, files: tuple[str, ...]) -> None:
    data = thread([Said(ADA, START, "hi")])
    members = {name: data if "messages" in name else b"[]" for name in files}
    path = packed(tmp_path / "download.zip", members)
    assert claims(path) == ["instagram"]
    assert [one.channel for one in talks(instagram, path)[0]] == ["instagram"]


def test_the_download_is_stored_once_and_the_owner_known(tmp_path: Path) -> None:
    lines = twice_is_once(tmp_path, WHOLE, me=())
    assert [(line[1], line[2]) for line in lines] == [
        ("message", "in"),
        ("message", "in"),
        ("call", "in"),
        ("message", "out"),
    ]
    bus = fresh(tmp_path / "people.db")
    (stored,) = store(bus, FOLDER / "old", me=())
    assert stored.talks == 3
    bus.close()
