"""The command palette: the registry, and later people, as lines to type at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.command import Hits, Provider

from tui import safe
from tui.actions import Action, for_context, key_name, keys_of
from tui.keymap import keys_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from textual.screen import Screen


class Found(NamedTuple):
    """A line of the palette that is not an action, such as a person.

    Attributes:
        name: what it is called; foreign text.
        about: one line more; foreign text.
        run: what choosing it does.
    """

    name: str
    about: str
    run: Callable[[], object]


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


def provider(find: Callable[[str], Awaitable[Iterable[Found]]]) -> type[Provider]:
    """A provider, for `App.COMMANDS`, of the lines that a callable finds, in its order."""

    class Search(Provider):
        async def search(self, query: str) -> Hits:
            for place, found in enumerate(await find(query)):
                yield safe.command(found.name, query, found.about, found.run, 1 / (place + 2))

    return Search


def _enabled(screen: Screen[object], action: Action) -> bool:
    from textual.actions import parse

    namespace, name, parameters = parse(action.do)
    target = screen.app if namespace == "app" else screen
    return bool(target.check_action(name, parameters))
