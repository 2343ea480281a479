r"""A person as text that an editor opens, and the edits that the changed text asks for.

Lines are ``kind label: value``; further lines of a value are indented. What an editor might lose
or act on (controls, ends of lines, direction marks) is written as ``\u{202E}``, so what is not
touched comes back as it was.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from core.errors import UsageError
from core.rules import fields, kinds
from core.rules.typed import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_INDENT: Final = "    "
_KEPT: Final = "\u200c\u200d\u3000"  # joiners, and the space of Chinese and Japanese
_ESCAPED: Final = re.compile(r"\\(?:\\|u\{([0-9A-Fa-f]{1,6})\})")
_LAST_CODE: Final = 0x10FFFF
_SHOWN: Final = 40
_HELP: Final = """\
# {name}
# One value a line: kind, a label if it has one, a colon, the value. Further lines of a value are
# indented. A line that is deleted or left empty clears the value; a new line adds one, such as
#   phone mobile: +44 7700 900123      label: friends      custom Shoe size: 42
# Save and leave to keep the changes; leave without saving to change nothing.
"""
_OFFERED: Final = (
    *(kinds.NAME, kinds.ORG, kinds.TITLE, kinds.EMAIL, kinds.PHONE, kinds.ADDRESS),
    *(kinds.BIRTHDAY, kinds.LABEL, kinds.NOTE),
)
_ORDER: Final = {kind: place for place, kind in enumerate(kinds.ALL)}


class Held(Protocol):
    """A value that holds, as `core.queries.held.HeldFact` has it."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def shown(self) -> bool: ...  # noqa: D102


class Line(NamedTuple):
    """One value of the form: the fact it is, or 0 for one that was typed."""

    fact_id: int
    kind: str
    label: str
    value: str


def lines(facts: Iterable[Held]) -> tuple[Line, ...]:
    """The values that a form shows: those that show of a person, but for what no hand writes."""
    held = (fact for fact in facts if fact.shown and fact.kind not in fields.KEPT_AWAY)
    found = [Line(fact.id, fact.kind, fact.label, fact.value) for fact in held]
    return tuple(sorted(found, key=lambda line: _ORDER.get(line.kind, len(_ORDER))))


def text(name: str, values: Sequence[Line]) -> str:
    """The form: a few words of help, the values, and empty lines for what is not known yet."""
    told = [_HELP.format(name=_escaped(name))]
    missing = [kind for kind in _OFFERED if all(line.kind != kind for line in values)]
    empty = [Line(0, kind, "", "") for kind in missing]
    for line in sorted((*values, *empty), key=lambda line: _ORDER.get(line.kind, len(_ORDER))):
        label = f" {_escaped(line.label, colon=True)}" if line.label else ""
        told.append(f"{line.kind}{label}: {_many(line.value)}".rstrip(" ") + "\n")
    return "".join(told)


def edits(changed: str, values: Sequence[Line]) -> tuple[Edit, ...]:
    """What a changed form asks for; nothing if it says what it said before.

    Args:
        changed: the text as it was saved.
        values: what `text` was made of.

    Raises:
        UsageError: a line cannot be understood; the sentence names it by its number.
    """
    said = parse(changed)
    found: list[Edit] = []
    for kind in sorted({line.kind for line in (*values, *said)}, key=lambda k: _ORDER.get(k, -1)):
        before = [line for line in values if line.kind == kind]
        after = [line for line in said if line.kind == kind]
        found += _paired(before, after)
    return tuple(found)


def parse(changed: str) -> tuple[Line, ...]:
    """The values that a form says, in its order, without the empty ones.

    Raises:
        UsageError: as of `edits`.
    """
    found: list[Line] = []
    for number, (head, *more) in _entries(changed):
        key, colon, first = head.partition(":")
        if not colon:
            told = head if len(head) <= _SHOWN else head[:_SHOWN] + "…"
            raise UsageError(f"line {number}: “{told}” has no colon; kind: value is wanted")
        try:
            field = _field(key)
        except UsageError as error:
            raise UsageError(f"line {number}: {error.sentence}") from None
        value = "\n".join(map(_unescaped, (first.strip(" \t"), *more)))
        if value.strip():
            found.append(Line(0, field.kind, field.label, value))
    return tuple(found)


