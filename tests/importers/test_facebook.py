from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from importers import facebook, instagram, registry
from importers.container import open_container
from tests.importers.meta_cases import ADA, NORA, START, Said, one_file, sealed, texts, thread
from tests.importers.small import DATA, read, said, sniffed
from tests.importers.talking import (
    READING,
    claims,
    talks,
)

FOLDER = DATA / "facebook"
WHOLE = FOLDER / "facebook-nora"
ZOE = "Zoë Müller"
FILES = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples"
SAMPLES = {  # counted by hand: talks, refused
    "facebook/ownaginatious+fbchat-archive-parser--simulated_data.htm": (20, 0),
    "instagram/joweich+chat-miner--test_export.json": (2, 0),
}
PEOPLE = {  # counted by hand: entries, refused
    "facebook/bushidocodes+hatchling--friends_scraped.json": (10, 0),
    "facebook/bushidocodes+hatchling--profile_information.json": (4, 0),
}
ME = READING._replace(me=frozenset({("name", "nora feldmann")}))


# ---- people ---------------------------------------------------------------------------------


def test_friends_family_and_the_phone_book_become_people() -> None:
    records, problems = read(facebook, WHOLE)
    names = [dict(said(one, "name"))[""] for one in records]
    assert names == [
        *(ZOE, "Ada Wong", "Ada Wong", "Ben Ortiz", "Łukasz Żółw"),
        *("Karl Feldmann", "Chen Wei"),
    ]
    assert said(records[0], "connected") == [("", "2015-01-01")]
    assert said(records[0], "extra") == [("Facebook family", "Schwester")]
    assert said(records[6], "email") == [("", "chen@wei.example")]
    assert said(records[6], "phone") == [("", "+41 79 555 01 02")]
    assert [problem.why for problem in problems] == [
        "2 numbers and addresses without a name left out",
        "left alone: people_you_may_know.json, removed_friends.json",
    ]


def test_a_friend_who_changed_the_name_is_the_same_entry() -> None:
    def key(name: str) -> str:
        data = json.dumps({"friends_v2": [{"name": name, "timestamp": 1420070400}]}).encode()
        (record,), _ = read(facebook, data, "your_friends.json")
        return record.key

    assert key("Ada Wong") == key("Ada Byron") == "1420070400"


def test_two_friends_of_one_name_and_day_are_two_people() -> None:
    adas = [one for one in read(facebook, WHOLE)[0] if said(one, "name") == [("", "Ada Wong")]]
    assert len({one.raw for one in adas}) == len({one.key for one in adas}) == 2


def test_friends_made_in_one_second_are_told_apart_by_name() -> None:
    keys = [one.key for one in read(facebook, WHOLE)[0] if one.key]
    assert len(keys) == len(set(keys)) == 5


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("friends/friends.json", b'{"friends": [{"name": "Ada Wong", "timestamp": 1500000000}]}'),
        (
            "x/friends_and_followers/friends.json",
            b'{"friends_v2": [{"timestamp": 1500000000, "name": "Ada Wong"}]}',
        ),
        (
            "connections/friends/your_friends.json",
            b'[{"timestamp": 1500000000, "label_values":[{"label":"Name","value":"Ada Wong"}]}]',
        ),
        (
            "connections/friends/your_friends.json",
            b'{"timestamp": 1500000000, "label_values": [{"label": "Isim", "value": "Ada Wong"}]}',
        ),
    ],
)
def test_every_generation_of_the_list_of_friends_is_read(name: str, data: bytes) -> None:
    records, problems = read(facebook, {name: data})
    assert [said(one, "name") for one in records] == [[("", "Ada Wong")]]
    assert [said(one, "connected") for one in records] == [[("", "2017-07-14")]]
    assert not problems


def test_pages_of_friends_are_read_and_those_removed_are_not() -> None:
    old, _ = read(facebook, FOLDER / "old")
    assert [(said(one, "name"), said(one, "connected")) for one in old] == [
        ([("", ZOE)], [("", "2013-10-04")]),
        ([("", "Ada Wong")], []),
        ([("", "Ben Ortiz")], []),
    ]
    new, _ = read(facebook, FOLDER / "pages")
    assert [said(one, "connected") for one in new] == [[("", "2020-05-17")], [("", "2011-04-30")]]


