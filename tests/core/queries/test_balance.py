from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.commands.log_talk import LogTalks, Talk
from core.commands.opt_out import SetOptOut
from core.commands.set_tier import SetTier
from core.commands.stay import StayInTier
from core.queries import balance
from core.settings import Settings
from tests.book import CLOCK, at, entry, fresh, merge, row, rows, sql, store, user_fact
from tests.said import message
from tests.said import store as talk
from tests.support import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.bus import Bus
    from core.queries.balance import Balance, Span

TODAY = CLOCK.today()
NAMES = ("Ada", "Ben", "Cem", "Dan", "Eve")


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    """Ada in A, Ben in B, Cem in C, Dan put away, Eve unsorted; each with an address."""
    made = fresh(tmp_path / "people.db")
    store(made, *(entry(name, ("email", f"{name.lower()}@x.example")) for name in NAMES))
    for person, tier in enumerate("ABCD", 1):
        made.run(SetTier((person,), tier))
    yield made
    made.close()


def log(bus: Bus, *people: int, ago: int = 0, kind: str = "call") -> None:
    bus.run(LogTalks((Talk(people, TODAY - timedelta(days=ago), kind),)))


def weighed(bus: Bus, **settings: int) -> Balance:
    return read(bus.path, lambda view: balance.balance(view, TODAY, Settings(**settings)))  # type: ignore[arg-type]


def alone(bus: Bus, first: date) -> Span:
    return read(bus.path, lambda view: balance.month(view, first, TODAY))


def by_month(bus: Bus) -> dict[str, tuple[tuple[int, ...], int]]:
    found = read(bus.path, lambda view: balance.months(view, TODAY))
    return {f"{one.first:%Y-%m}": (one.talks, one.others) for one in found}


def test_a_talk_counts_once_for_each_person_it_was_with_however_they_are_known(bus: Bus) -> None:
    log(bus, 1, 2, ago=1)
    log(bus, 1, ago=2, kind="note")
    log(bus, 3, 4, 5, ago=40)
    mine = ("ada@x.example", "ben@x.example")
    day = "2026-11-02"
    # Ada is named twice in it, by her address and by hand; Eve only got it too.
    talk(
        bus, [message(1, "hello", mine[0], day=day), message(2, "you", mine[1], out=True, day=day)]
    )
    _part(bus, "hello", card_id=1, role="with")
    eve = rows(bus.path, "SELECT identity_id FROM holder WHERE person_id = 2")[0][0]
    _part(bus, "hello", identity_id=eve, role="there")
    found = by_month(bus)
    assert list(found) == [*(f"2025-{m}" for m in (12,)), *(f"2026-{m:02}" for m in range(1, 12))]
    assert found["2026-11"] == ((2, 2, 0), 0)
    assert found["2026-10"] == ((0, 0, 1), 2)
    span = alone(bus, date(2026, 11, 1))
    assert sorted(zip(span.curve.people, span.curve.sums, strict=True)) == [(1, 2), (2, 4)]
    whole = weighed(bus).span
    assert [one.interactions for one in whole.tiers] == [2, 2, 1]
    assert whole.others == 2
    assert set(whole.curve.people) == {1, 2, 3, 5}  # who is put away has no part in the curve


def _part(bus: Bus, text: str, **given: object) -> None:
    ((one,),) = rows(bus.path, "SELECT id FROM interaction WHERE text = ?", text)
    statement, values = row("participant", interaction_id=one, **given)
    bus.run(sql(statement, *values))


def test_talks_of_all_entries_of_a_person_are_theirs(bus: Bus) -> None:
    log(bus, 1, 2, ago=1)
    log(bus, 2, ago=1)
    bus.run(merge(1, 2))
    assert weighed(bus).span.curve.sums == (2,)
    assert alone(bus, date(2026, 11, 1)).curve.sums == (2,)
    assert by_month(bus)["2026-11"][0] == (0, 2, 0)  # filed last in B, so that is where they are


def test_what_is_still_to_come_is_no_talk_yet(bus: Bus) -> None:
    log(bus, 1, ago=30)
    with_ada = ("meeting", "2026-11-25", "2026-11-25T10:00:00Z", "both")
    statement, values = row(
        "interaction", **dict(zip(("kind", "day", "at", "direction"), with_ada, strict=True))
    )
    bus.run(sql(statement, *values))
    ((one,),) = rows(bus.path, "SELECT max(id) FROM interaction")
    statement, values = row("participant", interaction_id=one, card_id=1, role="with")
    bus.run(sql(statement, *values))
    found = weighed(bus)
    assert [(one.name, one.talked) for one in found.span.quiet] == [("Ada", "2026-10-22")]
    assert by_month(bus)["2026-11"] == ((0, 0, 0), 0)


