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

from importers import adium, discover
from importers.container import open_container
from importers.talk import Party
from tests.book import fresh
from tests.importers.talking import claims, kept, overlap_is_once, store, talks, twice_is_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from importers.talk import Talk

DATA = Path(__file__).parents[1] / "data" / "adium"
LOGS = DATA / "Logs"
ADA = LOGS / "GTalk.nora@gmail.com" / "ada@wong.example"
SHARED = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples"
SAMPLES = {"im-logs/gabebw+pidgin2adium--output.xml": (2, 0)}  # counted by hand: talks, refused


def said(path: Path) -> dict[str, Talk]:
    found, _ = talks(adium, path)
    return {one.text: one for one in found}


def chat(path: Path, body: str, account: str = "nora") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    namespace = "http://purl.org/net/ulf/ns/0.4-02"
    head = f'<?xml version="1.0" encoding="UTF-8" ?>\n<chat xmlns="{namespace}" account="{account}"'
    path.write_text(f'{head} service="AIM">\n{body}</chat>\n', "utf-8")
    return path


def test_a_message_has_the_account_of_its_sender_and_the_name_beside_it() -> None:
    came, went = said(ADA)["one\ntwo <ok>"], said(ADA)["Fine."]
    ada = Party("handle", "jabber:ada@wong.example")
    assert came.sender == ada._replace(name='Ada "W" & co')
    assert (came.direction, came.channel, came.subject) == ("in", "jabber", "")
    assert (went.direction, went.sender, went.others) == ("out", None, (ada,))
    assert came.thread == went.thread == "nora@gmail.com jabber:ada@wong.example"


def test_both_ways_to_write_an_offset_are_read() -> None:
    found = said(ADA)
    assert found["one\ntwo <ok>"].moment.at == "2013-07-01T18:00:05Z"
    assert found["Fine."].moment.at == "2013-07-01T18:00:09Z"
    assert found["Fine."].moment.zone == "+02:00"


def test_events_are_counted_and_what_is_damaged_is_refused() -> None:
    found, problems = talks(adium, ADA)
    assert [one.text for one in found] == [
        *("one\ntwo <ok>", "Fine.", "I am away", "[picture]", "waves")
    ]
    assert [one.why for one in problems] == [
        "no time that can be read",
        "this entry is damaged or cut off",
        "this entry is damaged or cut off",
        "2 lines of the system left out",
    ]
    assert found[2].bulk == "automatic reply"


def test_of_a_group_all_who_spoke_are_known_and_its_name_is_its_title() -> None:
    found = said(LOGS)
    assert found["a"].subject == found["d"].subject == "kids"
    assert found["a"].sender == Party("handle", "aim:ben", "Ben")
    assert found["c"].direction == found["d"].direction == "out"  # "Nora F" is the account noraf
    assert [one.value for one in found["c"].others] == ["aim:ben", "aim:caro"]


def test_pages_of_old_versions_have_their_day_in_their_name() -> None:
    found = said(LOGS)
    evening, mine = found["evening & more"], found["two\nlines"]
    assert (evening.moment.written, evening.moment.zone) == ("2006-11-06 23:59:47", "")
    assert mine.moment.written == "2006-11-07 00:00:01"
    assert (evening.sender, mine.direction) == (Party("handle", "aim:ben"), "out")
    assert found["away"].bulk == "automatic reply"


def test_the_owner_is_who_the_accounts_belong_to() -> None:
    with open_container(LOGS) as container:
        assert adium.owner(container) == (
            Party("handle", "aim:noraf"),
            Party("email", "nora@gmail.com"),
        )


@pytest.mark.parametrize(
    ("service", "who", "party"),
    [
        ("MSN", "ada@hotmail.com", Party("email", "ada@hotmail.com")),
        ("Jabber", "ada@jabber.example/Home", Party("handle", "jabber:ada@jabber.example")),
        ("Facebook", "-1234@chat.facebook.com", Party("handle", "facebook:1234")),
        ("AIM", "1234567", Party("handle", "icq:1234567")),
        ("Mac", "ada", Party("handle", "aim:ada")),
        ("Yahoo!", "ada_w", Party("handle", "yahoo:ada_w")),
    ],
)
def test_an_account_is_known_as_its_network_knows_it(
    tmp_path: Path, service: str, who: str, party: Party
) -> None:
    body = f'<message sender="{who}" time="2012-01-01T10:00:00Z"><div>hi</div></message>\n'
    path = chat(tmp_path / "a.xml", body)
    path.write_text(path.read_text().replace('"AIM"', f'"{service}"'))
    found, _ = talks(adium, path)
    assert found[0].sender == party


def test_no_other_xml_or_page_is_claimed(tmp_path: Path) -> None:
    for name, text in {
        "a.xml": "<chat><message>hi</message></chat>",
        "b.xml": "<?xml version='1.0'?>" + "<!---->" * 500,
        "ada (2006-11-06).html": "<div class='send'>hi</div>",
    }.items():
        (tmp_path / name).write_text(text)
        assert claims(tmp_path / name) == []
    assert claims(LOGS) == ["adium"]


