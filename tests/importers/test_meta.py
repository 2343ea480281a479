from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers import discover, facebook, instagram
from importers.record import Problem
from importers.talk import Talk
from tests.book import fresh
from tests.importers.meta_cases import (
    ADA,
    NORA,
    START,
    Said,
    chats,
    handles,
    old_page,
    one_file,
    page,
    sealed,
    texts,
    thread,
)
from tests.importers.small import DATA
from tests.importers.talking import (
    READING,
    claims,
    kept,
    overlap_is_once,
    packed,
    store,
    talks,
    twice_is_once,
)
from tests.importers.vcard_cases import container

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = DATA / "facebook"
WHOLE = FOLDER / "facebook-nora"
ME = READING._replace(me=frozenset({("name", "nora feldmann")}))


# ---- where it lies --------------------------------------------------------------------------

LAYOUTS = (
    "messages/inbox/adawong_1234567890/message_1.json",
    "messages/archived_threads/adawong_1234567890/messa.json",
    "facebook-nora/messages/inbox/adawong_1234567890/message_1.json",
    "your_activity_across_facebook/messages/filtered_threads/adawong_1234567890/message_1.json",
    "facebook-x/your_facebook_activity/messages/e2ee_cutover/adawong_1234567890/message_1.json",
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_known_packed_and_unpacked(tmp_path: Path, layout: str) -> None:
    data = thread([Said(ADA, START, "hi")])
    decoys = {
        "your_facebook_activity/messages/secret_groups.json": "{}",
        "your_facebook_activity/messages/autofill_information.json": "[]",
    }
    archive = packed(tmp_path / "facebook-x.zip", {layout: data, **decoys})
    folder = tmp_path / "folder"
    (folder / layout).parent.mkdir(parents=True)
    (folder / layout).write_bytes(data)
    for path in (archive, folder):
        assert claims(path)[0] == "facebook"
        (talk,), problems = talks(facebook, path)
        assert (talk.text, talk.thread, problems) == ("hi", "1234567890", [])


def test_an_unpacked_download_is_one_export(tmp_path: Path) -> None:
    for place in ("facebook-nora", "old", "pages"):
        copy = tmp_path / place
        shutil.copytree(FOLDER / place, copy)
    (tmp_path / "notes.txt").write_text("hello")
    looked = discover.look_through(tmp_path)
    assert {path.name for path in looked.exports} == {"facebook-nora", "old", "pages"}
    assert discover.look_through(tmp_path / "old").exports == (tmp_path / "old",)


def test_of_several_archives_one_says_whose_all_are(tmp_path: Path) -> None:
    parts: tuple[dict[str, bytes], ...] = ({}, {})
    for path in WHOLE.rglob("*.json"):
        name = path.relative_to(WHOLE).as_posix()
        parts["messages" in name][name] = path.read_bytes()
    paths = [packed(tmp_path / f"facebook-{n}.zip", part) for n, part in enumerate(parts)]
    bus = fresh(tmp_path / "people.db")
    (stored,) = store(bus, *paths, me=())
    assert stored.talks == 12
    assert {line[2] for line in kept(bus)} == {"in", "out"}
    bus.close()


def test_files_of_one_thread_are_read_in_order_and_beside_each_other(tmp_path: Path) -> None:
    folder = "messages/inbox/adawong_1234567890"
    other = thread([Said("Ben", START, "Ben")], thread_path="inbox/ben_9876543210")
    files = {
        f"{folder}/message_10.json": thread([Said(ADA, START, "10")]),
        "messages/inbox/ben_9876543210/message_1.json": other,
        f"{folder}/message_2.json": thread([Said(ADA, START, "2")]),
        f"{folder}/message_1.json": thread([Said(ADA, START, "1")]),
    }
    found, _ = talks(facebook, packed(tmp_path / "a.zip", files))
    assert texts(found) == ["1", "2", "10", "Ben"]


def test_both_services_in_one_archive_are_read_apart(tmp_path: Path) -> None:
    files = {
        f"your_{name}_activity/messages/inbox/adawong_1234567890/message_1.json": thread(
            [Said(ADA, START, name)]
        )
        for name in ("facebook", "instagram")
    }
    path = packed(tmp_path / "meta.zip", files)
    assert sorted(claims(path)) == ["facebook", "instagram"]
    for reader in (facebook, instagram):
        found, _ = talks(reader, path)
        assert [(one.text, one.channel) for one in found] == [(reader.NAME, reader.NAME)]


def test_a_lone_file_of_either_goes_to_the_likelier_and_can_be_told(tmp_path: Path) -> None:
    path = one_file(tmp_path, thread([Said(ADA, START, "hi")]))
    assert claims(path) == ["facebook", "instagram"]
    message = {"sender_name": "A", "timestamp_ms": START, "is_geoblocked_for_viewer": False}
    path.write_bytes(thread([], messages=[message]))
    assert claims(path) == ["instagram", "facebook"]
    bus = fresh(tmp_path / "people.db")
    store(bus, path, as_format="facebook", me=(NORA,))
    assert {line[3] for line in kept(bus)} == {"facebook"}
    bus.close()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("messages.json", b'{"conversations": []}'),
        ("result.json", b'{"name": "Ada", "type": "personal_chat", "messages": []}'),
        ("friends.json", b'{"friends": 3}'),
        ("friends.json", b'{"friends": [{"id": "1", "screen_name": "x"}]}'),
        ("list_1.json", b'[{"participants": 3}]'),
        ("page.html", b"<html><div class='thread'>forum</div></html>"),
        ("message_1.html", b"<html>hello</html>"),
        ("profile_information.json", b'{"profile": 3}'),
        ("data_1.json", b'{"sender_name": "shop"}'),
        ("empty.json", b""),
        ("profile.json", b'{"username": "ada", "name": "Ada"}'),
    ],
)
def test_nobody_elses_file_is_claimed(name: str, data: bytes) -> None:
    box = container({name: data})
    for reader in (facebook, instagram):
        assert reader.sniff(box) is None
        assert reader.sniff_talks(box) is None
        assert list(reader.read_talks(box, READING)) == []
        assert list(reader.read(box)) == []
        assert reader.owner(box) == ()


