# ruff: noqa: RUF001 — letters and digits of many languages
from __future__ import annotations

import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import whatsapp
from importers.container import open_container
from importers.record import Problem
from tests.book import fresh
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

    from importers.talk import Talk

FOLDER = DATA / "whatsapp"
PAIR = FOLDER / "WhatsApp Chat with Ada Wong.txt"
GROUP = FOLDER / "WhatsApp Chat - Segelcrew"
FILES = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples"
SAMPLES = {  # counted by hand: talks, refused
    "whatsapp/joweich+chat-miner--test_[mmddyy]_24hrs.txt": (7, 0),
    "whatsapp/lucasrodes+whatstk--lorem-merge-part1.txt": (300, 0),
    "whatsapp/lucasrodes+whatstk--lorem-merge-part2.txt": (300, 0),
    "whatsapp/lucasrodes+whatstk--lorem.txt": (500, 0),
    "whatsapp/timelinize+timelinize--_chat.txt": (15, 0),
}


def read(text: str, name: str = "chat.txt") -> tuple[list[Talk], list[str]]:
    found = list(whatsapp.read_talks(container({name: text.encode()}), READING))
    return (
        [one for one in found if not isinstance(one, Problem)],
        [one.why for one in found if isinstance(one, Problem)],
    )


def by(talk: Talk) -> str:
    return talk.sender.value if talk.sender else ""


def test_an_android_chat_of_two_is_read_line_by_line() -> None:
    found, problems = talks(whatsapp, PAIR)
    assert [(t.moment.at[5:16], t.kind, by(t)[:3], t.text) for t in found] == [
        ("01-30T21:58", "message", "Nor", "Hi Ada: are you there?"),
        ("01-30T22:01", "message", "Ada", "Yes\nTwo lines more:\n\nthe last one"),
        ("01-31T00:05", "message", "Ada", "[media]"),
        ("01-31T12:05", "message", "Ada", "[media]\nFrom the boat"),
        ("01-31T12:06", "message", "Nor", "ok"),
        ("01-31T12:06", "message", "Nor", "ok"),
        ("01-31T12:08", "message", "Nor", "See you on Friday"),
        ("01-31T12:09", "call", "", "missed call"),
        ("01-31T12:10", "message", "Ada", "[media]"),
        ("01-31T12:11", "message", "Ada", "[contact]"),
        ("01-31T12:13", "message", "Ada", "Shall we do a video call tomorrow?"),
    ]
    assert {(t.thread, t.subject, t.channel) for t in found} == {("Ada Wong", "", "whatsapp")}
    assert found[7].direction == "in"
    assert [p.why for p in problems] == ["left out: 2 lines of the system and 1 deleted message"]


def test_an_iphone_group_is_read_with_its_marks_calls_and_polls() -> None:
    found, problems = talks(whatsapp, GROUP)
    assert [(t.kind, by(t), t.text, t.seconds) for t in found] == [
        ("message", "Zoë", "مرحبا بالجميع \u202bשלום\u202c 😀", 0),
        ("message", "+41 79 555 01 02", "Ahoi", 0),
        ("message", "Ben Ortiz", "[photo]", 0),
        ("message", "Ben Ortiz", "[photo]", 0),
        ("message", "Ben Ortiz", "[document]", 0),
        ("call", "Nora Feldmann", "", 3900),
        ("call", "Ben Ortiz", "missed call", 0),
        ("message", "Ben Ortiz", "[poll] Wer kommt?\n- Ich\n- Du", 0),
        ("message", "Ben Ortiz", "Bis dann", 0),
        ("message", "🤓", "@\u2068Nora Feldmann\u2069 kommst du?", 0),
    ]
    assert {(t.thread, t.subject) for t in found} == {("Segelcrew", "Segelcrew")}
    assert [(t.sender.kind, t.sender.scope) for t in found[:3] if t.sender] == [
        ("name", ""),
        ("phone", ""),
        ("name", "contacts"),
    ]
    assert [p.why for p in problems] == ["left out: 2 lines of the system and 1 deleted message"]


