"""What the card before contact does: open a way, log what came of it, keep a promise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual import work

from core.commands.log_talk import LogTalks, Talk
from core.commands.set_wait import SetWait
from core.errors import VitalfewError
from core.rules import ways
from core.rules.focus import talk_by
from core.rules.lines import tells_kind
from tui import opener
from tui.screens import promising
from tui.screens.by_hand import ByHand
from tui.screens.capture import AskTalk
from tui.screens.contact_stage import Stage
from tui.screens.person_actions import Who
from tui.widgets.choose import Choose, Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.bus import Done
    from core.queries.contact import Contact
    from core.queries.promises import PromiseLine
    from core.rules.ways import Way
    from core.work import Command

_WRITTEN: Final = frozenset({"mail", "message"})
_MOST: Final = 9


class ContactDeeds(ByHand):
    """A screen over one person who is contacted."""

    contact: Contact | None = None
    """Who it is; None until that is read."""
    stage: Stage = Stage.BEFORE
    _talks = 0

    def chosen(self) -> Way | None:
        """The way at the cursor."""
        raise NotImplementedError

    def show(self) -> None:
        """Show what is known, and what the keys do now."""
        raise NotImplementedError

    def meant(self) -> Sequence[Who]:
        """The person."""
        return [Who(self.contact.id, self.contact.name)] if self.contact else []

    def leave(self) -> None:
        """Close the card."""
        if self.is_current:
            self.app.call_later(self.app.pop_screen)  # which waits for this worker to end

    def go_to(self, stage: Stage) -> None:
        """Come to a stage; what the keys do is new, so they rest a moment."""
        self.stage = stage
        self.brought()
        self.show()

    def begin(self, way: Way) -> None:
        """Open what a way leads to, and ask what came of it."""
        try:
            done = opener.begin(self.app, way)
        except VitalfewError as error:
            self.app.tell(error.sentence, "error")
            return
        if done:
            self.app.tell(done)
        self.go_to(Stage.BEGUN)

    @work(group="write")
    async def log_by(self, way: Way) -> None:
        """Log a talk of today by a way."""
        kind, channel = talk_by("" if way.channel == ways.WEB else way.channel)
        direction = "out" if kind in _WRITTEN else "both"
        today, people = self.app.backend.clock.today(), tuple(who.id for who in self.meant())
        await self.write(LogTalks((Talk(people, today, kind, direction, channel),)))

    @work(group="ask")
    async def action_log(self) -> None:
        """Ask for a line about the talk; it begins with the way that was taken."""
        people, today = self.meant(), self.app.backend.clock.today()
        way, begun = self.chosen(), self.stage is Stage.BEGUN
        if not people:
            return
        start = f"{way.channel} " if begun and way and tells_kind(way.channel) else ""
        ask = AskTalk(people, people[0].name, today, start)
        while talk := await self.app.push_screen_wait(ask):
            if begun and talk.kind in _WRITTEN and talk.direction == "both":
                talk = replace(talk, direction="out")
            if await self.write(LogTalks((talk,))):
                return
            ask = AskTalk(people, people[0].name, today, ask.line)  # refused

    @work(group="ask")
    async def action_settle(self) -> None:
        """Say what became of a promise."""
        owed = self.contact.owed if self.contact else ()
        if not owed:
            self.app.tell("nothing is owed between you")
            return
        line: PromiseLine | None = owed[0]
        if len(owed) > 1:
            options = [Option(str(at), one.what, one) for at, one in enumerate(owed[:_MOST], 1)]
            line = await self.app.push_screen_wait(Choose("which promise?", options))
        if line is not None and (became := await promising.settle(self, owed, line.id)):
            await self.write(became)

    async def write(self, command: Command, *, quiet: bool = False) -> Done | None:
        """Carry out a command; after a talk the next step is offered, a wait ends the card."""
        done = await super().write(command, quiet=quiet)
        if done and self.contact and isinstance(command, LogTalks):
            self._talks = self.contact.view.talks + 1
            self.go_to(Stage.DONE)
        elif done and isinstance(command, SetWait):
            self.leave()
        return done

    def take(self, contact: Contact) -> None:
        """Show a person as they are now; once a talk is taken back, it may begin again."""
        if self.contact is None:
            self.brought()
        self.contact = contact
        if self.stage is Stage.DONE and contact.view.talks < self._talks:
            self.stage = Stage.BEFORE
        self.show()
