"""What tests of the log of a person's page stand on: a book of Ada, her page, keys."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from core.commands.add_person import AddPerson
from core.commands.log_talk import LogTalks, Talk
from core.rules import kinds
from core.rules.typed import Typed
from tests.book import fresh
from tests.said import store
from tests.support import settle
from tests.tui.conftest import MORNING
from tui.screens.person import PersonScreen
from tui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.pilot import Pilot

    from core.commands.store_talks import NewTalk

ADA, WORK, BEN = "ada@x.example", "ada@work.example", "ben@x.example"


def book_of(tmp_path: Path, talks: Sequence[NewTalk] = (), by_hand: str = "") -> Path:
    """A book of Ada, with what was said with her."""
    book = tmp_path / "ada.db"
    with closing(fresh(book, clock=MORNING)) as bus:
        bus.run(AddPerson((Typed(kinds.NAME, "Ada Wong"), Typed(kinds.EMAIL, ADA))))
        if talks:
            store(bus, talks)
        if by_hand:
            bus.run(LogTalks((Talk((1,), MORNING.today(), "visit", text=by_hand),)))
    return book


async def opened(pilot: Pilot[None], who: int = 1) -> Timeline:
    await settle(pilot)
    pilot.app.push_screen(PersonScreen(who))
    await settle(pilot)
    return pilot.app.screen.query_one(Timeline)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def lines(log: Timeline) -> list[str]:
    return [row.talk.line for row in log.rows if not row.head]
