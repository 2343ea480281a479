"""What the tests of triage share: who is left, where they are filed, and a way to the cards."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from core.queries import people, triage
from core.queries.triage import Member
from core.settings import Settings
from tests.support import SMALL, read, settle
from tests.tui.conftest import MORNING
from tui.app import VitalfewApp
from tui.screens.triage import TriageScreen
from tui.widgets.batch_offer import BatchOffer
from tui.widgets.tier_column import TierColumn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]


def queue(book: Path) -> list[int]:
    return [line.id for line in read(book, triage.queue)]


def tiers(book: Path) -> dict[int, str]:
    return {line.id: line.tier for line in read(book, people.everybody)}


def suggested(book: Path, person: int) -> str:
    card = read(book, lambda view: triage.card(view, person, Settings(), MORNING.today()))
    assert card is not None
    return card.suggestion.tier


def screen(app: VitalfewApp) -> TriageScreen:
    found = next(one for one in app.screen_stack if isinstance(one, TriageScreen))
    assert isinstance(found, TriageScreen)
    return found


def current(app: VitalfewApp) -> int:
    return screen(app).sitting.current


def column(app: VitalfewApp, tier: str) -> TierColumn:
    return screen(app).query_one(f"#tier-{tier.lower()}", TierColumn)


def meant_row(app: VitalfewApp, tier: str) -> Member:
    row = column(app, tier).row
    assert isinstance(row, Member)
    return row


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Many keys in one breath."""
    for key in keys:
        pilot.app.simulate_key(key)
    await settle(pilot)


async def to_the_cards(pilot: Pilot[None]) -> None:
    """Past the batches that are offered first."""
    await settle(pilot)
    if isinstance(pilot.app.screen, BatchOffer):
        await pilot.press("escape")
    await settle(pilot)


def a_list(folder: Path, names: Sequence[str]) -> Path:
    """An export of a phone with so many people of whom something is known."""
    cards = [
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL;TYPE=CELL:+4917000{place:05}\r\nEND:VCARD\r\n"
        for place, name in enumerate(names)
    ]
    path = folder / "phone.vcf"
    path.write_bytes("".join(cards).encode("utf-8", "surrogatepass"))
    return path


@asynccontextmanager
async def at_the_cards(
    app: VitalfewApp, size: tuple[int, int] = SMALL, *, notifications: bool = False
) -> AsyncIterator[Pilot[None]]:
    """The program in a window of this size, at the first card."""
    async with app.run_test(size=size, notifications=notifications) as pilot:
        await to_the_cards(pilot)
        yield pilot
