"""Which of the decisions on the cards of one person shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.rules.choices import Choice


class Standing(NamedTuple):
    """A decision on one card; `set_by` is the command that wrote it, `day` an ISO day."""

    field: str = ""
    value: str = ""
    why: str = ""
    origin: str = ""
    day: str = ""
    set_by: int = 0


def shown(standings: Iterable[Standing], choices: Sequence[Choice] = ()) -> dict[str, Standing]:
    """What shows, by field: the newest, or what was chosen when the cards were merged.

    What the program filed by itself never stands over the user's own, whichever is newer; only
    over one that was taken off. A decision made after a choice counts for more than it.

    Args:
        standings: of all cards of the person, the oldest first.
        choices: those that hold.
    """
    chosen = {choice.field: choice for choice in choices}
    by_field: dict[str, list[Standing]] = {}
    for standing in standings:
        by_field.setdefault(standing.field, []).append(standing)
    return {field: _of(given, chosen.get(field)) for field, given in by_field.items()}


def _of(given: list[Standing], choice: Choice | None) -> Standing:
    if len(given) == 1:
        return given[0]
    if choice is not None:
        since = [one for one in given if one.set_by > choice.set_by or one.value == choice.value]
        given = since or given
    own = next((one for one in reversed(given) if one.origin == "user"), None)
    return own if own is not None and own.value else given[-1]
