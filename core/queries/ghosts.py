"""Whom you talk with and who is not in your book."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.driver import Connection

# Roles tell the direction: who sent came in, who was there is no talk, the others were written to.
_OPEN: Final = """SELECT json_group_array(id), kind, norm, max(shown), sum(talks), sum(ins),
      sum(outs), max(newest) FROM (
    SELECT identity.id, identity.kind, identity.norm, identity.shown, count(*) AS talks,
      sum(p.role IN ('from', 'organizer', 'attendee', 'with')) AS ins,
      sum(p.role NOT IN ('from', 'there')) AS outs, max(p.interaction_id) AS newest
    FROM identity CROSS JOIN participant AS p ON p.identity_id = identity.id AND p.role <> 'there'
    WHERE identity.passed = 0
      AND NOT EXISTS (SELECT 1 FROM holder WHERE holder.identity_id = identity.id)
    GROUP BY identity.id)
    GROUP BY kind, norm HAVING sum(ins) > 0 AND sum(outs) > 0"""


class Ghost(NamedTuple):
    """Somebody you talk with, both ways, who is not in your book.

    Attributes:
        identities: ids, several where one name stands in several threads.
        kind: email, phone, handle or name.
        value: in its normal form.
        name: as the talks show it, or "".
        last: the local day of the newest talk.
        channels: on which you talk, joined by commas.
        perhaps: people who bear the same name: id and name.
    """

    identities: tuple[int, ...]
    kind: str
    value: str
    name: str
    talks: int
    ins: int
    outs: int
    last: str
    channels: str
    perhaps: tuple[tuple[int, str], ...]


def ghost_count(connection: Connection) -> int:
    """How many there are."""
    return int(connection.execute(f"SELECT count(*) FROM ({_OPEN})").fetchone()[0])  # noqa: S608 — ours


def ghosts(connection: Connection, limit: int = 200) -> list[Ghost]:
    """Those with most talks first."""
    rows = connection.execute(
        f"{_OPEN} ORDER BY min(sum(ins), sum(outs)) DESC, sum(talks) DESC, norm LIMIT ?", (limit,)
    ).fetchall()
    found = []
    for ids, kind, norm, name, talks, ins, outs, newest in rows:
        identities = tuple(json.loads(ids))
        last, channels = _talked(connection, identities, newest)
        perhaps = _called(connection, name or (norm if kind == "name" else ""))
        found.append(Ghost(identities, kind, norm, name, talks, ins, outs, last, channels, perhaps))
    return found


def _talked(connection: Connection, identities: Sequence[int], newest: int) -> tuple[str, str]:
    """The last day, and the channels of the newest talks."""
    (last,) = connection.execute("SELECT day FROM interaction WHERE id = ?", (newest,)).fetchone()
    rows = connection.execute(
        """SELECT max(day), group_concat(DISTINCT channel) FROM interaction WHERE id IN (
          SELECT interaction_id FROM participant
          WHERE identity_id IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT 50)""",
        (json.dumps(list(identities)),),
    ).fetchone()
    return max(last, rows[0] or ""), rows[1] or ""


def _called(connection: Connection, name: str) -> tuple[tuple[int, str], ...]:
    """People whose name this is."""
    from core.rules import kinds
    from core.rules.normalise import norm_of

    if not name:
        return ()
    rows = connection.execute(
        """SELECT DISTINCT row.id, row.name FROM fact JOIN card ON card.id = fact.card_id
        JOIN person_row AS row ON row.id = card.person_id
        WHERE fact.kind = 'name' AND fact.norm = ? ORDER BY row.id LIMIT 5""",
        (norm_of(kinds.NAME, name)[1],),
    )
    return tuple((int(person), str(shown)) for person, shown in rows)
