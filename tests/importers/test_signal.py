from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers import signal
from importers.discover import look_through
from importers.talk import Party, Talk
from tests.book import fresh
from tests.importers.talking import claims, kept, overlap_is_once, store, talks, twice_is_once

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = Path(__file__).parents[1] / "data" / "signal"
SHARED = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples"
SAMPLES = {"signal/joweich+chat-miner--test_export.txt": (2, 0)}  # counted by hand


def chat(name: str) -> list[Talk]:
    found, _ = talks(signal, DATA)
    return [one for one in found if one.thread == name]


def named(name: str, role: str = "with") -> Party:
    return Party("name", name, "", role, "contact")


def text(path: Path, words: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, "utf-8")
    return path


def test_a_chat_of_two_has_no_title_and_says_who_wrote() -> None:
    came, went = chat("Ada Wong")[:2]
    assert (came.sender, came.direction, came.text) == (named("Ada Wong", "from"), "in", "Hello")
    assert (went.sender, went.direction, went.others) == (None, "out", (named("Ada Wong"),))
    assert (came.kind, came.channel, came.subject) == ("message", "signal", "")
    assert (came.moment.at, came.moment.zone) == ("2026-03-02T10:00:05Z", "")


def test_what_is_quoted_attached_or_answered_is_not_said() -> None:
    assert [one.text for one in chat("Ada Wong")[1:5]] == [
        "Yes:\ntwo lines",
        "[photo]",
        "see this",
        "[sticker]",
    ]


def test_calls_are_told_from_messages_with_how_long_they_took() -> None:
    calls = [one for one in chat("Ada Wong") if one.kind == "call"]
    assert [(one.direction, one.seconds, one.text) for one in calls] == [
        ("out", 123, ""),
        ("in", 0, "missed call"),
        ("in", 0, ""),
    ]
    assert calls[0].sender is None
    assert calls[2].sender == named("Ada Wong", "from")


def test_a_group_is_read_from_its_data_and_its_text_is_left() -> None:
    found = chat("Book club")
    assert [(one.text, one.direction) for one in found] == [
        ("Thursday?", "in"),
        ("yes \ufffd", "out"),
        ("[voice message]", "in"),
        ("[sticker]", "in"),
    ]
    assert {one.subject for one in found} == {"Book club"}
    assert found[1].others == (named("Ben"), named("Ada Wong"))


def test_a_chat_that_only_the_owner_wrote_in_is_with_whom_it_is_called_after() -> None:
    (found,) = chat("+41790000007")
    assert (found.direction, found.others) == ("out", (Party("phone", "+41790000007"),))
    assert found.moment.written == "2019-05-29 15:04:00"


def test_what_is_left_out_is_counted_and_what_cannot_be_read_has_its_place() -> None:
    _, problems = talks(signal, DATA)
    assert [(one.where, one.why, one.fatal) for one in problems] == [
        ("Ada Wong/chat.md line 17", "no time that can be read", True),
        ("Book club/data.json line 4", "nobody is named as its sender", True),
        ("Book club/data.json line 7", "no time that can be read", True),
        ("Book club/data.json line 8", "not JSON", True),
        ("Book club/data.json line 9", "not a message", True),
        ("signal", "2 deleted messages left out", False),
    ]


def test_an_export_is_known_whole_by_the_chat_and_as_loose_lines(tmp_path: Path) -> None:
    assert claims(DATA) == claims(DATA / "Ada Wong") == ["signal"]
    found, _ = talks(signal, DATA / "Ada Wong")
    assert {one.thread for one in found} == {"Ada Wong"}
    loose = text(
        tmp_path / "ada.txt", "[2019-12-24, 12:23] Ada: Hello\n[2019-12-24, 12:24] Me: ho\n"
    )
    assert claims(loose)[0] == "signal"
    found, _ = talks(signal, loose)
    assert [(one.direction, one.subject) for one in found] == [("in", ""), ("out", "")]


@pytest.mark.parametrize(
    "words",
    [
        "[2019-12-24, 12:23:11] Ada: Hello\n",
        "2019-12-24 12:23 Ada: Hello\n",
        "# Title\n[2019-12-24, 12:23] Ada: Hello\n",
        '{"date": "x", "sender": "y"}\n',
        "",
    ],
)
def test_other_logs_are_nobodys(tmp_path: Path, words: str) -> None:
    for name in ("chat.md", "notes.txt", "data.json"):
        assert "signal" not in claims(text(tmp_path / name, words))


