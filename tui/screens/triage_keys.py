"""What the keys of triage do, by where they go: the card, the columns, a carried card."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from core.queries.triage import Member, TriageCard


class Place(NamedTuple):
    """Where the keys go.

    Attributes:
        carried: whose card is carried, or None.
        columns: whether a column has the keys.
    """

    carried: Member | None
    columns: bool


def hint(place: Place) -> str:
    """What stands instead of the suggestion while the keys are not the card's; or ""."""
    if place.carried:
        return f"← → carry · enter drops · esc lets go: {place.carried.name}"
    if place.columns:
        return "a b c d file the row · space lifts it · enter opens it · esc back to the card"
    return ""


def footer(place: Place, card: TriageCard | None) -> dict[str, str]:
    """The words of the bottom line that are other ones here; "" hides a key that does nothing."""
    words = {"find": "narrow"}
    if place.carried:
        return {**words, "suggested": "drop", "skip": "right", "back": "left"}
    if place.columns:
        return {**words, "suggested": "open", "skip": "right", "back": "left"}
    if card is None:
        nobody = ("suggested", "file", "skip", "log", "edit", "profile", "copy", "opt-out")
        return words | dict.fromkeys(nobody, "")
    return words if card.suggestion.tier else {**words, "suggested": ""}
