"""What the talks with a person teach is told of any of their entries."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from core.commands.log_talk import LogTalks, Talk
from core.commands.merge import Merge
from core.queries.taught import Taught, taught
from core.storage import connect
from tests.book import CLOCK, fresh, people

if TYPE_CHECKING:
    from pathlib import Path


def test_what_talks_teach_is_told_of_a_person_by_any_entry(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    ada, other, ben = people(bus, "Ada Wong", "A. Wong", "Ben Ortiz")
    days = [CLOCK.today() - timedelta(ago) for ago in (90, 60, 30, 5)]
    talks = [Talk((ada,), day, "mail", "both") for day in days[:3]]
    bus.run(LogTalks((*talks, Talk((other,), days[3], "mail", "in"))))
    bus.run(Merge((ada, other)))
    expected = Taught(
        *(days[3].isoformat(), days[2].isoformat(), 4, 3, "mail", "", 30),
        *((days[3] + timedelta(61)).isoformat(), 0, days[3].isoformat()),
    )
    with closing(connect.view(bus.path)) as view:
        assert taught(view, ada) == taught(view, other) == expected
        assert taught(view, ben) == Taught()
        assert taught(view, 99) == Taught()
    bus.close()
