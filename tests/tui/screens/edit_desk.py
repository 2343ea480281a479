"""What the tests of the form share: who is who, what holds of them, and a way to the form."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from core.queries import held, people
from tests.support import read, settle
from tui.screens.edit import EditScreen
from tui.screens.person import PersonScreen
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp


def ident(book: Path, name: str) -> int:
    return next(line.id for line in read(book, people.everybody) if line.name == name)


def values(book: Path, person: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact in read(book, partial(held.of_person, person=person)):
        found.setdefault(fact.kind, []).append(fact.value)
    return found


async def open_form(pilot: Pilot[None], person: int) -> EditScreen:
    await settle(pilot)
    pilot.app.push_screen(PersonScreen(person))
    await settle(pilot)
    await pilot.press("e")
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, EditScreen)
    return screen


def go_to(app: VitalfewApp, kind: str) -> None:
    listed = app.screen.query_one(RowList)
    row = next(row for row in listed.rows if row.kind == kind)
    assert listed.go_to(row.key)


@asynccontextmanager
async def importing(app: VitalfewApp) -> AsyncIterator[None]:
    """An import that runs until the block ends."""
    done = Event()
    running = asyncio.create_task(app.backend.bring_in(lambda _bus: done.wait()))
    try:
        await asyncio.sleep(0)
        yield
    finally:
        done.set()
        await running
