"""The small formats brought into a real book: twice, in parts, and taken back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from importers import registry
from importers.choices import Options
from importers.run import import_paths
from tests.book import fresh, is_empty, rows
from tests.importers.small import DATA

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus
    from importers.run import Report

ENTRIES = {  # path of the fixtures: entries it makes
    "ldif/thunderbird.ldif": 1,
    "ldif/directory.ldif": 1,
    "abook": 2,
    "mutt/aliases": 7,
    "mutt/mailrc": 3,
    "mastodon": 7,
    "monica/account.json": 2,
    "monica/account.sql": 2,
    "vdir/Family": 2,
}


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    (tmp_path / "book").mkdir()
    return fresh(tmp_path / "book" / "people.db")


def bring(bus: Bus, path: Path) -> Report:
    return import_paths(bus, bus.path, [path], Options(region="CH"))


@pytest.mark.parametrize("name", ENTRIES)
def test_a_list_again_changes_nothing_and_is_taken_back_whole(bus: Bus, name: str) -> None:
    (first,) = bring(bus, DATA / name).runs
    assert first.stored.new == ENTRIES[name]
    (again,) = bring(bus, DATA / name).runs
    assert (again.stored.new, again.stored.changed, again.stored.gone) == (0, 0, 0)
    assert again.stored.unchanged == ENTRIES[name]
    while not is_empty(bus.path):
        bus.undo(sure=True)


def test_the_json_and_the_sql_of_one_account_are_one_list(bus: Bus) -> None:
    bring(bus, DATA / "monica" / "account.sql")
    (run,) = bring(bus, DATA / "monica" / "account.json").runs
    assert len(rows(bus.path, "SELECT id FROM source")) == 1
    assert (run.stored.changed, run.stored.new) == (1, 1)


def test_a_moved_and_longer_file_of_aliases_changes_only_what_is_new(
    bus: Bus, tmp_path: Path
) -> None:
    path = tmp_path / "aliases"
    shutil.copy(DATA / "mutt" / "aliases", path)
    bring(bus, path)
    path.write_text("alias zoe Zoë <zoe@new.example>\n" + path.read_text("utf-8"), "utf-8")
    (run,) = bring(bus, path).runs
    assert (run.stored.new, run.stored.changed, run.stored.unchanged) == (1, 0, 7)


def test_every_small_format_has_its_place_in_the_register() -> None:
    assert {"ldif", "abook", "mutt", "mastodon", "monica", "vcard"} <= set(registry.NAMES)
