"""What the Merge screen is told of people who may be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.commands.merge import Chosen, Merge, Merged
from core.commands.set_tier import SetTier
from core.queries import merge
from core.queries.merge import Equal, MergeEntry, Option, United
from tests.book import entry, fresh, people, person_row, store, user_fact
from tests.support import HOSTILE, read

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus
    from core.queries.merge import MergeView


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    bus = fresh(tmp_path / "people.db")
    older = (("org", "Acme"), ("email", "b@x.example"), ("phone", "079 123 45 67"))
    store(bus, entry("Bob Smith", *older), exported="2024-03-02")
    newer = (("org", "Globex"), ("title", "CTO"), ("phone", "+41 79 123 45 67"))
    store(bus, entry("Robert Smith", *newer), kind="google", account="me", exported="")
    bus.run(SetTier((1,), "C"))
    bus.run(SetTier((2,), "A"))
    return bus


def seen(bus: Bus, *who: int) -> MergeView:
    return read(bus.path, lambda view: merge.view(view, who))


def test_only_what_differs_is_a_field_and_each_value_tells_where_it_is_from(bus: Bus) -> None:
    found = seen(bus, 1, 2)
    made = "2026-11-21"
    assert [field.field for field in found.fields] == ["name", "work", "tier"]
    name, work, tier = found.fields
    assert name.options == (
        Option(2, 2, "Robert Smith", "also", "google me", made, "source"),
        Option(1, 1, "Bob Smith", "also", "vcard", "2024-03-02", "source"),
    )
    assert [(one.value, one.beside) for one in work.options] == [
        ("CTO, Globex", "formerly"),
        ("Acme", "formerly"),
    ]
    assert tier.options == (
        Option(2, 2, "A", "", "", made, "user"),
        Option(1, 1, "C", "", "", made, "user"),
    )
    assert {field.preselected for field in found.fields} == {0}


def test_what_is_kept_of_both_is_counted_and_what_is_equal_told(bus: Bus) -> None:
    found = seen(bus, 1, 2)
    assert found.united == (United("email", 1),)
    assert found.equal == (Equal("phone", "079 123 45 67"),)
    assert found.values == 8
    assert bus.run(Merge((1, 2))).result == Merged(1, 2, found.values, found.values)


def test_entries_and_people_stand_in_the_order_asked_for(bus: Bus) -> None:
    found = seen(bus, 2, 1, 99)
    assert [line.id for line in found.people] == [2, 1]
    made = "2026-11-21T09:30:00Z"
    assert found.entries == (
        MergeEntry(2, 2, "google me", made, gone=False),
        MergeEntry(1, 1, "vcard", made, gone=False),
    )


def test_what_the_user_said_is_of_no_source(bus: Bus) -> None:
    bus.run(user_fact(1, "name", "Rob", replaces=1))
    assert seen(bus, 1, 2).fields[0].options[0] == Option(1, 1, "Rob", "also", "", "", "user")


def test_taking_the_preselected_values_is_the_same_as_choosing_nothing(bus: Bus) -> None:
    found = seen(bus, 1, 2)
    bus.run(Merge((1, 2)))
    by_rule = person_row(bus.path, 1)
    bus.undo()
    chosen = (Chosen(f.field, (f.options[f.preselected].of,)) for f in found.fields)
    bus.run(Merge((1, 2), tuple(chosen)))
    assert person_row(bus.path, 1) == by_rule


def test_of_three_people_two_may_agree(bus: Bus) -> None:
    store(bus, entry("SMITH, Bob", ("org", "Wayne")), account="x")
    name = seen(bus, 1, 2, 3).fields[0]
    assert [one.value for one in name.options] == ["SMITH, Bob", "Robert Smith"]
    assert [one.of for one in name.options] == [3, 2]


def test_nobody_and_hostile_people_do_no_harm(bus: Bus) -> None:
    assert seen(bus).people == ()
    hostile = people(bus, *(name.replace("\ud83d", "").replace("\udc00", "") for name in HOSTILE))
    assert len(seen(bus, *hostile).people) == len(hostile)
