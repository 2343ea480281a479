"""What is typed into the search box: words and filters, such as ``tier:a no:phone anna``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.people import PersonLine

FILTERS: Final = ("tier", "org", "city", "source", "label", "title", "no", "is")
"""``tier:`` takes a letter, ``none`` or ``auto``-free text; ``no:`` a field that is empty."""
_EMPTY: Final = {"phone", "email", "mail", "org", "city", "tier", "talk", "title", "label"}


class Wanted(NamedTuple):
    """A search taken apart: folded words and (filter, folded value) pairs."""

    words: tuple[str, ...]
    filters: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        """Whether it narrows anything."""
        return bool(self.words or self.filters)


def parse(text: str) -> Wanted:
    """Take a search apart; any text is a search, unknown filters are words."""
    words: list[str] = []
    filters: list[tuple[str, str]] = []
    for item in text.split():
        name, colon, value = item.partition(":")
        if colon and name.lower() in FILTERS and value:
            filters.append((name.lower(), fold(value)))
        elif folded := fold(item):
            words.append(folded)
    return Wanted(tuple(words), tuple(filters))


def narrow(lines: Sequence[PersonLine], wanted: Wanted) -> list[PersonLine]:
    """The lines that hold every word and pass every filter, in their order."""
    found: Sequence[PersonLine] = lines
    for word in wanted.words:
        found = [line for line in found if word in line.search]
    for name, value in wanted.filters:
        found = [line for line in found if _passes(line, name, value)]
    return list(found)


def _passes(line: PersonLine, name: str, value: str) -> bool:
    if name == "tier":
        return line.tier.lower() == value or (value == "none" and not line.tier)
    if name == "no":
        return value in _EMPTY and not _field(line, value)
    if name == "is":
        return value == "merged" and line.cards > 1
    return value in fold(_field(line, name))


def _field(line: PersonLine, name: str) -> str:
    return {
        "org": line.org,
        "city": line.city,
        "source": line.sources,
        "label": line.labels,
        "title": line.title,
        "phone": line.phone,
        "email": line.email,
        "mail": line.email,
        "tier": line.tier,
        "talk": line.talked,
    }.get(name, "")
