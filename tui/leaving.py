"""Leaving the program: what is not kept yet is asked about first."""

from __future__ import annotations

from textual.app import App


class Leaving(App[None]):
    """An app that a screen can hold back when it is to end.

    Such a screen has a method ``holds_back() -> bool``, which asks or says what is open, and
    then is answered for by itself.
    """

    async def action_quit(self) -> None:
        """Out, unless a screen that is open holds something which nobody has decided on."""
        for screen in reversed(self.screen_stack):
            if (holds_back := getattr(screen, "holds_back", None)) and holds_back():
                return
        await super().action_quit()
