"""Who was answered as family of whom: what one's tier says of the others.

A tier is known once the rows of all touched persons are made, so it is looked at after them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.rules import evidence
from core.storage.tables import Answer
from core.storage.triggers import columns

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.storage.driver import Connection

_ANY: Final = "SELECT EXISTS (SELECT 1 FROM answer WHERE verdict = 'family')"
_FAMILY: Final = """FROM temp.touched AS t CROSS JOIN card ON card.person_id = t.id
    CROSS JOIN answer ON answer.{mine} = card.id AND answer.verdict = 'family'
    CROSS JOIN card AS other ON other.id = answer.{theirs} AND other.person_id <> t.id"""
_SIDES: Final = tuple(
    _FAMILY.format(mine=mine, theirs=theirs)
    for mine, theirs in (("a_id", "b_id"), ("b_id", "a_id"))
)
_NOTE: Final = f"""INSERT OR IGNORE INTO temp.touched
    SELECT other.person_id {_SIDES[0]} UNION SELECT other.person_id {_SIDES[1]}"""
_TIERS: Final = f"""WITH family AS (SELECT t.id AS mine, other.person_id AS theirs {_SIDES[0]}
      UNION SELECT t.id, other.person_id {_SIDES[1]})
    SELECT mine, min(tier) FROM family CROSS JOIN person_row ON person_row.id = theirs
    WHERE tier <> '' GROUP BY mine"""  # noqa: S608
_EVIDENCE: Final = ", ".join(evidence.Evidence._fields)

TOUCHED: Final = """SELECT card.person_id FROM answer
    JOIN card ON card.id = answer.a_id OR card.id = answer.b_id
    WHERE answer.id BETWEEN :first AND :last"""
"""The persons whom answers, from one id to another, concern."""
FROM_IMAGES: Final = """INSERT OR IGNORE INTO temp.touched
    SELECT card.person_id FROM change
    JOIN card ON card.id = json_extract(change.before, :a_id)
      OR card.id = json_extract(change.before, :b_id)
    WHERE change.command_id = :command AND table_name = 'answer' AND act <> 'I'"""
PLACES: Final = {name: f"$[{columns(Answer).index(name)}]" for name in ("a_id", "b_id")}


def note(connection: Connection) -> None:
    """Add the families of the touched persons, as the rows are now."""
    if connection.execute(_ANY).fetchone()[0]:
        connection.execute(_NOTE)


def refresh(connection: Connection, weights: Mapping[str, int], today: date, home: str) -> None:
    """Tell the touched persons' rows, which are made, the highest tier of their families.

    Args:
        connection: the writing connection.
        weights: as of `core.rules.evidence.score`.
        today: see there.
        home: see there.
    """
    if not connection.execute(_ANY).fetchone()[0]:
        return
    for person, tier in connection.execute(_TIERS).fetchall():
        row = connection.execute(
            f"SELECT {_EVIDENCE} FROM person_row WHERE id = ?",  # noqa: S608 — our own names
            (person,),
        ).fetchone()
        known = evidence.Evidence(*row)._replace(family_tier=tier)
        connection.execute(
            "UPDATE person_row SET family_tier = ?, score = ? WHERE id = ?",
            (tier, evidence.score(known, weights, today, home), person),
        )