def test_the_profile_says_who_the_owner_is() -> None:
    with open_container(WHOLE) as box:
        found = facebook.owner(box)
        assert facebook.sniff_talks(box)._replace(members=())[2] == "nora.feldmann"  # type: ignore[union-attr]
    assert [party[:2] for party in found] == [
        *(("name", NORA), ("name", "Nora Küng"), ("email", "nora@feldmann.example")),
        *(("phone", "+41791234567"), ("handle", "facebook:nora.feldmann")),
    ]
    for place in ("old", "pages"):
        with open_container(FOLDER / place) as box:
            assert [party[:2] for party in facebook.owner(box)] == [("name", NORA)]


# ---- talks ----------------------------------------------------------------------------------


def test_a_whole_download_is_read_thread_by_thread() -> None:
    found, problems = talks(facebook, WHOLE, ME)
    zoe = [one for one in found if one.thread == "10150001234567890"]
    assert [(one.kind, one.text, one.seconds, one.direction) for one in zoe] == [
        ("message", "Gute Nacht 🌙", 0, ""),
        ("message", "reacted ❤", 0, "out"),
        ("call", "", 125, ""),
        ("call", "missed call", 0, ""),
        ("message", "[2 photos]", 0, ""),
        ("message", "[sticker]", 0, ""),
        ("message", "https://news.example/größe", 0, ""),
        ("message", "Grüße\naus Zürich", 0, ""),
        *(("message", "ok", 0, ""),) * 2,
    ]
    assert {one.subject for one in zoe} == {""}
    assert {one.channel for one in found} == {"facebook"}
    assert [(problem.why, problem.fatal) for problem in problems] == [
        ("no time that can be read", True),
        ("messages left out: 1 taken back by who wrote them, 2 written by the app", False),
    ]


def test_a_group_keeps_its_title_and_accounts_that_are_gone_their_number() -> None:
    group = [one for one in talks(facebook, WHOLE)[0] if one.subject]
    assert {one.subject for one in group} == {"Hikers 🏔"}
    assert [one.sender and one.sender.value for one in group] == ["Ada Wong", "facebook:12345678"]
    assert [party.value for party in group[0].others] == ["Ada Wong", "Ben Ortiz", NORA]


def test_only_the_owners_signs_count_as_an_answer() -> None:
    assert "reacted ❤" not in texts(talks(facebook, WHOLE)[0])
    (sign,) = [one for one in talks(facebook, WHOLE, ME)[0] if one.direction == "out"]
    assert (sign.sender, [party.value for party in sign.others]) == (None, [ZOE])


def test_encrypted_chats_are_sound_already_and_their_number_is_no_id(tmp_path: Path) -> None:
    found, _ = talks(facebook, FOLDER / "messages", ME)
    assert texts(found) == ["Hallo Zürich", "reacted 👍", "[photo]", "[attachment]"]
    line = [Said(ADA, START, "Ã¼ is no ü here")]
    for number in (1, 8):
        path = one_file(tmp_path, sealed(line, number), f"{ADA}_{number}.json")
        (talk,), _ = talks(facebook, path)
        assert (talk.text, talk.thread) == ("Ã¼ is no ü here", f"{ADA}\x1e{NORA}")


def test_old_pages_say_who_when_and_what_in_whatever_language() -> None:
    found, problems = talks(facebook, FOLDER / "old")
    assert [(one.moment.at, one.moment.zone, one.text) for one in found] == [
        ("2013-10-05T05:05:00Z", "-07:00", "Second & last\nline"),
        ("2013-10-04T19:05:00Z", "+02:00", "First"),
        ("2013-10-04T05:05:00Z", "-07:00", "[attachment]"),
    ]
    assert [problem.why for problem in problems] == ["no time that can be read"]


def test_newer_pages_are_read_by_their_order_whatever_their_classes(tmp_path: Path) -> None:
    found, problems = talks(facebook, FOLDER / "pages")
    expected = [
        ("Ada Wong", "2021-10-04 22:05:00", "See you on Oct 04, 2021 10:05:00 pm\nat the lake"),
        (NORA, "2021-10-04 22:04:00", "[photo]"),
        ("Ada Wong", "2021-10-04 22:03:00", "Hallo"),
    ]
    seen = [(one.sender and one.sender.value, one.moment.written, one.text) for one in found]
    assert (seen, problems) == (expected, [])
    assert {(one.thread, one.subject) for one in found} == {("40150001234567890", "")}
    page = next(FOLDER.glob("pages/**/message_1.html")).read_text("utf-8")
    data = page.replace("_a6-p", "_zz-q").encode()
    (tmp_path / "messages" / "inbox" / "adawong_40150001234567890").mkdir(parents=True)
    path = tmp_path / "messages" / "inbox" / "adawong_40150001234567890" / "messa.html"
    path.write_bytes(data)
    assert texts(talks(facebook, tmp_path)[0]) == [text for _, _, text in expected]


