from __future__ import annotations

import os
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers import sms, sms_xml
from importers.container import open_container
from importers.discover import look_through
from importers.record import Problem
from importers.talk import Party, Talk
from tests.book import fresh
from tests.importers.talking import (
    claims,
    kept,
    overlap_is_once,
    packed,
    store,
    talks,
    twice_is_once,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from importers.container import Member

DATA = Path(__file__).parents[1] / "data" / "sms"
MESSAGES, CALLS = DATA / "sms-20260302100000.xml", DATA / "calls-20260302100000.xml"
SHARED = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples"
SAMPLES = {  # counted by hand; of the messages three are from a short number
    "sms-calls/phillipgreenii+mobilecombackup--calls-test.xml": (12, 0),
    "sms-calls/phillipgreenii+mobilecombackup--calls.xml": (16, 0),
    "sms-calls/phillipgreenii+mobilecombackup--sms-test.xml": (15, 0),
}


def said(path: Path) -> dict[str, Talk]:
    found, _ = talks(sms, path)
    return {one.text: one for one in found}


def backup(path: Path, body: str, root: str = "smses") -> Path:
    text = f"<?xml version='1.0' encoding='UTF-8' ?>\n<!--by--><{root} count=\"1\">{body}</{root}>"
    path.write_text(text, "utf-8", errors="surrogatepass")
    return path


def text(body: str, date: object = 1772000000000, way: int = 1, who: str = "+41791234567") -> str:
    return f'<sms address="{who}" date="{date}" type="{way}" body="{body}" contact_name="Ada" />\n'


def test_a_message_that_came_has_a_sender_and_one_that_went_has_a_receiver() -> None:
    found = said(MESSAGES)
    came, went = found["Hello \N{GRINNING FACE} & all\nwell?"], found["Yes"]
    assert came.sender == Party("phone", "+41791234567", "Ada Wong", "from")
    assert (came.direction, came.others) == ("in", ())
    assert (came.moment.at, came.moment.zone) == ("2026-02-25T06:13:20Z", "+00:00")
    assert (came.kind, came.channel) == ("message", "sms")
    assert (went.direction, went.sender) == ("out", None)
    assert went.others == (Party("phone", "079 123 45 67", "Ada Wong"),)
    assert came.thread == went.thread


def test_emoji_in_two_halves_are_joined_and_what_xml_forbids_is_mended() -> None:
    (found,) = (one for one in said(MESSAGES) if one.startswith("half"))
    assert found == "half \ufffd and nul\ufffd, R&D &nbsp;"


def test_short_numbers_and_words_are_machines_unless_they_are_named(tmp_path: Path) -> None:
    found = said(MESSAGES)
    assert found["Your code is 12345"].bulk == "short number"
    assert found["Your train is late"].bulk == "machine"
    path = backup(tmp_path / "a.xml", text("lunch?", who="4471"))
    assert said(path)["lunch?"].bulk == ""


def test_a_broken_entry_is_refused_and_the_next_ones_are_read() -> None:
    found, problems = talks(sms, MESSAGES)
    name = MESSAGES.name
    assert [(one.where, one.why, one.fatal) for one in problems] == [
        (f"{name} entry 8", "no time that can be read", True),
        (f"{name} entry 9", "this entry is damaged or cut off", True),
        (
            *(name, "2 drafts or unsent messages, 1 message of nobody named left out"),
            False,
        ),
    ]
    assert len(found) == 8


def test_a_group_message_has_its_sender_and_the_phone_learns_its_own_number() -> None:
    found = said(MESSAGES)
    came = found["Look"]
    assert came.sender == Party("phone", "+41790000003", "Ben Ortiz", "from")
    assert [(one.value, one.name) for one in came.others] == [
        ("+41791234567", "Ada Wong"),
        ("+41790000004", "Eve Stone"),
    ]
    assert came.thread == "+41790000003~+41790000004~+41791234567"
    went = found["[photo] [contact]"]
    assert [(one.value, one.name) for one in went.others] == [
        ("+41791234567", ""),
        ("+41790000003", ""),
    ]
    assert went.moment.at == "2026-02-25T06:21:00Z"


def test_a_picture_message_from_an_address_keeps_its_subject() -> None:
    talk = said(MESSAGES)["Trip\nat eight"]
    assert talk.sender == Party("email", "ada@wong.example", "", "from")


def test_calls_say_who_called_and_how_long_they_took() -> None:
    found, problems = talks(sms, CALLS)
    assert [(one.direction, one.seconds, one.text, one.bulk) for one in found] == [
        ("in", 62, "", ""),
        ("out", 0, "not answered", ""),
        ("in", 0, "missed call", ""),
        ("in", 0, "voicemail", ""),
        ("in", 0, "rejected call", ""),
        ("in", 0, "blocked call", "blocked"),
    ]
    assert {(one.kind, one.channel) for one in found} == {("call", "phone")}
    assert [(one.where, one.why) for one in problems] == [
        (f"{CALLS.name} entry 9", "no time that can be read"),
        (CALLS.name, "2 calls of hidden numbers left out"),
    ]


def test_backups_are_known_by_the_element_they_begin_with(tmp_path: Path) -> None:
    assert claims(MESSAGES) == claims(CALLS) == claims(DATA) == ["sms"]
    packed(
        tmp_path / "a.zip", {"sms-1.xml": MESSAGES.read_bytes(), "calls.xml": CALLS.read_bytes()}
    )
    assert claims(tmp_path / "a.zip") == ["sms"]
    assert claims(backup(tmp_path / "a.xml", "", "messages")) == []
    assert claims(backup(tmp_path / "smses.xml", "", "smsesx")) == []
    (tmp_path / "wide").write_bytes(MESSAGES.read_text("utf-8").encode("utf-16"))
    assert claims(tmp_path / "wide") == ["sms"]
    assert said(tmp_path / "wide").keys() == said(MESSAGES).keys()


def test_a_document_type_is_never_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        '<!DOCTYPE smses [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><smses>' + text("&b;"), "utf-8"
    )
    assert claims(path) == []
    found = list(sms_xml._pieces(_member(path)))
    assert found == [text("&b;").strip()]
    (found_entry,) = sms_xml.entries(_member(path))
    assert not isinstance(found_entry, Problem)
    assert found_entry[1].get("body") == "&b;"


