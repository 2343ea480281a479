"""Whom an address, handle or display name of talks stands for: derived rows.

Addresses, numbers and handles stand for everybody who holds them. A display name is weak: it
stands for the only person who bears it, so whoever shares a name with a touched person is touched
too. What the user said of an identity is above both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.storage.triggers import talk_rowid, talk_said

if TYPE_CHECKING:
    from core.storage.driver import Connection

_ANY: Final = "SELECT EXISTS (SELECT 1 FROM identity)"


def _concerned(ids: str) -> str:
    """A query for the persons whom identities may stand for."""
    return f"""SELECT card.person_id FROM identity JOIN card ON card.id = identity.card_id
        WHERE identity.id IN ({ids})
        UNION SELECT card.person_id FROM identity
        JOIN fact ON fact.kind = identity.kind AND fact.norm = identity.norm
        JOIN card ON card.id = fact.card_id WHERE identity.id IN ({ids})"""  # noqa: S608 — ours


def _with_cards(column: str) -> str:
    """A query for the persons who take part in participants, from one number to another."""
    span = f"{column} BETWEEN :first AND :last"
    return f"""SELECT card.person_id FROM participant JOIN card ON card.id = participant.card_id
        WHERE {span} UNION """ + _concerned(  # noqa: S608 — our own words
        f"SELECT DISTINCT identity_id FROM participant WHERE {span}"  # noqa: S608
    )


TOUCHED: Final = {
    "identity": _concerned("SELECT id FROM identity WHERE id BETWEEN :first AND :last"),
    "participant": _with_cards("participant.id"),
    "interaction": _with_cards("participant.interaction_id"),
}
"""Table to a query for the persons whom rows of it, from one id to another, concern."""

_NAMESAKES: Final = """INSERT OR IGNORE INTO temp.touched
    SELECT other.person_id FROM temp.touched AS t CROSS JOIN card ON card.person_id = t.id
    CROSS JOIN fact ON fact.card_id = card.id AND fact.kind = 'name'
    CROSS JOIN identity ON identity.kind = 'name' AND identity.norm = fact.norm
    CROSS JOIN fact AS same ON same.kind = 'name' AND same.norm = fact.norm
    CROSS JOIN card AS other ON other.id = same.card_id"""

_HOLDERS: Final = """INSERT OR IGNORE INTO holder(identity_id, person_id)
    SELECT identity.id, t.id FROM temp.touched AS t CROSS JOIN card ON card.person_id = t.id
    CROSS JOIN fact ON fact.card_id = card.id
    CROSS JOIN identity ON identity.kind = fact.kind AND identity.norm = fact.norm
    WHERE fact.kind IN ('email', 'phone', 'handle') AND fact.norm <> ''
      OR fact.kind = 'name' AND identity.card_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM fact AS same JOIN card AS other ON other.id = same.card_id
        WHERE same.kind = 'name' AND same.norm = fact.norm AND other.person_id <> t.id)
    UNION SELECT identity.id, t.id FROM temp.touched AS t
    CROSS JOIN card ON card.person_id = t.id CROSS JOIN identity ON identity.card_id = card.id"""


def note(connection: Connection) -> None:
    """Add those who share a name with a touched person, as the rows are now."""
    if connection.execute(_ANY).fetchone()[0]:
        connection.execute(_NAMESAKES)


def refresh(connection: Connection) -> None:
    """Find anew what stands for the touched persons."""
    connection.execute("DELETE FROM holder WHERE person_id IN (SELECT id FROM temp.touched)")
    if connection.execute(_ANY).fetchone()[0]:
        connection.execute(_HOLDERS)


def rebuild(connection: Connection) -> None:
    """Forget whom identities stand for, and index anew what was said; before a `refresh`."""
    connection.execute("DELETE FROM holder")
    connection.execute("INSERT INTO talk_search(talk_search) VALUES ('delete-all')")
    connection.execute(
        f"INSERT INTO talk_search(rowid, said) SELECT {talk_rowid('i')}, {talk_said('i')} "  # noqa: S608 — our own words
        f"FROM interaction AS i WHERE i.text <> '' OR i.subject <> '' ORDER BY i.at, i.id"
    )
