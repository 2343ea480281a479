from __future__ import annotations

import os
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.queries import ghosts
from importers import calendar
from importers.container import open_container
from importers.estimate import estimate_talks
from importers.talk import Party
from tests.book import fresh
from tests.importers.calendars import ADA, NORA, event, one, read, single, written
from tests.importers.talking import (
    READING,
    claims,
    overlap_is_once,
    packed,
    store,
    talks,
    twice_is_once,
)
from tests.support import read as ask

SHARED = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples" / "ics"
SAMPLES = {
    "collective+icalendar--event_with_unicode_organizer.ics": (0, 1),
    "collective+icalendar--example.ics": (3, 0),
    "collective+icalendar--issue_101_icalendar_chokes_on_umlauts_in_organizer.ics": (1, 0),
    "collective+icalendar--issue_104_broken_calendar.ics": (1, 0),
    "collective+icalendar--issue_1050_calendar_with_events_and_todos.ics": (2, 0),
    "collective+icalendar--issue_127_categories_with_commas.ics": (1, 0),
    "kewisch+ical.js--blank_description.ics": (1, 0),
    # The first Tuesdays of 170 months, but for three, and five days beside; two of them moved.
    "kewisch+ical.js--recur_instances.ics": (172, 0),
    "pimutils+khal--event_dt_simple.ics": (1, 0),
    # Nobody is in the two series, so each counts once, and the one that was moved once more.
    "pimutils+khal--mult_uids_and_recuid_no_order.ics": (3, 0),
    "stalwartlabs+calcard--032.ics": (47, 0),
}
"""Meetings and refusals of each sample up to the day of `NOW`, counted by reading it."""


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.skipif(not SHARED.is_dir(), reason="the samples are not here")
def test_a_real_calendar_gives_what_is_counted_by_hand(name: str) -> None:
    found, problems = talks(calendar, SHARED / name)
    assert (len(found), sum(problem.fatal for problem in problems)) == SAMPLES[name]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the samples are not here")
def test_every_real_calendar_is_counted_and_claimed() -> None:
    assert {path.name for path in SHARED.iterdir()} == set(SAMPLES)
    assert {tuple(claims(path)) for path in SHARED.iterdir()} == {("calendar",)}


def test_a_meeting_says_who_was_there_when_for_how_long_and_about_what(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        event(
            "DTEND;TZID=Europe/Berlin:20260302T113000",
            NORA,
            ADA,
            "ATTENDEE;CN=Nora Feldmann;PARTSTAT=ACCEPTED:mailto:nora@feldmann.example",
            "SUMMARY:Budget\\, slides",
            "LOCATION:Room 2",
            "DESCRIPTION:Bring the\\nfolded w",
            " ords",
        ),
    )
    assert found.sender == Party("email", "nora@feldmann.example", "Nora Feldmann", "organizer")
    assert found.others[0] == Party("email", "ada@wong.example", "Ada Wong", "attendee")
    assert (found.moment.at, found.moment.zone) == ("2026-03-02T09:00:00Z", "+01:00")
    assert (found.kind, found.channel, found.direction) == ("meeting", "meeting", "both")
    assert (found.seconds, found.key, found.thread) == (5_400, "1@x.example", "1@x.example")
    assert (found.subject, found.text) == (
        "Budget, slides",
        "Room 2\nBring the\nfolded words",
    )


@pytest.mark.parametrize(
    ("line", "party"),
    [
        ("CN=Jürg Ölm:mailto:j@x.example", Party("email", "j@x.example", "Jürg Ölm", "attendee")),
        ("CN=Wong, Ada:MAILTO:J@x.example", Party("email", "j@x.example", "Wong, Ada", "attendee")),
        ("CN=j@x.example:mailto:j@x.example", Party("email", "j@x.example", "", "attendee")),
        ("CN=\"'Ada'\":mailto:j@x.example", Party("email", "j@x.example", "Ada", "attendee")),
        ("CN=Ada:invalid:nomail", Party("name", "Ada", "", "attendee")),
        ("CN=Ada:urn:uuid:1-2", Party("name", "Ada", "", "attendee")),
        ("CN=Ada;EMAIL=a@x.example:urn:uuid:1", Party("email", "a@x.example", "Ada", "attendee")),
        ("CN=Ada:tel:+41446681800", Party("phone", "+41446681800", "Ada", "attendee")),
        ("CUTYPE=ROOM;CN=Room 2:mailto:room2@x.example", None),
        ("CUTYPE=RESOURCE;CN=Car:mailto:car@x.example", None),
        ("CUTYPE=GROUP;CN=All:mailto:all@x.example", None),
        ("CN=Room:mailto:c_1@resource.calendar.google.com", None),
        ("CN=Team:mailto:c_1@group.calendar.google.com", None),
        ("PARTSTAT=DECLINED;CN=Ben:mailto:ben@x.example", None),
        ("PARTSTAT=DELEGATED;CN=Ben:mailto:ben@x.example", None),
        (
            "PARTSTAT=NEEDS-ACTION:mailto:ben@x.example",
            Party("email", "ben@x.example", "", "attendee"),
        ),
        (":invalid:nomail", None),
    ],
)
def test_who_is_meant_by_an_attendee(tmp_path: Path, line: str, party: Party | None) -> None:
    joint = "" if line.startswith(":") else ";"
    found = one(tmp_path, event(f"ATTENDEE{joint}{line}"))
    assert found.others == ((party,) if party else ())


