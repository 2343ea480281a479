"""Everything known of one person: every value with its source, the entries, the log."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Horizontal

from core.queries import opt_outs, person, promises
from tui import safe
from tui.actions import BY_ID, key_name, keys_of
from tui.screens import alike, opt_out_words, person_newest, promising
from tui.screens.person_actions import Who
from tui.screens.person_log import PersonLog
from tui.screens.person_rows import Row, fact_rows
from tui.theme import QUIET
from tui.widgets.person_head import PersonHead
from tui.widgets.row_list import Look, RowList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content
    from textual.widget import Widget

    from core.queries.duplicates import PairLine
    from core.queries.opt_outs import OptOutLine
    from core.queries.person import PersonView
    from core.queries.promises import PromiseLine

_HEAD = 10
_SIDE = 5  # gutter, scroll bar, and a cell between it and the words


class PersonScreen(PersonLog):
    """One person: the facts, and the log below them or, where there is room, beside them.

    Args:
        person_id: the person.
    """

    context = "person"
    CSS_PATH = "person.tcss"

    def __init__(self, person_id: int) -> None:
        super().__init__(person_id)
        self._view: PersonView | None = None
        self._said: Sequence[OptOutLine] = ()
        self._owed: Sequence[PromiseLine] = ()
        self._same: PairLine | None = None
        # Kept by name, as a reading may end when the screen has lost its children already.
        self._head = PersonHead()
        self._left: RowList[Row] = RowList(Look(self._line), ident="facts")

    def body(self) -> Iterable[Widget]:
        yield self._head
        with Horizontal():
            yield from (self._left, self._log)

    async def load(self) -> None:
        """Read the person; leave if there is no such person any more."""
        query = partial(person.view, person=self._person, log_limit=0)
        view = await self.app.backend.read(query)
        said = partial(opt_outs.of_person, person=self._person)
        self._said = await self.app.backend.read(said)
        owed = partial(promises.of_person, person=self._person, settled=True)
        self._owed = await self.app.backend.read(owed)
        self._same = await self.app.backend.read(partial(alike.best, person=self._person))
        if view is None:
            safe.notice(self.app, "this person is not in the book any more")
            if self.is_current:
                self.app.call_later(self.app.pop_screen)  # which waits for this worker to end
            return
        self._view = view
        unused = {
            "take out": len(view.entries) == 1,
            "settle": not self._owed,
            "channel": not view.talks,
        }
        self.without_keys(*(word for word, idle in unused.items() if idle))
        self._lay_out()
        await self.read_log(view.talks)
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the rows where there is room for them."""
        if self._view is None:
            return
        view, today = self._view, self.app.backend.clock.today()
        self._head.show(view, today)
        width = self.app.size.width
        room = (width if self.narrow else width * 3 // 5) - _SIDE - _HEAD - 1
        rows = [
            *alike.rows(self._same, view.id, self._key("person.compare")),
            *opt_out_words.rows(self._said, today),
            *promising.rows(self._owed, today, room),
            *fact_rows(view, today, room),
            *promising.settled_rows(self._owed, today, room),
        ]
        if self.narrow:
            key = self._key("person.log-pane")
            rows += person_newest.talk_rows(self.newest, view.talks, today, key)
        self._left.load([row._replace(key=place) for place, row in enumerate(rows)])

    def on_resize(self) -> None:
        self._lay_out()

    def on_descendant_focus(self) -> None:
        self.set_class(self._log.has_focus, "-log")  # in small windows one of the two is shown

    def meant(self) -> Sequence[Who]:
        """The person."""
        return [Who(self._view.id, self._view.name)] if self._view else []

    def at_hand(self) -> tuple[str, str]:
        """What the row at the cursor holds: the value to copy and the page to open."""
        row = None if self._log.has_focus else self._left.row
        return (row.value, row.url) if row else ("", "")

    @on(RowList.Chosen, "#facts")
    def _chosen(self, event: RowList.Chosen) -> None:
        if event.row.talk:
            self.show_log()
        elif event.row.promise:
            self.action_settle()
        elif event.row.url:
            self.action_open_profile()
        elif event.row.value:
            self.action_copy()

    def action_log_pane(self) -> None:
        """Go to the log, and back to the facts."""
        if not self._log.has_focus:
            self.show_log()
            return
        self.remove_class("-log")
        self._left.focus()

    @work(group="ask")
    async def action_settle(self) -> None:
        """Say what became of the promise at the cursor."""
        row = None if self._log.has_focus else self._left.row
        done = await promising.settle(self, self._owed, row.promise if row else 0)
        if done is not None:
            await self.write(done)

    @work(group="ask")
    async def action_unmerge(self) -> None:
        """Take entries out; whoever keeps the others stays on the screen."""
        from core.commands.unmerge import Unmerge, Unmerged

        view = self._view
        cards = await alike.which(self.app, view) if view else ()
        if view and cards and (done := await self.write(Unmerge(view.id, cards), quiet=True)):
            if isinstance(done.result, Unmerged):
                self._person = done.result.stays
                await alike.tell_parted(self.app, done.result)
            self.reload()

    def _key(self, action: str) -> str:
        return key_name(keys_of(BY_ID[action], self.app.keys)[0])

    def _line(self, row: Row, width: int) -> Content:
        width -= 1
        head = safe.Column(row.head, _HEAD, "bold $primary")
        if row.talk:
            return safe.columns(width, head, *person_newest.columns(row))
        style = QUIET if row.old else ""
        if not row.about:
            return safe.columns(width, head, safe.Column(row.words, style=style))
        room = min(safe.cells(row.about), (width - _HEAD - 1) // 2)
        about = safe.Column(row.about, room, QUIET, right=True)
        return safe.columns(width, head, safe.Column(row.words, style=style), about)
