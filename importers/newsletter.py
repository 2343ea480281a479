"""Subscribers of a newsletter, as the services that send them export their lists.

Lists are long and mostly of strangers: their entries join people who are in the book.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import kinds
from importers.columns import key_of, record, values
from importers.profiles import Headings, known, order_of_dates, peek
from importers.record import Problem, Sniffed, Value
from importers.table import Table, candidates, canonical, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from importers.container import Container, Member
    from importers.record import Record

NAME: Final = "newsletter"
TITLE: Final = "Newsletter"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = False

_FILE: Final = "newsletters"
_BY_MARK: Final = 96
_BY_NAME: Final = 72
_LABEL: Final = "newsletter"
_SERVICES: Final[Mapping[str, tuple[str, Headings]]] = {
    name: (title, Headings(_FILE, name))
    for name, title in (
        ("mailchimp", "Mailchimp"),
        ("substack", "Substack"),
        ("ghost", "Ghost"),
        ("buttondown", "Buttondown"),
        ("curated", "Curated"),
        ("beehiiv", "Beehiiv"),
        ("tinynews", "Tiny News"),
        ("opens", ""),  # a list that counts clicks and opens, whoever sends it
        ("named", ""),  # a list that only the name of its file gives away
    )
}
_NAMED: Final = _SERVICES["named"][1]
_WORDS: Final = re.compile(r"[a-z]+")
_NAMED_SO: Final = frozenset(
    {
        *("subscriber", "subscribers", "newsletter", "mailchimp", "substack", "ghost", "beehiiv"),
        *("buttondown", "convertkit", "unsubscribed", "subscribed"),
    }
)
_SIGNS: Final = frozenset({"status", "stopped", "going"})
_TELLING: Final = _SIGNS | {"date:subscribed", "date:unsubscribed"}
_PUBLICATION: Final = re.compile(r"email_list\.([\w-]+)(?:\..*)?\.csv", re.IGNORECASE)
_GONE: Final = frozenset(
    {
        *("unsubscribed", "inactive", "cancelled", "canceled", "complained", "deleted", "0"),
        *("archived", "suppressed", "removed"),
    }
)
_BOUNCED: Final = frozenset({"cleaned", "bounced", "bounce"})
_YES: Final = frozenset({"true", "yes", "1"})
_NO: Final = frozenset({"false", "no", "0"})
_MONTH_DAY: Final = re.compile(r"([0-9]{2})/([0-9]{2})\Z")


class _List(NamedTuple):
    """One table of subscribers.

    Attributes:
        service: a key of `_SERVICES`.
        headings: what its columns mean.
        sign: the heading that gave it away, or "".
    """

    service: str
    headings: Headings
    sign: str


def sniff(container: Container) -> Sniffed | None:
    """Knows the headings of a service, or a table of addresses called "subscribers"."""
    found = [(member, one) for member in candidates(container) if (one := _peek(member))]
    if not found:
        return None
    marked = [(member, one) for member, one in found if one.sign]
    member, one = (marked or found)[0]
    reason = f"heading '{one.sign}'" if one.sign else "the name of the file"
    names = tuple(member.name for member, _ in marked or found)
    confidence = _BY_MARK if marked else _BY_NAME
    return Sniffed(confidence, reason, _account(member, one.service), names)


def read(container: Container) -> Iterator[Record | Problem]:
    """Every subscriber of every table, those who left too."""
    if sniffed := sniff(container):
        yield from records(container, sniffed.members, known(_FILE), _records)


def _account(member: Member, service: str) -> str:
    """Whose newsletter it is, as far as the file tells; else the service that sends it."""
    publication = _PUBLICATION.fullmatch(_base(member.name))
    return publication[1] if publication else _SERVICES[service][0]


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _peek(member: Member) -> _List | None:
    return _list(member.name, peek(member, _FILE))


def _list(name: str, headings: Sequence[str]) -> _List | None:
    for service, (_, known_as) in _SERVICES.items():
        if sign := known_as.mark(headings):
            return _List(service, known_as, sign)
    roles = set(_NAMED.roles(headings).values())
    words = set(_WORDS.findall(_base(name).lower()))
    if "email" in roles and roles & _TELLING and words & _NAMED_SO:
        return _List("named", _NAMED, "")
    return None


def _roles(table: Table) -> dict[str, str]:
    found = _list(table.name, table.layout.headings)
    roles = (found.headings if found else _NAMED).roles(table.layout.headings)
    if "family" in roles.values() and "given" not in roles.values():
        return {heading: "given" if role == "name" else role for heading, role in roles.items()}
    return roles


def _records(table: Table) -> Iterator[Record | Problem]:
    roles = _roles(table)
    signs = {h: roles.pop(h) for h in table.layout.headings if roles.get(h) in _SIGNS}
    of_table = _of_table(table)
    first = order_of_dates(table, roles)
    for row in table:
        if isinstance(row, Problem):
            yield row
        elif any(map(str.strip, row.cells.values())):
            cells = {h: cell for h, cell in row.cells.items() if h not in signs}
            for heading in (h for h in cells if roles.get(h) == "birthday"):
                cells[heading] = _MONTH_DAY.sub(r"--\1-\2", cells[heading].strip())
            made = values(cells, roles, day_first=first)
            state = _state(row.cells, signs) or of_table
            made += [Value(kinds.LABEL, label) for label in (_LABEL, state) if label]
            where, key = table.where(row.number), key_of(cells, roles)
            yield record(where, canonical(row), made, key)


def _of_table(table: Table) -> str:
    """What a table says of all its subscribers by its name or headings."""
    headings = {heading.upper() for heading in table.layout.headings}
    words = set(_WORDS.findall(_base(table.name).lower()))
    if "CLEAN_TIME" in headings or "cleaned" in words:
        return "bounced"
    return "unsubscribed" if "UNSUB_TIME" in headings or "unsubscribed" in words else ""


def _state(cells: Mapping[str, str], signs: Mapping[str, str]) -> str:
    """``unsubscribed`` or ``bounced`` if the row says so."""
    for heading, sign in signs.items():
        said = cells.get(heading, "").strip().lower()
        if sign == "status" and said in _BOUNCED:
            return "bounced"
        if said in {"status": _GONE, "stopped": _YES, "going": _NO}[sign]:
            return "unsubscribed"
    return ""
