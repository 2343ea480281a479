"""A talk among those it belongs to: a list line by line, and the screen of it in small windows."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on

from core.queries import thread
from tui.screens import log_said
from tui.screens.log_said import Bit
from tui.screens.over_talks import OverTalks
from tui.widgets.row_list import Look, RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.content import Content
    from textual.widget import Widget

    from core.queries.thread import Said, ThreadHead
    from core.rules.talk_search import Wanted
    from core.storage.driver import Connection

_BESIDE: Final = 60
"""Talks of a conversation that are read before the one that was found, and after it."""
_MOST: Final = 9


def conversation(connection: Connection, talk: int) -> tuple[ThreadHead | None, tuple[Said, ...]]:
    """What is shown of a talk: what its conversation is, and what was said in it."""
    said = thread.around(connection, talk, _BESIDE, _BESIDE)
    return thread.head(connection, talk), tuple(said)


class ThreadList(RowList[Bit]):
    """A conversation, oldest first; the talk that was found has a sign, and the cursor at first.

    Args:
        ident: the widget's id.
    """

    def __init__(self, ident: str | None = None) -> None:
        self._wanted: Wanted | None = None
        self._title: ThreadHead | None = None
        self._said: Sequence[Said] = ()
        self._today = date.min
        self._laid_out_in = 0
        sign = "•"
        look = Look[Bit](
            lambda one, _width: log_said.bit(one, self._wanted),
            sign_of=lambda one: sign if one.found and one.first else "",
            header=self._headed,
        )
        super().__init__(look, ident)

    @property
    def people(self) -> tuple[tuple[int, str], ...]:
        """Who said what the cursor stands on, else who took part in what was found."""
        row = self.row
        if row and row.person:
            who = next((one.who for one in self._said if one.id == row.talk), "")
            return ((row.person, who),)
        return self._title.people if self._title else ()

    def show(
        self,
        read: tuple[ThreadHead | None, Sequence[Said]],
        wanted: Wanted | None,
        today: date,
    ) -> None:
        """Show a conversation; the cursor stays where it stood in the same one."""
        old = self._title.id if self._title else 0
        self._title, self._said = read
        self._wanted, self._today = wanted, today
        self._lay_out(seek=self._title is not None and self._title.id != old)

    def on_resize(self) -> None:
        if self._laid_out_in != self.size.width:  # else only its length is another
            self._lay_out(seek=True)

    def _lay_out(self, *, seek: bool) -> None:
        found = self._title.id if self._title else 0
        self._laid_out_in = self.size.width
        room = self._laid_out_in - self._look.gutter - 2
        bits = log_said.bits(self._said, found, self._today, room)
        self.load(bits)
        if seek and (at := next((bit.key for bit in bits if bit.found), -1)) >= 0:
            self.cursor = at
            self.scroll_to(y=at - self.size.height // 3, animate=False, force=True)

    def _headed(self, width: int) -> Content:
        return log_said.title(self._title, width - 1)


class LogThreadScreen(OverTalks):
    """A talk in its conversation; `q` comes back to what was found.

    Args:
        talk: the id of the talk.
        text: what was searched for.
        step: goes to the next (1) or the one before (-1) that was found, and tells its id.
    """

    context: ClassVar[str] = "thread"
    tab: ClassVar[str] = "log"
    CSS_PATH = "log.tcss"

    def __init__(self, talk: int, text: str, step: Callable[[int], int]) -> None:
        super().__init__()
        self._talk, self._text, self._step = talk, text, step
        # Kept by name, as a reading may end when the screen has lost its children already.
        self._list = ThreadList("said")

    def body(self) -> Iterable[Widget]:
        yield self._list

    async def load(self) -> None:
        """Read the conversation; leave if there is no such talk any more."""
        read = await self.app.backend.read(partial(conversation, talk=self._talk))
        if read[0] is None:
            self.app.tell("this talk is not in the book any more")
            if self.is_current:
                self.app.call_later(self.app.pop_screen)  # which waits for this worker to end
            return
        self._list.show(read, self.wanted(self._text), self.today)

    def talk(self) -> int:
        return self._list.row.talk if self._list.row else 0

    def people(self) -> tuple[tuple[int, str], ...]:
        return self._list.people

    def action_find_next(self, way: int) -> None:
        """Show the next of those that were found."""
        self._talk = self._step(way) or self._talk
        self.reload()

    @on(RowList.Chosen)
    def choose(self) -> None:
        """Open the person."""
        self.action_person()
