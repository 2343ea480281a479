"""The log of a person's page: read page by page, one channel of it if wanted, talks that open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on, work

from core.queries import timeline
from core.queries.counts import changed_elsewhere
from tui.actions import BY_ID, key_name, keys_of
from tui.screens import person_log_page
from tui.screens.by_hand import ByHand
from tui.screens.log_thread import LogThreadScreen
from tui.screens.over_talks import NO_WORDS, words_of
from tui.screens.person_log_page import Page, page
from tui.widgets.choose import Choose
from tui.widgets.row_list import RowList
from tui.widgets.timeline import Timeline, TimeRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.timeline import ChannelTalks, TimeLine

_FIRST: Final = 200
"""Talks that are read at once; more come as the cursor nears their end."""
_NEWEST: Final = 10
_PAGE: Final = 1_000
_ALL: Final = 1 << 40
_NEAR: Final = 150


class PersonLog(ByHand):
    """A screen with the log of one person.

    Args:
        person_id: the person.
    """

    def __init__(self, person_id: int) -> None:
        super().__init__()
        self._person = person_id
        self._talks = self._loaded = 0
        self._only = ""
        self._counted: Sequence[ChannelTalks] = ()
        self._more = False
        self._paging: object = None
        self.newest: tuple[TimeLine, ...] = ()
        self._seen = (-1, 0, "")
        # Kept by name, as a reading may end when the screen has lost its children already.
        self._log = Timeline("log")
        self._log.empty = "reading the log…"

    def forget(self) -> None:
        self._seen, self.newest = (-1, 0, ""), ()

    async def read_log(self, talks: int) -> None:
        """Read the log as far as it was walked through.

        Args:
            talks: how many there are.
        """
        self._talks = talks
        seen = (await self.app.backend.read(changed_elsewhere), self._person, self._only)
        if seen != self._seen:
            self.workers.cancel_group(self, "log")
            await self._read(self._log.cursor + _FIRST)
            self._seen = seen

    async def _read(self, limit: int, *, top: bool = False) -> None:
        read, only = self.app.backend.read, self._only
        if only:
            self._counted = await read(partial(timeline.channels, person=self._person))
        part = await read(partial(page, person=self._person, channel=only, limit=limit))
        if only == self._only:  # else another one was chosen meanwhile, and is read by now
            self._loaded = 0
            self._take((), part, top=top)

    def _take(self, above: Sequence[TimeRow], part: Page, *, top: bool = False) -> None:
        self._loaded, self._more = self._loaded + part.talks, part.more
        self._log.empty = person_log_page.empty(self._only)
        self._log.heading = person_log_page.title(self._talks, self._only, self._counted)
        self._log.hint = self._hint()
        if not self._only and not above:
            self.newest = tuple(row.talk for row in part.rows[:_NEWEST] if not row.head)
        self._log.show([*above, *part.rows], self.app.backend.clock.today(), top=top)

    def _hint(self) -> str:
        if self._only:
            return "esc shows all"
        key = key_name(keys_of(BY_ID["person.channel"], self.app.keys)[0])
        return f"{key} one channel" if self._talks else ""

    @work(exclusive=True, group="log")
    async def _next_page(self, limit: int = _PAGE, *, to_end: bool = False) -> None:
        self._paging = mine = object()
        above, at = self._log.rows, self._log.cursor
        query = partial(page, person=self._person, channel=self._only)
        try:
            part = await self.app.backend.read(partial(query, limit=limit, skip=self._loaded))
            if self._log.rows is above:  # else all was read anew meanwhile
                self._take(above, part)
            if to_end and self._log.cursor == at:
                self._log.cursor = len(self._log.rows)
        finally:
            if self._paging is mine:  # else another one reads
                self._paging = None

    @on(RowList.Highlighted, "#log")
    def _moved(self) -> None:
        if self._more and not self._paging and self._log.cursor > len(self._log.rows) - _NEAR:
            self._next_page()

    @on(Timeline.End, "#log")
    def _to_the_end(self) -> None:
        if self._more:
            self._log.heading = "log · reading all of it…"
            self._log.refresh()
            self._next_page(_ALL, to_end=True)

    @on(RowList.Chosen, "#log")
    def _open_talk(self) -> None:
        self.app.push_screen(LogThreadScreen(self._log.talk, "", self._step))

    def _step(self, way: int) -> int:
        self._log.cursor += way
        return self._log.talk

    def show_log(self) -> None:
        """Let the log have the keys."""
        self.add_class("-log")
        self._log.focus()

    @work(group="ask")
    async def action_channel(self) -> None:
        """Ask which channel to show alone."""
        counted = await self.app.backend.read(partial(timeline.channels, person=self._person))
        if not counted:
            self.app.tell("no talk in the log yet")
            return
        options = person_log_page.choices(counted)
        chosen = await self.app.push_screen_wait(Choose("show the talks by", options, self._only))
        if chosen is not None:
            self._only = chosen
            self.show_log()
            self._read_anew()

    def action_cancel(self) -> None:
        """Show all channels again."""
        if self._only:
            self._only = ""
            self._read_anew()

    @work(exclusive=True, group="log")
    async def _read_anew(self) -> None:
        await self._read(_FIRST, top=True)
        self._seen = (self._seen[0], self._person, self._only)

    @work(group="ask")
    async def action_copy(self) -> None:
        """Copy what was said in the talk at the cursor, else what the facts hold."""
        if not self._log.has_focus or not self._log.talk:
            super().action_copy()
        elif self.only_unveiled():
            if said := await words_of(self.app, self._log.talk):
                self._copy(said)
            else:
                self.app.tell(NO_WORDS)
