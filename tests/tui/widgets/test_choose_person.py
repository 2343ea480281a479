from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import App

from core.queries.people import PersonLine
from tests.support import frame, settle
from tui import theme
from tui.widgets.choose_person import ChoosePerson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.pilot import Pilot


def person(number: int, name: str) -> PersonLine:
    mail = f"p{number}@x.example"
    return PersonLine(number, name, "A", "Globex", "", "", mail, "", "", "", 1, "", "", "")


ADA, ALI, BEN = person(1, "Ada Wong"), person(2, "Ali Stone"), person(3, "Ben Ortiz")


class Asking(App[None]):
    """Asks who it is; finding takes its time."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *likely: PersonLine) -> None:
        super().__init__()
        theme.install(self)
        self.keys: dict[str, str] = {}
        self.likely, self.told = likely, list[int | None]()

    def on_mount(self) -> None:
        self.push_screen(ChoosePerson("who is it?", self.find, self.likely), self.told.append)

    async def find(self, words: str) -> Sequence[PersonLine]:
        await asyncio.sleep(0.02)
        return [one for one in (ADA, ALI, BEN) if words.lower() in one.name.lower()]


async def typed(pilot: Pilot[None], *keys: str) -> list[int | None]:
    await pilot.press(*keys)
    await settle(pilot)
    app = pilot.app
    assert isinstance(app, Asking)
    return app.told


async def test_the_likely_one_is_taken_by_enter_alone() -> None:
    async with Asking(BEN, ADA).run_test() as pilot:
        assert await typed(pilot, "enter") == [3]


async def test_enter_takes_what_was_typed_last_however_quickly() -> None:
    async with Asking(BEN).run_test() as pilot:
        assert await typed(pilot, "a", "l", "i", "enter") == [2]


async def test_arrows_go_through_those_who_were_found_while_the_box_has_the_letters() -> None:
    async with Asking().run_test() as pilot:
        await typed(pilot, "n")
        assert "Ada Wong" in frame(pilot.app)
        assert "Globex · p1@x.example" in frame(pilot.app)
        assert await typed(pilot, "down", "down", "up", "enter") == [2]


async def test_nobody_is_taken_where_nobody_answers_and_esc_takes_none() -> None:
    async with Asking().run_test() as pilot:
        assert "type a name, an address or a firm" in frame(pilot.app)
        assert await typed(pilot, "enter", "x", "y", "enter") == []
        assert "nobody answers to that" in frame(pilot.app)
        assert await typed(pilot, "escape") == [None]


async def test_a_click_takes_somebody_by_the_second_time() -> None:
    async with Asking(ADA, BEN).run_test() as pilot:
        await settle(pilot)
        await pilot.click("#people", offset=(6, 1))
        await pilot.click("#people", offset=(6, 1))
        assert await typed(pilot) == [3]