def _member(path: Path) -> Member:
    return open_container(path).members[0]


def test_attachments_are_not_held(tmp_path: Path) -> None:
    data = "QUJD" * 2_000_000
    body = (
        f'<mms date="1772000000000" msg_box="1" address="+41791234567"><parts>'
        f'<part ct="image/png" data="{data}=" /></parts></mms>' + text("after")
    )
    path = backup(tmp_path / "a.xml", body)
    assert max(map(len, sms_xml._pieces(_member(path)))) < 5_000
    assert list(said(path)) == ["[photo]", "after"]


def test_an_entry_without_an_end_is_refused_and_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sms_xml, "LONGEST", 10_000)
    monkeypatch.setattr(sms_xml, "_CHUNK", 1_000)
    path = backup(tmp_path / "a.xml", text("one") + '<sms body="' + "so it goes " * 9_000)
    found, problems = talks(sms, path)
    assert [one.text for one in found] == ["one"]
    assert [one.why for one in problems] == ["longer than 10,000 characters"]


def test_a_backup_that_was_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    whole = MESSAGES.read_bytes()
    (tmp_path / "a.xml").write_bytes(whole[: whole.index(b"Your code")])
    found, problems = talks(sms, tmp_path / "a.xml")
    assert len(found) == 3
    assert problems[0].why == "this entry is damaged or cut off"


