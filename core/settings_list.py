"""What can be chosen on the settings screen: each with what it does, and how it is read."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import UsageError

if TYPE_CHECKING:
    from core.settings_file import Value

LIST: Final = "the day's list"
RHYTHM: Final = "how often"
HOME: Final = "at home"
PROGRAM: Final = "this program"
EVIDENCE: Final = "what speaks for somebody"

_NUMBER: Final = re.compile(
    r"(?:every\s+)?(\d{1,6})\s*(d|days?|w|weeks?|m|months?|y|years?)?", re.ASCII | re.IGNORECASE
)
_IN_DAYS: Final = {"d": 1, "w": 7, "m": 30, "y": 365}
_NONE: Final = frozenset({"none", "never", "no", "-"})
_TIER: Final = "days between talks with somebody in {}"


class Item(NamedTuple):
    """One thing that can be chosen.

    Attributes:
        group: its heading.
        table: where it stands in the file: a table, or "" for the top.
        key: its name there.
        title: its name on the screen, in a few words.
        about: what it does, in one line.
        unit: "days", "points", "people", or "" for text.
        least: the smallest number.
        most: the greatest number.
        zero: what 0 is called, or "".
    """

    group: str
    table: str
    key: str
    title: str
    about: str
    unit: str = ""
    least: int = 0
    most: int = 0
    zero: str = ""


def _days(group: str, key: str, title: str, about: str, zero: str = "") -> Item:
    return Item(group, "", key, title, about, "days", 0, 365, zero)


def _tier(letter: str) -> Item:
    about = _TIER.format(letter)
    return Item(RHYTHM, "cadence", letter, f"cadence of {letter}", about, "days", 0, 3_650, "none")


def _points(key: str, title: str, about: str) -> Item:
    return Item(EVIDENCE, "weights", key, title, about, "points", 0, 100)


BUDGET: Final = Item(LIST, "", "budget", "people a day", "people on a day's list", "people", 1, 100)
CITY: Final = Item(HOME, "", "home city", "city", "who lives there too is worth more")
COUNTRY: Final = Item(HOME, "", "region", "country", "of numbers that name no country")
MAILER: Final = Item(PROGRAM, "", "mailer", "mailer", "writes a mail: mutt {address}")
THEME: Final = Item(PROGRAM, "", "theme", "theme", "the colours")
KEYS: Final = Item(PROGRAM, "", "keys", "keys", "your own keys; ? shows all")

ITEMS: Final[tuple[Item, ...]] = (
    BUDGET,
    _days(LIST, "rest_days", "rest", "nobody is listed so soon after a talk"),
    _days(LIST, "news_days", "news", "how long a new job counts as news"),
    _days(LIST, "stale_days", "old lists", "when an imported list is called old", "never"),
    _tier("A"),
    _tier("B"),
    _tier("C"),
    CITY,
    COUNTRY,
    MAILER,
    THEME,
    KEYS,
    _points("both_ways", "both ways", "each time they answered, five at most"),
    _points("talk", "a talk", "each talk, ten at most"),
    _points("recent", "recent", "talked in a quarter; half: in a year"),
    _points("mutual", "they write back", "five answers, one of them this year"),
    _points("close", "close", "a label such as family or starred"),
    _points("family", "family", "family of an A; half: of a B"),
    _points("money", "money", "10 or more; again at each ten-fold"),
    _points("reading", "worth reading", "marked so on Triage or a person (w)"),
    _points("influence", "followers", "1,000 or more; again at each ten-fold"),
    _points("list", "another list", "each further list that knows them"),
    _points("channel", "another way", "each further way to reach them"),
    _points("reach", "another network", "each further network they are on"),
    _points("near", "same city", "they live in your home city"),
    _points("phone", "phone", "a number is known"),
    _points("birthday", "birthday", "a birthday is known"),
    _points("place", "place", "a city is known"),
    _points("work", "work", "a company is known"),
)
"""All of them, in the order of the screen."""

IN_THE_BOOK: Final = frozenset({CITY, COUNTRY})
"""What is kept in the book: the journal takes it back."""


def read(item: Item, line: str) -> Value:
    """The value that a line types.

    Raises:
        UsageError: it cannot be one, and why.
    """
    line = line.strip()
    if item == MAILER:
        return _mailer(line)
    if not item.unit:
        return line
    if item.zero and line.casefold() in _NONE:
        return 0
    found = _NUMBER.fullmatch(line)
    number = int(found[1]) * _IN_DAYS[(found[2] or "d")[0].lower()] if found else -1
    if found and found[2] and item.unit != "days":
        number = -1
    if not item.least <= number <= item.most:
        none = f", or {item.zero}" if item.zero else ""
        raise UsageError(
            f"{item.title} is a number of {item.unit} from {item.least} to {item.most:,}{none}"
        )
    return number


def shown(item: Item, value: Value) -> str:
    """A value in words: ``21 days``, ``none``, ``mutt {address}``."""
    if not item.unit or isinstance(value, str):
        return str(value)
    if value == 0 and item.zero:
        return item.zero
    one = {"people": "person"}.get(item.unit, item.unit[:-1])
    return f"{value:,} {one if value == 1 else item.unit}"


def _mailer(line: str) -> str:
    try:
        words = shlex.split(line)
    except ValueError:
        raise UsageError("a quotation mark is open in it") from None
    if words and not any("{address}" in word for word in words[1:]):
        raise UsageError("{address} must stand where the address goes: mutt {address}")
    return line
