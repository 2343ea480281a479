"""How merging keeps pace: the sitting is ahead, and the book follows with the last word."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on, work

from core.commands.merge import Merge
from core.errors import VitalfewError
from core.queries import counts, merge, people
from tui.messages import Compared
from tui.screens import merge_draft, merge_reading
from tui.screens.merge_draft import Draft
from tui.screens.merge_item import BY_HAND, Item, Key
from tui.screens.merge_sitting import Sitting
from tui.screens.person_actions import PersonActions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.bus import Done
    from core.work import Command
    from tui.screens.merge_reading import State

_KEPT: Final = 60
"""Groups that are remembered."""
_AHEAD: Final = 3
"""Groups that are read before they are shown, the present one counted."""


class MergePace(PersonActions):
    """The half of the merge screen that reads and writes.

    What a key decides is out of the sitting, and the next one painted, before its command is
    carried out; commands go to the one writer in the order of the keys. `load` reads the queue
    again only if something was done elsewhere.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sitting = Sitting()
        self.is_read = False
        self.people = self.waiting = 0
        self.compared: float | None = None
        self._drafts: dict[Key, Draft] = {}
        self._stale: set[Key] = set()
        self._state: State | None = None
        self._own: set[int] = set()
        self._wanted: tuple[int, ...] = ()

    def paint(self) -> None:
        """Show the sitting as it stands."""
        raise NotImplementedError

    def forget(self) -> None:
        self._state = None
        self._drafts.clear()

    def bring(self, *who: int) -> None:
        """Show the first open one that somebody is in; of several people, all of them as one.

        Args:
            who: person ids.
        """
        self._wanted = who
        self.reload()

    async def load(self) -> None:
        """Read the queue, unless only this screen wrote since."""
        now = await self.app.backend.read(merge_reading.state)
        if self._written_elsewhere(now):
            self.sitting.agree(await self.app.backend.read(merge_reading.all_open))
            self.is_read = True
            self._stale |= set(self._drafts)
        self._state = now
        if self._wanted:
            await self._bring(self._wanted)
            self._wanted = ()
        self.compared = self.app.matching.done
        if not self.sitting.open:
            self.people = (await self.app.backend.read(counts.counts)).people
            if self.compared is not None:
                from core.duplicates import needed  # loaded already by what compares them

                self.waiting = await self.app.backend.read(needed)
        await self._draft(self.sitting.current)
        self.paint()
        self.read_ahead()

    def _written_elsewhere(self, now: State) -> bool:
        before = self._state
        if before and now == before._replace(mark=before.mark._replace(newest=now.mark.newest)):
            own = range(before.mark.newest + 1, now.mark.newest + 1)
            if self._own.issuperset(own):
                self._own.difference_update(own)
                return False
        return True

    @on(Compared)
    def heard(self, event: Compared) -> None:
        """Say how far the comparing is; at its end, see what it found."""
        turned = (self.compared is None) != (event.done is None)
        self.compared = event.done
        if turned:
            self.reload()
        elif not self.sitting.open:
            self.paint()

    async def _bring(self, who: tuple[int, ...]) -> None:
        lines = await self.app.backend.read(partial(people.by_ids, ids=who))
        if len(who) > 1:
            self.sitting.bring(Item(BY_HAND, tuple(sorted(line.id for line in lines))), lines)
        elif found := self.sitting.of_person(who[0]):
            self.sitting.narrow("")
            self.sitting.go_to(found.key)
        elif lines:
            self.app.tell(f"nobody in the book looks like {lines[0].name}")

    async def draft_of(self, item: Item) -> Draft | None:
        """What is decided about one of the queue, read if need be; None if it is not open."""
        await self._draft(item)
        return self._drafts.get(item.key)

    async def _draft(self, item: Item | None) -> None:
        if item is None or (item.key in self._drafts and item.key not in self._stale):
            return
        draft = self._drafts.get(item.key)
        if item.question:
            lines = await self.app.backend.read(partial(people.by_ids, ids=item.people))
            draft = draft or merge_draft.of_question(item.question, lines)
        else:
            who = draft.people if draft else item.people
            seen = await self.app.backend.read(partial(merge.view, people=who))
            if draft:
                draft.agree(seen)
            else:
                draft = Draft(seen)
        self._stale.discard(item.key)
        self._drafts[item.key] = draft
        for old in list(self._drafts)[:-_KEPT]:
            del self._drafts[old]

    @work(exclusive=True, group="ahead")
    async def read_ahead(self) -> None:
        """Read what is shown if need be, then the next ones, before anybody asks for them."""
        shown = self.sitting.current
        if shown and (shown.key not in self._drafts or shown.key in self._stale):
            await self._draft(shown)
            self.paint()
        for item in self.sitting.ahead(_AHEAD):
            await self._draft(item)

    def commit(self, item: Item, *commands: Command | None, again: bool = False) -> None:
        """Have a decision that is painted already carried out.

        Args:
            item: what was decided; it is back if that is refused.
            commands: what is written, one after the other.
            again: read the queue afterwards, as there is more in it than is known here.
        """
        self._writing += 1
        self.workers.cancel_group(self, "load")
        self._carry_out(item, [command for command in commands if command], again=again)

    @work(group="commit")
    async def _carry_out(self, item: Item, commands: Sequence[Command], *, again: bool) -> None:
        said: list[str] = []
        try:
            for command in commands:
                done = await self.app.backend.run(command)
                self._own.add(done.command_id)
                self._drafts.pop(item.key, None)
                said.append(merge_reading.told(done))
                if isinstance(command, Merge):
                    await self._rename(done)
        except VitalfewError as error:
            said.append(error.sentence)
            self.app.tell("; ".join(said), "error")
            self.sitting.refused(item)
            self._state = None
            self.paint()
        else:
            self.app.tell(f"{'; '.join(said)} — u takes it back")
            if again:
                self._state = None
        finally:
            self._writing -= 1
            self.reload()

    async def _rename(self, done: Done) -> None:
        """Learn how somebody is called now, if they are compared with somebody else."""
        met = [one for one in done.people if self.sitting.of_person(one)]
        for line in await self.app.backend.read(partial(people.by_ids, ids=met)) if met else ():
            self.sitting.lines[line.id] = line
