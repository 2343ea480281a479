"""Tables of text (CSV, TSV and their relatives) as headings and rows, read as a stream."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import re
from collections import Counter, deque
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import VitalfewError
from importers.charset import Charset, charset, text_of
from importers.decode import clean, wide_encoding
from importers.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from importers.container import Container, Member

EXTRA: Final = "__extra"  # the cells of a row that is longer than the row of headings
SUFFIXES: Final = (".csv", ".tsv", ".txt")
DELIMITERS: Final = (",", ";", "\t", "|")
MAX_COLUMNS: Final = 10_000
MAX_LINES: Final = 50_000  # of one row
MAX_CHARS: Final = 20_000_000  # of one row
HEAD_LINES: Final = 60  # a preamble's 15 rows may hold paragraphs of several lines
_FIELD_LIMIT: Final = MAX_CHARS
_WINDOW: Final = 50  # lines tried when looking for the next sound row after a broken one
_SEP = re.compile(r'^"?sep=(.)"?;*,*\r?\n?$', re.IGNORECASE)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Row(NamedTuple):
    """One row.

    Attributes:
        number: as a spreadsheet counts, from 1, preamble and headings included.
        cells: heading to cell, in file order, without the empty ones; NUL shown as U+FFFD.
        written: the cells before NUL was replaced, or None if they are the same.
    """

    number: int
    cells: dict[str, str]
    written: dict[str, str] | None = None


class Layout(NamedTuple):
    """Where the headings stand and what parts the cells.

    Attributes:
        delimiter: one of `DELIMITERS`, or what a first line ``sep=`` names.
        line: the physical line of the headings, from 0; -1 if the first line is data.
        headings: made unique; an empty one is called ``column N``.
    """

    delimiter: str
    line: int
    headings: tuple[str, ...]


def canonical(row: Row) -> bytes:
    """The row in its own words: its cells that are not empty as compact JSON, UTF-8."""
    cells = row.cells if row.written is None else row.written
    return _encode(cells).encode("utf-8", "surrogatepass")


def headings_of(cells: Sequence[str]) -> tuple[str, ...]:
    """Trimmed and unique headings: a second ``Tag`` becomes ``Tag (2)``."""
    made: list[str] = []
    seen: set[str] = set()
    count: Counter[str] = Counter()
    for place, cell in enumerate(cells[:MAX_COLUMNS], 1):
        plain = clean(cell).strip().lstrip("\ufeff") or f"column {place}"
        heading = plain
        while heading in seen:
            count[plain] += 1
            heading = f"{plain} ({count[plain] + 1})"
        seen.add(heading)
        made.append(heading)
    return tuple(made)


def _parsed(lines: Sequence[str], delimiter: str, *, strict: bool = False) -> list[str] | None:
    """The cells of the first record of some lines, or None if there is no sound one."""
    try:
        return next(csv.reader(lines, delimiter=delimiter, strict=strict), None)
    except csv.Error:
        return None


def layout_of(lines: Sequence[str], known: Collection[str] = ()) -> Layout | None:
    """Finds the row of headings behind any preamble, and the delimiter.

    Args:
        lines: the first physical lines.
        known: headings in lower case of which a row must have two; without any, the first row
            that is not blank holds the headings.
    """
    _raise_field_limit()
    sep = _SEP.match(lines[0].lstrip("\ufeff")) if lines else None
    delimiters = (sep[1],) if sep else DELIMITERS
    first = 1 if sep else 0
    if not known:
        return _first_row(lines, delimiters, first)
    names = frozenset(known)
    best: tuple[int, int, str, list[str]] | None = None
    for index in range(first, min(len(lines), HEAD_LINES)):
        for delimiter in delimiters:
            if delimiter not in lines[index]:
                continue  # one cell: no two headings
            cells = _parsed((lines[index],), delimiter)
            found = len(names & {cell.strip("\ufeff \t\r\n").lower() for cell in cells or ()})
            if cells and found >= 2 and (best is None or found > best[0]):  # noqa: PLR2004 - two
                best = found, index, delimiter, cells
    return best and Layout(best[2], best[1], headings_of(best[3]))


def _first_row(lines: Sequence[str], delimiters: Sequence[str], first: int) -> Layout | None:
    """The delimiter whose first 20 rows agree best on their width, then the widest."""
    while first < len(lines) and not lines[first].strip():
        first += 1
    best: tuple[float, int, str, list[str]] | None = None
    for delimiter in delimiters:
        try:
            reader = csv.reader(lines[first:], delimiter=delimiter)
            rows = list(islice((row for row in reader if row), 20))
        except csv.Error:
            continue
        if not rows:
            continue
        width, often = Counter(map(len, rows)).most_common(1)[0]
        score = often / len(rows) if width > 1 else 0.0
        if best is None or (score, width) > best[:2]:
            best = score, width, delimiter, rows[0]
    return best and Layout(best[2], first, headings_of(best[3]))


def peek(head: bytes, known: Collection[str] = ()) -> Layout | None:
    """`layout_of` for the first bytes of a member; a cut last line does no harm."""
    encoding, skip = wide_encoding(head)
    text = codecs.getincrementaldecoder(encoding or "utf-8")("replace").decode(head[skip:])
    return layout_of(list(islice(io.StringIO(text, newline=""), HEAD_LINES)), known)


def _raise_field_limit() -> None:
    if csv.field_size_limit() < _FIELD_LIMIT:
        csv.field_size_limit(_FIELD_LIMIT)


class _Lines:
    """Physical lines that remember what the current row took, and can be given back."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.size = 0
        self.nul = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.size > MAX_CHARS or len(self.taken) >= MAX_LINES:
            raise csv.Error("row too long")
        line = self._again.popleft() if self._again else next(self._source)
        self.taken.append(line)
        self.size += len(line)
        if "\0" in line:
            self.nul = True
        return line

    def new_row(self) -> None:
        self.taken.clear()
        self.size = 0
        self.nul = False

    def give_back(self, lines: Sequence[str]) -> None:
        self._again.extendleft(reversed(lines))


