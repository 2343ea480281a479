"""Facebook's download of one's own information: friends, the phone book it took, messages.

Friends have a name and a day, nothing else: no address, no number. What names nobody one knows
(requests, suggestions, pages followed) is left alone and named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.rules import kinds
from importers import facebook_friends, left_out, meta_html, meta_members, meta_talks, meta_text
from importers.json_text import document
from importers.record import Problem, Sniffed
from importers.talk import Party

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container, Member
    from importers.record import Record
    from importers.talk import Reading, Talk

NAME: Final = "facebook"
TITLE: Final = "Facebook"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = True
TALKS: Final = True

_PROFILE: Final = "profile_information.json"
_PROFILE_PAGE: Final = "profile_information.html"


def sniff(container: Container) -> Sniffed | None:
    """Knows the lists by their places in the download, a loose one by its beginning."""
    lists = facebook_friends.lists(container)
    if not lists:
        return None
    names = tuple(one.member.name for one in lists)
    return Sniffed(95, lists[0].reason, _account(container), names)


def read(container: Container) -> Iterator[Record | Problem]:
    """Friends, family and the phone book."""
    lists = facebook_friends.lists(container)
    yield from facebook_friends.records(lists)
    names = frozenset(one.member.name for one in lists if one.shape in {"friends", "page"})
    if others := meta_members.others(container.members, names):
        yield Problem(container.name, f"left alone: {left_out.files(others)}", fatal=False)


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows threads by their folders, loose files by their beginnings."""
    return meta_talks.sniff(container, NAME, _account(container))


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every message and call, thread by thread."""
    return meta_talks.read(container, NAME, reading)


def owner(container: Container) -> tuple[Party, ...]:
    """Names, addresses and numbers of the profile."""
    profile = _profile(container)
    name = meta_text.named(profile, "name")
    found = [Party(kinds.NAME, meta_text.words(meta_text.named(name, "full_name")))]
    if isinstance(name, str):  # the oldest profiles
        found = [Party(kinds.NAME, meta_text.words(name))]
    for key in ("previous_names", "other_names"):
        for one in meta_text.objects(meta_text.named(profile, key)):
            found.append(Party(kinds.NAME, meta_text.words(one.get("name"))))
    emails = meta_text.named(profile, "emails")
    for key in ("emails", "previous_emails"):
        listed = meta_text.named(emails, key)
        for one in listed if isinstance(listed, list) else ():
            found.append(Party(kinds.EMAIL, meta_text.words(one)))
    for one in meta_text.objects(meta_text.named(profile, "phone_numbers")):
        found.append(Party(kinds.PHONE, meta_text.words(one.get("phone_number"))))
    found = [party for party in found if party.value]
    if username := meta_text.words(meta_text.named(profile, "username")):
        found.append(Party(kinds.HANDLE, f"facebook:{username}"))
    if not found and (shown := _page_name(container) or _old_page(container)):
        found.append(Party(kinds.NAME, shown))
    return tuple(dict.fromkeys(found))


def _account(container: Container) -> str:
    """Whose download it is: the user name, else an address, else the name."""
    order = (kinds.HANDLE, kinds.EMAIL, kinds.NAME)
    found = sorted(
        (party for party in owner(container) if party.kind in order),
        key=lambda party: order.index(party.kind),
    )
    return found[0].value.removeprefix("facebook:") if found else ""


def _profile(container: Container) -> object:
    for member in meta_members.documents(container):
        if member.size > meta_members.PROFILE_LIMIT:
            continue
        if meta_members.base(member) == _PROFILE or _is_profile(container, member):
            found = document(member)
            for root in ("profile_v2", "profile"):
                if profile := meta_text.named(found, root):
                    return profile
    return None


def _is_profile(container: Container, member: Member) -> bool:
    """Whether a loose file is the profile under a name of the user's."""
    few = meta_members.is_loose(container) and meta_members.base(member).endswith(".json")
    return few and facebook_friends.is_profile(meta_members.head(member))


def _page_name(container: Container) -> str:
    """The owner's name as the page of the profile has it."""
    for member in meta_members.documents(container):
        if meta_members.base(member) == _PROFILE_PAGE and member.size <= meta_members.PROFILE_LIMIT:
            return meta_text.under(meta_html.labelled(member), meta_text.NAME_LABELS)
    return ""


def _old_page(container: Container) -> str:
    """The owner's name as the old page of messages has it for its heading."""
    for one in meta_members.files(container, NAME):
        if one.shape == "old":
            return facebook_friends.heading(one.member)
    return ""
