"""Tables of other systems that keep people, each known by a small profile of its headings.

A table is a system's if it has the headings only that one has, or if the name of its file says so.
What a profile gets wrong costs a column its meaning: the column is kept under its heading.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.rules import kinds
from importers.columns import key_of, record, values
from importers.profiles import Headings, known, order_of_dates, peek
from importers.record import Problem, Record, Sniffed, Value
from importers.table import EXTRA, Table, candidates, canonical, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from importers.container import Container, Member

_FILE: Final = "systems"
_BY_MARK: Final = 90
_BY_NAME: Final = 62
_ENOUGH: Final = 3  # known headings of a table that only its name gives away
_WORDS: Final = re.compile(r"[a-z]+")
_NAMED_SO: Final = frozenset({"contact", "contacts", "export", "exports", "people", "persons"})
_REFERENCE: Final = re.compile(r"[A-Za-z]{1,40}::::")  # Accounts::::Globex
_BETWEEN_MAILS: Final = re.compile(r"[\s,;<>\"]+")
_OPTED_OUT: Final = "opted_out:"
_YES: Final = frozenset({"1", "true", "yes", "y", "on", "do not allow", "not allowed"})


class Profile:
    """An importer of one system's table, as `importers.record.Importer` asks for."""

    VERSION = 1
    WHOLE = False
    NEW_PEOPLE = True

    def __init__(self, name: str, title: str) -> None:
        self.NAME = name
        self.TITLE = title
        self._headings = Headings(_FILE, name)

    def sniff(self, container: Container) -> Sniffed | None:
        """Knows the headings only this system has, or its name on a table of people."""
        sure: list[str] = []
        named: list[str] = []
        reason = ""
        for member in candidates(container):
            headings = peek(member, _FILE)
            if mark := self._headings.mark(headings):
                sure.append(member.name)
                reason = reason or f"heading '{mark}'"
            elif self._is_named(member, headings):
                named.append(member.name)
        if sure:
            return Sniffed(_BY_MARK, reason, "", tuple(sure))
        return Sniffed(_BY_NAME, "the name of the file", "", tuple(named)) if named else None

    def read(self, container: Container) -> Iterator[Record | Problem]:
        """Every row of every table."""
        if sniffed := self.sniff(container):
            yield from records(container, sniffed.members, known(_FILE), self._records)

    def _is_named(self, member: Member, headings: Sequence[str]) -> bool:
        words = set(_WORDS.findall(member.name.rpartition("/")[2].lower()))
        if self.NAME not in words or _NAMED_SO.isdisjoint(words):
            return False
        return len(self._headings.roles(headings)) >= _ENOUGH

    def _records(self, table: Table) -> Iterator[Record | Problem]:
        roles = self._headings.roles(table.layout.headings)
        flags = {
            heading: roles.pop(heading).removeprefix(_OPTED_OUT)
            for heading in table.layout.headings
            if roles.get(heading, "").startswith(_OPTED_OUT)
        }
        first = order_of_dates(table, roles)
        for row in table:
            if isinstance(row, Problem):
                yield row
            elif any(map(str.strip, row.cells.values())):
                cells = {h: _REFERENCE.sub("", cell, count=1) for h, cell in row.cells.items()}
                labels = _labels(cells, flags)
                made = [*values(cells, roles, day_first=first), *labels, *_loose_mails(cells)]
                where, key = table.where(row.number), key_of(cells, roles)
                yield record(where, canonical(row), made, key)


def _labels(cells: dict[str, str], flags: Mapping[str, str]) -> list[Value]:
    """What somebody does not want as labels; the cells that say it are taken out."""
    said = [flags[h] for h in flags if cells.pop(h, "").strip().lower() in _YES]
    return [Value(kinds.LABEL, label) for label in dict.fromkeys(said)]


def _loose_mails(cells: Mapping[str, str]) -> Iterator[Value]:
    """Addresses among the cells that stand outside the headings."""
    for piece in _BETWEEN_MAILS.split(cells.get(EXTRA, "")):
        name, at, host = piece.partition("@")
        if name and at and "." in host.strip(".") and "@" not in host:
            yield Value(kinds.EMAIL, piece)


BY_NAME: Final[Mapping[str, Profile]] = MappingProxyType(
    {
        name: Profile(name, title)
        for name, title in (
            ("vtiger", "vTiger"),
            ("sugarcrm", "SugarCRM"),
            ("dynamics", "Dynamics"),
            ("hubspot", "HubSpot"),
            ("zoho", "Zoho"),
            ("salesforce", "Salesforce"),
            ("pipedrive", "Pipedrive"),
            ("dex", "Dex"),
            ("clay", "Clay"),
            ("cloze", "Cloze"),
            ("yahoo", "Yahoo"),
            ("aol", "AOL"),
            ("monica_csv", "Monica"),
        )
    }
)
"""Every system by its importer's name."""
