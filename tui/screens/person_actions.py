"""What can be done to a person from any screen: tier, wait, log, profile, copy."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from textual import work

from core.commands.log_talk import LogTalks
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from core.errors import UsageError
from core.queries import person as person_query
from core.queries.counts import counts
from core.rules import handles, kinds, lines, tiers
from core.rules.cadence import asked_and_held
from core.rules.when import short
from core.text import visible
from tui import safe, words
from tui.screens.book_screen import BookScreen
from tui.widgets.ask import AskLine
from tui.widgets.choose import Choose, Option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class Who(NamedTuple):
    """A person an action is meant for."""

    id: int
    name: str


class PersonActions(BookScreen):
    """A screen on which one person, or several marked ones, can be acted upon."""

    _brought_at = float("-inf")

    def meant(self) -> Sequence[Who]:
        """Whom a key means: the marked people, else the one at the cursor; empty for nobody."""
        raise NotImplementedError

    def at_hand(self) -> tuple[str, str]:
        """The value to copy and the page to open that the cursor stands on; "" to be asked."""
        return "", ""

    def brought(self) -> None:
        """Say that a key has just brought another person under the next one."""
        self._brought_at = monotonic()

    @property
    def deaf(self) -> bool:
        """Whether a verdict would fall on somebody whom nobody can have read yet."""
        return monotonic() - self._brought_at < self.app.deaf_seconds

    def open_person(self, person: int) -> None:
        """Show everything known of somebody; `q` comes back."""
        from tui.screens.person import PersonScreen

        self.app.push_screen(PersonScreen(person))

    @work(group="ask")
    async def action_tier(self) -> None:
        """Choose a tier for whoever is meant."""
        people = self.meant()
        if not people:
            return
        cadence, budget = self.app.backend.settings.cadence, self.app.backend.settings.budget
        options = [
            Option(tier.lower(), tier, tier, _about(tier, cadence.get(tier, 0)))
            for tier in tiers.TIERS
        ]
        options.append(Option("n", "none", "", "unsorted again"))
        now = await self.app.backend.read(counts)
        note = words.asked_and_held(*asked_and_held(now.by_tier, cadence, budget))
        ask = Choose(f"tier of {named(people)}", options, note=note)
        tier = await self.app.push_screen_wait(ask)
        if tier is not None:
            await self.write(SetTier(tuple(who.id for who in people), tier))

    @work(group="ask")
    async def action_wait(self) -> None:
        """Ask until when, and why."""
        people = self.meant()
        if not people:
            return
        today = self.app.backend.clock.today()
        title, read_as = f"{named(people)}: wait until", partial(_wait, today=today)
        ask = AskLine(title, "3m let her settle in", read_as)
        while answer := await self.app.push_screen_wait(ask):
            until, why = answer
            if await self.write(SetWait(tuple(who.id for who in people), until, why)):
                return
            ask = AskLine(title, "3m let her settle in", read_as, ask.line)  # refused

    @work(group="ask")
    async def action_log(self) -> None:
        """Ask for one line about a talk with whoever is meant, and whom it names."""
        from tui.screens.capture import AskTalk

        people, today = self.meant(), self.app.backend.clock.today()
        ask = AskTalk(people, named(people), today)
        while talk := await self.app.push_screen_wait(ask):
            if await self.write(LogTalks((talk,))):
                return
            ask = AskTalk(people, named(people), today, ask.line)  # refused

    @work(group="ask")
    async def action_open_profile(self) -> None:
        """Open a profile of the person in the browser, shown in full first."""
        if not self.only_unveiled():
            return
        here = self.at_hand()[1]
        pages = [here] if here else await self._profiles()
        urls = [Option(str(number), url, url) for number, url in enumerate(pages, 1)]
        if not urls:
            self.app.tell("no profile is known")
        elif url := await self.app.push_screen_wait(Choose("open in the browser", urls[:9])):
            safe.open_page(self.app, url)
            self.app.tell("the browser was asked to open it; y copies it")

    @work(group="ask")
    async def action_copy(self) -> None:
        """Copy the value at the cursor, else an address or number."""
        if not self.only_unveiled():
            return
        if value := self.at_hand()[0]:
            self._copy(value)
            return
        ways = [
            Option(str(number), fact.value, fact.value, fact.label or fact.kind)
            for number, fact in enumerate(await self._facts(kinds.EMAIL, kinds.PHONE), 1)
        ]
        if not ways:
            self.app.tell("no address and no number is known")
            return
        value = ways[0].value
        if len(ways) > 1:
            chosen = await self.app.push_screen_wait(Choose("copy", ways[:9]))
            if chosen is None:
                return
            value = chosen
        self._copy(visible(value))

    def _copy(self, value: str) -> None:
        safe.copy(self.app, value)
        self.app.tell(f"copied {safe.cut(value, 60)}")

    async def _profiles(self) -> list[str]:
        facts = await self._facts(kinds.HANDLE, kinds.URL)
        urls = [
            handles.profile_url(fact.norm) if fact.kind == kinds.HANDLE else fact.value
            for fact in facts
        ]
        return [url for url in dict.fromkeys(urls) if url.startswith(("https://", "http://"))]

    async def _facts(self, *wanted: str) -> list[person_query.FactLine]:
        people = self.meant()
        if not people:
            return []
        query = partial(person_query.facts, person=people[0].id)
        facts = await self.app.backend.read(query)
        return [fact for fact in facts if fact.kind in wanted and fact.shown]


def named(people: Sequence[Who]) -> str:
    """One name, or how many people."""
    return people[0].name if len(people) == 1 else f"{len(people):,} people"


def _about(tier: str, days: int) -> str:
    return f"{tiers.meaning(tier)}, every {days} days" if days else tiers.meaning(tier)


def _wait(line: str, *, today: date) -> tuple[tuple[date, str], str]:
    """The day a line begins with, the why after it, and both in words."""
    until, why = lines.wait(line, today)
    if until <= today:
        raise UsageError("a wait ends on a day to come")
    return (until, why), f"until {short(until, today)}" + (f": {why}" if why else "")
