from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.rules import kinds
from importers import registry, x, x_files
from importers.container import open_container
from importers.discover import look_through
from importers.record import Value
from importers.talk import Party, Talk
from tests.book import fresh, rows
from tests.importers.small import read, sniffed
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

DATA = Path(__file__).parents[1] / "data" / "x"
SHARED = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples"
LISTS = ("account-suspension", "follower", "following", "saved-search")
SAMPLES = {f"twitter/dogsheep+twitter-to-sqlite--{name}.js": (0, 0) for name in LISTS}
"""Talks and refused, counted by hand: none of them holds a message."""
BARE = {"follower": 2, "following": 2}
"""Accounts that a number alone names."""
ADA, BEN = ("handle", "x:ada_wong", "Ada Wong"), ("handle", "x:BenOrtiz", "Ben Ortiz")


def people(path: Path) -> list[str]:
    return [name for (name,) in rows(path, "SELECT name FROM person_row ORDER BY name")]


def js(kind: str, entries: Sequence[Any]) -> str:
    return f"window.YTD.{kind}.part0 = {json.dumps(list(entries))}"


def file(folder: Path, kind: str, entries: Sequence[Any]) -> Path:
    path = folder / f"{kind.replace('_', '-')}.js"
    path.write_text(js(kind, entries), "utf-8")
    return path


def message(number: str, by: str, text: str = "hi", at: str = "2020-03-02T10:00:00Z") -> Any:  # noqa: ANN401 — JSON
    return {"messageCreate": {"id": number, "senderId": by, "text": text, "createdAt": at}}


def conversation(number: str, *messages: Any) -> Any:  # noqa: ANN401 — JSON
    return {"dmConversation": {"conversationId": number, "messages": list(messages)}}


def by_text() -> dict[str, Talk]:
    found, _ = talks(x, DATA)
    return {one.text: one for one in found}


def test_a_message_is_by_the_handle_that_the_owners_tweets_tell() -> None:
    talk = by_text()["Tom & me: https://wong.example/trip"]
    assert talk.sender == Party(*ADA, "from")
    assert (talk.key, talk.thread, talk.direction) == ("1002", "100-201", "in")
    assert (talk.kind, talk.channel, talk.subject) == ("message", "x", "")
    assert talk.moment.at == "2020-03-02T10:00:00Z"


def test_what_the_owner_wrote_went_out_to_the_other() -> None:
    talk = by_text()["Hello \N{GRINNING FACE} \ufffd\nwell?"]
    assert (talk.direction, talk.sender, talk.others) == ("out", None, (Party(*ADA),))
    assert talk.moment.at == "2020-03-02T09:40:00Z"


def test_an_account_that_only_a_number_names_is_a_name_and_no_handle() -> None:
    talk = by_text()["[photo]"]
    assert talk.sender == Party("name", "X user 205", "", "from", "205")


def test_a_group_has_its_title_and_all_who_ever_were_in_it() -> None:
    talk = by_text()["who drives?"]
    assert (talk.subject, talk.thread) == ("Trip & more", "777")
    assert talk.sender == Party(*BEN, "from")
    assert set(by_text()["I do"].others) == {
        Party(*ADA),
        Party(*BEN),
        Party("name", "X user 206", "", "with", "206"),
    }


def test_a_sign_of_the_owners_is_a_talk_and_one_of_the_others_is_none() -> None:
    signs = [one for one in by_text().values() if one.text.startswith("reacted")]
    assert [(one.text, one.direction, one.others) for one in signs] == [
        ("reacted ❤", "out", (Party(*ADA),))
    ]


def test_what_is_left_out_is_counted_and_headers_are_no_messages() -> None:
    found, problems = talks(x, DATA)
    assert len(found) == 6
    assert [(one.where, one.why, one.fatal) for one in problems] == [
        ("data/direct-messages.js entry 2 message 2", "no time that can be read", True),
        ("data/direct-messages-group.js", "2 lines of the system left out", False),
    ]


def test_the_owner_is_the_account_of_the_archive() -> None:
    with open_container(DATA) as container:
        assert {(one.kind, one.value) for one in x.owner(container)} == {
            ("name", "X user 100"),
            ("handle", "x:norafeldmann"),
            ("email", "nora@feldmann.example"),
        }
        found = x.sniff_talks(container)
    assert found is not None
    assert found.account == "norafeldmann"
    assert found.members == ("data/direct-messages-group.js", "data/direct-messages.js")


