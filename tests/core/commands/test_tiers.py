"""Filing people, letting them rest, and what the journal says of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.commands import decide
from core.commands.set_tier import SetTier, SetTiers
from core.commands.set_wait import SetWait
from core.errors import NotFoundError, UsageError
from tests.book import CLOCK, at, digest, fresh, merge, people, person_row, rows, store

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus

TODAY = CLOCK.today()


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return fresh(tmp_path / "people.db")


def _standings(bus: Bus) -> list[tuple[object, ...]]:
    return rows(
        bus.path, "SELECT card_id, field, value, why, origin, day FROM standing ORDER BY id"
    )


def test_a_tier_is_written_with_its_day_and_author(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    done = bus.run(SetTier((ada,), "A"))
    assert (done.label, done.people, done.count) == ("Ada Wong → A", (ada,), 1)
    assert _standings(bus) == [(ada, "tier", "A", "", "user", "2026-11-21")]
    row = person_row(bus.path, ada)
    assert (row["tier"], row["tier_origin"], row["cadence"]) == ("A", "user", 21)
    assert "2026-11-21" < row["due"] <= "2026-12-12"


def test_a_tier_is_taken_off_again(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    bus.run(SetTier((ada,), "A"))
    assert bus.run(SetTier((ada,), "")).label == "Ada Wong → unsorted"
    row = person_row(bus.path, ada)
    assert (row["tier"], row["due"]) == ("", "")


def test_many_are_filed_by_their_count_with_a_why(bus: Bus) -> None:
    ids = people(bus, "Ada Wong", "Ben Ortiz")
    done = bus.run(SetTier(tuple(ids), "D", by="auto", why="mailboxes"))
    assert done.label == "2 people → D (mailboxes)"
    assert [row[2:5] for row in _standings(bus)] == [("D", "mailboxes", "auto")] * 2


@pytest.mark.parametrize("tier", ["E", "a", "AA", " ", "\x1b[2J"])
def test_there_is_no_other_tier(bus: Bus, tier: str) -> None:
    ids = people(bus, "Ada Wong")
    before = digest(bus.path)
    with pytest.raises(UsageError):
        bus.run(SetTier(tuple(ids), tier))
    with pytest.raises(UsageError):
        bus.run(SetTiers(((ids[0], tier),), "as suggested"))
    assert digest(bus.path) == before


def test_somebody_who_is_not_there_cannot_be_filed(bus: Bus) -> None:
    ids = people(bus, "Ada Wong")
    before = digest(bus.path)
    for command in (
        SetTier((), "A"),
        SetTier((99,), "A"),
        SetTier((ids[0], 99), "A"),
        SetTiers((), "as suggested"),
        SetTiers(((ids[0], "A"), (99, "B")), "as suggested"),
        SetWait((99,), None),
    ):
        with pytest.raises(NotFoundError):
            bus.run(command)
    assert digest(bus.path) == before


def test_each_is_filed_in_their_own_tier_as_one_step(bus: Bus) -> None:
    ada, ben, chen = people(bus, "Ada Wong", "Ben Ortiz", "Chen Wei")
    done = bus.run(SetTiers(((ada, "A"), (ben, "C"), (chen, "C")), "as suggested"))
    assert done.label == "3 people filed as suggested"
    assert [person_row(bus.path, person)["tier"] for person in (ada, ben, chen)] == ["A", "C", "C"]
    assert {row[4] for row in _standings(bus)} == {"auto"}
    bus.undo()
    assert _standings(bus) == []


def test_what_the_program_suggests_never_overwrites_the_user(bus: Bus) -> None:
    ada, ben = people(bus, "Ada Wong", "Ben Ortiz")
    bus.run(SetTier((ada,), "A"))
    bus.run(SetTiers(((ada, "D"), (ben, "D")), "as suggested"))
    bus.run(SetTier((ada,), "C", by="auto"))
    assert [person_row(bus.path, person)["tier"] for person in (ada, ben)] == ["A", "D"]
    bus.run(SetTier((ben,), "B"))
    assert person_row(bus.path, ben)["tier_origin"] == "user"


def test_whoever_was_taken_out_of_a_tier_can_be_filed_by_a_batch(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    bus.run(SetTier((ada,), "A"))
    bus.run(SetTier((ada,), ""))
    bus.run(SetTier((ada,), "C", by="auto", why="batch"))
    assert person_row(bus.path, ada)["tier"] == "C"


def test_the_same_tier_by_the_users_own_hand_is_written(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    bus.run(SetTier((ada,), "C", by="auto", why="batch"))
    assert bus.run(SetTier((ada,), "C")).command_id
    assert person_row(bus.path, ada)["tier_origin"] == "user"


def test_a_tier_of_a_merged_person_is_written_to_all_entries(bus: Bus) -> None:
    ada, other, ben = people(bus, "Ada Wong", "A. Wong", "Ben Ortiz")
    bus.run(merge(ada, other))
    bus.run(SetTier((ada,), "B"))
    assert [row[:3] for row in _standings(bus)] == [(ada, "tier", "B"), (other, "tier", "B")]
    bus.run(merge(other, other))
    assert [person_row(bus.path, person)["tier"] for person in (ada, other, ben)] == ["B", "B", ""]


def test_the_newest_tier_of_the_entries_shows(bus: Bus) -> None:
    ada, other = people(bus, "Ada Wong", "A. Wong")
    bus.run(SetTier((other,), "A"))
    bus.run(SetTier((ada,), "C"))
    bus.run(SetTier((other,), "B"))
    bus.run(merge(ada, other))
    assert person_row(bus.path, ada)["tier"] == "B"


def test_more_than_one_portion_of_people_is_filed_and_unfiled(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decide, "_CHUNK", 100)
    ids = tuple(people(bus, *(f"Person {number}" for number in range(250))))
    bus.run(SetTier(ids, "C"))
    assert rows(bus.path, "SELECT tier, count(*) FROM person_row GROUP BY 1") == [("C", 250)]
    bus.undo(sure=True)
    assert rows(bus.path, "SELECT count(*) FROM standing") == [(0,)]


def test_a_wait_has_a_day_and_a_why(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    done = bus.run(SetWait((ada,), TODAY + timedelta(7), "let her \0 settle in"))
    assert done.label.startswith("Ada Wong waits until 28 Nov")
    row = person_row(bus.path, ada)
    assert (row["wait"], row["wait_why"]) == ("2026-11-28", "let her \ufffd settle in")
    assert bus.run(SetWait((ada,), None)).label == "Ada Wong waits no longer"
    assert person_row(bus.path, ada)["wait"] == ""


@pytest.mark.parametrize("days", [0, -1, -400])
def test_a_wait_ends_on_a_day_to_come(bus: Bus, days: int) -> None:
    ids = people(bus, "Ada Wong")
    with pytest.raises(UsageError):
        bus.run(SetWait(tuple(ids), TODAY + timedelta(days)))


def test_cadence_counts_from_the_day_of_filing_while_there_was_no_talk(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "later.db", clock=at("2027-02-01"))
    ids = people(bus, *(f"Person {number}" for number in range(40)))
    bus.run(SetTier(tuple(ids), "B"))
    due = {row[0] for row in rows(bus.path, "SELECT due FROM person_row")}
    assert min(due) > "2027-02-01"
    assert max(due) <= "2027-04-02"
    assert len(due) > 20
    assert store(bus).new == 0
