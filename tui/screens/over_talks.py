"""What can be done on a screen whose cursor stands on a talk: its person, its words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import work

from core.queries import thread
from core.queries.ghosts import ghost_count
from core.rules import talk_search
from tui import safe
from tui.actions import BY_ID
from tui.screens import log_words
from tui.screens.person_actions import PersonActions, Who
from tui.widgets.choose import Choose, Option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.rules.talk_search import Wanted
    from tui.app import VitalfewApp

_MOST: Final = 9
NO_WORDS: Final = "no words are kept of this talk"


async def words_of(app: VitalfewApp, talk: int) -> str:
    """All that was said in a talk; "" where no words are kept."""
    said = await app.backend.read(partial(thread.around, talk_id=talk, before=0, after=0))
    return said[0].text if said else ""


class OverTalks(PersonActions):
    """A screen whose cursor stands on a talk."""

    strangers = 0
    """How many you talk with are not in the book."""

    @work(exclusive=True, group="strangers")
    async def count_strangers(self) -> None:
        """Count whom you talk with and who is not in the book."""
        self.strangers = await self.app.backend.count(ghost_count)
        self.tell_count()

    @property
    def strange(self) -> tuple[str, ...]:
        """The word of the bottom line for strangers, where there are none."""
        return () if self.strangers else (BY_ID["log.ghosts"].footer,)

    def tell_count(self) -> None:
        """Show how many talks there are, and how many strangers."""

    def action_ghosts(self) -> None:
        """List who is not in the book."""
        from tui.screens.ghosts import GhostsScreen

        self.app.push_screen(GhostsScreen())

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
        if said := await words_of(self.app, talk):
            self._copy(said)
        else:
            self.app.tell(NO_WORDS)

    def wanted(self, text: str) -> Wanted | None:
        """What is marked in a conversation; nothing under the veil, whose words are others."""
        if not text.strip() or self.app.backend.veiled:
            return None
        return talk_search.parse(text, self.today)
