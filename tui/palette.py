"""The command palette: the registry as lines to type at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import Hits, Provider

from tui import safe
from tui.actions import Action, for_context, key_name, keys_of
from tui.keymap import keys_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from textual.screen import Screen


class Actions(Provider):
    """The actions that the present screen allows.

    The screen says where it is by ``context: str``; the app may give the user's keys as
    ``keys: Mapping[str, str]``.
    """

    async def discover(self) -> Hits:
        """Every action, in the order of the registry."""
        for action in self._allowed():
            yield safe.command(self._name(action), "", action.help, self._runner(action))

    async def search(self, query: str) -> Hits:
        """The actions that answer to what was typed, best first."""
        matcher = self.matcher(query)
        for action in self._allowed():
            name = self._name(action)
            if (score := max(matcher.match(name), matcher.match(action.help) / 2)) > 0:
                yield safe.command(name, query, action.help, self._runner(action), score)

    def _allowed(self) -> Iterable[Action]:
        for action in for_context(getattr(self.screen, "context", "")):
            if action.palette and _enabled(self.screen, action):
                yield action

    def _name(self, action: Action) -> str:
        keys = " ".join(key_name(key) for key in keys_of(action, keys_in(self.app)))
        return f"{action.title}  ({keys})"

    def _runner(self, action: Action) -> Callable[[], Awaitable[object]]:
        return partial(self.screen.run_action, action.do)


def _enabled(screen: Screen[object], action: Action) -> bool:
    from textual.actions import parse

    namespace, name, parameters = parse(action.do)
    target = screen.app if namespace == "app" else screen
    return bool(target.check_action(name, parameters))
