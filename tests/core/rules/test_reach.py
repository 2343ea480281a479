"""Who can be reached now, by the clock where they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import reach, reasons, rhythm
from core.rules.focus import FocusRow
from core.rules.reach import ASLEEP, LATER, NOW, UNKNOWN

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (
    *("Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Africa/Casablanca", "UTC"),
)
moments = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 — the zone is drawn beside it
    datetime(2035, 12, 31),  # noqa: DTZ001 — the same
    timezones=st.sampled_from(ZONES).map(ZoneInfo),
)
hours = st.tuples(st.integers(0, 23), st.integers(0, 23)).map(lambda span: f"{span[0]}-{span[1]}")
channels = st.sampled_from(["mail", "call", "whatsapp", "linkedin", "visit", ""])


def berlin(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


def row(number: int, weight: int, zone: str = "", hours: str = "", **given: object) -> FocusRow:
    fields = {"done": False, "zone": zone, "hours": hours, **given}
    return FocusRow(number, "x", "A", "why", "mail", "", "", "", weight, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "there", "when"),
    [
        ("Europe/Berlin", "10:12", NOW),
        ("Europe/London", "09:12", NOW),
        ("America/New_York", "04:12", ASLEEP),
        ("Asia/Tokyo", "18:12", LATER),
        ("Asia/Kolkata", "14:42", NOW),
        ("Pacific/Auckland", "22:12", ASLEEP),
    ],
)
def test_the_hour_there_says_whether_somebody_is_at_work(zone: str, there: str, when: str) -> None:
    found = reach.reach(berlin(2026, 11, 20, 10, 12), zone, channel="mail", employed=True)
    assert found.there is not None
    assert f"{found.there:%H:%M}" == there
    assert found.when == when
    assert found.away == (zone != "Europe/Berlin")


@pytest.mark.parametrize(
    ("channel", "employed", "when"),
    [("mail", True, LATER), ("call", True, LATER), ("whatsapp", True, NOW), ("mail", False, NOW)],
)
def test_at_the_weekend_only_work_rests(channel: str, employed: bool, when: str) -> None:
    saturday = berlin(2026, 11, 21, 11)
    found = reach.reach(saturday, "Europe/Berlin", "", channel, employed=employed)
    assert found.when == when


def test_saturday_here_is_still_friday_there() -> None:
    found = reach.reach(berlin(2026, 11, 21, 0, 30), "America/Chicago", "", "mail", employed=True)
    assert found.there is not None
    assert (found.there.weekday(), found.when) == (4, NOW)


@pytest.mark.parametrize(
    ("hour", "when"), [(17, LATER), (18, NOW), (20, NOW), (21, LATER), (3, LATER)]
)
def test_their_usual_hours_say_more_than_an_office(hour: int, when: str) -> None:
    found = reach.reach(berlin(2026, 11, 20, hour), "", "18-21", "mail", employed=True)
    assert (found.when, found.there) == (when, None)


def test_who_writes_at_night_can_be_written_to_but_is_not_called() -> None:
    midnight = berlin(2026, 11, 20, 23, 30)
    assert reach.reach(midnight, "Europe/Berlin", "22-1", "whatsapp").when == NOW
    assert reach.reach(midnight, "Europe/Berlin", "22-1", "call").when == ASLEEP


def test_of_somebody_of_whom_nothing_is_known_nothing_is_said() -> None:
    assert reach.reach(berlin(2026, 11, 20, 10), "") == reach.Reach(UNKNOWN, None, away=False)


@pytest.mark.parametrize(
    "zone", ["No/Where", "../../etc/passwd", "/etc/localtime", "\0", "a b", "."]
)
def test_a_zone_that_is_none_is_not_known(zone: str) -> None:
    assert reach.reach(berlin(2026, 11, 20, 10), zone).there is None


def test_when_the_clocks_change_the_hour_there_changes_by_one() -> None:
    before, after = berlin(2026, 3, 28, 12), berlin(2026, 3, 29, 12)
    hours = [
        found.there.hour
        for moment in (before, after)
        if (found := reach.reach(moment, "Asia/Kolkata")).there
    ]
    assert hours == [16, 15]
    # America changes two weeks earlier: in between five hours lie between them instead of six.
    between = reach.reach(berlin(2026, 3, 20, 12), "America/New_York").there
    assert between is not None
    assert between.hour == 7


def test_an_hour_that_comes_twice_is_told_as_it_is_each_time() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    told = [reach.reach(first + timedelta(hours=h), "Europe/Berlin").there for h in (0, 1)]
    assert [f"{there:%H:%M}" for there in told if there] == ["02:30", "02:30"]


@given(moments, st.sampled_from(ZONES), st.just("") | hours, channels, st.booleans())
def test_the_moment_there_is_the_same_moment_and_nobody_asleep_is_called(
    moment: datetime,
    zone: str,
    hours: str,
    channel: str,
    employed: bool,
) -> None:
    found = reach.reach(moment, zone, hours, channel, employed=employed)
    assert found.there is not None
    assert found.there.timestamp() == moment.timestamp()
    assert found.away == (found.there.replace(tzinfo=None) != moment.replace(tzinfo=None))
    night = found.there.hour >= 22 or found.there.hour < 7
    if channel == "call":
        assert (found.when == ASLEEP) == night
    if found.when == NOW and night:
        assert hours
    if found.when == ASLEEP:
        assert night


@given(st.lists(st.integers(0, 23), max_size=40), moments)
def test_hours_that_a_rhythm_tells_can_be_read(sent: list[int], moment: datetime) -> None:
    told = rhythm.usual_hours(sent)
    assert (reach.span(told) is None) == (told == "")
    if told:
        inside = moment.replace(hour=reach.span(told)[0])  # type: ignore[index]
        assert reach.reach(inside, "", told).when == NOW


@given(
    st.lists(
        st.builds(
            row,
            st.integers(1, 99),
            st.sampled_from([610, 600, 550, 410, 350, 250, 240, 140, 130, 100]),
            st.sampled_from(("", *ZONES)),
            st.just("") | hours,
            done=st.booleans(),
        ),
        max_size=8,
        unique_by=lambda row: row.id,
    ),
    moments,
)
def test_who_is_reachable_comes_first_among_rows_of_one_kind_and_nobody_is_lost(
    rows: list[FocusRow], moment: datetime
) -> None:
    rows.sort(key=lambda row: (row.done, -row.weight))
    ordered = reach.in_order(rows, moment)
    assert sorted(row.id for row in ordered) == sorted(row.id for row in rows)
    assert reach.in_order(ordered, moment) == ordered
    order = [NOW, UNKNOWN, LATER, ASLEEP]
    for before, after in pairwise(ordered):
        assert before.done <= after.done
        kind = [sum(line.weight >= one for one in KINDS) for line in (before, after)]
        if before.done == after.done and not before.done:
            assert kind[0] >= kind[1]
            if kind[0] == kind[1]:
                turns = [order.index(reach.of_row(line, moment).when) for line in (before, after)]
                assert turns[0] <= turns[1]
    assert [row for row in ordered if row.done] == [row for row in rows if row.done]


KINDS = (
    *(reasons.NEWS, reasons.WROTE, reasons.OWED, reasons.WAITED),
    *(reasons.ANNIVERSARY, reasons.BIRTHDAY, reasons.PROMISED),
)
