"""Telegram: the export of its desktop program, of one chat or of everything.

JSON says more than the pages of an export; where both lie together the pages are left alone.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

from core.errors import VitalfewError
from core.rules import kinds
from core.rules.names import shown_name
from importers import telegram_pages
from importers.charset import charset, text_of
from importers.json_text import canonical
from importers.record import Problem, Record, Sniffed, Value
from importers.talk import Party
from importers.telegram_chat import Chat, People
from importers.telegram_json import ITEM, BrokenError, Mark, walk
from importers.telegram_words import account, line, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container, Member
    from importers.talk import Reading, Talk
    from importers.telegram_json import Path

NAME: Final = "telegram"
TITLE: Final = "Telegram"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = True
TALKS: Final = True

_HEAD: Final = 1 << 16
_SAMPLE: Final = 2_000
_PAIR: Final = 2
_LISTS: Final = frozenset({("chats",), ("left_chats",), ("chats", "list"), ("left_chats", "list")})
_CHATS: Final = frozenset({(), *((*path, ITEM) for path in _LISTS)})
_MESSAGES: Final = frozenset((*path, "messages") for path in _CHATS)
_CONTACTS: Final = frozenset({("contacts",), ("contacts", "list")})
_CONTACT: Final = ("contacts", "list", ITEM)
_ME: Final = ("personal_information",)
_WALKED: Final = _LISTS | _CHATS | _MESSAGES | _CONTACTS

_KEY: Final = re.compile(rb'"(\w+)"\s*:')
_FULL: Final = frozenset(
    {b"personal_information", b"contacts", b"frequent_contacts", b"chats", b"left_chats"}
)
_CHAT_TYPE: Final = re.compile(
    rb'"type"\s*:\s*"(?:saved_messages|replies|verification_codes|personal_chat|bot_chat'
    rb"|(?:private|public)_(?:group|supergroup|channel))\""
)
_MESSAGE: Final = re.compile(rb'"type"\s*:\s*"(?:message|service|unsupported)"')
_TIMED: Final = re.compile(rb'"(?:date_unixtime|from_id|actor_id)"\s*:')
_LISTED: Final = re.compile(rb'"contacts"\s*:\s*\{[^\[\]{}]*"list"\s*:\s*\[\s*\{')


def sniff(container: Container) -> Sniffed | None:
    """Knows a full export that lists contacts."""
    found = [
        member.name
        for member in _documents(container)
        if _is_full(head := member.head(_HEAD)) and _LISTED.search(head)
    ]
    return Sniffed(95, "a list of contacts", "", tuple(found)) if found else None


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows exports by the keys at the beginning of the document."""
    found: list[str] = []
    for member in _documents(container):
        head = member.head(_HEAD)
        if _is_full(head) or _is_chat(head):
            found.append(member.name)
    pages = telegram_pages.names(container, found)
    if not found:
        what = "an export as pages"
    else:
        what = "an export as JSON" if len(found) == 1 else f"{len(found):,} exports as JSON"
    return Sniffed(94, what, "", (*found, *pages)) if found or pages else None


