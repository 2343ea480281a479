"""What can be done on a screen whose cursor stands on a talk: its person, its words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import work

from core.queries import thread
from core.rules import talk_search
from tui import safe
from tui.screens import log_words
from tui.screens.person_actions import PersonActions, Who
from tui.widgets.choose import Choose, Option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.rules.talk_search import Wanted

_MOST: Final = 9


class OverTalks(PersonActions):
    """A screen whose cursor stands on a talk."""

    def talk(self) -> int:
        """The id of the talk at the cursor; 0 for none."""
        raise NotImplementedError

    def people(self) -> tuple[tuple[int, str], ...]:
        """Who is meant by the row at the cursor: person id, or 0, and name."""
        raise NotImplementedError

    def meant(self) -> Sequence[Who]:
        """Those of them who are in the book."""
        return [Who(person, name) for person, name in self.people() if person]

    @property
    def today(self) -> date:
        """The local day."""
        return self.app.backend.clock.today()

    @work(group="ask")
    async def action_person(self) -> None:
        """Open the person; ask which, where several took part."""
        known, everybody = self.meant(), self.people()
        if not known:
            if everybody:
                named = safe.cut(log_words.names(everybody), 60)
                self.app.tell(f"{named}: not in the book")
            return
        person: int | None = known[0].id
        if len(known) > 1:
            options = [Option(str(at), who.name, who.id) for at, who in enumerate(known, 1)]
            person = await self.app.push_screen_wait(Choose("open", options[:_MOST]))
        if person is not None:
            self.open_person(person)

    @work(group="ask")
    async def action_copy(self) -> None:
        """Copy all that was said in the talk."""
        if not self.only_unveiled() or not (talk := self.talk()):
            return
        query = partial(thread.around, talk_id=talk, before=0, after=0)
        said = await self.app.backend.read(query)
        if said and said[0].text:
            self._copy(said[0].text)
        else:
            self.app.tell("no words are kept of this talk")

    def wanted(self, text: str) -> Wanted | None:
        """What is marked in a conversation; nothing under the veil, whose words are others."""
        if not text.strip() or self.app.backend.veiled:
            return None
        return talk_search.parse(text, self.today)