class Table:
    """A member's rows; each iteration reads the member anew and holds one row at a time."""

    def __init__(self, member: Member, charset: Charset, layout: Layout) -> None:
        self.name = member.name
        self.charset = charset
        self.layout = layout
        self._member = member
        self._widths = {len(layout.headings)}

    def where(self, number: int) -> str:
        """The place of a row for people: ``contacts.csv row 17``."""
        return f"{self.name} row {number}"

    def __iter__(self) -> Iterator[Row | Problem]:
        """Every row that is not empty; a broken one as a `Problem`, the rest still read."""
        if self.charset.doubtful:
            why = f"Not all of the text is clean; it was read as {self.charset.encoding}."
            yield Problem(self.name, why, fatal=False)
        try:
            with text_of(self._member.open(), self.charset) as text:
                yield from self._rows(text)
        except VitalfewError as error:
            yield Problem(self.name, error.sentence)

    def _rows(self, text: io.TextIOWrapper) -> Iterator[Row | Problem]:
        _raise_field_limit()
        number = self._skip_head(text)
        lines = _Lines(iter(text))
        reader = csv.reader(lines, delimiter=self.layout.delimiter, strict=True)
        while True:
            lines.new_row()
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield from self._mend(lines, number)
                continue
            if len(lines.taken) > 1 and self._swallows(cells, lines.taken):
                yield from self._mend(lines, number)
            elif row := self._row(number, cells, nul=lines.nul):
                yield row

    def _swallows(self, cells: Sequence[str], taken: Sequence[str]) -> bool:
        """Whether a row of several lines is rather one unclosed quote and its neighbours."""
        return len(cells) not in self._widths and self._next_sound(taken) > 0

    def _skip_head(self, text: io.TextIOWrapper) -> int:
        """Reads through the headings; returns their row number, 0 if there are none."""
        if self.layout.line < 0:
            return 0
        head = list(islice(text, self.layout.line + 1))
        before = list(csv.reader(head[:-1], delimiter=self.layout.delimiter))
        return len(before) + 1

    def _row(self, number: int, cells: list[str], *, nul: bool) -> Row | None:
        headings = self.layout.headings
        found = {heading: cell for heading, cell in zip(headings, cells, strict=False) if cell}
        if len(cells) > len(headings) and any(rest := cells[len(headings) :]):
            found[EXTRA] = self.layout.delimiter.join(rest).rstrip(self.layout.delimiter)
        if not found:
            return None
        self._widths = {len(headings), len(cells)}
        if not nul:
            return Row(number, found)
        shown = {heading: clean(cell) for heading, cell in found.items()}
        return Row(number, shown, found)

    def _next_sound(self, taken: Sequence[str]) -> int:
        """The first line after the first where a row of the usual width begins, or 0."""
        for index in range(1, len(taken)):
            window = taken[index : index + _WINDOW]
            cells = _parsed(window, self.layout.delimiter, strict=True)
            if cells and len(cells) in self._widths:
                return index
        return 0

    def _mend(self, lines: _Lines, number: int) -> Iterator[Row | Problem]:
        """Cuts a broken row off at the next sound one and keeps of it what can be read."""
        taken = lines.taken[:]
        end = self._next_sound(taken) or len(taken)
        lines.give_back(taken[end:])
        raw = "".join(taken[:end]).encode("utf-8", "surrogatepass")
        if lines.size > MAX_CHARS or len(taken) >= MAX_LINES:
            limit = f"{MAX_LINES:,} lines or {MAX_CHARS:,} characters"
            yield Problem(self.where(number), f"This row is longer than {limit}.", raw)
            return
        cells = _parsed(taken[:end], self.layout.delimiter)
        row = None
        if cells and len(cells) in self._widths:
            row = self._row(number, cells, nul=lines.nul)
        if row is None:
            yield Problem(self.where(number), "The quotes of this row do not match.", raw)
            return
        yield row
        why = "The quotes of this row do not match; it was read as far as they do."
        yield Problem(self.where(number), why, raw, fatal=False)