def test_of_lone_messages_the_owner_is_who_takes_part_in_all(tmp_path: Path) -> None:
    two = [conversation("1-2", message("a", "1")), conversation("1-3", message("b", "3"))]
    path = file(tmp_path, "direct_messages", two)
    with open_container(path) as container:
        assert x.owner(container) == (Party("name", "X user 1", "", "with", "1"),)
    once = twice_is_once(tmp_path, path, me=())
    assert sorted((row[2], row[7]) for row in once) == [
        ("in", "from x user 3"),
        ("out", "to x user 2"),
    ]
    with open_container(file(tmp_path, "direct_messages", two[:1])) as container:
        assert x.owner(container) == ()


def test_only_those_whose_handle_is_known_are_listed_with_all_they_are() -> None:
    records, problems = read(x, DATA)
    assert [(one.key, one.values) for one in records] == [
        (
            "201",
            (
                Value(kinds.NAME, "Ada Wong"),
                Value(kinds.HANDLE, "ada_wong", "x"),
                Value(kinds.EXTRA, "following", "X"),
                Value(kinds.EXTRA, "follower", "X"),
            ),
        ),
        (
            "202",
            (
                Value(kinds.NAME, "Ben Ortiz"),
                Value(kinds.HANDLE, "BenOrtiz", "x"),
                Value(kinds.LABEL, "muted"),
            ),
        ),
    ]
    assert [(one.why, one.fatal) for one in problems] == [
        ("no account is named", True),
        ("2 accounts are known by number only, left out", False),
    ]


def test_thousands_of_bare_numbers_make_nobody(tmp_path: Path) -> None:
    many = [{"follower": {"accountId": str(number)}} for number in range(1, 3_001)]
    bus = fresh(tmp_path / "people.db")
    store(bus, file(tmp_path, "follower", many), new_people=True)
    assert people(bus.path) == []
    bus.close()


