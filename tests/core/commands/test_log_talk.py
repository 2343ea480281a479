"""Noting talks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.commands.know_ghost import AddGhost
from core.commands.log_talk import DIRECTIONS, KINDS, LogTalks, Talk
from core.errors import NotFoundError, UsageError, VitalfewError
from core.queries import ghosts, talks
from core.rules.capture import Owed
from core.storage import connect
from tests.book import CLOCK, digest, fresh, is_empty, merge, people, person_row, rows

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus

TODAY = CLOCK.today()


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return fresh(tmp_path / "people.db")


def test_a_talk_today_is_noted_at_this_moment(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    done = bus.run(LogTalks((Talk((ada,), TODAY, "call", "out", text="caught \0 up"),)))
    assert (done.label, done.people) == ("logged a call with Ada Wong", (ada,))
    assert rows(bus.path, "SELECT kind, at, day, direction, channel, text FROM interaction") == [
        ("call", "2026-11-21T09:30:00Z", "2026-11-21", "out", "phone", "caught \ufffd up")
    ]
    assert rows(bus.path, "SELECT interaction_id, card_id, role FROM participant") == [
        (1, ada, "with")
    ]


def test_a_talk_of_another_day_is_noted_at_noon_unless_its_moment_is_known(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    moment = datetime(2026, 11, 3, 22, 5, tzinfo=UTC)
    bus.run(LogTalks((Talk((ada,), date(2026, 11, 2)), Talk((ada,), date(2026, 11, 3), at=moment))))
    assert rows(bus.path, "SELECT at, day FROM interaction ORDER BY id") == [
        ("2026-11-02T12:00:00Z", "2026-11-02"),
        ("2026-11-03T22:05:00Z", "2026-11-03"),
    ]


def test_several_talks_are_one_step(bus: Bus) -> None:
    ada, ben = people(bus, "Ada Wong", "Ben Ortiz")
    before = digest(bus.path)
    done = bus.run(LogTalks((Talk((ada, ben), TODAY), Talk((ada,), TODAY - timedelta(1)))))
    assert (done.label, done.people) == ("logged 2 talks with 2 people", (ada, ben))
    assert person_row(bus.path, ada)["talks"] == 2
    bus.undo()
    assert digest(bus.path) == before


def test_two_are_told_by_their_names_and_more_by_their_number(bus: Bus) -> None:
    ada, ben, chen = people(bus, "Ada Wong", "Ben Ortiz", "Chen Wei")

    def label(*ids: int, names: tuple[str, ...] = ()) -> str:
        return bus.run(LogTalks((Talk(ids, TODAY, names=names),))).label

    assert label(ada, ben) == "logged a message with Ada Wong and Ben Ortiz"
    assert label(ada, names=("Zoe",)) == "logged a message with Ada Wong and Zoe"
    assert label(ada, ben, chen) == "logged a message with 3 people"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_each_kind_and_direction_is_kept(bus: Bus, kind: str, direction: str) -> None:
    (ada,) = people(bus, "Ada Wong")
    bus.run(LogTalks((Talk((ada,), TODAY, kind, direction),)))
    row = person_row(bus.path, ada)
    counts = kind != "note"
    assert row["talks"] == counts
    assert row["talks_in"] == (counts and direction in {"in", "both"})
    assert row["talks_out"] == (counts and direction in {"out", "both"})


@pytest.mark.parametrize(
    ("talks", "error"),
    [
        ((), NotFoundError),
        ((Talk((), TODAY),), NotFoundError),
        ((Talk((99,), TODAY),), NotFoundError),
        ((Talk((1, 99), TODAY),), NotFoundError),
        ((Talk((1,), TODAY, "fax"),), UsageError),
        ((Talk((1,), TODAY, "call", "sideways"),), UsageError),
        ((Talk((1,), TODAY + timedelta(1)),), UsageError),
        ((Talk((1,), TODAY), Talk((1,), TODAY, "fax")), UsageError),
    ],
)
def test_what_cannot_be_is_refused_whole(
    bus: Bus, talks: tuple[Talk, ...], error: type[VitalfewError]
) -> None:
    people(bus, "Ada Wong")
    before = digest(bus.path)
    with pytest.raises(error):
        bus.run(LogTalks(talks))
    assert digest(bus.path) == before


def test_a_talk_with_a_merged_person_stays_when_they_are_taken_apart(bus: Bus) -> None:
    ada, other = people(bus, "Ada Wong", "A. Wong")
    bus.run(merge(ada, other))
    bus.run(LogTalks((Talk((ada,), TODAY),)))
    bus.run(merge(other, other))
    assert person_row(bus.path, ada)["talks"] == 1
    assert person_row(bus.path, other)["talks"] == 0
    while not is_empty(bus.path):
        bus.undo(sure=True)


def test_names_of_nobody_in_the_book_are_counted_among_those_and_become_somebody(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    for name in ("Zoe  Klein", "ZOE klein", "\0", ""):
        bus.run(LogTalks((Talk((ada,), TODAY, "meeting", names=(name,)),)))
    view = connect.view(bus.path)
    (ghost,) = ghosts.ghosts(view)
    view.close()
    assert (ghost.kind, ghost.name, ghost.talks) == ("name", "Zoe Klein", 2)
    (zoe,) = bus.run(AddGhost(ghost.identities)).people
    assert person_row(bus.path, zoe)["talks"] == 2


def test_somebody_who_is_named_so_later_has_had_the_talk(bus: Bus) -> None:
    bus.run(LogTalks((Talk((), TODAY, "meeting", names=("Zoe Klein",)),)))
    (zoe,) = people(bus, "Zoe Klein")
    assert person_row(bus.path, zoe)["talks"] == 1


def test_a_talk_and_its_promises_are_one_step(bus: Bus) -> None:
    ada, ben = people(bus, "Ada Wong", "Ben Ortiz")
    before = digest(bus.path)
    owed = (Owed("me", "slides", "2026-11-27"), Owed("them", "an intro", ""))
    done = bus.run(LogTalks((Talk((ada, ben), TODAY, "meeting", names=("Zoe",), owed=owed),)))
    assert done.label == "logged a meeting with 3 people, and 2 promises"
    columns = "card_id, owed_by, what, due, kept, interaction_id"
    assert rows(bus.path, f"SELECT {columns} FROM promise ORDER BY id") == [
        (ada, "me", "slides", "2026-11-27", "", 1),
        (ben, "me", "slides", "2026-11-27", "", 1),
        (ada, "them", "an intro", "", "", 1),
        (ben, "them", "an intro", "", "", 1),
    ]
    bus.undo()
    assert digest(bus.path) == before


def test_nothing_can_be_owed_to_a_name_alone(bus: Bus) -> None:
    before = digest(bus.path)
    talk = Talk((), TODAY, names=("Zoe",), owed=(Owed("me", "slides", ""),))
    with pytest.raises(UsageError, match="in your book"):
        bus.run(LogTalks((talk,)))
    assert digest(bus.path) == before


def test_what_is_logged_by_hand_is_found_by_other_spellings(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    bus.run(LogTalks((Talk((ada,), TODAY, text="met Müller on Straße 5"),)))
    view = connect.view(bus.path)
    assert all(talks.search(view, word, TODAY) for word in ("mueller", "muller", "strasse"))
    view.close()
