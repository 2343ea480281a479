"""The whole book as JSON lines: what can be brought back without a difference.

One document a line. The first tells the form, the schema and how many rows follow; then come the
rows, each with its table; empty values are left out. Ids count from 1 in each table, and whoever
refers to a row names that number. The last line tells how many rows there were and their SHA-256,
so that a file that is cut off is known. All is ASCII. What undo keeps does not leave the book.
"""

from __future__ import annotations

import base64
import hashlib
import json
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.queries import whole_book
from core.storage import connect

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Mapping

    from core.queries.whole_book import Shape
    from core.storage.driver import Connection

FORM: Final = 1
BLOB: Final = "blob"
TABLES: Final = (*whole_book.TABLES, BLOB)
"""The tables of a file, in their order; those who took part stand behind their interaction."""

_encode: Final = json.JSONEncoder(separators=(",", ":")).encode


class Header(NamedTuple):
    """What the first line of a file says.

    Attributes:
        schema: of the book it was made from.
        made: when, as ISO text.
        rows: how many rows of each table follow.
    """

    schema: int
    made: str
    rows: Mapping[str, int]


class Line(NamedTuple):
    """One row of a file; `number` is its line, counted from 1."""

    number: int
    table: str
    row: dict[str, Any]


def lines(connection: Connection, made: str) -> Iterator[bytes]:
    """The whole book, a line at a time.

    Args:
        connection: inside `whole_book.snapshot`.
        made: the moment, for the first line.
    """
    counts = whole_book.counts(connection)
    header = {"vitalfew": FORM, "schema": connect.version(connection), "made": made, "rows": counts}
    yield _line(header)
    digest, number = hashlib.sha256(), 0
    for row in _rows(connection):
        line = _line(row)
        digest.update(line)
        number += 1
        yield line
    yield _line({"end": {"lines": number, "sha256": digest.hexdigest()}})


def _line(document: object) -> bytes:
    return _encode(document).encode("ascii") + b"\n"


def _rows(connection: Connection) -> Iterator[dict[str, object]]:
    shapes = whole_book.shapes(connection)
    wanted = {table for shape in shapes.values() for table in shape.refers.values()}
    places = {table: whole_book.ids(connection, table) for table in wanted}
    told = dict.fromkeys(shapes, 0)
    for table, row in whole_book.rows(connection):
        told[table] += 1
        yield {"table": table, **_row(row, shapes[table], places), "id": told[table]}
    for sha256, data in whole_book.blobs(connection):
        yield {"table": BLOB, "sha256": sha256, "data": base64.b64encode(data).decode("ascii")}


def _row(row: tuple[Any, ...], shape: Shape, places: Mapping[str, array[int]]) -> dict[str, object]:
    """The values that are not empty, with the numbers of the file for those of the book."""
    found = {name: value for name, value in zip(shape.columns, row, strict=True) if value}
    for name, table in shape.refers.items():
        if name in found:
            found[name] = bisect_left(places[table], found[name]) + 1
    return found
