"""What is owed both ways: noted, settled, and never lost with a merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.commands.log_talk import LogTalks, Talk
from core.commands.merge import Merge
from core.commands.promise import AddPromise, MovePromise, SettlePromise
from core.commands.set_tier import SetTier
from core.commands.unmerge import Unmerge
from core.errors import NotFoundError, UsageError
from core.queries import promises
from tests.book import CLOCK, at, base, digest, fresh, people, rows
from tests.support import read

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus
    from core.queries.promises import PromiseLine


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    bus = fresh(tmp_path / "people.db")
    people(bus, "Ada Wong", "Ben Ortiz", "A. Wong")
    return bus


def owed(bus: Bus, person: int = 1, *, settled: bool = False) -> tuple[PromiseLine, ...]:
    return read(bus.path, lambda view: promises.of_person(view, person, settled=settled))


def told(bus: Bus, person: int = 1) -> list[tuple[str, str, str, str]]:
    return [line[3:] for line in owed(bus, person, settled=True)]


def test_what_i_owe_and_what_they_owe_is_kept_with_its_day(bus: Bus) -> None:
    mine = bus.run(AddPromise((1,), "me", " the deck ", "2026-11-27"))
    theirs = bus.run(AddPromise((1,), "them", "an intro to Ben"))
    assert mine.label == "promised Ada Wong: the deck, by 27 Nov"
    assert theirs.label == "Ada Wong promised: an intro to Ben"
    assert told(bus) == [("me", "the deck", "2026-11-27", ""), ("them", "an intro to Ben", "", "")]
    assert owed(bus)[0].name == "Ada Wong"
    bus.undo()
    bus.undo()
    assert told(bus) == []


def test_one_line_promises_something_to_each_of_several_people(bus: Bus) -> None:
    done = bus.run(AddPromise((1, 2, 1), "me", "the photos"))
    assert done.label == "promised 3 people: the photos"
    assert [len(owed(bus, person)) for person in (1, 2, 3)] == [1, 1, 0]


def test_it_names_the_talk_in_which_it_was_said(bus: Bus) -> None:
    bus.run(LogTalks((Talk((1,), CLOCK.today(), "call"),)))
    bus.run(AddPromise((1,), "me", "the deck", talk=1))
    assert rows(bus.path, "SELECT interaction_id FROM promise") == [(1,)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"owed_by": "us"}, "owed by me or them"),
        ({"what": " \n "}, "what is promised"),
        ({"due": "friday"}, "is no day"),
        ({"due": "20261127"}, "is no day"),
        ({"due": "2026-02-30"}, "is no day"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    bus: Bus, given: dict[str, Any], why: str
) -> None:
    before = digest(bus.path)
    with pytest.raises(UsageError, match=why):
        bus.run(AddPromise((1,), **{"owed_by": "me", "what": "the deck", **given}))
    assert digest(bus.path) == before


def test_nobody_and_no_talk_can_be_promised_anything(bus: Bus) -> None:
    for people_ in ((), (77,)):
        with pytest.raises(NotFoundError):
            bus.run(AddPromise(people_, "me", "the deck"))
    with pytest.raises(NotFoundError, match="talk"):
        bus.run(AddPromise((1,), "me", "the deck", talk=9))
    assert rows(bus.path, "SELECT * FROM promise") == []


def test_kept_says_when_and_stays_so_when_it_is_said_again(bus: Bus) -> None:
    bus.run(AddPromise((1,), "me", "the deck"))
    done = bus.run(SettlePromise(1))
    assert done.label == "my promise to Ada Wong (the deck): kept"
    assert done.people == (1,)
    assert told(bus) == [("me", "the deck", "", "2026-11-21")]
    assert owed(bus) == ()
    bus.close()
    later = fresh_again(bus)
    assert later.run(SettlePromise(1)).command_id == 0
    assert told(later) == [("me", "the deck", "", "2026-11-21")]


def fresh_again(bus: Bus) -> Bus:
    from core.bus import Bus as Opened

    return Opened(bus.path, clock=at("2026-12-24"), sitting="tests")


def test_dropped_open_again_and_another_day_are_steps_that_undo_takes_back(bus: Bus) -> None:
    bus.run(AddPromise((2,), "them", "a call", "2026-11-01"))
    books = [base(bus.path)]
    for command, label in (
        (SettlePromise(1, kept=False), "the promise of Ben Ortiz (a call): dropped"),
        (SettlePromise(1, kept=None), "the promise of Ben Ortiz (a call): open again"),
        (MovePromise(1, "2026-12-01"), "the promise of Ben Ortiz (a call), by 1 Dec"),
        (MovePromise(1, ""), "the promise of Ben Ortiz (a call), no day"),
    ):
        assert bus.run(command).label == label
        books.append(base(bus.path))
    assert told(bus, 2) == [("them", "a call", "", "")]
    while books:
        assert base(bus.path) == books.pop()
        bus.undo()
    assert rows(bus.path, "SELECT * FROM promise") == []


def test_a_promise_that_is_not_there_cannot_be_settled_or_moved(bus: Bus) -> None:
    for command in (SettlePromise(5), MovePromise(5, "2026-12-01")):
        with pytest.raises(NotFoundError, match="no promise with the id 5"):
            bus.run(command)
    bus.run(AddPromise((1,), "me", "the deck"))
    with pytest.raises(UsageError, match="is no day"):
        bus.run(MovePromise(1, "soon"))


def test_a_merged_person_owes_what_all_entries_owe_and_unmerge_takes_its_own_along(
    bus: Bus,
) -> None:
    bus.run(AddPromise((1,), "me", "the deck", "2026-11-27"))
    bus.run(AddPromise((3,), "them", "an intro", "2026-11-23"))
    bus.run(Merge((1, 3)))
    bus.run(AddPromise((1,), "me", "a book"))
    assert [line.what for line in owed(bus)] == ["an intro", "the deck", "a book"]
    assert {line.person for line in owed(bus)} == {1}
    done = bus.run(SettlePromise(2))  # of the entry that was merged in
    assert done.people == (1,)
    bus.run(Unmerge(1, (3,)))
    assert told(bus, 1) == [("me", "the deck", "2026-11-27", ""), ("me", "a book", "", "")]
    assert told(bus, 3) == [("them", "an intro", "2026-11-23", "2026-11-21")]
    for _ in range(3):
        bus.undo()
    assert [line.what for line in owed(bus)] == ["the deck", "an intro"][::-1]


def test_what_is_owed_to_somebody_put_away_is_still_owed(bus: Bus) -> None:
    bus.run(AddPromise((1,), "me", "the deck"))
    bus.run(SetTier((1,), "D"))
    assert [line.name for line in read(bus.path, promises.open_promises)] == ["Ada Wong"]


def test_all_that_is_open_comes_most_urgent_first(bus: Bus) -> None:
    for person, what, due in ((1, "c", ""), (2, "b", "2026-11-21"), (3, "a", "2026-11-20")):
        bus.run(AddPromise((person,), "me", what, due))
    bus.run(AddPromise((1,), "me", "d", "2026-11-22"))
    bus.run(AddPromise((1,), "me", "kept", "2026-11-01"))
    bus.run(SettlePromise(5))

    def whats(until: bool) -> str:
        day = CLOCK.today() if until else None
        found = read(bus.path, lambda view: promises.open_promises(view, day))
        return "".join(line.what for line in found)

    assert whats(until=False) == "abdc"
    assert whats(until=True) == "ab"


def test_open_ones_come_first_then_those_kept_last_then_those_dropped(bus: Bus) -> None:
    for what in ("first", "second", "dropped", "open"):
        bus.run(AddPromise((1,), "me", what))
    bus.run(SettlePromise(3, kept=False))
    bus.run(SettlePromise(1))
    bus.close()
    later = fresh_again(bus)
    later.run(SettlePromise(2))
    assert [line.what for line in owed(later, settled=True)] == [
        *("open", "second", "first", "dropped")
    ]
