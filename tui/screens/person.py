"""Everything known of one person: every value with its source, the entries, the log."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Horizontal

from core.queries import opt_outs, person
from tui import safe
from tui.actions import BY_ID, key_name, keys_of
from tui.screens import alike, opt_out_words
from tui.screens.by_hand import ByHand
from tui.screens.person_actions import Who
from tui.screens.person_rows import Row, fact_rows, talk_rows
from tui.theme import QUIET
from tui.widgets.person_head import PersonHead
from tui.widgets.row_list import Look, RowList
from tui.words import WAY, many

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content
    from textual.widget import Widget

    from core.queries.duplicates import PairLine
    from core.queries.opt_outs import OptOutLine
    from core.queries.person import PersonView

_HEAD, _DAY, _ARROW = 10, 8, 1
_SIDE = 5  # gutter, scroll bar, and a cell between it and the words
_TALKS = 500


class PersonScreen(ByHand):
    """One person: the facts, and the log below them or, where there is room, beside them.

    Args:
        person_id: the person.
    """

    context = "person"
    CSS_PATH = "person.tcss"

    def __init__(self, person_id: int) -> None:
        super().__init__()
        self._person = person_id
        self._view: PersonView | None = None
        self._said: Sequence[OptOutLine] = ()
        self._same: PairLine | None = None
        # Kept by name, as a reading may end when the screen has lost its children already.
        self._head = PersonHead()
        self._left: RowList[Row] = RowList(Look(self._line), ident="facts")
        self._right: RowList[Row] = RowList(Look(self._talk, header=self._log_title), ident="log")

    def body(self) -> Iterable[Widget]:
        yield self._head
        with Horizontal():
            yield from (self._left, self._right)

    async def load(self) -> None:
        """Read the person; leave if there is no such person any more."""
        query = partial(person.view, person=self._person, log_limit=_TALKS)
        view = await self.app.backend.read(query)
        said = partial(opt_outs.of_person, person=self._person)
        self._said = await self.app.backend.read(said)
        self._same = await self.app.backend.read(partial(alike.best, person=self._person))
        if view is None:
            safe.notice(self.app, "this person is not in the book any more")
            if self.is_current:
                self.app.call_later(self.app.pop_screen)  # which waits for this worker to end
            return
        self._view = view
        self.without_keys(*(() if len(view.entries) > 1 else ("take out",)))
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the rows where there is room for them."""
        if self._view is None:
            return
        view, today = self._view, self.app.backend.clock.today()
        self._head.show(view, today)
        left, right = self._widths()
        compares = key_name(keys_of(BY_ID["person.compare"], self.app.keys)[0])
        rows = [
            *alike.rows(self._same, view.id, compares),
            *opt_out_words.rows(self._said, today),
            *fact_rows(view, today, left - _HEAD - 1),
        ]
        facts = [row._replace(key=place) for place, row in enumerate(rows)]
        beside = _DAY + _ARROW + WAY + 3
        if self.narrow:
            facts += talk_rows(view, today, left - _HEAD - 1 - beside, len(facts))
        else:
            self._right.load(talk_rows(view, today, right - beside))
        self._left.load(facts)

    def on_resize(self) -> None:
        self._lay_out()

    def meant(self) -> Sequence[Who]:
        """The person."""
        return [Who(self._view.id, self._view.name)] if self._view else []

    def at_hand(self) -> tuple[str, str]:
        """What the row at the cursor holds: the value to copy and the page to open."""
        row = (self._right if self._right.has_focus else self._left).row
        return (row.value, row.url) if row else ("", "")

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        if event.row.url:
            self.action_open_profile()
        elif event.row.value:
            self.action_copy()

    def action_log_pane(self) -> None:
        """Go to the log, and back to the facts."""
        if not self.narrow:
            (self._left if self._right.has_focus else self._right).focus()
            return
        rows = self._left.rows
        log = next((row.key for row in rows if row.head == "log"), 0)
        on_to = 0 if self._left.cursor >= log else log
        self._left.cursor = len(rows) - 1  # coming from below, the log begins at the top
        self._left.cursor = on_to

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

    def _widths(self) -> tuple[int, int]:
        """Cells for a row of the facts and of the log."""
        width = self.app.size.width
        left = width if self.narrow else width * 3 // 5
        return left - _SIDE, width - left - _SIDE - 1

    def _line(self, row: Row, width: int) -> Content:
        width -= 1
        head = safe.Column(row.head, _HEAD, "bold $primary")
        if row.talk:
            return safe.columns(width, head, *self._talk_columns(row))
        style = QUIET if row.old else ""
        if not row.about:
            return safe.columns(width, head, safe.Column(row.words, style=style))
        room = min(safe.cells(row.about), (width - _HEAD - 1) // 2)
        about = safe.Column(row.about, room, QUIET, right=True)
        return safe.columns(width, head, safe.Column(row.words, style=style), about)

    def _talk(self, row: Row, width: int) -> Content:
        return safe.columns(width - 1, *self._talk_columns(row))

    @staticmethod
    def _talk_columns(row: Row) -> list[safe.Column]:
        words = safe.Column(row.words, style=QUIET if row.old else "")
        return [
            safe.Column(row.day, _DAY, QUIET, right=True),
            safe.Column(row.arrow, _ARROW, "bold $primary"),
            safe.Column(row.way, WAY, QUIET),
            words,
        ]

    def _log_title(self, width: int) -> Content:
        talks = self._view.talks if self._view else 0
        return safe.text(safe.cut(f"log · {many(talks, 'talk')}", width), QUIET)
