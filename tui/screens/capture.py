"""The line that logs a talk: who, when, how and what is owed, shown before it is kept."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from textual import work
from textual.getters import app as the_app

from core.commands.log_talk import Talk
from core.errors import UsageError, VitalfewError
from core.queries import bearers
from core.rules import capture
from tui.app import VitalfewApp
from tui.screens import capture_words
from tui.widgets.ask import AskLine
from tui.widgets.choose import Choose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.rules.capture import Bearer, Line, Named
    from tui import safe
    from tui.screens.person_actions import Who

_REST: Final = 0.06


class Captured(NamedTuple):
    """A line as it is understood with the book beside it."""

    line: Line
    named: tuple[Named, ...]


class AskTalk(AskLine[Talk]):
    """A line about a talk; while it is typed, what will be kept stands below it.

    Args:
        people: who is meant beforehand.
        title: what they are called.
        today: the local day.
        line: what stands in the box at first.
    """

    foot = "enter logs it"
    app = the_app(VitalfewApp)

    def __init__(self, people: Sequence[Who], title: str, today: date, line: str = "") -> None:
        hint = f"{capture_words.HINT}\n{capture_words.HELP}"
        heading = f"a talk with {title}" if people else "a talk"
        super().__init__(heading, hint, _nothing, line)
        self._people, self._called, self._today = people, title, today

    def _read(self, line: str) -> None:
        self._preview(line)

    def _entered(self, line: str) -> None:
        self._keep(line)

    @work(exclusive=True, group="preview")
    async def _preview(self, line: str) -> None:
        """Say how the line is understood; the newest wins."""
        if (read := self._taken_apart(line)) is None:
            return
        if read.mentions:
            await asyncio.sleep(_REST)  # nobody reads between two letters
        self._tell(await self._settled(read))

    @work(exclusive=True, group="ask")
    async def _keep(self, line: str) -> None:
        """Ask who is meant where that is not clear, and hand the talk back."""
        self.workers.cancel_group(self, "preview")
        if (read := self._taken_apart(line)) is None:
            return
        captured = await self._settled(read)
        named: list[Named] = []
        for one in captured.named:
            meant = one.taken
            if one.unclear:
                options = capture_words.bearers(one, self._today)
                meant = await self.app.push_screen_wait(Choose(capture_words.which(one), options))
                if meant is None:
                    self._tell(captured)
                    return
            named.append(one._replace(taken=meant))
        talk = self._talk(read, named)
        if talk.people or talk.names:
            if talk.owed and not talk.people:
                self._refuse(UsageError("a promise needs somebody who is in your book"))
                return
            self.dismiss(talk)
        else:
            self._refuse(UsageError(capture_words.NOBODY))

    def _taken_apart(self, line: str) -> Line | None:
        try:
            return capture.read(line, self._today, alone=not self._people)
        except VitalfewError as error:
            self._refuse(error)
            return None

    async def _settled(self, line: Line) -> Captured:
        found: tuple[capture.Found, ...] = ()
        if line.mentions:
            query = partial(bearers.find, mentions=[one.words for one in line.mentions])
            found = await self.app.backend.read(query)
        ids = [who.id for who in self._people]
        return Captured(line, capture.settle(line, found, ids, self._today))

    def _tell(self, captured: Captured) -> None:
        line, named = captured
        talk = self._talk(line, named)
        at_hand = "" if self._left_out(line, named) else self._called
        others = [one for one in named if not self._is_at_hand(one.taken) or not at_hand]
        several = bool(at_hand and len(self._people) > 1) or len(talk.people) > 1
        self._say(
            *capture_words.told(talk, at_hand, others, several=several, today=self._today),
            *([] if at_hand or named else [("\n" + capture_words.NOBODY, "$error")]),
        )

    def _talk(self, line: Line, named: Sequence[Named]) -> Talk:
        """The talk as far as it is clear who took part."""
        at_hand = () if self._left_out(line, named) else [who.id for who in self._people]
        taken = [one.taken.id for one in named if one.taken is not None]
        return Talk(
            tuple(dict.fromkeys((*at_hand, *taken))),
            line.day,
            line.kind,
            line.direction,
            line.channel,
            line.text,
            names=tuple(one.typed for one in named if one.unknown),
            owed=line.owed,
        )

    def _left_out(self, line: Line, named: Sequence[Named]) -> bool:
        return not self._people or (line.only and bool(named))

    def _is_at_hand(self, bearer: Bearer | None) -> bool:
        return bearer is not None and any(who.id == bearer.id for who in self._people)

    def _refuse(self, error: VitalfewError) -> None:
        self._say(("! ", "bold $error"), (error.sentence, "$error"))

    def _say(self, *parts: safe.Part) -> None:
        if self.is_mounted:
            super()._say(*parts)


def _nothing(_line: str) -> tuple[Talk, str]:
    raise UsageError(capture_words.NOBODY)
