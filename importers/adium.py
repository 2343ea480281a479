"""Adium: conversations as XML, alone or in bundles, and the HTML of its first versions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import VitalfewError
from importers import sms_xml
from importers.decode import clean, decode
from importers.im_text import (
    CLOCK,
    Days,
    Told,
    channel,
    entries,
    mark,
    person,
    said,
    service,
    unescaped,
    words,
)
from importers.record import Problem, Sniffed
from importers.talk import Party, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from importers.container import Container, Member
    from importers.talk import Moment, Reading

NAME: Final = "adium"
TITLE: Final = "Adium"
VERSION: Final = 1
TALKS: Final = True
MARK: Final = b"<message "

_ENDS: Final = (".xml", ".chatlog")
_OLD_ENDS: Final = (".adiumhtmllog", ".html")
_ROOT: Final = re.compile(
    r"\ufeff?\s*(?>(?:<\?[^>]*\?>|<!--.*?-->)\s*)*"
    r"<chat\s[^>]*?xmlns=[\"']http://purl\.org/net/ulf/ns/[^>]*>",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(r"\b(account|service)=(?:\"([^\"]*)\"|'([^']*)')")
_START: Final = re.compile(r"<(?:message|action|status|event)[\s>/]")
_END: Final = re.compile(r"\s*</chat\s*>.*\Z", re.DOTALL)
_SPOKEN: Final = frozenset({"message", "action"})
_AUTOMATIC: Final = frozenset({"true", "yes", "1"})
_NAME: Final = re.compile(r"(.+?) ?\((\d{4})[-|.](\d\d)[-|.](\d\d)[^()]*\)\.\w+")
_ROW: Final = re.compile(
    rf'\s*<div class="(send|receive|status|\w+)"><span class="timestamp">({CLOCK})</span>',
    re.IGNORECASE,
)
_SENDER: Final = re.compile(r'\s*<span class="sender">([^<]*)</span>')
_REPLY: Final = re.compile(r"\s*\(auto-?reply\)\Z", re.IGNORECASE)
_GROUP: Final = 2


class _Log(NamedTuple):
    """One file: `buddy` is whom the folder or the file is named after, or ""."""

    member: Member
    network: str
    account: str
    buddy: str
    day: date | None
    is_old: bool = False


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows logs by their root and, of old ones, by their names and rows."""
    found = _logs(container)
    if not found:
        return None
    what = "a conversation" if len(found) == 1 else f"{len(found):,} conversations"
    return Sniffed(95, f"{what} of a messenger", "", tuple(one.member.name for one in found))


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every message; changes of status and other events are counted."""
    told = Told()
    for one in _logs(container):
        conversation = _Conversation(one, reading, told)
        try:
            yield from conversation.old() if one.is_old else conversation.talks()
        except VitalfewError as error:
            yield Problem(one.member.name, error.sentence)
    yield from told.notes(container.name)


def owner(container: Container) -> tuple[Party, ...]:
    """The accounts that the logs were kept for."""
    found = (person(one.network, one.account) for one in _logs(container) if one.account)
    return tuple(dict.fromkeys(found))


def _logs(container: Container) -> list[_Log]:
    return [one for one in map(partial(_log, container.name), container.members) if one]


def _log(around: str, member: Member) -> _Log | None:
    """What a file is; None if it is no log."""
    name = member.name.lower()
    if name.endswith(_ENDS):
        root = _ROOT.match(decode(member.head()).text)
        if root is None:
            return None
        told = {key: words(one or other) for key, one, other in _ATTRIBUTE.findall(root[0])}
        buddy, _ = _named(member.name, around)
        return _Log(member, service(told.get("service", "")), told.get("account", ""), buddy, None)
    parts = member.name.split("/")
    if not name.endswith(_OLD_ENDS) or not _NAME.fullmatch(parts[-1]):
        return None
    if not any(map(_ROW.match, decode(member.head()).text.splitlines())):
        return None
    buddy, day = _named(member.name, around)
    network, _, account = (parts[-3] if len(parts) > _GROUP else "").partition(".")
    return _Log(member, service(network), unescaped(account), buddy, day, is_old=True)


def _named(name: str, around: str) -> tuple[str, date | None]:
    """Whom a file is named after, and the day."""
    for part in (*reversed(name.split("/")), around):
        if found := _NAME.fullmatch(part):
            try:
                return unescaped(found[1]), date(int(found[2]), int(found[3]), int(found[4]))
            except ValueError:
                return unescaped(found[1]), None
    return "", None


@dataclass(slots=True)
class _Conversation:
    """One file."""

    log: _Log
    reading: Reading
    told: Told
    _parties: dict[tuple[str, str], Party] = field(default_factory=dict)

    def talks(self) -> Iterator[Talk | Problem]:
        """Every message of a file of XML."""
        one = self.log
        own = self._mark(one.account) if one.account else ""
        speakers = self._speakers(own)
        with_whom = [*speakers.values()] or ([person(one.network, one.buddy)] if one.buddy else [])
        is_group = len(with_whom) >= _GROUP
        thread = self._thread(own, with_whom)
        others = tuple(with_whom)
        for found in sms_xml.entries(one.member, _START, _END):
            if isinstance(found, Problem):
                yield found
                continue
            where, entry = found
            who = entry.get("sender", "").strip()
            if entry.tag not in _SPOKEN or not who:
                self.told.system += 1
                continue
            moment = self._moment(entry)
            if moment is None:
                yield Problem(where, "no time that can be read")
                continue
            is_own = self._mark(who) == own
            yield Talk(
                where=where,
                key="",
                kind="message",
                moment=moment,
                sender=None if is_own else self._party(who, entry.get("alias", "")),
                others=others,
                channel=channel(others[0], one.network) if others else one.network or "other",
                thread=thread,
                subject=one.buddy if is_group else "",
                text=said(entry),
                direction="out" if is_own else "in",
                bulk="automatic reply" if entry.get("auto", "").lower() in _AUTOMATIC else "",
                file=one.member.name,
            )

    def old(self) -> Iterator[Talk | Problem]:
        """Every message of a file of HTML, which knows accounts by their names alone."""
        one = self.log
        buddy = person(one.network, one.buddy)
        own = self._mark(one.account) if one.account else ""
        first = Told()
        days = Days(one.day) if one.day else None
        for found in entries(one.member, _ROW, first):
            if isinstance(found, Problem):
                yield found
                continue
            number, row, body = found
            sender = _SENDER.match(body)
            if sender is None or row[1].lower() not in {"send", "receive"}:
                self.told.system += 1
                continue
            where = f"{one.member.name} line {number:,}"
            try:
                moment = self.reading.local(days.moment(row[2])) if days else None
            except (ValueError, OverflowError):
                moment = None
            if moment is None:
                yield Problem(where, "no time that can be read")
                continue
            is_own = row[1].lower() == "send"
            name = words(sender[1]).removesuffix(":").rstrip()
            shown = _REPLY.sub("", name)
            yield Talk(
                where=where,
                key="",
                kind="message",
                moment=moment,
                sender=None if is_own else buddy._replace(name=_beside(shown, one.buddy)),
                others=(buddy,),
                channel=channel(buddy, one.network),
                thread=self._thread(own, [buddy]),
                text=words(body[sender.end() :]),
                direction="out" if is_own else "in",
                bulk="automatic reply" if shown != name else "",
                file=one.member.name,
            )
        self.told.unknown += first.unknown
        self.told.cut += first.cut

    def _speakers(self, own: str) -> dict[str, Party]:
        """Everybody but the owner who says something in the file."""
        speakers: dict[str, Party] = {}
        for found in sms_xml.entries(self.log.member, _START, _END):
            if isinstance(found, Problem) or found[1].tag not in _SPOKEN:
                continue
            who = found[1].get("sender", "").strip()
            if who and (known := self._mark(who)) != own and known not in speakers:
                speakers[known] = person(self.log.network, who)
        return speakers

    def _thread(self, own: str, with_whom: list[Party]) -> str:
        one = self.log
        if len(with_whom) == 1:
            return f"{own} {mark(with_whom[0])}"
        return f"{own} {one.network} {one.buddy.lower() or ' '.join(sorted(map(mark, with_whom)))}"

    def _party(self, who: str, alias: str) -> Party:
        if (who, alias) not in self._parties:
            self._parties[who, alias] = person(self.log.network, who, alias)
        return self._parties[who, alias]

    def _mark(self, who: str) -> str:
        return mark(self._party(who, ""))

    def _moment(self, entry: Element) -> Moment | None:
        try:
            return self.reading.aware(datetime.fromisoformat(entry.get("time", "").strip()))
        except (ValueError, OverflowError):
            return None


def _beside(name: str, buddy: str) -> str:
    return "" if name.lower() == buddy.lower() else clean(name)
