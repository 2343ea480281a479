"""LinkedIn: a lone ``Connections.csv`` of any generation, or the archive it comes in."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from core.rules import kinds
from core.rules.handles import from_url
from core.rules.names import shown_name
from importers import left_out, linkedin_talks
from importers.record import Problem, Record, Sniffed, Value
from importers.table import EXTRA, Row, Table, candidates, canonical, open_table, peek, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from importers.container import Container, Member
    from importers.talk import Party, Reading, Talk

NAME: Final = "linkedin"
TITLE: Final = "LinkedIn"
VERSION: Final = 1
WHOLE: Final = True
NEW_PEOPLE: Final = True
TALKS: Final = True

_HEAD: Final = 1 << 14
_CONNECTIONS: Final = "connections.csv"
_SIGNATURE: Final = frozenset(  # any two of them at one level are an archive
    {
        *(_CONNECTIONS, "messages.csv", "invitations.csv"),
        *("profile.csv", "registration.csv", "email addresses.csv"),
    }
)
_KINDS: Final = {  # heading in lower case, over all generations
    "first name": kinds.GIVEN,
    "last name": kinds.FAMILY,
    "url": kinds.URL,
    "profile url": kinds.URL,
    "email address": kinds.EMAIL,
    "e-mail address": kinds.EMAIL,
    "company": kinds.ORG,
    "current company": kinds.ORG,
    "position": kinds.TITLE,
    "current position": kinds.TITLE,
    "connected on": kinds.CONNECTED,
    "tags": kinds.LABEL,
}
"""Members of the archive that are named when they are not read."""
_NO_VALUE: Final = frozenset({"#n/a", "n/a", "na", "null", "nan", "none"})
_KNOWN_BY: Final = frozenset({kinds.NAME, kinds.EMAIL, kinds.URL, kinds.ORG})


def sniff(container: Container) -> Sniffed | None:
    """Knows the archive by the names in it, a lone list by its headings."""
    if level := _archive(container):
        found = sorted(_title(member) for member in level if _base(member) in _SIGNATURE)
        members = tuple(member.name for member in level if _base(member) == _CONNECTIONS)
        return Sniffed(98, f"{found[0]} beside {found[1]}", _owner(level), members)
    lone = [(member.name, why) for member in candidates(container) if (why := _is_list(member))]
    if not lone:
        return None
    confidence = 95 if "Connected On" in lone[0][1] else 90
    return Sniffed(confidence, lone[0][1], "", tuple(name for name, _ in lone))


def read(container: Container) -> Iterator[Record | Problem]:
    """Every connection; the archive's members that nobody reads yet are named."""
    sniffed = sniff(container)
    members = sniffed.members if sniffed else ()
    yield from records(container, members, frozenset(_KINDS), _records)
    members += tuple(file.member.name for file in _talks(container))
    others = [member.name for member in _archive(container) if member.name not in members]
    if others:
        yield Problem(container.name, f"not read yet: {left_out.files(others)}", fatal=False)


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows them in the archive by their names, elsewhere by their headings."""
    files = _talks(container)
    if not files:
        return None
    level = _archive(container)
    names = tuple(file.member.name for file in files)
    return Sniffed(97, _title(files[0].member), _owner(level) if level else "", names)


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every message, and the invitations that say something."""
    return linkedin_talks.talks(_talks(container), reading)


def owner(container: Container) -> tuple[Party, ...]:
    """The profile that the invitations, the name in the profile or all conversations tell of."""
    profile = {_base(member): member for member in reversed(_archive(container))}
    rows = _cells(profile.get("profile.csv"), {"first name", "last name"})
    return linkedin_talks.owner(_talks(container), _full_name(rows[0]) if rows else "")


def _talks(container: Container) -> tuple[linkedin_talks.File, ...]:
    if level := _archive(container):
        return linkedin_talks.by_name(level)
    return linkedin_talks.by_headings(candidates(container))


def _full_name(cells: Mapping[str, str]) -> str:
    names = (cells.get("first name", "").strip(), cells.get("last name", "").strip())
    return " ".join(filter(None, names))


def _title(member: Member) -> str:
    return member.name.rpartition("/")[2]


