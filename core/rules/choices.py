"""What the user chose to show where the entries of one person say different things.

A choice is about a field: a kind of fact, several that belong together, or a decision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME: Final = "name"
WORK: Final = "work"
TIER: Final = "tier"
CADENCE: Final = "cadence"

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    NAME: (
        *(kinds.NAME, kinds.PREFIX, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.SUFFIX),
        kinds.SORT_AS,
    ),
    WORK: (kinds.ORG, kinds.TITLE, kinds.DEPARTMENT, kinds.ROLE),
    **{
        kind: (kind,)
        for kind in (kinds.BIRTHDAY, kinds.MAIDEN, kinds.GENDER, kinds.LANGUAGE, kinds.ZONE)
    },
}
"""Fields of which one value shows, and the kinds of fact they are made of."""
FIELD_OF: Final = {kind: field for field, of in FIELDS.items() for kind in of}
DECISIONS: Final = (TIER, CADENCE)
"""Fields that are decisions of the user's, not facts."""


class Choice(NamedTuple):
    """A choice that holds.

    Attributes:
        field: a key of `FIELDS`, or one of `DECISIONS`.
        of: the card whose value it is; 0 for a decision.
        value: the decision; else a normal form, where the card has several, or "".
        place: 0 shows; 1 and up stand beside it.
        set_by: the number of the command that made it.
    """

    field: str
    of: int
    value: str
    place: int
    set_by: int


def newest(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Of choices that hold, the newest of each field; what stands beside follows what shows."""
    ordered = sorted(choices, key=lambda one: (one.field, -one.set_by, one.place))
    made: dict[str, int] = {}
    for one in ordered:
        made.setdefault(one.field, one.set_by)
    return tuple(one for one in ordered if one.set_by == made[one.field])
