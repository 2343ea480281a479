"""The values that hold of a person, for whoever changes them by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.queries import choices
from core.rules.projection import Fact, shown_ids, standing_values

if TYPE_CHECKING:
    from core.storage.driver import Connection


class HeldFact(NamedTuple):
    """A value that holds.

    Attributes:
        id, card_id, kind, value, norm, label, origin: as in the table of facts.
        source: the kind of its source, "" if its entry was made by hand; `account` of the source.
        before: the value that the user replaced by it, or "".
        shown: False for "also", and for a value that another entry says too.
    """

    id: int
    card_id: int
    kind: str
    value: str
    norm: str
    label: str
    origin: str
    source: str
    account: str
    before: str
    shown: bool


def of_person(connection: Connection, person: int) -> tuple[HeldFact, ...]:
    """What holds of a person: not ended, not replaced and not cleared by the user; best first."""
    rows = connection.execute(
        """SELECT fact.id, fact.card_id, fact.kind, fact.value, fact.norm, fact.label, fact.part,
          fact.detail, fact.preferred, fact.origin, fact.replaces_id, fact.since, fact.until,
          coalesce(card.run_id, 0), coalesce(source.kind, ''), coalesce(source.account, '')
        FROM card JOIN fact ON fact.card_id = card.id LEFT JOIN source ON source.id = card.source_id
        WHERE card.person_id = :person ORDER BY fact.id""",
        {"person": person},
    ).fetchall()
    facts = [Fact(*row[:14]) for row in rows]
    said = {row[0]: (row[14], row[15]) for row in rows}
    values = {fact.id: fact.value for fact in facts}
    chosen = choices.of_person(connection, person)
    shown = shown_ids(facts, chosen)
    return tuple(
        HeldFact(
            *(fact.id, fact.card_id, fact.kind, fact.value, fact.norm, fact.label, fact.origin),
            *said[fact.id],
            before=values.get(fact.replaces_id or 0, ""),
            shown=fact.id in shown,
        )
        for fact in standing_values(facts, chosen)
    )
