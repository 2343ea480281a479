"""Why somebody stands on the list, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import FixedClock
from core.rules import reasons
from core.rules.reasons import Candidate, birthday_marks, no_answer, strongest
from core.settings import Settings

TODAY = date(2026, 11, 21)  # a Saturday
SETTINGS = Settings()


def _ago(days: int) -> str:
    return (TODAY - timedelta(days)).isoformat()


def _person(**given_: object) -> Candidate:
    needed = [name for name in Candidate._fields if name not in Candidate._field_defaults]
    known: dict[str, object] = dict.fromkeys(needed, "")
    known |= {"id": 1, "name": "Ada", "tier": "B", "cadence": 60, **given_}
    return Candidate(**known)  # type: ignore[arg-type]


def _told(ahead: int = 0, /, **given_: object) -> list[str]:
    today = TODAY + timedelta(ahead)
    return [one.words for one in strongest(_person(**given_), today, SETTINGS)]


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"owe": "the deck", "owe_due": _ago(1)}, "you promised: the deck (due yesterday)"),
        ({"owe": "the deck", "owe_due": _ago(2)}, "you promised: the deck (due Thu)"),
        ({"owe": "the deck", "owe_due": _ago(0)}, "you promised: the deck (due today)"),
        ({"owe": "the deck", "owe_due": _ago(-1)}, "you promised: the deck (due tomorrow)"),
        (
            {"owe": "an intro to Ben of Globex", "owe_due": _ago(19)},
            "you promised: an intro to… (due 2 Nov)",
        ),
        (
            {"owed": "the contract", "owed_due": _ago(1)},
            "they promised: the contract (due yesterday)",
        ),
        ({"wrote_on": _ago(1)}, "wrote yesterday, no answer yet"),
        ({"wrote_on": _ago(4)}, "wrote on Tue, no answer yet"),
        ({"wrote_on": _ago(12)}, "wrote on 9 Nov, no answer yet"),
        ({"gap": 12, "quiet_on": _ago(0)}, "gone quiet: you talk every 12 days"),
        ({"gap": 1, "quiet_on": _ago(30)}, "gone quiet: you talk every day"),
        ({"news": "Initech → Globex", "news_day": _ago(6)}, "new job: Initech → Globex"),
        (
            {"news": "University of Applied Sciences Bern → Globex Europe", "news_day": _ago(6)},
            "new job: Globex Europe",
        ),
        ({"talked": _ago(69), "due": _ago(9), "unanswered": 3}, "9 days late (every 120)"),
        (
            {"tier": "D", "tiered": "2026-03-02", "wrote_on": _ago(4)},
            "put away 2 Mar, wrote on Tue",
        ),
        (
            {"tier": "D", "tiered": "2024-03-02", "wrote_on": _ago(1)},
            "put away in Mar 2024, wrote yesterday",
        ),
        (
            {"occasion": "2016-11-21", "occasion_label": "Anniversary"},
            "anniversary today (10 years)",
        ),
        ({"occasion": "2025-11-21", "occasion_label": "Wedding"}, "wedding today (1 year)"),
        ({"occasion": "--11-21", "occasion_label": ""}, "a day of theirs today"),
    ],
)
def test_each_reason_is_a_sentence_that_a_friend_would_say(
    given_: dict[str, object], words: str
) -> None:
    assert _told(**given_) == [words]
    assert len(words.split()) <= 8


@pytest.mark.parametrize(
    "given_",
    [
        {"owe": "the deck", "owe_due": _ago(-2)},
        {"owe": "the deck", "owe_due": ""},
        {"owed": "the deck", "owed_due": _ago(0)},
        {"wrote_on": _ago(0)},
        {"wrote_on": _ago(15)},
        {"gap": 0, "quiet_on": _ago(0)},
        {"gap": 12, "quiet_on": _ago(-1)},
        {"gap": 12, "quiet_on": _ago(31)},
        {"occasion": "2010-11-22", "occasion_label": "anniversary"},
        {"occasion": "2010-11-21", "occasion_label": "Death"},
        {"occasion": "2026-11-21", "occasion_label": "anniversary"},
        {"occasion": "2010-11", "occasion_label": "anniversary"},
        {"wait": _ago(0), "wait_why": reasons.NOT_TODAY},
        {"tier": "D", "tiered": _ago(3), "wrote_on": _ago(4)},
        {"tier": "D", "tiered": _ago(90), "wrote_on": _ago(4), "listed": _ago(2)},
        {"tier": "D", "tiered": _ago(90), "birth_md": "11-21"},
        {"tier": "", "birth_md": "11-21", "wrote_on": _ago(2)},
    ],
)
def test_what_is_no_reason(given_: dict[str, object]) -> None:
    assert _told(**given_) == []


def test_a_birthday_that_was_missed_on_the_list_may_be_made_good() -> None:
    born = {"birthday": "1985-11-20", "birth_md": "11-20"}
    assert _told(**born) == []
    assert _told(**born, since=_ago(1)) == ["birthday was yesterday (41)"]
    assert _told(3, **born, since=_ago(1)) == ["birthday was on Fri (41)"]
    assert _told(9, **born, since=_ago(1)) == []


def test_what_was_fresh_when_it_came_onto_the_list_stays_a_reason() -> None:
    old = {"news": "Initech → Globex", "news_day": _ago(33)}
    assert _told(**old) == []
    assert _told(**old, since=_ago(4)) == ["new job: Initech → Globex"]


def test_the_strongest_reason_comes_first() -> None:
    found = strongest(
        _person(
            owe="the deck",
            owe_due=_ago(0),
            birth_md="11-21",
            wrote_on=_ago(2),
            gap=9,
            quiet_on=_ago(2),
            due=_ago(3),
            talked=_ago(63),
            news="Globex",
            news_day=_ago(2),
        ),
        TODAY,
        SETTINGS,
    )
    assert [one.kind for one in found] == ["promised", "birthday", "wrote", "news", "quiet", "late"]


def test_an_a_that_is_late_weighs_more_than_news_of_a_b() -> None:
    late = reasons.late(_person(tier="A", cadence=21, due=_ago(6)), TODAY, SETTINGS)
    assert late is not None
    assert late.weight > reasons.NEWS
    just = reasons.late(_person(tier="B", due=_ago(6)), TODAY, SETTINGS)
    assert just is not None
    assert just.weight < reasons.NEWS


def test_no_weight_of_being_late_is_taken_for_another_reason() -> None:
    special = {reasons.BACK, reasons.PROMISED, reasons.OWED, reasons.WAITED}
    for days in range(4000):
        for tier, every in (("A", 21), ("B", 60), ("C", 7)):
            found = reasons.late(_person(tier=tier, cadence=every, due=_ago(days)), TODAY, SETTINGS)
            assert found is not None
            assert not {found.weight, found.weight + 10} & special


def test_unanswered_words_name_what_was_tried_and_what_might_do() -> None:
    assert no_answer(2, "mail", "call") == "2 mails unanswered: try a call"
    assert no_answer(1, "call", "mail") == "1 call unanswered: try a mail"
    assert no_answer(4, "linkedin", "whatsapp") == "4 messages unanswered: try WhatsApp"


FOREIGN = st.text(max_size=200) | st.just("x" * 10_000) | st.just("[/] \x1b]0;x\x07 \ud83d a\nb c")


@given(FOREIGN, FOREIGN, FOREIGN)
def test_foreign_words_never_make_a_reason_long(owe: str, news: str, label: str) -> None:
    person = _person(
        owe=owe,
        owe_due=_ago(0),
        owed=owe,
        owed_due=_ago(400),
        news=news,
        news_day=_ago(0),
        occasion="2010-11-21",
        occasion_label=label,
    )
    for one in strongest(person, TODAY, SETTINGS):
        assert 0 < len(one.words.split()) <= 8
        assert len(one.words) <= 100


ANY_DAY = st.dates(date(1970, 1, 1), date(2120, 12, 31)) | st.sampled_from(
    [
        *(date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 28), date(2028, 2, 29)),
        *(date(2027, 2, 28), date(2027, 3, 1), date(2100, 2, 28), date(2026, 3, 29)),
        *(date.min, date.max),
    ]
)


@given(ANY_DAY, st.integers(1, 12), st.integers(1, 31))
def test_a_birthday_comes_on_one_day_of_every_year(today: date, month: int, day: int) -> None:
    try:
        born = date(2000, month, day)
    except ValueError:
        return
    year = date(min(max(today.year, 2), 9998), 1, 1)
    days = (
        year + timedelta(ahead) for ahead in range((year.replace(year=year.year + 1) - year).days)
    )
    kept = [one for one in days if f"{born:%m-%d}" in birthday_marks(one)]
    assert len(kept) == 1
    person = _person(birthday=f"--{born:%m-%d}", birth_md=f"{born:%m-%d}")
    found = reasons.birthday(person, kept[0], SETTINGS)
    assert found is not None
    occasion = _person(occasion=f"--{born:%m-%d}", occasion_label="anniversary")
    told = reasons.occasion(occasion, kept[0], SETTINGS)
    assert told is not None
    assert told.words == "anniversary today"


@given(
    ANY_DAY, st.integers(-40, 40), st.integers(-40, 40), st.sampled_from(["A", "B", "C", "D", ""])
)
def test_no_day_and_no_clock_that_was_set_back_breaks_a_reason(
    today: date, one: int, other: int, tier: str
) -> None:
    a, b = (reasons.shifted(today, days).isoformat() for days in (one, other))
    person = _person(
        tier=tier,
        talked=a,
        due=b,
        wait=a,
        wait_why="rest",
        birthday=b,
        birth_md=b[-5:],
        news="Globex",
        news_day=a,
        gap=9,
        quiet_on=b,
        wrote_on=a,
        tiered=b,
        owe="x",
        owe_due=a,
        owed="y",
        owed_due=b,
        occasion=a,
        since=b,
        listed=b,
        times=1,
    )
    for found in strongest(person, today, SETTINGS):
        assert found.words
        assert len(found.words.split()) <= 8


ZONES = ("Europe/Zurich", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe")


@given(st.sampled_from(ZONES), st.datetimes(datetime(2011, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001
def test_through_changes_of_the_clock_days_late_count_local_days(
    zone: str, moment: datetime
) -> None:
    local = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    today = FixedClock(local).today()
    next_day = FixedClock(local.replace(hour=12) + timedelta(days=1)).today()
    assert (next_day - today).days == 1
    due = today - timedelta(days=1)
    first = reasons.late(_person(due=due.isoformat(), talked="2001-01-01"), today, SETTINGS)
    second = reasons.late(_person(due=due.isoformat(), talked="2001-01-01"), next_day, SETTINGS)
    assert first is not None
    assert second is not None
    assert (first.words, second.words) == ("1 day late (every 60)", "2 days late (every 60)")