@pytest.mark.parametrize(
    "stamp",
    [
        "3/6/18, 1:55 p.m. - ",
        "03-06-2018, 01.55 PM - ",
        "13.06.18 13.55.00: ",
        "[06.13.18 13:55:00] ",
        "13.6.2018 klo 13.55.00 - ",
        "13. 6. 2018. 13:55:00 ",
        "[3/6/18 1:55:00 p. m.] ",
        "[2018/06/13, 13:55:00] ",
        "[06/2018/13, 13:55:00] ",
        "13-06-18 13:55 – ",
        "2018. 6. 13. 오후 1:55 - ",
        "2018/6/13 下午1:55 - ",
        "\u200f13\u200f/6\u200f/2018، 1:55 م - ".replace("،", ","),
        "١٣/٦/٢٠١٨, ١:٥٥ م - ",
        "13/6/2561, 13:55 - ",
        "\u200e[13.06.18, 13:55:00] ",
        "13/06/2018, 1:55\u202fPM - ",
        "13/06/2018 à 13:55 - ",
    ],
)
def test_every_way_a_phone_writes_the_time_is_known(stamp: str) -> None:
    found, _ = read(f"{stamp}Ada Wong: one\n{stamp}Ben: two: three\nfour\n{stamp}Ada Wong: x\n")
    assert [(by(t), t.text) for t in found] == [
        ("Ada Wong", "one"),
        ("Ben", "two: three\nfour"),
        ("Ada Wong", "x"),
    ]
    assert {t.moment.at[10:16] for t in found} == {"T13:55"}
    day = "2018-06-03" if stamp.lstrip("[").startswith(("3/", "03-")) else "2018-06-13"
    assert {t.moment.day for t in found} == {day}


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["2/1/20", "1/13/20"], ["2020-02-01", "2020-01-13"]),
        (["2/1/20", "13/1/20"], ["2020-01-02", "2020-01-13"]),
        (["1/2/20", "1/3/20", "2/1/20"], ["2020-01-02", "2020-01-03", "2020-02-01"]),
        (["1/2/20", "2/2/20", "1/3/20"], ["2020-02-01", "2020-02-02", "2020-03-01"]),
        (["20-01-11", "20-01-12", "20-02-13"], ["2020-01-11", "2020-01-12", "2020-02-13"]),
        (["13/1/20", "1/14/20"], ["2020-01-13", "2020-01-14"]),
    ],
)
def test_the_order_of_dates_follows_from_the_whole_file(dates: list[str], days: list[str]) -> None:
    found, _ = read("".join(f"{date}, 10:00 - Ada: hi\n" for date in dates))
    assert [t.moment.day for t in found] == days


def test_dates_that_could_be_both_and_dates_of_two_orders_are_told() -> None:
    line = "{}, 10:00 - Ada: hi\n"
    assert read(line.format("1/2/20"))[1] == [
        "day and month could not be told apart; the day was taken for the first"
    ]
    assert read(line.format("13/1/20") + line.format("1/14/20"))[1] == [
        "dates of two orders; each was read as it can be"
    ]


def test_the_key_of_a_message_does_not_hang_on_the_order_of_its_date() -> None:
    (alone,), _ = read("2/1/20, 10:00 - Ada: hi\n")
    (again, _), _ = read("2/1/20, 10:00 - Ada: hi\n1/13/20, 10:00 - Ada: later\n")
    assert alone.moment.at != again.moment.at
    assert alone.moment.written == again.moment.written


@pytest.mark.parametrize(
    "line",
    [
        'Ada changed the subject to "Trip: Rome"',
        "Ada created group “Trip: Rome”",
        "You were added",
        "Ada left",
        'Ada changed the time to "10:30"',
    ],
)
def test_what_the_system_wrote_is_counted_and_no_message(line: str) -> None:
    found, why = read(f"13/1/20, 10:00 - Ada: hi\n13/1/20, 10:01 - {line}\n")
    assert [t.text for t in found] == ["hi"]
    assert why == ["left out: 1 line of the system"]


