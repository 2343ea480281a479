"""Whom you talk with and who is not in your book: made a person, joined to one, or left out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work

from core.commands.know_ghost import AddGhosts, KnowGhost, LeaveGhost
from core.queries import ghosts, people
from tui import safe
from tui.screens import ghost_words
from tui.screens.book_screen import BookScreen
from tui.widgets.choose_person import ChoosePerson
from tui.widgets.key_footer import KeyFooter
from tui.widgets.row_list import Look, RowList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from textual.content import Content
    from textual.widget import Widget

    from core.queries.ghosts import Ghost
    from core.queries.people import PersonLine
    from core.storage.driver import Connection
    from core.work import Command

_NEAR: Final = 5
_FOUND: Final = 20
_FOR_A_GHOST: Final = ("somebody I have", "make a person", "leave out", "mark", "talks")


class GhostsScreen(BookScreen):
    """The list of them; what becomes of one is a step that `u` takes back."""

    context: ClassVar[str] = "ghosts"
    tab: ClassVar[str] = "log"
    CSS_PATH = "ghosts.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._total = 0
        # Kept by name, as a reading may end when the screen has lost its children already.
        look = Look[ghosts.Ghost](self._line, header=ghost_words.header, empty=ghost_words.READING)
        self._list: RowList[Ghost] = RowList(look, "ghosts")
        self._told, self._about = safe.static(ident="told"), safe.static(ident="about")

    def body(self) -> Iterable[Widget]:
        yield from (self._told, self._list, self._about)

    def on_mount(self) -> None:
        self._list.focus()

    async def load(self) -> None:
        """Read who is not in the book by now."""
        found, self._total = await self.app.backend.read(_read)
        self._list.empty = ghost_words.EMPTY
        self._list.load(found)
        there = {one.identities for one in found}
        self._list.marks = frozenset(mark for mark in self._list.marks if mark in there)
        words = {"open": "somebody I have"} if found else dict.fromkeys((*_FOR_A_GHOST, "open"), "")
        self.query_one(KeyFooter).words = words
        self._tell()

    @property
    def _meant(self) -> list[tuple[int, ...]]:
        """The identities of those who are marked, else of the one at the cursor."""
        marked = [one.identities for one in self._list.rows if one.identities in self._list.marks]
        row = self._list.row
        return marked or ([row.identities] if row else [])

    async def _settle(self, command: Command) -> None:
        if await self.write(command):
            self._list.marks = frozenset()

    @work(group="ask")
    async def action_add(self) -> None:
        """Make a person of each who is meant."""
        if meant := self._meant:
            await self._settle(AddGhosts(tuple(meant)))

    @work(group="ask")
    async def action_leave(self) -> None:
        """Keep those who are meant out of the book for good."""
        if meant := self._meant:
            await self._settle(LeaveGhost(tuple(one for each in meant for one in each)))

    @on(RowList.Chosen)
    def choose(self) -> None:
        """Say that those who are meant are somebody in the book."""
        self.ask_who()

    @work(group="ask")
    async def ask_who(self) -> None:
        """Ask who in the book it is."""
        meant, row = self._meant, self._list.row
        if not meant or row is None:
            return
        several = len(meant) > 1
        name = f"these {len(meant):,}" if several else ghost_words.name(row)
        likely = () if several else await self._likely(row)
        title = f"who in your book is {safe.cut(name, 40)}?"
        person = await self.app.push_screen_wait(ChoosePerson(title, self._find, likely))
        if person is not None:
            await self._settle(KnowGhost(tuple(one for each in meant for one in each), person))

    async def _likely(self, ghost: Ghost) -> Sequence[PersonLine]:
        """People of the same name, and then those whose names are near."""
        same = [person for person, _name in ghost.perhaps]
        found = await self.app.backend.read(partial(people.by_ids, ids=same))
        if ghost.name and not self.app.backend.veiled:  # a stand-in is near to nobody
            near = partial(people.resembling, words=ghost.name, limit=_NEAR)
            found += [one for one in await self.app.backend.read(near) if one.id not in same]
        return found

    async def _find(self, text: str) -> Sequence[PersonLine]:
        return await self.app.backend.read(partial(_found, words=text))

    def action_mark(self) -> None:
        self._list.toggle_mark()
        self._tell()

    def action_said(self) -> None:
        """Open the newest talk in its conversation."""
        from tui.screens.log_thread import LogThreadScreen

        if row := self._list.row:
            self.app.push_screen(LogThreadScreen(row.talk, "", self._step))

    def _step(self, way: int) -> int:
        """The newest talk with the next of them, or the one before."""
        self._list.cursor += way
        return self._list.row.talk if self._list.row else 0

    def action_cancel(self) -> None:
        """Take the marks away."""
        self._list.marks = frozenset()
        self._tell()

    @on(RowList.Highlighted)
    def _tell_about(self) -> None:
        safe.show(self._about, ghost_words.about(self._list.row, self._today))
        self._about.display = self._list.row is not None

    def _tell(self) -> None:
        listed = len(self._list.rows)
        safe.show(self._told, ghost_words.told(self._total, listed, len(self._list.marks)))
        self._tell_about()

    @property
    def _today(self) -> date:
        return self.app.backend.clock.today()

    def _line(self, ghost: Ghost, width: int) -> Content:
        return ghost_words.row(ghost, width, self._today)


def _read(connection: Connection) -> tuple[list[Ghost], int]:
    """Those you talk with most, and how many there are in all."""
    found = ghosts.ghosts(connection)
    return found, max(len(found), ghosts.ghost_count(connection))


def _found(connection: Connection, words: str) -> list[PersonLine]:
    """Who answers to what is typed, then who is near."""
    found = people.containing(connection, words, _FOUND)
    there = {one.id for one in found}
    if len(found) < _NEAR:
        near = people.resembling(connection, words, _NEAR)
        found += [one for one in near if one.id not in there]
    return found
