"""The help of one screen: its part of the registry."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical, VerticalScroll

from tui import safe
from tui.actions import LIST, bindings
from tui.key_guide import help_groups
from tui.theme import LOUD
from tui.widgets.ask import Popup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

_KEYS = 16
_WORDS = 52


class HelpScreen(Popup[None]):
    """What the keys of a screen do, under headings.

    Args:
        context: the screen, one of `tui.actions.SCREENS`.
        title: its name.
        keymap: the user's keys.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("help", LIST)
    DEFAULT_CSS = """
    HelpScreen > Vertical { width: 76; height: 90%; padding: 0 1 0 2; }
    HelpScreen VerticalScroll { scrollbar-size-vertical: 1; }
    """

    def __init__(self, context: str, title: str, keymap: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.title_ = f"{title}: keys"
        self._where = context
        self._keymap = dict(keymap or {})

    def compose(self) -> ComposeResult:
        with Vertical(), VerticalScroll(can_focus=False):
            yield safe.static(safe.join(self._lines()))

    def on_mount(self) -> None:
        super().on_mount()
        safe.frame_foot(self.query_one(Vertical), "j k scroll · esc closes")

    def action_step(self, rows: int) -> None:
        self._scroll.scroll_relative(y=rows, animate=False)

    def action_half_page(self, way: int) -> None:
        self._scroll.scroll_relative(y=way * (self._scroll.size.height // 2), animate=False)

    def action_edge(self, way: int) -> None:
        scroll = self._scroll
        scroll.scroll_to(y=scroll.max_scroll_y if way > 0 else 0, animate=False)

    def action_choose(self) -> None:
        self.dismiss(None)

    def action_cancel(self) -> None:
        self.dismiss(None)

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)

    def _lines(self) -> Iterator[Content]:
        for heading, rows in help_groups(self._where, self._keymap).items():
            yield safe.line()
            yield safe.line((heading, LOUD))
            for keys, _title, sentence in rows:
                first, *rest = wrap(sentence, _WORDS)
                yield safe.line((safe.pad(keys, _KEYS), "bold $primary"), " ", first)
                yield from (safe.line(" " * (_KEYS + 1), words) for words in rest)
