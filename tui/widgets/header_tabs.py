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
    """Words before the help, on the right; they go first when room is short."""

    def __init__(self, active: str, keymap: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._keymap = dict(keymap or {})
        self.set_reactive(HeaderTabs.active, active)

    def pieces(self, width: int) -> tuple[Piece, ...]:
        """The tabs on the left, extra words and help on the right."""
        key = keys_of(BY_ID["app.help"], self._keymap)[0]
        help_ = (Piece(key_name(key), "bold $primary", key), Piece(" help ", QUIET, key))
        extra = (Piece(safe.cut(self.extra, width // 2), LOUD), Piece("  ")) if self.extra else ()
        for counted, right in ((True, (*extra, *help_)), (True, help_), (False, help_)):
            left = self._tabs(counted=counted)
            room = width - sum(safe.cells(piece.words) for piece in (*left, *right))
            if room >= 0:
                return (*left, Piece(" " * room), *right)
        return self._tabs(counted=False)

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
