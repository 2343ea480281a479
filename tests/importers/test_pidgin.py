from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers import discover, im_text, pidgin
from importers.container import open_container
from importers.talk import Party
from tests.book import fresh
from tests.importers.talking import (
    NOW,
    READING,
    claims,
    kept,
    overlap_is_once,
    store,
    talks,
    twice_is_once,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from importers.talk import Talk

DATA = Path(__file__).parents[1] / "data" / "pidgin"
PURPLE, OLD = DATA / "purple", DATA / "2004-05-06.101112.html"
SHARED = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples"
FRAGMENT = "im-logs/gabebw+pidgin2adium--bad.html"  # two lines of the system, no account, no day


def said(path: Path) -> dict[str, Talk]:
    found, _ = talks(pidgin, path)
    return {one.text: one for one in found}


def owners(path: Path) -> list[str]:
    with open_container(path) as container:
        return [party.value for party in pidgin.owner(container)]


def log(folder: Path, body: str, name: str = "2014-03-16.200000.txt", buddy: str = "ada") -> Path:
    path = folder / "aim" / "nora" / buddy / name
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"Conversation with {buddy} at Sun 16 Mar 2014 08:00:00 PM CET on nora (aim)\n"
    path.write_text(head + body, "utf-8")
    return path


def test_colours_tell_who_spoke_and_folders_whom_it_was_said_to() -> None:
    found = said(PURPLE)
    went, came = found["Still up? <3"], found["Yes & no:\nfirst\nsecond"]
    assert (went.direction, went.sender, went.others) == (
        "out",
        None,
        (Party("handle", "aim:adawong"),),
    )
    assert (came.direction, came.channel) == ("in", "aim")
    assert came.sender == Party("handle", "aim:adawong", "Ada \N{GRINNING FACE}")
    assert went.thread == came.thread == "aim:noraf aim:adawong"
    assert (went.moment.at, went.moment.zone) == ("2014-03-16T22:55:43Z", "+01:00")


def test_a_line_without_a_name_is_the_systems_and_is_counted() -> None:
    found, problems = talks(pidgin, PURPLE)
    assert len(found) == 14
    assert [(one.why, one.fatal) for one in problems] == [("5 lines of the system left out", False)]
    assert not any("Unverified" in one.text or "away: tea" in one.text for one in found)


def test_after_midnight_it_is_the_next_day_and_a_written_day_holds() -> None:
    found = said(PURPLE)
    assert found["making tea"].moment.at == "2014-03-16T23:00:02Z"
    assert found["sent before"].moment.at == "2014-03-15T21:00:00Z"
    assert found["[picture] good morning"].moment.at == "2014-03-17T08:30:00Z"
    assert found["jetzt nicht mehr"].moment.written == "2011-02-05 00:10:00"


def test_what_a_program_answers_is_no_contact() -> None:
    found = said(PURPLE)
    assert found["making tea"].bulk == found["away"].bulk == "automatic reply"
    assert [one.text for one in found.values() if one.bulk] == ["making tea", "away"]


def test_the_lists_of_accounts_and_contacts_tell_names_where_there_is_no_colour() -> None:
    found = said(PURPLE)
    assert found["Morning"].direction == found["yawns"].direction == "out"
    answer = found["Morning to you\ntwo lines: really"]
    assert answer.direction == "in"
    assert answer.sender == Party("handle", "jabber:ben@ortiz.example", "Ben")
    assert owners(PURPLE) == ["aim:noraf", "jabber:nora@feldmann.example"]


def test_a_room_has_a_title_and_names_that_count_there_alone() -> None:
    came = said(PURPLE)["hi"]
    assert (came.subject, came.sender) == ("-kids/", Party("name", "ben"))
    assert said(PURPLE)["hello all"].others == (Party("name", "ben"),)


def test_a_log_of_gaim_in_another_encoding_is_read_alone() -> None:
    found, problems = talks(pidgin, OLD)
    assert problems == []
    assert [(one.text, one.direction, one.channel) for one in found] == [
        ("hello", "out", "icq"),
        ("grüße", "in", "icq"),
    ]
    assert found[1].sender == Party("handle", "icq:12345678", "Dan")


def test_who_speaks_with_two_is_the_owner(tmp_path: Path) -> None:
    for buddy, name in (("ada", "Ada W"), ("ben", "Benny")):
        log(tmp_path, f"(20:00:01) Me Myself: hi {buddy}\n(20:00:02) {name}: hello\n", buddy=buddy)
    found, _ = talks(pidgin, tmp_path)
    assert [one.direction for one in found] == ["out", "in"] * 2
    assert [one.sender and one.sender.value for one in found[1::2]] == ["aim:ada", "aim:ben"]


def test_where_nothing_tells_who_spoke_the_user_is_asked_once(tmp_path: Path) -> None:
    path = log(tmp_path, "(20:00:01) Me Myself: hi\n(20:00:02) Ada W: hello\n")
    found, _ = talks(pidgin, path)
    assert [(one.direction, one.sender) for one in found] == [
        ("", Party("name", "Me Myself")),
        ("", Party("name", "Ada W")),
    ]
    assert owners(path) == []
    told = READING._replace(me=frozenset({READING.mark(Party("name", "me myself"))}))
    found, _ = talks(pidgin, path, told)
    assert [one.direction for one in found] == ["out", "in"]
    assert found[1].sender == Party("handle", "aim:ada", "Ada W")


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("03/04/2014 11:00:00 PM", "2014-03-04T23:00:00Z"),
        ("04.03.2014 23:00:00", "2014-03-04T23:00:00Z"),
        ("03/04/14 23:00:00", "2014-03-04T23:00:00Z"),
        ("2014-03-04 23:00:00", "2014-03-04T23:00:00Z"),
        ("23:00", "2014-03-05T23:00:00Z"),
        ("12:30:00 AM", "2014-03-06T00:30:00Z"),
    ],
)
def test_of_two_orders_of_a_date_the_nearer_one_is_meant(
    tmp_path: Path, written: str, at: str
) -> None:
    path = log(tmp_path, f"({written}) ada: hi\n", "2014-03-05.200000+0000UTC.txt")
    found, problems = talks(pidgin, path)
    assert [one.moment.at for one in found] == [at], problems


