"""Bytes of unknown encoding to text: one ladder for all importers."""

from __future__ import annotations

import codecs
import html
import re
from typing import Final, NamedTuple

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

_SAMPLE: Final = 4096  # bytes looked at for the NUL pattern
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OFTEN: Final = 0.3  # of the bytes at even or odd places are NUL in UTF-16 of Latin text
_SELDOM: Final = 0.05
_GOOD_FOR_BAD: Final = 4  # sound characters that make up for one broken one
_ENDLESS: Final = re.compile(r"&#\d{9,};?")
_UNSAFE: Final = re.compile("[\0\ud800-\udfff]")


class Decoded(NamedTuple):
    """Text and how it was won.

    Attributes:
        text: without byte order mark; may hold controls, see `clean`.
        encoding: Python's name of the encoding used.
        doubtful: True if the encoding was a guess, or bytes had to be replaced.
    """

    text: str
    encoding: str
    doubtful: bool


def clean(text: str) -> str:
    """The text without what no store takes: NUL and lone surrogates become U+FFFD."""
    if text.isprintable():
        return text
    try:
        text.encode()  # several times as fast as to look for what it does not take
    except UnicodeEncodeError:
        return _UNSAFE.sub(REPLACEMENT, text)
    return text.replace("\0", REPLACEMENT)


def wide_encoding(data: bytes) -> tuple[str, int]:
    """The encoding a byte order mark, or the pattern of NULs, gives away.

    Args:
        data: the text's beginning, or all of it.

    Returns:
        The encoding and the length of its mark in bytes; ``("", 0)`` if nothing shows.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if not half:
        return "", 0
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > _OFTEN and even < _SELDOM:
        return "utf-16-le", 0
    if even > _OFTEN and odd < _SELDOM:
        return "utf-16-be", 0
    return "", 0


def decode(data: bytes, fallback: str = "cp1252") -> Decoded:
    """Text of bytes whose encoding nobody tells.

    The ladder: byte order mark, pattern of NULs, UTF-8, UTF-8 with few errors, `fallback`,
    Latin-1. No byte stops it.

    Args:
        data: the whole text, or one value of it.
        fallback: the single-byte or East Asian encoding to try after UTF-8.
    """
    encoding, skip = wide_encoding(data)
    if encoding:
        text = data[skip:].decode(encoding, "replace")
        return Decoded(text, encoding, REPLACEMENT in text)
    try:
        return Decoded(data.decode(), "utf-8", doubtful=False)
    except UnicodeDecodeError:
        return _guess(data, fallback)


def entities(text: str) -> str:
    """Text with ``&amp;`` and its like as the signs that they stand for."""
    if "&" not in text:
        return text
    try:
        return html.unescape(text)
    except ValueError:  # Python reads no number that long
        return html.unescape(_ENDLESS.sub(REPLACEMENT, text))


def _guess(data: bytes, fallback: str) -> Decoded:
    text = data.decode("utf-8", "replace")
    bad = text.count(REPLACEMENT)
    good = sum(1 for char in text if ord(char) >= 0x80) - bad  # noqa: PLR2004 - end of ASCII
    if good >= bad * _GOOD_FOR_BAD:
        return Decoded(text, "utf-8", doubtful=True)
    for encoding in (fallback, "cp1252"):
        try:
            return Decoded(data.decode(encoding), encoding, doubtful=True)
        except (UnicodeDecodeError, LookupError):
            continue
    return Decoded(data.decode("latin-1"), "latin-1", doubtful=True)
