"""What is typed into the search box: words and filters, such as ``tier:a no:phone anna``."""

from __future__ import annotations

from itertools import compress, repeat
from operator import attrgetter, contains
from typing import TYPE_CHECKING, Final, NamedTuple

from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.people import PersonLine

FILTERS: Final = ("tier", "org", "city", "source", "label", "title", "no", "is")
"""``tier:`` takes a letter, ``none`` or ``auto`` (filed as suggested); ``no:`` an empty field."""
_FIELDS: Final = {
    "org": "org",
    "city": "city",
    "source": "sources",
    "label": "labels",
    "title": "title",
    "phone": "phone",
    "email": "email",
    "mail": "email",
    "tier": "tier",
    "talk": "talked",
}
"""Word in a search to the field of a line."""
_SEARCH: Final = attrgetter("search")
_GROWING: Final = frozenset({"org", "city", "source", "label", "title"})


class Wanted(NamedTuple):
    """A search taken apart: folded words and (filter, folded value) pairs."""

    words: tuple[str, ...]
    filters: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        """Whether it narrows anything."""
        return bool(self.words or self.filters)

    def within(self, other: Wanted) -> bool:
        """Whether all that this search finds, the other finds too: it only says more."""
        return all(any(word in own for own in self.words) for word in other.words) and all(
            pair in self.filters
            or (
                pair[0] in _GROWING
                and any(name == pair[0] and pair[1] in value for name, value in self.filters)
            )
            for pair in other.filters
        )


def folded_words(text: str) -> list[str]:
    """The words of a text as they are looked for."""
    return [_without_plus(word) for word in fold(text).split()]


def _without_plus(word: str) -> str:
    return word[1:] if word[0] == "+" and word[1:].isdecimal() else word  # as numbers are kept


def parse(text: str) -> Wanted:
    """Take a search apart; any text is a search, unknown filters are words.

    A filter without a value is one that is being typed: it narrows nothing yet.
    """
    words: list[str] = []
    filters: list[tuple[str, str]] = []
    for item in text.split():
        name, colon, value = item.partition(":")
        if colon and name.lower() in FILTERS:
            if value:
                filters.append((name.lower(), fold(value)))
        elif folded := fold(item):
            words.append(_without_plus(folded))
    return Wanted(tuple(words), tuple(filters))


def narrow(lines: Sequence[PersonLine], wanted: Wanted) -> list[PersonLine]:
    """The lines that hold every word and pass every filter, in their order."""
    found: Sequence[PersonLine] = lines
    for word in wanted.words:
        # Keys are answered between two letters at 100,000 lines: these loops run in C.
        holds = map(contains, map(_SEARCH, found), repeat(word))
        found = list(compress(found, holds))
    for name, value in wanted.filters:
        found = _passing(found, name, value)
    return list(found)


def _passing(lines: Sequence[PersonLine], name: str, value: str) -> Sequence[PersonLine]:
    if (name, value) == ("tier", "auto"):
        return [line for line in lines if line.tier and line.tier_origin == "auto"]
    if name == "tier":
        wanted = "" if value == "none" else value
        return [line for line in lines if line.tier.lower() == wanted]
    if name == "is":
        return [line for line in lines if line.cards > 1] if value == "merged" else []
    if name == "no":
        field = _FIELDS.get(value)
        return [line for line in lines if not getattr(line, field)] if field else []
    values = list(map(attrgetter(_FIELDS[name]), lines))
    # The largest book has few cities: each value is looked at once.
    holding = {text for text in set(values) if value in fold(text)}
    return list(compress(lines, map(holding.__contains__, values)))