def test_absurd_times_are_refused(tmp_path: Path) -> None:
    body = "(25:61:00) ada: a\n(99/99/2014 10:00:00) ada: b\n(2999-01-01 10:00:00) ada: c\n"
    found, problems = talks(pidgin, log(tmp_path, body + "(20:00:01) ada: d\n"))
    assert [one.text for one in found] == ["d"]
    assert {one.why for one in problems} == {"no time that can be read"}
    assert len(problems) == 3


def test_a_clock_that_was_set_back_a_little_does_not_make_a_day(tmp_path: Path) -> None:
    body = "(20:00:10) ada: a\n(19:59:50) ada: b\n(09:00:00) ada: c\n"
    found, _ = talks(pidgin, log(tmp_path, body))
    assert [one.moment.day[-2:] for one in found] == ["16", "16", "17"]


def test_marks_of_direction_controls_and_endless_lines_are_kept_in_bounds(tmp_path: Path) -> None:
    body = "(20:00:01) ada\u200f: \u202eabc\x1b]0;x\x07\n" + "so it goes\n" * 20_000
    found, problems = talks(pidgin, log(tmp_path, body))
    assert found[0].text.startswith("\u202eabc\x1b]0;x\x07\nso it goes")
    assert len(found[0].text) < im_text.LONGEST + 100
    assert "lines of overlong messages left out" in problems[-1].why


@pytest.mark.parametrize("piece", ["<", "<!", "<!--", "&#", "<a ", "<b><i>", "</", "<![CDATA["])
def test_broken_markup_is_read_as_it_can_be(piece: str) -> None:
    found = im_text.words("hello " + piece * 20_000)
    assert found.startswith("hello")
    assert len(found) <= im_text.LONGEST


def test_no_other_text_or_page_is_claimed(tmp_path: Path) -> None:
    for name, text in {
        "chat.txt": "[2024-01-01, 10:00] Ada: hi\n",
        "2014-03-16.200000.txt": "Shopping\n(three) eggs\n",
        "notes.html": "<h1>Conversation with Ada</h1><p>(10:00:00) hm",
    }.items():
        (tmp_path / name).write_text(text)
        assert "pidgin" not in claims(tmp_path / name)
    assert claims(PURPLE) == claims(OLD) == ["pidgin"]


@pytest.mark.parametrize("inside", [".", "logs", "logs/aim/noraf/adawong"])
def test_the_folder_of_the_logs_is_one_export(inside: str) -> None:
    assert discover.look_through(PURPLE / inside).exports == (PURPLE / inside,)


def test_the_logs_are_found_where_the_program_keeps_them(tmp_path: Path) -> None:
    (tmp_path / ".purple").symlink_to(PURPLE)
    (found,) = discover.on_this_machine(tmp_path, {})
    assert (found.kind, found.path) == ("pidgin", tmp_path / ".purple")


