"""Cards that are groups: lists of the ids of other cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from importers.vcard_text import bare_uid, pieces, unescape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from importers.vcard_lines import Property

_KINDS: Final = frozenset({"KIND", "X-ADDRESSBOOKSERVER-KIND"})


def group_members(properties: Sequence[Property]) -> tuple[str, list[str]] | None:
    """Name and member ids if the card is that of a group, else None."""
    name, members = "", []
    if not any(prop.name in _KINDS and prop.text.strip().lower() == "group" for prop in properties):
        return None
    for prop in properties:
        if prop.name in {"MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"}:
            members.append(bare_uid(unescape(prop.text)))
        elif prop.name == "FN" or (prop.name == "N" and not name):
            name = " ".join(part for part in pieces(prop.text) if part) or name
    return name, members
