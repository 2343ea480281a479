"""The line that makes a person: what is understood of it, and who has the same address."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import work
from textual.getters import app as the_app

from core.queries import holders, people
from core.rules import kinds, typed
from core.rules.normalise import norm_of
from tui.app import VitalfewApp
from tui.screens.edit_draft import HEADS
from tui.theme import LOUD
from tui.widgets.ask import AskLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.widgets import Input

    from core.rules.typed import Typed
    from core.storage.driver import Connection

_ASKED: Final = {kinds.NAME: "name", kinds.EMAIL: "address", kinds.PHONE: "number"}
_MOST: Final = 3


class AskPerson(AskLine["tuple[Typed, ...]"]):
    """A line about somebody new; while it is typed, those who have the same address are named.

    Args:
        region: the home country of numbers, or "".
        line: what stands in the box at first.
    """

    foot = "enter adds"
    app = the_app(VitalfewApp)

    def __init__(self, region: str, line: str = "") -> None:
        super().__init__("new person", typed.EXAMPLE, understood, line)
        self.line = line
        """What is typed, which outlives the box."""
        self._home = region

    def on_input_changed(self, event: Input.Changed) -> None:
        self.line = event.value
        self.workers.cancel_group(self, "same")
        super().on_input_changed(event)
        if event.value:
            self._look_for_same(event.value)

    @work(exclusive=True, group="same")
    async def _look_for_same(self, line: str) -> None:
        read = self._read(line)
        if read is None:
            return
        query = partial(same, values=read[0], region=self._home or None)
        if told := await self.app.backend.read(query):
            self._say(understood(line)[1], "\n", (told, LOUD))


def understood(line: str) -> tuple[tuple[Typed, ...], str]:
    """The values of a line, and the same in words: ``name Rachel Green · work Globex``."""
    values = typed.person(line)
    told = (f"{_head(value)} {value.value}" for value in values)
    return values, " · ".join(told)


def same(connection: Connection, values: Sequence[Typed], region: str | None) -> str:
    """Who in the book has one of these names, addresses or numbers, in a sentence; or ""."""
    for value in sorted(values, key=lambda one: one.kind == kinds.NAME):
        kind, norm = norm_of(value.kind, value.value, value.label, region)
        if kind == kinds.NAME or kind in kinds.IDENTIFIERS:
            ids = holders.of(connection, [(kind, norm)])
            if names := [line.name for line in people.by_ids(connection, ids[:_MOST])]:
                has = "has" if len(names) == 1 else "have"
                more = f" and {len(ids) - _MOST} more" if len(ids) > _MOST else ""
                return f"! {', '.join(names)}{more} {has} this {_ASKED.get(kind, kind)} already"
    return ""


def _head(value: Typed) -> str:
    head = HEADS.get(value.kind, value.kind)
    return value.label if value.kind == kinds.CUSTOM else f"{head} {value.label}".strip()