def test_of_loose_lines_without_me_the_owner_is_asked_for(tmp_path: Path) -> None:
    lines = "[2019-12-24, 12:23] Ada: Hello\n[2019-12-24, 12:24] Nora Feldmann: ho\n"
    path = text(tmp_path / "export.txt", lines)
    rows = twice_is_once(tmp_path, path, me=("Nora Feldmann",))
    assert [(row[2], row[7]) for row in rows] == [("in", "from ada"), ("out", "to ada")]


def test_a_whole_export_is_stored_with_each_talk_once(tmp_path: Path) -> None:
    rows = twice_is_once(tmp_path, DATA, me=())
    assert len(rows) == 13  # eight with Ada, four in the group, one to a number
    assert {row[7] for row in rows if row[2] == "in"} == {"from ada wong", "from ben"}


def test_a_very_long_message_is_bounded_and_its_rest_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "_LONGEST", 100)
    lines = "[2019-12-24, 12:23] Ada: Hello\n" + "so it goes\n" * 50
    found, problems = talks(signal, text(tmp_path / "Ada" / "chat.md", lines))
    assert len(found[0].text) < 120
    assert [one.why for one in problems] == ["41 lines of no message left out"]


WORDS = st.text(st.sampled_from("ab >:(-[é😀"), max_size=6)
SAID = st.lists(st.tuples(st.booleans(), st.integers(0, 3), WORDS), max_size=10)


def export(folder: Path, said: Sequence[tuple[bool, int, str]], *, seconds: bool = True) -> Path:
    start = datetime(2026, 3, 2, 10)  # noqa: DTZ001 — the program writes no zone
    how = "%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d, %H:%M"
    lines = [
        f"[{start + timedelta(minutes=minutes):{how}}] {'Me' if out else 'Ada'}: -{words}  \n"
        for out, minutes, words in sorted(said, key=lambda one: one[1])
    ]
    text(folder / "Ada" / "chat.md", "".join(lines))
    return folder


@given(SAID, st.integers(0, 10))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_later_export_that_overlaps_adds_each_message_once(
    said: list[tuple[bool, int, str]], cut: int
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        early = export(folder / "early", said[:cut], seconds=False)
        late = export(folder / "late", said)
        bus = fresh(folder / "people.db")
        held = [path / "Ada" for path, part in ((early, said[:cut]), (late, said)) if part]
        for paths in ([one] for one in held):
            store(bus, *paths, me=())
        store(bus, *held, me=())
        assert len(kept(bus)) == len(said)
        bus.close()


def test_the_order_of_two_exports_does_not_matter(tmp_path: Path) -> None:
    said = [(True, 0, "a"), (False, 1, "b"), (True, 2, "c")]
    early, late = export(tmp_path / "early", said[:2]), export(tmp_path / "late", said)
    overlap_is_once(tmp_path, early, late, me=())


def test_a_folder_of_chats_among_downloads_is_one_export(tmp_path: Path) -> None:
    export(tmp_path / "signal", [(True, 0, "a")])
    text(tmp_path / "other.txt", "hello")
    assert look_through(tmp_path).exports == (tmp_path / "signal",)
    assert look_through(DATA).exports == (DATA,)
    assert look_through(DATA / "Ada Wong").exports == (DATA / "Ada Wong",)


@given(st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_export_raises_nothing_and_can_be_stored(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["Ada Wong/chat.md", "Book club/data.json"]))
    whole = (DATA / name).read_bytes()
    place = data.draw(st.integers(90, len(whole)))
    bad = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"\0", b"\xff", b'"', b"[" * 3_000, b"\n"])
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.parent.mkdir()
        path.write_bytes(whole[:place] + bad + whole[place + len(bad) :])
        found, _ = talks(signal, Path(folder))
    for talk in found:
        assert "\0" not in f"{talk.subject}{talk.text}{talk.thread}"
        f"{talk.subject}{talk.text}{talk.thread}{talk.sender}{talk.others}".encode()
        for party in (talk.sender, *talk.others):
            assert party is None or party.value


@pytest.mark.skipif(not SHARED.is_dir(), reason="VITALFEW_SHARED names no samples")
@pytest.mark.parametrize("name", SAMPLES)
def test_real_exports_are_read_to_the_last_line(name: str) -> None:
    found, problems = talks(signal, SHARED / name)
    assert (len(found), sum(one.fatal for one in problems)) == SAMPLES[name]
    assert claims(SHARED / name)[0] == "signal"
