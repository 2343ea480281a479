"""Real exports, imported whole into a book: again, taken back, done again."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from importers.choices import Options
from importers.run import import_paths
from tests import sample_table, sample_talks
from tests.book import base, derived, fresh, is_empty, raw, rows

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = sample_table.samples()
pytestmark = pytest.mark.skipif(FOLDER is None, reason="VITALFEW_SHARED names no samples")


@pytest.mark.parametrize("kind", sample_table.FOLDERS)
def test_real_lists_again_change_nothing_and_are_taken_back_and_done_again(
    tmp_path: Path, kind: str
) -> None:
    assert FOLDER is not None
    bus = fresh(tmp_path / "people.db")
    paths = sorted((FOLDER / kind).iterdir())
    options = Options(region="CH", sure=True, new_people=True)
    first = import_paths(bus, bus.path, paths, options)
    assert sum(run.stored.new for run in first.runs) > 0
    once = base(bus.path), derived(bus.path)
    again = import_paths(bus, bus.path, paths, options)
    for run in again.runs:
        assert (run.stored.new, run.stored.changed, run.stored.gone) == (0, 0, 0)
        assert run.stored.records == run.stored.unchanged + len(run.refused)
    bus.undo(sure=True)
    while not is_empty(bus.path):
        bus.undo(sure=True)
    assert derived(bus.path) == []
    for _ in first.runs:
        bus.redo()
    for name in ("card", "fact", "source", "setting", "standing"):
        assert rows(bus.path, f"SELECT * FROM {name}") == once[0][name]
    assert derived(bus.path) == once[1]
    with closing(raw(bus.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    bus.close()


def test_the_table_of_the_documentation_is_what_the_readers_do() -> None:
    assert FOLDER is not None
    assert sample_table.TABLE.read_text("utf-8") == sample_table.page(FOLDER)


def test_every_real_conversation_is_counted_by_hand_or_named_as_none() -> None:
    assert FOLDER is not None
    counted = {*sample_talks.BY_HAND, *sample_talks.NOT_TALKS}
    elsewhere = {name for name in counted if name.partition("/")[0] not in sample_talks.FOLDERS}
    assert counted - elsewhere == set(sample_talks.files(FOLDER))
    empty = {name for name, counts in sample_talks.BY_HAND.items() if not any(counts)}
    assert empty <= set(sample_talks.NOT_TALKS)


def test_of_a_real_conversation_as_much_is_read_as_one_counts_by_hand() -> None:
    assert FOLDER is not None
    for line in sample_talks.lines(FOLDER):
        assert (line.read, line.refused) == sample_talks.BY_HAND.get(line.name, (0, 0)), line


def test_nothing_of_a_real_list_is_lost_between_the_counts() -> None:
    assert FOLDER is not None
    for line in sample_table.lines(FOLDER):
        if line.there is not None:
            assert line.read + line.groups + line.refused.total() == line.there, line