def _base(member: Member) -> str:
    return _title(member).lower()


def _folder(member: Member) -> str:
    return member.name.rpartition("/")[0]


def _archive(container: Container) -> Sequence[Member]:
    """The members from the level that looks most like LinkedIn's archive, and from below it."""
    marked = [member for member in container.members if _base(member) in _SIGNATURE]
    best: tuple[int, str] = (1, "")
    for folder, members in groupby(sorted(marked, key=_folder), key=_folder):
        if (count := len({_base(member) for member in members})) > best[0]:
            best = count, folder
    if best[0] == 1:
        return ()
    inside = f"{best[1]}/" if best[1] else ""
    return [member for member in container.members if member.name.startswith(inside)]


def _is_list(member: Member) -> str:
    """What headings tell of a list of connections, for people; "" if they do not."""
    layout = peek(member.head(_HEAD), frozenset(_KINDS))
    headings = {heading.lower() for heading in layout.headings} if layout else set()
    if "first name" not in headings:
        return ""
    if "connected on" in headings:
        return "heading 'Connected On'"
    old = {"last name", "current company", "current position"}
    return "heading 'Current Company'" if old <= headings else ""


def _owner(level: Sequence[Member]) -> str:
    """Whose archive it is: the primary address, else the name of the profile."""
    by_base = {_base(member): member for member in reversed(level)}
    addresses = _cells(by_base.get("email addresses.csv"), {"email address", "primary"})
    for cells in sorted(addresses, key=lambda cells: cells.get("primary", "").lower() != "yes"):
        if address := cells.get("email address", "").strip():
            return address
    profile = _cells(by_base.get("profile.csv"), {"first name", "last name"})
    return _full_name(profile[0]) if profile else ""


def _cells(member: Member | None, known: set[str]) -> list[dict[str, str]]:
    table = open_table(member, known) if member else None
    if not isinstance(table, Table):
        return []
    rows = (row for row in table if isinstance(row, Row))
    return [{heading.lower(): cell for heading, cell in row.cells.items()} for row in rows]


def _records(table: Table) -> Iterator[Record | Problem]:
    known: dict[str, str] = {}
    for heading in table.layout.headings:
        kind = _KINDS.get(heading.lower(), "")
        known[heading] = kinds.EXTRA if not kind or kind in known.values() else kind
    known[EXTRA] = kinds.EXTRA
    for item in table:
        if isinstance(item, Problem):
            yield item
        elif any(map(str.strip, item.cells.values())):
            yield _record(table, item, known)


def _record(table: Table, row: Row, known: Mapping[str, str]) -> Record | Problem:
    where, raw = table.where(row.number), canonical(row)
    values = list(_values(row.cells, known))
    found = {value.kind for value in values}
    if found == {kinds.CONNECTED}:
        return Problem(where, "a deleted member: only a date", raw)
    if _KNOWN_BY.isdisjoint(found):
        return Problem(where, "nothing to know anybody by", raw)
    key = next((_profile(value.value) for value in values if value.kind == kinds.URL), "")
    return Record(where, raw, key, tuple(values))


def _profile(url: str) -> str:
    """The part of a profile's address that stays, whatever host or query is around it; or ""."""
    service, handle = from_url(url) or ("", "")
    return handle if service == NAME else ""


def _values(cells: Mapping[str, str], known: Mapping[str, str]) -> Iterator[Value]:
    """Values as written, white space around them apart."""
    texts = [(known[h], h, text) for h, cell in cells.items() if (text := cell.strip())]
    by_kind = {kind: text for kind, _, text in texts}
    given, family = by_kind.get(kinds.GIVEN, ""), by_kind.get(kinds.FAMILY, "")
    if name := shown_name(given=given, family=family):
        yield Value(kinds.NAME, name)
    for kind, heading, text in texts:
        if kind == kinds.EXTRA:
            yield Value(kind, text, heading)
        elif kind == kinds.LABEL:
            for tag in filter(None, map(str.strip, re.split("[,;]", text))):
                yield Value(kind, tag)
        elif kind not in {kinds.EMAIL, kinds.URL} or text.lower() not in _NO_VALUE:
            yield Value(kind, text)