# ---- again and again ------------------------------------------------------------------------


def test_the_whole_download_is_stored_once_with_the_owner_known(tmp_path: Path) -> None:
    lines = twice_is_once(tmp_path, WHOLE, me=())
    assert {(line[2], line[7]) for line in lines if line[5] == "Gute Nacht 🌙"} == {
        ("in", "from zoe muller")
    }
    assert {line[2] for line in lines if line[5] == "[2 photos]"} == {"out"}
    assert len(lines) == 12


def test_the_same_words_in_one_second_are_two_messages_whichever_export_has_them(
    tmp_path: Path,
) -> None:
    both = [Said(ADA, START, "ok"), Said(ADA, START + 1, "ok")]
    early = one_file(tmp_path, thread(both[1:]), "message_1.json")
    late = one_file(tmp_path, thread(both), "message_2.json")
    bus = fresh(tmp_path / "people.db")
    for path in (early, late, early):
        store(bus, path, me=(NORA,))
    assert [line[5] for line in kept(bus)] == ["ok", "ok"]
    bus.close()


@given(chats(), st.integers(1, 11), st.sampled_from([thread, sealed, old_page, page, handles]))
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_later_export_that_overlaps_adds_only_what_is_new(
    chat: Sequence[Said], cut: int, write: object
) -> None:
    assert callable(write)
    ending = "html" if write in {old_page, page} else "json"
    with TemporaryDirectory() as folder:
        place = Path(folder)
        early = one_file(place, write(chat[:cut]), f"message_1.{ending}")
        late = one_file(place, write(chat), f"message_2.{ending}")
        me = ("nora.f",) if write is handles else (NORA,)
        twice_is_once(place, late, me=me)
        if write is not old_page:  # its times are minutes: only the count tells messages apart
            overlap_is_once(place, early, late, me=me)


# ---- damage ---------------------------------------------------------------------------------


