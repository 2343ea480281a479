"""The entries of a person as rows, each with what it alone says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import kinds
from tui import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from core.queries.person import EntryLine, FactLine, PersonView

_DATES: Final = frozenset({kinds.BIRTHDAY, kinds.DATE, kinds.CONNECTED})


class Entry(NamedTuple):
    """One entry of the person.

    Attributes:
        id: the entry.
        name: what it calls the person, or the best it says instead.
        source: the list it is from, and the day since when it is in the book.
        alone: what only this entry says.
    """

    id: int
    name: str
    source: str
    alone: str


def entries(view: PersonView, today: date) -> Iterator[Entry]:
    """The entries of a person, each with what it alone says."""
    holders: dict[tuple[str, str], set[int]] = {}
    for fact in view.facts:
        holders.setdefault(_what(fact), set()).add(fact.card_id)
    for entry in view.entries:
        own = [fact for fact in view.facts if fact.card_id == entry.id]
        name = next((fact.value for fact in own if fact.kind == kinds.NAME), "")
        alone = [fact for fact in own if len(holders[_what(fact)]) == 1]
        yield Entry(entry.id, name or _said(own), _source(entry, today), _said(alone))


def _what(fact: FactLine) -> tuple[str, str]:
    return fact.kind, fact.norm or fact.value


def _said(facts: Iterable[FactLine]) -> str:
    """Values behind the words of their kinds, in the order people read."""
    by_kind: dict[str, dict[str, None]] = {}
    for fact in facts:
        by_kind.setdefault(fact.kind, {})[_value(fact)] = None
    told: dict[str, list[str]] = {}
    for kind, word in words.KINDS.items():
        told.setdefault(word, []).extend(by_kind.get(kind, ()))
    return "; ".join(f"{word} {', '.join(values)}" for word, values in told.items() if values)


def _value(fact: FactLine) -> str:
    if fact.kind == kinds.HANDLE:
        return " ".join(filter(None, words.handle(fact.norm, fact.value)))
    return words.partial(fact.norm or fact.value) if fact.kind in _DATES else fact.value


def _source(entry: EntryLine, today: date) -> str:
    kind, _, account = entry.source.partition(" ")
    listed = " ".join(filter(None, (words.sources(kind), account)))
    return ", ".join(filter(None, (listed, words.day(entry.made, today))))