def test_the_same_logs_twice_give_each_talk_once(tmp_path: Path) -> None:
    rows = twice_is_once(tmp_path, PURPLE, me=())
    assert [(row[2], row[7]) for row in rows if row[3] == "jabber"] == [
        ("out", "to jabber:ben@ortiz.example"),
        ("in", "from jabber:ben@ortiz.example"),
        ("out", "to jabber:ben@ortiz.example"),
        ("out", "to jabber:caro@lind.example"),
        ("in", "from jabber:caro@lind.example"),
    ]


WORDS = st.text(st.sampled_from("ab &<>:(\"'é\U0001f600"), max_size=6)
SAID = st.lists(st.tuples(st.integers(0, 90_000), st.booleans(), WORDS), max_size=10)


def chat(path: Path, lines: Sequence[tuple[int, bool, str]], *, is_html: bool) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    start = datetime(2014, 3, 16, 20)  # noqa: DTZ001 — as the program writes it
    title = "Conversation with ada at 2014-03-16 20:00:00 on nora (aim)"
    text = f"<html><head><title>{title}</title></head><body>\n" if is_html else f"{title}\n"
    for seconds, is_own, words in lines:
        clock = f"{start + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}"
        who = "nora" if is_own else "ada"
        if is_html:
            colour = "16569E" if is_own else "A82F2F"
            text += f'<font color="#{colour}"><font size="2">({clock})</font> <b>{who}:</b></font> '
            text += f"-{escape(words)}<br/>\n"
        else:
            text += f"({clock}) {who}: -{words}\n"
    path.write_text(text, "utf-8")
    return path


@given(SAID, st.integers(0, 10), st.booleans())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_log_that_went_on_adds_each_message_once(
    lines: list[tuple[int, bool, str]], cut: int, is_html: bool
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        file = "aim/nora/ada/2014-03-16.200000+0100CET." + ("html" if is_html else "txt")
        early = chat(folder / "early" / file, lines[:cut], is_html=is_html)
        late = chat(folder / "late" / file, lines, is_html=is_html)
        found, problems = talks(pidgin, late)
        assert problems == []
        assert [(one.text, one.direction) for one in found] == [
            (f"-{words}".strip(), "out" if is_own else "in") for _, is_own, words in lines
        ]
        if lines[:cut]:
            bus = fresh(folder / "people.db")
            for path in (early, late, folder / "late"):
                store(bus, path, me=())
            assert len(kept(bus)) == len(lines)
            bus.close()


def test_the_order_of_two_copies_does_not_matter(tmp_path: Path) -> None:
    lines = [(0, True, "a"), (1, False, "b"), (2, True, "c")]
    file = "2014-03-16.200000.html"
    early = chat(tmp_path / "a" / file, lines[:2], is_html=True)
    overlap_is_once(tmp_path, early, chat(tmp_path / "b" / file, lines, is_html=True), me=())


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_log_raises_nothing_and_can_be_stored(data: st.DataObject) -> None:
    paths = sorted(path for path in PURPLE.rglob("2*") if path.is_file())
    source = data.draw(st.sampled_from([*paths, OLD]))
    whole = source.read_bytes()
    place = data.draw(st.integers(0, len(whole)))
    bad = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"\0", b"\xff", b"<", b"&#xd800;", b"<b>" * 999])
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / source.name
        path.write_bytes(whole[:place] + bad + whole[place + len(bad) :])
        found, _ = talks(pidgin, path)
    for talk in found:
        words = f"{talk.text}{talk.thread}{talk.subject}{talk.sender}{talk.others}"
        words.encode()
        assert "\0" not in f"{talk.text}{talk.thread}{talk.subject}"
        assert all(party.value for party in (talk.sender, *talk.others) if party)


def test_times_to_come_are_refused(tmp_path: Path) -> None:
    late = NOW.astimezone(UTC) + timedelta(days=3)
    path = log(tmp_path, f"({late:%Y-%m-%d %H:%M:%S}) ada: hi\n")
    found, problems = talks(pidgin, path)
    assert (found, [one.why for one in problems]) == ([], ["no time that can be read"])


@pytest.mark.skipif(not SHARED.is_dir(), reason="VITALFEW_SHARED names no samples")
def test_a_fragment_without_account_and_day_is_nobodys() -> None:
    assert claims(SHARED / FRAGMENT) == []
