"""The files of X's archive: JavaScript that sets one long list, read entry by entry."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.errors import VitalfewError
from importers.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importers.container import Container, Member

LONGEST: Final = 64_000_000
"""Characters of one entry, such as one conversation."""

_CHUNK: Final = 1 << 19
_START: Final = re.compile(r"\ufeff?\s*window\.YTD\.([A-Za-z0-9_]{1,60})\.part\d{1,6}\s*=\s*\[")
_HEAD: Final = 256
_BETWEEN: Final = re.compile(r"[\s,]*")
_WRAPPING: Final = re.compile(r"\s*\{\s*\"([A-Za-z]{1,40})\"\s*:")
_LONG_NUMBER: Final = 18  # digits; Python refuses to read the longest ones
_STRING: Final = 400_000  # no text of an entry is longer: an error before that is no missing end
_LARGEST: Final = 1 << 24
_NOT_JSON: Final = "not JSON"
_CUT_OFF: Final = "cut off: the list does not end"


class File(NamedTuple):
    """One file and what its entries are, such as ``direct_messages``."""

    member: Member
    kind: str


def files(container: Container) -> tuple[File, ...]:
    """Every file of the archive that holds a list."""
    alone = len(container.members) == 1
    found = (
        File(member, kind_of(member.head(_HEAD)))
        for member in container.members
        if alone or member.name.lower().endswith(".js")
    )
    return tuple(file for file in found if file.kind)


def of_kind(found: Sequence[File], *kinds: str) -> Iterator[Member]:
    """The members whose entries are of these kinds."""
    return (file.member for file in found if file.kind in kinds)


def kind_of(head: bytes) -> str:
    """What a file says its entries are; "" if it is none of the archive's."""
    found = _START.match(head.decode("utf-8", "replace"))
    return found[1].lower() if found else ""


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONG_NUMBER else digits


# Only the list as a whole is too large; its entries are the standard library's to read.
_DECODER: Final = json.JSONDecoder(parse_int=_whole, parse_float=str, parse_constant=str)


def entries(member: Member) -> Iterator[tuple[str, dict[str, Any]] | Problem]:
    """The place of each entry and what stands in it, out of its wrapping."""
    try:
        for number, found in enumerate(_values(member), 1):
            where = f"{member.name} entry {number:,}"
            if isinstance(found, str):
                yield Problem(where, found)
            elif isinstance(found, dict):
                yield where, _unwrapped(found)
            else:
                yield Problem(where, "not an entry of the archive")
    except VitalfewError as error:
        yield Problem(member.name, error.sentence)


def _unwrapped(entry: dict[str, Any]) -> dict[str, Any]:
    """The inside of ``{"tweet": {…}}``, as newer archives write it; older ones have it bare."""
    inner = next(iter(entry.values())) if len(entry) == 1 else None
    return inner if isinstance(inner, dict) else entry


def _values(member: Member) -> Iterator[object]:
    """The values of the list; a sentence where one cannot be read."""
    with member.stream() as stream:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        text = decoder.decode(stream.read(_CHUNK))
        begun = _START.match(text)
        if begun is None:
            return
        first = _WRAPPING.match(text, begun.end())
        following = re.compile(rf'(?<=\}})\s*,\s*(?=\{{\s*"{first[1]}"\s*:)') if first else None
        place, size, ended = begun.end(), _CHUNK, False
        while True:
            matched = _BETWEEN.match(text, place)
            place = matched.end() if matched else place
            if text[place : place + 1] == "]":
                return
            found, end, why = _value(text, place)
            if not why:
                yield found
                place, size = end, _CHUNK
                continue
            if not ended and end > len(text) - _STRING and len(text) <= LONGEST:
                chunk = stream.read(size)  # the entry goes on in what was not read yet
                ended = not chunk
                text, place = text[place:] + decoder.decode(chunk, final=ended), 0
                size = min(2 * size, _LARGEST)
                continue
            yield why if place < len(text) else _CUT_OFF
            after = following.search(text, place) if following else None
            if after is None:
                return
            place = after.end()


def _value(text: str, place: int) -> tuple[object, int, str]:
    """The value at a place, the place behind it, and why there is none or ""."""
    try:
        found, end = _DECODER.raw_decode(text, place)
    except RecursionError:
        return None, place, "nested too deeply"
    except json.JSONDecodeError as error:
        return None, error.pos, _NOT_JSON
    return found, end, ""
