"""What tests of the card before contact share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from tests.book import at, store
from tests.support import settle
from tui.screens.contact import ContactScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from core.commands.store_run import Entry


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def show(pilot: Pilot[None], who: int) -> ContactScreen:
    await settle(pilot)
    card = ContactScreen(who, "focus")
    pilot.app.push_screen(card)
    await settle(pilot)
    return card


def a_book(tmp_path: Path, *entries: Entry) -> Path:
    """A book of people who are all in A and waited for until yesterday."""
    book = tmp_path / "few.db"
    bus = Bus(book, clock=at("2026-10-01"))
    store(bus, *entries)
    ids = tuple(range(1, len(entries) + 1))
    bus.run(SetTier(ids, "A"))
    bus.run(SetWait(ids, date(2026, 11, 20), "wanted to hear"))
    bus.close()
    return book