@pytest.mark.parametrize(
    "text", ["Grüße", "日本語 🏔️", "ascii", "Ã¼", "\u0081\u009d", "half \ud83d", "nul \0"]
)
def test_a_text_is_repaired_once_and_can_be_stored(tmp_path: Path, text: str) -> None:
    storable = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    storable = storable.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if "\ud83d" in text:  # half a character cannot have been written byte by byte
        data = thread([Said(ADA, START, "???")]).replace(b"???", b"half \\ud83d")
    else:
        data = thread([Said(ADA, START, text)])
    (talk,), problems = talks(facebook, one_file(tmp_path, data))
    assert (talk.text, talk.sender and talk.sender.value) == (storable.strip(), ADA)
    assert problems == []


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"videos": [{"uri": "a"}]}, "[video]"),
        ({"audio_files": [{"uri": "a"}]}, "[voice message]"),
        ({"gifs": [{"uri": "a"}], "photos": [{"uri": "b"}]}, "[photo]\n[gif]"),
        ({"content": "Ada sent a photo.", "photos": [{"uri": "a"}]}, "[photo]"),
        ({"content": "look", "photos": [{"uri": "a"}]}, "look"),
        ({"content": "Ada sent an attachment."}, "[attachment]"),
        ({"share": {"link": "https://x.example/"}}, "https://x.example/"),
        ({"share": "broken", "photos": "broken", "reactions": 3}, "[attachment]"),
        ({"content": 7}, "[attachment]"),
    ],
)
def test_what_is_no_text_is_said_in_brackets(
    tmp_path: Path, more: dict[str, object], text: str
) -> None:
    message = {"sender_name": "Ada", "timestamp_ms": START, **more}
    path = one_file(tmp_path, thread([], messages=[message]))
    assert texts(talks(facebook, path)[0]) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "You are now connected on Messenger.",
        "Say hi to your new Facebook friend, Ada.",
        "Liked a message",
        "Ada reacted 😂 to your message ",
        "Ada started a video chat",
        "Ada started an audio call",
    ],
)
def test_what_the_app_wrote_is_left_out_and_counted(tmp_path: Path, text: str) -> None:
    found, problems = talks(facebook, one_file(tmp_path, thread([Said(ADA, START, text)])))
    assert found == []
    assert [one.why for one in problems] == ["messages left out: 1 written by the app"]


# ---- real ones ------------------------------------------------------------------------------


@pytest.mark.skipif(not FILES.is_dir(), reason="VITALFEW_SHARED names no samples")
@pytest.mark.parametrize("name", SAMPLES)
def test_real_chats_are_read_to_the_last_message(name: str) -> None:
    reader = instagram if name.startswith("instagram") else facebook
    found, problems = talks(reader, FILES / name)
    assert (len(found), sum(problem.fatal for problem in problems)) == SAMPLES[name]
    assert reader.NAME in claims(FILES / name)


@pytest.mark.skipif(not FILES.is_dir(), reason="VITALFEW_SHARED names no samples")
@pytest.mark.parametrize("name", PEOPLE)
def test_real_lists_are_read_to_the_last_entry(name: str) -> None:
    records, problems = read(facebook, FILES / name)
    assert (len(records), sum(problem.fatal for problem in problems)) == PEOPLE[name]


@pytest.mark.skipif(not FILES.is_dir(), reason="VITALFEW_SHARED names no samples")
def test_no_real_file_of_another_format_is_claimed() -> None:
    claimed: list[str] = []
    for path in sorted(FILES.glob("*/*")):
        if f"{path.parent.name}/{path.name}" in {*SAMPLES, *PEOPLE}:
            continue
        with open_container(path) as box:
            claimed += [
                f"{reader.NAME} {path.name}"
                for reader in (facebook, instagram)
                if reader.sniff(box) or reader.sniff_talks(box)
            ]
    assert claimed == []


def test_the_registry_knows_both_for_people_and_for_talks() -> None:
    for name in ("facebook", "instagram"):
        assert name in registry.NAMES
        assert name in registry.TALK_NAMES
    assert sniffed(facebook, WHOLE)
    assert facebook.NEW_PEOPLE
    assert not instagram.NEW_PEOPLE