def open_table(member: Member, known: Collection[str] = ()) -> Table | Problem:
    """Looks at a member's encoding and headings.

    Returns:
        A problem if it cannot be read, or if no row holds two of the `known` headings.
    """
    try:
        found = charset(member.open)
        with text_of(member.open(), found) as text:
            layout = layout_of([text.readline(MAX_CHARS) for _ in range(HEAD_LINES)], known)
    except VitalfewError as error:
        return Problem(member.name, error.sentence)
    if layout is None:
        return Problem(member.name, "There is no row of headings that could be understood.")
    return Table(member, found, layout)


def candidates(container: Container) -> Iterator[Member]:
    """Members that may be tables: a lone file whatever its name, else by their names."""
    for member in container.members:
        if len(container.members) == 1 or member.name.lower().endswith(SUFFIXES):
            yield member


def records(
    container: Container,
    members: Collection[str],
    known: Collection[str],
    read: Callable[[Table], Iterator[Record | Problem]],
    opened: Callable[[Member, Collection[str]], Table | Problem] = open_table,
) -> Iterator[Record | Problem]:
    """Reads several members by one reader; a record an earlier member had alike comes once."""
    before: set[bytes] = set()
    for member in container.members:
        if member.name not in members:
            continue
        table = opened(member, known)
        if isinstance(table, Problem):
            yield table
            continue
        here: set[bytes] = set()
        for item in read(table):
            if len(members) > 1 and isinstance(item, Record):
                digest = hashlib.sha256(item.raw).digest()
                if digest in before:
                    continue
                here.add(digest)
            yield item
        before |= here
