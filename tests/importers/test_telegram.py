from __future__ import annotations

import io
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import registry, telegram
from importers.container import open_container
from importers.record import Problem, Record
from importers.telegram_json import BrokenError, walk
from tests.importers import small
from tests.importers.small import DATA, said, sniffed
from tests.importers.talking import READING, claims, overlap_is_once, talks, twice_is_once
from tests.importers.vcard_cases import container

FOLDER = DATA / "telegram"
FULL = FOLDER / "DataExport_2024-02-01"
OLD = FOLDER / "ChatExport_2019.json"
FILES = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples"
SAMPLES = {  # counted by hand: talks, refused
    "telegram/joweich+chat-miner--test_batch_export.json": (2, 0),
    "telegram/joweich+chat-miner--test_single_export.json": (2, 0),
    "telegram/pypi+tg_parser--personal_chat.json": (5, 0),
}


def read(text: str | bytes) -> tuple[list[Any], list[str]]:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    found = list(telegram.read_talks(container({"result.json": data}), READING))
    return (
        [one for one in found if not isinstance(one, Problem)],
        [one.why for one in found if isinstance(one, Problem)],
    )


def chat(*messages: object, **about: object) -> str:
    head = {"name": "Ada Wong", "type": "personal_chat", "id": 111}
    return json.dumps({**head, **about, "messages": messages})


def message(number: int, **more: object) -> dict[str, object]:
    told = {"id": number, "type": "message", "date_unixtime": str(1_700_000_000 + number)}
    return {**told, "from": "Ada Wong", "from_id": "user111", "text": f"says {number}", **more}


# ---- a full export -----------------------------------------------------------------------------


def test_a_full_export_gives_the_talks_of_every_chat() -> None:
    found, problems = talks(telegram, FULL)
    assert [
        (t.kind, t.direction, t.sender.value if t.sender else "", t.text, t.seconds)
        for t in found
        if not t.bulk
    ] == [
        ("message", "in", "+41 79 555 01 01", "See https://boat.example and Nora", 0),
        ("message", "out", "", "reacted ❤", 0),
        ("message", "out", "", "Nice", 0),
        ("call", "out", "", "", 65),
        ("call", "in", "+41 79 555 01 01", "missed call", 0),
        (
            *("message", "in", "+41 79 555 01 01"),
            *("[forwarded from Deleted account]\n[voice message]", 0),
        ),
        ("message", "in", "+41 79 555 01 01", "[sticker] 😀", 0),
        ("message", "in", "+41 79 555 01 01", "[contact] Ben Ortiz +41795550102", 0),
        ("message", "in", "Deleted account", "I am gone", 0),
        ("message", "in", "Zoë", "Ahoy", 0),
        ("message", "out", "", "[photo]\nLook", 0),
        ("message", "out", "", "note to self", 0),
        ("message", "in", "Karl", "Bye", 0),
    ]
    assert [(t.bulk, t.text) for t in found if t.bulk] == [("list", "Buy"), ("bot", "Hi")]
    assert len({t.key for t in found}) == len(found) == 15
    assert [p.why for p in problems] == ["left out: 1 line of the system"]


def test_a_group_has_its_title_and_a_chat_of_two_has_none() -> None:
    found, _ = talks(telegram, FULL)
    assert {(t.thread, t.subject) for t in found} == {
        *(("111", ""), ("112", ""), ("900", "Crew"), ("901", "News"), ("902", "")),
        *(("100", ""), ("903", "Old club")),
    }
    assert [p.scope for t in found for p in t.others if p.value == "Zoë"] == ["user113"] * 2


def test_the_export_says_whose_it_is() -> None:
    with open_container(FULL) as box:
        assert [(p.kind, p.value, p.scope) for p in telegram.owner(box)] == [
            ("name", "Nora Feldmann", "user100"),
            ("phone", "+41 79 555 00 00", ""),
            ("handle", "telegram:nora", ""),
            ("handle", "telegram:user100", ""),
        ]


def test_contacts_with_their_numbers_are_people_and_bare_dates_are_not() -> None:
    records, problems = small.read(telegram, FULL)
    ada, ben = records
    assert [(v.kind, v.value) for v in ada.values] == [
        ("name", "Ada Wong"),
        ("given", "Ada"),
        ("family", "Wong"),
        ("phone", "+41 79 555 01 01"),
        ("extra", "111"),
        ("connected", "2021-03-22"),
    ]
    assert said(ben, "name") == [("", "Ben")]
    assert (ada.key, ben.key) == ("user111", "+41 79 555 01 02")
    assert [p.why for p in problems] == ["a deleted account: nothing to know anybody by"]


