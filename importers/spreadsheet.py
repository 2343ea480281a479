"""Any table of people nobody else knows: CSV, TSV or XLSX, its columns guessed or told."""

from __future__ import annotations

import hashlib
import io
import re
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import VitalfewError
from core.rules import kinds, partial_dates
from core.rules.guards import GUARDED
from importers.charset import charset, text_of
from importers.columns import column, day_first, key_of, record, values
from importers.decode import decode
from importers.guess import SAMPLE, Guessed, by_content, guess, heading_set, is_data, recognised
from importers.headings import PREAMBLE, cells_of, known_in
from importers.record import Problem, Record, Sniffed
from importers.table import (
    DELIMITERS,
    HEAD_LINES,
    MAX_CHARS,
    SUFFIXES,
    Layout,
    Row,
    Table,
    canonical,
    headings_of,
    layout_of,
)
from importers.workbook import Sheet, is_workbook, sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from importers.container import Container, Member

NAME: Final = "spreadsheet"
TITLE: Final = "Spreadsheet"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = True

_HEAD: Final = 1 << 16
_SHOWN: Final = 4  # headings named in the reason
_CONFIDENCE: Final = 40
_DATES: Final = frozenset({kinds.BIRTHDAY, kinds.DATE, kinds.CONNECTED})
_REACHING: Final = frozenset({kinds.EMAIL, kinds.PHONE, kinds.HANDLE})
_OF_PEOPLE: Final = frozenset(  # beside a name, what a list of other things hardly has
    {kinds.GIVEN, kinds.FAMILY, kinds.NICKNAME, kinds.ORG, kinds.TITLE, kinds.DEPARTMENT}
    | {kinds.BIRTHDAY, kinds.GENDER, kinds.RELATION, kinds.ADDRESS, kinds.CONNECTED}
)
_HALVES: Final = frozenset({kinds.GIVEN, kinds.FAMILY})
_OTHER_TEXT: Final = re.compile(  # pages, JSON, cards and calendars
    r"[\ufeff\s]*[<{\[]|(?:.*\n){0,60}?\s*BEGIN:V(?:CARD|CALENDAR)", re.IGNORECASE
)
_EITHER: Final = re.compile(r"[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{2,4}\b")


def sniff(container: Container) -> Sniffed | None:
    """Knows a table by a column that tells who somebody is."""
    found: list[tuple[str, str]] = []
    for member in _candidates(container):
        if is_workbook(member):
            found += _sniffed_workbook(member)
        elif guessed := _peeked(member):
            found.append((member.name, _reason(guessed)))
    if not found:
        return None
    return Sniffed(_CONFIDENCE, found[0][1], "", tuple(dict.fromkeys(name for name, _ in found)))


def read(
    container: Container, roles: Mapping[str, str] | None = None
) -> Iterator[Record | Problem]:
    """Every row of every table of people.

    Args:
        container: of tables and workbooks; its other members are passed over.
        roles: heading to role, whatever the case; other columns are taken as guessed.
    """
    told = {_folded(heading): role for heading, role in (roles or {}).items()}
    before: set[bytes] = set()
    for table in _tables(container):
        if isinstance(table, Problem):
            yield table
            continue
        look = _look(table)
        meant = {e.heading: told.get(_folded(e.heading), e.role) for e in look.columns}
        said = any(meant[entry.heading] != entry.role for entry in look.columns)
        asked = said or (bool(told) and isinstance(table, Table) and len(container.members) == 1)
        if not look.tells and not (asked and _tells_by_kind(meant.values())):
            why = "No column tells who somebody is; the table was left alone."
            yield Problem(table.name, why, fatal=False)
            continue
        here: set[bytes] = set()
        for item in _records(table, meant):
            if isinstance(item, Record):  # what an earlier sheet has alike comes once
                digest = hashlib.sha256(item.raw).digest()
                if digest in before:
                    continue
                here.add(digest)
            yield item
        before |= here


def columns_of(container: Container) -> tuple[Guessed, ...]:
    """What the columns of the container's first table of people seem to mean."""
    looks = [_look(table) for table in _tables(container) if not isinstance(table, Problem)]
    looks.sort(key=lambda look: not look.tells)
    return looks[0].columns if looks else ()


def heading_set_of(container: Container) -> str:
    """The name of the set of headings of the first table of people, for a remembered mapping."""
    return heading_set(entry.heading for entry in columns_of(container))


def _candidates(container: Container) -> Iterator[Member]:
    """Members that may be tables: a lone file whatever its name, else by their names."""
    for member in container.members:
        named = member.name.lower().endswith(SUFFIXES)
        if len(container.members) == 1 or named or is_workbook(member):
            yield member


def _tables(container: Container) -> Iterator[Table | Sheet | Problem]:
    for member in _candidates(container):
        if is_workbook(member):
            yield from sheets(member)
        elif _peeked(member) or len(container.members) == 1:
            yield _text_table(member)


def _sniffed_workbook(member: Member) -> Iterator[tuple[str, str]]:
    """The workbook, if a sheet tells of people or reading it would tell what is wrong with it."""
    for sheet in sheets(member):
        if isinstance(sheet, Problem):
            yield member.name, "a workbook that cannot be read"
            return
        look = _look(sheet)
        if look.tells:
            yield member.name, _reason(look.columns)
            return


