from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from importers import calendar
from importers.calendar_times import MOST
from tests.importers.calendars import ADA, days, event, read, single, written
from tests.importers.talking import NOW, READING, talks

if TYPE_CHECKING:
    from pathlib import Path

NINE = ("2026-03-02T09:00:00Z", "2026-03-02")


@pytest.mark.parametrize(
    ("start", "at", "day"),
    [
        (":20260302T090000Z", *NINE),
        (";TZID=Europe/Berlin:20260302T100000", *NINE),
        (';TZID="W. Europe Standard Time":20260302T100000', *NINE),
        (";TZID=Eastern Standard Time:20260302T040000", *NINE),
        (";TZID=/mozilla.org/20050126_1/Europe/Berlin:20260302T100000", *NINE),
        (";TZID=Our Time:20260302T120000", *NINE),
        (";VALUE=DATE-TIME;TZID=Europe/Berlin:20260302T100000", *NINE),
        (";TZID=Europe/\r\n Berlin:20260302T100000", *NINE),
        (":20260302T233000", "2026-03-03T04:30:00Z", "2026-03-02"),
        (";VALUE=DATE:20260302", "2026-03-02T05:00:00Z", "2026-03-02"),
        (":20260302", "2026-03-02T05:00:00Z", "2026-03-02"),
    ],
)
def test_a_time_is_read_in_its_zone_or_in_that_of_the_user(
    tmp_path: Path, start: str, at: str, day: str
) -> None:
    zone = "\r\n".join(
        (
            *("BEGIN:VTIMEZONE", "TZID:Our Time", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
            *("TZOFFSETFROM:+0300", "TZOFFSETTO:+0300", "END:STANDARD", "END:VTIMEZONE"),
        )
    )
    reading = READING._replace(zone=ZoneInfo("America/New_York"))
    found, problems = read(
        tmp_path, event(ADA, start=f"DTSTART{start}"), head=zone, reading=reading
    )
    assert problems == []
    assert (found[0].moment.at, found[0].moment.day) == (at, day)


def test_two_calendars_may_each_have_their_own_zone_of_one_name(tmp_path: Path) -> None:
    def zoned(offset: str, uid: str) -> str:
        return written(
            *("BEGIN:VTIMEZONE", "TZID:Custom", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
            *(f"TZOFFSETFROM:{offset}", f"TZOFFSETTO:{offset}", "END:STANDARD", "END:VTIMEZONE"),
            event(ADA, start="DTSTART;TZID=Custom:20260302T120000", uid=uid),
        )

    path = single(tmp_path / "two.ics", zoned("+0300", "1") + zoned("-0300", "2"))
    found, problems = talks(calendar, path)
    assert problems == []
    assert [talk.moment.at[11:13] for talk in found] == ["09", "15"]


@pytest.mark.parametrize(
    "zone",
    [
        *("../../etc/passwd", "/etc/passwd", "Europe", "Nowhere/City", "Europe/../x"),
        *("x" * 10_000, "\x00"),
    ],
)
def test_a_zone_that_nobody_knows_or_that_names_a_file_is_read_as_the_users(
    tmp_path: Path, zone: str
) -> None:
    start = f"DTSTART;TZID={zone}:20260302T100000"
    found, problems = read(tmp_path, event(ADA, start=start))
    assert [talk.moment[:3] for talk in found] == [("2026-03-02T10:00:00Z", "2026-03-02", "")]
    assert [(p.why, p.fatal) for p in problems] == [
        ("1 in a time zone that nobody knows, read as yours", False)
    ]


def test_a_zone_that_changes_every_second_is_not_counted_out(tmp_path: Path) -> None:
    zone = "\r\n".join(
        (
            *("BEGIN:VTIMEZONE", "TZID:Fast", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
            *("TZOFFSETFROM:+0300", "TZOFFSETTO:+0300", "RRULE:FREQ=SECONDLY", "END:STANDARD"),
            "END:VTIMEZONE",
        )
    )
    found, problems = read(
        tmp_path, event(ADA, start="DTSTART;TZID=Fast:20260302T100000"), head=zone
    )
    assert (len(found), len(problems)) == (1, 1)


@pytest.mark.parametrize(
    ("start", "more", "seconds"),
    [
        ("DTSTART:20260302T100000Z", "DTEND:20260302T103000Z", 1_800),
        ("DTSTART:20260302T100000Z", "DURATION:PT45M", 2_700),
        ("DTSTART:20260302T100000Z", "DURATION:PXX", 0),
        ("DTSTART:20260302T100000Z", "DTEND:20260302T090000Z", 0),
        ("DTSTART:20260302T100000Z", "DTEND:99999999T999999Z", 0),
        ("DTSTART:20260302T100000Z", "DTEND:99991231T235959Z", 0),
        ("DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260303", 0),
        ("DTSTART;TZID=Europe/Berlin:20260302T100000", "DTEND:20260302T100000Z", 3_600),
        ("DTSTART:20260302T100000Z", "DTEND;VALUE=DATE:20260303", 0),
    ],
)
def test_how_long_a_meeting_took(tmp_path: Path, start: str, more: str, seconds: int) -> None:
    found, _ = read(tmp_path, event(more, ADA, start=start))
    assert [talk.seconds for talk in found] == [seconds]


def test_a_series_is_every_day_that_it_took_place(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        event(
            "RRULE:FREQ=WEEKLY;COUNT=6",
            "EXDATE;TZID=Europe/Berlin:20260309T100000",
            "EXDATE;VALUE=DATE:20260316",
            "RDATE:20260501T080000Z",
            ADA,
        ),
    )
    assert problems == []
    assert days(found) == ["2026-03-02", "2026-03-23", "2026-03-30", "2026-04-06", "2026-05-01"]
    # The wall keeps its time where clocks are changed.
    assert [talk.moment.at[11:16] for talk in found] == [
        *("09:00", "09:00", "08:00", "08:00", "08:00")
    ]
    assert len({talk.key for talk in found}) == 5
    assert {talk.thread for talk in found} == {"1@x.example"}


@pytest.mark.parametrize("first", [0, 1])
def test_a_day_of_a_series_that_was_moved_is_there_once(tmp_path: Path, first: int) -> None:
    parts = [
        event("RRULE:FREQ=DAILY;UNTIL=20260304T120000Z", ADA),
        event(
            "RECURRENCE-ID:20260303T090000Z",
            ADA,
            "SUMMARY:moved",
            start="DTSTART;TZID=Europe/Berlin:20260310T160000",
        ),
    ]
    found, problems = read(tmp_path, parts[first], parts[1 - first])
    assert problems == []
    assert sorted(days(found)) == ["2026-03-02", "2026-03-04", "2026-03-10"]
    plain, _ = read(tmp_path, parts[0])
    assert {talk.key for talk in plain} == {talk.key for talk in found}


def test_a_day_of_a_series_that_was_cancelled_did_not_take_place(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        event("RRULE:FREQ=DAILY;COUNT=3", ADA),
        event("RECURRENCE-ID;TZID=Europe/Berlin:20260303T100000", "STATUS:CANCELLED", ADA),
    )
    assert days(found) == ["2026-03-02", "2026-03-04"]
    assert [(problem.why, problem.fatal) for problem in problems] == [
        ("not taken as meetings: 1 cancelled", False)
    ]


def test_an_endless_series_ends_today_and_its_newest_days_are_kept(tmp_path: Path) -> None:
    start = "DTSTART;TZID=Europe/Berlin:20200101T100000"
    found, problems = read(tmp_path, event("RRULE:FREQ=DAILY", ADA, start=start))
    assert len(found) == MOST
    assert days(found)[-1] == NOW.date().isoformat()
    assert [problem.why for problem in problems] == [
        "not taken as meetings: 1 series but for their newest 500 days"
    ]


@pytest.mark.parametrize(
    "rule",
    [
        *("FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=1", "FREQ=HOURLY", "FREQ=NEVER", "nonsense"),
        *("FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
        *("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=" + "9" * 5_000, ""),
        *("FREQ=WEEKLY;UNTIL=nonsense;BYDAY=XX", "FREQ=DAILY;COUNT=-1", "FREQ=YEARLY;BYEASTER=x"),
        *("FREQ=YEARLY;INTERVAL=999999999", "FREQ=DAILY;COUNT=0", "RSCALE=CHINESE;FREQ=YEARLY"),
    ],
)
def test_a_rule_that_makes_no_sense_leaves_the_first_meeting(tmp_path: Path, rule: str) -> None:
    found, problems = read(tmp_path, event(f"RRULE:{rule}", ADA))
    assert days(found) == ["2026-03-02"]
    assert problems == []


def test_a_rule_of_every_second_of_every_day_is_not_counted_out(tmp_path: Path) -> None:
    every = ",".join(map(str, range(60)))
    rule = (
        f"RRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={every};BYSECOND={every}"
    )
    found, _ = read(tmp_path, event(rule, ADA))
    assert len(found) <= MOST


def test_a_series_in_which_nobody_else_is_counts_once(tmp_path: Path) -> None:
    found, problems = read(tmp_path, event("RRULE:FREQ=DAILY", "SUMMARY:run"))
    assert (days(found), problems) == (["2026-03-02"], [])


def test_what_is_to_come_is_no_talk_yet(tmp_path: Path) -> None:
    start = f"DTSTART:{NOW + timedelta(minutes=1):%Y%m%dT%H%M%SZ}"
    found, problems = read(
        tmp_path, event(ADA, start=start), event("RRULE:FREQ=DAILY", ADA, start=start, uid="2")
    )
    assert found == []
    assert [problem.why for problem in problems] == ["not taken as meetings: 1 to come"]
