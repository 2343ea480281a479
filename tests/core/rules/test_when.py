from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.rules.when import Prefer, ago, parse_day, short

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("words", "coming", "gone"),
    [
        ("today", "2026-11-21", "2026-11-21"),
        ("Yesterday", "2026-11-20", "2026-11-20"),
        ("tomorrow", "2026-11-22", "2026-11-22"),
        ("fri", "2026-11-27", "2026-11-20"),
        ("saturday", "2026-11-28", "2026-11-14"),
        ("sun", "2026-11-22", "2026-11-15"),
        ("last fri", "2026-11-20", "2026-11-20"),
        ("next mon", "2026-11-23", "2026-11-23"),
        ("+2w", "2026-12-05", "2026-12-05"),
        ("-3d", "2026-11-18", "2026-11-18"),
        ("3d", "2026-11-24", "2026-11-18"),
        ("2m", "2027-01-21", "2026-09-21"),
        ("1y", "2027-11-21", "2025-11-21"),
        ("in 2 weeks", "2026-12-05", "2026-12-05"),
        ("3 weeks ago", "2026-10-31", "2026-10-31"),
        ("next week", "2026-11-28", "2026-11-28"),
        ("last month", "2026-10-21", "2026-10-21"),
        ("2026-12-24", "2026-12-24", "2026-12-24"),
        ("on 24 dec", "2026-12-24", "2025-12-24"),
        ("Dec 24", "2026-12-24", "2025-12-24"),
        ("24.12.", "2026-12-24", "2025-12-24"),
        ("1.11.", "2027-11-01", "2026-11-01"),
        ("24.12.2024", "2024-12-24", "2024-12-24"),
        ("january", "2027-01-01", "2026-01-01"),
        ("21 nov", "2026-11-21", "2026-11-21"),
    ],
)
def test_the_words_people_type_name_a_day(words: str, coming: str, gone: str) -> None:
    assert parse_day(words, SATURDAY) == date.fromisoformat(coming)
    assert parse_day(words, SATURDAY, prefer="past") == date.fromisoformat(gone)


@pytest.mark.parametrize(
    "words",
    ["", "x", "w", "week", "31 feb", "3/4", "2026", "2026-12", "+99999y", "-99999y", "next x"],
)
def test_other_words_are_refused_with_what_to_try(words: str) -> None:
    with pytest.raises(UsageError, match="try today, fri"):
        parse_day(words, SATURDAY)


def test_a_long_word_is_cut_in_the_refusal() -> None:
    with pytest.raises(UsageError) as refusal:
        parse_day("x" * 10_000, SATURDAY)
    assert len(refusal.value.sentence) < 150


def test_the_end_of_a_month_stays_in_its_month() -> None:
    assert parse_day("1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert parse_day("1y", date(2028, 2, 29)) == date(2029, 2, 28)
    assert parse_day("-1m", date(2026, 1, 1)) == date(2025, 12, 1)
    assert parse_day("29 feb", date(2026, 1, 1)) == date(2026, 2, 28)


def test_the_calendar_has_ends() -> None:
    for words, today in (("+1d", date.max), ("-1d", date.min), ("fri", date.max)):
        with pytest.raises(UsageError):
            parse_day(words, today)
    with pytest.raises(UsageError):
        parse_day("24 dec", date.min, prefer="past")


PREFERENCES: list[Prefer] = ["future", "past"]


@given(st.text(st.characters(codec=None), max_size=30), st.dates(), st.sampled_from(PREFERENCES))
def test_any_words_give_a_day_or_a_refusal(text: str, today: date, prefer: Prefer) -> None:
    with suppress(UsageError):
        assert isinstance(parse_day(text, today, prefer=prefer), date)


@given(st.dates(date(2, 1, 1), date(9990, 1, 1)), st.integers(-400, 400))
def test_a_span_of_days_is_exact(today: date, days: int) -> None:
    assert parse_day(f"{days:+}d", today) == today + timedelta(days=days)


@given(st.dates(date(2, 1, 1), date(9990, 1, 1)), st.sampled_from(["mon", "thu", "sun"]))
def test_a_weekday_is_within_a_week_and_never_today(today: date, word: str) -> None:
    assert 1 <= (parse_day(word, today) - today).days <= 7
    assert 1 <= (today - parse_day(word, today, prefer="past")).days <= 7


@pytest.mark.parametrize(
    ("days", "told"),
    [
        *((0, "today"), (1, "yesterday"), (-1, "tomorrow"), (5, "5 days ago")),
        *((13, "13 days ago"), (21, "3 weeks ago"), (-21, "in 3 weeks"), (61, "2 months ago")),
        *((60, "2 months ago"), (366, "12 months ago"), (731, "2 years ago"), (-40, "in 5 weeks")),
    ],
)
def test_a_distance_is_told_in_words(days: int, told: str) -> None:
    assert ago(SATURDAY - timedelta(days=days), SATURDAY) == told


@given(st.dates(), st.dates())
def test_any_two_days_can_be_told(day: date, today: date) -> None:
    assert ago(day, today)
    assert len(short(day, today)) <= 8


def test_a_day_is_short_and_has_a_year_when_it_is_far() -> None:
    assert short(date(2026, 11, 2), SATURDAY) == "2 Nov"
    assert short(date(2024, 3, 9), SATURDAY) == "Mar 2024"
    assert short(date(2026, 12, 30), date(2027, 1, 5)) == "30 Dec"
