"""What the keys of the merge screen do to the group that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from core.commands.answer import AnswerPeople
from core.commands.merge import MergeAll
from core.rules.choices import CADENCE, DECISIONS
from tui.screens import merge_rows, merge_says
from tui.screens.merge_item import BY_HAND, CERTAIN
from tui.screens.merge_pace import MergePace
from tui.widgets.ask import Confirm

if TYPE_CHECKING:
    from core.queries.merge import Field
    from tui.screens.merge_draft import Draft
    from tui.screens.merge_rows import Row

_PAIR = 2


class MergeDeeds(MergePace):
    """The half of the merge screen that decides."""

    def __init__(self) -> None:
        super().__init__()
        self.equal_shown = False

    @property
    def row(self) -> Row | None:
        """The row at the cursor."""
        raise NotImplementedError

    @property
    def hidden(self) -> bool:
        """Whether the group cannot be seen, so that no key may decide about it."""
        raise NotImplementedError

    def mark(self, row: Row) -> None:
        """Put the cursor on a row, and show what was chosen."""
        raise NotImplementedError

    @property
    def draft(self) -> Draft | None:
        """What is chosen of the group that is shown; None while it is read."""
        item = self.sitting.current
        return self._drafts.get(item.key) if item else None

    def step(self) -> None:
        """Show what is the current one now."""
        self.paint()
        self.read_ahead()

    async def action_accept(self) -> None:
        """Merge them as marked, or keep what is marked of a question."""
        item = self.sitting.current
        if item is None or self.deaf or self.hidden:
            return
        if (draft := await self.draft_of(item)) is None:
            return
        if item.question:
            self.sitting.answer(item)
            self.step()
            self.commit(item, draft.settle(item.question))
        elif len(draft.people) < _PAIR:
            self.app.tell("it takes two: - takes somebody in again, x says they are different")
        else:
            self.sitting.answer(item)
            self.sitting.merged(dict.fromkeys(draft.people, min(draft.people)))
            self.step()
            self.commit(item, draft.merge(), draft.file(), again=bool(draft.out))

    def action_answer(self, verdict: str) -> None:
        """Say that they are not one, or put them off."""
        item, draft = self.sitting.current, self.draft
        if item is None or self.deaf or self.hidden:
            return
        people = draft.people if draft else item.people
        if item.question and verdict != "later":
            self.app.tell("a question: enter keeps what is marked, z puts it off")
        elif not item.question and len(people) < _PAIR:
            self.app.tell("it takes two: - takes somebody in again")
        else:
            (self.sitting.put_off if verdict == "later" else self.sitting.answer)(item)
            self.step()
            if item.question:
                self.app.tell("put off: it is asked again after the other questions")
            else:
                more = len(item.people) > _PAIR or item.lane == BY_HAND
                self.commit(item, AnswerPeople(people, verdict), again=more)

    def _here(self) -> tuple[Row, Draft, Field] | None:
        """The value at the cursor; anywhere else it is said what these keys are about."""
        row, draft = self.row, self.draft
        field = draft.field(row.field) if row and draft else None
        if row and draft and field:
            return row, draft, field
        if draft:
            self.app.tell("go to a value where they differ" if draft.fields else "they all agree")
        return None

    def action_value(self, way: int) -> None:
        """Mark the value at the cursor; if it is marked already, the one beside it."""
        if (here := self._here()) is None:
            return
        row, draft, field = here
        place = row.place
        if place == draft.chosen(field)[0]:
            place = (place + way) % len(field.options)
        self.take(row._replace(key=f"{row.field} {place}", place=place))

    def take(self, row: Row) -> None:
        """Mark a value, or take somebody out of the group or into it again."""
        draft = self.draft
        if draft and row.kind == merge_rows.OPTION:
            draft.choose(row.field, row.place)
        elif row.kind == merge_rows.PERSON:
            self._take_out(row.person)
        self.mark(row)

    def action_both(self) -> None:
        """Have two values show, one beside the other."""
        if (here := self._here()) is None:
            return
        row, draft, _ = here
        if draft.both(row.field, row.place):
            self.mark(row)
        elif row.field in DECISIONS:
            self.app.tell("only one of these can hold: ← → marks it, e types another")
        else:
            self.app.tell("one of the two shows; the other one is kept, as it says")

    @work(group="ask")
    async def action_type(self) -> None:
        """Ask for a value that none of them has."""
        from tui.screens import merge_typing

        if (here := self._here()) is None or not self.only_unveiled():
            return
        (row, draft, field), item = here, self.sitting.current
        if row.field == CADENCE:
            self.app.tell("← → marks one; another rhythm is set on the person afterwards")
            return
        value, today = field.options[row.place], self.app.backend.clock.today()
        who, question = self.sitting.lines.get(value.person), item and item.question
        wanted = merge_typing.pieces(row.field, value.value, who, question)
        typed = await merge_typing.asked(self.app, row.field, wanted, today)
        if typed and draft is self.draft:
            draft.type(row.field, typed)
            place = len(field.options) - (field.options[-1].origin == "typed")
            self.mark(row._replace(key=f"{row.field} {place}"))

    def action_take_out(self) -> None:
        """Leave the one at the cursor out of the group, or take them in again."""
        row, item = self.row, self.sitting.current
        if item is None or len(item.people) <= _PAIR:
            self.app.tell("there are only two: x says they are different, z puts them off")
        elif row is None or not row.person:
            self.app.tell("go to a value of theirs, or to their name below, and press - there")
        else:
            self._take_out(row.person)
            self.mark(row)

    def _take_out(self, person: int) -> None:
        item, draft = self.sitting.current, self.draft
        line = next((one for one in draft.view.people if one.id == person), None) if draft else None
        if item is None or draft is None or line is None or len(item.people) <= _PAIR:
            return
        draft.take_out(line)
        self._stale.add(item.key)  # what differs between the others is something else
        self.read_ahead()

    @work(group="ask")
    async def action_all(self) -> None:
        """Merge all certain ones, after showing how many and ten of them."""
        if not (items := self.sitting.of_lane(CERTAIN)):
            self.app.tell("nothing certain is left: go on one by one")
            return
        asked = Confirm(merge_says.all_certain(items, self.sitting), "merge them", "one by one")
        if await self.app.push_screen_wait(asked):
            self._state = None
            self.sitting.answer_all(items)
            self.sitting.merged({one: item.people[0] for item in items for one in item.people})
            await self.write(MergeAll(tuple(item.people for item in items)))

    def action_go(self, way: int) -> None:
        """Go to the next or the one before, and decide nothing."""
        if not self.sitting.go(way):
            self.app.tell("that was the last one" if way > 0 else "that was the first one")
        self.step()

    def action_cancel(self) -> None:
        """Give up what was put side by side by hand."""
        if (item := self.sitting.current) and item.lane == BY_HAND:
            self.sitting.drop(item)
            self.step()
