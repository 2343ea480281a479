"""Aliases of mutt and neomutt, and of mail's ``~/.mailrc``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.rules import emails, kinds
from importers import columns
from importers.mutt_lines import Alias, Group, logical, parse
from importers.record import Problem, Record, Sniffed, Value
from importers.text_lines import first_lines, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from importers.container import Container, Member

NAME: Final = "mutt"
TITLE: Final = "mutt aliases"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = True

_NAMES: Final = frozenset(
    {
        *("aliases", ".aliases", "mutt.aliases", ".mutt_aliases", "aliases.txt", "alias"),
        *("mutt_aliases", "mutt-aliases", "muttrc", ".muttrc", "neomuttrc", ".neomuttrc"),
        *(".mailrc", "mailrc", "aliases.mutt", "alias.rc", "aliases.rc"),
    }
)
_COMMAND: Final = re.compile(
    r"\s*(?:un)?(?:alias|group|source|set|reset|toggle|lists|subscribe|alternates|ignore|hdr_order"
    r"|my_hdr|color|bind|macro|mailboxes|auto_view|score|save-hook|fcc-hook|send-hook|folder-hook"
    r"|reply-hook|retain|discard|setenv|mono|push|tag-formats|spam|echo|exec)(?:\s|\Z)"
)
# A key followed by "=" is an alias of a shell.
_ALIAS: Final = re.compile(r"\s*alias\s+(?:-group\s+\S+\s+)*[^\s=]+\s+.*@")


def sniff(container: Container) -> Sniffed | None:
    """Knows aliases by their lines; in a folder only files of the usual names are looked at."""
    lone = len(container.members) == 1
    members: list[str] = []
    reason = ""
    for member in container.members:
        named = lone or member.name.rpartition("/")[2].lower() in _NAMES
        if named and (why := _is_aliases(member)):
            members.append(member.name)
            reason = reason or why
    return Sniffed(85, reason, "", tuple(members)) if members else None


def read(container: Container) -> Iterator[Record | Problem]:
    """Every address with the key and the groups it has; lines of other commands are passed by."""
    sniffed = sniff(container)
    for member in container.members:
        if sniffed and member.name in sniffed.members:
            yield from _aliases(member)


def _is_aliases(member: Member) -> str:
    found = [line for line in first_lines(member) if line.strip() and not line.startswith("#")]
    aliases = sum(map(bool, map(_ALIAS.match, found)))
    commands = sum(map(bool, map(_COMMAND.match, found)))
    return "lines that begin with alias" if aliases and commands * 2 > len(found) else ""


def _aliases(member: Member) -> Iterator[Record | Problem]:
    """People by their own aliases first, then those whom only a group names."""
    problems: list[Problem] = []
    alone: list[Alias] = []
    labels: dict[str, list[str]] = {}  # by key or address
    grouped: dict[str, tuple[str, str, str]] = {}
    known: set[str] = set()
    doubts: list[tuple[Alias, list[str]]] = []
    for number, line in logical(lines(member, problems)):
        found = parse(line)
        where = f"{member.name} line {number:,}"
        if isinstance(found, str):
            if found:
                yield Problem(where, found, _bytes(line))
            continue
        group = isinstance(found, Group) or len(found.addresses) != 1
        named = (*found.groups, *([found.key] if isinstance(found, Alias) else []))
        for name, address in found.addresses if group else ():
            mark = _mark(address)
            if name or mark not in grouped:
                grouped[mark] = where, name, address
            labels.setdefault(mark, []).extend(named)
        if isinstance(found, Alias):
            known.add(found.key.lower())
            alone += () if group else [found._replace(where=where)]
            doubts.append((found._replace(where=where), list(found.others)))
            for key in found.others:  # a list of keys is a group of those they stand for
                labels.setdefault(key.lower(), []).append(found.key)
    yield from _alone(alone, labels, grouped)
    for mark, (where, name, address) in grouped.items():
        yield _person(where, (name, address), mark, labels[mark], f"{name} <{address}>".strip())
    for alias, others in doubts:
        yield from _doubt(alias, sum(key.lower() not in known for key in others))
    yield from problems


def _alone(
    aliases: list[Alias], labels: dict[str, list[str]], grouped: dict[str, tuple[str, str, str]]
) -> Iterator[Record | Problem]:
    """Those who have an alias of their own; they are taken out of `grouped`."""
    had: set[str] = set()
    for alias in aliases:
        mark = _mark(alias.addresses[0][1])
        grouped.pop(mark, None)
        said = [Value(kinds.NICKNAME, alias.key)]
        said += [Value(kinds.LABEL, label) for label in (*alias.groups, *alias.tags)]
        said += [Value(kinds.NOTE, alias.comment)] if alias.comment else []
        key = f"{alias.key} {mark}" if alias.key in had else alias.key
        had.add(alias.key)
        more = (*labels.get(mark, ()), *labels.get(alias.key.lower(), ()))
        yield _person(alias.where, alias.addresses[0], key, more, alias.line, said)


def _person(  # noqa: PLR0913, PLR0917 - what a line and its file say of somebody
    where: str,
    whom: tuple[str, str],
    key: str,
    groups: Iterable[str],
    line: str,
    said: Iterable[Value] = (),
) -> Record | Problem:
    name, address = whom
    groups = dict.fromkeys(groups)
    values = [Value(kinds.NAME, name)] if name else []
    values += [Value(kinds.EMAIL, address), *said]
    values += [Value(kinds.LABEL, label) for label in groups]
    # Groups stand on other lines: who joins one must not look unchanged.
    raw = _bytes("\ngroup ".join((line, *groups)))
    return columns.record(where, raw, dict.fromkeys(values), key)


def _doubt(alias: Alias, strange: int) -> Iterator[Problem]:
    if not alias.addresses and strange == len(alias.others):
        yield Problem(alias.where, "an alias without an address", _bytes(alias.line))
    elif strange:
        why = "an alias of which a part is neither an address nor a key of this file"
        yield Problem(alias.where, why, _bytes(alias.line), fatal=False)


def _mark(address: str) -> str:
    return emails.normal(address) or address.lower()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
