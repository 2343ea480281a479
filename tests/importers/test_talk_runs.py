"""Imports of talks that take long: what they say while they run, and what is left if stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import CancelledError
from importers.choices import Options
from importers.run import Step, import_paths
from tests.bench import talks
from tests.book import digest, fresh, rows
from tests.importers.talking import kept, store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ME = ("Nora Feldmann", "nora@feldmann.example")


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (talks.write_chat, "WhatsApp Chat with Ada Wong.txt"),
        (talks.write_mailbox, "mails.mbox"),
    ],
)
def test_a_long_import_tells_how_far_it_is_and_leaves_nothing_if_it_is_stopped(
    tmp_path: Path, write: Callable[[Path, int], Path], name: str
) -> None:
    path = write(tmp_path / name, 5_500)
    bus = fresh(tmp_path / "people.db")
    before = digest(bus.path)
    steps: list[Step] = []

    def stop(step: Step) -> None:
        steps.append(step)
        if step.done > 4_500:  # the first of them are written
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        import_paths(bus, bus.path, [path], Options(me=ME), stop)
    assert digest(bus.path) == before
    done = [step.done for step in steps]
    assert done == sorted(done)
    assert len(set(done)) > 3
    (stored,) = store(bus, path, me=ME)
    assert (
        stored.talks == len(kept(bus)) == rows(bus.path, "SELECT count(*) FROM interaction")[0][0]
    )
    assert stored.talks + stored.bulk == stored.records > 4_500
    bus.close()
