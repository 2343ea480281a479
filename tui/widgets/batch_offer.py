"""The popup that offers whole groups of people, each to be filed in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Vertical

from tui import safe
from tui.actions import bindings
from tui.theme import QUIET, TIER
from tui.widgets.ask import Popup
from tui.widgets.row_list import Look, RowList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from core.queries.people import PersonLine
    from core.queries.triage import Batch

_MOST = 14


class BatchOffer(Popup[None]):
    """Batches by count: enter files one, space looks at who is in it, esc goes on.

    Args:
        batches: what is offered, largest first.
        members: reads who is in a batch.
        file: files a batch; False if it was refused.
        is_deaf: whether a key may have been meant for the screen below.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("batches")
    DEFAULT_CSS = """
    BatchOffer > Vertical { width: 76; }
    BatchOffer #members { display: none; height: 14; }
    """
    title_ = "whole groups first: one step each, u takes it back"

    def __init__(
        self,
        batches: Sequence[Batch],
        members: Callable[[Batch], Awaitable[Sequence[PersonLine]]],
        file: Callable[[Batch], Awaitable[bool]],
        is_deaf: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._batches = batches
        self._members, self._file, self._is_deaf = members, file, is_deaf
        self._signs: dict[str, str] = {}
        # Kept by name, as a reading may end when the popup has lost its children already.
        sign: Look[Batch] = Look(_batch, sign_of=lambda row: self._signs.get(row.key, ""))
        self._offer, self._box = RowList(sign, "batches"), Vertical()
        self._rows: RowList[PersonLine] = RowList(Look(_member, empty="nobody any more"), "members")

    def compose(self) -> ComposeResult:
        with self._box:
            yield from (self._offer, self._rows)

    def on_mount(self) -> None:
        super().on_mount()
        self._offer.styles.height = min(len(self._batches), _MOST)
        self._offer.load(self._batches)
        self._show(looking=False)

    @on(RowList.Chosen, "#batches")
    def file_batch(self, event: RowList.Chosen) -> None:
        """File a batch, unless it is being filed or was."""
        if not self._is_deaf() and event.row.key not in self._signs:
            self._sign(event.row, "…")
            self._filing(event.row)

    @work
    async def _filing(self, batch: Batch) -> None:
        if not await self._file(batch):
            self._sign(batch, "")
            return
        self._sign(batch, "✓")
        left = [other for other in self._batches if other.key not in self._signs]
        if left:
            self._offer.go_to(left[0].key)
        elif "…" not in self._signs.values():
            self.dismiss(None)

    def action_look(self) -> None:
        """Show who is in the batch at the cursor, or the batches again."""
        if self._rows.display:
            self._show(looking=False)
        elif (batch := self._offer.row) is not None:
            self._looking(batch)

    @work(exclusive=True, group="look")
    async def _looking(self, batch: Batch) -> None:
        people = await self._members(batch)
        self._rows.load(people, top=True)
        safe.frame_title(self._box, f"{len(people):,} {batch.title} → {batch.tier}?")
        self._show(looking=True)

    def action_cancel(self) -> None:
        if self._rows.display:
            self._show(looking=False)
        else:
            self.dismiss(None)

    def _show(self, *, looking: bool) -> None:
        self._rows.display = looking
        self._offer.display = not looking
        (self._rows if looking else self._offer).focus()
        if not looking:
            safe.frame_title(self._box, self.title_)
        back = "space, esc back" if looking else "space who is in it · esc one by one"
        safe.frame_foot(self._box, "j k walk · " if looking else "enter files · ", back)

    def _sign(self, batch: Batch, sign: str) -> None:
        self._signs.pop(batch.key, None)
        if sign:
            self._signs[batch.key] = sign
        self._offer.repaint_rows()


def _batch(batch: Batch, width: int) -> Content:
    count = safe.pad(f"{batch.count:,}", 7, right=True)
    words = safe.pad(batch.title, width - 14)
    return safe.line(
        (count, "bold"), " ", words, (" → ", QUIET), (batch.tier, TIER[batch.tier]), "?"
    )


def _member(line: PersonLine, width: int) -> Content:
    about = ", ".join(filter(None, (line.title, line.org))) or line.email
    return safe.columns(width, safe.Column(line.name), safe.Column(about, style=QUIET))