def test_two_backups_of_one_phone_give_each_talk_once(tmp_path: Path) -> None:
    rows = twice_is_once(tmp_path, DATA, me=(), region="CH")
    assert sorted((row[1], row[2], row[7]) for row in rows) == [
        ("call", "in", "from +41790000002"),
        ("call", "in", "from +41790000002"),
        ("call", "in", "from +41790000002"),
        ("call", "in", "from +41791234567"),
        ("call", "out", "to +41791234567"),
        ("message", "in", "from +41790000002"),
        ("message", "in", "from +41790000003"),
        ("message", "in", "from +41791234567"),
        ("message", "in", "from ada@wong.example"),
        ("message", "out", "to +41790000003, to +41791234567"),
        ("message", "out", "to +41791234567"),
    ]
    copies = [tmp_path / "calls-1.xml", tmp_path / "calls-2.xml"]
    for copy in copies:
        copy.write_bytes(CALLS.read_bytes())
    bus = fresh(tmp_path / "people.db")
    assert sum(one.talks for one in store(bus, *copies, me=())) == 5
    bus.close()


WORDS = st.text(st.sampled_from("ab \n&<>\"'é\U0001f600"), max_size=6)
SAID = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 2), WORDS), max_size=10)


def chat(path: Path, lines: Sequence[tuple[int, int, str]]) -> Path:
    def halves(found: str) -> str:
        return "".join(
            f"&#{0xD800 + (ord(c) - 0x10000 >> 10)};&#{0xDC00 + (ord(c) - 0x10000 & 0x3FF)};"
            if ord(c) > 0xFFFF
            else c
            for c in escape(found).replace("\n", "&#10;")
        )

    body = "".join(text(halves(f"-{words}"), 1772000000000 + n, way) for n, way, words in lines)
    return backup(path, body)


@given(SAID, st.integers(0, 10))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_later_backup_that_overlaps_adds_each_message_once(
    lines: list[tuple[int, int, str]], cut: int
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        early, late = chat(folder / "a.xml", lines[:cut]), chat(folder / "b.xml", lines)
        found, problems = talks(sms, late)
        assert problems == []
        assert [one.text for one in found] == [f"-{words}".strip() for _, _, words in lines]
        bus = fresh(folder / "people.db")
        for paths in ([early], [late], [early, late]):
            store(bus, *paths, me=())
        assert len(kept(bus)) == len(lines)
        bus.close()


def test_the_order_of_two_backups_does_not_matter(tmp_path: Path) -> None:
    lines = [(0, 1, "a"), (1, 2, "b"), (2, 1, "c")]
    early, late = chat(tmp_path / "a.xml", lines[:2]), chat(tmp_path / "b.xml", lines)
    overlap_is_once(tmp_path, early, late, me=())


def test_backups_among_downloads_are_found(tmp_path: Path) -> None:
    for one in (MESSAGES, CALLS):
        (tmp_path / one.name).write_bytes(one.read_bytes())
    backup(tmp_path / "feed.xml", "", "rss")
    found = look_through(tmp_path).exports
    assert sorted(one.name for one in found) == [CALLS.name, MESSAGES.name]


@given(st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_backup_raises_nothing_and_can_be_stored(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([MESSAGES, CALLS])).read_bytes()
    place = data.draw(st.integers(300, len(whole)))
    bad = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"\0", b"\xff", b'"', b"&#xd800;", b"<a>" * 999])
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xml"
        path.write_bytes(whole[:place] + bad + whole[place + len(bad) :])
        found, _ = talks(sms, path)
    for talk in found:
        assert "\0" not in f"{talk.text}{talk.thread}"
        f"{talk.text}{talk.thread}{talk.key}{talk.sender}{talk.others}".encode()
        for party in (talk.sender, *talk.others):
            assert party is None or party.value


def test_elements_nested_thousands_deep_and_numbers_without_end_are_refused(tmp_path: Path) -> None:
    deep = "<sms>" * 3 + "<a>" * 50_000
    found, problems = talks(sms, backup(tmp_path / "a.xml", deep + text("x", date="9" * 10_000)))
    assert found == []
    assert {one.why for one in problems} == {
        "this entry is damaged or cut off",
        "no time that can be read",
    }


@pytest.mark.skipif(not SHARED.is_dir(), reason="VITALFEW_SHARED names no samples")
@pytest.mark.parametrize("name", SAMPLES)
def test_real_backups_are_read_to_the_last_entry(name: str) -> None:
    found, problems = talks(sms, SHARED / name)
    assert (len(found), sum(one.fatal for one in problems)) == SAMPLES[name]
