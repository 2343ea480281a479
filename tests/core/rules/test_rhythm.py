"""What talks teach, by days and hours alone."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.rhythm import (
    Said,
    Turn,
    quiet_on,
    turn,
    usual_channel,
    usual_gap,
    usual_hours,
)

LAST = date(2026, 11, 21)


def days_apart(*gaps: int) -> list[date]:
    """Days with talk, newest first, that many days apart."""
    days = [LAST]
    for gap in gaps:
        days.append(days[-1] - timedelta(gap))
    return days


def test_three_days_with_talk_are_no_rhythm_and_four_are() -> None:
    assert usual_gap(days_apart(7, 7)) == 0
    assert quiet_on(days_apart(7, 7)) is None
    assert usual_gap(days_apart(7, 7, 7)) == 7
    assert usual_gap([]) == 0


def test_one_long_pause_is_not_what_is_usual() -> None:
    assert usual_gap(days_apart(10, 10, 400, 10)) == 10
    assert usual_gap(days_apart(3, 4, 9)) == 4
    assert usual_gap(days_apart(3, 4, 5, 9)) == 5  # half a day more than four


def test_only_the_newest_days_count() -> None:
    assert usual_gap(days_apart(*[5] * 24, *[90] * 200)) == 5


@pytest.mark.parametrize(
    ("gaps", "silence"),
    [
        ((20, 20, 20), 40),  # twice the usual
        ((1, 1, 1), 14),  # a fortnight at least
        ((10, 10, 10, 60), 60),  # they were silent so long before
        ((10,) * 20 + (60,), 20),  # once in twenty
    ],
)
def test_somebody_is_quiet_on_the_day_after_the_silence_that_is_known_of_them(
    gaps: tuple[int, ...], silence: int
) -> None:
    assert quiet_on(days_apart(*gaps)) == LAST + timedelta(silence + 1)


@given(st.sets(st.dates(), max_size=60))
def test_a_usual_gap_is_one_that_there_was_and_quiet_comes_after_twice_of_it(
    some: set[date],
) -> None:
    days = sorted(some, reverse=True)
    gap = usual_gap(days)
    assert (gap == 0) == (len(days) < 4)
    if gap:
        gaps = [(later - day).days for later, day in pairwise(days[:25])]
        assert min(gaps) <= gap <= max(gaps)
        quiet = quiet_on(days)
        assert quiet is None or (quiet - days[0]).days > max(2 * gap, 14)


def test_the_last_day_of_the_calendar_has_no_day_on_which_somebody_is_quiet() -> None:
    assert quiet_on([date.max - timedelta(day) for day in (0, 40, 80, 120)]) is None


def test_the_usual_channel_is_that_of_most_days_whatever_was_said_on_one() -> None:
    chat = [("2026-11-20", "whatsapp")] * 60
    mail = [("2026-11-19", "mail"), ("2026-11-02", "mail")]
    assert usual_channel([*chat, *mail]) == "mail"
    assert usual_channel([*chat, mail[0]]) == "whatsapp"  # as often, and last
    assert usual_channel([("2026-11-19", "")]) == ""
    assert usual_channel([]) == ""


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ([18, 19, 20, 18, 19, 20], "18-20"),
        ([9, 9, 9, 9, 9, 22], "9-10"),
        ([23, 0, 23, 0, 23, 0], "23-1"),
        ([22, 23, 22, 23, 22, 22], "22-23"),
        ([23] * 6, "23-0"),
        ([9] * 5, ""),
        ([0, 4, 8, 12, 16, 20], ""),
    ],
)
def test_hours_are_the_shortest_span_of_most_messages(hours: list[int], told: str) -> None:
    assert usual_hours(hours) == told


@given(st.lists(st.integers(0, 23), max_size=80))
def test_more_than_half_of_the_messages_fall_into_the_hours_told(hours: list[int]) -> None:
    told = usual_hours(hours)
    if told:
        start, end = map(int, told.split("-"))
        span = {hour % 24 for hour in range(start, end + 24 * (end <= start))}
        assert len(span) <= 6
        assert 2 * sum(hour in span for hour in hours) > len(hours)


def said(*told: str) -> list[Said]:
    """Talks, newest first, as ``kind direction``, each on a day of its own; ``*`` is aside."""
    made = []
    for place, one in enumerate(told):
        kind, way, *aside = one.split()
        made.append(Said(f"2026-11-{30 - place}", kind, way, bool(aside)))
    return made


@pytest.mark.parametrize(
    ("talks", "expected"),
    [
        ([], Turn(0, "")),
        (["mail in"], Turn(0, "2026-11-30")),
        (["mail in", "message in", "mail out"], Turn(0, "2026-11-30")),
        (["mail out", "mail in"], Turn(1, "")),
        (["mail out", "message out", "mail in", "mail out"], Turn(2, "")),
        (["mail out", "mail out", "mail out"], Turn(3, "")),
        (["call both", "mail in"], Turn(0, "")),
        (["call in", "mail in"], Turn(0, "")),
        (["call in *", "mail in"], Turn(0, "2026-11-29")),
        (["call in *", "mail out"], Turn(0, "")),
        (["meeting none", "mail in"], Turn(0, "2026-11-29")),
        (["message in *", "mail out", "mail in"], Turn(0, "")),
        (["message out *", "mail in"], Turn(0, "2026-11-29")),
        (["message both", "mail in"], Turn(0, "")),
        (["mail out", "call out *", "mail out", "visit both"], Turn(2, "")),
    ],
)
def test_a_turn_is_told_by_the_newest_words(talks: list[str], expected: Turn) -> None:
    assert turn(said(*talks)) == expected


def test_two_mails_of_one_day_are_one_time_that_i_wrote() -> None:
    mails = [Said("2026-11-20", "mail", "out"), Said("2026-11-20", "mail", "out")]
    assert turn(mails) == Turn(1, "")
