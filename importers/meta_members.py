"""Which files of a download hold conversations, and whether of Facebook or of Instagram."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from importers.decode import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from importers.container import Container, Member

HEAD: Final = 1 << 14
PROFILE_LIMIT: Final = 5_000_000
"""Bytes of a file that may be the profile of one person."""

_ENDINGS: Final = (".json", ".html", ".htm", ".JSON", ".HTML", ".HTM")
_FEW: Final = 60  # files that lie loose; each is looked into

_BOXES: Final = (
    "inbox|archived_threads|filtered_threads|message_requests|e2ee_cutover|other|legacy_threads"
)
_IN_THREAD: Final = re.compile(
    rf"(?:\A|/)messages/(?:{_BOXES})/([^/]+)/([^/]+)\.(json|html?)\Z", re.IGNORECASE
)
_OLD_PAGE: Final = re.compile(r"(?:\A|/)(?:html/messages\.html?|messages/\d+\.html?)\Z")
_NUMBERED: Final = re.compile(r"(?:\A|/)[^/]*_(\d+)\.(json|html?)\Z", re.IGNORECASE)
_LOOSE: Final = re.compile(r"\.(json|html?)\Z", re.IGNORECASE)
_IS_THREAD: Final = re.compile(
    r'\A\s*\{\s*"participants"\s*:\s*\[\s*\{\s*"name"|"sender_name"\s*:(?=.*"timestamp_ms"\s*:)',
    re.DOTALL,
)
_IS_SEALED: Final = re.compile(r'"threadName"\s*:|"senderName"\s*:')
_IS_HANDLES: Final = re.compile(r'\A\s*\[\s*\{\s*"participants"\s*:\s*\[|"conversation"\s*:\s*\[')
_IS_OLD_PAGE: Final = re.compile(r"""class=["']thread["'].*class=["']message_header""", re.DOTALL)
_NUMBER: Final = re.compile(r"(\d+)\.\w+\Z")

_HINTS: Final = (
    (
        "instagram",
        re.compile(
            r"your_instagram_activity/|(?:\A|/)instagram-|followers_and_following/"
            r"|(?:\A|/)account_information/personal_information\.json\Z"
            r"|(?:\A|/)personal_information/personal_information\.(?:json|html)\Z",
            re.IGNORECASE,
        ),
    ),
    (
        "facebook",
        re.compile(
            r"your_facebook_activity/|your_activity_across_facebook/|(?:\A|/)facebook-"
            r"|(?:\A|/)friends_and_followers/|(?:\A|/)friends/(?:your_)?friends\.(?:json|html)\Z"
            r"|(?:\A|/)profile_information/|messages/(?:archived_|filtered_|e2ee_)",
            re.IGNORECASE,
        ),
    ),
)


class File(NamedTuple):
    """One file with conversations.

    Attributes:
        shape: thread (JSON of a download), sealed (JSON of end-to-end encrypted chats), handles
            (Instagram's JSON until 2020), page (HTML since 2018), old (HTML before).
        service: facebook, instagram, or "" if nothing tells.
        folder: of the thread, or "".
    """

    member: Member
    shape: str
    service: str
    folder: str = ""


def files(container: Container, service: str) -> list[File]:
    """The files that hold conversations of a service, or of one of the two, nobody knows which.

    Files of one thread stand together, the newest messages first.
    """
    found = [one for member in documents(container) if (one := _known(container, member))]
    if any(not one.service for one in found):
        whose = _whose(container)
        found = [one if one.service else one._replace(service=whose) for one in found]
    order: dict[str, int] = {}
    for one in found:
        order.setdefault(_place(one), len(order))
    mine = [one for one in found if one.service in {"", service}]
    return sorted(mine, key=lambda one: (order[_place(one)], _number(one.member.name)))


def documents(container: Container) -> list[Member]:
    """The members that may be read at all; a folder of mail or pictures holds very many others."""
    return [member for member in container.members if member.name.endswith(_ENDINGS)]


def head(member: Member) -> str:
    """The beginning of a file as text."""
    return decode(member.head(HEAD)).text.lstrip("\ufeff")


def hinted(text: str) -> str:
    """The service that a name inside a download, or of it, gives away; or ""."""
    return next((service for service, pattern in _HINTS if pattern.search(text)), "")


def base(member: Member) -> str:
    """The last part of a member's name, in lower case."""
    return member.name.rpartition("/")[2].lower()


def is_loose(container: Container) -> bool:
    """Whether so few files lie there that each may be looked into."""
    return len(container.members) <= _FEW


def is_flat(container: Container) -> bool:
    """Whether this is what Instagram gave until 2020, all of it in one folder."""
    return bool({"connections.json", "messages.json"} & set(map(base, documents(container))))


def others(members: Sequence[Member], names: frozenset[str]) -> list[str]:
    """The names of the files beside those that were read, in folders of the download."""
    folders = {name.rpartition("/")[0] for name in names} - {""}
    return [
        member.name.rpartition("/")[2]
        for member in members
        if member.name not in names and member.name.rpartition("/")[0] in folders
    ]


def _known(container: Container, member: Member) -> File | None:
    name = member.name
    if inside := _IN_THREAD.search(name):
        shape = "thread" if inside[3].lower() == "json" else "page"
        return File(member, shape, hinted(name), inside[1])
    if _OLD_PAGE.search(name):
        return File(member, "old", "facebook") if _IS_OLD_PAGE.search(head(member)) else None
    numbered = _NUMBERED.search(name)
    loose = is_loose(container) and _LOOSE.search(name)
    if not (numbered or loose or base(member) == "messages.json"):
        return None
    shape = _shape(member)
    known = {"sealed": "facebook", "old": "facebook", "handles": "instagram"}
    return File(member, shape, known.get(shape) or hinted(name)) if shape else None


def _shape(member: Member) -> str:
    """What a file holds whose place says nothing, by its beginning."""
    text = head(member)
    if member.name.lower().endswith(".json"):
        shapes = (("sealed", _IS_SEALED), ("thread", _IS_THREAD), ("handles", _IS_HANDLES))
        return next((shape for shape, pattern in shapes if pattern.search(text)), "")
    if _IS_OLD_PAGE.search(text):
        return "old"
    return "page" if base(member).startswith("message_") and "_a6-g" in _all_head(member) else ""


def _all_head(member: Member) -> str:
    """A longer beginning: newer pages start with all their styles."""
    return decode(member.head(HEAD << 4)).text


def _whose(container: Container) -> str:
    """Whose the files are that do not say so: of the only service that anything else tells of."""
    if by_name := hinted(container.name):
        return by_name
    said = {hinted(member.name) for member in container.members} - {""}
    return next(iter(said)) if len(said) == 1 else "facebook" if said else ""


def _place(one: File) -> str:
    return one.member.name.rpartition("/")[0] if one.folder else one.member.name


def _number(name: str) -> int:
    found = _NUMBER.search(name)
    return int(found[1][:9]) if found else 0
