"""vCard 2.1, 3.0 and 4.0, as everybody writes them: our own reader, linear in its input."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.errors import VitalfewError
from core.rules import kinds
from importers import vcard_folders
from importers.decode import wide_encoding
from importers.record import Problem, Record, Sniffed, Value
from importers.vcard_blocks import Block, Kind, blocks
from importers.vcard_groups import group_members
from importers.vcard_lines import declared_charset, parse
from importers.vcard_values import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container, Member

NAME: Final = "vcard"
TITLE: Final = "vCard"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = True

RECORD_LIMIT: Final = 20_000_000  # bytes of one card
KEPT_LIMIT: Final = 16_000_000  # bytes of small members that are kept between two readings
NOBODY: Final = "nothing to know anybody by"
BROKEN: Final = "this card could not be read"
GROUP: Final = "a group, kept as label on its members"

_ENDINGS: Final = (".vcf", ".vcard", ".vct")
_MAYBE: Final = (".ref", ".txt")
_BEGIN: Final = re.compile(
    rb"(?:\A|[\r\n])(?:\xef\xbb\xbf)?\s*(?:[\w-]+\.)?BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE
)
_LIKELY: Final = re.compile(
    rb"(?:\A|[\r\n])(?:[\w-]+\.)?(?:VERSION|FN|N|TEL|EMAIL|ORG|ADR)[;:]", re.IGNORECASE
)
_GROUP_SIGN: Final = re.compile(rb"KIND[^:\r\n]{0,40}:[ \t]*group", re.IGNORECASE)
_LONE_SURROGATE: Final = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_MOST: Final = 0.8  # share of a folder's files that makes it a folder of cards

_KNOWN_BY: Final = frozenset(
    {kinds.NAME, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.PREFIX, kinds.SUFFIX, kinds.MAIDEN}
    | {kinds.PHONETIC, kinds.SORT_AS, kinds.NICKNAME, kinds.ORG, kinds.DEPARTMENT, kinds.EMAIL}
    | {kinds.PHONE, kinds.HANDLE, kinds.URL, kinds.ADDRESS, kinds.RELATION}
)


def sniff(container: Container) -> Sniffed | None:
    """Whether the container holds vCards, from names and first bytes."""
    members = _chosen(container)
    if not members:
        return None
    names = tuple(member.name for member in members)
    if not any(map(_begins, members)):
        return Sniffed(40, "named as vCard, but without BEGIN:VCARD", "", names)
    if len(container.members) == 1:
        return Sniffed(95, "BEGIN:VCARD", "", names)
    confidence = 90 if vcard_folders.share(members, container) >= _MOST else 60
    why = f"{len(members):,} vCard files"
    return Sniffed(confidence, why, vcard_folders.account(members, container), names)


def read(container: Container) -> Iterator[Record | Problem]:
    """Every card, one at a time; small members are in memory together, large ones alone."""
    chosen = _chosen(container)
    kept, labels = _looked_through(chosen)
    for member, source in zip(chosen, kept, strict=True):
        try:
            found = source or _Source(member)
        except VitalfewError as error:
            yield Problem(member.name, error.sentence)
            continue
        yield from found.read(labels)


def _chosen(container: Container) -> list[Member]:
    """The members that are read: only those are opened whose names do not tell."""
    return [
        member
        for member in container.members
        if _named(member) or (_candidate(member, container) and _begins(member))
    ]


def _named(member: Member) -> bool:
    return member.name.lower().endswith(_ENDINGS)


def _candidate(member: Member, container: Container) -> bool:
    return len(container.members) == 1 or member.name.lower().endswith(_ENDINGS + _MAYBE)


def _begins(member: Member) -> bool:
    head = member.head()
    encoding, skip = wide_encoding(head)
    if encoding:
        head = head[skip:].decode(encoding, "replace").encode()
    return bool(_BEGIN.search(head))


def _looked_through(members: list[Member]) -> tuple[list[_Source | None], dict[str, list[str]]]:
    """What a first reading brings, as groups may come after their members.

    Returns:
        The sources that are small enough to keep, so that each of a thousand files is opened
        once; group names by the id of a member of the group.
    """
    kept: list[_Source | None] = []
    labels: dict[str, list[str]] = {}
    room = KEPT_LIMIT
    for member in members:
        try:
            source = _Source(member)
        except VitalfewError:
            kept.append(None)
            continue  # told when it is read
        fits = len(source.data) <= room
        room -= len(source.data) if fits else 0
        kept.append(source if fits else None)
        if b"GROUP" in source.data.upper() and _GROUP_SIGN.search(source.data):
            _add_labels(source, labels)
    return kept, labels


def _add_labels(source: _Source, labels: dict[str, list[str]]) -> None:
    for block in blocks(source.data):
        group = group_members(parse(block.body).properties) if _may_group(block) else None
        for uid in group[1] if group else ():
            if group and group[0]:
                labels.setdefault(uid.lower(), []).append(group[0])


def _may_group(block: Block) -> bool:
    return len(block.raw) <= RECORD_LIMIT and bool(_GROUP_SIGN.search(block.body))


class _Source:
    """One member: its bytes with ASCII to be seen, and the way back to the original ones."""

    __slots__ = ("data", "encoding", "name", "odd", "told")

    def __init__(self, member: Member) -> None:
        self.name = member.name
        with member.open() as stream:
            data = stream.read()
        self.encoding, skip = wide_encoding(data)
        self.odd = b""
        if self.encoding:
            data, self.odd = self._narrow(data, skip)
        self.data = data
        self.told: set[str] = set()

    def _narrow(self, data: bytes, skip: int) -> tuple[bytes, bytes]:
        """UTF-16 or UTF-32 as UTF-8, and the bytes at the end that are no whole character."""
        if self.encoding == "utf-8":
            self.encoding = ""
            return data, b""
        width = 4 if self.encoding.startswith("utf-32") else 2
        end = len(data) - (len(data) - skip) % width
        try:
            text = data[skip:end].decode(self.encoding, "surrogatepass")
        except UnicodeDecodeError:
            self.encoding = ""
            return data, b""
        return text.encode("utf-8", "surrogatepass"), data[end:]

    def original(self, data: bytes) -> bytes:
        """The bytes as they stood in the file."""
        if not self.encoding:
            return data
        return data.decode("utf-8", "surrogatepass").encode(self.encoding, "surrogatepass")

    def read(self, labels: dict[str, list[str]]) -> Iterator[Record | Problem]:
        number = 0
        for block in blocks(self.data):
            if block.kind is Kind.JUNK or (
                block.kind is Kind.NO_BEGIN and not _LIKELY.search(block.body)
            ):
                where = f"{self.name} {block.span}"
                yield Problem(
                    where, "no card: text outside BEGIN and END", self.original(block.raw)
                )
                continue
            number += 1
            where = f"{self.name} card {number:,}"
            try:
                found = self._card(block, where, labels)
            except Exception as error:  # noqa: BLE001 - one bad card must not cost the others
                raw = self.original(block.raw)
                found = [Problem(where, f"{BROKEN} ({type(error).__name__})", raw)]
            yield from found
        if self.odd:
            yield Problem(self.name, "the last character is cut off", self.odd)
        if not self.data.strip():
            yield Problem(self.name, "an empty file")

    def _card(
        self, block: Block, where: str, labels: dict[str, list[str]]
    ) -> list[Record | Problem]:
        raw = self.original(block.raw)
        if len(raw) > RECORD_LIMIT:
            why = f"larger than {RECORD_LIMIT:,} bytes, the limit for a card"
            return [Problem(where, why, raw)]
        body = _LONE_SURROGATE.sub(b"\xef\xbf\xbd", block.body) if self.encoding else block.body
        card = parse(body, declared_charset(body))
        if group_members(card.properties):
            return [Problem(where, GROUP, raw, fatal=False)]
        warnings = dict.fromkeys(card.warnings)
        found = facts(card.properties, lambda why: warnings.update({why: None}))
        if not any(value.kind in _KNOWN_BY for value in found.values):
            return [Problem(where, NOBODY, raw)]
        groups = labels.get(found.key.lower(), ()) if found.key else ()
        values = found.values
        if groups:
            labelled = (Value(kinds.LABEL, name) for name in groups)
            values = tuple(dict.fromkeys((*values, *labelled)))
        if block.kind is Kind.NO_END:
            warnings[f"the card has no END ({block.span})"] = None
        elif block.kind is Kind.NO_BEGIN:
            warnings[f"the card has no BEGIN ({block.span})"] = None
        for encoding in card.guessed:
            if encoding not in self.told:
                self.told.add(encoding)
                warnings[f"written in no declared encoding, read as {encoding}: check it"] = None
        record = Record(where, raw, found.key, values, found.media, found.revised)
        return [record, *(Problem(where, why, fatal=False) for why in warnings)]
