"""The text of vCard values: escapes, structured values, dates and numbers."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

_ESCAPE: Final = re.compile(r'\\([nN,;:\\"]|\r?\n)')
_ESCAPED: Final = {"n": "\n", "N": "\n"}
_PIECE: Final = re.compile(r"(?:[^\\;]|\\.|\\\Z)*+", re.DOTALL)
_LIST_PIECE: Final = re.compile(r"(?:[^\\,]|\\.|\\\Z)*+", re.DOTALL)
_REV: Final = re.compile(
    r"\s*(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ](\d\d):?(\d\d):?(\d\d)?(?:[.,]\d+)?(Z|[+-]\d\d(?::?\d\d)?)?)?"
)
_NO_YEAR: Final = re.compile(r"1604-?(\d\d)-?(\d\d)")


def unescape(text: str) -> str:
    r"""Text without its backslashes: ``\n``, ``\,``, ``\;``, ``\:``, ``\\`` and ``\"``."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1].lstrip("\r")), text)


def pieces(text: str) -> list[str]:
    """The parts of a structured value, split at bare semicolons, unescaped and stripped."""
    return _split(text, _PIECE, ";")


def listed(text: str) -> list[str]:
    """The items of a list, split at bare commas, unescaped and stripped."""
    return _split(text, _LIST_PIECE, ",")


def _split(text: str, pattern: re.Pattern[str], sign: str) -> list[str]:
    if "\\" not in text:
        return [part.strip() for part in text.split(sign)]
    parts: list[str] = []
    place = 0
    while place <= len(text):
        match = pattern.match(text, place)
        end = match.end() if match else len(text)
        parts.append(unescape(text[place:end]).strip())
        place = end + 1
    return parts


def bare_uid(text: str) -> str:
    """A card's id without ``urn:uuid:``."""
    text = text.strip()
    return text[9:] if text[:9].lower() == "urn:uuid:" else text


def without_year(text: str, omitted: str) -> str:
    """A date as written, or ``--05-03`` if Apple's year says that it is not known.

    Args:
        text: the date, stripped.
        omitted: the year that stands for none, or "" if the card does not say.
    """
    match = _NO_YEAR.match(text)
    if match and omitted in {"", "1604"}:
        return f"--{match[1]}-{match[2]}"
    if omitted and text.startswith(f"{omitted}-"):
        return f"-{text[len(omitted) :]}"
    return text


def tel_number(text: str) -> str:
    """A number from ``+1-418-656-9254;ext=102``, as people and phonenumbers read it."""
    number, *params = unquote(text).split(";")
    for param in params:
        name, _, value = param.strip().partition("=")
        if name.lower() == "ext" and value:
            number = f"{number} ext. {value}"
        elif name.lower() == "phone-context" and value.startswith("+"):
            number = f"{value} {number}"
    return number


def moment(text: str) -> str:
    """The ISO date or moment of a REV, or "" if it is none."""
    match = _REV.match(text)
    if not match:
        return ""
    year, month, day, hour, minute, second, zone = match.groups()
    if not hour:
        return f"{year}-{month}-{day}"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone or ''}"
