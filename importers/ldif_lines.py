"""Entries of LDIF: lines folded and unfolded, values plain, in base64 or elsewhere."""

from __future__ import annotations

import base64
import binascii
import re
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from importers.decode import clean, decode
from importers.ldif_names import PHOTOS, SECRETS
from importers.record import Problem
from importers.text_lines import lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importers.container import Member

RECORD_LIMIT: Final = 20_000_000  # characters of one entry
LINES_LIMIT: Final = 50_000  # lines of one entry

ELSEWHERE: Final = "a value that lies elsewhere was not fetched"
_DN: Final = re.compile(r"dn:", re.IGNORECASE)
_HEAD: Final = re.compile(r"#|\s|version:", re.IGNORECASE)
_LINE: Final = re.compile(r"([^:;\s]{1,200})((?:;[^:\s]{1,200})?):([:<]?)[ \t]*(.*)", re.DOTALL)


class Attribute(NamedTuple):
    """One value of an entry.

    Attributes:
        name: of the attribute, lower case, without options such as ``;lang-de``.
        written: the name as it stands in the file, options included.
        text: the value; "" if it is not text.
        data: the bytes of a value in base64 that belongs to a photo, else b"".
    """

    name: str
    written: str
    text: str
    data: bytes = b""


class Entry:
    """One entry of a directory.

    Attributes:
        where: the place, for people.
        raw: its lines as UTF-8, comments included, passwords left out.
        dn: its name in the directory, or "".
        attributes: in file order, without the name.
        warnings: what was taken with a doubt.
    """

    def __init__(self, where: str, written: Sequence[str]) -> None:
        self.where = where
        self.dn = ""
        self.attributes: list[Attribute] = []
        self.warnings: list[str] = []
        kept: list[str] = []
        for physical in _unfolded(written):
            logical = physical[0] + "".join(line[1:] for line in physical[1:])
            if self._line(logical):
                kept += physical
        self.raw = "".join(f"{line}\n" for line in kept).encode("utf-8", "surrogatepass")

    @cached_property
    def classes(self) -> frozenset[str]:
        """What the entry is, lower case."""
        found = (a.text for a in self.attributes if a.name == "objectclass")
        return frozenset(text.strip().lower() for text in found)

    def first(self, name: str) -> str:
        """The first value of an attribute, or ""."""
        return next((a.text for a in self.attributes if a.name == name), "")

    def _line(self, line: str) -> bool:
        """Take one line; False if it must not be kept in any form."""
        if line.startswith("#"):
            return True
        found = _LINE.match(line)
        if found is None:
            self.warnings.append("a line that is no attribute is kept as it is")
            self.attributes.append(Attribute("", "line", clean(line)))
            return True
        name, written, sign, value = found[1].lower(), found[1] + found[2], found[3], found[4]
        if name in SECRETS:
            return False
        text, data = value, b""
        if sign == "<":
            text = f"< {value}"
            self.warnings.append(ELSEWHERE)
        elif sign == ":":
            text, data = self._unpacked(name, value)
        if name == "dn":
            self.dn = self.dn or clean(text.strip())
        else:
            self.attributes.append(Attribute(name, clean(written), clean(text), data))
        return True

    def _unpacked(self, name: str, value: str) -> tuple[str, bytes]:
        packed = re.sub(r"\s+", "", value)
        try:
            data = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
        except (binascii.Error, ValueError):
            self.warnings.append("a value whose base64 is broken is kept as it is")
            return ("" if name in PHOTOS else value), b""
        if name in PHOTOS:
            return "", data
        return ("", b"") if b"\0" in data else (decode(data).text, b"")


def entries(member: Member, only: re.Pattern[str] | None = None) -> Iterator[Entry | Problem]:
    """Every entry of a member; one that is too long is told and the rest is read.

    Args:
        member: the file.
        only: a line that an entry must have to be read.
    """
    problems: list[Problem] = []
    block = _Block()
    number = 0
    for line in chain(lines(member, problems), ("",)):
        if line and not (block.named and line[:3].lower() == "dn:"):
            block.add(line)
            continue
        if block.something:
            number += 1
            if only is None or any(map(only.match, block.lines)):
                yield block.entry(f"{member.name} entry {number:,}")
        block = _Block()
        if line:
            block.add(line)
    yield from problems


class _Block:
    """The lines of one entry while they come in."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.size = self.count = 0
        self.named = self.something = False

    def add(self, line: str) -> None:
        self.size += len(line)
        self.count += 1
        if not self.named:
            self.named = bool(_DN.match(line))
            self.something = self.something or not _HEAD.match(line)
        if self.fits:
            self.lines.append(line)

    @property
    def fits(self) -> bool:
        return self.size <= RECORD_LIMIT and self.count <= LINES_LIMIT

    def entry(self, where: str) -> Entry | Problem:
        if self.fits:
            return Entry(where, self.lines)
        limit = f"{LINES_LIMIT:,} lines or {RECORD_LIMIT:,} characters"
        return Problem(where, f"longer than {limit}, the limit for an entry")


def _unfolded(written: Sequence[str]) -> Iterator[list[str]]:
    """The physical lines of each logical one."""
    block: list[str] = []
    for line in written:
        if line[:1] == " " and block:
            block.append(line)
            continue
        if block:
            yield block
        block = [line]
    if block:
        yield block
