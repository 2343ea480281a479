"""All that was said, newest first, and finding it again."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.containers import Horizontal

from core.queries import talks
from core.queries.counts import changed_elsewhere
from tui import safe
from tui.screens import log_words
from tui.screens.log_thread import LogThreadScreen, ThreadList, conversation
from tui.screens.over_talks import OverTalks
from tui.theme import QUIET
from tui.widgets.row_list import Look, RowList
from tui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content
    from textual.widget import Widget

    from core.queries.talks import Hit

_FIRST: Final = 200  # read at once; more come as the cursor nears their end
_PAGE, _NEAR, _REST = 1_000, 150, 0.06
_FOR_A_TALK: Final = ("open", "thread", "person", "copy")


class LogScreen(OverTalks):
    """The talks; beside them, where there is room, the one at the cursor in its conversation."""

    context: ClassVar[str] = "log"
    CSS_PATH = "log.tcss"
    _version = -1

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._any = self._more = self._paging = False
        # Kept by name, as a reading may end when the screen has lost its children already.
        look = Look[talks.Hit](self._line, header=log_words.header, empty="reading the book…")
        self._list: RowList[Hit] = RowList(look, "talks")
        self._said, self._box = ThreadList("said"), SearchBox(log_words.HINT)
        self._hint = safe.static((f" / {log_words.HINT}", QUIET), ident="log--hint")
        self._count = safe.static(ident="log--count")

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="log--find"):
            yield from (self._box, self._hint, self._count)
        with Horizontal(id="log--panes"):
            yield from (self._list, self._said)

    async def load(self) -> None:
        """Read what is found, as far as it was walked through."""
        version = await self.app.backend.read(changed_elsewhere)
        if version != self._version:
            self.workers.cancel_group(self, "search")
            await self._search(self._list.cursor + _FIRST)
            self._version = version
            self.count_strangers()
        self._show_thread()

    def forget(self) -> None:
        self._version = -1
        self._said.show((None, ()), None, self.today)

    def talk(self) -> int:
        if self._said.has_focus and (bit := self._said.row):
            return bit.talk
        return self._list.row.id if self._list.row else 0

    def people(self) -> tuple[tuple[int, str], ...]:
        if self._said.has_focus:
            return self._said.people
        return self._list.row.people if self._list.row else ()

    async def _search(self, limit: int, *, top: bool = False) -> None:
        text = self._text
        hits = await self._ask(text, limit + 1)  # one more, to learn whether there are more
        if text == self._text:  # else other words were typed meanwhile, and are read by now
            if not text.strip():
                self._any = bool(hits)
            self._take(hits[:limit], more=len(hits) > limit, top=top)

    async def _ask(self, text: str, limit: int, skip: int = 0) -> list[Hit]:
        query = partial(talks.search, text=text, today=self.today, limit=limit, skip=skip)
        return await self.app.backend.read(query)

    @work(exclusive=True, group="search")
    async def _find(self) -> None:
        """Read what other words find; the newest reading wins."""
        await self._search(_FIRST, top=True)

    @work(exclusive=True, group="search")
    async def _next_page(self) -> None:
        self._paging, hits = True, self._list.rows
        try:
            page = await self._ask(self._text, _PAGE + 1, len(hits))
            self._take([*hits, *page[:_PAGE]], more=len(page) > _PAGE)
        finally:
            self._paging = False

    def _take(self, hits: Sequence[Hit], *, more: bool, top: bool = False) -> None:
        self._more = more
        self._list.empty = log_words.nothing(self._text if self._any else "")
        self._list.load(hits, top=top)
        self.tell_count()

    def tell_count(self) -> None:
        found = log_words.count(len(self._list.rows), self.strangers, more=self._more)
        safe.show(self._count, found, " ")
        self.without_keys(*self.strange, *(() if self._list.rows else _FOR_A_TALK))
        self._hint.display = not self._box.display

    @on(SearchBox.Changed)
    def find(self, event: SearchBox.Changed) -> None:
        """Find other words."""
        self._text = event.text
        self._find()

    @on(SearchBox.Cleared)
    def show_all(self) -> None:
        """Show all talks again."""
        self._text = ""
        self._find()
        self.back_to_list()

    @on(SearchBox.Done)
    def back_to_list(self) -> None:
        """Let the list have the keys."""
        self._list.focus()
        self.tell_count()

    @on(RowList.Highlighted, "#talks")
    def _moved(self) -> None:
        if self._more and not self._paging and self._list.cursor > len(self._list.rows) - _NEAR:
            self._next_page()
        self._show_thread()

    def _show_thread(self) -> None:
        if not self.narrow:
            self._read_thread(self._list.row)

    @work(exclusive=True, group="thread")
    async def _read_thread(self, hit: Hit | None) -> None:
        await asyncio.sleep(_REST)  # while a key is held down nobody reads a conversation
        read = await self.app.backend.read(partial(conversation, talk=hit.id if hit else 0))
        self._said.show(read, self.wanted(self._text), self.today)

    def on_resize(self) -> None:
        if self.narrow and self._said.has_focus:
            self._list.focus()
        self._show_thread()

    @on(RowList.Chosen, "#talks")
    def open_thread(self) -> None:
        """Go into the conversation, beside the list or in its place."""
        if not self.narrow:
            self._said.focus()
        elif talk := self.talk():
            self.app.push_screen(LogThreadScreen(talk, self._text, self._step))

    @on(RowList.Chosen, "#said")
    def _open_who_said_it(self) -> None:
        self.action_person()

    def action_thread(self) -> None:
        if self._said.has_focus:
            self._list.focus()
        else:
            self.open_thread()

    def action_find(self) -> None:
        self._box.open()
        self.tell_count()

    def action_find_next(self, way: int) -> None:
        self._step(way)

    def _step(self, way: int) -> int:
        count = len(self._list.rows)
        at = self._list.cursor + way
        self._list.cursor = at if self._more or not count else at % count
        return self._list.row.id if self._list.row else 0

    def action_cancel(self) -> None:
        if self._said.has_focus:
            self._list.focus()
        elif self._text or self._box.display:
            self._box.clear()

    def _line(self, hit: Hit, width: int) -> Content:
        return log_words.row(hit, width, self.today, marked=not self.app.backend.veiled)
