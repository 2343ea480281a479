"""How a choice is typed, and what would come of the line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core import settings_list
from core.settings_list import BUDGET, CITY, COUNTRY, MAILER
from importers.home_region import checked
from tui import theme, words
from tui.screens import settings_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.queries.counts import Counts
    from core.settings import Settings
    from core.settings_file import Value
    from core.settings_list import Item
    from tui.screens.settings_words import Row

_HOW: Final = {
    "days": "a number of days, or 3w, 2m, 1y",
    "points": "a number; 0 leaves it out",
    "people": "a number",
}
_HOWEVER: Final = {
    CITY: "Stuttgart; an empty line forgets it",
    COUNTRY: "two letters: CH, DE, US; an empty line forgets it",
    MAILER: "mutt {address}; an empty line: your system opens it",
}


def hint(item: Item) -> str:
    """How a value is typed."""
    if item.unit:
        return _HOW[item.unit] + (f"; {item.zero}" if item.zero else "")
    return _HOWEVER.get(item, "")


def start(row: Row) -> str:
    """What stands in the box at first: a text to be edited; a number is typed anew."""
    return "" if row.item and row.item.unit else str(row.value)


def typed(text: str, item: Item, settings: Settings, counts: Counts) -> tuple[Value, str]:
    """The value that a line types, and what would come of it.

    Args:
        text: the line.
        item: what is chosen.
        settings: the present choices.
        counts: of the book.

    Raises:
        UsageError: it cannot be one.
    """
    value = country(text) if item == COUNTRY else settings_list.read(item, text)
    said = settings_words.shown(item, value)
    if item == MAILER and value:
        said = "runs in this terminal: " + str(value).replace("{address}", "ada@example.org")
    if item == BUDGET or item.table == "cadence":
        said += "\n" + words.asked_and_held(
            *settings_words.week(_with(settings, item, value), counts)
        )
    return value, said


def _with(settings: Settings, item: Item, value: Value) -> Settings:
    if item.table:
        return replace(settings, cadence={**settings.cadence, item.key: int(value)})
    return replace(settings, budget=int(value))


def country(line: str) -> str:
    """The code of a country, or "" for none.

    Raises:
        UsageError: there is no such country.
    """
    return checked(line) if line.strip() not in {"", "-", "none"} else ""


def themes(there: Iterable[str]) -> list[str]:
    """The names of all colours, ours first."""
    ours = [theme.DARK.name, theme.LIGHT.name]
    return [*ours, *sorted(set(there).difference(ours))]
