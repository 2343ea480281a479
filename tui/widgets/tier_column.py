"""One column of the triage board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from core.rules.tiers import meaning
from tui import safe
from tui.theme import LOUD, TIER
from tui.widgets.row_list import Look, RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from textual.content import Content

_PUT_AWAY = "D"


class TierColumn(RowList[Any]):
    """The people of one tier under its letter; a card can be lifted out of it and carried in.

    Args:
        tier: A, B, C or D.
        render: a row and a width to one line, made by `tui.safe`.
    """

    BLURRED_CURSOR: ClassVar[bool] = False
    DEFAULT_CSS = """
    TierColumn {
        border: round $border-blurred;
        border-title-color: $foreground;
        padding: 0;
        width: 1fr;
        height: 1fr;
        &:focus, &.-target { border: heavy $primary; }
        & > .row-list--header { text-style: bold; }
    }
    """

    def __init__(self, tier: str, render: Callable[[Any, int], Content]) -> None:
        look = Look(render, sign_of=self._lifted_sign, gutter=2)
        super().__init__(look, ident=f"tier-{tier.lower()}")
        self.tier = tier
        self.lifted: Hashable | None = None
        self._note = meaning(tier) if tier == _PUT_AWAY else ""
        self._carried = ""

    def show(self, rows: Sequence[Any]) -> None:
        """List the people of the tier; without the keys the column shows its top."""
        words = (f" {self._note}" if self._note else "") + f" {len(rows):,}"
        safe.frame_title(self, (self.tier, TIER[self.tier]), words)
        self.empty = "nobody yet"
        self.load(rows, top=not self.has_focus and self.lifted is None)

    def lift(self) -> Any | None:  # noqa: ANN401 - the row as it was given
        """Take up the row at the cursor: it is marked until `let_go`. None in an empty column."""
        if (row := self.row) is not None:
            self.lifted = self._look.key_of(row)
            self.repaint_rows()
        return row

    def let_go(self) -> None:
        """Nothing is lifted here and nothing is carried to here."""
        self.lifted = None
        self.carried = ""
        self.repaint_rows()

    @property
    def carried(self) -> str:
        """Whose card would be dropped here; "" while none is carried to this column."""
        return self._carried

    @carried.setter
    def carried(self, name: str) -> None:
        self._carried = name
        self._header = self._drop_place if name else None
        self.set_class(bool(name), "-target")
        self._resized()
        self.repaint_rows()

    def _drop_place(self, width: int) -> Content:
        return safe.text(safe.cut(f"↓ {self._carried}", width), LOUD)

    def _lifted_sign(self, row: Any) -> str:  # noqa: ANN401 - the row as it was given
        return "↑" if self.lifted is not None and self._look.key_of(row) == self.lifted else ""