def _peeked(member: Member) -> tuple[Guessed, ...]:
    """The columns of a table of text by its first bytes; none if they tell of nobody."""
    head = member.head(_HEAD)
    text = decode(head).text
    if "\0" in text or _OTHER_TEXT.match(text):
        return ()
    lines = io.StringIO(text, newline="").readlines()
    if len(head) == _HEAD and len(lines) > 1:
        lines.pop()  # cut off
    layout = _layout(lines[:HEAD_LINES])
    if layout is None:
        return ()
    rows = (cells_of((line,), layout.delimiter) for line in lines[layout.line + 1 :])
    look = _looked(layout.headings, [dict(zip(layout.headings, r, strict=False)) for r in rows])
    return look.columns if look.tells else ()


def _text_table(member: Member) -> Table | Problem:
    try:
        found = charset(member.open)
        with text_of(member.open(), found) as text:
            lines = [text.readline(MAX_CHARS) for _ in range(HEAD_LINES)]
    except VitalfewError as error:
        return Problem(member.name, error.sentence)
    if _OTHER_TEXT.match("".join(lines)[:_HEAD]):
        return Problem(member.name, "This is text of another kind, not a table.")
    layout = _layout(lines)
    if layout is None:
        return Problem(member.name, "There is no row of headings that could be understood.")
    return Table(member, found, layout)


def _layout(lines: Sequence[str]) -> Layout | None:
    """Headings behind any preamble; of a table that begins with data the numbers of columns."""
    known: set[str] = set()
    for line in lines[:PREAMBLE]:
        marks = [mark for mark in DELIMITERS if mark in line]
        found = max((known_in(cells_of((line,), mark)) for mark in marks), key=len, default=known)
        if len(found) > 1:
            known = found
            break
    layout = layout_of(lines, known) if known else None
    layout = layout or layout_of(lines)
    if layout is None:
        return None
    first = cells_of(lines[layout.line :], layout.delimiter)
    if is_data(first):
        return layout._replace(line=layout.line - 1, headings=headings_of([""] * len(first)))
    return layout


class _Look(NamedTuple):
    """What a first look at a table tells."""

    columns: tuple[Guessed, ...]
    tells: bool


def _look(table: Table | Sheet) -> _Look:
    return _looked(table.layout.headings, (row.cells for row in table if isinstance(row, Row)))


def _looked(headings: Sequence[str], rows: Iterable[Mapping[str, str]]) -> _Look:
    """The columns, and whether one tells who somebody is.

    A name alone tells it only if it looks like one: many tables have a ``Name`` of something.
    """
    sample = list(islice(rows, SAMPLE))
    columns = guess(headings, sample)
    found = {column(entry.role).kind for entry in columns}
    if not _tells_by_kind(entry.role for entry in columns):
        return _Look(columns, tells=False)
    if found & _REACHING or found >= _HALVES or found & _OF_PEOPLE:
        return _Look(columns, tells=True)
    names = [e.heading for e in columns if e.role == "name" and _is_said(e.heading)]
    tells = any(by_content([r[h] for r in sample if r.get(h)]) == "name" for h in names)
    return _Look(columns, tells)


def _is_said(heading: str) -> bool:
    """Whether a heading speaks of names, or there is none."""
    return recognised(heading) or heading.startswith("column ")


def _tells_by_kind(roles: Iterable[str]) -> bool:
    found = {column(role).kind for role in roles}
    return bool(found & _REACHING) or kinds.NAME in found or found >= _HALVES


def _records(table: Table | Sheet, meant: Mapping[str, str]) -> Iterator[Record | Problem]:
    dates = [heading for heading, role in meant.items() if column(role).kind in _DATES]
    order = _day_first(table, dates) if dates else None
    guarded = GUARDED in table.layout.headings
    doubtful = 0
    for item in table:
        if isinstance(item, Problem):
            yield item
        elif any(map(str.strip, item.cells.values())):
            if dates and order is None:
                doubtful += any(_is_either(item.cells.get(heading, "")) for heading in dates)
            found = values(item.cells, meant, day_first=order, guarded=guarded)
            key = key_of(item.cells, meant)
            yield record(table.where(item.number), canonical(item), found, key)
    if doubtful:
        rows = f"{doubtful:,} rows" if doubtful > 1 else "1 row"
        why = f"{rows} with a date such as 03/04/1980: the day or the month may come first"
        yield Problem(table.name, f"{why}; kept as it is written.", fatal=False)


def _day_first(table: Table | Sheet, dates: Sequence[str]) -> bool | None:
    """Whether the day comes first in the dates of a table, by all of them."""
    rows = (row.cells for row in table if isinstance(row, Row))
    return day_first(cell for cells in rows for h in dates if (cell := cells.get(h)))


def _is_either(cell: str) -> bool:
    return bool(_EITHER.match(cell.strip())) and partial_dates.parse(cell) is None


def _reason(guessed: Sequence[Guessed]) -> str:
    told = [entry.heading for entry in guessed if entry.role != "keep"][:_SHOWN]
    return f"columns {', '.join(heading[:40] for heading in told)}"


def _folded(heading: str) -> str:
    return " ".join(heading.casefold().split())
