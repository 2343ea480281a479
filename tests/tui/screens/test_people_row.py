from __future__ import annotations

from typing import TYPE_CHECKING

from core.queries import people
from tests.support import read
from tui.screens.people_row import PersonRow

if TYPE_CHECKING:
    from pathlib import Path


def test_of_several_sources_one_is_named_and_the_others_are_counted(book: Path) -> None:
    line = read(book, people.everybody)[0]._replace(sources="linkedin,google,vcard", city="")
    row = PersonRow()
    assert " LinkedIn +2" in row.render(line, 100).plain
