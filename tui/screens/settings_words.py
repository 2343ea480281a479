"""What the settings screen says: its rows, what stands beside them, what a typed line means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core import settings_list
from core.rules.cadence import asked_and_held
from core.rules.evidence import A_FROM, B_FROM
from core.settings_file import present, usual
from core.settings_list import CITY, COUNTRY, ITEMS, KEYS, MAILER, THEME, Item
from tui import safe, theme, words
from tui.theme import LOUD, QUIET

if TYPE_CHECKING:
    from textual.content import Content

    from core.queries.counts import Counts
    from core.queries.home import Home
    from core.settings import Settings
    from core.settings_file import Value

_TITLE, _NOW, _USUAL = 15, 10, 10
_WIDE: Final = 90
_MORE: Final = 8
"""Cells that title and value gain where there is room."""
_NOBODY: Final = {CITY: "not set", COUNTRY: "not set", MAILER: "not set"}
_AS_USUAL: Final = "as usual"
HIDDEN: Final = "set"
"""Under the veil, what was typed in."""


class Row(NamedTuple):
    """A row of the screen; a heading has no item.

    Attributes:
        key: what stays the same.
        item: what can be chosen.
        value: what holds.
        now: that in words.
        usual: what holds if nobody chose, in words.
        own: whether that is another.
    """

    key: str
    item: Item | None = None
    value: Value = ""
    now: str = ""
    usual: str = ""
    own: bool = False


def rows(settings: Settings, home: Home, *, veiled: bool) -> list[Row]:
    """Everything that can be chosen, under its headings."""
    made: list[Row] = []
    groups: set[str] = set()
    for item in ITEMS:
        if item.group not in groups:
            groups.add(item.group)
            made.append(Row(item.group))
        made.append(_row(item, settings, home, veiled=veiled))
    return made


def _row(item: Item, settings: Settings, home: Home, *, veiled: bool) -> Row:
    key = f"{item.table}.{item.key}"
    if item == KEYS:
        own = len(settings.keys)
        return Row(key, item, "", f"{own} of yours" if own else _AS_USUAL, _AS_USUAL, own > 0)
    value: Value
    first: Value
    if item in settings_list.IN_THE_BOOK:
        value, first = (home.city if item == CITY else home.region), ""
    else:
        value, first = present(settings, item.table, item.key), usual(item.table, item.key)
    now = shown(item, value)
    if veiled and item == MAILER and value:
        now = HIDDEN
    return Row(key, item, value, now, shown(item, first), value != first)


def shown(item: Item, value: Value) -> str:
    """A value in words; where nobody chose one, what holds then."""
    if item == THEME:
        return str(value or theme.DARK.name).removeprefix(theme.OURS)
    return settings_list.shown(item, value) or _NOBODY.get(item, "")


def held(item: Item, settings: Settings) -> str:
    """What holds of something that is kept in the file, in words."""
    return shown(item, present(settings, item.table, item.key))


def header(width: int) -> Content:
    """The line above the rows."""
    return _columns(width, ("setting", "now", "usual", "what it does"), QUIET, QUIET)


def line(row: Row, width: int) -> Content:
    """A row: what it is, what holds, what is usual, what it does."""
    if row.item is None:
        return safe.text(safe.cut(row.key, width), LOUD)
    told = (row.item.title, row.now, row.usual, row.item.about)
    return _columns(width, told, "", "bold" if row.own else "")


def _columns(width: int, told: tuple[str, str, str, str], style: str, loud: str) -> Content:
    more = _MORE if width >= _WIDE else 0
    title, now, usual_, about = told
    return safe.columns(
        width,
        safe.Column(title, _TITLE + more, style),
        safe.Column(now, _NOW + more, loud),
        safe.Column(usual_, _USUAL + more, QUIET),
        safe.Column(about, 0, QUIET),
    )


def beside(row: Row | None, file: str) -> Content:
    """What stands beside the rows, or below them: the row at the cursor in full.

    Args:
        row: at the cursor.
        file: where it is kept; "" for the sample book.
    """
    if row is None or row.item is None:
        return safe.line()
    item = row.item
    where = "in the book" if item in settings_list.IN_THE_BOOK else _place(item, file)
    now = row.now if row.own or row.now == _AS_USUAL else f"{row.now}, {_AS_USUAL}"
    if row.own and row.usual:
        now = f"{row.now}; usual: {row.usual}"
    adds = f" Points add up: A from {A_FROM}, B from {B_FROM}." if item.table == "weights" else ""
    return safe.lines(
        (f"{item.title}: ", LOUD),
        (safe.cut(now, 200), "bold"),
        f"\n{item.about[0].upper()}{item.about[1:]}.{adds}",
        ("\n" + safe.cut(f"Kept {where}.", 200), QUIET),
    )


def _place(item: Item, file: str) -> str:
    if not file:
        return "as long as the program runs"
    return f"in {file}" + (f", [{item.table}]" if item.table else "")


def told(settings: Settings, counts: Counts) -> Content:
    """The line at the top: what the tiers ask for, and what the lists hold."""
    asked, held = week(settings, counts)
    over = "  Fewer in A and B, or longer cadences, would fit." if asked > held else ""
    return safe.line(f" {words.asked_and_held(asked, held)}", (over, LOUD))


def week(settings: Settings, counts: Counts) -> tuple[int, int]:
    """How many talks the tiers ask for, and how many the lists hold."""
    return asked_and_held(counts.by_tier, settings.cadence, settings.budget)
