from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.errors import BookError, DecisionNeededError, NotFoundError, UsageError
from core.queries.counts import counts
from core.settings import Settings
from tests.tui.conftest import MORNING
from tui.backend import Backend

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.storage.driver import Connection


@pytest.fixture
def backend(book: Path) -> Iterator[Backend]:
    made = Backend(book, Settings(), MORNING)
    yield made
    made.close()


async def test_what_is_written_can_be_read_at_once(backend: Backend) -> None:
    before = await backend.read(counts)
    person = await backend.read(_unsorted)
    await backend.run(SetTier((person,), "A"))
    assert (await backend.read(counts)).a == before.a + 1
    await backend.undo()
    assert await backend.read(counts) == before
    await backend.redo()
    assert backend.now(counts).a == before.a + 1


async def test_commands_are_carried_out_in_the_order_they_are_given(backend: Backend) -> None:
    person = await backend.read(_unsorted)
    letters = "ABCD" * 5
    await asyncio.gather(*(backend.run(SetTier((person,), letter)) for letter in letters))
    labels = await backend.read(_labels)
    assert [label[-1] for label in labels[: len(letters)]] == list(reversed(letters))


async def test_a_refusal_changes_nothing_and_the_next_command_works(backend: Backend) -> None:
    before = await backend.read(counts)
    with pytest.raises(UsageError):
        await backend.run(SetTier((1,), "E"))
    assert await backend.read(counts) == before
    assert (await backend.run(SetTier((await backend.read(_unsorted),), "A"))).count == 1


async def test_a_waiter_that_is_cancelled_does_not_cancel_the_commit(backend: Backend) -> None:
    person = await backend.read(_unsorted)
    writing = asyncio.create_task(backend.run(SetTier((person,), "A")))
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await backend.run(SetTier((person,), "B"))
    assert [label[-1] for label in (await backend.read(_labels))[:2]] == ["B", "A"]


async def test_only_what_others_write_is_news(backend: Backend, book: Path) -> None:
    assert not await backend.changed()
    person = await backend.read(_unsorted)
    await backend.run(SetTier((person,), "A"))
    assert not await backend.changed()
    other = Bus(book, clock=MORNING)
    other.run(SetTier((person,), "B"))
    other.close()
    assert await backend.changed()
    assert not await backend.changed()


async def test_a_step_of_another_sitting_asks_first(backend: Backend) -> None:
    with pytest.raises(DecisionNeededError):
        await backend.undo()
    await backend.undo(sure=True)


async def test_there_is_nothing_to_do_again_at_first(backend: Backend) -> None:
    with pytest.raises(NotFoundError):
        await backend.redo()


def test_a_file_that_is_no_book_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ada, this is no book at all. " * 100)
    with pytest.raises(BookError):
        Backend(path, Settings(), MORNING)


def test_closing_finishes_what_was_begun(book: Path) -> None:
    backend = Backend(book, Settings(), MORNING)
    person = backend.now(_unsorted)
    backend._writer.submit(backend._act, lambda bus: bus.run(SetTier((person,), "A")))
    backend.close()
    again = Backend(book, Settings(), MORNING)
    assert again.now(_labels)[0].endswith("→ A")
    again.close()


def _unsorted(view: object) -> int:
    row = view.execute("SELECT min(id) FROM person_row WHERE tier = ''").fetchone()  # type: ignore[attr-defined]
    return int(row[0])


def _labels(view: object) -> list[str]:
    rows = view.execute("SELECT label FROM command ORDER BY id DESC")  # type: ignore[attr-defined]
    return [row[0] for row in rows]


async def test_a_file_that_cannot_be_read_is_told_in_a_sentence(book: Path) -> None:
    backend = Backend(book, Settings(), MORNING)
    with pytest.raises(BookError, match="the book cannot be read"):
        await backend.read(lambda view: view.execute("SELECT * FROM nowhere").fetchall())
    backend.close()


async def test_counting_does_not_hold_up_reading_and_ends_when_nobody_waits(
    backend: Backend,
) -> None:
    begun, ended = threading.Event(), threading.Event()

    def endless(view: Connection) -> int:
        begun.set()
        try:
            rows = view.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                "SELECT count(*) FROM n"
            )
            return len(rows.fetchall())
        finally:
            ended.set()

    counting = asyncio.ensure_future(backend.count(endless))
    await asyncio.to_thread(begun.wait, 20)
    assert (await backend.read(counts)).people >= 0
    assert not ended.is_set()
    counting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await counting
    assert await asyncio.to_thread(ended.wait, 20)
    assert (await backend.count(counts)).people == (await backend.read(counts)).people


async def test_what_cannot_be_counted_is_told_in_a_sentence(backend: Backend) -> None:
    with pytest.raises(BookError, match="cannot be counted"):
        await backend.count(lambda view: view.execute("SELECT no FROM thing").fetchall())