def test_an_import_of_talks_makes_nobody_and_one_of_people_only_joins(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    (stored,) = store(bus, DATA, me=())
    assert stored.talks == 6
    assert people(bus.path) == []
    store(bus, DATA, me=(), new_people=True)
    assert people(bus.path) == ["Ada Wong", "Ben Ortiz"]
    bus.close()


@pytest.mark.parametrize("top", ["", "twitter-2026-01-01-abc/"])
def test_an_archive_is_known_packed_and_unpacked_whatever_is_around_it(
    tmp_path: Path, top: str
) -> None:
    members = {f"{top}data/{one.name}": one.read_bytes() for one in (DATA / "data").iterdir()}
    path = packed(tmp_path / "twitter.zip", {**members, f"{top}Your archive.html": "<html>"})
    assert claims(path) == ["x"]
    with open_container(path) as container:
        assert {(one.importer.NAME, one.talks) for one in registry.recognise(container)} == {
            ("x", False),
            ("x", True),
        }


def test_other_javascript_is_nobodys(tmp_path: Path) -> None:
    for text in ("window.YTD = [];", "var a = [1]", "[]", "window.YTD.direct_messages.part0 = {}"):
        path = tmp_path / "direct-messages.js"
        path.write_text(text, "utf-8")
        assert claims(path) == []
        assert sniffed(x, path) is None


def test_of_a_damaged_list_the_entries_around_the_damage_are_read(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "direct_messages",
        [conversation(f"1-{number}", message(f"m{number}", "1", "x" * 50)) for number in (2, 3, 4)],
    )
    path.write_text(path.read_text("utf-8").replace('"id": "m3",', '"id": m3,'), "utf-8")
    found, problems = talks(x, path)
    assert [one.key for one in found] == ["m2", "m4"]
    assert [(one.where, one.why) for one in problems] == [
        ("direct-messages.js entry 2", "not JSON")
    ]
    path.write_text(path.read_text("utf-8")[:-60], "utf-8")
    assert len(talks(x, path)[0]) == 1


def test_entries_larger_than_a_read_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(x_files, "_CHUNK", 512)
    said = [conversation(f"1-{n}", message(f"m{n}", "1", "wörds " * 500)) for n in range(2, 12)]
    found, problems = talks(x, file(tmp_path, "direct_messages", said))
    assert problems == []
    assert [one.text for one in found] == [("wörds " * 500).strip()] * 10


@pytest.mark.parametrize(
    "bad",
    [
        '{"a":' * 100_000,
        "[" * 100_000,
        '{"dmConversation": {"conversationId": NaN, "messages": NaN}}',
        '{"dmConversation": {"conversationId": "1-2", "conversationId": 7, "messages": {}}}',
        '{"dmConversation": {"messages": [{"messageCreate": {"createdAt": '
        + "9" * 10_000
        + "}}]}}",
        '{"dmConversation": {"messages": [{"messageCreate": []}, [], 7, {"messageCreate": {}}]}}',
        '"x", 7, null, [], {}',
    ],
)
def test_hostile_json_is_refused_with_its_place(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "direct-messages.js"
    path.write_text(f"window.YTD.direct_messages.part0 = [ {bad} ]", "utf-8")
    found, _ = talks(x, path)
    assert found == []
    with open_container(path) as container:
        assert x.owner(container) == ()
        assert list(x.read(container)) == []


WORDS = st.text(st.sampled_from('ab \n"]},{é😀'), max_size=6)
SAID = st.lists(
    st.tuples(st.sampled_from(["2", "3"]), st.booleans(), st.integers(0, 3), WORDS), max_size=10
)


def archive(folder: Path, said: Sequence[tuple[str, bool, int, str]]) -> Path:
    """The archive of account 1; each message keeps its number, the newest comes first."""
    folder.mkdir(parents=True, exist_ok=True)
    start = datetime(2026, 3, 2, 10, tzinfo=UTC)
    events: dict[str, list[Any]] = {"2": [], "3": []}
    for number, (other, out, minutes, text) in enumerate(said):
        at = f"{start + timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%S}.000Z"
        events[other].insert(0, message(f"m{number}", "1" if out else other, text, at))
    file(folder, "account", [{"account": {"accountId": "1", "username": "nora"}}])
    found = [conversation(f"1-{other}", *some) for other, some in events.items()]
    file(folder, "direct_messages", found)
    return folder


@given(SAID, st.integers(0, 10))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_later_archive_that_overlaps_adds_each_message_once(
    said: list[tuple[str, bool, int, str]], cut: int
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        early, late = archive(folder / "early", said[:cut]), archive(folder / "late", said)
        bus = fresh(folder / "people.db")
        for paths in ([early], [late], [early, late]):
            store(bus, *paths, me=())
        assert len(kept(bus)) == len(said)
        assert [row[2] for row in kept(bus)].count("out") == sum(one[1] for one in said)
        bus.close()


def test_the_order_of_two_archives_does_not_matter(tmp_path: Path) -> None:
    said = [("2", True, 0, "a"), ("2", False, 1, "b"), ("3", False, 2, "c")]
    early, late = archive(tmp_path / "early", said[:2]), archive(tmp_path / "late", said)
    overlap_is_once(tmp_path, early, late, me=())


def test_an_unpacked_archive_among_downloads_is_one_export(tmp_path: Path) -> None:
    for place in (tmp_path / "twitter-2026", tmp_path / "more" / "data"):
        archive(place, [("2", True, 0, "a")])
    found = look_through(tmp_path).exports
    assert sorted(found) == [tmp_path / "more", tmp_path / "twitter-2026"]


@given(st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_archive_raises_nothing_and_can_be_stored(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(one.name for one in (DATA / "data").iterdir())))
    whole = (DATA / "data" / name).read_bytes()
    place = data.draw(st.integers(0, len(whole)))
    bad = data.draw(st.binary(max_size=12) | st.sampled_from([b"\0", b"\xff", b'"', b"[" * 900]))
    with TemporaryDirectory() as folder:
        for one in (DATA / "data").iterdir():
            (Path(folder) / one.name).write_bytes(one.read_bytes())
        (Path(folder) / name).write_bytes(whole[:place] + bad + whole[place + len(bad) :])
        found, _ = talks(x, Path(folder))
        records, _ = read(x, Path(folder))
        with open_container(Path(folder)) as container:
            x.owner(container)
    for talk in found:
        assert "\0" not in f"{talk.subject}{talk.text}{talk.thread}{talk.key}"
        f"{talk.subject}{talk.text}{talk.thread}{talk.key}{talk.sender}{talk.others}".encode()
        for party in (talk.sender, *talk.others):
            assert party is None or party.value.removeprefix("x:")
    for record in records:
        for value in record.values:
            value.value.encode()
            assert "\0" not in value.value


@pytest.mark.skipif(not SHARED.is_dir(), reason="VITALFEW_SHARED names no samples")
@pytest.mark.parametrize("name", SAMPLES)
def test_real_files_are_read_to_the_last_entry(name: str) -> None:
    found, refused = talks(x, SHARED / name)
    assert (len(found), len(refused)) == SAMPLES[name]
    records, problems = read(x, SHARED / name)
    assert records == []
    bare = BARE.get(Path(name).stem.rpartition("--")[2])
    notes = [f"{bare} accounts are known by number only, left out"] if bare else []
    assert [(one.why, one.fatal) for one in problems] == [(note, False) for note in notes]
