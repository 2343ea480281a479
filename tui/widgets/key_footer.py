"""The bottom line: the keys of where you are, made from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from tui import safe
from tui.actions import key_name
from tui.key_guide import footer
from tui.theme import QUIET
from tui.widgets.key_line import KeyLine, Piece

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY = "bold $primary"


class KeyFooter(KeyLine):
    """The keys of a context, in the order of the registry, as many as fit; ``?`` is always there.

    Args:
        context: one of `tui.actions.CONTEXTS`; may be set later.
        keymap: the user's keys.
        words: other words for a footer's words, such as ``{"suggested": "yes, A"}``.
    """

    DEFAULT_CSS = """
    KeyFooter { dock: bottom; background: $surface; }
    """

    context: reactive[str] = reactive("")
    """Whose keys are shown."""

    words: reactive[dict[str, str]] = reactive(dict)
    """Words shown instead of those of the registry; "" hides one."""

    def __init__(
        self,
        context: str,
        keymap: Mapping[str, str] | None = None,
        words: dict[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._keymap = dict(keymap or {})
        self.set_reactive(KeyFooter.context, context)
        self.set_reactive(KeyFooter.words, words or {})

    def pieces(self, width: int) -> tuple[Piece, ...]:
        """Whole groups as far as they fit, no half words."""
        groups = [
            self._group(keys, self.words.get(word, word))
            for keys, word in footer(self.context, self._keymap)
            if self.words.get(word, word)
        ]
        last = groups.pop() if groups and groups[-1][-1].words == "?" else ()
        room = width - 1 - _width(last)
        shown: list[Piece] = [Piece(" ")]
        for group in groups:
            room -= _width(group)
            if room < 0:
                break
            shown.extend(group)
        return (*shown, *last)

    @staticmethod
    def _group(keys: tuple[str, ...], word: str) -> tuple[Piece, ...]:
        names = [key_name(key) for key in keys]
        pieces = [Piece(name, _KEY, key) for name, key in zip(names, keys, strict=True)]
        spaced = [part for piece in pieces for part in (piece, Piece(" "))]
        if [word] == names:
            return (*spaced[:-1],)
        return (*spaced, Piece(word, QUIET, keys[0]), Piece("  "))


def _width(pieces: tuple[Piece, ...]) -> int:
    return sum(safe.cells(piece.words) for piece in pieces)
