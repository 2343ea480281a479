"""Mastodon and what exports alike (Misskey, Pleroma, GoToSocial): the tables of accounts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import handles, kinds
from importers.decode import clean
from importers.json_text import canonical, document
from importers.record import Problem, Record, Sniffed, Value
from importers.table import open_table
from importers.text_lines import first_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container, Member

NAME: Final = "mastodon"
TITLE: Final = "Mastodon"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = True

_HEADING: Final = "account address"
_NAME: Final = re.compile(
    r"(user-lists|lists|following|followers?|follow|mut(?:ed|es?|ing)|block(?:ed|s?|ing))"
    r"(?:_accounts)?(?:[-_ (.].*)?\.csv\Z",
    re.IGNORECASE,
)
_LEFT_ALONE: Final = re.compile(
    r"(?:blocked_domains|domain_blocks|bookmarks|custom_filters|outbox|likes)\b.*\.(?:csv|json)\Z",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"@?[\w.-]+@[\w-]+(?:\.[\w-]+)+\Z")
_OWNER: Final = "actor.json"
_HOST: Final = re.compile(r"https?://([\w.-]+(?::\d+)?)/")
_FEWEST: Final = 0.8  # of the lines of a table without headings are accounts
_LIST_CELLS: Final = 2


class _Sheet(NamedTuple):
    """One table of accounts."""

    member: Member
    role: str
    headed: bool


class _Account(NamedTuple):
    """Somebody, with all that the tables say: (role, titles of lists) in file order."""

    address: str
    where: str
    said: list[tuple[str, list[str]]]


def sniff(container: Container) -> Sniffed | None:
    """Knows the heading, or the usual name of a table whose every line is an account."""
    sheets = _sheets(container)
    if not sheets:
        return None
    names = tuple(sheet.member.name for sheet in sheets)
    if any(sheet.headed for sheet in sheets):
        return Sniffed(95, "heading 'Account address'", _owner(container), names)
    confidence = 60 if len(sheets) == 1 else 85
    return Sniffed(confidence, "lines of user@host", _owner(container), names)


def read(container: Container) -> Iterator[Record | Problem]:
    """Every account once, with all that the tables say of it."""
    accounts: dict[str, _Account] = {}
    for sheet in _sheets(container):
        for found in _rows(sheet):
            if isinstance(found, Problem):
                yield found
                continue
            where, address, titles = found
            norm = handles.normal(NAME, address)
            account = accounts.setdefault(norm, _Account(address, where, []))
            account.said.append((sheet.role, titles))
    for norm, account in accounts.items():
        yield _record(norm, account)
    others = [m.name for m in container.members if _LEFT_ALONE.match(_base(m))]
    if others and accounts:
        named = ", ".join(others[:4])
        yield Problem(container.name, f"left alone, no people: {named}", fatal=False)


def _base(member: Member) -> str:
    return member.name.rpartition("/")[2]


def _sheets(container: Container) -> list[_Sheet]:
    found: list[_Sheet] = []
    lone = len(container.members) == 1
    for member in container.members:
        named = _NAME.match(_base(member))
        if not (named or lone):
            continue
        rows = [line for line in first_lines(member) if line.strip()]
        first = rows[0].split(",") if rows else [""]
        headed = first[0].strip('"\ufeff ').lower() == _HEADING
        role = _role(named[1] if named else "", first)
        if headed or (named and _is_accounts(rows[:-1] or rows, lists=role == "list")):
            found.append(_Sheet(member, role, headed))
    return found


def _role(word: str, headings: list[str]) -> str:
    """What those in a table are to its owner, by its name, else by its headings."""
    word = word.lower()
    if "list" in word:
        return "list"
    for start, role in (("mut", "muted"), ("block", "blocked"), ("follower", "follower")):
        if word.startswith(start):
            return role
    hides = not word and any("hide" in heading.lower() for heading in headings)
    return "muted" if hides else "following"


def _is_accounts(rows: list[str], *, lists: bool) -> bool:
    place = -1 if lists else 0
    cells = [row.split(",") for row in rows]
    sound = [
        bool(_ADDRESS.match(found[place].strip(' "'))) and (len(found) >= _LIST_CELLS or not lists)
        for found in cells
    ]
    return bool(sound) and sum(sound) >= _FEWEST * len(sound)


def _rows(sheet: _Sheet) -> Iterator[tuple[str, str, list[str]] | Problem]:
    """Place, address and the list's title, if it is one, of each row."""
    table = open_table(sheet.member)
    if isinstance(table, Problem):
        yield table
        return
    headings = table.layout.headings
    column = next((name for name in headings if name.lower() == _HEADING), "")
    if not sheet.headed:
        yield from _row(sheet, f"{table.name} row 1", list(headings))
    for item in table:
        if isinstance(item, Problem):
            yield item
            continue
        cells = [item.cells.get(column, "")] if column else list(item.cells.values())
        if any(cell.strip() for cell in item.cells.values()):
            yield from _row(sheet, table.where(item.number), cells)


def _row(
    sheet: _Sheet, where: str, cells: list[str]
) -> Iterator[tuple[str, str, list[str]] | Problem]:
    lists = sheet.role == "list" and not sheet.headed
    address = cells[-1 if lists else 0].strip()
    if _ADDRESS.match(address):
        yield where, address, [title for cell in cells[:-1] if lists and (title := cell.strip())]
    else:
        yield Problem(where, "not the address of an account", canonical(cells))


def _record(norm: str, account: _Account) -> Record:
    values = [Value(kinds.HANDLE, account.address.lstrip("@"), NAME)]
    said: dict[str, list[str]] = {}
    for role, titles in account.said:
        said.setdefault(role, []).extend(titles)
    for role, titles in said.items():
        if role in {"muted", "blocked"}:
            values.append(Value(kinds.LABEL, role))
        elif role != "list":
            values.append(Value(kinds.EXTRA, role, TITLE))
        values += [Value(kinds.LABEL, title) for title in titles]
    # Whether boosts are shown says nothing of the person: such columns are not taken.
    raw = canonical({"Account address": norm.partition(":")[2], **said})
    return Record(account.where, raw, norm.partition(":")[2], tuple(dict.fromkeys(values)))


def _owner(container: Container) -> str:
    """Whose account it is, if the archive's own page of it lies beside the tables."""
    actor = next((member for member in container.members if _base(member) == _OWNER), None)
    found = document(actor) if actor else None
    if not isinstance(found, dict):
        return ""
    name, page = found.get("preferredUsername"), found.get("id")
    host = _HOST.match(page) if isinstance(page, str) else None
    return clean(f"{name}@{host[1]}") if isinstance(name, str) and name and host else ""
