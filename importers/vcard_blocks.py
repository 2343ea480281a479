"""The cards of a vCard file, found by their first and last lines: no byte goes astray."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK: Final = re.compile(
    rb"(BEGIN|END)[ \t]*+:[ \t]*+VCARD[ \t]*+(?=[\r\n]|\Z|(?:\xef\xbb\xbf)?BEGIN[ \t]*+:)",
    re.IGNORECASE,
)
_PREFIX: Final = re.compile(rb"(?:\xef\xbb\xbf)*+([ \t]*+)(?:[A-Za-z0-9_-]++\.)?+")
_AGENT: Final = re.compile(rb"(?:[\w-]++\.)?+AGENT[^:\r\n]*+:[ \t]*+", re.IGNORECASE)
_AGENT_BEFORE: Final = re.compile(
    rb"(?:\A|[\r\n])(?:[\w-]++\.)?+AGENT[^:\r\n]*+:[ \t]*+[\r\n]*+\Z", re.IGNORECASE
)
_LINE_END: Final = frozenset({b"\r", b"\n"})
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


def blocks(data: bytes) -> Iterator[Block]:
    """Split a file at BEGIN and END; every byte that is not blank is in one block's `raw`.

    A BEGIN inside an open card closes it, unless it belongs to an AGENT, whose card stays part of
    its owner's. Nesting costs no recursion, and no mark is looked at more than twice.

    Args:
        data: the file, in any encoding that keeps ASCII.
    """
    if alone := _only_card(data):
        yield alone
        return
    splitter = _Splitter(data)
    for mark in _marks(data):
        yield from splitter.feed(mark)
    yield from splitter.finish()


def _only_card(data: bytes) -> Block | None:
    """The card if the file is one and nothing else, as the files of a folder mostly are."""
    raw = data.rstrip(_BLANK)
    upper = raw.upper()
    begins = upper.startswith(b"BEGIN:VCARD") and raw[11:12] in _LINE_END
    ends = upper.endswith(b"END:VCARD") and raw[-10:-9] in _LINE_END
    last = data[len(raw) : len(raw) + 1]
    if not (begins and ends and upper.count(b"VCARD") == len(("begin", "end"))):
        return None
    if last and last not in _LINE_END:
        return None
    return Block(Kind.CARD, 0, raw, raw[11:-9])


class _Splitter:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0  # up to here everything has been given out
        self.opened: _Mark | None = None
        self.inside: list[_Mark] = []  # marks taken for those of an AGENT's card
        self.depth = 0

    def feed(self, mark: _Mark, *, nesting: bool = True) -> Iterator[Block]:
        """The blocks that end at a mark."""
        opened = self.opened
        if opened is None:
            yield from self._outside(mark)
        elif mark.indent and not opened.indent:
            return  # a folded line of an AGENT
        elif mark.begin:
            if nesting and (mark.agent or self._after_agent(opened, mark)):
                self.depth += 1
                self.inside.append(mark)
            elif not mark.agent:
                yield from self._without_end(mark.start)
                yield from self.feed(mark)
        elif self.depth:
            self.depth -= 1
            self.inside.append(mark)
        else:
            yield self._block(Kind.CARD, opened.start, mark.end, slice(opened.end, mark.start))
            self.opened, self.place, self.inside = None, mark.end, []

    def finish(self) -> Iterator[Block]:
        """What is left at the end of the file."""
        if self.opened is not None:
            yield from self._without_end(len(self.data))
        yield from self._junk(len(self.data))

    def _outside(self, mark: _Mark) -> Iterator[Block]:
        if mark.agent:
            return
        if mark.begin:
            yield from self._junk(mark.start)
            self.opened, self.depth, self.inside = mark, 0, []
        else:
            body = slice(self.place, mark.start)
            yield self._block(Kind.NO_BEGIN, self.place, mark.end, body)
            self.place = mark.end

    def _without_end(self, end: int) -> Iterator[Block]:
        """Close a card that has no END; what was taken for an AGENT's card was a neighbour."""
        opened, inside = self.opened, self.inside
        if opened is None:
            return
        if inside:
            self.opened, self.inside, self.depth = opened, [], 0
            for mark in inside:
                yield from self.feed(mark, nesting=False)
            opened = self.opened
        if opened is not None:
            yield self._block(Kind.NO_END, opened.start, end, slice(opened.end, end))
            self.place = end
        self.opened, self.inside, self.depth = None, [], 0

    def _after_agent(self, opened: _Mark, mark: _Mark) -> bool:
        before = self.data[max(opened.end, mark.start - _LOOK_BACK) : mark.start]
        return bool(_AGENT_BEFORE.search(before))

    def _junk(self, end: int) -> Iterator[Block]:
        block = self._block(Kind.JUNK, self.place, end, slice(self.place, end))
        if block.raw:
            yield block

    def _block(self, kind: Kind, start: int, end: int, body: slice) -> Block:
        at, raw = _trimmed(self.data, start, end)
        return Block(kind, at, raw, self.data[body])
