"""Standings: decisions about a person, written to all of that person's cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import NotFoundError
from core.queries.people import by_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.work import Work

_CHUNK: Final = 5_000
_FEW: Final = 100


def decide(  # noqa: PLR0913 — one value for each column of a standing
    work: Work,
    people: Sequence[int],
    field: str,
    value: str,
    *,
    why: str = "",
    origin: str = "user",
) -> None:
    """Set one field of the standings of all cards of these people.

    What is as wanted already is not written; what the program decides (origin ``auto``) never
    overwrites the user's own, but for one that was taken off (an empty value).
    """
    from sqlalchemy import and_, literal, or_, select
    from sqlalchemy.dialects.sqlite import insert
    from sqlmodel import col

    from core.storage.tables import Card, Standing

    for place in range(0, len(people), _CHUNK):
        chunk = people[place : place + _CHUNK]
        rows = select(
            col(Card.id),
            literal(field),
            literal(value),
            literal(why),
            literal(origin),
            literal(work.day),
            literal(work.command_id),
        ).where(col(Card.person_id).in_(chunk))
        names = ["card_id", "field", "value", "why", "origin", "day", "set_by"]
        given = insert(Standing).from_select(names, rows)
        new = given.excluded
        differs = or_(
            col(Standing.value) != new.value,
            col(Standing.why) != new.why,
            col(Standing.origin) != new.origin,
        )
        free = or_(col(Standing.origin) != "user", col(Standing.value) == "")
        work.session.exec(
            given.on_conflict_do_update(
                index_elements=["card_id", "field"],
                set_={name: new[name] for name in names[2:]},
                where=and_(differs, free) if origin == "auto" else differs,
            )
        )


def name_of(work: Work, person: int) -> str:
    """The name lists show of a person.

    Raises:
        NotFoundError: there is no such person.
    """
    found = by_ids(work.raw, [person])
    if not found:
        raise NotFoundError(f"there is nobody with the id {person}")
    return found[0].name


def named(work: Work, people: Sequence[int]) -> str:
    """One name, or how many people.

    Raises:
        NotFoundError: nobody is meant, or one of few does not exist.
    """
    if not people:
        raise NotFoundError("nobody is meant")
    if len(people) == 1:
        return name_of(work, people[0])
    if len(people) <= _FEW:
        for person in people:
            name_of(work, person)
    return f"{len(people):,} people"
