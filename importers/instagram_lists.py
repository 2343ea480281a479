"""Instagram's lists of accounts, in every shape that its downloads have had."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.rules import kinds
from importers import meta_members, meta_text
from importers.instagram_pages import accounts_of
from importers.json_text import canonical, document
from importers.meta_text import NAME_LABELS, USERNAME_LABELS
from importers.record import Problem, Record, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importers.container import Container, Member

_PLACE: Final = re.compile(r"(?:\A|/)followers_and_following/[^/]+\.(?:json|html)\Z", re.IGNORECASE)
_FILES: Final = (  # by the beginning of the file's name
    ("followers", "follower"),
    ("close_friends", "close friends"),
    ("pending_follow_requests", "requested"),
    ("recent_follow_requests", "requested"),
    ("follow_requests_you", "asked to follow"),
    ("recently_unfollowed", "unfollowed"),
    ("blocked_", "blocked"),
    ("restricted_", "restricted"),
)
_FOLLOWING: Final = re.compile(r"following(?:[-_ (]?\d+\)?)?\.(?:json|html)\Z", re.IGNORECASE)
_ROOTS: Final = {
    "relationships_followers": "follower",
    "relationships_following": "following",
    "relationships_close_friends": "close friends",
    "relationships_follow_requests_sent": "requested",
    "relationships_permanent_follow_requests": "requested",
    "relationships_follow_requests_received": "asked to follow",
    "relationships_unfollowed_users": "unfollowed",
    "relationships_blocked_users": "blocked",
    "relationships_restricted_users": "restricted",
}
_OLD_ROOTS: Final = {
    "followers": "follower",
    "following": "following",
    "close_friends": "close friends",
    "follow_requests_sent": "requested",
    "permanent_follow_requests": "requested",
    "blocked_users": "blocked",
    "restricted_users": "restricted",
}
_LABELS: Final = frozenset({"close friends", "blocked", "restricted"})
_MUTUAL: Final = frozenset({"follower", "following"})
_ROOT: Final = re.compile(r'\A\s*\{\s*"(relationships_\w+)"\s*:')
_BARE: Final = re.compile(r'\A\s*[\[{].{0,2000}"string_list_data"\s*:', re.DOTALL)
_LABELLED: Final = re.compile(r'\A\s*[\[{].{0,2000}"label_values"\s*:', re.DOTALL)
_OLD: Final = re.compile(
    r'\A\s*\{(?:\s*"(?:blocked_users|restricted_users|close_friends|follow_requests_sent'
    r"|permanent_follow_requests|followers|following|following_hashtags"
    r'|dismissed_suggested_users)"\s*:\s*\{)'
)
_BOOK: Final = re.compile(r'\A\s*\{\s*"contacts_contact_info"\s*:')
_LINK: Final = re.compile(r"(?:https?://)?(?:www\.)?instagram\.com/(?:_u/)?([\w.]+)/?(?:\?.*)?\Z")
_HANDLE: Final = re.compile(r"@?[A-Za-z0-9._]{1,30}\Z")
_NO_HANDLE: Final = "no account is named"


class List(NamedTuple):
    """One file that lists accounts.

    Attributes:
        role: what those in it are to the owner; book for the phone book, old for the one file
            that downloads until 2020 had.
        reason: for people, how it was known.
    """

    member: Member
    role: str
    reason: str


class _Account(NamedTuple):
    """Somebody, with all that the lists say: roles in file order, days, shown names."""

    handle: str
    where: str
    roles: list[str]
    days: list[str]
    names: list[str]


def lists(container: Container) -> list[List]:
    """The files that list accounts."""
    loose = meta_members.is_loose(container)
    found = (_known(member, loose=loose) for member in meta_members.documents(container))
    return [one for one in found if one]


def records(found: Sequence[List]) -> Iterator[Record | Problem]:
    """Every account once, then everybody in the phone book."""
    accounts: dict[str, _Account] = {}
    for one in found:
        if one.role == "book":
            continue
        for item in _read(one):
            if isinstance(item, Problem):
                yield item
                continue
            role, where, handle, name, day = item
            handle = handle.lstrip("@")
            account = accounts.setdefault(handle.lower(), _Account(handle, where, [], [], []))
            account.roles.append(role)
            if name and name != handle:
                account.names.append(name)
            if day and role in _MUTUAL:
                account.days.append(day)
    for norm, account in accounts.items():
        yield _record(norm, account)
    for one in found:
        if one.role == "book":
            yield from _book(one.member)


def role_of(name: str) -> str:
    """What those in a file of this name are to the owner; "" for all other files."""
    base = name.rpartition("/")[2].lower()
    if _FOLLOWING.match(base):
        return "following"
    return next((role for start, role in _FILES if base.startswith(start)), "")


def _known(member: Member, *, loose: bool) -> List | None:
    role = role_of(member.name)
    if _PLACE.search(member.name):
        return List(member, role, "followers_and_following") if role else None
    base = meta_members.base(member)
    if not (loose or base in {"synced_contacts.json", "connections.json"}):
        return None
    role, reason = ("", "")
    if base.endswith(".html"):
        role, reason = _by_links(member)
    elif base.endswith(".json"):
        role, reason = _by_words(member)
    return List(member, role, reason) if role else None


def _by_links(member: Member) -> tuple[str, str]:
    """Role and reason of a loose page."""
    role = role_of(member.name)
    known = role and "instagram.com/" in meta_members.head(member)
    return (role, "links to accounts") if known else ("", "")


def _by_words(member: Member) -> tuple[str, str]:
    """Role and reason of a loose file of JSON, by its beginning."""
    text = meta_members.head(member)
    role = role_of(member.name)
    if root := _ROOT.match(text):
        return _ROOTS.get(root[1], ""), root[1]
    if _BOOK.match(text):
        return "book", "contacts_contact_info"
    if _OLD.match(text):
        return "old", "followers by handle"
    if _BARE.match(text):
        return role or "follower", "string_list_data"
    return (role, "label_values") if _LABELLED.match(text) else ("", "")


def _read(one: List) -> Iterator[tuple[str, str, str, str, str] | Problem]:
    """Role, place, handle, shown name and day of each entry of a file."""
    where = one.member.name
    if where.lower().endswith(".html"):
        for number, found in enumerate(accounts_of(one.member), 1):
            if isinstance(found, Problem):
                yield found
            else:
                yield one.role, f"{where} entry {number:,}", *found
        return
    whole: Any = document(one.member)
    if isinstance(whole, Problem):
        yield whole
    elif one.role == "old":
        yield from _old(whole, where)
    else:
        if isinstance(whole, dict):
            roots = [value for key, value in whole.items() if key in _ROOTS]
            whole = roots[0] if roots else whole
        for number, entry in enumerate(meta_text.objects(whole), 1):
            place = f"{where} entry {number:,}"
            handle, name, day = _entry(entry)
            if handle:
                yield one.role, place, handle, name, day
            else:
                yield Problem(place, _NO_HANDLE, canonical(entry))


def _entry(entry: dict[str, Any]) -> tuple[str, str, str]:
    """Handle, shown name and day, wherever the entry has them."""
    listed = next(meta_text.objects(entry.get("string_list_data")), {})
    title = meta_text.words(entry.get("title"))
    pairs = list(meta_text.labelled(entry))
    seconds = listed.get("timestamp") or entry.get("timestamp")
    name = meta_text.under(pairs, NAME_LABELS)
    said = (meta_text.words(listed.get("value")), title, meta_text.under(pairs, USERNAME_LABELS))
    links = [meta_text.words(listed.get("href")), *(value for _, value in pairs)]
    linked = [found[1] for link in links if (found := _LINK.match(link))]
    # Where the label is in a language we do not know, the user name stands last.
    last = [value for _, value in reversed(pairs) if _HANDLE.match(value)][:1]
    handle = next((text for text in (*said, *linked, *last) if _HANDLE.match(text)), "")
    if not name and last and len(pairs) > 1:
        between = [value for _, value in pairs if value and value != handle]
        name = next((text for text in between if not _LINK.match(text) and "/" not in text), "")
    return handle, name, meta_text.day(seconds)


def _old(found: object, where: str) -> Iterator[tuple[str, str, str, str, str]]:
    for root, role in _OLD_ROOTS.items():
        listed = meta_text.named(found, root)
        for number, (handle, at) in enumerate(
            listed.items() if isinstance(listed, dict) else (), 1
        ):
            if name := meta_text.words(handle, broken=False):
                day = at[:10] if isinstance(at, str) else ""
                yield role, f"{where} {root} {number:,}", name, "", day


def _record(norm: str, account: _Account) -> Record:
    roles = sorted(set(account.roles))  # archives do not keep their files in one order
    values = [Value(kinds.NAME, name) for name in dict.fromkeys(account.names[:1])]
    values.append(Value(kinds.HANDLE, account.handle, "instagram"))
    values += [
        Value(kinds.LABEL, role) if role in _LABELS else Value(kinds.EXTRA, role, "Instagram")
        for role in roles
    ]
    if account.days:
        values.append(Value(kinds.CONNECTED, min(account.days)))
    raw = canonical([[value.kind, value.label, value.value] for value in values])
    return Record(account.where, raw, norm, tuple(values))


def _book(member: Member) -> Iterator[Record | Problem]:
    """The phone book that the app took: first name, last name, a number or an address."""
    found: Any = document(member)
    if isinstance(found, Problem):
        yield found
        return
    entries = meta_text.objects(meta_text.named(found, "contacts_contact_info"))
    for number, entry in enumerate(entries, 1):
        texts = [value for _, value in meta_text.labelled(entry) if value]
        points = [text for text in texts if _is_point(text)]
        name = " ".join(text for text in texts if text not in points)
        place = f"{member.name} entry {number:,}"
        if not points or not name:
            yield Problem(place, "no name, or no number and address", canonical(entry))
            continue
        values = [Value(kinds.NAME, name)]
        values += [Value(kinds.EMAIL if "@" in one else kinds.PHONE, one) for one in points]
        raw = canonical([[value.kind, value.value] for value in values])
        yield Record(place, raw, "", tuple(values))


def _is_point(text: str) -> bool:
    """Whether a text is an address or a number, whatever its label is called."""
    digits = sum(map(str.isdecimal, text))
    return ("@" in text and " " not in text) or (digits >= 4 and digits * 2 > len(text))  # noqa: PLR2004 — a short number