def test_people_and_talks_of_one_file_are_both_known() -> None:
    with open_container(FULL) as box:
        found = [(g.importer.NAME, g.talks) for g in registry.recognise(box)]
    assert sorted(found) == [("telegram", False), ("telegram", True)]
    assert sniffed(telegram, OLD) is None


# ---- both eras ---------------------------------------------------------------------------------


def test_an_old_export_has_bare_numbers_device_time_and_broken_escapes() -> None:
    found, problems = talks(telegram, OLD)
    assert [(t.key, t.text, t.moment.zone, t.moment.at[11:16]) for t in found] == [
        ("111/1", "bell \x07 and a backslash \\x41", "", "10:30"),
        ("111/2", "Two pieces", "", "10:31"),
    ]
    assert [t.sender.scope for t in found if t.sender] == ["user111", "user100"]
    assert [t.direction for t in found] == ["in", ""]
    assert [p.why for p in problems] == ["left out: 1 line of the system"]
    with open_container(OLD) as box:
        assert [party.value for party in telegram.owner(box)] == [
            "Nora Feldmann",
            "telegram:user100",
        ]


def test_a_group_has_one_number_in_both_eras() -> None:
    (old,), _ = read(chat(message(1), type="private_supergroup", id=(1 << 33) + 900))
    (new,), _ = read(chat(message(1), type="private_supergroup", id=900))
    (group,), _ = read(chat(message(1), type="private_group", id=(1 << 32) + 7))
    assert old.key == new.key == "900/1"
    assert group.thread == "7"


def test_an_edited_message_is_the_same_message() -> None:
    (one,), _ = read(chat(message(1)))
    (same,), _ = read(chat(message(1, text="edited", edited_unixtime="1700000100")))
    assert one.key == same.key


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"text": ["a", {"type": "bold", "text": "b"}, 3, None]}, "ab"),
        ({"text": "", "text_entities": [{"type": "plain", "text": "kept"}]}, "kept"),
        ({"text": "", "poll": {"question": "Q", "answers": [{"text": "a"}]}}, "[poll] Q\n- a"),
        ({"text": "x", "media_type": "video_file"}, "[video]\nx"),
        ({"type": "unsupported", "text": ""}, "[unsupported message]"),
        ({"text": "", "location_information": {"latitude": 1.5, "longitude": 2}}, "[location]"),
        ({"text": "fwd", "forwarded_from": "Ben"}, "[forwarded from Ben]\nfwd"),
        ({"text": "nul \0 \ud800"}, "nul \N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}"),
    ],
)
def test_whatever_is_sent_has_words(more: dict[str, object], text: str) -> None:
    (talk,), _ = read(chat(message(1, **more)))
    assert talk.text.startswith(text)


@pytest.mark.parametrize(
    "when",
    [
        {"date_unixtime": "soon"},
        {"date_unixtime": "9" * 30},
        {"date_unixtime": 10**18},
        {"date_unixtime": None, "date": "2024-13-01"},
        {"date_unixtime": "4000000000"},
        {"date_unixtime": True},
    ],
)
def test_a_message_without_a_time_is_refused(when: dict[str, object]) -> None:
    assert read(chat(message(1, **when), message(2)))[1] == ["no time that can be read"]


# ---- damage ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count", "why"),
    [
        (chat(message(1))[:-2], 1, "not JSON from line 1 on"),
        (chat(message(1), message(2)).replace('"}, {', '"} {'), 1, "not JSON from line 1 on"),
        (chat(message(1))[:-2] + ", " + "[" * 100_000, 1, "nested too deeply to be read"),
        (chat(message(1), 5, "x"), 1, "not a message"),
        (chat(message(1)).replace('"says 1"', "NaN"), 0, "not a message"),
        (chat(message(1), message(2)).replace('"says 2"', "9" * 10_000), 2, ""),
        (chat(message(1))[:-2] + ",]}", 1, ""),
    ],
)
def test_damage_keeps_what_is_before_it(text: str, count: int, why: str) -> None:
    found, problems = read(text)
    assert len(found) == count
    assert problems[:1] == ([why] if why else [])


