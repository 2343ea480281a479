"""Who must not stand on the list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.rules.focus_guards import barred, is_open, within
from core.rules.reasons import NOT_TODAY, Candidate, Reason
from core.settings import Settings

TODAY = date(2026, 11, 21)
SETTINGS = Settings()
LATE, BIRTHDAY = Reason(100, "due today", "late"), Reason(550, "birthday today", "birthday")


def _ago(days: int) -> str:
    return (TODAY - timedelta(days)).isoformat()


def _person(**given: object) -> Candidate:
    needed = [name for name in Candidate._fields if name not in Candidate._field_defaults]
    known: dict[str, object] = dict.fromkeys(needed, "")
    known |= {"id": 1, "name": "Ada", "tier": "B", "cadence": 60, **given}
    return Candidate(**known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "late", "birthday"),
    [
        ({}, "", ""),
        ({"never": "all"}, "never contact", "never contact"),
        ({"never": "mail,phone"}, "", ""),
        ({"wait": _ago(-1)}, "waits", "waits"),
        ({"wait": _ago(0)}, "", ""),
        ({"talked": _ago(13)}, "talked with lately", ""),
        ({"talked": _ago(14)}, "", ""),
        ({"talked": _ago(8), "cadence": 7}, "", ""),
        ({"talked": _ago(-3)}, "talked with lately", ""),
        ({"listed": _ago(13)}, "suggested lately", ""),
        ({"listed": _ago(14)}, "", ""),
        ({"listed": _ago(1), "since": _ago(2)}, "", ""),
    ],
)
def test_a_guard_says_why_not(given: dict[str, object], late: str, birthday: str) -> None:
    assert barred(_person(**given), LATE, TODAY, SETTINGS) == late
    assert barred(_person(**given), BIRTHDAY, TODAY, SETTINGS) == birthday


@pytest.mark.parametrize("kind", ["promised", "owed", "birthday", "occasion", "wrote", "waited"])
def test_what_cannot_wait_is_told_soon_after_a_talk(kind: str) -> None:
    reason = Reason(1, "x", kind)
    assert barred(_person(talked=_ago(1), listed=_ago(1)), reason, TODAY, SETTINGS) == ""


@pytest.mark.parametrize(
    ("given", "stays"),
    [
        ({}, True),
        ({"times": 90, "listed": _ago(10)}, True),
        ({"talked": _ago(2)}, False),
        ({"talked": _ago(3)}, True),
        ({"talked": _ago(0), "talked_before": _ago(9)}, True),
        ({"talked": _ago(0), "talked_before": _ago(1)}, False),
        ({"wait": _ago(0), "wait_why": "let her be"}, False),
        ({"wait": _ago(0), "wait_why": NOT_TODAY}, True),
        ({"wait": _ago(0), "wait_why": "9 days late"}, True),
        ({"wait": _ago(2), "wait_why": "let her be"}, True),
        ({"tier": "C", "times": 2}, True),
        ({"tier": "C", "times": 3}, False),
        ({"tier": "D", "times": 3}, False),
        ({"listed": _ago(30)}, False),
        ({"since": "", "times": 0}, False),
    ],
)
def test_a_suggestion_goes_on_until_it_is_done_or_has_ended(
    given: dict[str, object], stays: object
) -> None:
    person = _person(**{"since": _ago(2), "times": 2, "listed": _ago(1), **given})
    assert is_open(person, "9 days late", "", TODAY, SETTINGS) is stays


def test_after_a_holiday_the_last_list_goes_on() -> None:
    person = _person(since=_ago(32), times=1, listed=_ago(30))
    assert is_open(person, "x", _ago(30), TODAY, SETTINGS)
    assert not is_open(person, "x", _ago(29), TODAY, SETTINGS)


def test_days_are_counted_over_the_end_of_a_year_and_a_leap_day() -> None:
    assert within("2026-12-25", date(2027, 1, 7), 14)
    assert not within("2026-12-25", date(2027, 1, 8), 14)
    assert within("2028-02-16", date(2028, 2, 29), 14)
    assert not within("2028-02-16", date(2028, 3, 1), 14)
    assert not within("", TODAY, 14)
