"""The cards of a vCard file, found by their first and last lines: no byte goes astray."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK: Final = re.compile(
    rb"(BEGIN|END)[ \t]*+:[ \t]*+VCARD[ \t]*+(?=[\r\n]|\Z|BEGIN[ \t]*+:)", re.IGNORECASE
)
_PREFIX: Final = re.compile(rb"(?:\xef\xbb\xbf)*+([ \t]*+)(?:[A-Za-z0-9_-]++\.)?+")
_AGENT: Final = re.compile(rb"(?:[\w-]++\.)?+AGENT[^:\r\n]*+:[ \t]*+", re.IGNORECASE)
_AGENT_BEFORE: Final = re.compile(
    rb"(?:\A|[\r\n])(?:[\w-]++\.)?+AGENT[^:\r\n]*+:[ \t]*+[\r\n]*+\Z", re.IGNORECASE
)
_BLANK: Final = b" \t\r\n\x1a"
_LEADING: Final = re.compile(rb"(?:[ \t\r\n\x1a]|\xef\xbb\xbf)*+")
_LOOK_BACK: Final = 256  # bytes before a BEGIN in which its line, and an AGENT line, must start


class Kind(Enum):
    """How a stretch of the file is bounded."""

    CARD = "card"
    NO_END = "no end"
    NO_BEGIN = "no begin"
    JUNK = "junk"


class Block(NamedTuple):
    """A stretch of the file.

    Attributes:
        kind: what it is.
        start: its first byte in the file.
        raw: its bytes, from BEGIN to END inclusive, without blanks around.
        body: the lines between BEGIN and END.
    """

    kind: Kind
    start: int
    raw: bytes
    body: bytes

    @property
    def span(self) -> str:
        """The byte range, for people."""
        return f"bytes {self.start:,} to {self.start + len(self.raw):,}"


class _Mark(NamedTuple):
    begin: bool
    start: int  # of its line
    end: int
    indent: bytes
    agent: bool  # stands on an AGENT line


def _marks(data: bytes) -> Iterator[_Mark]:
    last_end = 0
    for match in _MARK.finditer(data):
        start = match.start()
        floor = max(last_end, start - _LOOK_BACK)
        line = max(data.rfind(b"\n", floor, start), data.rfind(b"\r", floor, start)) + 1
        line = max(line, floor)
        before = data[line:start]
        begin = match[1].upper() == b"BEGIN"
        prefix = _PREFIX.fullmatch(before)
        if prefix:
            yield _Mark(begin, line, match.end(), prefix[1], agent=False)
        elif begin and _AGENT.fullmatch(before):
            folded = data[match.end() : match.end() + 3].lstrip(b"\r\n")[:1] in {b" ", b"\t"}
            if folded:
                continue
            yield _Mark(begin, line, match.end(), b"", agent=True)
        else:
            continue
        last_end = match.end()


def _trimmed(data: bytes, start: int, end: int) -> tuple[int, bytes]:
    """A stretch without byte order marks and blanks around it, and where it starts."""
    match = _LEADING.match(data, start, end)
    start = match.end() if match else start
    return start, data[start:end].rstrip(_BLANK)


def _block(kind: Kind, data: bytes, start: int, end: int, body: slice) -> Block:
    at, raw = _trimmed(data, start, end)
    return Block(kind, at, raw, data[body])


def blocks(data: bytes) -> Iterator[Block]:
    """Split a file at BEGIN and END; every byte that is not blank is in one block's `raw`.

    A BEGIN inside an open card closes it, unless it belongs to an AGENT, whose card stays part of
    its owner's. Nesting costs no recursion.

    Args:
        data: the file, in any encoding that keeps ASCII.
    """
    place = 0
    opened: _Mark | None = None
    depth = 0
    for mark in _marks(data):
        if opened is None:
            if mark.agent:
                continue
            if mark.begin:
                yield from _junk(data, place, mark.start)
                opened, depth = mark, 0
            else:
                body = slice(place, mark.start)
                yield _block(Kind.NO_BEGIN, data, place, mark.end, body)
                place = mark.end
        elif mark.indent and not opened.indent:
            continue  # a folded line of an AGENT
        elif mark.begin:
            before = data[max(opened.end, mark.start - _LOOK_BACK) : mark.start]
            if mark.agent or _AGENT_BEFORE.search(before):
                depth += 1
                continue
            body = slice(opened.end, mark.start)
            yield _block(Kind.NO_END, data, opened.start, mark.start, body)
            opened, depth = mark, 0
        elif depth:
            depth -= 1
        else:
            body = slice(opened.end, mark.start)
            yield _block(Kind.CARD, data, opened.start, mark.end, body)
            opened, place = None, mark.end
    if opened is not None:
        body = slice(opened.end, len(data))
        yield _block(Kind.NO_END, data, opened.start, len(data), body)
    else:
        yield from _junk(data, place, len(data))


def _junk(data: bytes, start: int, end: int) -> Iterator[Block]:
    block = _block(Kind.JUNK, data, start, end, slice(start, end))
    if block.raw:
        yield block
