"""What our own reader makes of a card that was just written: it must be what was to be told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from core.rules import kinds
from core.rules.normalise import norm_of
from importers.vcard_blocks import Kind, blocks
from importers.vcard_lines import parse
from importers.vcard_values import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.exports.said import Said
    from importers.record import Value

_BY_NORM = frozenset({kinds.HANDLE, kinds.BIRTHDAY, kinds.DATE})


def differences(card: str, said: Iterable[Said]) -> list[str]:
    """The kinds of value that a written card gives back otherwise; none if it is sound."""
    found = list(blocks(card.encode()))
    if len(found) != 1 or found[0].kind is not Kind.CARD:
        return ["card"]
    read = facts(parse(found[0].body).properties, lambda _why: None).values
    return sorted({kind for kind, *_ in _marks(said) ^ _marks(read)})


def _marks(values: Sequence[Said | Value] | Iterable[Said | Value]) -> set[tuple[str, ...]]:
    return {_mark(value) for value in values}


def _mark(value: Said | Value) -> tuple[str, ...]:
    """What two equal values share: names of services may be other words for the same."""
    kind, norm = norm_of(value.kind, value.value, value.label)
    if kind in _BY_NORM:
        return kind, norm, "" if kind == kinds.HANDLE else value.label.casefold()
    detail = json.loads(value.detail) if kind == kinds.ADDRESS and value.detail else {}
    return kind, value.value, value.label.casefold(), *map(str, sorted(detail.items()))
