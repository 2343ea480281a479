"""The encoding of a long text, found and used piece by piece: `decode` for streams."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from importers.decode import REPLACEMENT, wide_encoding

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK: Final = 1 << 20
_GOOD_FOR_BAD: Final = 4  # sound characters that make up for one broken one, as in `decode`


class Charset(NamedTuple):
    """How bytes become text.

    Attributes:
        encoding: Python's name of it.
        skip: the length of the byte order mark.
        doubtful: some bytes fitted no encoding well.
    """

    encoding: str
    skip: int = 0
    doubtful: bool = False


def _western(error: UnicodeError) -> tuple[str, int]:
    """Reads bytes that do not fit their file as cp1252, so that they are not lost."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.encoding.startswith(("utf-16", "utf-32")):
        return REPLACEMENT, error.end
    data = error.object[error.start : error.end]
    text = "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in data)
    return text, error.end


codecs.register_error("vitalfew.western", _western)


def charset(start: Callable[[], BinaryIO]) -> Charset:
    """Finds the encoding in one pass over the bytes, in pieces.

    Args:
        start: opens the bytes anew.
    """
    with start() as stream:
        chunk = stream.read(_CHUNK)
        encoding, skip = wide_encoding(chunk)
        if encoding and encoding != "utf-8":
            return Charset(encoding, skip)
        strict = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk:
                strict.decode(chunk)
                chunk = stream.read(_CHUNK)
            strict.decode(b"", final=True)
        except UnicodeDecodeError:
            return Charset(_narrow(chunk, stream), skip, doubtful=True)
    return Charset("utf-8", skip)


def _narrow(chunk: bytes, stream: BinaryIO) -> str:
    """Tells UTF-8 with a few bad bytes from a single-byte encoding, by the share of bad ones."""
    replacing = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    while chunk:
        text = replacing.decode(chunk)
        wrong = text.count(REPLACEMENT)
        bad += wrong
        good += len(text) - wrong - len(text.encode("ascii", "ignore"))
        chunk = stream.read(_CHUNK)
    return "utf-8" if good >= bad * _GOOD_FOR_BAD else "cp1252"


def text_of(stream: BinaryIO, charset: Charset) -> io.TextIOWrapper:
    """The bytes as text, line ends as they are; the text closes the stream."""
    stream.read(charset.skip)
    return io.TextIOWrapper(stream, charset.encoding, errors="vitalfew.western", newline="")
