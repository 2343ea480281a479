"""The top line: the screens with their counts, made from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from tui import safe
from tui.actions import ACTIONS, BY_ID, key_name, keys_of
from tui.theme import LOUD, QUIET
from tui.widgets.key_line import KeyLine, Piece

if TYPE_CHECKING:
    from collections.abc import Mapping

_HERE = "bold underline $primary"


class HeaderTabs(KeyLine):
    """`` 1 Focus 2 Triage 214 … ? help``, the present screen underlined.

    Args:
        active: the screen that is shown, such as ``focus``; "" or ``person`` marks none.
        keymap: the user's keys.
    """

    DEFAULT_CSS = """
    HeaderTabs { dock: top; background: $surface; }
    """

    active: reactive[str] = reactive("")
    """The screen that is marked."""

    counts: reactive[dict[str, int]] = reactive(dict)
    """Screen to the number that stands beside its name; 0 is not shown."""

    extra: reactive[str] = reactive("")
    """Words before the help, on the right; what follows a colon goes when room is short."""

    veiled: reactive[bool] = reactive(False)
    """Whether stand-ins are shown: that is said even where there is room for nothing else."""

    def __init__(self, active: str, keymap: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._keymap = dict(keymap or {})
        self.set_reactive(HeaderTabs.active, active)

    def pieces(self, width: int) -> tuple[Piece, ...]:
        """The tabs on the left, extra words and help on the right."""
        key = keys_of(BY_ID["app.help"], self._keymap)[0]
        mark = Piece(key_name(key), "bold $primary", key)
        help_ = (mark, Piece(" help ", QUIET, key))
        said = self._extra(safe.cut(self.extra, width // 2))
        short = self._extra(self.extra.partition(":")[0])
        only = (mark, Piece(" "))
        rights = ((*said, *help_), (*said, *only), (*short, *only))
        # What the book is counts for more than how much there is to do in it.
        plain = [(False, rights[-1])] if short else []
        veiled = self._veiled()
        fewer = ((True, help_), (True, only), (False, help_), (False, ()))
        ways = (*((True, right) for right in rights), *plain, *fewer)
        for counted, beside in ways:
            left, right = self._tabs(counted=counted), (*veiled, *beside)
            room = width - sum(safe.cells(piece.words) for piece in (*left, *right))
            if room >= 0:
                return (*left, Piece(" " * room), *right)
        return (*veiled, *self._tabs(counted=False))

    def _veiled(self) -> tuple[Piece, ...]:
        key = keys_of(BY_ID["app.veil"], self._keymap)[0]
        return (Piece("veiled", LOUD, key), Piece("  ")) if self.veiled else ()

    @staticmethod
    def _extra(words: str) -> tuple[Piece, ...]:
        return (Piece(words, LOUD), Piece("  ")) if words else ()

    def _tabs(self, *, counted: bool) -> tuple[Piece, ...]:
        pieces = [Piece(" ")]
        for action in ACTIONS:
            where, _, screen = action.id.partition(".")
            if where != "go":
                continue
            key = keys_of(action, self._keymap)[0]
            count = self.counts.get(screen, 0) if counted else 0
            words = f"{action.title} {count:,}" if count else action.title
            here = screen == self.active
            pieces.append(Piece(key_name(key), _HERE if here else "$primary", key))
            pieces.append(Piece(f" {words}", _HERE if here else QUIET, key))
            pieces.append(Piece(" "))
        return tuple(pieces)
