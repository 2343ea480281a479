"""The addresses that lbdb collected from received mail: many, and not all of people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.rules import kinds
from importers import columns
from importers.decode import clean
from importers.record import Problem, Record, Sniffed, Value
from importers.text_lines import first_lines, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container, Member

NAME: Final = "lbdb"
TITLE: Final = "lbdb"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = False

_COLLECTED: Final = re.compile(r"([^\s@]+@[^\s@]+)\t([^\t]*)\t([^\t]*)\Z")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_INMAIL: Final = "m_inmail.list"


def sniff(container: Container) -> Sniffed | None:
    """Knows lines of address, name and day; in a folder only the file of the usual name."""
    lone = len(container.members) == 1
    members = [
        member.name
        for member in container.members
        if (lone or _is_named(member)) and _is_collected(member)
    ]
    return Sniffed(85, "addresses of received mail", "", tuple(members)) if members else None


def read(container: Container) -> Iterator[Record | Problem]:
    """Every address."""
    sniffed = sniff(container)
    for member in container.members:
        if sniffed and member.name in sniffed.members:
            yield from _collected(member)


def _is_named(member: Member) -> bool:
    return member.name.rpartition("/")[2].lower() == _INMAIL


def _is_collected(member: Member) -> bool:
    found = [line for line in first_lines(member)[:20] if line.strip()]
    shapes = [_COLLECTED.match(line) for line in found]
    named = _is_named(member)
    if named:
        return any(shapes)
    whole = shapes[:-1] or shapes  # the last line of a head may be cut
    return bool(found) and all(shape and _DAY.match(shape[3]) for shape in whole)


def _collected(member: Member) -> Iterator[Record | Problem]:
    problems: list[Problem] = []
    for number, line in enumerate(lines(member, problems), 1):
        if not line.strip():
            continue
        where, raw = f"{member.name} line {number:,}", line.encode("utf-8", "surrogatepass")
        found = _COLLECTED.match(clean(line))
        if found is None:
            yield Problem(where, "not an address, a name and a day", raw)
            continue
        address, name, day = (text.strip() for text in found.groups())
        values = [Value(kinds.EMAIL, address)]
        if name and name.lower() not in {address.lower(), "no realname"}:
            values.insert(0, Value(kinds.NAME, name.strip('"')))
        if day:
            values.append(Value(kinds.EXTRA, day, "last mail"))
        yield columns.record(where, raw, values)
    yield from problems
