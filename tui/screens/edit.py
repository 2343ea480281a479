"""The form of a person: every value in a row, changed one by one and kept as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import SuspendNotSupported
from textual.containers import Vertical
from textual.getters import app as the_app
from textual.screen import ModalScreen

from core.errors import VitalfewError
from core.rules import form
from tui import editor, outside, safe
from tui.actions import bindings
from tui.app import VitalfewApp
from tui.screens import edit_check, edit_rows
from tui.screens.edit_draft import HEADS, KEEP, MISSING, Line
from tui.theme import LOUD
from tui.widgets.ask import AskLine
from tui.widgets.choose import Choose
from tui.widgets.key_footer import KeyFooter
from tui.widgets.line_box import LineBox
from tui.widgets.row_list import Look, RowList
from tui.words import dotted, many

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from tui.screens.edit_draft import Draft


class EditScreen(ModalScreen[bool]):
    """The form; True if the changes of the draft are to be kept.

    Args:
        who: whose form it is.
        draft: the values, and where the changes go.
        region: the home country of numbers, or "".
    """

    context: ClassVar[str] = "edit"
    BINDINGS: ClassVar[list[BindingType]] = bindings("edit")
    CSS_PATH = "edit.tcss"
    app = the_app(VitalfewApp)

    def __init__(self, who: str, draft: Draft, region: str) -> None:
        super().__init__()
        self.leaving = False  # whether the program is to end once the form is closed
        self._who, self._draft, self._home = who, draft, region
        self._heads: frozenset[int | str] = frozenset()
        self._unread = ""
        self._top = safe.static(ident="edit--title")
        self._list: RowList[Line] = RowList(Look(self._line, sign_of=edit_rows.sign))

    def compose(self) -> ComposeResult:
        with Vertical():
            yield self._top
            yield self._list
            yield safe.static(edit_rows.HINT, ident="edit--hint")
        yield KeyFooter(self.context, self.app.keys, {"open": "change"})

    def on_mount(self) -> None:
        self._show()
        self._list.focus()

    def on_resize(self) -> None:
        self._show()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        line: Line = event.row
        if line.state == KEEP:
            self.action_keep()
        else:
            self.edit_line(line)

    @work(group="ask")
    async def edit_line(self, line: Line) -> None:
        """Ask for the value of a row, or for one more of a kind that is missing."""
        if line.state == MISSING:
            await self._add(line.kind)
        else:
            await self._change(line)

    @work(group="ask")
    async def action_add(self) -> None:
        """Ask what to add, and for its value."""
        kind = await self.app.push_screen_wait(Choose("add", edit_rows.additions()))
        if kind and (one := self._draft.one(kind)):
            self._list.go_to(one.key)
            await self._change(one)
        elif kind:
            await self._add(kind)

    def action_clear(self) -> None:
        """Clear the value at the cursor, or bring it back."""
        line = self._list.row
        if line is None or not isinstance(line.key, int):
            self.app.tell("there is no value to clear in this row")
            return
        self._draft.clear(line.key)
        self._show()

    def action_editor(self) -> None:
        """Open all values as text in the user's editor, and take what comes back."""
        values = self._draft.text()
        text = self._unread or form.text(self._who, values)
        try:
            with outside.away(self.app):
                self._unread = editor.edit_text(text, editor.folder(self.app.backend.book))
            edits = form.edits(self._unread, values)
        except SuspendNotSupported:
            self.app.tell("an editor cannot be opened from here: `vitalfew edit` opens it")
        except VitalfewError as error:
            again = " — E opens your text again" if self._unread else ""
            self.app.tell(f"{error.sentence}{again}", "error")
        else:
            self._unread = ""
            self._draft.take(edits)
            self._show()

    def action_keep(self) -> None:
        """Close and keep all changes."""
        self.dismiss(bool(self._draft.changes))

    @work(group="ask")
    async def action_cancel(self) -> None:
        """Close; ask first if there is something to keep."""
        keep: bool | None = False
        if self._unread and not await self.app.push_screen_wait(edit_rows.dropping()):
            keep = None
        if keep is not None and (count := self._draft.changes):
            asked = Choose(f"keep {many(count, 'change')}?", edit_rows.ENDINGS)
            keep = await self.app.push_screen_wait(asked)
        if keep is not None:
            self.dismiss(keep)

        else:
            self.leaving = False

    def holds_back(self) -> bool:
        """Whether the program must not end yet; asks what becomes of the changes."""
        if below := self.app.screen is not self:  # there, `is_current` is true as well
            self.app.tell("the form is still open: esc closes what lies over it")
        elif self._draft.changes or self._unread:
            self.leaving = True
            self.action_cancel()
        return below or self.leaving

    async def _change(self, line: Line) -> None:
        assert isinstance(line.key, int)  # noqa: S101 — only a missing row has another
        shown = edit_rows.one_line(line)
        if safe.cut(shown, LineBox.LONGEST) != shown:
            self.app.tell("this value has more than a line can show: E opens it in your editor")
            return
        value = await self._ask(line.kind, line.label, shown)
        if value is not None and value != shown:
            self._draft.change(line.key, value)
            self._show()

    async def _add(self, kind: str) -> None:
        label = await self._ask_label(kind)
        if label is None:
            return
        value = await self._ask(kind, label)
        if value is not None:
            key = self._draft.add(kind, label, value)
            self._show()
            self._list.go_to(key)

    async def _ask_label(self, kind: str) -> str | None:
        options = edit_rows.labels(kind)
        if len(options) > 1:
            label = await self.app.push_screen_wait(Choose(f"{HEADS[kind]}: which?", options))
        else:
            label = options[0].value if options else ""
        if label != edit_rows.ANOTHER:
            return label
        ask = AskLine(f"{HEADS[kind]}: its name", "one or two words", edit_check.label)
        return await self.app.push_screen_wait(ask)

    async def _ask(self, kind: str, label: str, value: str = "") -> str | None:
        read = edit_check.reader(kind, label, self._home, self.app.backend.clock.today())
        hint = edit_check.HINTS.get(kind, "")
        title = dotted(HEADS.get(kind, kind), label)
        return await self.app.push_screen_wait(AskLine(title, hint, read, value))

    def _show(self) -> None:
        lines = self._draft.lines()
        self._heads = edit_rows.heads(lines)
        self._list.load([*lines, edit_rows.keep_row(self._draft.changes)])
        changes = self._draft.changes
        told = (f"  {many(changes, 'change')}, not kept yet", LOUD) if changes else ""
        safe.show(self._top, ("edit  ", "bold $primary"), (self._who, "bold"), told)

    def _line(self, line: Line, width: int) -> Content:
        return edit_rows.row(line, width, head=line.key in self._heads)
