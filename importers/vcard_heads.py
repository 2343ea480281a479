"""The head of a vCard property, before its colon: name and parameters, however they are listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from importers.vcard_tables import CHARSETS

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD_SIGN: Final = re.compile(rb'[":;]')
_PARAM_SIGN: Final = re.compile('[";]')
_WORD: Final = re.compile(r'(?:"[^"]*+"?|[^,"]++)++')
_RFC6868: Final = re.compile(r"\^([n'^])")
_CARET: Final = {"n": "\n", "'": '"', "^": "^"}
_ENCODINGS: Final = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})
_VALUE_TYPES: Final = frozenset({"URL", "URI", "INLINE", "CID", "CONTENT-ID"})


def params_of(pieces: Iterable[str]) -> dict[str, list[str]]:
    """Upper-case names of parameters to their values; bare words of version 2.1 find their name."""
    params: dict[str, list[str]] = {}
    for piece in pieces:
        name, sign, value = piece.strip().partition("=")
        if sign:
            key = name.strip().upper()
            words = _words(value) if key != "LABEL" else [_param_text(value)]
        else:
            key, words = _bare(name)
        if key == "TYPE":
            words = [word for text in words for word in text.split(",")]
            words = [word.rpartition("=")[2].strip() for word in words]
        words = [word for word in words if word]
        if words:
            params.setdefault(key, []).extend(words)
    return params


def _bare(word: str) -> tuple[str, list[str]]:
    """A parameter without a name, as version 2.1 has them."""
    upper = word.upper()
    if upper in _ENCODINGS:
        return "ENCODING", [upper]
    if upper in _VALUE_TYPES:
        return "VALUE", [upper]
    if plain_charset(word) in CHARSETS:
        return "CHARSET", [word]
    return "TYPE", [word]


def _words(value: str) -> list[str]:
    """The values of a parameter, split at commas outside quotes."""
    if '"' not in value:
        return [_param_text(word) for word in value.split(",")]
    return [_param_text(word.replace('"', "")) for word in _WORD.findall(value)]


def _param_text(value: str) -> str:
    text = value.strip().strip('"').removeprefix('\\"').removesuffix('\\"').removesuffix("\\")
    return _RFC6868.sub(lambda match: _CARET[match[1]], text)


def split_head(line: bytes) -> tuple[bytes, bytes]:
    """Cut at the first colon outside quotes; at the first of all if quotes do not close."""
    quoted = False
    for match in _HEAD_SIGN.finditer(line):
        if match[0] == b'"':
            quoted = not quoted
        elif match[0] == b":" and not quoted:
            return line[: match.start()], line[match.end() :]
    head, _, value = line.partition(b":")
    return head, value


def split_params(head: str) -> list[str]:
    """The name and the parameters, split at semicolons outside quotes."""
    if '"' not in head:
        return head.split(";")
    pieces, start, quoted = [], 0, False
    for match in _PARAM_SIGN.finditer(head):
        if match[0] == '"':
            quoted = not quoted
        elif not quoted:
            pieces.append(head[start : match.start()])
            start = match.end()
    pieces.append(head[start:])
    return pieces


def plain_charset(name: str) -> str:
    """The name of a character set without punctuation, as `CHARSETS` has it."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
