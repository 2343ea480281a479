"""What tests of readers of talks share: reading a file, storing it, storing it again."""

from __future__ import annotations

import zipfile
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from importers import registry
from importers.choices import Options
from importers.container import open_container
from importers.record import Problem
from importers.run import import_paths
from importers.talk import Reading, Talk
from tests.book import fresh, raw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from core.bus import Bus
    from core.commands.store_run import Stored
    from importers.talk import TalkReader

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
READING = Reading(NOW, UTC, "CH")
ME = ("Nora Feldmann", "nora@feldmann.example")
"""The owner in fixtures."""


def talks(
    importer: Any,  # noqa: ANN401 — a module, as readers are
    path: Path,
    reading: Reading = READING,
) -> tuple[list[Talk], list[Problem]]:
    """What a reader makes of a file or folder: talks, and what it did not take."""
    reader = cast("TalkReader", importer)
    with open_container(path) as container:
        found = list(reader.read_talks(container, reading))
    return (
        [one for one in found if isinstance(one, Talk)],
        [one for one in found if isinstance(one, Problem)],
    )


def claims(path: Path) -> list[str]:
    """The names of the readers of talks that know a file, surest first."""
    with open_container(path) as container:
        return [one.importer.NAME for one in registry.recognise(container) if one.talks]


def packed(path: Path, members: Mapping[str, bytes | str]) -> Path:
    """Write a zip of these members."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def store(bus: Bus, *paths: Path, me: Sequence[str] = ME, **more: Any) -> list[Stored]:  # noqa: ANN401 — fields of `Options`
    """Import files; what came of the talks in them."""
    report = import_paths(bus, bus.path, paths, Options(me=tuple(me), sure=True, **more))
    assert not report.unknown, report.unknown
    return [run.stored for run in report.runs if run.talks]


def kept(bus: Bus) -> list[tuple[Any, ...]]:
    """Every talk in the book by time: all that its source says of it, and who took part."""
    with closing(raw(bus.path)) as connection:
        found = connection.execute(
            """SELECT i.at, i.kind, i.direction, i.channel, i.subject, i.text, i.seconds,
              (SELECT group_concat(role || ' ' || norm, ', ') FROM (SELECT p.role, identity.norm
                FROM participant AS p JOIN identity ON identity.id = p.identity_id
                WHERE p.interaction_id = i.id ORDER BY p.role, identity.norm))
            FROM interaction AS i ORDER BY i.at, i.text, i.source_key"""
        )
        return [tuple(row) for row in found]


def twice_is_once(folder: Path, *paths: Path, **more: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 — fields of `Options`
    """Import files twice; asserts that the second time adds nothing. Returns what is kept."""
    bus = fresh(folder / "twice.db")
    try:
        first = store(bus, *paths, **more)
        once = kept(bus)
        again = store(bus, *paths, **more)
        assert kept(bus) == once
        assert [one.talks for one in again] == [0] * len(first)
        assert sum(one.talks for one in first) == len(once)
        return once
    finally:
        bus.close()


def overlap_is_once(folder: Path, early: Path, late: Path, **more: Any) -> None:  # noqa: ANN401 — fields of `Options`
    """Import an export and a later one that overlaps it; asserts that each talk is there once.

    The late one holds all of the early one's talks, or the newest of them; what both orders
    leave in the book is the same, and what both together do.
    """
    books = [fresh(folder / name) for name in ("forth.db", "back.db", "both.db")]
    try:
        for bus, order in zip(books, (((early,), (late,)), ((late,), (early,))), strict=False):
            for path in order:
                store(bus, *path, **more)
        store(books[2], early, late, **more)
        forth, back, both = map(kept, books)
        assert forth == back == both
        assert len(set(forth)) == len(forth)
    finally:
        for bus in books:
            bus.close()
