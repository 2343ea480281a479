"""Edits as they are typed at a shell: ``phone=+44 ...``, ``label+=friends``, ``title=``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import DecisionNeededError, UsageError
from core.rules import fields, kinds
from core.rules.typed import Edit
from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.rules.form import Line

_SHOWN = 40


def edits(words: Iterable[str], held: Sequence[Line]) -> tuple[Edit, ...]:
    """What these words ask for, of a person who holds these values.

    ``kind=value`` sets the one value of that kind, or adds the first; ``kind=`` clears it;
    ``kind+=value`` adds another, ``kind-=value`` clears one of several; ``kind:label=value`` means
    that label only. Labels may be written ``label=+friends`` and ``label=-friends``, too.

    Raises:
        UsageError: a word has no ``=``, or names no field.
        DecisionNeededError: one of several values is meant, and it is not told which.
        NotFoundError: nothing that could be cleared is so.
    """
    return tuple(edit for word in words for edit in _edits(word, held))


def _edits(word: str, held: Sequence[Line]) -> list[Edit]:
    key, equals, value = word.partition("=")
    if not equals:
        told = word if len(word) <= _SHOWN else word[:_SHOWN] + "…"
        raise UsageError(f"“{told}” sets nothing: try phone=+44…, label+=friends or title=")
    sign = key[-1:] if key[-1:] in {"+", "-"} else ""
    field = fields.named(key.removesuffix(sign))
    value = value.strip()
    if field.kind == kinds.LABEL and not sign and value[:1] in {"+", "-"}:
        sign, value = value[0], value[1:].strip()
    mine = [
        line
        for line in held
        if line.kind == field.kind and (not field.label or fold(line.label) == fold(field.label))
    ]
    if sign == "+":
        return [Edit(0, field.kind, value, field.label)] if value else []
    if sign == "-":
        return _cleared(mine, field.kind, value)
    if len(mine) > 1:
        raise _which(field.kind, mine)
    if mine:
        return [Edit(mine[0].fact_id, field.kind, value, mine[0].label)]
    return [Edit(0, field.kind, value, field.label)] if value else []


def _cleared(mine: Sequence[Line], kind: str, value: str) -> list[Edit]:
    wanted = _bare(kind, value)
    found = [line for line in mine if _bare(kind, line.value) == wanted]
    found = found or [line for line in mine if wanted and wanted in _bare(kind, line.value)]
    if len(found) != 1:
        raise _which(kind, found or mine)
    return [Edit(found[0].fact_id, kind, "", found[0].label)]


def _bare(kind: str, value: str) -> str:
    plain = " ".join(fold(value).split())
    return "".join(filter(str.isalnum, plain)) if kind == kinds.PHONE else plain


def _which(kind: str, mine: Sequence[Line]) -> DecisionNeededError:
    if not mine:
        return DecisionNeededError(f"they have no {kind} that could be cleared")
    there = ", ".join(f"{kind}-={line.value[:_SHOWN]}" for line in mine[:5])
    return DecisionNeededError(
        f"they have {len(mine)} of {kind}: clear one ({there}), or add one ({kind}+=…)"
    )
