"""What the shell tells beside a person's line."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.commands.log_talk import LogTalks, Talk
from core.queries import details
from core.storage import connect
from tests.book import CLOCK, entry, fresh, merge, people, sql, store, user_fact

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus
    from core.storage.driver import Connection


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return fresh(tmp_path / "people.db")


def contact(bus: Bus, person: int) -> details.Contact:
    with closing(connect.view(bus.path)) as view:
        return details.contacts(view, [person])[person]


def looking(bus: Bus) -> closing[Connection]:
    return closing(connect.view(bus.path))


def test_all_ways_to_somebody_are_told_once(bus: Bus) -> None:
    store(
        bus,
        entry("Ada", ("email", "ada@example.com"), ("phone", "+41 79 123 45 67")),
        entry("A. Wong", ("email", "ADA@example.com"), ("phone", "079 123 45 67")),
        entry("Wong", ("url", "https://linkedin.com/in/ada"), ("email", "not an address")),
    )
    bus.run(merge(1, 2, 3))
    found = contact(bus, 1)
    assert [email.lower() for email in found.emails] == ["ada@example.com"]
    assert len(found.phones) == 1
    assert found.handles == ("linkedin:ada",)


def test_what_the_user_wrote_stands_for_what_it_replaces(bus: Bus) -> None:
    store(bus, entry("Ada", ("email", "old@example.com")))
    bus.run(user_fact(1, "email", "new@example.com", replaces=2))
    assert contact(bus, 1).emails == ("new@example.com",)


def test_people_by_the_thousand_are_told(bus: Bus) -> None:
    ids = people(bus, *(f"Person {n}" for n in range(1_200)))
    with looking(bus) as view:
        assert set(details.contacts(view, ids)) == set(ids)
        assert details.contacts(view, []) == {}


def test_a_name_is_known_however_it_is_written(bus: Bus) -> None:
    people(bus, "José Peña", "Jose Pena", "José Peña Junior")
    with looking(bus) as view:
        assert details.called(view, " JOSE  pena ") == [1, 2]
        assert details.called(view, "jose") == []


def test_who_talks_is_counted(bus: Bus) -> None:
    with looking(bus) as view:
        assert details.talked_with(view) == (0, 0, 0)
    ada, ben, _ = people(bus, "Ada", "Ben", "Chen")
    today = CLOCK.today()
    talks = (Talk((ada,), today, direction="both"), Talk((ben,), today, direction="out"))
    bus.run(LogTalks(talks))
    with looking(bus) as view:
        assert details.talked_with(view) == (3, 2, 1)


def test_the_talks_of_a_run_are_counted(bus: Bus) -> None:
    run_id = store(bus, entry("Ada")).run_id
    insert = "INSERT INTO interaction(kind, at, day, run_id) VALUES ('mail', 'x', 'y', ?)"
    columns = ", zone, direction, channel, thread, subject, text, seconds, source_key"
    insert = insert.replace(", run_id)", f", run_id{columns})")
    insert = insert.replace("?)", "?, '', 'in', '', '', '', '', 0, '')")
    bus.run(sql(insert, run_id))
    with looking(bus) as view:
        assert details.talks_of_run(view, run_id) == 1
        assert details.talks_of_run(view, run_id + 1) == 0