def test_who_in_a_had_nothing_this_month_or_in_another_one(bus: Bus) -> None:
    bus.run(SetTier((1, 2, 3), "A"))
    log(bus, 1, ago=3)
    log(bus, 2, ago=30)
    assert [one.name for one in weighed(bus).span.quiet] == ["Cem", "Ben"]
    assert [one.name for one in alone(bus, date(2026, 10, 1)).quiet] == ["Cem", "Ada"]
    bus.run(SetOptOut((3,), "all", "never"))
    assert [one.name for one in weighed(bus).span.quiet] == ["Ben"]


def test_who_hangs_on_one_network_goes_with_it(bus: Bus) -> None:
    def people(source: str, *entries: tuple[str, tuple[tuple[str, str], ...]]) -> None:
        made = (entry(name, *facts, key=name) for name, facts in entries)
        store(bus, *made, kind=source, title=source, files=(f"{source}.csv",))

    people(
        "linkedin",
        ("Fay", (("handle", "https://www.linkedin.com/in/fay"),)),
        ("Gil", ()),
        ("Hal", (("handle", "https://x.com/hal"),)),
        ("Ida", (("email", "ida@x.example"),)),
        ("Jan", (("phone", "+41 44 668 18 00"),)),
    )
    people("vcard", ("Kai", ()), ("Leo", (("handle", "https://x.com/leo"),)))
    ((kai,), (leo,)) = rows(bus.path, "SELECT id FROM person_row WHERE name IN ('Kai', 'Leo')")
    bus.run(SetTier((leo,), "B"))
    assert weighed(bus).thin == (("linkedin", 2, 0), ("x", 1, 1), ("", 1, 0))
    bus.run(SetOptOut((1,), "mail", "never"))  # Ada had nothing but mail
    assert weighed(bus).thin[-1] == ("", 2, 1)
    bus.run(SetTier((kai,), "D"))
    bus.run(user_fact(leo, "email", "leo@x.example"))
    assert weighed(bus).thin == (("linkedin", 2, 0), ("", 1, 1))


def test_who_talks_often_in_c_is_proposed_until_it_was_answered(tmp_path: Path) -> None:
    with_ada = tmp_path / "people.db"
    spring = fresh(with_ada, clock=at("2026-03-01"))
    store(spring, entry("Ada", ("email", "ada@x.example")))
    spring.run(SetTier((1,), "C"))
    spring.close()
    bus = fresh_again(with_ada)
    for back in range(0, 90, 10):
        log(bus, 1, ago=back)
    (move,) = weighed(bus).moves
    assert move == (1, "Ada", "C", "A", "talks every 10 days", TODAY.isoformat())
    bus.run(StayInTier((1,)))
    assert weighed(bus).moves == ()
    bus.undo()
    assert len(weighed(bus).moves) == 1
    bus.run(SetTier((1,), "B"))
    assert weighed(bus).moves == ()  # filed today: that stands for a while
    bus.close()


def fresh_again(path: Path) -> Bus:
    from core.bus import Bus

    return Bus(path, clock=CLOCK, sitting="tests")


def test_three_letters_without_an_answer_are_proposed_to_count(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    spring = fresh(path, clock=at("2026-03-01"))
    store(spring, entry("Ada", ("email", "ada@x.example")))
    spring.run(SetTier((1,), "B"))
    spring.close()
    bus = fresh_again(path)
    talk(
        bus,
        [
            message(n, f"hello {n}", "ada@x.example", out=n > 0, day=f"2026-{7 + n:02}-02")
            for n in range(4)
        ],
    )
    (move,) = weighed(bus).moves
    assert (move.tier, move.to, move.why) == ("B", "C", "you wrote 3 times, no answer")
    bus.close()


def test_what_the_tiers_ask_for_stands_beside_what_the_list_holds(bus: Bus) -> None:
    bus.run(SetTier((1, 2, 3, 5), "A"))
    found = weighed(bus, budget=3)
    assert (found.asked, found.holds) == (round(4 * 7 / 21), 15)
    assert (found.people, found.kept, found.put_away, found.unsorted) == (5, 4, 1, 0)


def test_an_empty_book_weighs_nothing(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    found = weighed(bus)
    assert (found.people, found.kept, found.known, found.span.curve.total) == (0, 0, 0, 0)
    assert (found.thin, found.moves, found.span.quiet) == ((), (), ())
    assert set(by_month(bus).values()) == {((0, 0, 0), 0)}
    assert read(bus.path, lambda view: balance.point(view, 1)) is None
    bus.close()


@pytest.mark.parametrize(
    ("day", "back", "first"),
    [
        (date(2026, 11, 30), 0, date(2026, 11, 1)),
        (date(2026, 1, 31), 1, date(2025, 12, 1)),
        (date(2026, 12, 31), -1, date(2027, 1, 1)),
        (date(2024, 2, 29), 12, date(2023, 2, 1)),
    ],
)
def test_months_go_back_over_the_year(day: date, back: int, first: date) -> None:
    assert balance.first_of(day, back) == first