@given(st.sampled_from(sorted(path for path in FOLDER.rglob("*.*") if path.is_file())), st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_file_raises_nothing_and_what_is_read_can_be_stored(
    path: Path, data: st.DataObject
) -> None:
    whole = path.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    bad = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"\0", b"\xff", b'"', b"[" * 3_000, b"<!-- "])
    )
    box = container(
        {path.relative_to(FOLDER).as_posix(): whole[:start] + bad + whole[end:]},
    )
    for reader in (facebook, instagram):
        reader.owner(box)
        for found in (*reader.read(box), *reader.read_talks(box, ME)):
            if isinstance(found, Talk):
                assert found.moment.at
                words = (found.text, found.subject, found.thread, found.where)
                "".join(words).encode()
                assert "\0" not in "".join(words)
                for party in filter(None, (found.sender, *found.others)):
                    assert party.value
                    party.value.encode()
            elif not isinstance(found, Problem):
                for value in found.values:
                    assert value.value
                    value.value.encode()


@pytest.mark.parametrize(
    "data",
    [
        b'{"participants": [{"name": "A"}], "messages": ' + b"[" * 100_000,
        b'{"participants": [{"name": "A"}], "messages": [{"timestamp_ms": NaN}]}',
        b'{"participants": [{"name": "A"}], "messages": [], "messages": [1]}',
        b'{"participants": [{"name": "A"}], "messages": {"a": 1}}',
        b'{"participants": [{"name": "A"}]',
    ],
    ids=["row 32 deep", "row 32 NaN", "row 32 keys twice", "row 32 no list", "row 31 cut off"],
)
def test_broken_json_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    found, problems = talks(facebook, one_file(tmp_path, data))
    assert found == []
    assert [problem.fatal for problem in problems] == [True]


@pytest.mark.parametrize(
    "stamp", ["9" * 10_000, "-1e400", "1e999", "true", '"x"', "99999999999999", "0", "null", "[]"]
)
def test_row_32_absurd_times_are_refused_one_by_one(tmp_path: Path, stamp: str) -> None:
    data = thread([Said(ADA, START, "kept"), Said(ADA, START + 1, "lost")])
    data = data.replace(str(START + 1).encode(), stamp.encode())
    found, problems = talks(facebook, one_file(tmp_path, data))
    assert texts(found) == ["kept"]
    assert [problem.why for problem in problems] == ["no time that can be read"]


@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 30_000,
        b"<section><h2>A</h2>" * 5_000,
        b"<!-- " + b"x" * 2_000_000,
        b'<div class="' + b"x" * 2_000_000,
        b"<![CDATA[ <!x <?y",
        b"</div>" * 1_000 + b"\xff\0&#xD800;&#0;",
    ],
    ids=["deep", "open", "comment", "tag", "declarations", "ends"],
)
def test_broken_pages_end_and_raise_nothing(page: bytes) -> None:
    head = b'<div class="thread">A, B<div class="message"><div class="message_header"></div></div>'
    for name, data in (
        ("html/messages.htm", head + page),
        ("messages/inbox/a_1/message_1.html", page),
        ("html/friends.htm", b"<h1>A</h1><ul><li>" + page),
        ("connections/followers_and_following/followers_1.html", page),
    ):
        box = container({name: data})
        for reader in (facebook, instagram):
            found = (*reader.read(box), *reader.read_talks(box, READING))
            assert not [one for one in found if isinstance(one, Talk)]


@pytest.mark.parametrize(
    "name",
    ["../messages/inbox/a_1/message_1.json", "/messages/inbox/a_1/message_1.json"],
    ids=["row 29 climbing", "row 29 absolute"],
)
def test_names_that_climb_are_refused_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    good = "messages/inbox/adawong_1234567890/message_1.json"
    files = {name: thread([Said(ADA, START, "bad")]), good: thread([Said(ADA, START, "good")])}
    path = packed(tmp_path / "facebook-x.zip", files)
    assert "good" in texts(talks(facebook, path)[0])


@pytest.mark.parametrize("text", ["[/]", "[@click=app.quit]x[/]", "[bold", "a\\", ":smile:"])
def test_row_17_markup_is_kept_as_it_stands(tmp_path: Path, text: str) -> None:
    path = one_file(tmp_path, thread([Said(text, START, text)], title=text))
    (talk,), _ = talks(facebook, path)
    assert (talk.text, talk.sender and talk.sender.value, talk.subject) == (text, text, text)
