"""Outlook's CSV in any language: desktop, outlook.com, Windows Live Mail, Google's copy of it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from core.text import fold
from importers import dialects
from importers.columns import record, values
from importers.profiles import order_of_dates
from importers.record import Problem, Record, Sniffed
from importers.table import Row, Table, canonical, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from importers.container import Container

NAME: Final = "outlook"
TITLE: Final = "Outlook"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = True

_ENOUGH: Final = 6  # headings of one language
_ADDRESSES: Final = frozenset({"e-mail address", "emailaddress"})
_PHONES: Final = frozenset({"phone:work", "phone:home", "phone:mobile"})
_TITLES: Final = frozenset({"title", "titre", "titel", "titolo"})
"""Headings that name a job where no other column does."""
_DISPLAY: Final = "display"
_USUAL: Final = "usual"
_SAYS_NOTHING: Final = frozenset(  # what stands in every row, folded
    {
        *("smtp", "normal", "false", "unspecified", "0"),  # English, and the numbers of all
        *("falsch", "keine angabe", "aus", "faux", "non spécifié", "normale", "no", "non"),
        *("falso", "no especificado", "não especificado", "onwaar", "niet opgegeven", "normaal"),
        *("falskt", "ospecificerat", "falsk", "ikke angivet", "fałsz", "nieokreślona", "normalny"),
        *("обычная", "обычный", "нет", "ложь", "не указано"),
        *("yanlış", "belirtilmemiş"),  # noqa: RUF001 — Turkish writes so
        *("標準", "オフ", "指定なし"),
    }
)
_EXCHANGE: Final = re.compile(r"\s*/o=[^/]*/", re.IGNORECASE)
"""An address inside an Exchange server: ``/o=Firm/ou=Site/cn=Recipients/cn=ada``."""
_NAMED: Final = frozenset({"prefix", "given", "middle", "family", "suffix", "name"})
_AROUND: Final = " ()<>'\""
_WORD: Final = re.compile(r"\w+")


class _Columns(NamedTuple):
    """What the columns of one table mean.

    Attributes:
        roles: heading to role, as `importers.columns` takes them.
        usual: headings whose cells mostly say nothing.
        shown: heading of an address to the heading of its display name, or "".
        day_first: how the dates of this table are to be read, if it can be told.
    """

    roles: Mapping[str, str]
    usual: frozenset[str]
    shown: Mapping[str, str]
    day_first: bool | None


def sniff(container: Container) -> Sniffed | None:
    """Knows an address and a phone by Outlook's headings, or six headings of one language."""
    return dialects.sniffed(container, TITLE, _is_outlook)


def read(container: Container) -> Iterator[Record | Problem]:
    """Every row of every table."""
    if sniffed := sniff(container):
        known = dialects.labels()
        yield from records(container, sniffed.members, known, _records, dialects.open_local)


def _is_outlook(matched: dialects.Match) -> bool:
    if matched.dialect.program == dialects.THUNDERBIRD:
        return False
    roles = {matched.roles[heading] for heading in matched.hits}
    if matched.dialect.language != "en":
        return len(matched.hits) >= _ENOUGH and matched.half and "email" in roles
    if _ADDRESSES.isdisjoint(heading.lower() for heading in matched.hits):
        return False
    return len(matched.hits) >= _ENOUGH or not _PHONES.isdisjoint(roles)


def _columns(table: Table) -> _Columns:
    matched = dialects.match(table.layout.headings)
    roles = dict(matched.roles) if matched else {}
    if "title" not in roles.values():
        jobs = [h for h, role in roles.items() if role == "prefix" and h.lower() in _TITLES]
        roles.update(dict.fromkeys(jobs, "title"))
    mail = [h for h in table.layout.headings if roles.get(h) in {"email", _DISPLAY}]
    shown = {
        heading: after if roles.get(after) == _DISPLAY else ""
        for heading, after in pairwise([*mail, ""])
        if roles[heading] == "email"
    }
    usual = frozenset(h for h, role in roles.items() if role in {_USUAL, "gender"})
    plain = {h: r for h, r in roles.items() if r not in {_USUAL, _DISPLAY}}
    first = order_of_dates(table, plain)
    if first is None and matched and matched.dialect.language != "en":
        first = True  # only American dates begin with the month
    return _Columns(plain, usual, shown, first)


def _records(table: Table) -> Iterator[Record | Problem]:
    columns = _columns(table)
    for row in table:
        if isinstance(row, Problem):
            yield row
        elif any(map(str.strip, row.cells.values())):
            yield _record(table, row, columns)


def _record(table: Table, row: Row, columns: _Columns) -> Record | Problem:
    cells = {
        heading: cell
        for heading, cell in row.cells.items()
        if heading not in columns.usual or cell.strip().casefold() not in _SAYS_NOTHING
    }
    roles = dict(columns.roles)
    named = {part for h, cell in cells.items() if roles.get(h) in _NAMED for part in _words(cell)}
    for address, display in columns.shown.items():
        mail, name = cells.get(address, ""), cells.get(display, "")
        if _EXCHANGE.match(mail):
            roles[address] = "keep"
        bare = name.replace(mail, "").strip(_AROUND)
        words = _words(bare)
        if not bare or (words and words <= named):
            cells.pop(display, None)
        elif not named:
            cells[display], roles[display], named = bare, "name", words
    made = values(cells, roles, day_first=columns.day_first)
    return record(table.where(row.number), canonical(row), made)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))
