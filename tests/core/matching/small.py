"""A small made-up book with known truth, and what a model learned from it says of added entries."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from core.matching import find
from core.matching.explain import explain
from core.matching.find import Lane
from core.matching.records import Records

if TYPE_CHECKING:
    from core.matching.explain import Reasons
    from core.matching.model import Model

BOOK = Path(__file__).parents[2] / "data" / "matching" / "small_book.csv"
LISTS = ("emails", "phones", "handles")
COLUMNS = {
    "source": "source",
    "name": "name",
    "given": "given",
    "family": "family",
    "orgs": "org",
    "titles": "title",
    "cities": "city",
}


class Verdict(NamedTuple):
    """What is said of one pair."""

    probability: float
    lane: Lane


def rows() -> list[dict[str, str]]:
    with BOOK.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records(entries: list[dict[str, str]]) -> Records:
    """Entries as a list; several values of one field stand apart by semicolons."""
    texts: dict[str, Any] = {
        role: [entry.get(name, "") for entry in entries] for role, name in COLUMNS.items()
    }
    lists: dict[str, Any] = {
        role: [[x for x in entry.get(role, "").split(";") if x] for entry in entries]
        for role in LISTS
    }
    return Records(len(entries), **texts, **lists)


@cache
def learned() -> tuple[Model, find.Pairs]:
    return find.full(records(rows()))


def verdict(one: dict[str, str], two: dict[str, str], *others: dict[str, str]) -> Verdict:
    """What the model of the small book says of two entries that are added to it."""
    held = rows()
    book = records([*held, one, two, *others])
    low, high = len(held), len(held) + 1
    found = find.pairs(book, learned()[0], touching=[low])
    for at in range(len(found)):
        if (found.low[at], found.high[at]) == (low, high):
            return Verdict(float(found.probability[at]), Lane(int(found.lane[at])))
    return Verdict(0.0, Lane.NO)


def reasons(one: dict[str, str], two: dict[str, str]) -> Reasons:
    """Why two entries that are added may be one person."""
    return explain(records([one, two]), learned()[0], 0, 1)
