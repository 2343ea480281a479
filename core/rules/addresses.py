"""A postal address typed as text, and the parts it is likely made of."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODE_FIRST: Final = re.compile(r"((?:[A-Z]{1,2}-)?\d{4,6})\s+([^\d]+)\Z")
_CODE_LAST: Final = re.compile(r"([^\d]+?),?\s+(\d{4,6}|[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2})\Z")
_LONGEST: Final = 1_000


def detail(text: str, before: str = "") -> str:
    """The parts of an address as JSON: those it had that still stand there, and new ones.

    Parts are lines, or what stands between commas where there is one. A line that took the
    place of a part becomes that part; of a new address the line with a postal code, or a lone
    word without a number, is the city, and the first of several lines the street.

    Args:
        text: the address as typed.
        before: the JSON of the address it was, or "".

    Returns:
        A JSON object of street, code, city ..., or "" where nothing can be told.
    """
    lines = _lines(text)
    parts = _kept(lines, json.loads(before)) if before else {}
    parts = parts or _guessed(lines)
    return json.dumps(parts, ensure_ascii=False) if parts else ""


def _lines(text: str) -> list[str]:
    pieces = text[:_LONGEST].splitlines()
    pieces = pieces if len(pieces) > 1 else text[:_LONGEST].split(",")
    return [piece.strip() for piece in pieces if piece.strip()]


def _kept(lines: list[str], before: Mapping[str, str]) -> dict[str, str]:
    had = {key: " ".join(str(value).split()) for key, value in before.items()}
    stays = {key for key, value in had.items() if value in lines}
    lost = [key for key in had if key not in stays]
    fresh = [line for line in lines if line not in had.values()]
    if not stays or len(fresh) > len(lost):
        return {}
    renewed = dict(zip(lost, fresh, strict=False))
    return {
        key: renewed.get(key, value) for key, value in had.items() if key in stays or key in renewed
    }


def _guessed(lines: list[str]) -> dict[str, str]:
    for place, line in enumerate(lines):
        found = _CODE_FIRST.match(line)
        last = None if found else _CODE_LAST.match(line)
        if not found and not last:
            continue
        city, code = (found[2], found[1]) if found else (last[1], last[2]) if last else ("", "")
        parts = {"street": ", ".join(lines[:place]), "city": city.strip(), "code": code}
        parts["country"] = ", ".join(lines[place + 1 :])
        return {key: value for key, value in parts.items() if value}
    if len(lines) == 1:
        return {"street" if any(map(str.isdecimal, lines[0])) else "city": lines[0]}
    if not lines:
        return {}
    city, country = lines[1], ", ".join(lines[2:])
    return {"street": lines[0], "city": city, **({"country": country} if country else {})}
