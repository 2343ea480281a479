"""A book of some hundred made-up entries that were compared: made once, copied for each test."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.bus import Bus
from core.duplicates import bring_up
from tests.book import CLOCK, entry, fresh, rows, store
from tests.core.matching import small

if TYPE_CHECKING:
    from core.commands.store_run import Entry

LISTS = ("linkedin", "gmail", "phone")
_KINDS = {"org": "org", "title": "title", "given": "given", "family": "family"}
_MANY = {"emails": "email", "phones": "phone", "handles": "url"}


def _entry(said: dict[str, str], key: int) -> Entry:
    facts = [(kind, said[column]) for column, kind in _KINDS.items() if said.get(column)]
    for column, kind in _MANY.items():
        facts += ((kind, value) for value in said.get(column, "").split(";") if value)
    return entry(said["name"], *facts, key=str(key))


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.db"
        bus = fresh(path)
        said = list(enumerate(small.rows()))
        for kind in LISTS:
            mine = [_entry(one, key) for key, one in said if one["source"] == kind]
            store(bus, *mine, kind=kind, title=kind)
        bus.close()
        bring_up(path)
        return path.read_bytes()


def compared(path: Path) -> Bus:
    """The writing side of a copy of the book, in which nothing waits to be compared."""
    path.write_bytes(_template())
    return Bus(path, clock=CLOCK, sitting="tests")


def add(bus: Bus, kind: str, name: str, *facts: tuple[str, str]) -> int:
    """A new entry of a list; its card."""
    store(bus, entry(name, *facts, key=f"{kind} {name}"), kind=kind, title=kind)
    ((card,),) = rows(bus.path, "SELECT max(id) FROM card")
    assert isinstance(card, int)
    return card


def two_adas(bus: Bus, address: str = "ada@quuxly.example") -> tuple[int, int]:
    """One person in two lists, certainly."""
    return (
        add(bus, "linkedin", "Ada Quuxly", ("email", address), ("org", "Initech")),
        add(bus, "phone", "Ada Quuxly", ("email", address)),
    )


def kept(path: Path) -> list[tuple[Any, ...]]:
    """All that comparing found, but for the numbers of its rows."""
    return rows(
        path,
        "SELECT low_id, high_id, odds, chance, lane, tie, why, against FROM candidate "
        "ORDER BY low_id, high_id",
    )


def marks(path: Path) -> list[int]:
    """The entries that wait to be compared."""
    return [row[0] for row in rows(path, "SELECT card_id FROM unmatched ORDER BY card_id")]
