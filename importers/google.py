"""Google Contacts as CSV: the layout of 2024 and the one before, one file or a Takeout folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.rules.guards import GUARDED, unguard
from importers.columns import KNOWN_BY
from importers.google_values import KNOWN, TELLTALE, Columns, values_of
from importers.record import Problem, Record, Sniffed
from importers.table import Table, candidates, canonical, peek, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container

NAME: Final = "google"
TITLE: Final = "Google Contacts"
VERSION: Final = 1
WHOLE: Final = True
NEW_PEOPLE: Final = True

_HEAD: Final = 1 << 15  # headings of many columns in UTF-16 are longer than one block


def sniff(container: Container) -> Sniffed | None:
    """Knows the headings that only this list has, in any member."""
    members: list[str] = []
    reason = ""
    for member in candidates(container):
        layout = peek(member.head(_HEAD), KNOWN)
        if layout and (found := [h for h in layout.headings if h.lower() in TELLTALE]):
            members.append(member.name)
            reason = reason or f"heading '{found[0]}'"
    return Sniffed(95, reason, "", tuple(members)) if members else None


def read(container: Container) -> Iterator[Record | Problem]:
    """Every row; one that stands alike in several group files of a Takeout comes once."""
    if sniffed := sniff(container):
        yield from records(container, sniffed.members, KNOWN, _records)


def _records(table: Table) -> Iterator[Record | Problem]:
    columns = Columns.of(table.layout.headings)
    guarded = GUARDED in table.layout.headings
    for row in table:
        if isinstance(row, Problem):
            yield row
            continue
        cells = {h: unguard(cell) for h, cell in row.cells.items()} if guarded else row.cells
        if values := values_of(columns, cells):
            where, raw = table.where(row.number), canonical(row)
            if KNOWN_BY.isdisjoint([value.kind for value in values]):
                yield Problem(where, "nothing to know anybody by", raw)
            else:
                yield Record(where, raw, "", tuple(values))
        elif any(map(str.strip, row.cells.values())):
            yield Problem(table.where(row.number), "nothing to know anybody by", canonical(row))
