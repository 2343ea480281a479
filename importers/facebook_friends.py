"""The lists of people in Facebook's download: friends, family, the phone book it took."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.rules import kinds
from core.rules.handles import from_url
from core.text import fold
from importers import meta_members, meta_text
from importers.json_text import canonical, document
from importers.meta_dates import when
from importers.meta_html import Entries, OldThreads, blocks
from importers.record import Problem, Record, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importers.container import Container, Member

_FRIENDS_PLACE: Final = re.compile(
    r"(?:\A|/)(?:friends|friends_and_followers)/(?:your_)?friends\.(?:json|html)\Z"
)
_OLD_PLACE: Final = re.compile(r"(?:\A|/)html/friends\.html?\Z")
_LOOSE_PAGES: Final = frozenset({"your_friends.html"})
_IS_FRIENDS: Final = re.compile(
    r'\A\s*\{\s*"friends(?:_v2)?"\s*:\s*[\[{]\s*(?:\]|\{?\s*"(?:name|timestamp)"\s*:)'
)
_IS_LABELLED: Final = re.compile(r'"label_values"\s*:')
_IS_BOOK: Final = re.compile(r'\A\s*\{\s*"address_book(?:_v2)?"\s*:')
_IS_PROFILE: Final = re.compile(r'\A\s*\{\s*"profile(?:_v2)?"\s*:\s*\{\s*"name"\s*:')
_IS_PAGES: Final = re.compile(
    r'\A\s*\[\s*\{\s*"name"\s*:\s*"[^"]*"\s*,\s*"target"\s*:\s*"https?://(?:\w+\.)?facebook\.com/'
)
_SHAPES: Final = (
    ("friends", _IS_FRIENDS, "a list of friends"),
    ("book", _IS_BOOK, "a phone book"),
    ("profile", _IS_PROFILE, "a profile"),
    ("targets", _IS_PAGES, "names and pages of Facebook"),
)
_ALONE: Final = frozenset({"profile_information.json", "your_address_books.json"})
_OLD_FRIEND: Final = re.compile(r"(.{1,200}?)\s*\(([^()]{3,60})\)\Z")


class List(NamedTuple):
    """One file that lists people.

    Attributes:
        shape: friends, book, profile, targets (names with addresses of pages), page, old.
        reason: for people, how it was known.
    """

    member: Member
    shape: str
    reason: str


class _Friend(NamedTuple):
    name: str
    seconds: int
    day: str
    url: str = ""


def lists(container: Container) -> list[List]:
    """The files that list people."""
    loose = meta_members.is_loose(container)
    found = (_known(member, loose=loose) for member in meta_members.documents(container))
    return [one for one in found if one]


def is_profile(text: str) -> bool:
    """Whether a file that begins so is the owner's profile."""
    return bool(_IS_PROFILE.match(text))


def heading(member: Member) -> str:
    """The first heading of an old page: its owner."""
    page = OldThreads()
    for _ in blocks(member, page):
        break
    return page.heading


def records(found: Sequence[List]) -> Iterator[Record | Problem]:
    """Everybody in these lists, friends first; family joins the friend of the same name."""
    family: list[tuple[str, str, str]] = []
    friends: list[tuple[str, _Friend]] = []
    for one in found:
        for item in _read(one):
            if isinstance(item, Problem):
                yield item
            elif one.shape == "profile":
                family.append(item)
            else:
                friends.append((item[0], _Friend(*item[1:])))
    yield from _people(friends, family)
    for one in found:
        if one.shape == "book":
            yield from _book(one.member)


def _known(member: Member, *, loose: bool) -> List | None:
    base = meta_members.base(member)
    if _OLD_PLACE.search(member.name):
        return List(member, "old", "html/friends.htm")
    placed = bool(_FRIENDS_PLACE.search(member.name))
    if base.endswith(".html"):
        known = placed or (loose and base in _LOOSE_PAGES)
        return List(member, "page", base) if known else None
    known = loose or placed or base in _ALONE
    return _by_words(member, placed=placed) if known and base.endswith(".json") else None


def _by_words(member: Member, *, placed: bool) -> List | None:
    """A list by its beginning."""
    text = meta_members.head(member)
    for shape, pattern, reason in _SHAPES:
        if pattern.match(text):
            return List(member, shape, reason)
    if placed and _IS_LABELLED.search(text):
        return List(member, "friends", "a list of friends")
    return None


def _read(one: List) -> Iterator[Any]:
    if one.shape == "page":
        yield from _page(one.member)
    elif one.shape == "old":
        yield from _old_page(one.member)
    elif one.shape != "book":
        found: Any = document(one.member)
        if isinstance(found, Problem):
            yield found
        elif one.shape == "profile":
            yield from _family(found, one.member.name)
        else:
            yield from _friends(found, one.member.name)


