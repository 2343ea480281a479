"""Whom you talk with and who is not in your book."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.driver import Connection

# What imports learnt of the user, in the setting `me` and `me <format>`: addresses are theirs
# everywhere, a display name only in the format that writes it, which the scope begins with.
_SAID: Final = """SELECT json_extract(one.value, '$[0]'), json_extract(one.value, '$[1]'),
      CASE json_extract(one.value, '$[0]') WHEN 'name' THEN substr(setting.key, 4) ELSE '' END
    FROM setting, json_each(setting.value) AS one
    WHERE (setting.key = 'me' OR setting.key LIKE 'me %') AND json_valid(setting.value)"""
_FORMAT: Final = """CASE identity.kind WHEN 'name' THEN substr(scope, 1,
      min(instr(scope || ' ', ' '), instr(scope || char(31), char(31))) - 1) ELSE '' END"""
# Roles tell the direction: who sent came in, who was there is no talk, the others were written to.
_OPEN: Final = f"""SELECT json_group_array(id), kind, norm, max(shown), sum(talks), sum(ins),
      sum(outs) FROM (
    SELECT identity.id, identity.kind, identity.norm, identity.shown, count(*) AS talks,
      sum(p.role IN ('from', 'organizer', 'attendee', 'with')) AS ins,
      sum(p.role NOT IN ('from', 'there')) AS outs
    FROM identity CROSS JOIN participant AS p ON p.identity_id = identity.id AND p.role <> 'there'
    WHERE identity.passed = 0 AND (identity.kind, identity.norm, {_FORMAT}) NOT IN ({_SAID})
      AND NOT EXISTS (SELECT 1 FROM holder WHERE holder.identity_id = identity.id)
    GROUP BY identity.id)
    GROUP BY kind, norm HAVING sum(ins) > 0 AND sum(outs) > 0"""  # noqa: S608 — ours


_LINE: Final = 200


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
        talk: the id of the newest talk.
        way: its direction.
        line: what it began with.
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
    talk: int = 0
    way: str = ""
    line: str = ""


def ghost_count(connection: Connection) -> int:
    """How many there are."""
    return int(connection.execute(f"SELECT count(*) FROM ({_OPEN})").fetchone()[0])  # noqa: S608 — ours


def ghosts(connection: Connection, limit: int = 200) -> list[Ghost]:
    """Those with most talks first."""
    rows = connection.execute(
        f"{_OPEN} ORDER BY min(sum(ins), sum(outs)) DESC, sum(talks) DESC, norm LIMIT ?", (limit,)
    ).fetchall()
    found = []
    for ids, kind, norm, name, talks, ins, outs in rows:
        identities = tuple(json.loads(ids))
        last, channels, newest, way, line = _talked(connection, identities)
        perhaps = _called(connection, name or (norm if kind == "name" else ""))
        ghost = Ghost(identities, kind, norm, name, talks, ins, outs, last, channels, perhaps)
        found.append(ghost._replace(talk=newest, way=way, line=line))
    return found


def _talked(connection: Connection, identities: Sequence[int]) -> tuple[str, str, int, str, str]:
    """Of those that came last: the last day, the channels; of the newest its id, way and line."""
    rows = connection.execute(
        """SELECT day, channel, id, direction, substr(coalesce(nullif(text, ''), subject), 1, 400)
        FROM interaction WHERE id IN (
          SELECT interaction_id FROM participant
          WHERE identity_id IN (SELECT value FROM json_each(?)) AND role <> 'there'
          ORDER BY id DESC LIMIT 50) ORDER BY day DESC, at DESC, id DESC""",
        (json.dumps(list(identities)),),
    ).fetchall()
    day, _channel, newest, way, text = rows[0]
    channels = ",".join(dict.fromkeys(row[1] for row in rows if row[1]))
    return day, channels, newest, way, " ".join(text.split())[:_LINE]


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