def read(container: Container) -> Iterator[Record | Problem]:
    """Every contact of the address book."""
    sniffed = sniff(container)
    for member in container.members:
        if sniffed and member.name in sniffed.members:
            yield from _contacts(member)


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every message and call; what bots and channels sent is marked as such."""
    pages = []
    for member in _mine(container):
        if telegram_pages.is_page(member):
            pages.append(member)
        else:
            yield from _talks(member, reading)
    yield from telegram_pages.talks(pages, reading)


def owner(container: Container) -> tuple[Party, ...]:
    """Whom the export says it is of, else who in a chat of two is not the other."""
    pages = []
    for member in _mine(container):
        if telegram_pages.is_page(member):
            pages.append(member)
        elif found := _owner(member):
            return found
    return telegram_pages.owner(pages)


def _mine(container: Container) -> Iterator[Member]:
    sniffed = sniff_talks(container)
    wanted = frozenset(sniffed.members) if sniffed else frozenset()
    return (member for member in container.members if member.name in wanted)


def _documents(container: Container) -> Iterator[Member]:
    alone = len(container.members) == 1
    return (m for m in container.members if alone or m.name.lower().endswith(".json"))


def _is_full(head: bytes) -> bool:
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    keys = set(_KEY.findall(head))
    own = b"about" in keys and not _FULL.isdisjoint(keys)
    # An export that names no owner: its chats must look like chats of this kind.
    return own if b"chats" not in keys or b"about" in keys else _is_chat(head)


def _is_chat(head: bytes) -> bool:
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or b'"messages"' not in head:
        return False
    if _CHAT_TYPE.search(head):
        return True
    return bool(_MESSAGE.search(head) and _TIMED.search(head))


def _values(member: Member, problems: list[Problem]) -> Iterator[tuple[Path, Any]]:
    """What a document holds, until it ends or breaks off."""
    try:
        with text_of(member.stream(), charset(member.stream)) as text:
            assert isinstance(text, io.TextIOWrapper)  # noqa: S101 — tells the type checker
            yield from walk(text, _WALKED.__contains__)
    except BrokenError as error:
        problems.append(Problem(member.name, str(error)))
    except VitalfewError as error:
        problems.append(Problem(member.name, error.sentence))


def _talks(member: Member, reading: Reading) -> Iterator[Talk | Problem]:
    people = People(reading)
    problems: list[Problem] = []
    chat = Chat(people)
    count = 0
    for path, value in _values(member, problems):
        if path[:-1] in _MESSAGES:
            count += 1
            where = f"{member.name} message {count:,}"
            if isinstance(value, dict):
                yield from chat.read(where, value)
            else:
                yield Problem(where, "not a message")
        elif path in _CHATS and value is Mark.BEGIN:
            chat = Chat(people)
        elif isinstance(value, dict):
            _about(people, path, value)
        elif path[:-1] in _CHATS and not isinstance(value, Mark):
            chat.describe(path[-1], value)
    yield from problems
    if people.system:
        lines = "line" if people.system == 1 else "lines"
        yield Problem(
            member.name, f"left out: {people.system:,} {lines} of the system", fatal=False
        )


def _about(people: People, path: Path, value: dict[str, Any]) -> None:
    if path == _ME:
        people.owner_is(value)
    elif path == _CONTACT:
        people.know(value)


def _owner(member: Member) -> tuple[Party, ...]:
    kind = partner = ""
    senders: dict[str, str] = {}
    seen = 0
    for path, value in _values(member, []):
        if path == _ME and isinstance(value, dict):
            return _profile(value)
        if path in {("chats",), ("left_chats",)}:
            return ()
        if path == ("type",):
            kind = line(value)
        elif path == ("id",):
            partner = account(value)
        elif path == ("messages", ITEM) and isinstance(value, dict):
            seen += 1
            if who := account(value.get("from_id")):
                senders.setdefault(who, line(value.get("from")))
            if seen >= _SAMPLE or len(senders) > _PAIR or kind != "personal_chat":
                break
    if kind != "personal_chat" or partner not in senders or len(senders) != _PAIR:
        return ()
    who, name = next((who, name) for who, name in senders.items() if who != partner)
    told = (Party(kinds.NAME, name, scope=who),) if name else ()
    return (*told, Party(kinds.HANDLE, f"{NAME}:{who}"))


def _profile(about: dict[str, Any]) -> tuple[Party, ...]:
    who = account(about.get("user_id"))
    name = shown_name(given=line(about.get("first_name")), family=line(about.get("last_name")))
    phone, handle = _phone(about), line(about.get("username")).lstrip("@")
    found = [
        Party(kinds.NAME, name, scope=who) if name else None,
        Party(kinds.PHONE, phone, name) if phone else None,
        Party(kinds.HANDLE, f"{NAME}:{handle}", name) if handle else None,
        Party(kinds.HANDLE, f"{NAME}:{who}", name) if who else None,
    ]
    return tuple(filter(None, found))


def _phone(about: dict[str, Any]) -> str:
    """A number, which is always one with its country here, however it begins."""
    text = line(about.get("phone_number"))
    return f"+{text[2:].lstrip()}" if text.startswith("00") else text


def _contacts(member: Member) -> Iterator[Record | Problem]:
    problems: list[Problem] = []
    count = 0
    for path, value in _values(member, problems):
        if path == ("contacts",) and value is Mark.END:
            break
        if path == _CONTACT:
            count += 1
            yield _record(f"{member.name} contact {count:,}", value)
    yield from problems


def _record(where: str, value: object) -> Record | Problem:
    if not isinstance(value, dict):
        return Problem(where, "not a contact")
    given, family = line(value.get("first_name")), line(value.get("last_name"))
    phone, who = _phone(value), account(value.get("user_id"))
    who = "" if number(value.get("user_id")) == 0 else who
    values = []
    if name := shown_name(given=given, family=family):
        values.append(Value(kinds.NAME, name))
    values += [Value(k, text) for k, text in ((kinds.GIVEN, given), (kinds.FAMILY, family)) if text]
    if phone:
        values.append(Value(kinds.PHONE, phone, "mobile"))
    if not values:
        return Problem(where, "a deleted account: nothing to know anybody by", canonical(value))
    if who:
        values.append(Value(kinds.EXTRA, who.removeprefix("user"), "Telegram id"))
    added = line(value.get("date"))[:10]
    if added and not added.startswith("1970"):
        values.append(Value(kinds.CONNECTED, added))
    return Record(where, canonical(value), who or phone, tuple(values))