def test_lines_before_the_first_message_and_days_that_are_none_are_told() -> None:
    found, why = read(
        "what is this\n13/1/20, 10:00 - Ada: hi\n31/2/20, 10:00 - Ada: never\n"
        "14/1/90, 10:00 - Ada: 2090\n13/1/20, 25:00 - Ada: never\n"
    )
    assert [t.text for t in found] == ["hi"]
    assert why.count("no time that can be read") == 3
    assert why[-1] == "1 lines before the first message were not understood"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("WhatsApp Chat with Ada Wong.txt", "Ada Wong"),
        ("WhatsApp Chat with Ada Wong (2).txt", "Ada Wong"),
        ("WhatsApp_Chat_with_Ada_Wong.txt", "Ada Wong"),
        ("WhatsApp-Chat mit Ada Wong.txt", "Ada Wong"),
        ("Chat de WhatsApp con Ada Wong.txt", "Ada Wong"),
        ("Discussion WhatsApp avec Ada Wong.txt", "Ada Wong"),
        ("Conversa do WhatsApp com Ada Wong.txt", "Ada Wong"),
        ("Chat WhatsApp con Ada Wong.txt", "Ada Wong"),
        ("Чат WhatsApp с Ada Wong.txt", "Ada Wong"),
        ("WhatsApp Chat - Ada Wong/_chat.txt", "Ada Wong"),
        ("ada.txt", "ada"),
    ],
)
def test_the_name_of_the_file_names_the_chat(name: str, title: str) -> None:
    (talk,), _ = read("13/1/20, 10:00 - Nora: hi\n", name)
    assert talk.thread == title
    assert talk.subject == ""
    assert title in [party.value for party in talk.others]


def test_a_zip_with_its_media_is_a_chat(tmp_path: Path) -> None:
    chat = b"[13.01.20, 10:00:00] Ada Wong: hi\r\n"
    files = {"_chat.txt": chat, "00000042-PHOTO-2020-01-13-10-00-00.jpg": b"\xff\xd8"}
    path = packed(tmp_path / "WhatsApp Chat - Ada Wong.zip", files)
    assert claims(path)[0] == "whatsapp"
    (talk,), _ = talks(whatsapp, path)
    assert (talk.thread, talk.text) == ("Ada Wong", "hi")


def test_in_a_chat_of_two_named_after_one_the_other_is_the_owner() -> None:
    with open_container(PAIR) as box:
        assert [party.value for party in whatsapp.owner(box)] == ["Nora Feldmann"]
    with open_container(GROUP) as box:
        assert whatsapp.owner(box) == ()


def test_a_chat_with_and_without_media_is_the_same_chat() -> None:
    with_media = "13/1/20, 10:00 - Ada: \u200eIMG-20200113-WA0001.jpg (file attached)\nboat\n"
    without = "13/1/20, 10:00 - Ada: <Media omitted>\nboat\n"
    assert read(with_media)[0][0].text == read(without)[0][0].text


@pytest.mark.parametrize("text", ["<hello>", "a < b", "image of you", "(file attached)", "Hi :)"])
def test_what_somebody_wrote_is_never_taken_for_the_systems_words(text: str) -> None:
    (talk,), _ = read(f"13/1/20, 10:00 - Ada: {text}\n")
    assert (talk.kind, talk.text) == ("message", text)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.csv", b"2020-01-13 10:00:00,Ada: hi\n2020-01-13 10:00:00,Ben: hi\n"),
        ("chat.txt", b"[2024-01-01, 10:00] Ada: hi\n[2024-01-01, 10:01] Ben: hi\n"),
        ("notes.txt", b"13.01.2020 Lunch with Ada: good\n14.01.2020 Call\n"),
        ("empty.txt", b""),
        ("result.json", b'{"messages": [{"type": "message", "from_id": "user1"}]}'),
        ("log.txt", b"Session Start: Mon Jan 13\n[10:00:00] Ada: hi\n[10:00:01] Ben: hi\n"),
    ],
)
def test_nobody_elses_file_is_claimed(name: str, data: bytes) -> None:
    assert whatsapp.sniff_talks(container({name: data})) is None
    assert list(whatsapp.read_talks(container({name: data}), READING)) == []


def test_each_message_is_there_once_and_the_same_words_twice_are_two(tmp_path: Path) -> None:
    once = twice_is_once(tmp_path, PAIR, GROUP)
    assert [row[5] for row in once if row[5] == "ok"] == ["ok", "ok"]
    assert [row[2] for row in once if row[5] == "See you on Friday"] == ["out"]


