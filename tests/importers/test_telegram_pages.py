from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers import discover, telegram
from importers.container import open_container
from importers.record import Problem
from importers.talk import Party, Talk
from tests.importers.small import DATA
from tests.importers.talking import READING, claims, overlap_is_once, talks, twice_is_once
from tests.importers.vcard_cases import container

if TYPE_CHECKING:
    from collections.abc import Sequence

FULL = DATA / "telegram" / "DataExport_2024-02-01" / "result.json"
DAY = '<div class="message service" id="message-1"><div class="body details">1 May</div></div>'
ADA, NORA = Party("name", "Ada Wong"), Party("name", "Nora Feldmann")


def message(
    number: int, by: str, inside: str, time: str = "01.05.2023 12:00:00 UTC+02:00", kind: str = ""
) -> str:
    """One message; without a name it goes on from the one above."""
    name = f'<div class="from_name">\n{by} \n</div>' if by else ""
    joined = "" if by else " joined"
    return (
        f'<div class="message default clearfix{joined}" id="message{number}">\n'
        '<div class="pull_left userpic_wrap"><div class="initials">A</div></div>\n'
        f'<div class="body">\n<div class="pull_right date details" title="{time}">\n12:00\n</div>\n'
        f"{name}{kind}{inside}\n</div>\n</div>\n"
    )


def text(words: str) -> str:
    return f'<div class="text">\n{words}\n       </div>'


def media(kind: str, status: str = "") -> str:
    return (
        f'<div class="media_wrap clearfix"><div class="media clearfix pull_left media_{kind}">'
        '<div class="fill pull_left"></div><div class="body"><div class="title bold">Photo</div>'
        f'<div class="status details">\n{status}\n</div></div></div></div>'
    )


def page(*inside: str, title: str = "Ada Wong") -> str:
    return (
        '<!DOCTYPE html><html><head><title>Exported Data</title></head><body onload="x();">'
        '<div class="page_wrap"><div class="page_header"><div class="content">'
        f'<div class="text bold">\n{title} \n</div></div></div>'
        f'<div class="page_body chat_page"><div class="history">{"".join(inside)}</div></div></div>'
    )


def read(*pages: str) -> tuple[list[Talk], list[str]]:
    files = {f"messages{n if n > 1 else ''}.html": one for n, one in enumerate(pages, 1)}
    box = container({name: one.encode() for name, one in files.items()})
    found = list(telegram.read_talks(box, READING))
    return (
        [one for one in found if isinstance(one, Talk)],
        [one.why for one in found if isinstance(one, Problem)],
    )


def test_a_message_has_its_sender_time_and_text() -> None:
    (came, went), why = read(
        page(
            DAY,
            message(7, "Ada Wong", text("Hello <strong>you</strong> &amp; me<br>bye &#128578;")),
            message(8, "Nora Feldmann", text("Hi"), "01.05.2023 12:00:09"),
        )
    )
    assert (came.sender, came.others, came.subject) == (ADA, (ADA, NORA), "")
    assert (came.text, came.channel, came.kind) == ("Hello you & me\nbye 🙂", "telegram", "message")
    assert (came.moment.at, came.moment.zone) == ("2023-05-01T10:00:00Z", "+02:00")
    assert (went.sender, went.moment.at, went.moment.zone) == (NORA, "2023-05-01T12:00:09Z", "")
    assert why == ["left out: 1 line of the system"]


def test_what_goes_on_from_above_is_by_the_same_even_on_the_next_page() -> None:
    found, _ = read(
        page(message(1, "Ada Wong", text("a")), message(2, "", text("b"))),
        page(message(3, "", text("c")), message(4, "Nora Feldmann", text("d"))),
    )
    senders = [one.sender.value if one.sender else "" for one in found]
    assert senders == ["Ada Wong", "Ada Wong", "Ada Wong", "Nora Feldmann"]


def test_whom_a_message_is_forwarded_from_did_not_write_it() -> None:
    forwarded = (
        '<div class="pull_left forwarded userpic_wrap"></div><div class="forwarded body">'
        '<div class="from_name">Ben<span class="date details" title="01.01.2020 10:00:00"> x</span>'
        f"</div>{text('news')}</div>"
    )
    answer = '<div class="reply_to details">In reply to <a href="#go">this message</a></div>'
    signs = '<div class="reactions"><span class="reaction">👍</span></div>'
    (one, two), _ = read(
        page(
            message(1, "Ada Wong", forwarded), message(2, "Ada Wong", answer + text("yes") + signs)
        )
    )
    assert (one.sender, one.text, one.moment.at[:4]) == (ADA, "news", "2023")
    assert two.text == "yes"


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (media("photo"), "[photo]"),
        (media("voice_message", "00:05"), "[voice message]"),
        ('<div class="media_wrap"><a class="photo_wrap clearfix pull_left"></a></div>', "[photo]"),
        ('<div class="media_wrap"><a class="sticker_wrap clearfix"></a></div>', "[sticker]"),
        (media("file") + text("look"), "[file]\nlook"),
        ("", "[message]"),
    ],
)
def test_what_is_no_text_is_said_in_brackets(inside: str, said: str) -> None:
    (one,), _ = read(page(message(1, "Ada Wong", inside)))
    assert one.text == said


