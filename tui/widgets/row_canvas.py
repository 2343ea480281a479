"""The painted half of the row list: rows, marks, header and scrolling, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic

from textual.cache import LRUCache
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from tui import safe
from tui.widgets.row_look import Look, Row

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from textual.strip import Strip


class RowCanvas(ScrollView, Generic[Row], inherit_bindings=False):
    """Rows of which only those in sight are ever made; `RowList` adds keys and mouse."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--header",
        "row-list--empty",
        "row-list--row",
        "row-list--cursor",
    }
    DEFAULT_CSS = """
    RowCanvas {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .row-list--header { color: $quiet; text-style: underline; }
        & > .row-list--empty { color: $quiet; }
        & > .row-list--cursor { background: $cursor-row-blurred; }
        &:focus > .row-list--cursor { background: $cursor-row; text-style: bold; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """Index of the row the keys act on; 0 in an empty list."""

    BLURRED_CURSOR: ClassVar[bool] = True
    """Whether the cursor is to be seen while the keys go elsewhere."""

    def __init__(self, look: Look[Row], ident: str | None = None) -> None:
        super().__init__(id=ident)
        self._look = look
        self._header = look.header
        self._empty = look.empty
        self._rows: Sequence[Row] = ()
        self._marks: frozenset[Hashable] = frozenset()
        self._clicked: Hashable = object()
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(512)

    @property
    def empty(self) -> str:
        """What the list says while it has no rows."""
        return self._empty

    @empty.setter
    def empty(self, words: str) -> None:
        self._empty = words
        self.refresh()

    def index_at(self, y: int) -> int:
        """Which row is on a line of the widget, counted from its upper edge; -1 for none."""
        above = self.gutter.top + self._top
        index = y - above + self.scroll_offset.y
        return index if y >= above and index < len(self._rows) else -1

    def repaint_rows(self) -> None:
        """Forget what was painted: rows look different though their keys are the same."""
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if self._header and y == 0:
            words = safe.line(" " * self._look.gutter, self._header(self._room))
            return safe.strip(words, width, self.get_visual_style("row-list--header"))
        index = self.scroll_offset.y + y - self._top
        if index < len(self._rows):
            return self._row_strip(index, width)
        if not self._rows and index < len(said := self._empty.split("\n")):
            base = self.get_visual_style("row-list--empty")
            words = safe.line(" " * self._look.gutter, safe.cut(said[index], self._room))
            return safe.strip(words, width, base)
        return safe.blank(width, self.visual_style)

    @property
    def _top(self) -> int:
        return 1 if self._header else 0

    @property
    def _room(self) -> int:
        return max(0, self.scrollable_content_region.width - self._look.gutter)

    def _row_strip(self, index: int, width: int) -> Strip:
        row = self._rows[index]
        key = self._look.key_of(row)
        here = index == self.cursor and (self.has_focus or self.BLURRED_CURSOR)
        marked = key in self._marks
        name = (key, here, marked, width, self.has_focus)
        if (strip := self._strips.get(name)) is None:
            base = self.get_visual_style("row-list--cursor" if here else "row-list--row")
            sign = self._signs("▸" if here else "", "●" if marked else "", self._look.sign_of(row))
            words = safe.line((sign, "bold $accent"), self._look.render(row, self._room))
            strip = self._strips[name] = safe.strip(words, width, base)
        return strip

    def _key(self, index: int) -> Hashable:
        return self._look.key_of(self._rows[index])

    def _signs(self, cursor: str, mark: str, own: str) -> str:
        if self._look.gutter < 3:  # noqa: PLR2004 - one cell for a sign and one to stand off
            return safe.pad(own or cursor or mark, self._look.gutter)
        left, right = (mark or own, cursor) if cursor else (mark, own)
        return safe.pad(left, 1) + safe.pad(right, 1) + " " * (self._look.gutter - 2)

    def _resized(self) -> None:
        size = Size(0, len(self._rows) + self._top)
        overflows = size.height > self.scrollable_content_region.height
        if not self.is_attached or overflows != self.show_vertical_scrollbar:
            self.virtual_size = size
            return
        # The bar neither comes nor goes: only its length changes, and to lay the whole screen out
        # again for that would cost 13 ms a key.
        self.set_reactive(RowCanvas.virtual_size, size)
        if overflows:
            self.vertical_scrollbar.window_virtual_size = size.height
        self.refresh()

    def _follow(self) -> None:
        """Scroll, by as little as will do, when the cursor has left the window."""
        height = self.scrollable_content_region.height - self._top
        if height > 0:
            top = min(self.scroll_offset.y, self.cursor)
            self.scroll_to(y=max(top, self.cursor - height + 1), animate=False, force=True)