@pytest.mark.parametrize(
    ("lines", "head", "why"),
    [
        (("STATUS:CANCELLED", ADA), "", "1 cancelled"),
        ((ADA,), "METHOD:CANCEL", "1 cancelled"),
        ((ADA,), "METHOD:REPLY", "1 cancelled"),
        (
            (ADA, "ATTENDEE;PARTSTAT=DECLINED:mailto:Nora@feldmann.example"),
            "",
            "1 declined",
        ),
        (("CATEGORIES:Birthday", "RRULE:FREQ=YEARLY"), "", "1 birthdays"),
        (("RRULE:FREQ=YEARLY",), "X-WR-CALNAME:Geburtstage", "1 birthdays"),
        (("X-GOOGLE-CALENDAR-CONTENT-TITLE:Ada's day",), "", "1 birthdays"),
    ],
)
def test_what_was_no_meeting_of_the_owner_is_left_out_with_a_count(
    tmp_path: Path, lines: tuple[str, ...], head: str, why: str
) -> None:
    reading = READING._replace(me=frozenset({("email", "nora@feldmann.example")}))
    found, problems = read(tmp_path, event(*lines), head=head, reading=reading)
    assert found == []
    assert [(p.why, p.fatal) for p in problems] == [(f"not taken as meetings: {why}", False)]


def test_a_birthday_party_with_guests_is_a_meeting(tmp_path: Path) -> None:
    assert one(tmp_path, event("CATEGORIES:Birthday", ADA)).others


def test_of_several_versions_of_an_event_the_newest_counts(tmp_path: Path) -> None:
    parts = [
        event(f"SEQUENCE:{number}", f"LAST-MODIFIED:{changed}", f"SUMMARY:{said}", ADA)
        for number, changed, said in (
            (1, "20260101T000000Z", "old"),
            (3, "20260102T000000Z", "older draft"),
            (3, "20260103T000000Z", "new"),
            (2, "20260104T000000Z", "in between"),
        )
    ]
    path = packed(
        tmp_path / "takeout.zip",
        {
            "Takeout/Kalender/a.ics": written(*parts[:2]),
            "Takeout/Kalender/b.ics": written(*parts[2:]),
        },
    )
    found, problems = talks(calendar, path)
    assert [talk.subject for talk in found] == ["new"]
    assert [problem.why for problem in problems] == ["not taken as meetings: 3 earlier versions"]


def test_a_calendar_without_its_end_is_said_to_be_incomplete(tmp_path: Path) -> None:
    whole = written(event(ADA), event(ADA, uid="2", start="DTSTART:20260303T100000Z"))
    for text, count in (
        (whole.removesuffix("END:VCALENDAR\r\n"), 2),
        (whole[: whole.index("20260303T10")], 1),
        (written(end=""), 0),
    ):
        found, problems = talks(calendar, single(tmp_path / "cut.ics", text))
        assert len(found) == count
        assert [(problem.where, problem.why, problem.fatal) for problem in problems] == [
            ("cut.ics", "incomplete calendar: it breaks off before its end", True)
        ]


def test_one_broken_event_spoils_no_other(tmp_path: Path) -> None:
    broken = [
        event(ADA, start="DTSTART:20260230T250000", uid="c"),
        event(ADA, start="", uid="d"),
        event(ADA, start="DTSTART:99999999", uid="e"),
        event(ADA).removesuffix("END:VEVENT"),
    ]
    found, problems = read(
        tmp_path,
        *(event(ADA, uid="a"), *broken, event("X", 'ATTENDEE;CN="a:b"c:mailto:x', ADA, uid="b")),
    )
    assert [talk.key for talk in found] == ["a", "b"]
    assert [problem.why for problem in problems] == [
        *["no time that can be read"] * 3,
        "an event without its end",
    ]