@pytest.mark.parametrize(
    ("status", "direction", "seconds", "said"),
    [
        ("Outgoing (65 seconds)", "out", 65, ""),
        ("Incoming (1 second)", "in", 1, ""),
        ("Missed", "in", 0, "missed call"),
        ("Cancelled", "out", 0, "missed call"),
        ("", "", 0, "missed call"),
    ],
)
def test_calls_are_told_from_messages(status: str, direction: str, seconds: int, said: str) -> None:
    (one,), _ = read(page(message(1, "Ada Wong", media("call success", status))))
    assert (one.kind, one.direction, one.seconds, one.text) == ("call", direction, seconds, said)


def test_a_group_has_its_title_and_the_owner_of_a_chat_of_two_is_the_other(tmp_path: Path) -> None:
    lines = [message(n, by, text(by)) for n, by in enumerate(("Ada Wong", "Ben", "Nora Feldmann"))]
    found, _ = read(page(*lines, title="Sailing"))
    assert {one.subject for one in found} == {"Sailing"}
    folder = tmp_path / "ChatExport_2023-05-01"
    folder.mkdir()
    (folder / "messages.html").write_text(page(lines[0], lines[2]), "utf-8")
    assert claims(folder) == claims(folder / "messages.html") == ["telegram"]
    with open_container(folder) as box:
        assert telegram.owner(box) == (NORA,)
    rows = twice_is_once(tmp_path, folder, me=())
    assert [(row[2], row[7]) for row in rows] == [("in", "from ada wong"), ("out", "to ada wong")]


def test_the_folder_of_an_export_among_downloads_is_one_export(tmp_path: Path) -> None:
    folder = tmp_path / "ChatExport_2023-05-01"
    (folder / "css").mkdir(parents=True)
    (folder / "messages.html").write_text(page(message(1, "Ada Wong", text("a"))), "utf-8")
    (folder / "messages2.html").write_text(page(message(2, "", text("b"))), "utf-8")
    (tmp_path / "notes.txt").write_text("hello")
    assert discover.look_through(tmp_path).exports == (folder,)


def test_where_json_lies_beside_its_pages_they_are_left_alone() -> None:
    pages = {
        "x/result.json": FULL.read_bytes(),
        "x/chats/chat_1/messages.html": page(message(1, "Ada Wong", text("a"))).encode(),
        "y/messages.html": page(message(1, "Ada Wong", text("other"))).encode(),
    }
    alone, _ = talks(telegram, FULL)
    both = [one for one in telegram.read_talks(container(pages), READING) if isinstance(one, Talk)]
    assert [one.text for one in both] == [*(one.text for one in alone), "other"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("messages.html", "<html><div class='history'>of the town</div></html>"),
        ("messages.html", '<div class="chat_page">forum</div>'),
        ("page.html", page(message(1, "Ada", text("a")))),
    ],
)
def test_nobody_elses_page_is_claimed(name: str, data: str) -> None:
    box = container({name: data.encode()})
    assert telegram.sniff_talks(box) is None
    assert list(telegram.read_talks(box, READING)) == []


@pytest.mark.parametrize("time", ["", "99.99.9999 12:00:00", "01.05.2099 12:00:00", "yesterday"])
def test_a_message_without_a_time_is_refused(time: str) -> None:
    found, why = read(page(message(1, "Ada", text("a"), time), message(2, "Ada", text("b"))))
    assert ([one.text for one in found], why) == (["b"], ["no time that can be read"])


# ---- any chat ---------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
SAID = st.lists(st.tuples(st.integers(0, 3), st.booleans(), WORDS), min_size=2, max_size=12)


def chat(path: Path, lines: Sequence[tuple[int, bool, str]]) -> Path:
    moment = datetime(2023, 5, 1, 12, tzinfo=UTC)
    parts = [DAY]
    by = ""
    for number, (gap, mine, words) in enumerate(lines, 1):
        moment += timedelta(seconds=gap)
        who = "Nora Feldmann" if (mine if number > 2 else number == 2) else "Ada Wong"
        said = text(html.escape(f"{number} {words}"))
        time = f"{moment:%d.%m.%Y %H:%M:%S} UTC+00:00"
        parts.append(message(number, who if who != by else "", said, time))
        by = who
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(*parts), "utf-8")
    return path


@given(SAID, st.integers(2, 12))
@settings(max_examples=8, deadline=None)
def test_an_export_and_a_later_longer_one_leave_each_message_once(
    lines: list[tuple[int, bool, str]], cut: int
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        early = chat(folder / "ChatExport_2023-05-01" / "messages.html", lines[:cut])
        late = chat(folder / "ChatExport_2023-06-01" / "messages.html", lines)
        found, _ = talks(telegram, late)
        assert [one.text for one in found] == [
            " ".join(f"{n} {words}".split()) for n, (_, _, words) in enumerate(lines, 1)
        ]
        assert len(twice_is_once(folder, late.parent, me=())) == len(lines)
        overlap_is_once(folder, early.parent, late.parent, me=())


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_page_raises_nothing_and_what_is_read_can_be_stored(data: st.DataObject) -> None:
    whole = page(DAY, *(message(n, "Ada Wong" * (n % 2), text("hello")) for n in range(5))).encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 60)))
    bad = data.draw(
        st.binary(max_size=12)
        | st.sampled_from([b"\0", b"\xff", b"<div>" * 500, b"<!--", b"<a " * 9_000, b"&#9" * 99])
    )
    box = container({"messages.html": whole[:start] + bad + whole[end:]})
    telegram.owner(box)
    for found in telegram.read_talks(box, READING):
        if isinstance(found, Talk):
            assert "\0" not in found.text
            f"{found.text}{found.thread}{found.sender}".encode()
