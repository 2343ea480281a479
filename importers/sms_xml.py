"""The entries of a backup in XML, one by one, though its writer breaks the rules of XML.

The text is cut at the beginnings of entries, so that one broken entry does not end the reading, as
it would for every stream parser; each entry is then parsed by itself. What stands before the first
one, such as a document type, is never looked at.
"""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from importers.decode import REPLACEMENT, wide_encoding
from importers.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from importers.container import Member

LONGEST: Final = 4_000_000
"""Characters of one entry without its attachments."""

_CHUNK: Final = 1 << 20
_START: Final = re.compile(r"<(?:sms|mms|call)[\s>/]")
_END: Final = re.compile(r"\s*</(?:smses|calls)\s*>.*\Z", re.DOTALL)
_ROOT: Final = re.compile(
    r"\ufeff?\s*(?>(?:<\?.*?\?>|<!--.*?-->)\s*)*<(smses|calls)[\s>/]", re.DOTALL
)
_ATTACHED: Final = re.compile(
    r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{2048,}=*"
)  # nobody writes such a word
_PAIR: Final = re.compile(r"&#(5[56]\d{3});&#(5[67]\d{3});")
_NUMBERED: Final = re.compile(r"&#(?:x([0-9A-Fa-f]{1,12})|(\d{1,12}));")
_LOOSE: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#\d{1,12};|#x[0-9A-Fa-f]{1,12};)")
_ILLEGAL: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HIGH, _LOW, _PLANE = 0xD800, 0xDC00, 0x10000
_SHOWN: Final = 200


def root_of(head: bytes) -> str:
    """``smses`` or ``calls``; "" if the text begins with neither."""
    found = _ROOT.match(_decoder(head).decode(head))
    return found[1] if found else ""


def entries(
    member: Member, start: re.Pattern[str] = _START, end: re.Pattern[str] = _END
) -> Iterator[tuple[str, Element] | Problem]:
    """The place and the element of each entry; what cannot be read as a problem.

    Args:
        member: the file.
        start: finds the beginnings of entries.
        end: finds what follows the last one.

    Raises:
        VitalfewError: the bytes are damaged or over a limit.
    """
    for number, piece in enumerate(_pieces(member, start, end), 1):
        where = f"{member.name} entry {number:,}"
        if len(piece) >= LONGEST:
            yield Problem(where, f"longer than {LONGEST:,} characters")
            continue
        try:
            yield where, fromstring(_mended(piece))
        except (ParseError, DefusedXmlException):
            raw = piece[:_SHOWN].encode("utf-8", "replace")
            yield Problem(where, "this entry is damaged or cut off", raw)


def _pieces(
    member: Member, start: re.Pattern[str] = _START, end: re.Pattern[str] = _END
) -> Iterator[str]:
    """The text of each entry, attachments left out."""
    with member.stream() as stream:
        chunk = stream.read(_CHUNK)
        decoder = _decoder(chunk)
        waiting = ""
        begun = False
        while chunk or waiting:
            waiting = _ATTACHED.sub("", waiting + decoder.decode(chunk, final=not chunk))
            starts = [found.start() for found in start.finditer(waiting)]
            for here, there in pairwise(starts):
                yield from _piece(waiting[here:there], end)
            if starts:
                begun = True
                waiting = waiting[starts[-1] :]
            elif not begun:
                waiting = waiting[-_SHOWN:]
            if not chunk:
                if begun:
                    yield from _piece(waiting, end)
                return
            waiting = waiting[:LONGEST]
            chunk = stream.read(_CHUNK)


def _piece(text: str, end: re.Pattern[str]) -> Iterator[str]:
    if piece := end.sub("", text).strip():
        yield piece


def _decoder(head: bytes) -> codecs.IncrementalDecoder:
    encoding, _ = wide_encoding(head)
    return codecs.getincrementaldecoder(encoding or "utf-8")("replace")


def _mended(text: str) -> str:
    """The text as XML allows it: emoji come as two halves, controls as numbers."""
    if "&" in text:
        text = _NUMBERED.sub(_numbered, _PAIR.sub(_paired, _LOOSE.sub("&amp;", text)))
    return _ILLEGAL.sub(REPLACEMENT, text)


def _paired(found: re.Match[str]) -> str:
    high, low = int(found[1]) - _HIGH, int(found[2]) - _LOW
    if 0 <= high < _LOW - _HIGH and 0 <= low < _LOW - _HIGH:
        return chr(_PLANE + (high << 10) + low)
    return found[0]


def _numbered(found: re.Match[str]) -> str:
    """A character that is named by its number, where it is one."""
    code = int(found[1], 16) if found[1] else int(found[2])
    legal = code in {9, 10, 13} or 0x20 <= code < _HIGH or 0xE000 <= code < 0xFFFE  # noqa: PLR2004 — of XML 1.0
    return found[0] if legal or _PLANE <= code <= 0x10FFFF else REPLACEMENT  # noqa: PLR2004 — the last one
