"""A book of vitalfew as JSON lines, as ``export --jsonl`` writes it: brought back as one step.

Unlike other formats it holds decisions and the log too, so it goes past alignment: entries are
told apart by their own ids.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import TYPE_CHECKING, Any, Final, NoReturn

from core.errors import VitalfewError
from core.exports.book_file import BLOB, FORM, TABLES, Header, Line
from importers.limits import Limits
from importers.record import Problem, Sniffed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from core.bus import Bus
    from core.commands.store_run import Stored
    from core.storage.driver import Connection
    from importers.container import Container, Member
    from importers.record import Record

NAME: Final = "vitalfew"
TITLE: Final = "vitalfew book"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = True

LIMITS: Final = Limits(file=20_000_000_000)
"""For `open_container`: a book of 100,000 people has more than the usual 200 MB."""
LINE_LIMIT: Final = 130_000_000  # bytes: the largest record there is, all of it escaped
_HEAD: Final = 4_096
_BEGIN: Final = b'{"vitalfew":'
_ENDINGS: Final = (".jsonl", ".ndjson", ".json")


def is_book(path: Path) -> bool:
    """Whether a file begins as such a book does; False for what cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_BEGIN)) == _BEGIN
    except OSError:
        return False


def sniff(container: Container) -> Sniffed | None:
    """Knows the first line."""
    member = _member(container)
    return Sniffed(100, "a book of vitalfew", "", (member.name,)) if member else None


def read(container: Container) -> Iterator[Record | Problem]:
    """Nothing: a book is no list of records; `store` brings it back whole."""
    yield Problem(container.name, "a book of vitalfew is brought back whole, not as a list")


def opened(container: Container) -> tuple[Header, Iterator[Line]]:
    """What the first line of a book says, and its rows; those can be read once.

    Raises:
        VitalfewError: here or while reading: the file is no book, cut off, changed, or of a
            newer vitalfew.
    """
    member = _member(container)
    if member is None:
        raise VitalfewError(f"{container.name} is no book of vitalfew; nothing was changed")
    with member.open() as stream:
        header = _header(_document(stream.readline(_HEAD), 1))
    return header, _lines(member)


def store(
    bus: Bus, container: Container, progress: Callable[[int], None] = lambda _done: None
) -> tuple[Stored, int]:
    """Bring a book back as one step.

    Args:
        bus: the writing side.
        container: one that `sniff` knows.
        progress: called with a count of lines; may raise to cancel.

    Returns:
        What came of it, and the command's number (0 if nothing had to be changed).

    Raises:
        VitalfewError: the file is broken; nothing was changed.
    """
    from core.commands.store_book import StoreBook
    from core.commands.store_run import Stored

    header, lines = opened(container)
    done = bus.run(StoreBook(TITLE, header, lines), progress=progress)
    assert isinstance(done.result, Stored)  # noqa: S101 — what the handler of StoreBook returns
    return done.result, done.command_id


def count(
    view: Connection | None,
    container: Container,
    progress: Callable[[int], None] = lambda _done: None,
) -> Stored:
    """What `store` would come to; the whole file is checked, nothing is written.

    Args:
        view: the book, or None if there is none yet.
        container: one that `sniff` knows.
        progress: called with a count of lines.

    Raises:
        VitalfewError: the file is broken.
    """
    from core.commands.store_run import Stored
    from core.storage import book_rows
    from core.storage.book_check import Check

    header, lines = opened(container)
    check = Check(header.rows)
    most = book_rows.last(view, "card") if view else 0
    entries = known = 0
    for line in lines:
        if line.table != BLOB:
            row = check.row(line)
            if line.table == "card":
                entries += 1
                known += bool(view and book_rows.like(view, "card", row, most))
        progress(1)
    check.finish()
    return Stored(0, entries, entries - known, 0, known, 0, put_away=0, news=0)


def _member(container: Container) -> Member | None:
    """The first book; of many files only those are looked into that are named as one."""
    alone = len(container.members) == 1
    for member in container.members:
        named = alone or member.name.lower().endswith(_ENDINGS)
        if named and member.head(_HEAD).startswith(_BEGIN):
            return member
    return None


def _header(document: dict[str, Any]) -> Header:
    from core.storage.connect import SCHEMA

    form, schema = document.get("vitalfew"), document.get("schema")
    made, rows = document.get("made", ""), document.get("rows")
    if not (type(form) is type(schema) is int and isinstance(made, str) and isinstance(rows, dict)):
        _refuse(1, "is not the first line of a book")
    if form > FORM or schema > SCHEMA:
        raise VitalfewError(
            f"the file is from a newer vitalfew (schema {schema}, this one knows {SCHEMA}): "
            "update vitalfew; nothing was changed"
        )
    if any(type(count) is not int or not 0 <= count < 1 << 40 for count in rows.values()):
        _refuse(1, "is not the first line of a book")
    if unknown := sorted(rows.keys() - set(TABLES)):
        _refuse(1, f"names a table that this vitalfew does not know ({unknown[0][:40]})")
    return Header(schema, made, rows)


def _lines(member: Member) -> Iterator[Line]:
    """The rows, until a last line that fits them."""
    digest = hashlib.sha256()
    number = 1
    with member.open() as stream:
        stream.readline(_HEAD)
        while written := stream.readline(LINE_LIMIT):
            number += 1
            document = _document(written, number)
            if "end" in document:
                _end(document["end"], number, digest.hexdigest())
                if stream.read(1):
                    _refuse(number, "ends the book, but more follows")
                return
            digest.update(written)
            table = document.pop("table", None)
            if not isinstance(table, str) or table not in TABLES:
                _refuse(number, "is of a table that this vitalfew does not know")
            yield Line(number, table, _blob(document, number) if table == BLOB else document)
    raise VitalfewError(f"the file is cut off after line {number:,}; nothing was changed")


def _document(written: bytes, number: int) -> dict[str, Any]:
    if not written.endswith(b"\n"):
        if len(written) >= LINE_LIMIT:
            _refuse(number, f"is longer than {LINE_LIMIT:,} bytes, the limit")
        raise VitalfewError(f"the file is cut off in line {number:,}; nothing was changed")
    try:
        document = json.loads(written)
    except (ValueError, RecursionError):
        _refuse(number, "is not JSON that can be read")
    if not isinstance(document, dict):
        _refuse(number, "is not a JSON object")
    if b"\\ud" in written or b"\\uD" in written:
        return {name: _storable(value) for name, value in document.items()}
    return document


def _storable(value: object) -> object:
    """Text in which half of a pair stands alone cannot be stored: it is replaced."""
    if not isinstance(value, str):
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _end(said: object, number: int, digest: str) -> None:
    """The last line tells how many rows there were; who makes such files may leave out the hash."""
    if not isinstance(said, dict) or said.get("lines") != number - 2:
        _refuse(number, f"does not count {number - 2:,} lines before it: the file is not whole")
    if said.get("sha256", digest) != digest:
        raise VitalfewError(
            "the file is not as it was written (its hash differs); nothing was changed"
        )


def _blob(document: dict[str, Any], number: int) -> dict[str, Any]:
    try:
        data = base64.b64decode(document["data"], validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error):
        _refuse(number, "holds bytes that cannot be unpacked")
    if hashlib.sha256(data).hexdigest() != document.get("sha256"):
        _refuse(number, "holds bytes that are not those it names")
    return {"sha256": document["sha256"], "data": data}


def _refuse(number: int, why: str) -> NoReturn:
    raise VitalfewError(f"line {number:,} {why}; nothing was changed")
