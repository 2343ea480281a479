"""A whole JSON document, as plain values, or one sentence that says why not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from core.errors import VitalfewError
from importers.decode import decode
from importers.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from importers.container import Member

DEPTH_LIMIT: Final = 50
_LONG_NUMBER: Final = 18  # digits; Python refuses to read the longest ones


class _NotPlainError(ValueError):
    """JSON that programs read differently; the message says what it holds."""


def document(member: Member) -> Any | Problem:  # noqa: ANN401 - what a document is
    """The values of a member: dict, list, str, int, bool or None; other numbers as written.

    Returns:
        A problem if it is no JSON, is nested too deeply to be read, names a key twice in one
        object, or holds NaN.
    """
    try:
        with member.open() as stream:
            text = decode(stream.read()).text
        return json.loads(
            text,
            parse_int=_whole,
            parse_float=str,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
    except VitalfewError as error:
        return Problem(member.name, error.sentence)
    except _NotPlainError as error:
        return Problem(member.name, f"this JSON {error}")
    except RecursionError:
        return Problem(member.name, f"this JSON is nested deeper than {DEPTH_LIMIT} levels")
    except json.JSONDecodeError as error:
        return Problem(member.name, f"not JSON from line {error.lineno:,} on")


def is_deep(value: object, levels: int = DEPTH_LIMIT) -> bool:
    """Whether a value holds more than so many lists and objects in each other."""
    layer: list[object] = [value]
    for _ in range(levels + 1):
        layer = [inner for outer in layer for inner in _inside(outer)]
        if not layer:
            return False
    return True


def canonical(value: object) -> bytes:
    """The same value always as the same bytes: compact JSON, keys in order, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8", "surrogatepass")


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONG_NUMBER else digits


def _no_number(name: str) -> None:
    raise _NotPlainError(f"holds {name}, which is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _NotPlainError("names a key twice in one object")
    return found