def test_a_value_without_end_is_not_held() -> None:
    text = io.StringIO('{"name": "' + "x" * 21_000_000)
    with pytest.raises(BrokenError, match="too long"):
        list(walk(text, lambda path: path == ()))


@pytest.mark.parametrize(
    "name",
    ["list.json", "message_1.json", "messages.json", "conversations.json"],
)
@pytest.mark.parametrize(
    "data",
    [
        b'{"participants": [{"name": "Ada"}], "messages": [{"sender_name": "Ada"}]}',
        b'{"messages": [{"creator": {"name": "Ada"}, "text": "hi"}]}',
        b'[{"type": "message", "user": "U1"}]',
        b'{"chats": [{"id": 1}], "about": 1}',
        b'{"account": {"data": []}}',
        b"",
        b"not json",
    ],
)
def test_nobody_elses_file_is_claimed(name: str, data: bytes) -> None:
    if b'"about"' not in data:
        assert telegram.sniff_talks(container({name: data})) is None
        assert list(telegram.read_talks(container({name: data}), READING)) == []
    assert telegram.sniff(container({name: data})) is None
    assert list(telegram.read(container({name: data}))) == []


@given(st.sampled_from([OLD, FULL / "result.json"]), st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_export_raises_nothing_and_what_is_read_can_be_stored(
    path: Path, data: st.DataObject
) -> None:
    whole = path.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    bad = data.draw(st.binary(max_size=12) | st.sampled_from([b"\0", b"\\", b'"', b"{" * 3_000]))
    box = container({"result.json": whole[:start] + bad + whole[end:]})
    for found in (*telegram.read_talks(box, READING), *telegram.read(box)):
        if isinstance(found, Record):
            words = "x".join(value.value for value in found.values)
        elif isinstance(found, Problem):
            continue
        else:
            words = found.text + found.thread + found.key + found.subject
            assert found.sender is None or found.sender.value
        assert "\0" not in words
        words.encode()


# ---- any document, any export ------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**16), 10**16) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=20,
)


@given(JSON, st.sampled_from([None, 1]), st.booleans())
@settings(max_examples=50, deadline=None)
def test_a_walk_finds_what_the_standard_library_finds(
    value: object, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert list(walk(io.StringIO(text), lambda _: False)) == [((), value)]
    found = [one for one in walk(io.StringIO(text), lambda path: not path) if one[0]]
    if isinstance(value, dict):
        assert found == [((key,), inner) for key, inner in value.items()]
    elif isinstance(value, list):
        assert found == [(("*",), inner) for inner in value]


WORDS = st.lists(st.text(max_size=20), min_size=3, max_size=12)


@given(WORDS, st.booleans(), st.data())
@settings(max_examples=5, deadline=None)
def test_an_export_and_a_later_longer_one_leave_each_message_once(
    words: list[str], is_new: bool, data: st.DataObject
) -> None:
    def whole(count: int) -> str:
        parts = []
        for place, text in enumerate(words[:count]):
            mine = place % 2 == 1
            by = (100 if mine else 111) if not is_new else ("user100" if mine else "user111")
            name = "Nora Feldmann" if mine else "Ada Wong"
            parts.append(message(place, text=text, from_id=by, **{"from": name}))
        return chat(*parts)

    early = data.draw(st.integers(2, len(words)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        short, long = folder / "ChatExport_1.json", folder / "ChatExport_2.json"
        short.write_text(whole(early), "utf-8")
        long.write_text(whole(len(words)), "utf-8")
        assert len(twice_is_once(folder, long)) == len(words)
        overlap_is_once(folder, short, long)


def test_a_full_export_is_kept_once(tmp_path: Path) -> None:
    once = twice_is_once(tmp_path, FULL)
    assert len(once) == 12


@pytest.mark.skipif(not FILES.is_dir(), reason="VITALFEW_SHARED names no samples")
@pytest.mark.parametrize("name", SAMPLES)
def test_real_exports_are_read_to_the_last_message(name: str) -> None:
    found, problems = talks(telegram, FILES / name)
    assert (len(found), sum(problem.fatal for problem in problems)) == SAMPLES[name]
    assert claims(FILES / name)[0] == "telegram"