def _field(key: str) -> fields.Field:
    kind, _, label = key.strip().partition(" ")
    if kind in kinds.ALL and kind not in fields.KEPT_AWAY:  # our own word: the label is as it is
        return fields.Field(kind, _unescaped(label.strip(" ")))
    return fields.named(_unescaped(key.strip()))


def _entries(changed: str) -> Iterable[tuple[int, list[str]]]:
    """Each value's lines, the first with its key, by the number of that line."""
    number, entry, blank = 0, [""], 0
    for place, line in enumerate(changed.lstrip("\ufeff").split("\n"), 1):
        row = line.removesuffix("\r")
        if not row.strip(" \t"):
            blank += 1
        elif row[0] in " \t" and number:
            # Empty lines inside a value belong to it, those around it do not.
            entry += [""] * blank
            entry.append(_outdented(row))
            blank = 0
        elif not row.startswith("#"):
            if number:
                yield number, entry
            number, entry, blank = place, [row], 0
        else:
            blank = 0
    if number:
        yield number, entry


def _outdented(row: str) -> str:
    row = row.replace("\t", _INDENT, 1) if row.startswith("\t") else row
    spaces = len(row) - len(row.lstrip(" "))
    return row[min(spaces, len(_INDENT)) :].rstrip(" \t")


def _paired(before: Sequence[Line], after: Sequence[Line]) -> list[Edit]:
    """Old and new values of one kind: what stayed, what was relabelled, changed, cleared, added."""
    old, new = list(before), list(after)
    found: list[Edit] = []
    for same in (_both, _value, _label, _any):
        for line in list(old):
            match = next((other for other in new if same(line) == same(other)), None)
            if match is None:
                continue
            old.remove(line)
            new.remove(match)
            if same is not _both:
                found.append(Edit(line.fact_id, line.kind, match.value, match.label))
    found += [Edit(line.fact_id, line.kind, "", line.label) for line in old]
    found += [Edit(0, line.kind, line.value, line.label) for line in new]
    return found


def _both(line: Line) -> object:
    return line.label, line.value


def _value(line: Line) -> object:
    return line.value


def _label(line: Line) -> object:
    return line.label


def _any(_line: Line) -> object:
    return None


def _many(value: str) -> str:
    """A value over as many lines as it has; breaks at its ends are written out."""
    body = value.strip("\n")
    start = len(value) - len(value.lstrip("\n")) if body else len(value)
    end = len(value) - start - len(body)
    rows = body.split("\n")
    told = [_escaped(rows[0]), *(_without_end(_drawn(row)) for row in rows[1:])]
    told[0] = r"\u{A}" * start + told[0]
    told[-1] += r"\u{A}" * end
    return "\n".join([told[0], *(_INDENT + row if row else "" for row in told[1:])])


def _drawn(line: str) -> str:
    shown: list[str] = []
    for same, chars in groupby(line, key=lambda char: char.isprintable() or char in _KEPT):
        run = "".join(chars)
        shown.append(run.replace("\\", "\\\\") if same else "".join(map(_code, run)))
    return "".join(shown)


def _escaped(line: str, *, colon: bool = False) -> str:
    told = _drawn(line)
    told = told.replace(":", _code(":")) if colon else told
    return _without_end(_code(" ") + told[1:] if told.startswith(" ") else told)


def _without_end(told: str) -> str:
    """A line whose last sign is no space: editors take those away."""
    return told[:-1] + _code(" ") if told.endswith(" ") else told


def _code(char: str) -> str:
    return f"\\u{{{ord(char):X}}}"


def _unescaped(line: str) -> str:
    return _ESCAPED.sub(_sign, line)


def _sign(found: re.Match[str]) -> str:
    if found[1] is None:
        return "\\"
    code = int(found[1], 16)
    return chr(code) if code <= _LAST_CODE else found[0]
