"""How people want to be contacted, kept so that it cannot be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.commands.opt_out import SetOptOut
from core.errors import NotFoundError, UsageError
from core.queries import opt_outs
from core.queries.opt_outs import OptOutLine
from tests.book import base, digest, entry, fresh, merge, people, person_row, rows, store
from tests.support import read

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    bus = fresh(tmp_path / "people.db")
    people(bus, "Ada Wong", "Ben Ortiz", "A. Wong")
    return bus


def said(bus: Bus, person: int = 1) -> list[tuple[str, str]]:
    lines = read(bus.path, lambda view: opt_outs.of_person(view, person))
    return [(line.rule, line.channel) for line in lines]


def test_what_was_said_is_kept_with_who_said_it_and_when(bus: Bus) -> None:
    done = bus.run(SetOptOut((1,), "mail", "never", "her mail", "2026-11-02"))
    assert done.label == "Ada Wong: never mail"
    assert read(bus.path, lambda view: opt_outs.of_person(view, 1)) == (
        OptOutLine("mail", "never", "her mail", "2026-11-02"),
    )
    assert person_row(bus.path, 1)["never"] == "mail"
    assert bus.run(SetOptOut((1,), "mail", "never")).command_id == 0
    bus.run(SetOptOut((1,), "mail", "never", "in Bern"))
    assert read(bus.path, lambda view: opt_outs.of_person(view, 1))[0].said_by == "in Bern"


def test_today_is_the_day_if_none_is_told(bus: Bus) -> None:
    bus.run(SetOptOut((1,), "all", "never"))
    assert rows(bus.path, "SELECT channel, day FROM opt_out") == [("all", "2026-11-21")]


def test_a_new_preference_replaces_the_old(bus: Bus) -> None:
    bus.run(SetOptOut((1,), "mail", "prefer"))
    bus.run(SetOptOut((1,), "phone", "prefer"))
    assert said(bus) == [("prefer", "phone")]
    assert person_row(bus.path, 1)["prefers"] == "phone"
    bus.undo()
    assert said(bus) == [("prefer", "mail")]


def test_never_beats_prefer(bus: Bus) -> None:
    bus.run(SetOptOut((1,), "mail", "prefer"))
    bus.run(SetOptOut((1,), "mail", "never"))
    assert said(bus) == [("never", "mail")]
    with pytest.raises(UsageError, match="never mail; take that off"):
        bus.run(SetOptOut((1, 2), "mail", "prefer"))
    bus.run(SetOptOut((1,), "phone", "prefer"))
    bus.run(SetOptOut((1,), "all", "never"))
    assert said(bus) == [("never", "mail"), ("never", "all")]
    assert person_row(bus.path, 1)["never"] == "all"
    bus.run(SetOptOut((1,), "all", "never", take_off=True))
    assert person_row(bus.path, 1)["never"] == "mail"


def test_the_strictest_counts_over_all_entries_of_a_person(bus: Bus) -> None:
    bus.run(SetOptOut((1,), "phone", "prefer"))
    bus.run(SetOptOut((3,), "phone", "never"))
    bus.run(SetOptOut((3,), "mail", "never"))
    bus.run(merge(1, 3))
    line = person_row(bus.path, 1)
    assert (line["never"], line["prefers"]) == ("mail,phone", "")
    assert said(bus) == [("never", "mail"), ("never", "phone"), ("prefer", "phone")]
    bus.run(merge(3, 3))
    line = person_row(bus.path, 1)
    assert (line["never"], line["prefers"]) == ("", "phone")
    assert person_row(bus.path, 3)["never"] == "mail,phone"


def test_what_a_merged_person_says_holds_for_each_entry(bus: Bus) -> None:
    bus.run(merge(1, 3))
    bus.run(SetOptOut((1,), "mail", "never"))
    bus.run(merge(3, 3))
    assert person_row(bus.path, 3)["never"] == "mail"
    bus.run(merge(1, 3))
    bus.run(SetOptOut((1,), "mail", "never", take_off=True))
    assert rows(bus.path, "SELECT * FROM opt_out") == []
    assert person_row(bus.path, 1)["never"] == ""


def test_it_outlives_the_next_import(bus: Bus) -> None:
    bus.run(SetOptOut((1,), "mail", "never"))
    store(bus, entry("Ada Wong", ("email", "ada@x.example"), card=1))
    line = person_row(bus.path, 1)
    assert (line["email"], line["never"]) == ("ada@x.example", "mail")


def test_undo_and_redo_keep_lists_and_rows_together(bus: Bus) -> None:
    before = digest(bus.path)
    bus.run(SetOptOut((1, 2), "mail", "never"))
    after = base(bus.path)
    bus.undo()
    assert digest(bus.path) == before
    assert person_row(bus.path, 2)["never"] == ""
    bus.redo()
    assert base(bus.path) == after
    assert person_row(bus.path, 2)["never"] == "mail"
    bus.run(SetOptOut((2,), "mail", "never", take_off=True))
    assert person_row(bus.path, 2)["never"] == ""
    bus.undo()
    assert person_row(bus.path, 2)["never"] == "mail"


def test_to_take_off_what_nobody_said_is_no_step(bus: Bus) -> None:
    assert bus.run(SetOptOut((1,), "post", "never", take_off=True)).command_id == 0


@pytest.mark.parametrize(
    ("channel", "rule", "day"),
    [("fax", "never", ""), ("mail", "often", ""), ("all", "prefer", ""), ("mail", "never", "soon")],
)
def test_what_cannot_be_meant_is_refused(bus: Bus, channel: str, rule: str, day: str) -> None:
    with pytest.raises(UsageError):
        bus.run(SetOptOut((1,), channel, rule, day=day))
    assert said(bus) == []


def test_nobody_is_refused(bus: Bus) -> None:
    for nobody in ((), (77,)):
        with pytest.raises(NotFoundError):
            bus.run(SetOptOut(nobody, "mail", "never"))
