"""What is done by hand from any screen: a new person, the form, opt-outs, comparing two."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual import work

from core.errors import VitalfewError
from core.queries import sources
from tui.screens.person_actions import PersonActions, named
from tui.widgets.ask import AskLine
from tui.widgets.choose import Choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.queries.opt_outs import OptOutLine
    from core.storage.driver import Connection
    from tui.app import VitalfewApp
    from tui.screens.opt_out_words import Word

Model = TypeVar("Model")


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
        ask = AskPerson(region)
        while values := await self.app.push_screen_wait(ask):
            if done := await self.write(AddPerson(values), quiet=True):
                self.app.tell(f"{done.label} — e edits, u takes it back")
                # Not from here: a person's screen goes, and its workers with it.
                self.app.call_later(_show_among_people, self.app, done.people[0])
                return
            ask = AskPerson(region, ask.line)  # refused, as while an import runs

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
        facts = await self._settled(partial(held.of_person, person=who.id))
        if facts is None:
            return
        draft = Draft(facts)
        region = await backend.read(partial(sources.setting, key="region"))
        form = EditScreen(who.name, draft, region)
        while await self.app.push_screen_wait(form):
            if await self.write(EditPerson(who.id, draft.edits())):
                break
            form = EditScreen(who.name, draft, region)
        if form.leaving:
            self.app.exit()

    @work(group="ask")
    async def action_opt_out(self) -> None:
        """Ask which way is never to be used, or is preferred, and who said so."""
        from core.commands.opt_out import SetOptOut
        from core.queries import opt_outs
        from tui.screens.opt_out_words import said_by

        people = self.meant()
        if not people:
            return
        said: tuple[OptOutLine, ...] | None = ()
        if len(people) == 1:
            said = await self._settled(partial(opt_outs.of_person, person=people[0].id))
        if said is None or (word := await self._ask_word(named(people), said)) is None:
            return
        ids = tuple(one.id for one in people)
        who = ""
        if word.take_off:
            await self.write(SetOptOut(ids, word.channel, word.rule, take_off=True))
            return
        read_as = partial(said_by, today=self.app.backend.clock.today())
        title = f"{named(people)}: {word.told}. Who said so, and when?"
        hint = "her, 3 nov   (enter alone: you, today)"
        while answer := await self.app.push_screen_wait(AskLine(title, hint, read_as, who)):
            said_so, day = answer
            if await self.write(SetOptOut(ids, word.channel, word.rule, said_so, day)):
                return
            who = ", ".join(filter(None, (said_so, day)))  # refused, as while an import runs

    @work(group="ask")
    async def action_promise(self, owed_by: str) -> None:
        """Ask for one line about something promised."""
        from tui.screens import promising

        add = await promising.ask(self, owed_by)
        while add and not await self.write(add):  # refused, as while an import runs
            add = await promising.ask(self, owed_by, f"{add.what} {add.due}".strip())

    def action_contact(self) -> None:
        """Show what to know before contact."""
        from tui.screens.contact import ContactScreen

        people = self.meant()
        if len(people) == 1:
            self.app.push_screen(ContactScreen(people[0].id, self.tab or self.context))
        elif people:
            self.app.tell("one at a time: esc takes the marks off")

    @work(group="ask")
    async def action_compare(self) -> None:
        """Show whoever is meant beside who may be the same, on the Merge screen."""
        from tui.screens import alike

        await alike.compare(self)

    async def _settled(self, query: Callable[[Connection], Model]) -> Model | None:
        """What holds once all is written; None while an import runs, which is said."""
        try:
            return await self.app.backend.read_written(query)
        except VitalfewError as error:
            self.app.tell(error.sentence, "error")
            return None

    def action_reading(self) -> None:
        """Mark whoever is meant as worth reading, or take the mark off."""
        self._switch_reading()

    @work(group="ask")
    async def _switch_reading(self) -> None:
        from core.commands.set_reading import SetReading
        from core.queries.reading import are_read

        if people := tuple(who.id for who in self.meant()):
            read = await self.app.backend.read(partial(are_read, people=people))
            await self.write(SetReading(people, on=not read))

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