def test_alarms_tasks_and_pictures_are_no_part_of_a_meeting(tmp_path: Path) -> None:
    alarm = ("BEGIN:VALARM", "ATTENDEE:mailto:alarm@x.example", "SUMMARY:ring", "END:VALARM")
    picture = ("ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "QUJD" * 1_000, *[" " + "QUJD" * 18] * 50)
    task = ("BEGIN:VTODO", "UID:9", "DTSTART:20260302T100000Z", "SUMMARY:buy", "END:VTODO")
    found = one(tmp_path, *task, event(*alarm, *picture, ADA, "SUMMARY:talk"))
    assert (found.subject, [party.value for party in found.others]) == (
        "talk",
        ["ada@wong.example"],
    )


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("<p>Hello<br>you &amp; me</p>", "Hello\nyou & me"),
        ("Agenda\\n-::~:~::~:~::-\\nJoin with\\n-::~:~::~:~::-", "Agenda"),
        ("Agenda\\n" + "_" * 40 + "\\nJoin on your computer", "Agenda"),
        ("a < b and c > d", "a < b and c > d"),
        ("", ""),
    ],
)
def test_the_text_is_what_somebody_wrote(tmp_path: Path, said: str, text: str) -> None:
    assert one(tmp_path, event(ADA, f"DESCRIPTION:{said}")).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_calendar_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = written(event(ADA, "SUMMARY:Grüße an Jürg"))
    path = single(tmp_path / "one.ics", text.encode(encoding))
    found, _ = talks(calendar, path)
    assert [talk.subject for talk in found] == ["Grüße an Jürg"]


def test_how_many_events_a_calendar_holds_is_known_before_it_is_read(tmp_path: Path) -> None:
    path = single(tmp_path / "a.ics", written(*(event(ADA, uid=str(n)) for n in range(40))))
    with open_container(path) as container:
        assert estimate_talks(calendar, container) == 40


def test_a_calendar_is_known_by_its_first_line_whatever_its_name(tmp_path: Path) -> None:
    assert claims(single(tmp_path / "export", written(event(ADA)))) == ["calendar"]
    assert claims(single(tmp_path / "list.ics", "Name,E-mail\nAda,a@x.example\n")) == []
    assert claims(single(tmp_path / "x.vcf", "BEGIN:VCARD\nFN:Ada\nEND:VCARD\n")) == []


@pytest.mark.parametrize(
    ("name", "title", "account"),
    [
        ("one.ics", "X-WR-CALNAME:nora@feldmann.example", "nora@feldmann.example"),
        ("nora@feldmann.example.ics", "X-WR-CALNAME:Nora", "nora@feldmann.example"),
        ("Nora Feldmann_nora@feldmann.example.ics", "", "nora@feldmann.example"),
        ("one.ics", "X-WR-CALNAME:Work", ""),
        ("c_1@group.calendar.google.com.ics", "X-WR-CALNAME:Team", ""),
    ],
)
def test_a_calendar_that_bears_an_address_is_its_owners(
    tmp_path: Path, name: str, title: str, account: str
) -> None:
    path = single(tmp_path / name, written(event(ADA), head=title))
    with open_container(path) as container:
        sniffed = calendar.sniff_talks(container)
        assert sniffed is not None
        assert sniffed.account == account
        assert [party.value for party in calendar.owner(container)] == [account] * bool(account)


def test_who_is_in_nearly_all_meetings_and_called_some_is_the_owner(tmp_path: Path) -> None:
    def owners(*parts: str) -> list[str]:
        with open_container(single(tmp_path / "a.ics", written(*parts))) as container:
            return [party.value for party in calendar.owner(container)]

    guests = [f"ATTENDEE:mailto:{who}@x.example" for who in ("ada", "ben", "eve", "kim", "lou")]
    nora = NORA.replace("ORGANIZER", "ATTENDEE")
    assert owners(*(event(NORA, who, uid=who) for who in guests)) == ["nora@feldmann.example"]
    assert owners(*(event(nora, who, uid=who) for who in guests)) == []
    assert owners(*(event(NORA, guests[0], uid=who) for who in guests)) == []
    assert owners(event(NORA, guests[0])) == []


