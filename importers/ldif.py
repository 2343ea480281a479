"""LDIF: what Thunderbird and LDAP directories write (RFC 2849).

The reader is our own because none that is kept up reads damaged files on, or in Python alone.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from core.rules import kinds
from importers import columns
from importers.ldif_lines import Attribute, Entry, entries
from importers.ldif_names import GROUPS, NOT_PEOPLE, PEOPLE, ROLES
from importers.record import Media, Problem, Record, Sniffed, Value
from importers.table import headings_of
from importers.text_lines import first_lines
from importers.vcard import GROUP
from importers.vcard_pictures import media_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container, Member

NAME: Final = "ldif"
TITLE: Final = "LDIF"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = True

_ENDINGS: Final = (".ldif", ".ldi")
_DN: Final = re.compile(r"dn::?[ \t]*\S", re.IGNORECASE)
_LINE: Final = re.compile(r"[A-Za-z][\w.;-]*:")
_RDN: Final = re.compile(r"\s*[\w.-]+\s*=\s*((?:[^,+\\]|\\.)+)")
_MAIL: Final = re.compile(r"mail\s*=\s*([^,+\s]+)", re.IGNORECASE)
_STAMP: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,]\d+)?Z\Z")
_MEMBERS: Final = frozenset({"member", "uniquemember", "memberuid"})
_IS_GROUP: Final = re.compile(r"objectclass:(?::|\s*\S*group)", re.IGNORECASE)
_DN_VALUED: Final = frozenset({"manager", "secretary", "assistant"})
_POSTAL: Final = frozenset({"postaladdress", "homepostaladdress", "registeredaddress"})


def sniff(container: Container) -> Sniffed | None:
    """Knows a directory by its first entry's ``dn:``."""
    lone = len(container.members) == 1
    members = tuple(
        member.name
        for member in container.members
        if (lone or member.name.lower().endswith(_ENDINGS)) and _begins(member)
    )
    return Sniffed(95, "an entry that begins with dn:", "", members) if members else None


def read(container: Container) -> Iterator[Record | Problem]:
    """Every person; groups become labels of their members, other things are told."""
    sniffed = sniff(container)
    for member in container.members:
        if sniffed and member.name in sniffed.members:
            yield from _read(member)


def _begins(member: Member) -> bool:
    lines = [line for line in first_lines(member) if line.strip() and line[0] not in "# "]
    if lines and lines[0].lower().startswith("version:"):
        lines = lines[1:]
    return bool(lines and _DN.match(lines[0]) and all(map(_LINE.match, lines[1:2])))


def _read(member: Member) -> Iterator[Record | Problem]:
    labels = _groups(member)
    for found in entries(member):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _entry(found, labels)


def _groups(member: Member) -> dict[str, list[str]]:
    """The groups somebody is in, by the name or the address that a group knows them by."""
    labels: dict[str, list[str]] = {}
    for entry in entries(member, _IS_GROUP):
        if isinstance(entry, Problem) or not entry.classes & GROUPS:
            continue
        name = entry.first("cn") or _rdn(entry.dn)
        for attribute in entry.attributes:
            if name and attribute.name in _MEMBERS:
                for mark in _marks(attribute.text):
                    labels.setdefault(mark, []).append(name)
    return labels


def _marks(dn: str) -> set[str]:
    """What tells an entry by its name: the name itself, and the address within."""
    address = _MAIL.search(dn)
    return {_folded(dn), *([address[1].lower()] if address else [])}


def _folded(dn: str) -> str:
    return ",".join(piece.strip() for piece in dn.lower().split(","))


def _rdn(dn: str) -> str:
    """The first value of a name: ``Ada Wong`` of ``cn=Ada Wong,ou=People``."""
    found = _RDN.match(dn)
    return found[1].replace("\\", "").strip() if found else dn.strip()


def _entry(entry: Entry, labels: dict[str, list[str]]) -> Iterator[Record | Problem]:
    classes = entry.classes
    if entry.first("changetype").strip().lower() not in {"", "add"}:
        yield Problem(entry.where, "a change, not an entry: left out", entry.raw, fatal=False)
        return
    if classes & GROUPS:
        yield Problem(entry.where, GROUP, entry.raw, fatal=False)
        return
    if classes & NOT_PEOPLE or (classes - {"top"} and not classes & PEOPLE):
        yield Problem(entry.where, "an entry that is no person", entry.raw, fatal=False)
        return
    yield _person(entry, labels)
    yield from (Problem(entry.where, why, fatal=False) for why in dict.fromkeys(entry.warnings))


def _person(entry: Entry, labels: dict[str, list[str]]) -> Record | Problem:
    photos = {
        name: Media(name, data, media_type(data))
        for name, data in ((sha256(a.data).hexdigest(), a.data) for a in entry.attributes if a.data)
    }
    told = [(attribute, text) for attribute in entry.attributes if (text := _text(attribute))]
    headings = headings_of([attribute.written for attribute, _ in told])
    cells = {heading: text for heading, (_, text) in zip(headings, told, strict=False)}
    roles = {
        heading: _role(attribute.name, entry)
        for heading, (attribute, _) in zip(headings, told, strict=False)
    }
    values = columns.values(cells, roles)
    values += [Value(kinds.PHOTO, name, "", 0, one.media_type) for name, one in photos.items()]
    marks = [_folded(entry.dn), *(a.text.lower() for a in entry.attributes if a.name == "mail")]
    if uid := entry.first("uid"):
        marks.append(uid.lower())
    groups = dict.fromkeys(name for mark in marks for name in labels.get(mark, ()))
    values += [Value(kinds.LABEL, name) for name in groups]
    # A group is written elsewhere: the entry must not look unchanged when somebody joins one.
    raw = b"".join((entry.raw, *(f"memberOf: {name}\n".encode() for name in groups)))
    found = columns.record(entry.where, raw, dict.fromkeys(values), entry.dn)
    if isinstance(found, Problem):
        return found
    revised = _moment(entry.first("modifytimestamp"))
    return Record(entry.where, raw, entry.dn, found.values, tuple(photos.values()), revised)


def _role(name: str, entry: Entry) -> str:
    if name == "c" and entry.first("co"):
        return "keep"  # DE beside Germany
    return ROLES.get(name, "keep")


def _text(attribute: Attribute) -> str:
    """The value in words, as a column would hold it."""
    text = attribute.text
    if attribute.name in _POSTAL:
        return "\n".join(filter(None, (line.strip() for line in text.split("$"))))
    if attribute.name in _DN_VALUED and "=" in text:
        return _rdn(text)
    if attribute.name == "labeleduri":
        return text.split(maxsplit=1)[0] if text.split() else ""
    return text


def _moment(text: str) -> str:
    found = _STAMP.match(text.strip())
    return "{}-{}-{}T{}:{}:{}Z".format(*found.groups()) if found else ""
