"""What a day brought: whom the user talked with, by which ways, and what was promised."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final, NamedTuple

from core.clock import stamp

if TYPE_CHECKING:
    from core.storage.driver import Connection

_MOST: Final = 50
_PEOPLE: Final = """SELECT name FROM person_row WHERE talked = :today AND tier <> 'D'
    ORDER BY tier = '', tier, sort_key, id LIMIT :most"""
# A talk with several counts once.
_TALKS: Final = """SELECT kind, channel, count(*) FROM (
      SELECT i.kind, i.channel FROM interaction AS i INDEXED BY ix_interaction_day
      CROSS JOIN participant AS p ON p.interaction_id = i.id
      LEFT JOIN card ON card.id = p.card_id
      LEFT JOIN holder ON p.card_id IS NULL AND holder.identity_id = p.identity_id
      CROSS JOIN person_row AS person ON person.id = coalesce(card.person_id, holder.person_id)
      WHERE i.day = :today AND i.kind <> 'note' AND p.role <> 'there' AND person.tier <> 'D'
      GROUP BY i.id) GROUP BY kind, channel ORDER BY 3 DESC, 1, 2"""
_MADE: Final = """SELECT count(*) FROM command JOIN change ON change.command_id = command.id
    JOIN promise ON promise.id BETWEEN change.first AND change.last
    WHERE change.table_name = 'promise' AND change.act = 'I'
    AND command.undone = 0 AND command.at >= :since"""


class Talked(NamedTuple):
    """So many talks by one way."""

    kind: str
    channel: str
    talks: int


class Brought(NamedTuple):
    """A day, looked back at.

    Attributes:
        people: the names of those who were talked with, A first; no more than fifty.
        talks: by way, the most first.
        made: promises that were noted since midnight, of either side.
        kept: those that were kept.
    """

    people: tuple[str, ...] = ()
    talks: tuple[Talked, ...] = ()
    made: int = 0
    kept: int = 0


def brought(connection: Connection, now: datetime) -> Brought:
    """What the day of a moment brought until now; `now` is aware, in the user's zone."""
    midnight = datetime.combine(now.date(), time(), now.tzinfo or UTC)
    given = {"today": now.date().isoformat(), "since": stamp(midnight), "most": _MOST}
    people = connection.execute(_PEOPLE, given).fetchall()
    talks = connection.execute(_TALKS, given).fetchall()
    kept = connection.execute("SELECT count(*) FROM promise WHERE kept = :today", given).fetchone()
    made = connection.execute(_MADE, given).fetchone()
    return Brought(
        tuple(row[0] for row in people), tuple(Talked(*row) for row in talks), made[0], kept[0]
    )
