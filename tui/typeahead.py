"""Keys typed faster than screens change: each waits until the one before has done its work.

Textual hands a key to the widget that is focused when it arrives. Of ``4/anna`` typed in one go
every letter would still reach the first screen, where ``a`` and ``u`` mean something else; so the
next key is handed on only when the one before has been handled all the way up, and no popup it
asked for is still to come.
"""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.screen import ModalScreen

from tui.leaving import Leaving

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

ASKING: Final = frozenset({"ask", "journal"})
"""Groups of workers that may put a popup up."""

_ROUNDS: Final = 2  # focus is moved by a message of its own, after the key's
_ASK_AGAIN_SECONDS: Final = 0.01
_GIVE_UP_SECONDS: Final = 0.5


class TypeAhead(Leaving):
    """An app that takes keys one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key] = deque()
        self._turn = 0
        self._busy = False
        self._watch: asyncio.TimerHandle | None = None

    @property
    def at_rest(self) -> bool:
        """Whether every key that was typed has done its work."""
        return not self._busy and not self._typed

    async def on_event(self, event: events.Event) -> None:
        """Hold back a key while the one before is at work."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        if not self._busy:
            await self._next_key()

    async def _next_key(self) -> None:
        self._turn += 1
        if self._watch:
            self._watch.cancel()
        self._busy = bool(self._typed)
        if not self._busy:
            return
        key = self._typed.popleft()
        climbing: list[MessagePump] = [
            node for node in (self.focused or self.screen).ancestors_with_self if node is not self
        ]
        await super().on_event(key)
        # A widget that is taken away would never answer.
        loop = asyncio.get_running_loop()
        self._watch = loop.call_later(_GIVE_UP_SECONDS, self.call_later, self._go_on, self._turn)
        self._climb(self._turn, climbing, climbing.copy())

    def _climb(self, turn: int, nodes: list[Any], again: list[Any]) -> None:
        """Come up behind the key, through the queue of each node that it passes.

        At the top the key does what it is bound to, and what is said of that climbs once more:
        a line that was entered, up to the popup that it closes.
        """
        while nodes:
            node = nodes.pop(0)
            if node.call_later(self._climb, turn, nodes, again):
                return
        if again:
            self.call_later(self._climb, turn, again, [])
        else:
            self.call_later(self._settle, turn, _ROUNDS)

    async def _settle(self, turn: int, rounds: int) -> None:
        if rounds:
            self.call_later(self._settle, turn, rounds - 1)
        elif self._popup_is_coming():
            self.set_timer(_ASK_AGAIN_SECONDS, partial(self._settle, turn, 0))
        else:
            await self._go_on(turn)

    async def _go_on(self, turn: int) -> None:
        if turn == self._turn and self._busy:
            await self._next_key()

    def _popup_is_coming(self) -> bool:
        """Whether somebody who asks has no popup up; a form that is one may ask for another."""
        asking = sum(worker.group in ASKING and worker.is_running for worker in self.workers)
        return asking > sum(isinstance(screen, ModalScreen) for screen in self.screen_stack)
