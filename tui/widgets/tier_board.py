"""The four columns side by side, and a card that is carried from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal
from textual.message import Message

from core.rules.tiers import TIERS
from tui.widgets.tier_column import TierColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.geometry import Offset


class TierBoard(Horizontal):
    """Columns A to D. Keys and mouse carry a card alike; both end in `Dropped`.

    Args:
        render: a row and a width to one line, made by `tui.safe`.
        name_of: what a carried row is called.
    """

    DEFAULT_CSS = """
    TierBoard { height: 1fr; width: 1fr; }
    """

    @dataclass
    class Dropped(Message):
        """A card was carried to another column; `source` is "" if it came from above the board."""

        row: Any
        tier: str
        source: str

    class Carrying(Message):
        """A card was lifted, or is let go."""

    def __init__(
        self, render: Callable[[Any, int], Content], name_of: Callable[[Any], str]
    ) -> None:
        super().__init__()
        self._columns = {tier: TierColumn(tier, render) for tier in TIERS}
        self._name_of = name_of
        self._carried: Any = None
        self._source = self._target = ""
        self._pressed: tuple[TierColumn | None, Any, Offset] | None = None

    def compose(self) -> ComposeResult:
        yield from self._columns.values()

    def show(self, columns: Mapping[str, Sequence[Any]], *tiers: str) -> None:
        """List the people of these tiers, or of all."""
        for tier in tiers or TIERS:
            self._columns[tier].show(columns[tier])

    @property
    def here(self) -> TierColumn | None:
        """The column that has the keys."""
        return next((column for column in self._columns.values() if column.has_focus), None)

    @property
    def carried(self) -> Any:  # noqa: ANN401 - the row as it was given
        """The row that is carried, or None."""
        return self._carried

    def go(self, way: int) -> None:
        """Give the keys to the next column, or to none beyond the last; nothing is carried then."""
        self.let_go()
        places = ["", *TIERS]
        at = places.index(self.here.tier if self.here else "")
        tier = places[(at + way) % len(places)]
        self.screen.set_focus(self._columns[tier] if tier else None)

    def lift(self) -> None:
        """Take up the row at the cursor of the column that has the keys."""
        if (column := self.here) and (row := column.lift()) is not None:
            self._begin(column, row)

    def carry(self, way: int) -> None:
        """Carry the lifted card so many columns to the right."""
        at = (TIERS.index(self._target) if self._target else -1) + way
        self._aim(TIERS[max(0, min(at, len(TIERS) - 1))])

    def drop(self) -> None:
        """Put the carried card down where it is; the keys go with it."""
        row, source, target = self._carried, self._source, self._target
        self.let_go()
        if row is not None and target != source:
            if source:
                self.screen.set_focus(self._columns[target])
            self.post_message(self.Dropped(row, target, source))

    def let_go(self) -> None:
        """Nothing is carried any more; the card stays where it was."""
        if self._pressed is not None:
            self._pressed = None
            self.release_mouse()
        self._carried = None
        self._source = self._target = ""
        for column in self._columns.values():
            column.let_go()
        self.post_message(self.Carrying())

    def take(self, row: Any, event: events.MouseDown) -> None:  # noqa: ANN401 - as it was given
        """Have the mouse, which is down on a card above the board, carry it from here on."""
        self.let_go()
        self._pressed = (None, row, event.screen_offset)
        self.capture_mouse()

    def _begin(self, column: TierColumn | None, row: Any) -> None:  # noqa: ANN401 - as it was given
        self._carried = row
        self._source = self._target = column.tier if column else ""
        self.post_message(self.Carrying())

    def _aim(self, tier: str) -> None:
        self._target = tier
        for letter, column in self._columns.items():
            aimed = letter == tier != self._source
            column.carried = self._name_of(self._carried) if aimed else ""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        column = event.widget
        if isinstance(column, TierColumn) and (index := column.index_at(event.y)) >= 0:
            self._pressed = (column, column.rows[index], event.screen_offset)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._pressed is None:
            return
        column, row, start = self._pressed
        at = event.screen_offset
        if self._carried is None and at != start and (column is None or column.go_to(row[0])):
            self.capture_mouse()
            if column is None or column.lift() is not None:
                self._begin(column, row)
        if self._carried is not None:
            over = (one.tier for one in self._columns.values() if one.region.contains_point(at))
            self._aim(next(over, self._source))

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        if self._pressed is not None:
            self.drop()