def _friends(found: object, where: str) -> Iterator[Any]:
    if isinstance(found, dict):
        root = next((key for key in ("friends_v2", "friends") if key in found), "")
        found = found.get(root, found)
    for number, friend in enumerate(meta_text.objects(found), 1):
        pairs = list(meta_text.labelled(friend))
        name = meta_text.words(friend.get("name")) or meta_text.under(pairs, meta_text.NAME_LABELS)
        name = name or (pairs[0][1] if len(pairs) == 1 else "")
        seconds = meta_text.number(friend.get("timestamp"))
        place = f"{where} entry {number:,}"
        if name:
            target = meta_text.words(friend.get("target"))
            yield place, name, seconds, meta_text.day(seconds), target
        else:
            yield Problem(place, "nothing to know anybody by", canonical(friend))


def _page(member: Member) -> Iterator[Any]:
    number = 0
    for block in blocks(member, Entries()):
        if isinstance(block, Problem):
            yield block
        else:
            number += 1
            day = block.when.date().isoformat() if block.when else ""
            yield f"{member.name} entry {number:,}", block.name, 0, day
    if not number:
        why = "no friend that can be read; downloads in JSON say more"
        yield Problem(member.name, why, fatal=False)


def _old_page(member: Member) -> Iterator[Any]:
    """The first list of the page: the friends; requests and those removed come after."""
    from importers.facebook_old import first_list

    for number, text in enumerate(first_list(member), 1):
        place = f"{member.name} entry {number:,}"
        dated = _OLD_FRIEND.match(text)
        moment = when(f"{dated[2]} 12:00") if dated else None
        day = moment.date().isoformat() if moment else ""
        yield place, dated[1] if dated else text, 0, day


def _family(found: object, where: str) -> Iterator[tuple[str, str, str]]:
    """Place, name and relation of the owner's family."""
    profile = meta_text.named(found, "profile_v2") or meta_text.named(found, "profile")
    seen: set[str] = set()
    for number, one in enumerate(meta_text.objects(meta_text.named(profile, "family_members")), 1):
        if name := meta_text.words(one.get("name")):
            seen.add(name)
            yield f"{where} family {number:,}", name, meta_text.words(one.get("relation"))
    partner = meta_text.words(meta_text.named(meta_text.named(profile, "relationship"), "partner"))
    if partner and partner not in seen:
        status = meta_text.words(meta_text.named(profile["relationship"], "status"))
        yield f"{where} partner", partner, status


def _people(
    friends: Sequence[tuple[str, _Friend]], family: Sequence[tuple[str, str, str]]
) -> Iterator[Record]:
    bearers = Counter(fold(friend.name) for _, friend in friends)
    since = Counter(friend.seconds for _, friend in friends)
    related: dict[str, list[Value]] = defaultdict(list)
    alone: dict[str, tuple[str, str]] = {}
    for where, name, relation in family:
        values = related[fold(name)]
        values.append(Value(kinds.LABEL, "family"))
        if relation:
            values.append(Value(kinds.EXTRA, relation, "Facebook family"))
        if bearers[fold(name)] != 1:
            alone.setdefault(fold(name), (where, name))
    for where, friend in friends:
        # Names change, the moment of becoming friends does not; lists made at once share it.
        key = str(friend.seconds or "")
        if since[friend.seconds] > 1 and key:
            key = f"{key} {friend.name}"
        values = [Value(kinds.NAME, friend.name)]
        if friend.day:
            values.append(Value(kinds.CONNECTED, friend.day))
        if friend.url and from_url(friend.url):
            values.append(Value(kinds.URL, friend.url))
            key = key or ":".join(from_url(friend.url) or ())
        if fold(friend.name) not in alone:
            values += related.get(fold(friend.name), ())
        yield _record(where, key, values)
    for norm, (where, name) in alone.items():
        yield _record(where, "", [Value(kinds.NAME, name), *related[norm]])


def _book(member: Member) -> Iterator[Record | Problem]:
    found: Any = document(member)
    if isinstance(found, Problem):
        yield found
        return
    while isinstance(found, dict) and "details" not in found and len(found) == 1:
        found = next(iter(found.values()))
    nameless = 0
    for number, one in enumerate(meta_text.objects(found), 1):
        name = meta_text.words(one.get("name"))
        points = [
            point
            for detail in meta_text.objects(one.get("details"))
            if (point := meta_text.words(detail.get("contact_point")))
        ]
        if not name or name in points:
            nameless += 1  # a bare number of whoever called once makes no person
            continue
        values = [Value(kinds.NAME, name)]
        values += [Value(kinds.EMAIL if "@" in one else kinds.PHONE, one) for one in points]
        yield _record(f"{member.name} entry {number:,}", "", values)
    if nameless:
        why = f"{nameless:,} numbers and addresses without a name left out"
        yield Problem(member.name, why, fatal=False)


def _record(where: str, key: str, values: Sequence[Value]) -> Record:
    values = tuple(dict.fromkeys(values))
    # With the key: two friends of one name, found on one day, are two people.
    raw = canonical([key, *([value.kind, value.label, value.value] for value in values)])
    return Record(where, raw, key, values)
