"""The mails of a mailbox one at a time, as bytes: mbox files, and files that are one mail each.

Our own, as `mailbox` makes a table of all offsets first and hands out whole mails; of a mail with
its pictures only the beginning is needed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from importers.container import Member

KEPT: Final = 1 << 18
"""Bytes of one mail that are looked at."""

_BLOCK: Final = 1 << 20
_SEPARATOR: Final = re.compile(
    rb"From \S[^\r\n]{0,200}?\b\d{1,2}:\d\d(?::\d\d)?\b[^\r\n]{0,60}?\b\d{4}\b[^\r\n]{0,60}\r?\n"
)
_BEFORE: Final = (b"\n\n", b"\r\n\r\n", b"\n\r\n")
_LONGEST_LINE: Final = 400
_COUNTED: Final = re.compile(rb"\s{0,8}(\d{1,12})[ \t]*\r?\n")
_FLAGS: Final = re.compile(rb"<key>flags</key>\s*<(?:integer|real)>(\d{1,19})<")
_DELETED: Final = 0x2


class Mail(NamedTuple):
    """The beginning of one mail, and what stood before it: the rest of its ``From `` line.

    Attributes:
        deleted: the mail program only waits to throw it away.
    """

    number: int
    envelope: bytes
    data: bytes
    deleted: bool = False


def is_mbox(head: bytes) -> bool:
    """Whether a file begins as a mailbox does."""
    return _SEPARATOR.match(head.lstrip()) is not None


def mails(member: Member) -> Iterator[Mail]:
    """Every mail of an mbox file; of any other the one that it is.

    Raises:
        VitalfewError: reading breaks off.
    """
    with member.stream() as stream:
        first = stream.read(_BLOCK)
        start = len(first) - len(first.lstrip())
        if _SEPARATOR.match(first, start):
            yield from _split(stream, first[start:])
        elif first.strip():
            yield _one(first)


def beginning(head: bytes) -> bytes:
    """How a mail that is a file begins, without what stands before it there.

    That is a byte order mark, or the line in which Apple Mail says how long the mail is.
    """
    head = head.removeprefix(b"\xef\xbb\xbf")
    counted = _COUNTED.match(head)
    return head[counted.end() :] if counted else head


def _one(first: bytes) -> Mail:
    """A file that is one mail; Apple Mail says behind it what became of it."""
    data = beginning(first)
    if not (counted := _COUNTED.match(first)):
        return Mail(1, b"", data[:KEPT])
    count = int(counted[1])
    flags = _FLAGS.search(data, count)
    return Mail(1, b"", data[: min(count, KEPT)], bool(flags and int(flags[1]) & _DELETED))


def _split(stream: BinaryIO, buffer: bytes) -> Iterator[Mail]:
    """Mails of an mbox: they begin behind an empty line with ``From ``, an address and a time."""
    number = 0
    kept = b""  # the beginning of a mail that is longer than what is read at once
    while True:
        place = 0
        while (end := _next(buffer, place)) >= 0:
            number += 1
            yield _mail(number, kept or buffer[place:end])
            kept, place = b"", end
        block = stream.read(_BLOCK)
        if not block:
            break
        rest = buffer[place:]
        if kept or len(rest) > _BLOCK:
            kept = kept or rest[: KEPT + _LONGEST_LINE]
            rest = rest[-_LONGEST_LINE:]
        buffer = rest + block
    number += 1
    yield _mail(number, kept or buffer[place:])


def _next(buffer: bytes, place: int) -> int:
    """Where the next mail begins, or -1."""
    found = place
    while (found := buffer.find(b"\nFrom ", found + 1)) >= 0:
        if buffer[max(0, found - 3) : found + 1].endswith(_BEFORE) and (
            _SEPARATOR.match(buffer, found + 1)
        ):
            return found + 1
    return -1


def _mail(number: int, data: bytes) -> Mail:
    line, _, rest = data[: KEPT + _LONGEST_LINE].partition(b"\n")
    return Mail(number, line, rest)
