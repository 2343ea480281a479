"""What is written by hand from any screen: a new person, the form, opt-outs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import work

from core.queries import sources
from tui.screens.person_actions import PersonActions, named
from tui.widgets.ask import AskLine
from tui.widgets.choose import Choose

if TYPE_CHECKING:
    from core.queries.opt_outs import OptOutLine
    from tui.app import VitalfewApp
    from tui.screens.opt_out_words import Word


class ByHand(PersonActions):
    """A screen on which people can be added, edited, and opted out.

    What that needs is imported at the first key: the first screen is painted without it.
    """

    @work(group="ask")
    async def action_add_person(self) -> None:
        """Ask for a line about somebody new, and show them among the people."""
        from core.commands.add_person import AddPerson
        from tui.screens.add import AskPerson

        region = await self.app.backend.read(partial(sources.setting, key="region"))
        if values := await self.app.push_screen_wait(AskPerson(region)):
            done = await self.write(AddPerson(values), quiet=True)
            if done:
                self.app.tell(f"{done.label} — e edits, u takes it back")
                # Not from here: a person's screen goes, and its workers with it.
                self.app.call_later(_show_among_people, self.app, done.people[0])

    @work(group="ask")
    async def action_edit(self) -> None:
        """Open the form of the person at the cursor."""
        people, backend = self.meant(), self.app.backend
        if not self.only_unveiled():
            return
        if len(people) != 1:
            if people:
                self.app.tell("one at a time: esc takes the marks off")
            return
        from core.commands.edit_person import EditPerson
        from core.queries import held
        from tui.screens.edit import EditScreen
        from tui.screens.edit_draft import Draft

        who = people[0]
        draft = Draft(await backend.read_written(partial(held.of_person, person=who.id)))
        region = await backend.read(partial(sources.setting, key="region"))
        while await self.app.push_screen_wait(EditScreen(who.name, draft, region)):
            if await self.write(EditPerson(who.id, draft.edits())):
                return

    @work(group="ask")
    async def action_opt_out(self) -> None:
        """Ask which way is never to be used, or is preferred, and who said so."""
        from core.commands.opt_out import SetOptOut
        from core.queries import opt_outs
        from tui.screens.opt_out_words import said_by

        people = self.meant()
        if not people:
            return
        said: tuple[OptOutLine, ...] = ()
        if len(people) == 1:
            query = partial(opt_outs.of_person, person=people[0].id)
            said = await self.app.backend.read_written(query)
        if (word := await self._ask_word(named(people), said)) is None:
            return
        who, day = "", ""
        if not word.take_off:
            today = self.app.backend.clock.today()
            ask = AskLine(
                f"{named(people)}: {word.told}. Who said so, and when?",
                "her, 3 nov   (enter alone: you, today)",
                partial(said_by, today=today),
            )
            answer = await self.app.push_screen_wait(ask)
            if answer is None:
                return
            who, day = answer
        ids = tuple(one.id for one in people)
        await self.write(SetOptOut(ids, word.channel, word.rule, who, day, word.take_off))

    async def _ask_word(self, name: str, said: tuple[OptOutLine, ...]) -> Word | None:
        """What is said of which channel; a preference and a taking off ask once more."""
        from tui.screens import opt_out_words

        options = opt_out_words.first(said)
        word = await self.app.push_screen_wait(Choose(f"opt-out and channel of {name}", options))
        if word is None or word.channel:
            return word
        more = opt_out_words.taken_off(said) if word.take_off else opt_out_words.preferred()
        if len(more) == 1:
            return more[0].value
        return await self.app.push_screen_wait(Choose(word.told, more))


async def _show_among_people(app: VitalfewApp, person: int) -> None:
    from tui.screens.people import PeopleScreen

    await app.action_goto("people")
    if isinstance(screen := app.screen, PeopleScreen):
        await screen.go_to(person)
