"""The address book of abook.

Read line by line, because an INI parser loses what people write there: a key that stands twice,
`%`, a line without a sign.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from importers import columns
from importers.decode import clean
from importers.record import Problem, Record, Sniffed
from importers.table import headings_of
from importers.text_lines import first_lines, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importers.container import Container, Member

NAME: Final = "abook"
TITLE: Final = "abook"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = True

RECORD_LIMIT: Final = 20_000_000  # characters of one section

_FILE: Final = "addressbook"
_SECTION: Final = re.compile(r"\s*\[([^\[\]]{1,100})\]\s*\Z")
_PROGRAM: Final = re.compile(r"\s*program\s*=\s*abook\s*\Z", re.IGNORECASE)
_ROLES: Final = {
    "name": "name",
    "email": "email",
    "phone": "phone:home",
    "mobile": "phone:mobile",
    "workphone": "phone:work",
    "fax": "phone:fax",
    "address": "street:home",
    "address2": "extended:home",
    "city": "city:home",
    "state": "region:home",
    "zip": "code:home",
    "country": "country:home",
    "nick": "nickname",
    "url": "url",
    "notes": "note",
    "birthday": "birthday",
    "anniversary": "date:anniversary",
    "groups": "label",
    **{f"custom{number}": f"custom:Custom {number}" for number in "12345"},
}


def sniff(container: Container) -> Sniffed | None:
    """Knows the file by its first words."""
    lone = len(container.members) == 1
    members = tuple(
        member.name
        for member in container.members
        if (lone or member.name.rpartition("/")[2].lower() == _FILE) and _is_book(member)
    )
    return Sniffed(95, "the head of an abook file", "", members) if members else None


def read(container: Container) -> Iterator[Record | Problem]:
    """Every section but the one about the format."""
    sniffed = sniff(container)
    for member in container.members:
        if sniffed and member.name in sniffed.members:
            yield from _read(member)


def _is_book(member: Member) -> bool:
    head = [line.strip() for line in first_lines(member)[:40] if line.strip()]
    if not head:
        return False
    if head[0].lower().startswith("# abook"):
        return True
    return "[format]" in head and any(map(_PROGRAM.match, head))


def _read(member: Member) -> Iterator[Record | Problem]:
    problems: list[Problem] = []
    title, section = "", list[str]()
    size = number = 0
    for line in chain(lines(member, problems), ("[]",)):
        found = _SECTION.match(line)
        if found is None and line != "[]":
            size += len(line)
            if size <= RECORD_LIMIT and line.strip() and not line.startswith("#"):
                section.append(line)
            continue
        if title and title.lower() != "format":
            number += 1  # abook numbers anew at each saving: a section's own number means nothing
            yield _record(f"{member.name} entry {number:,}", section, too_long=size > RECORD_LIMIT)
        elif section and not title:
            raw = "".join(f"{line}\n" for line in section).encode("utf-8", "surrogatepass")
            yield Problem(member.name, "text that stands in no entry", raw, fatal=False)
        title, section, size = found[1] if found else "", [], 0
    yield from problems


def _record(where: str, section: Sequence[str], *, too_long: bool) -> Record | Problem:
    if too_long:
        return Problem(where, f"longer than {RECORD_LIMIT:,} characters, the limit for an entry")
    raw = "".join(f"{line}\n" for line in section).encode("utf-8", "surrogatepass")
    parted = [line.partition("=") for line in map(clean, section)]
    names = headings_of([name if sign else "line" for name, sign, _ in parted])
    cells = {
        name: text if sign else line
        for name, (line, sign, text) in zip(names, parted, strict=False)
    }
    roles = {
        name: _ROLES.get(line.strip().lower(), "keep") if sign else "keep"
        for name, (line, sign, _) in zip(names, parted, strict=False)
    }
    return columns.record(where, raw, columns.values(cells, roles))