def test_a_takeout_with_several_calendars_is_stored_once_without_its_owner(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "takeout.zip",
        {
            "Takeout/Calendar/nora@feldmann.example.ics": written(
                event(NORA, ADA, "SUMMARY:Budget"),
                event("SUMMARY:dentist", uid="2"),
            ),
            "Takeout/Calendar/Family.ics": written(
                event(ADA, "ATTENDEE:mailto:ben@x.example", uid="3", start="DTSTART:20260303"),
            ),
            "Takeout/archive_browser.html": "<html></html>",
        },
    )
    assert twice_is_once(tmp_path, path) == [
        ("2026-03-02T09:00:00Z", "meeting", "both", "meeting", "Budget", "", 0,
         "attendee ada@wong.example"),
        ("2026-03-03T00:00:00Z", "meeting", "both", "meeting", "", "", 0,
         "attendee ada@wong.example, attendee ben@x.example"),
    ]  # fmt: skip


def test_the_owner_of_a_calendar_is_met_only_until_another_source_tells_who_that_is(
    tmp_path: Path,
) -> None:
    nora = "nora@feldmann.example"
    meetings = single(tmp_path / "a.ics", written(event(NORA, ADA), event(NORA, ADA, uid="2")))
    mails = tmp_path / "sent.eml"
    mails.write_text(
        f"From: {nora}\nTo: ada@wong.example\nDelivered-To: {nora}\nMessage-ID: <1@x.example>\n"
        "Date: Mon, 02 Mar 2026 10:00:00 +0100\nSubject: Hi\n\nhello\n"
    )
    bus = fresh(tmp_path / "people.db")

    def met() -> set[str]:
        return ask(bus.path, lambda view: {ghost.value for ghost in ghosts.ghosts(view)})

    store(bus, meetings, me=())
    assert met() == {nora, "ada@wong.example"}
    store(bus, mails, me=(nora,))
    assert met() == {"ada@wong.example"}
    bus.close()


EVENTS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.integers(0, 300),
        st.sampled_from(["", "RRULE:FREQ=WEEKLY;COUNT=3", "RRULE:FREQ=DAILY;UNTIL=20260310"]),
        st.sampled_from(["ada@wong.example", "ben@x.example"]),
    ),
    max_size=6,
    unique_by=lambda made: made[0],
)


def built(made: list[tuple[int, int, str, str]]) -> str:
    first = datetime(2026, 1, 1, 9, tzinfo=UTC)
    return written(
        *(
            event(
                *filter(None, (rule,)),
                f"ATTENDEE:mailto:{who}",
                f"SUMMARY:{number}",
                uid=f"{number}@x.example",
                start=f"DTSTART:{first + timedelta(days=day):%Y%m%dT%H%M%SZ}",
            )
            for number, day, rule, who in made
        )
    )


@given(EVENTS, st.integers(0, 6))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_calendar_and_a_later_longer_one_give_each_meeting_once(
    made: list[tuple[int, int, str, str]], cut: int
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        late = single(folder / "late.ics", built(made))
        early = single(folder / "early.ics", built(made[:cut]))
        twice_is_once(folder, late)
        overlap_is_once(folder, early, late)


WHOLE = written(
    "BEGIN:VTIMEZONE\r\nTZID:Our\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    "END:STANDARD\r\nEND:VTIMEZONE",
    event("RRULE:FREQ=WEEKLY;COUNT=9;BYDAY=MO", "EXDATE:20260309T090000Z", NORA, ADA),
    event(
        *("RECURRENCE-ID:20260316T090000Z", "SUMMARY:grüße", ADA),
        start="DTSTART;TZID=Our:20260317T100000",
    ),
)


@given(
    st.integers(0, len(WHOLE)),
    st.text(max_size=6)
    | st.sampled_from(["\0", "\r\n", ";", ":", '"', "BEGIN:VEVENT\r\n", "9" * 50]),
    st.integers(0, 12),
)
@example(place=0, bad="\ufeff", gone=0)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_calendar_raises_nothing_and_warns_nobody(
    place: int, bad: str, gone: int
) -> None:
    text = WHOLE[:place] + bad + WHOLE[place + gone :]
    with TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("error")
        path = single(Path(name) / "one.ics", text.encode("utf-8", "surrogatepass"))
        with open_container(path) as container:
            calendar.owner(container)
        found, _ = talks(calendar, path)
    for talk in found:
        f"{talk.subject}{talk.text}{talk.key}{talk.thread}".encode()
        assert "\0" not in f"{talk.subject}{talk.text}"
        for party in (talk.sender, *talk.others):
            assert party is None or party.value
