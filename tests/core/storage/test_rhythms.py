"""What talks teach of a person stands on their row, whichever way the talks came in."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from core.commands.log_talk import LogTalks, Talk
from core.commands.merge import Merge
from core.commands.store_talks import NewTalk, Part, StoreTalks, TalkTally
from core.storage import rhythms
from tests.book import CLOCK, entry, fresh, people, person_row, row, store
from tests.book import Sql as Statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from core.bus import Bus

TODAY = CLOCK.today()
ADA = "ada@example.com"


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    bus = fresh(tmp_path / "people.db")
    store(bus, entry("Ada Wong", ("email", ADA)))
    yield bus
    bus.close()


def talk(number: int, at: str, direction: str, **given: Any) -> NewTalk:  # noqa: ANN401 — fields of `NewTalk`
    """A mail from or to Ada."""
    parts = (Part("email", ADA, "", "Ada", "from" if direction == "in" else "to"),)
    fields = {"kind": "mail", "channel": "mail", "subject": "", "seconds": 0, **given}
    return NewTalk(
        key=f"k{number}",
        at=at,
        day=at[:10],
        zone="",
        direction=direction,
        thread="",
        text="words",
        parts=fields.pop("parts", parts),
        **fields,
    )


def come_in(bus: Bus, talks: Sequence[NewTalk], kind: str = "mail") -> None:
    bus.run(StoreTalks(kind, "", "Mail", ("a",), "", talks, TalkTally()))


def log(bus: Bus, ago: int, direction: str, kind: str = "mail", person: int = 1) -> None:
    bus.run(LogTalks((Talk((person,), TODAY - timedelta(ago), kind, direction),)))


def taught(bus: Bus, *columns: str, person: int = 1) -> tuple[object, ...]:
    held = person_row(bus.path, person)
    return tuple(held[name] for name in columns)


def test_who_was_never_talked_with_teaches_nothing(bus: Bus) -> None:
    found = taught(bus, "gap", "quiet_on", "usual", "hours", "unanswered", "wrote_on")
    assert found == (0, "", "", "", 0, "")


def test_four_days_with_talk_tell_the_usual_gap_and_the_day_of_silence(bus: Bus) -> None:
    for ago in (60, 40, 20):
        log(bus, ago, "both")
    assert taught(bus, "gap", "quiet_on") == (0, "")
    log(bus, 0, "both")
    assert taught(bus, "gap", "quiet_on") == (20, (TODAY + timedelta(41)).isoformat())
    bus.undo()
    assert taught(bus, "gap", "quiet_on") == (0, "")
    bus.redo()
    assert taught(bus, "gap") == (20,)


def test_a_mail_of_theirs_waits_until_it_is_answered(bus: Bus) -> None:
    come_in(bus, [talk(1, "2026-11-02T10:00:00Z", "out"), talk(2, "2026-11-03T10:00:00Z", "in")])
    assert taught(bus, "unanswered", "wrote_on") == (0, "2026-11-03")
    log(bus, 10, "both", "call")
    assert taught(bus, "unanswered", "wrote_on") == (0, "")


def test_days_on_which_i_wrote_in_vain_are_counted(bus: Bus) -> None:
    come_in(
        bus,
        [
            talk(1, "2026-11-01T10:00:00Z", "in"),
            talk(2, "2026-11-02T10:00:00Z", "out"),
            talk(3, "2026-11-02T11:00:00Z", "out"),
            talk(4, "2026-11-09T10:00:00Z", "out"),
        ],
    )
    assert taught(bus, "unanswered", "wrote_on") == (2, "")
    log(bus, 1, "in", "call")
    assert taught(bus, "unanswered", "wrote_on") == (0, "")


def test_what_a_group_hears_and_a_missed_call_are_nobodys_turn(bus: Bus) -> None:
    group: dict[str, Any] = {"kind": "message", "channel": "whatsapp", "subject": "Reunion"}
    call: dict[str, Any] = {"kind": "call", "channel": "phone"}
    come_in(
        bus,
        [
            talk(1, "2026-11-01T10:00:00Z", "in"),
            talk(2, "2026-11-02T10:00:00Z", "out", **group),
            talk(3, "2026-11-03T10:00:00Z", "out", **call),
        ],
    )
    assert taught(bus, "unanswered", "wrote_on") == (0, "2026-11-01")
    come_in(bus, [talk(4, "2026-11-04T10:00:00Z", "out", seconds=60, **call)])
    assert taught(bus, "wrote_on") == ("",)
    come_in(bus, [talk(5, "2026-11-05T10:00:00Z", "in", **group)])
    assert taught(bus, "wrote_on") == ("",)


def test_what_others_wrote_to_them_too_is_no_talk(bus: Bus) -> None:
    there = (Part("email", ADA, "", "Ada", "there"),)
    come_in(bus, [talk(1, "2026-11-01T10:00:00Z", "in", parts=there)])
    assert taught(bus, "talks", "wrote_on", "usual") == (0, "", "")


@pytest.fixture
def in_zurich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Zurich")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_zurich")
def test_their_hours_are_those_of_the_owners_clock_in_summer_and_winter(bus: Bus) -> None:
    summer = [talk(n, f"2026-07-0{n}T16:30:00Z", "in") for n in range(1, 5)]
    winter = [talk(n + 9, f"2026-11-0{n}T17:30:00Z", "in") for n in range(1, 5)]
    mine = [talk(n + 20, f"2026-11-0{n}T03:00:00Z", "out") for n in range(1, 9)]
    come_in(bus, [*summer, *winter, *mine])
    assert taught(bus, "hours") == ("18-19",)


def test_what_was_logged_by_hand_tells_no_hours(bus: Bus) -> None:
    for ago in range(8):
        log(bus, ago, "in")
    assert taught(bus, "hours", "usual") == ("", "mail")


def test_a_moment_that_is_none_tells_no_hour(bus: Bus) -> None:
    come_in(bus, [talk(n, f"2026-11-0{n}T10:00:00Z", "in") for n in range(1, 9)])
    assert taught(bus, "hours") != ("",)
    bus.run(Statements((("UPDATE interaction SET at = 'some time'", ()),)))
    assert taught(bus, "hours") == ("",)


def test_days_are_looked_for_beyond_the_newest_talks(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rhythms, "NEWEST", 6)
    come_in(bus, [talk(n, f"2026-10-{n:02}T10:00:00Z", "in") for n in (1, 11, 21)])
    chat = [talk(n + 40, f"2026-10-31T10:{n:02}:00Z", "out", channel="x") for n in range(9)]
    come_in(bus, chat)
    found = taught(bus, "talks", "talked_before", "gap", "unanswered", "usual")
    assert found == (12, "2026-10-21", 10, 1, "x")


def test_the_talks_of_all_who_were_merged_are_one_rhythm(bus: Bus) -> None:
    (other,) = people(bus, "A. Wong")
    for ago in (60, 20):
        log(bus, ago, "both")
        log(bus, ago - 20, "both", person=other)
    before = taught(bus, "gap", "talked"), taught(bus, "gap", "talked", person=other)
    bus.run(Merge((1, other)))
    assert taught(bus, "gap", "talked") == (20, TODAY.isoformat())
    bus.undo()
    assert (taught(bus, "gap", "talked"), taught(bus, "gap", "talked", person=other)) == before


def test_a_talk_that_reaches_somebody_both_ways_counts_once(bus: Bus) -> None:
    come_in(bus, [talk(1, "2026-11-03T10:00:00Z", "in")])
    bus.run(Statements((row("participant", interaction_id=1, card_id=1, role="with"),)))
    assert taught(bus, "talks", "talks_in") == (1, 1)


def test_many_people_are_read_by_the_hundred(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rhythms, "_AT_ONCE", 2)
    some = people(bus, *(f"Person {number}" for number in range(7)))
    day = date(2026, 11, 2)
    bus.run(LogTalks(tuple(Talk((one,), day, "mail", "in") for one in some)))
    assert {taught(bus, "wrote_on", person=one) for one in some} == {("2026-11-02",)}
