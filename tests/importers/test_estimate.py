"""How many records a file seems to hold, for the progress bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from importers import registry
from importers.container import open_container
from importers.estimate import estimate
from tests.importers.lists import CAST, WRITERS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", WRITERS)
def test_about_as_many_as_there_are(tmp_path: Path, kind: str) -> None:
    with open_container(WRITERS[kind](tmp_path, CAST)) as container:
        found = estimate(registry.by_name(kind), container)
    assert len(CAST) <= found <= len(CAST) + 5


def test_what_is_not_of_the_format_is_not_counted(tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    for write in WRITERS.values():
        write(folder, CAST)
    with open_container(folder) as container:
        assert estimate(registry.by_name("vcard"), container) == len(CAST)
