"""The card before contact: what to know, the ways in full, and afterwards what became of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.containers import Container, Vertical

from core.queries import contact as contact_query
from core.rules import opt_outs, ways
from tui import safe
from tui.screens import contact_words
from tui.screens.contact_deeds import ContactDeeds
from tui.screens.contact_stage import Stage, StageLine, offered
from tui.widgets.row_list import Look, RowList
from tui.widgets.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content
    from textual.widget import Widget

    from core.rules.ways import Way

_MOST_WAYS: Final = 5
_LEAST, _BESIDES = 4, 10
"""Lines of the card at least; and those of the window that it does not have."""
_MOST_LINES: Final = 6
"""Lines of one talk, where there is room."""


class ContactScreen(ContactDeeds):
    """One person, from knowing what to say to knowing what comes next.

    Nothing is written before it is said that there was a talk, so that whoever leaves, at any
    stage, leaves nothing half done.

    Args:
        person: whom to contact.
        tab: the screen of the header that the card belongs to.
    """

    context: ClassVar[str] = "contact"
    CSS_PATH = "contact.tcss"

    def __init__(self, person: int, tab: str) -> None:
        super().__init__()
        self.tab = tab  # type: ignore[misc]  # of this card alone
        self._person = person
        # Kept by name, as a reading may end when the screen has lost its children already.
        self._told, self._said = Told(self._card, "told"), Told(self._newest, "said")
        self._ways: RowList[Way] = RowList(Look(contact_words.way, key_of=_itself), "ways")
        self._line = StageLine()

    def body(self) -> Iterable[Widget]:
        with Container(id="panes"):
            with Vertical(id="left"):
                yield from (self._told, self._ways, self._line)
            yield self._said

    async def load(self) -> None:
        """Read the person; leave if there is no such person any more."""
        today = self.app.backend.clock.today()
        query = partial(contact_query.contact, person=self._person, today=today)
        if found := await self.app.backend.read(query):
            self.take(found)
        else:
            self.app.tell("this person is not in the book any more")
            self.leave()

    def chosen(self) -> Way | None:
        """The way at the cursor."""
        return self._ways.row

    def at_hand(self) -> tuple[str, str]:
        """The address, number or name at the cursor, and its page."""
        way = self.chosen()
        if way is None:
            return "", ""
        return way.value, way.target if way.target.startswith("http") else ""

    @on(RowList.Chosen)
    def action_go(self) -> None:
        """Open the way at the cursor; then it was sent; then the next day stands."""
        way = self.chosen()
        if self.contact is None or self.deaf:
            return
        if self.stage is Stage.DONE:
            self.leave()
        elif way is not None and self.stage is Stage.BEGUN:
            self.log_by(way)
        elif way is not None and self.only_unveiled():
            self.begin(way)

    def action_way(self, step: int) -> None:
        """Go to another way, and round."""
        if count := len(self._ways.rows):
            self._ways.cursor = (self._ways.cursor + step) % count

    @on(RowList.Highlighted)
    def other_way(self) -> None:
        """Another way was not begun yet."""
        if self.stage is Stage.BEGUN:
            self.go_to(Stage.BEFORE)
        else:
            self._say()

    def action_cancel(self) -> None:
        """Not yet; before anything was begun, and after all is done, close the card."""
        if self.stage is Stage.BEGUN:
            self.go_to(Stage.BEFORE)
        else:
            self.leave()

    def forget(self) -> None:
        """Let go of the real words, or of the stand-ins."""
        self.contact = None
        self._ways.load(())

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        if self.contact is None:
            return
        view = self.contact.view
        rows = ways.ways(view.facts, view.never, self.contact.channel)
        never = view.never == opt_outs.EVERY
        self._ways.empty = contact_words.NEVER if never else contact_words.NO_WAY
        self._ways.load(rows)
        self._ways.styles.height = max(1, min(len(rows), _MOST_WAYS))
        self.set_focus(self._ways if rows else None)  # an empty list would keep enter to itself
        lines = self._card(self._told.size.width).plain.count("\n") + 1
        self._told.styles.height = min(lines, max(_LEAST, self.size.height - len(rows) - _BESIDES))
        self._told.refresh()
        self._said.refresh()
        self.without_keys(*([] if self.contact.owed else ["settle"]))
        self._say()

    def _say(self) -> None:
        """Say what the keys do now."""
        if self.contact is not None:
            today, several = self.app.backend.clock.today(), len(self._ways.rows) > 1
            keys = offered(self.stage, self.contact, self.chosen(), several, today)
            self._line.say(keys, self.app.keys)

    def _card(self, width: int) -> Content:
        if self.contact is None:
            return safe.line()
        backend = self.app.backend
        now, today = backend.clock.now(), backend.clock.today()
        title = contact_words.title(self.contact, width)
        return safe.join([title, *contact_words.card(self.contact, now, today, width)])

    def _newest(self, width: int) -> Content:
        if self.contact is None:
            return safe.line()
        today, most = self.app.backend.clock.today(), 1 if self.narrow else _MOST_LINES
        return safe.join(contact_words.talks(self.contact, today, width, most))


def _itself(way: Way) -> Way:
    return way
