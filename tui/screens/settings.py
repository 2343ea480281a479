"""What can be chosen: the day's list, cadences, home, mailer, colours, weights."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.containers import Container

from core.commands.set_home import SetHome, SetRegion
from core.errors import VitalfewError
from core.queries import home
from core.queries.counts import counts
from core.settings_list import CITY, COUNTRY, IN_THE_BOOK, KEYS, MAILER, THEME
from tui import safe, theme
from tui.backend import IMPORTING
from tui.screens import settings_asked, settings_words
from tui.screens.book_screen import BookScreen
from tui.widgets.ask import AskLine
from tui.widgets.choose import Choose, Option
from tui.widgets.row_list import Look, RowList
from tui.widgets.section_list import SectionList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    from core.queries.counts import Counts
    from core.settings_file import Change, Value
    from core.settings_list import Item
    from tui.screens.settings_words import Row

_LETTERS: Final = "123456789abcdefhilmnopqrstuvwxyz"  # without those that move the cursor


class SettingsScreen(BookScreen):
    """Every choice with what it does; enter changes it, and it holds at once.

    The file of the settings is no part of the journal, so the screen keeps what it changed, as
    long as the program runs: ``u`` takes back the last of these.
    """

    context: ClassVar[str] = "settings"
    CSS_PATH = "settings.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._changed: list[int | tuple[Item, Value | None]] = []
        self._counts: Counts | None = None
        self._home = home.Home("", "")
        look: Look[Row] = Look(
            settings_words.line,
            sign_of=lambda row: "•" if row.own else "",
            header=settings_words.header,
        )
        self._list = SectionList(look, lambda row: row.item is None, "choices")
        self._told, self._beside = safe.static(ident="told"), safe.static(ident="about")

    def body(self) -> Iterable[Widget]:
        yield self._told
        with Container(id="panes"):
            yield from (self._list, self._beside)

    def on_mount(self) -> None:
        self._footer.words = {"open": "change"}
        self._list.focus()

    async def load(self) -> None:
        read = self.app.backend.read
        self._counts, self._home = await read(counts), await read(home.home)
        self._paint()

    def _paint(self) -> None:
        backend = self.app.backend
        shown = settings_words.rows(backend.settings, self._home, veiled=backend.veiled)
        self._list.load(shown)
        if self._counts is not None:
            safe.show(self._told, settings_words.told(backend.settings, self._counts))
        self.tell_more()

    @on(RowList.Highlighted)
    def tell_more(self) -> None:
        """Say beside the list all about the row at the cursor."""
        path = str(self.app.settings_file.path).replace(str(Path.home()), "~", 1)
        where = "" if self.app.sample else path
        safe.show(self._beside, settings_words.beside(self._list.row, where))

    @on(RowList.Chosen)
    def choose(self, event: RowList.Chosen) -> None:
        """Change the row."""
        self.change(event.row)

    @work(group="ask")
    async def change(self, row: Row) -> None:
        """Ask for another value, until it can be kept."""
        item = row.item
        if item is None or not self._may_change(item):
            return
        if item == KEYS:
            self.app.tell(f"keys are typed into {self.app.settings_file.path.name}, under [keys]")
            return
        value = await self._asked(item, row)
        if value is not None and value != row.value:
            await self._choose(item, value)

    def _may_change(self, item: Item) -> bool:
        """Whether a choice can be changed under the veil, if there is one: says so if not."""
        return item not in {CITY, COUNTRY, MAILER} or self.only_unveiled()

    async def _asked(self, item: Item, row: Row) -> Value | None:
        if item == THEME:
            names = zip(_LETTERS, settings_asked.themes(self.app.available_themes), strict=False)
            options = [Option(letter, name, name) for letter, name in names]
            return await self.app.push_screen_wait(Choose("theme", options, self.app.theme))
        assert self._counts is not None  # noqa: S101 — the rows were read with them
        parse = partial(
            settings_asked.typed,
            item=item,
            settings=self.app.backend.settings,
            counts=self._counts,
        )
        title, how = f"{item.title}: now {row.now}", settings_asked.hint(item)
        ask = AskLine(title, how, parse, settings_asked.start(row))
        return await self.app.push_screen_wait(ask)

    def action_usual(self) -> None:
        """Have the row at the cursor be as usual again."""
        row = self._list.row
        if row is None or row.item is None or row.item == KEYS or not self._may_change(row.item):
            return
        if not row.own:
            self.app.tell(f"{row.item.title} is as usual already")
        else:
            self.run_worker(self._choose(row.item, None), group="ask")

    def action_take_back(self) -> None:
        """Take back what was changed here last; nothing was: the newest step of the book."""
        if self._changed:
            self._take_back(self._changed.pop())
        else:
            super().action_take_back()

    @work(group="journal")
    async def _take_back(self, last: int | tuple[Item, Value | None]) -> None:
        if isinstance(last, int):
            await self.app.take_back(last)
        elif change := await self._write_file(*last):
            self._tell(last[0], change, "took back: ")

    async def _choose(self, item: Item, value: Value | None) -> None:
        """Have a value hold, None for the usual one, and say how it is taken back."""
        if item in IN_THE_BOOK:
            word = str(value or "")
            done = await self.write(SetHome(word) if item == CITY else SetRegion(word))
            if done and done.command_id:
                self._changed.append(done.command_id)
        elif change := await self._write_file(item, value):
            self._changed.append((item, change.before))
            self._tell(item, change, "", " — u takes it back")

    async def _write_file(self, item: Item, value: Value | None) -> Change | None:
        """Write the file and go by it; the sentence is shown if that cannot be."""
        app, backend = self.app, self.app.backend
        if backend.importing:
            app.tell(IMPORTING, "error")
            return None
        try:
            changed = partial(app.settings_file.change, item.table, item.key, value)
            change = await backend.aside(changed)
            theme.install(app, change.settings.theme)
            await backend.follow(change.settings, self._progress())
        except VitalfewError as error:
            app.tell(error.sentence, "error")
            return None
        finally:
            self.reload()
        return change

    def _tell(self, item: Item, change: Change, before: str, after: str = "") -> None:
        now = settings_words.held(item, change.settings)
        self.app.tell(f"{before}{item.title}: {now}{after}")

    def _progress(self) -> Callable[[int], None]:
        """Says at the top, from another thread, how many people were told anew."""
        loop = asyncio.get_running_loop()
        people = self._counts.people if self._counts else 0

        def say(done: int) -> None:
            loop.call_soon_threadsafe(
                safe.show, self._told, f" {done:,} of {people:,} people follow the change"
            )

        return say