def test_an_entity_that_is_none_of_xml_is_text(tmp_path: Path) -> None:
    body = '<message sender="ada" time="2012-01-01T10:00:00Z"><div>&a;</div></message>'
    found, _ = talks(adium, chat(tmp_path / "a.xml", body))
    assert [one.text for one in found] == ["&a;"]


def test_elements_nested_thousands_deep_do_no_harm(tmp_path: Path) -> None:
    deep = "<b>" * 20_000 + "deep" + "</b>" * 20_000
    body = f'<message sender="ada" time="2012-01-01T10:00:00Z">{deep}</message>'
    found, _ = talks(adium, chat(tmp_path / "a.xml", body))
    assert [one.text for one in found] == ["deep"]


@pytest.mark.parametrize("path", [LOGS, ADA, next(ADA.iterdir())])
def test_a_folder_of_bundles_is_one_export(path: Path) -> None:
    assert discover.look_through(path).exports == (path,)


def test_the_logs_are_found_where_the_program_keeps_them(tmp_path: Path) -> None:
    users = tmp_path / "Library" / "Application Support" / "Adium 2.0" / "Users" / "Default"
    users.mkdir(parents=True)
    (users / "Logs").symlink_to(LOGS)
    (found,) = discover.on_this_machine(tmp_path, {})
    assert (found.kind, found.path) == ("adium", users / "Logs")


def test_the_same_logs_twice_give_each_talk_once(tmp_path: Path) -> None:
    rows = twice_is_once(tmp_path, LOGS, me=())
    assert len(rows) == 10
    assert {row[7] for row in rows if row[2] == "in"} == {
        "from aim:ben",
        "from aim:caro",
        "from jabber:ada@wong.example",
    }


WORDS = st.text(st.sampled_from("ab \n&<>\"'é\U0001f600"), max_size=6)
SAID = st.lists(st.tuples(st.integers(0, 3), st.booleans(), WORDS), max_size=10)


def written(path: Path, lines: Sequence[tuple[int, bool, str]]) -> Path:
    start = datetime(2014, 3, 16, 20, tzinfo=UTC)
    body = ""
    for seconds, is_own, words in lines:
        at = (start + timedelta(seconds=seconds)).isoformat()
        who = "nora" if is_own else "ada"
        body += f'<message sender="{who}" time="{at}"><div><span style="x">'
        body += escape(f"-{words}").replace("\n", "<br/>") + "</span></div></message>\n"
    return chat(path, body)


@given(SAID, st.integers(0, 10))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_log_that_went_on_adds_each_message_once(
    lines: list[tuple[int, bool, str]], cut: int
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        file = "ada (2014-03-16T20.00.00+0000).chatlog/ada (2014-03-16T20.00.00+0000).xml"
        early = written(folder / "early" / file, lines[:cut])
        late = written(folder / "late" / file, lines)
        found, problems = talks(adium, late)
        assert problems == []
        assert [(one.text, one.direction) for one in found] == [
            (f"-{words}".strip(), "out" if is_own else "in") for _, is_own, words in lines
        ]
        bus = fresh(folder / "people.db")
        for path in (early, late, late):
            store(bus, path.parent, me=())
        assert len(kept(bus)) == len(lines)
        bus.close()


def test_the_order_of_two_copies_does_not_matter(tmp_path: Path) -> None:
    lines = [(0, True, "a"), (1, False, "b"), (2, True, "c")]
    name = "ada (2014-03-16T20.00.00+0000).xml"
    early, late = written(tmp_path / "a" / name, lines[:2]), written(tmp_path / "b" / name, lines)
    overlap_is_once(tmp_path, early, late, me=())


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_log_raises_nothing_and_can_be_stored(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(sorted(one for one in LOGS.rglob("*") if one.is_file())))
    whole = source.read_bytes()
    place = data.draw(st.integers(0, len(whole)))
    bad = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"\0", b"\xff", b"<", b"&#xd800;", b"<b>" * 999])
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / source.name
        path.write_bytes(whole[:place] + bad + whole[place + len(bad) :])
        found, _ = talks(adium, path)
    for talk in found:
        words = f"{talk.text}{talk.thread}{talk.subject}"
        f"{words}{talk.sender}{talk.others}".encode()
        assert "\0" not in words
        assert all(party.value for party in (talk.sender, *talk.others) if party)


@pytest.mark.skipif(not SHARED.is_dir(), reason="VITALFEW_SHARED names no samples")
@pytest.mark.parametrize("name", SAMPLES)
def test_real_logs_are_read_to_the_last_message(name: str) -> None:
    found, problems = talks(adium, SHARED / name)
    assert (len(found), sum(one.fatal for one in problems)) == SAMPLES[name]
