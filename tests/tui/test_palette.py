from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import App
from textual.command import CommandPalette, Hits, Provider
from textual.screen import Screen

from tests.support import HOSTILE, frame, is_calm
from tui import safe, theme
from tui.actions import bindings
from tui.palette import Actions

DONE: list[str] = []


class HostilePeople(Provider):
    async def search(self, query: str) -> Hits:
        for place, name in enumerate(HOSTILE):
            chosen = partial(DONE.append, "found")
            yield safe.command(name, query, name, chosen, 1 / (place + 2))


class FocusLike(Screen[None]):
    context = "focus"
    BINDINGS = bindings("focus")
    allowed = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        return action != "more" or self.allowed

    def action_done(self) -> None:
        DONE.append("done")


class Tiny(App[None]):
    COMMANDS: ClassVar = {Actions, HostilePeople}

    def __init__(self) -> None:
        super().__init__()
        theme.install(self)
        self.keys = {"focus.done": "f5"}
        DONE.clear()

    def on_mount(self) -> None:
        self.push_screen(FocusLike())


async def test_the_palette_offers_what_the_screen_allows_with_the_users_keys() -> None:
    app = Tiny()
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause(0.3)
        assert "done  (f5)" in frame(app)
        assert "more of those due" in frame(app)
        assert "file in A" not in frame(app), "it belongs to another screen"
        await pilot.press("escape")
        FocusLike.allowed = False
        try:
            await pilot.press("colon")
            await pilot.pause(0.3)
            assert isinstance(app.screen, CommandPalette)
            assert "more of those due" not in frame(app)
        finally:
            FocusLike.allowed = True


async def test_what_is_chosen_runs_on_the_screen() -> None:
    app = Tiny()
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("ctrl+p", *"done  (f")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert DONE == ["done"]


async def test_hostile_people_are_shown_as_text_and_marked_without_markup() -> None:
    app = Tiny()
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("ctrl+p", "[")
        await pilot.pause(0.6)
        shown = frame(app)
        assert is_calm(shown)
        for name in ("[/]", "[red]x[/red]", "[@click=app.quit]x"):
            assert name in shown
