from __future__ import annotations

from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from core.queries import timeline
from tests.book import raw, row
from tests.support import LARGE, SIZES, frame, settle
from tests.tui.screens.log_desk import ADA, book_of, lines, opened, press

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

MANY = 50_000


@pytest.fixture(scope="module")
def long_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ada, and fifty thousand talks with her, written past the journal, which would take long."""
    book = book_of(tmp_path_factory.mktemp("long"))
    with closing(raw(book)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("PRAGMA foreign_keys=off")
        connection.execute("BEGIN")
        connection.execute(*row("identity", kind="email", norm=ADA))
        connection.execute("INSERT INTO holder VALUES (1, 1)")
        talk = row("interaction", kind="message", thread="chat", direction="in")
        columns = talk[0].partition("(")[2].partition(")")[0].split(", ")
        places = [columns.index(name) for name in ("at", "day", "channel", "text")]
        values = list(talk[1])

        def filled(number: int) -> tuple[object, ...]:
            day = f"{2000 + number // 2400}-{number // 200 % 12 + 1:02}-{number // 40 % 28 + 1:02}"
            told = (f"{day}T10:00:{number % 40:02}Z", day, ("sms", "mail")[number % 500 == 0])
            for place, value in zip(places, (*told, f"no {number}"), strict=True):
                values[place] = value
            return tuple(values)

        connection.executemany(talk[0], map(filled, range(MANY)))
        said = row("participant", identity_id=1, role="from")[0]
        parts = ((at, None, 1, "from") for at in range(1, MANY + 1))
        connection.executemany(said, parts)
        connection.execute("UPDATE person_row SET talks = ? WHERE id = 1", (MANY,))
        connection.execute("COMMIT")
    return book


@SIZES
async def test_of_fifty_thousand_a_page_is_read_at_first_and_g_reaches_the_end(
    vitalfew: Make, long_book: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    asked: list[int] = []
    query = timeline.timeline

    def noted(*given: object) -> object:
        found = query(*given)  # type: ignore[arg-type]
        asked.append(len(found))
        return found

    monkeypatch.setattr(timeline, "timeline", noted)
    app = vitalfew(long_book, start="people")
    async with app.run_test(size=size) as pilot:
        log = await opened(pilot)
        assert sum(asked) < 500
        assert "50,000 talks" in frame(app)
        await press(pilot, "tab", "j", "G")
        whole = lines(log)
        assert len(whole) == len(set(whole)) == MANY
        assert log.row
        assert log.row.talk.line == whole[-1]
        assert whole[-1] in frame(app)
        days = [row.talk.day for row in log.rows]
        assert days == sorted(days, reverse=True)
        await press(pilot, "g")
        assert log.row.talk.line == whole[0]
        await press(pilot, "f", "2")
        assert len(lines(log)) == MANY // 500
        assert "100 of 50,000 talks · mail only" in frame(app)


async def test_walking_down_reads_the_next_page_without_a_gap(
    vitalfew: Make, long_book: Path
) -> None:
    app = vitalfew(long_book, start="people")
    async with app.run_test(size=LARGE) as pilot:
        log = await opened(pilot)
        await press(pilot, "tab")
        first = len(lines(log))
        log.cursor = len(log.rows) - 20
        here = log.talk
        await settle(pilot)
        assert len(lines(log)) > first
        assert log.talk == here
        heads = [(row.talk.day, row.talk.channel) for row in log.rows if row.head]
        assert all(one != other for one, other in pairwise(heads))
        read = lines(log)
        await press(pilot, "G")
        assert lines(log)[: len(read)] == read
        assert len(lines(log)) == len(set(lines(log))) == MANY
