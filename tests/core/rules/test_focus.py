"""Whom to contact today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import cadence
from core.rules.focus import (
    Candidate,
    Plan,
    Planned,
    Ways,
    another_way,
    birthday_marks,
    channel,
    families,
    kept_row,
    plan,
    share,
    talk_by,
    way_of,
)
from core.settings import Settings

TODAY = date(2026, 11, 21)
SETTINGS = Settings()


def _ago(days: int) -> str:
    return (TODAY - timedelta(days)).isoformat()


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    found = []
    for number in range(1, draw(st.integers(0, 16)) + 1):
        tier = draw(st.sampled_from(["A", "B", "C", "D", ""]))
        talked = draw(st.sampled_from(["", *map(_ago, (1, 10, 30, 70, 400))]))
        tiered = _ago(draw(st.integers(0, 200)))
        own = SETTINGS.cadence.get(tier, 0) or draw(st.sampled_from([0, 180]))
        last = date.fromisoformat(talked) if talked else None
        due = cadence.due_on(tier, own, last, date.fromisoformat(tiered), number)
        wait = draw(st.sampled_from(["", "", "", _ago(-3), _ago(0), _ago(5)]))
        found.append(
            Candidate(
                id=number,
                name=draw(st.sampled_from(["Ada", "Ben", "Chen"])),
                tier=tier,
                org="",
                title="",
                email="",
                phone="",
                sources="",
                talked=talked,
                talked_before="",
                cadence=own,
                due=due.isoformat() if due else "",
                wait=wait,
                wait_why="rest" if wait else "",
                birthday=(born := draw(st.sampled_from(["", "", "1980-11-21", "--05-03"]))),
                birth_md=born[-5:],
                news=(news := draw(st.sampled_from(["", "", "Initech → Globex"]))),
                news_day=_ago(draw(st.integers(0, 60))) if news else "",
                tiered=tiered,
                family=draw(st.sampled_from([0, 0, 0, 1, 2])),
            )
        )
    return found


def _after_a_talk(person: Candidate) -> Candidate:
    """The same person once a talk of today is noted."""
    due = cadence.due_on(person.tier, person.cadence, TODAY, None, person.id)
    return person._replace(
        talked=TODAY.isoformat(),
        talked_before=person.talked,
        due=due.isoformat() if due else "",
    )


@given(candidates(), st.integers(0, 12))
def test_a_day_never_holds_more_than_its_budget(people: list[Candidate], budget: int) -> None:
    found = plan(people, TODAY, SETTINGS, budget)
    assert len(found.rows) <= budget
    assert len({row.id for row in found.rows}) == len(found.rows)


@given(candidates(), st.integers(1, 12))
def test_four_fifths_are_a_and_b_while_any_are_due(people: list[Candidate], budget: int) -> None:
    found = plan(people, TODAY, SETTINGS, budget)
    others = sum(row.tier == "C" for row in found.rows)
    here = {row.family for row in found.rows} - {0}
    alone = [one for one in people if one.family not in here]
    free = plan(alone, TODAY, SETTINGS, 99)
    listed = {row.id for row in found.rows}
    left = [row for row in free.rows if row.id not in listed]
    waiting = any(row.tier in {"A", "B"} for row in left)
    assert not waiting or others <= budget // 5
    assert not left or len(found.rows) == budget


@given(candidates())
def test_nobody_in_d_or_unsorted_or_waiting_is_listed(people: list[Candidate]) -> None:
    listed = {row.id for row in plan(people, TODAY, SETTINGS, 99).rows}
    for person in people:
        if person.tier in {"D", ""} or person.wait > TODAY.isoformat():
            assert person.id not in listed


@given(candidates())
def test_each_row_says_why(people: list[Candidate]) -> None:
    assert all(row.why for row in plan(people, TODAY, SETTINGS, 99).rows)


@given(candidates(), st.integers(0, 8), st.sets(st.integers(1, 16)))
def test_a_talk_today_ticks_a_row_off_and_the_list_stays(
    people: list[Candidate], budget: int, met: set[int]
) -> None:
    before = plan(people, TODAY, SETTINGS, budget)
    after = plan(
        [_after_a_talk(person) if person.id in met else person for person in people],
        TODAY,
        SETTINGS,
        budget,
    )
    assert _reasons(after) == _reasons(before)
    assert {row.id for row in after.rows if row.done} == met & {row.id for row in before.rows}
    assert all(after.kept_back[tier] <= before.kept_back[tier] for tier in "ABC")


def _reasons(found: Plan) -> set[tuple[int, str]]:
    return {(row.id, row.why) for row in found.rows}


@given(candidates(), st.randoms())
def test_the_same_book_gives_the_same_list(people: list[Candidate], random: object) -> None:
    mixed = list(people)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert plan(mixed, TODAY, SETTINGS, 5) == plan(people, TODAY, SETTINGS, 5)


@given(candidates())
def test_whoever_was_talked_with_rests_unless_it_is_their_day(people: list[Candidate]) -> None:
    rested = [person._replace(talked=_ago(3), wait="") for person in people]
    found = plan(rested, TODAY, SETTINGS, 99).rows
    assert all(row.why.startswith("birthday") for row in found)


def _person(**given: object) -> Candidate:
    needed = [name for name in Candidate._fields if name not in Candidate._field_defaults]
    known: dict[str, object] = dict.fromkeys(needed, "")
    known |= {"id": 1, "name": "Ada", "tier": "B", "cadence": 60, **given}
    return Candidate(**known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given_", "why"),
    [
        ({"birthday": "1985-11-21", "birth_md": "11-21"}, "birthday today (41)"),
        ({"birthday": "--11-21", "birth_md": "11-21"}, "birthday today"),
        ({"wait": _ago(1), "wait_why": "let her settle in"}, "let her settle in"),
        ({"wait": _ago(0)}, "the wait is over"),
        ({"news": "Initech → Globex", "news_day": _ago(6)}, "new job: Initech → Globex"),
        ({"talked": _ago(69), "due": _ago(9)}, "9 days late (every 60)"),
        ({"talked": _ago(61), "due": _ago(1)}, "1 day late (every 60)"),
        ({"talked": _ago(60), "due": _ago(0)}, "due today (every 60)"),
        ({"due": _ago(3)}, "no talk yet (every 60)"),
    ],
)
def test_the_reason_is_told_in_words(given_: dict[str, object], why: str) -> None:
    (row,) = plan([_person(**given_)], TODAY, SETTINGS, 5).rows
    assert row.why == why


@pytest.mark.parametrize(
    "given_",
    [
        {},
        {"due": _ago(-1)},
        {"wait": _ago(5), "talked": _ago(2)},
        {"news": "Initech → Globex", "news_day": _ago(31)},
        {"news": "Initech → Globex", "news_day": _ago(20), "talked": _ago(19)},
    ],
)
def test_without_a_reason_nobody_is_listed(given_: dict[str, object]) -> None:
    assert plan([_person(**given_)], TODAY, SETTINGS, 5).rows == ()


@pytest.mark.parametrize(
    ("day", "marks"),
    [
        (date(2026, 2, 28), ("02-28", "02-29")),
        (date(2028, 2, 28), ("02-28",)),
        (date(2028, 2, 29), ("02-29",)),
        (date(2100, 2, 28), ("02-28", "02-29")),
        (date(2000, 2, 28), ("02-28",)),
        (date(2026, 3, 1), ("03-01",)),
    ],
)
def test_a_leap_day_is_kept_on_the_28th_in_common_years(day: date, marks: tuple[str, ...]) -> None:
    assert birthday_marks(day) == marks


def test_the_channel_is_mail_then_phone_then_a_network() -> None:
    assert channel("a@example.com", "1", "linkedin") == "mail"
    assert channel("", "1", "linkedin") == "call"
    assert channel("", "", "google,linkedin") == "linkedin"
    assert channel("", "", "") == ""


@pytest.mark.parametrize(
    ("never", "prefers", "way"),
    [
        ("mail", "", "call"),
        ("mail,phone", "", "linkedin"),
        ("mail,phone,message", "", ""),
        ("", "phone", "call"),
        ("", "message", "linkedin"),
        ("phone", "message", "linkedin"),
        ("post", "mail", "mail"),
        ("mail", "visit", "visit"),
        ("visit", "visit", "mail"),
    ],
)
def test_the_channel_is_what_they_prefer_and_none_they_never_want(
    never: str, prefers: str, way: str
) -> None:
    assert channel("a@example.com", "1", "linkedin", never, prefers) == way


def test_a_preference_for_what_is_not_known_is_no_way() -> None:
    assert channel("a@example.com", "", "", "", "phone") == "mail"


@given(candidates(), st.sampled_from(["all", "mail", "mail,phone"]))
def test_who_wants_no_contact_is_never_listed(people: list[Candidate], never: str) -> None:
    asked = [person._replace(never=never) for person in people]
    listed = plan(asked, TODAY, SETTINGS, 99)
    if never == "all":
        assert listed.rows == ()
    else:
        assert _reasons(listed) == _reasons(plan(people, TODAY, SETTINGS, 99))


@pytest.mark.parametrize(
    ("by", "talk"),
    [
        ("mail", ("mail", "")),
        ("call", ("call", "")),
        ("visit", ("visit", "")),
        ("linkedin", ("message", "linkedin")),
        ("", ("message", "")),
    ],
)
def test_a_talk_through_a_network_is_a_message(by: str, talk: tuple[str, str]) -> None:
    assert talk_by(by) == talk


def test_shares_are_whole_percents() -> None:
    assert (share(1, 5), share(2, 3), share(0, 0)) == (20, 67, 0)


@given(candidates(), st.integers(0, 8))
def test_of_a_family_one_is_listed_but_for_birthdays(people: list[Candidate], budget: int) -> None:
    listed = plan(people, TODAY, SETTINGS, budget).rows
    others = [row.family for row in listed if row.family and row.kind != "birthday"]
    assert len(others) == len(set(others))


@given(candidates(), st.integers(0, 8), st.integers(0, 8))
def test_what_is_planned_stays_first_and_counts(
    people: list[Candidate], budget: int, more: int
) -> None:
    before = plan(people, TODAY, SETTINGS, budget).rows
    after = plan(people, TODAY, SETTINGS, budget + more, before).rows
    assert after[: len(before)] == before
    assert len(after) <= budget + more
    assert plan(people, TODAY, SETTINGS, budget, before).rows == before


def test_what_was_left_comes_before_what_is_new_and_after_what_cannot_wait() -> None:
    born = {"birthday": "--11-21", "birth_md": "11-21"}
    left = {"talked": _ago(61), "due": _ago(1), "since": _ago(1), "times": 1, "listed": _ago(1)}
    people = [
        _person(id=1, name="New", news="Initech → Globex", news_day=_ago(1)),
        _person(id=2, name="Left", **left),
        _person(id=3, name="Born", **born),
    ]
    for budget, expected in ((1, [3]), (2, [3, 2])):
        assert [row.id for row in plan(people, TODAY, SETTINGS, budget).rows] == expected
    rows = plan(people, TODAY, SETTINGS, 3).rows
    assert [row.id for row in rows] == [3, 1, 2]
    assert {row.id: row.since for row in rows} == {1: _ago(0), 2: _ago(1), 3: _ago(0)}


def _kept(weight: int = 120, why: str = "9 days late (every 60)") -> Planned:
    return Planned(1, _ago(0), why, "mail", weight)


@pytest.mark.parametrize(
    ("given_", "weight", "done"),
    [
        ({}, 120, False),
        ({"talked": _ago(0)}, 120, True),
        ({"talked": _ago(0), "wrote_on": _ago(0)}, 120, False),
        ({"owe": "the deck"}, 600, False),
        ({}, 600, True),
        ({"tier": "A", "owed": "the deck"}, 360, False),
        ({"tier": "", "owe": "the deck"}, 600, False),
    ],
)
def test_a_row_is_ticked_by_a_talk_or_by_what_was_kept(
    given_: dict[str, object], weight: int, done: object
) -> None:
    row = kept_row(_kept(weight), _person(**given_), TODAY, SETTINGS)
    assert row is not None
    assert (row.done, row.why, row.planned) == (done, "9 days late (every 60)", True)


@pytest.mark.parametrize(
    "given_",
    [{"wait": _ago(-1)}, {"tier": "D"}, {"tier": ""}, {"never": "all"}],
)
def test_a_row_goes_once_it_must_not_be_shown(given_: dict[str, object]) -> None:
    assert kept_row(_kept(), _person(**given_), TODAY, SETTINGS) is None


def test_whom_the_user_met_today_stays_in_the_count_though_they_wait_now() -> None:
    met = _person(talked=TODAY.isoformat(), wait=_ago(-7), wait_why="numbers first")
    assert kept_row(_kept(), met, TODAY, SETTINGS)
    assert not kept_row(_kept(), met._replace(talked=_ago(1)), TODAY, SETTINGS)


def test_a_wait_that_is_put_off_keeps_its_why() -> None:
    row = kept_row(_kept(400, "let her settle in"), _person(), TODAY, SETTINGS)
    assert row is not None
    assert row.put_off == "let her settle in"


@pytest.mark.parametrize(
    ("ways", "given_", "told"),
    [
        (Ways("mail", ("call",)), {"email": "a"}, ("2 mails unanswered: try a call", "call")),
        (
            Ways("mail", ("mail", "whatsapp")),
            {"email": "a"},
            ("2 mails unanswered: try WhatsApp", "whatsapp"),
        ),
        (Ways("mail"), {"email": "a", "phone": "1"}, ("2 mails unanswered: try a call", "call")),
        (Ways("linkedin", ("mail",)), {}, ("2 messages unanswered: try a mail", "mail")),
        (
            Ways("mail", ("call",)),
            {"email": "a", "never": "phone"},
            ("due today (every 60)", "mail"),
        ),
        (Ways("mail"), {"email": "a"}, ("due today (every 60)", "mail")),
    ],
)
def test_after_two_without_an_answer_another_way_is_tried(
    ways: Ways, given_: dict[str, object], told: tuple[str, str]
) -> None:
    person = _person(talked=_ago(60), due=_ago(0), unanswered=2, **given_)
    (row,) = plan([person], TODAY, SETTINGS, 5).rows
    found = another_way(row, person, ways)
    assert (found.why, found.channel) == told
    once = another_way(row._replace(unanswered=1), person, ways)
    assert once.why == "due today (every 60)"


def test_a_birthday_keeps_its_words_and_takes_the_other_way() -> None:
    person = _person(birthday="--11-21", birth_md="11-21", email="a", phone="1", unanswered=2)
    (row,) = plan([person], TODAY, SETTINGS, 5).rows
    found = another_way(row, person, Ways("mail"))
    assert (found.why, found.channel) == ("birthday today", "call")


@pytest.mark.parametrize(
    ("usual", "way"),
    [("phone", "call"), ("whatsapp", "whatsapp"), ("linkedin", "linkedin"), ("meeting", "mail")],
)
def test_the_usual_way_is_taken_where_there_is_an_address(usual: str, way: str) -> None:
    assert channel("a@example.com", "1", "linkedin", usual=usual) == way
    assert channel("a@example.com", "", "", usual=usual) == "mail"
    assert channel("a@example.com", "1", "", "message,phone", usual=usual) == "mail"


def test_the_way_of_a_talk_is_that_of_a_row() -> None:
    assert way_of("mail", "mail") == "mail"
    assert way_of("call", "phone") == "call"
    assert way_of("message", "whatsapp") == "whatsapp"
    assert (way_of("message", "message"), way_of("meeting", "")) == ("", "")


def test_families_are_joined_over_pairs() -> None:
    assert families([(5, 3), (8, 9), (3, 7)]) == {3: 3, 5: 3, 7: 3, 8: 8, 9: 8}
    assert families([]) == {}
