"""Instagram's download of one's own information: lists of accounts, the phone book, messages.

Lists know accounts by handle, messages by shown names; nothing in the download joins the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.rules import kinds
from importers import instagram_lists, left_out, meta_html, meta_members, meta_talks, meta_text
from importers.json_text import document
from importers.meta_text import NAME_LABELS, USERNAME_LABELS
from importers.record import Problem, Sniffed
from importers.talk import Party

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container
    from importers.record import Record
    from importers.talk import Reading, Talk

NAME: Final = "instagram"
TITLE: Final = "Instagram"
VERSION: Final = 1
WHOLE: Final = False  # a download may hold only those who came inside some months
NEW_PEOPLE: Final = False
TALKS: Final = True

_PROFILE: Final = "personal_information.json"
_PROFILE_PAGE: Final = "personal_information.html"
_OLD_PROFILE: Final = "profile.json"
_FEWEST_DIGITS: Final = 7


def sniff(container: Container) -> Sniffed | None:
    """Knows the lists by their places in the download, a loose one by its beginning."""
    lists = instagram_lists.lists(container)
    if not lists:
        return None
    names = tuple(one.member.name for one in lists)
    return Sniffed(95, lists[0].reason, _account(container), names)


def read(container: Container) -> Iterator[Record | Problem]:
    """Every account once, with all that the lists say of it, then the phone book."""
    lists = instagram_lists.lists(container)
    yield from instagram_lists.records(lists)
    names = frozenset(one.member.name for one in lists if one.role != "book")
    if others := meta_members.others(container.members, names):
        yield Problem(container.name, f"left alone: {left_out.files(others)}", fatal=False)


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows threads by their folders, loose files by their beginnings."""
    return meta_talks.sniff(container, NAME, _account(container))


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every message and call, thread by thread."""
    return meta_talks.read(container, NAME, reading)


def owner(container: Container) -> tuple[Party, ...]:
    """Handle, shown name, address and number of the profile."""
    found: list[Party] = []
    flat = meta_members.is_flat(container)
    for member in meta_members.documents(container):
        if member.size > meta_members.PROFILE_LIMIT:
            continue
        base = meta_members.base(member)
        if base == _PROFILE:
            user = next(meta_text.objects(meta_text.named(document(member), "profile_user")), {})
            found += _labelled(list(meta_text.labelled(user)))
        elif base == _PROFILE_PAGE:
            found += _labelled(meta_html.labelled(member))
        elif flat and base == _OLD_PROFILE:
            found += _old(document(member))
    return tuple(dict.fromkeys(found))


def _labelled(pairs: list[tuple[str, str]]) -> Iterator[Party]:
    if handle := meta_text.under(pairs, USERNAME_LABELS):
        yield Party(kinds.HANDLE, f"instagram:{handle.lstrip('@')}")
    if name := meta_text.under(pairs, NAME_LABELS):
        yield Party(kinds.NAME, name)
    for _, value in pairs:
        if "@" in value[1:] and " " not in value:
            yield Party(kinds.EMAIL, value)
        elif value.startswith("+") and sum(map(str.isdecimal, value)) >= _FEWEST_DIGITS:
            yield Party(kinds.PHONE, value)


def _old(profile: Any) -> Iterator[Party]:  # noqa: ANN401 — any document
    """The profile of downloads until 2020."""
    handle = meta_text.words(meta_text.named(profile, "username"), broken=False)
    if not handle:
        return
    yield Party(kinds.HANDLE, f"instagram:{handle}")
    for kind, key in ((kinds.NAME, "name"), (kinds.EMAIL, "email")):
        if value := meta_text.words(meta_text.named(profile, key), broken=False):
            yield Party(kind, value)


def _account(container: Container) -> str:
    """Whose download it is: the handle, else an address or a name."""
    return next((party.value.removeprefix("instagram:") for party in owner(container)), "")
