"""The times of one day told together are those that are told one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.talk import Reading
from importers.talk_days import local_day

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ZONES = (
    *("Europe/Zurich", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Apia"),
    *("America/St_Johns", "Australia/Lord_Howe", "America/New_York", "Asia/Kathmandu"),
)


FIRST, LAST = (datetime.fromisoformat(day) for day in ("1990-01-01", "2026-11-30"))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ZONES), st.datetimes(FIRST, LAST))
def test_a_time_is_the_same_as_when_told_alone(zone: str, moment: datetime) -> None:
    reading = Reading(NOW, ZoneInfo(zone), "CH")
    moment = moment.replace(microsecond=0)
    day = local_day(reading, moment.year, moment.month, moment.day, moment.date().isoformat())
    if day is not None:
        found = day.moment(moment.hour, moment.minute, moment.second)
        assert found == reading.local(moment)
        assert found is not None
        shorter = day.moment(moment.hour, moment.minute, -1)
        alone = reading.local(moment.replace(second=0))
        assert shorter == alone._replace(written=alone.written[:-3])


@pytest.mark.parametrize(("month", "day"), [(3, 29), (10, 25)])
def test_a_day_on_which_the_clock_is_turned_is_not_told_together(month: int, day: int) -> None:
    reading = Reading(NOW, ZoneInfo("Europe/Zurich"), "CH")
    assert local_day(reading, 2026, month, day, "") is None


def test_a_day_that_is_not_over_is_not_told_together() -> None:
    reading = Reading(NOW, UTC, "CH")
    assert local_day(reading, 2026, 11, 22, "2026-11-22") is None
    assert local_day(reading, 2026, 11, 21, "2026-11-21") is not None


def test_no_such_time_is_none_and_no_such_day_is_refused() -> None:
    reading = Reading(NOW, UTC, "CH")
    day = local_day(reading, 2024, 2, 29, "24-02-29")
    assert day is not None
    assert (day.moment(24, 0, 0), day.moment(0, 60, 0), day.moment(0, 0, 60)) == (None,) * 3
    with pytest.raises(ValueError, match="day"):
        local_day(reading, 2023, 2, 29, "23-02-29")


def test_the_ends_of_the_calendar_are_left_to_be_asked_one_by_one() -> None:
    for zone in ("Asia/Kolkata", "America/New_York"):
        first = local_day(Reading(NOW, ZoneInfo(zone)), 1, 1, 1, "01-01-01")
        assert first is None
    later = Reading(NOW + timedelta(days=1), ZoneInfo("Europe/Zurich"))
    assert local_day(later, 9999, 12, 31, "99-12-31") is None
