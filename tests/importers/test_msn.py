from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers import discover, msn
from importers.container import open_container
from importers.im_text import uncoded
from importers.talk import Party
from tests.book import fresh
from tests.importers.talking import (
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

DATA = Path(__file__).parents[1] / "data" / "msn"
HISTORY = DATA / "nora@hotmail.com" / "History"
PAGE = DATA / "ada@hotmail.com.html"
ADA, BEN = Party("email", "ada@hotmail.com"), Party("email", "ben@ortiz.example")
SHARED = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples"
SAMPLES = {  # counted by hand: talks, refused
    "im-logs/sylvainbx+lib-messenger-archive--alice@example.com.html": (5, 0),
}
DECOY = "im-logs/sylvainbx+lib-messenger-archive--scrappy.xml"  # a root of that name, no message


def said(path: Path) -> dict[str, Talk]:
    found, _ = talks(msn, path)
    return {one.text: one for one in found}


def owners(path: Path) -> tuple[Party, ...]:
    with open_container(path) as container:
        return msn.owner(container)


def history(path: Path, *lines: tuple[str, str, str], **more: str) -> Path:
    """Write a history of sender, receiver and text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    about = {"DateTime": "2009-03-12T13:05:33.383Z", **more}
    head = "".join(f" {key}={quoteattr(value)}" for key, value in about.items() if value)
    body = "".join(
        f"<Message{head}><From><User FriendlyName={quoteattr(sender)}/></From><To><User "
        f"FriendlyName={quoteattr(receiver)}/></To><Text>{escape(text)}</Text></Message>\n"
        for sender, receiver, text in lines
    )
    path.write_text(f'<?xml version="1.0"?>\n<Log FirstSessionID="1">{body}</Log>', "utf-8")
    return path


def test_the_name_that_writes_to_several_is_the_owners_and_new_names_follow_it() -> None:
    found = said(DATA / "nora@hotmail.com")
    assert {text: one.direction for text, one in found.items()} == {
        "hello & <3": "in",
        "hi": "out",
        "you changed your name": "out",
        "so did you": "in",
        "true": "out",
        "[file]": "in",
        "both of you": "in",
        "old clock": "in",
        "which?": "out",
    }
    assert found["hello & <3"].sender == ADA._replace(name="Ada (l) tea")
    assert found["so did you"].sender == ADA._replace(name="Ada")
    assert found["true"].others == (ADA,)
    assert owners(DATA) == (Party("email", "nora@hotmail.com"),)


def test_a_file_named_after_an_account_without_its_domain_gives_the_address_back() -> None:
    assert said(HISTORY)["hi"].thread == "ada@hotmail.com"
    assert (HISTORY / "ada2108805321.xml").is_file()


def test_an_account_of_an_unknown_domain_is_a_name(tmp_path: Path) -> None:
    path = history(tmp_path / "ada123456789.xml", ("Ada", "Me", "a"), ("Me", "Ada", "b"))
    told = READING._replace(me=frozenset({READING.mark(Party("name", "me"))}))
    found, _ = talks(msn, path, told)
    assert (found[0].sender, found[1].direction) == (Party("name", "ada"), "out")
    assert found[1].others == (Party("name", "ada"),)


def test_where_one_history_does_not_tell_the_owner_is_asked(tmp_path: Path) -> None:
    path = history(tmp_path / "ada@hotmail.com.xml", ("Ada", "Me", "a"), ("Me", "Ada", "b"))
    found, _ = talks(msn, path)
    assert [(one.direction, one.sender) for one in found] == [
        ("", Party("name", "Ada")),
        ("", Party("name", "Me")),
    ]
    assert owners(path) == ()
    bus = fresh(tmp_path / "people.db")
    store(bus, path, me=("Me",))
    assert [(row[2], row[7]) for row in kept(bus)] == [
        ("in", "from ada@hotmail.com"),
        ("out", "to ada@hotmail.com"),
    ]
    bus.close()


def test_a_name_that_is_the_account_tells_too(tmp_path: Path) -> None:
    lines = (("ada@hotmail.com", "Me", "a"), ("Me", "ada@hotmail.com", "b"))
    found, _ = talks(msn, history(tmp_path / "ada@hotmail.com.xml", *lines))
    assert [one.direction for one in found] == ["in", "out"]


def test_the_exact_time_is_taken_and_else_the_order_of_dates_is_found_out() -> None:
    found = said(HISTORY)
    assert found["hello & <3"].moment.at == "2009-03-12T13:05:33Z"
    assert found["old clock"].moment.at == "2009-03-13T14:05:33Z"
    assert found["which?"].moment.at == "2009-03-04T02:06:00Z"  # the third month in that file


def test_offers_and_answers_are_counted_and_absurd_times_refused() -> None:
    _, problems = talks(msn, HISTORY)
    assert [(one.why, one.fatal) for one in problems] == [
        ("no time that can be read", True),
        ("1 line of the system left out", False),
    ]


def test_a_talk_of_more_than_two_names_them() -> None:
    both = said(HISTORY)["both of you"]
    assert (both.sender, both.others) == (ADA._replace(name="Ada"), (Party("name", "Ben"),))


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("[b]Ada[/b] [c=4](away)[/c]", "Ada (away)"),
        ("·$12,4Ada·0 ·#Wong", "Ada Wong"),
        ("[c=#ff0000]Ada[/c=#00ff00]", "Ada"),
        ("Ada [work]", "Ada [work]"),
        ("[b][/b]", "[b][/b]"),
    ],
)
def test_codes_for_the_looks_of_a_name_are_no_part_of_it(shown: str, name: str) -> None:
    assert uncoded(shown) == name


def test_a_name_with_other_looks_is_the_same_name(tmp_path: Path) -> None:
    path = tmp_path / "nora" / "ada.xml"
    for shown in ("Ada W.", "[b]Ada[/b] ·$4W."):
        found, _ = talks(msn, history(path, (shown, "Nora", "hi"), ("Nora", shown, "yes")))
        assert {one.value for talk in found for one in talk.others} == {"Ada W.", "Nora"}


def test_a_page_of_messenger_plus_has_addresses_and_sessions() -> None:
    found, problems = talks(msn, PAGE)
    assert [(one.text, one.direction) for one in found] == [
        ("Nearly!\nAre you there?", "out"),
        (":) yes", "in"),
        ("renamed", ""),
    ]
    assert found[1].sender == ADA._replace(name="Ada \N{SPARKLES}")
    assert found[0].others[0][:2] == ADA[:2]
    assert [one.moment.written for one in found] == [
        *("2010-12-31 23:58:00", "2011-01-01 00:01:00", "2011-01-01 00:03:00")
    ]
    assert [one.why for one in problems] == ["1 line of the system left out"]
    assert owners(PAGE) == (Party("email", "nora@hotmail.com"),)


def test_a_page_under_another_name_asks_for_the_owner(tmp_path: Path) -> None:
    path = tmp_path / "history.html"
    path.write_bytes(PAGE.read_bytes())
    found, _ = talks(msn, path)
    assert [one.direction for one in found] == ["", "", ""]
    assert [one.sender and one.sender.value for one in found] == [
        *("nora@hotmail.com", "ada@hotmail.com", "Ada away")
    ]
    assert owners(path) == ()


def test_no_other_xml_or_page_is_claimed(tmp_path: Path) -> None:
    for name, text in {
        "a.xml": "<Log><Wtf/></Log>",
        "b.xml": "<?xml version='1.0'?>" + "<!---->" * 500,
        "c.html": "<div class='mplsession'>hi</div>",
    }.items():
        (tmp_path / name).write_text(text)
        assert claims(tmp_path / name) == []
    assert claims(DATA) == claims(HISTORY) == claims(PAGE) == ["msn"]


def test_the_folder_of_histories_is_one_export() -> None:
    assert discover.look_through(HISTORY).exports == (HISTORY,)
    assert discover.look_through(DATA / "nora@hotmail.com").exports == (HISTORY,)


def test_a_history_that_was_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    path = history(tmp_path / "a@b.example.xml", *[("A", "B", str(n)) for n in range(9)])
    path.write_bytes(path.read_bytes()[:-60])
    found, problems = talks(msn, path)
    assert [one.text for one in found] == [*"01234567"]
    assert [one.why for one in problems] == ["this entry is damaged or cut off"]


def test_the_same_histories_twice_give_each_talk_once(tmp_path: Path) -> None:
    rows = twice_is_once(tmp_path, DATA, me=())
    assert len(rows) == 12
    assert {row[7] for row in rows if row[2] == "out"} == {
        "to ada@hotmail.com",
        "to ben@ortiz.example",
    }


WORDS = st.text(st.sampled_from("ab &<>\"'é\U0001f600"), max_size=6)
SAID = st.lists(st.tuples(st.integers(0, 3), st.booleans(), WORDS), max_size=10)


def written(path: Path, lines: Sequence[tuple[int, bool, str]]) -> Path:
    start = datetime(2009, 3, 12, 20, tzinfo=UTC)
    pieces = []
    for seconds, is_own, words in lines:
        pair = ("Me", "ada@hotmail.com") if is_own else ("ada@hotmail.com", "Me")
        at = f"{start + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S.383Z}"
        text = history(path, (*pair, f"-{words}"), DateTime=at).read_text("utf-8")
        pieces.append(text.partition('"1">')[2].removesuffix("</Log>"))
    history(path)
    path.write_text(path.read_text("utf-8").replace("</Log>", "".join(pieces) + "</Log>"), "utf-8")
    return path


@given(SAID, st.integers(0, 10))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_history_that_went_on_adds_each_message_once(
    lines: list[tuple[int, bool, str]], cut: int
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        early = written(folder / "early" / "ada@hotmail.com.xml", lines[:cut])
        late = written(folder / "late" / "ada@hotmail.com.xml", lines)
        found, problems = talks(msn, late)
        assert problems == []
        assert [(one.text, one.direction) for one in found] == [
            (f"-{words}".strip(), "out" if is_own else "in") for _, is_own, words in lines
        ]
        bus = fresh(folder / "people.db")
        for path in (early, late, late):
            store(bus, path, me=())
        assert len(kept(bus)) == len(lines)
        bus.close()


def test_the_order_of_two_copies_does_not_matter(tmp_path: Path) -> None:
    lines = [(0, True, "a"), (1, False, "b"), (2, True, "c")]
    name = "ada@hotmail.com.xml"
    early, late = written(tmp_path / "a" / name, lines[:2]), written(tmp_path / "b" / name, lines)
    overlap_is_once(tmp_path, early, late, me=())


def session(path: Path, lines: Sequence[tuple[int, bool, str]]) -> Path:
    """Write a page of one session, whose times have no seconds."""
    rows = "".join(
        f'<tr><th><span class="time">(20:{minutes:02})</span> {"Nora" if is_own else "Ada"} :</th>'
        f"<td>{escape(f'-{words}')}</td></tr>\n"
        for minutes, is_own, words in sorted(lines, key=lambda line: line[0])
    )
    listed = "".join(
        f"<li>{name} <span>({name.lower()}@hotmail.com)</span></li>\n" for name in ("Nora", "Ada")
    )
    head = '<html><body>\n<div class="mplsession" id="Session_2010-12-31T20-00-00">\n<ul>\n'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}{listed}</ul>\n<table>\n{rows}</table>\n</div></body></html>", "utf-16")
    return path


@given(SAID)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_page_of_messenger_plus_that_went_on_adds_each_message_once(
    lines: list[tuple[int, bool, str]],
) -> None:
    lines = [(0, True, "first"), *lines]
    with TemporaryDirectory() as name:
        folder = Path(name)
        late = [*lines, (5, False, "last")]
        pages = [
            session(folder / place / "ada@hotmail.com.html", said)
            for place, said in (("early", lines), ("late", late))
        ]
        found, problems = talks(msn, pages[1])
        assert (len(found), problems) == (len(late), [])
        assert len(twice_is_once(folder, pages[1], me=())) == len(late)
        bus = fresh(folder / "people.db")
        for paths in ((pages[0],), (pages[1],), pages):
            store(bus, *paths, me=())
        assert len(kept(bus)) == len(late)
        bus.close()


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_files_raise_nothing_and_can_be_stored(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(sorted(one for one in DATA.rglob("*") if one.is_file())))
    whole = source.read_bytes()
    place = data.draw(st.integers(0, len(whole)))
    bad = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"\0", b"\xff", b"<", b"&#xd800;", b"<b>" * 999])
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / source.name
        path.write_bytes(whole[:place] + bad + whole[place + len(bad) :])
        found, _ = talks(msn, path)
    for talk in found:
        words = f"{talk.text}{talk.thread}{talk.subject}"
        f"{words}{talk.sender}{talk.others}".encode()
        assert "\0" not in words
        assert all(party.value for party in (talk.sender, *talk.others) if party)


@pytest.mark.skipif(not SHARED.is_dir(), reason="VITALFEW_SHARED names no samples")
@pytest.mark.parametrize("name", SAMPLES)
def test_real_histories_are_read_to_the_last_message(name: str) -> None:
    found, problems = talks(msn, SHARED / name)
    assert (len(found), sum(one.fatal for one in problems)) == SAMPLES[name]


@pytest.mark.skipif(not SHARED.is_dir(), reason="VITALFEW_SHARED names no samples")
def test_a_log_without_a_message_is_nobodys() -> None:
    assert claims(SHARED / DECOY) == []
