"""The queue beside the group: all that is open, list after list."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from core.rules.tiers import TIERS
from tui import safe
from tui.screens.merge_item import Item, Key
from tui.screens.merge_rows import field_word
from tui.screens.merge_words import named
from tui.theme import QUIET, TIER

if TYPE_CHECKING:
    from textual.content import Content

    from tui.screens.merge_sitting import Sitting

QueueRow = Item | str
"""One of the queue, or the heading of a list."""

_CHANCE: Final = 4


def queue_rows(sitting: Sitting) -> list[QueueRow]:
    """Headings with counts, and what stands below them."""
    rows: list[QueueRow] = []
    for lane, items in groupby(sitting.open, attrgetter("lane")):
        listed = list(items)
        rows.append(f"{lane} {len(listed):,}")
        rows += listed
    return rows


def is_heading(row: QueueRow) -> bool:
    """Whether a row is one."""
    return isinstance(row, str)


def key_of(row: QueueRow) -> Key | str:
    """What stays the same when the queue is lined up again."""
    return row if isinstance(row, str) else row.key


def queue_line(row: QueueRow, width: int, sitting: Sitting) -> Content:
    """A row: the best tier of those in it, who they are, how sure it is."""
    if isinstance(row, str):
        return safe.text(safe.cut(row, width), QUIET)
    lines = [sitting.lines[one] for one in row.people if one in sitting.lines]
    tier = min((line.tier for line in lines if line.tier), key=TIERS.index, default="")
    chance = f"{row.chance} %" if row.chance else ""
    who = named(line.name for line in lines)
    if row.question:
        who = f"{who}: {field_word(row.question.field)}"
    return safe.columns(
        width,
        safe.Column(tier, 1, TIER[tier]),
        safe.Column(who),
        safe.Column(chance, _CHANCE, QUIET, right=True),
    )
