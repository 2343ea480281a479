"""What the columns of a known program's table mean, told in a few lines of a data file.

A line of ``heading_tables/*.tsv`` is a program (``*``: all of the file), a role, and headings with
``|`` between them. Three roles tell a table by its headings: of each line ``mark`` one must be
there, of ``unless`` none; of ``exact`` all must be there, and no other.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from importers.columns import day_first
from importers.dialects import HEAD, key
from importers.table import Row
from importers.table import peek as layout_of_head

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from importers.container import Member
    from importers.table import Table

_FOLDER: Final = Path(__file__).parent / "heading_tables"
_ALL: Final = "*"
_TELLING: Final = frozenset({"mark", "unless", "exact"})
_DATES: Final = frozenset({"birthday", "date"})


@cache
def _read(file: str) -> Sequence[tuple[str, str, Sequence[str]]]:
    text = (_FOLDER / f"{file}.tsv").read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines())
    return [(program, role, cell.split(" | ")) for program, role, cell in lines]


@cache
def known(file: str) -> frozenset[str]:
    """Every heading of a data file in lower case, with and without its signs."""
    labels = {heading.lower() for _, _, headings in _read(file) for heading in headings}
    return frozenset(labels | {key(label) for label in labels})


def peek(member: Member, file: str) -> tuple[str, ...]:
    """The headings of a member, if it is a table that a data file can know; else none."""
    return _headings(member.head(HEAD), file)


@lru_cache(maxsize=512)  # many programs look at the heads of one archive, one after the other
def _headings(head: bytes, file: str) -> tuple[str, ...]:
    layout = layout_of_head(head, known(file))
    return layout.headings if layout else ()


class Headings:
    """The headings of one program.

    Args:
        file: of `heading_tables`, without its ending.
        program: as it is named there.
    """

    def __init__(self, file: str, program: str) -> None:
        self._file = file
        self._program = program

    @cached_property
    def _lines(self) -> Sequence[tuple[str, Sequence[str]]]:
        return [
            (role, headings)
            for wanted in (self._program, _ALL)
            for program, role, headings in _read(self._file)
            if program == wanted
        ]

    @cached_property
    def _marks(self) -> Mapping[str, Sequence[frozenset[str]]]:
        marks: dict[str, list[frozenset[str]]] = defaultdict(list)
        for role, headings in self._lines:
            if role in _TELLING:
                marks[role].append(frozenset(map(key, headings)))
        return marks

    @cached_property
    def _by_key(self) -> Mapping[str, str]:
        """Key of a heading to role; the program's own word goes before everybody's."""
        roles: dict[str, str] = {}
        for role, headings in self._lines:
            if role not in _TELLING:
                for heading in headings:
                    roles.setdefault(key(heading), role)
        return roles

    def roles(self, headings: Sequence[str]) -> dict[str, str]:
        """Heading to role, of those that are known."""
        return {h: role for h in headings if (role := self._by_key.get(key(h)))}

    def mark(self, headings: Sequence[str]) -> str:
        """The first heading that tells a table as this program's, or ""."""
        by_key = {key(heading): heading for heading in reversed(headings)}
        if exact := self._marks.get("exact"):
            return headings[0] if exact[0] == by_key.keys() else ""
        marks = self._marks.get("mark", ())
        if not marks or any(group.isdisjoint(by_key) for group in marks):
            return ""
        if not all(group.isdisjoint(by_key) for group in self._marks.get("unless", ())):
            return ""
        return next(heading for part, heading in by_key.items() if part in marks[0])


def order_of_dates(table: Table, roles: Mapping[str, str]) -> bool | None:
    """Whether the dates of a table begin with the day, as far as they tell.

    The table is read once more for it.
    """
    return day_first(_dates(table, roles))


def _dates(table: Table, roles: Mapping[str, str]) -> Iterator[str]:
    headings = {heading for heading, role in roles.items() if role.partition(":")[0] in _DATES}
    for row in table if headings else ():
        if isinstance(row, Row):
            yield from (row.cells[heading] for heading in headings & row.cells.keys())
