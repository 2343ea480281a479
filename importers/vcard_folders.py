"""Folders in which each file is a card, as khard, vdirsyncer and Radicale keep them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from importers.archive_names import is_archive
from importers.decode import clean, decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from importers.container import Container, Member

_ABOUT: Final = frozenset({"displayname", "color", ".radicale.props"})
_OTHERS: Final = (".ics", ".ifb")  # calendars that lie beside the cards
_BY_ID: Final = re.compile(r"(?=[^/]*\d)[\w@.+=-]{16,}\Z")  # names that are ids of cards
_HIDDEN: Final = re.compile(r"(?:^|/)\.[^/]")
_FEWEST: Final = 2
_MOST: Final = 0.8
_LONGEST: Final = 100


def share(members: Sequence[Member], container: Container) -> float:
    """The share of cards among the files of a folder, without what folders of cards hold too."""
    named = {member.name for member in members}
    others = sum(not (member.name in named or _is_beside(member)) for member in container.members)
    return len(members) / (len(members) + others)


def account(members: Sequence[Member], container: Container) -> str:
    """The name of the one collection that the cards lie in; "" for loose files or several.

    Args:
        members: the cards.
        container: the folder or archive they lie in.
    """
    folders = {_folder(member) for member in members}
    if len(folders) != 1:
        return ""
    (folder,) = folders
    about = {
        name: member
        for member in container.members
        if _folder(member) == folder and (name := _base(member)) in _ABOUT
    }
    if not about and not _one_by_one(members):
        return ""
    name = folder.rpartition("/")[2]
    if not name and not is_archive(container.name):
        name = container.name
    return _written(about) or name


def _written(about: dict[str, Member]) -> str:
    """The name that the collection gives itself."""
    if member := about.get("displayname"):
        lines = decode(member.head()).text.split("\n")
        return clean(lines[0].strip())[:_LONGEST]
    if member := about.get(".radicale.props"):
        try:
            found = json.loads(decode(member.head()).text)
        except (ValueError, RecursionError):
            return ""
        name = found.get("D:displayname") if isinstance(found, dict) else None
        return clean(name.strip())[:_LONGEST] if isinstance(name, str) else ""
    return ""


def _one_by_one(members: Sequence[Member]) -> bool:
    stems = [member.name.rpartition("/")[2].rpartition(".")[0] for member in members]
    by_id = sum(map(bool, map(_BY_ID.match, stems)))
    return len(stems) >= _FEWEST and by_id >= _MOST * len(stems)


def _is_beside(member: Member) -> bool:
    name = _base(member)
    return name in _ABOUT or name.endswith(_OTHERS) or bool(_HIDDEN.search(member.name))


def _base(member: Member) -> str:
    return member.name.rpartition("/")[2].lower()


def _folder(member: Member) -> str:
    return member.name.rpartition("/")[0]
