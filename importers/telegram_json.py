r"""A JSON document of any length, value by value: only what is asked for is ever held.

The standard library reads a document whole, and readers of streams refuse what old exports hold:
control signs as ``\\x1b``, raw line breaks in texts. So the outermost levels are walked here, and
each value in them is decoded by the standard library.
"""

from __future__ import annotations

import json
import re
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Path = tuple[str, ...]
"""Keys from the root to a value; an item of a list is ``*``."""

ITEM: Final = "*"
LONGEST: Final = 20_000_000
"""Characters of one value; a longer one is taken for damage."""

_CHUNK: Final = 1 << 16
_LONG_NUMBER: Final = 18  # digits; Python refuses to read the longest ones
_BLANK: Final = re.compile(r"[ \t\r\n\ufeff]*")
_HEX: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\x([0-9a-fA-F]{2})")
_EDGE: Final = 24  # signs at the end that may be a broken off word or escape


class Mark(Enum):
    """What stands in place of the value of a list or object that is walked through."""

    BEGIN = "begin"
    END = "end"
    NO_NUMBER = "no number"


class BrokenError(ValueError):
    """The document cannot be read any further; the message says why."""


def walk(text: TextIO, inside: Callable[[Path], bool]) -> Iterator[tuple[Path, Any]]:
    """Every value at the levels that are walked, in file order.

    Args:
        text: the document.
        inside: whether a list or object is walked; others come whole.

    Yields:
        Its path, and a value, or a `Mark` at the ends of what is walked. `Mark.NO_NUMBER` stands
        for a value that holds NaN or the like.

    Raises:
        BrokenError: it is no JSON from here on, too long, or nested too deeply.
    """
    return _Walk(text, inside).run()


class _Walk:
    def __init__(self, text: TextIO, inside: Callable[[Path], bool]) -> None:
        self._text = text
        self._inside = inside
        self._buffer = ""
        self._at = 0
        self._dropped = 0  # line breaks in what is read and gone
        self._ended = False
        self._odd = False
        self._decoder = json.JSONDecoder(
            strict=False, parse_int=_whole, parse_float=_real, parse_constant=self._constant
        )

    def run(self) -> Iterator[tuple[Path, Any]]:
        open_ones: list[tuple[Path, str]] = []
        path: Path = ()
        while True:
            sign = self._peek()
            if sign in {"{", "["} and self._inside(path):
                self._at += 1
                yield path, Mark.BEGIN
                open_ones.append((path, "}" if sign == "{" else "]"))
                fresh = True
            else:
                yield path, self._value()
                fresh = False
            while open_ones:
                above, closing = open_ones[-1]
                sign = self._peek()
                if sign == closing:
                    self._at += 1
                    open_ones.pop()
                    yield above, Mark.END
                    fresh = False
                    continue
                if not fresh:
                    self._expect(",")
                    if self._peek() == closing:  # a comma too many
                        fresh = True
                        continue
                path = (*above, self._key() if closing == "}" else ITEM)
                break
            else:
                return

    def _key(self) -> str:
        key = self._value()
        if not isinstance(key, str):
            raise self._broken()
        self._expect(":")
        return key

    def _expect(self, sign: str) -> None:
        if self._peek() != sign:
            raise self._broken()
        self._at += 1

    def _peek(self) -> str:
        """The next sign that is not blank; "" at the end."""
        while True:
            blank = _BLANK.match(self._buffer, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._fill():
                return ""

    def _value(self) -> Any:  # noqa: ANN401 — what a document holds
        self._peek()
        wanted = _CHUNK
        while True:
            self._odd = False
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated") or error.pos >= (
                    len(self._buffer) - _EDGE
                )
                if self._ended or not cut:
                    raise self._broken(error.pos) from None
            except RecursionError:
                raise BrokenError("nested too deeply to be read") from None
            else:
                if end < len(self._buffer) or self._ended:
                    self._at = end
                    return Mark.NO_NUMBER if self._odd else value
            if len(self._buffer) - self._at > LONGEST:
                raise BrokenError("a value is too long, or does not end")
            self._fill(wanted)
            wanted *= 2  # so that a long value is not decoded over and over

    def _fill(self, wanted: int = _CHUNK) -> bool:
        if self._ended:
            return False
        chunk = self._text.read(wanted)
        while chunk and "\\" in chunk[-4:]:  # no escape lies across two chunks
            more = self._text.read(8)
            chunk += more
            if not more or len(chunk) > LONGEST:
                break
        if not chunk:
            self._ended = True
            return False
        if "\\x" in chunk:
            chunk = _HEX.sub(r"\1\\u00\2", chunk)
        self._dropped += self._buffer.count("\n", 0, self._at)
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return True

    def _broken(self, at: int | None = None) -> BrokenError:
        line = self._dropped + self._buffer.count("\n", 0, self._at if at is None else at) + 1
        return BrokenError(f"not JSON from line {line:,} on")

    def _constant(self, _name: str) -> None:
        self._odd = True


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONG_NUMBER else digits


def _real(digits: str) -> float | str:
    return float(digits) if len(digits) <= 4 * _LONG_NUMBER else digits
