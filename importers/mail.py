"""Mail: mbox files, Maildir folders, and files that are one mail each."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from core.errors import VitalfewError
from core.rules import bulk_senders, emails, kinds, mail_folders
from importers import mail_heads
from importers.mail_boxes import beginning, is_mbox, mails
from importers.mail_text import text_of
from importers.record import Problem, Sniffed
from importers.talk import Party, Talk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from importers.container import Container, Member
    from importers.mail_boxes import Mail
    from importers.talk import Moment, Reading

NAME: Final = "mail"
TITLE: Final = "Mail"
VERSION: Final = 1
TALKS: Final = True
MARK: Final = b"\nFrom "

_HEAD: Final = 1 << 13
_IN_FOLDER: Final = re.compile(r"(?:\A|/)(?:cur|new)/[^/]+\Z")
_LINE: Final = re.compile(rb"(?:\A|\n)([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:")
_TELLING: Final = frozenset(
    {b"from", b"to", b"date", b"message-id", b"subject", b"received", b"return-path"}
)
_FEWEST: Final = 3
_LOOKED_AT: Final = 40
_FLAGGED: Final = re.compile(r"[:;!_]2,([A-Za-z]*)\Z")  # how a Maildir marks a mail
_ROLES: Final = ("to", "cc", "bcc")
_OWN: Final = ("delivered-to", "x-original-to", "envelope-to")
_SAMPLE: Final = 1_000
_OF_ONE: Final = 1_000
_MOSTLY: Final = 0.8
_MANY: Final = 20
_STAMPED: Final = re.compile(r"(?:\A|/)(\d{9,10})\.")


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows mailboxes by their first line, mails by their headers."""
    found: list[str] = []
    looked = 0
    for member in container.members:
        in_folder = bool(_IN_FOLDER.search(member.name))
        likely = in_folder or member.name.lower().endswith((".eml", ".emlx"))
        if likely and found and looked > _LOOKED_AT:
            found.append(member.name)
            continue
        looked += 1
        head = member.head(_HEAD)
        if is_mbox(head) or _is_mail(head):
            found.append(member.name)
    if not found:
        return None
    what = "a mailbox" if len(found) == 1 else f"{len(found):,} mails and mailboxes"
    return Sniffed(93, what, "", tuple(found))


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every mail; what machines and lists sent is marked as such."""
    for member in _mine(container):
        away = _away(container, member)
        try:
            for mail in mails(member):
                yield _talk(member, mail, reading, "trash" if mail.deleted else away)
        except VitalfewError as error:
            yield Problem(member.name, error.sentence)


def owner(container: Container) -> tuple[Party, ...]:
    """The addresses that mails were delivered to, or sent from by the owner."""
    delivered: Counter[str] = Counter()
    sent: Counter[str] = Counter()
    part: Counter[str] = Counter()
    count = 0
    # Whoever wrote what was sent is sure, and there may be a large folder before it.
    members = sorted(_mine(container), key=lambda member: not _is_sent(container, member))
    for headers, is_sent in islice(_heads(container, members), _SAMPLE):
        count += 1
        by = _plain(headers.get("from", ""))
        for name in _OWN:
            delivered.update(_plain(headers.get(name, ""))[:1])
        labels = mail_heads.words(headers.get("x-gmail-labels", "")).split(",")
        if is_sent or mail_folders.SENT in map(mail_folders.of_name, labels):
            sent.update(by)
        part.update({*by, *(a for role in _ROLES for a in _plain(headers.get(role, "")))})
    mine = [address for address, times in sent.items() if times >= max(1, sent.total() // 20)]
    if delivered:
        address, times = delivered.most_common(1)[0]
        mine += [address] if times >= delivered.total() / 2 else []
    if not mine and count >= _MANY:
        always = [address for address, times in part.items() if times >= _MOSTLY * count]
        mine = always if len(always) == 1 else []
    return tuple(Party(kinds.EMAIL, address) for address in dict.fromkeys(mine))


def _heads(
    container: Container, members: Iterable[Member]
) -> Iterator[tuple[dict[str, str], bool]]:
    """The headers of mails, and whether the owner sent them; no more of a file than is enough."""
    for member in members:
        is_sent = _is_sent(container, member)
        try:
            for mail in islice(mails(member), _OF_ONE):
                yield mail_heads.parted(mail.data)[0], is_sent
        except VitalfewError:
            continue


def _is_sent(container: Container, member: Member) -> bool:
    return mail_folders.of_path(f"{container.name}/{member.name}") == mail_folders.SENT


def _away(container: Container, member: Member) -> str:
    """Why the mails of a file are left out, or ""."""
    flagged = _FLAGGED.search(member.name)
    flags = flagged[1] if flagged and _IN_FOLDER.search(member.name) else ""
    if "T" in flags:
        return "trash"
    if "D" in flags:
        return "draft"
    return bulk_senders.by_folder(f"{container.name}/{member.name}")


def _plain(text: str) -> list[str]:
    return [emails.normal(address) for _, address in mail_heads.addresses(text) if address]


def _mine(container: Container) -> Iterator[Member]:
    sniffed = sniff_talks(container)
    wanted = frozenset(sniffed.members) if sniffed else frozenset()
    return (member for member in container.members if member.name in wanted)


def _is_mail(head: bytes) -> bool:
    """Whether a text begins with the headers of a mail."""
    head = beginning(head)
    end = re.search(rb"\r?\n\r?\n", head)
    names = {name.lower() for name in _LINE.findall(head[: end.start()] if end else head)}
    first = _LINE.match(head.lstrip())
    return first is not None and len(names & _TELLING) >= _FEWEST


def _talk(member: Member, mail: Mail, reading: Reading, away: str) -> Talk | Problem:
    where = f"{member.name} mail {mail.number:,}"
    headers, body = mail_heads.parted(mail.data)
    by = mail_heads.addresses(headers.get("from", "") or headers.get("sender", ""))
    if not by:
        return Problem(where, "no sender that can be read")
    moment = _moment(member, mail, headers, reading)
    if moment is None:
        return Problem(where, "no time that can be read")
    name, address = by[0]
    bulk = away or _bulk(headers, address)
    others = tuple(
        Party(kinds.EMAIL if one else kinds.NAME, one or named, named if one else "", role)
        for role in _ROLES
        for named, one in mail_heads.addresses(headers.get(role, ""))
    )
    sender = Party(kinds.EMAIL if address else kinds.NAME, address or name, name, "from")
    own = mail_heads.ids(headers.get("message-id", ""))
    above = mail_heads.ids(headers.get("references", "")) or mail_heads.ids(
        headers.get("in-reply-to", "")
    )
    subject = mail_heads.words(headers.get("subject", ""))
    return Talk(
        where=where,
        key=own[0] if own else f"{address} {moment.at} {subject}",
        kind="mail",
        moment=moment,
        sender=sender,
        others=others,
        channel="mail",
        thread=(above or own or [""])[0],
        subject=subject,
        text="" if bulk else text_of(headers, body),
        bulk=bulk,
    )


def _bulk(headers: Mapping[str, str], address: str) -> str:
    if "x-gmail-labels" in headers:
        labels = mail_heads.words(headers["x-gmail-labels"])
        headers = {**headers, "x-gmail-labels": labels}
    return bulk_senders.by_headers(headers) or _machine(address)


@lru_cache(maxsize=16_384)
def _machine(address: str) -> str:
    return bulk_senders.by_address(emails.normal(address))


def _moment(
    member: Member, mail: Mail, headers: Mapping[str, str], reading: Reading
) -> Moment | None:
    """The time that the mail states, else that of its arrival."""
    for found in _times(member, mail, headers):
        if found is not None:
            try:
                return reading.aware(found)
            except ValueError:
                continue
    return None


def _times(member: Member, mail: Mail, headers: Mapping[str, str]) -> Iterator[datetime | None]:
    yield mail_heads.when(headers.get("date", ""))
    _, _, after = mail.envelope.decode("latin-1")[5:].partition(" ")
    yield mail_heads.when(after)
    yield mail_heads.when(headers.get("received", "").rpartition(";")[2])
    if stamped := _STAMPED.search(member.name):
        yield datetime.fromtimestamp(int(stamped[1]), UTC)
