"""Through every pair of the sample book, by keys that stand on the screen when they are pressed."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

from core.queries import duplicates, questions
from tests.book import rows
from tests.support import SIZES, frame, read
from tests.tui.screens.import_desk import press
from tests.tui.screens.merge_desk import current, merging
from tui.screens.merge_item import QUESTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.screens.merge_desk import Make

_MOST = 60
"""More decisions than the sample book asks for; who is put off comes back once, at the end."""


@SIZES
async def test_every_pair_of_the_sample_book_is_decided_by_keys_that_are_shown(
    vitalfew: Make, book: Path, size: tuple[int, int]
) -> None:
    facts = rows(book, "SELECT count(*) FROM fact WHERE origin = 'source'")
    app = vitalfew(book, start="merge")
    verdicts = cycle(("enter", "enter", "x"))
    async with merging(app, size) as pilot:
        decided: list[str] = []
        while "Nothing to merge" not in frame(app):
            lane = current(app).lane
            await press(pilot, "enter" if lane == QUESTIONS else next(verdicts))
            decided.append(lane)
            assert len(decided) < _MOST, frame(app)
        assert {QUESTIONS, "certain", "likely", "unsure"} <= set(decided)
        assert f"{len(decided)} decisions in this sitting" in frame(app)
    assert read(book, duplicates.lanes) == duplicates.Lanes()
    assert read(book, questions.count) == 0
    assert rows(book, "SELECT count(*) FROM fact WHERE origin = 'source'") == facts
