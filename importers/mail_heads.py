"""The head of a mail: who, to whom, when, and what is known of it beside.

Only the few headers that matter are taken: `email.parser` takes ten times as long for all of
them. What is inside them is left to `email.utils` and `email.header`, whatever is broken.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.utils import getaddresses, parsedate_tz
from functools import lru_cache
from typing import Final

from core.rules import emails
from importers.decode import clean, decode

LONGEST: Final = 1 << 16
"""Bytes of a head that are read, and of one header that are decoded."""

_WORDS: Final = 4_000  # characters of a subject or name with encoded words in it
_ADDRESSES: Final = 200
_WANTED: Final = frozenset(
    (
        *("from", "sender", "reply-to", "to", "cc", "bcc", "date", "message-id", "in-reply-to"),
        *("references", "subject", "list-id", "list-post", "list-unsubscribe", "precedence"),
        *("auto-submitted", "feedback-id", "x-gmail-labels", "delivered-to", "x-original-to"),
        *("envelope-to", "received", "content-type", "content-transfer-encoding"),
        *("content-disposition", "return-path", "mailing-list", "x-mailing-list", "x-beenthere"),
        *("x-mailman-version", "x-unsent", "x-mozilla-status"),
    )
)
_BLANK: Final = " \t\r\v\f"
_FOLDED: Final = (" ", "\t")
_ID: Final = re.compile(r"<([^<>\s]+)>")
_ENCODED: Final = re.compile(r"=\?[^?\s]{1,40}\?[qQ]\?[^?\r\n]{0,200}\?=")
_SPECIAL: Final = re.compile(r"[:;,<>@()\"\\]")
_SIGNS: Final = ("+", "-")
_DAY: Final = 86_400
_QUOTES: Final = "\"' \t"
_YEAR_LAST: Final = re.compile(r"([+-]\d{4})\s+(\d{4})\s*\Z")


def parted(data: bytes) -> tuple[dict[str, str], bytes]:
    """The headers that matter by lower-case name, unfolded, and the body.

    Of several with one name the first counts.
    """
    head, body = _halves(data)
    # Latin-1 is one sign a byte: a value that is no ASCII gets its bytes back.
    text = head.decode("latin-1").replace("\n ", "  ").replace("\n\t", " \t")
    found: dict[str, str] = {}
    for line in text.split("\n"):
        before, _, value = line.partition(":")
        name = before.strip(_BLANK).lower()
        if name in _WANTED and name not in found and line[0] not in _FOLDED:
            found[name] = _unfolded(value)
    return found, body


def _halves(data: bytes) -> tuple[bytes, bytes]:
    """What is before the first empty line, and what is behind it."""
    if data[:1] == b"\n" or data[:2] == b"\r\n":
        return b"", data.partition(b"\n")[2]
    place, length = data.find(b"\n\n", 0, LONGEST), 2
    before = data.find(b"\n\r\n", 0, place + 1 if place >= 0 else LONGEST)
    if before >= 0:
        place, length = before, 3
    return (data[:place], data[place + length :]) if place >= 0 else (data[:LONGEST], b"")


def _unfolded(value: str) -> str:
    text = (value if value.isascii() else decode(value.encode("latin-1")).text).strip()
    return text if text.isprintable() else clean(text.replace("\r", " "))


def words(text: str) -> str:
    """Text of a header with its encoded words decoded; on one line."""
    if "=?" not in text:
        return " ".join(text.split())
    parts: list[str] = []
    try:
        for part, charset in decode_header(text[:_WORDS]):
            parts.append(part if isinstance(part, str) else in_charset(part, charset or ""))
    except (MessageError, HeaderParseError, ValueError):
        parts = [text]
    return clean(" ".join("".join(parts).split()))


def in_charset(data: bytes, charset: str) -> str:
    """Bytes in the charset that a mail names, or else in the one that they seem to be in."""
    try:
        return data.decode(charset or "utf-8")
    except (UnicodeError, LookupError, ValueError):
        return decode(data, charset if _is_charset(charset) else "cp1252").text


def _is_charset(name: str) -> bool:
    try:
        "x".encode(name)
    except (UnicodeError, LookupError, ValueError):
        return False
    return True


@lru_cache(maxsize=16_384)
def addresses(text: str) -> tuple[tuple[str, str], ...]:
    """The names and addresses in a header; an address is as written, a name may be "".

    What is no address mail reaches stays as a name alone.
    """
    text = text[:LONGEST]
    if "?q?" in text or "?Q?" in text:  # what is in an encoded word parts no addresses
        text = _ENCODED.sub(lambda word: _SPECIAL.sub(_as_code, word[0]), text)
    try:
        found = getaddresses([text])[:_ADDRESSES]
    except (ValueError, IndexError, RecursionError, TypeError):
        found = []
    if not any(address for _, address in found):
        # Newer Pythons answer with nothing where one of the addresses is odd.
        found = [_mailbox(piece) for piece in text.split(",")[:_ADDRESSES] if "@" in piece]
    return tuple(filter(any, (_one(name, address) for name, address in found)))


def _as_code(sign: re.Match[str]) -> str:
    return f"={ord(sign[0]):02X}"


def _mailbox(piece: str) -> tuple[str, str]:
    name, inside, address = piece.rpartition("<")
    return (name, address.partition(">")[0]) if inside else ("", piece)


def _one(name: str, address: str) -> tuple[str, str]:
    name = words(name).strip(_QUOTES)
    plain = emails.normal(address)
    if not plain:
        return name, ""
    return ("" if emails.normal(name) == plain else name), clean(address.strip())


def ids(text: str) -> list[str]:
    """The ids in a header such as References, without their brackets."""
    return _ID.findall(text) or text.split()[:1]


def when(text: str) -> datetime | None:
    """The time that a header states, with its offset, UTC where it has none; None if unreadable."""
    if text[-5:-4] not in _SIGNS:  # a mailbox of Google states the year last
        text = _YEAR_LAST.sub(r"\2 \1", text)
    try:
        found = parsedate_tz(text)
        if found is None:
            return None
        offset = found[9] or 0
        zone = timezone(timedelta(seconds=offset)) if abs(offset) < _DAY else UTC
        return datetime(*found[:5], min(found[5], 59), tzinfo=zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
