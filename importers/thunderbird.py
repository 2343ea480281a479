"""Thunderbird's address book as text: CSV, semicolons or tabs, with headings in any language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from importers import dialects
from importers.columns import record, values
from importers.record import Problem
from importers.table import Table, canonical, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container
    from importers.record import Record, Sniffed

NAME: Final = "thunderbird"
TITLE: Final = "Thunderbird"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = True

_ENOUGH: Final = 6  # headings of one language
_TELLTALE: Final = "primary email"
_BESIDE: Final = 3  # headings that make the telltale one enough


def sniff(container: Container) -> Sniffed | None:
    """Knows ``Primary Email`` and two more headings, or six of one language with an address."""
    return dialects.sniffed(container, TITLE, _is_thunderbird)


def read(container: Container) -> Iterator[Record | Problem]:
    """Every row of every table."""
    if sniffed := sniff(container):
        known = dialects.labels()
        yield from records(container, sniffed.members, known, _records, dialects.open_local)


def _is_thunderbird(matched: dialects.Match) -> bool:
    if matched.dialect.program != dialects.THUNDERBIRD or not matched.half:
        return False
    if _TELLTALE in {heading.lower() for heading in matched.hits}:
        return len(matched.hits) >= _BESIDE
    roles = {matched.roles[heading] for heading in matched.hits}
    return len(matched.hits) >= _ENOUGH and "email" in roles


def _records(table: Table) -> Iterator[Record | Problem]:
    matched = dialects.match(table.layout.headings)
    roles = matched.roles if matched else {}
    for row in table:
        if isinstance(row, Problem):
            yield row
        elif any(map(str.strip, row.cells.values())):
            where, raw = table.where(row.number), canonical(row)
            yield record(where, raw, values(row.cells, roles))