def test_copies_of_a_chat_are_one_chat_however_they_are_packed(tmp_path: Path) -> None:
    lines = [f"13/1/20, 10:0{n // 2} - {who}: ok" for n, who in enumerate(("Ada", "Nora") * 3)]
    folder = tmp_path / "Downloads"
    folder.mkdir()
    for place, count in (("WhatsApp Chat with Ada.txt", 4), ("WhatsApp Chat with Ada (1).txt", 6)):
        (folder / place).write_text("\n".join(lines[:count]))
    archives = [
        packed(tmp_path / f"WhatsApp Chat {word} Ada.zip", {name: "\n".join(lines)})
        for word, name in (("with", "WhatsApp Chat with Ada.txt"), ("-", "_chat.txt"))
    ]
    for number, paths in enumerate(([folder], [*folder.iterdir()], archives, [folder, *archives])):
        bus = fresh(tmp_path / f"{number}.db")
        store(bus, *paths, me=("Nora",))
        assert [row[5] for row in kept(bus)] == ["ok"] * 6
        bus.close()


# ---- any chat, in any of the ways it is written ------------------------------------------------

WAYS = (
    ("{:%d/%m/%Y, %H:%M} - ", ""),
    ("{:%m/%d/%y, %I:%M %p} - ", ""),
    ("[{:%d.%m.%y, %H:%M:%S}] ", "\u200e"),
    ("[{:%Y-%m-%d, %H:%M:%S}] ", ""),
)
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=30
)


class Line(NamedTuple):
    gap: int
    mine: bool
    words: str


LINES = st.lists(st.builds(Line, st.integers(0, 40_000), st.booleans(), TEXT), min_size=4)


def written(path: Path, way: tuple[str, str], lines: Sequence[Line], first: int) -> Path:
    moment = datetime(2023, 1, 13, 9)  # noqa: DTZ001 — as phones write it
    parts = []
    for number, line in enumerate(lines):
        moment += timedelta(minutes=line.gap)
        who = "Nora Feldmann" if (line.mine if number > 1 else number) else "Ada Wong"
        if number >= first or number < 2:
            parts.append(f"{way[0].format(moment)}{who}: says {line.words}\n{number} lines\n")
    path.write_text("".join(parts), "utf-8")
    return path


@given(LINES, st.sampled_from(WAYS), st.data())
@settings(max_examples=5, deadline=None)
def test_a_chat_and_a_later_longer_export_of_it_leave_each_message_once(
    lines: list[Line], way: tuple[str, str], data: st.DataObject
) -> None:
    early = data.draw(st.integers(2, len(lines)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names = ("WhatsApp Chat with Ada Wong.txt", "WhatsApp Chat with Ada Wong (1).txt")
        short = written(folder / names[0], way, lines[:early], 0)
        long = written(folder / names[1], way, lines, 0)
        found, _ = talks(whatsapp, long)
        assert len(found) == len(lines)
        twice_is_once(folder, long)
        overlap_is_once(folder, short, long)


@given(st.sampled_from([PAIR, GROUP / "_chat.txt"]), st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_chat_raises_nothing_and_its_talks_can_be_stored(
    path: Path, data: st.DataObject
) -> None:
    whole = path.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    bad = data.draw(st.binary(max_size=12) | st.sampled_from([b"\0", b"\xff", b"[", b":" * 3_000]))
    box = container({path.name: whole[:start] + bad + whole[end:]})
    for found in whatsapp.read_talks(box, READING):
        if not isinstance(found, Problem):
            words = found.text + found.thread + (found.sender.value if found.sender else "x")
            assert "\0" not in words
            assert found.sender is None or found.sender.value
            words.encode()


def test_a_message_without_end_is_cut_and_told() -> None:
    found, why = read("13/1/20, 10:00 - Ada: hi\n" + ("x" * 9_999 + "\n") * 50)
    assert len(found[0].text) < 200_000
    assert why[0].endswith("lines of overlong messages left out")


@pytest.mark.skipif(not FILES.is_dir(), reason="VITALFEW_SHARED names no samples")
@pytest.mark.parametrize("name", SAMPLES)
def test_real_chats_are_read_to_the_last_line(name: str) -> None:
    found, problems = talks(whatsapp, FILES / name)
    assert (len(found), sum(problem.fatal for problem in problems)) == SAMPLES[name]
    assert claims(FILES / name)[0] == "whatsapp"


@pytest.mark.skipif(not FILES.is_dir(), reason="VITALFEW_SHARED names no samples")
def test_no_real_file_of_another_format_is_claimed() -> None:
    mine = set()
    for path in FILES.glob("*/*"):
        with open_container(path) as box:
            if path.suffix in {".txt", ".csv", ".log", ".md"} and whatsapp.sniff_talks(box):
                mine.add(f"{path.parent.name}/{path.name}")
    assert mine == set(SAMPLES)
