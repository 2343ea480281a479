"""The talks of a person, through all channels, newest first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.storage.driver import Connection

    Ids = Sequence[tuple[int, int]]
    """Talk, and whether the person only got it."""

_LINE: Final = 240
_READ: Final = 1_000
"""Signs of a text in which its first line is looked for."""
_NEWEST: Final = "i.day DESC, i.at DESC, i.id DESC"
_KIND: Final = "i.kind <> '' AND (:channel = '' OR i.channel = :channel)"
_WHO: Final = """WITH held(id) AS MATERIALIZED (
  SELECT identity_id FROM holder WHERE person_id = :person),
own(id) AS MATERIALIZED (SELECT id FROM card WHERE person_id = :person)"""
# By an address or a name, or by the entry where it was logged by hand; once, if by both.
_MEANT: Final = f"""{_WHO}, meant(talk, there) AS (
  SELECT talk, min(there) FROM (
    SELECT p.interaction_id AS talk, p.role = 'there' AS there
    FROM held CROSS JOIN participant AS p ON p.identity_id = held.id
    UNION ALL SELECT p.interaction_id, p.role = 'there'
    FROM own CROSS JOIN participant AS p ON p.card_id = own.id) GROUP BY talk)"""  # noqa: S608 — our own words
_AMONG: Final = """SELECT 1 FROM participant AS p WHERE p.interaction_id = i.id
  AND (p.identity_id IN held OR p.card_id IN own)"""


class TimeLine(NamedTuple):
    """One talk of a person.

    Attributes:
        at: UTC.
        day: local.
        thread: the id of its conversation; "" where none is known.
        subject: of a mail or meeting; of a message the title of its group.
        line: the first line of what was said, cut where it is long; "" where no words are kept.
        seconds: of a call or meeting, 0 where that is not known.
        there: whether the person only got what somebody else wrote, which is no talk with them.
    """

    id: int
    at: str
    day: str
    kind: str
    direction: str
    channel: str
    thread: str
    subject: str
    line: str
    seconds: int
    there: bool


class ChannelTalks(NamedTuple):
    """A channel, and how many talks went over it."""

    channel: str
    talks: int


def timeline(
    connection: Connection, person: int, channel: str = "", limit: int = 200, skip: int = 0
) -> list[TimeLine]:
    """What was said with a person and noted of them, newest first.

    Args:
        connection: a view of the book.
        person: the person's id.
        channel: only this one; "" for all.
        limit: how many at most.
        skip: how many newer ones to leave out.
    """
    found = dict(_ids(connection, person, channel, (limit, skip), there=True))
    rows = connection.execute(
        f"""SELECT i.id, at, day, kind, direction, channel, thread, subject,
          substr(text, 1, {_READ}), seconds
        FROM json_each(:ids) AS one CROSS JOIN interaction AS i ON i.id = one.value
        ORDER BY one.key""",  # noqa: S608 — a number of ours
        {"ids": json.dumps(list(found))},
    )
    return [
        TimeLine._make((*row[:8], _first_line(row[8]), row[9], bool(found[row[0]]))) for row in rows
    ]


def newest(connection: Connection, person: int, limit: int) -> list[int]:
    """The ids of a person's newest talks and notes, the newest first."""
    return [talk for talk, _there in _ids(connection, person, "", (limit, 0), there=False)]


def channels(connection: Connection, person: int) -> list[ChannelTalks]:
    """The channels a person's talks went over, the most used first; of notes, how many."""
    rows = connection.execute(
        f"""{_MEANT} SELECT i.channel, count(*) AS talks
        FROM meant CROSS JOIN interaction AS i ON i.id = meant.talk
        WHERE meant.there = 0 AND i.kind <> '' AND i.channel <> ''
        GROUP BY i.channel ORDER BY talks DESC, i.channel""",  # noqa: S608 — our own words
        {"person": person},
    )
    return [ChannelTalks(*row) for row in rows]


def _ids(
    connection: Connection, person: int, channel: str, part: tuple[int, int], *, there: bool
) -> Ids:
    """A page, newest first."""
    limit, skip = part
    if limit <= 0:
        return ()
    given: dict[str, str | int] = {
        "person": person,
        "channel": channel,
        "limit": limit,
        "skip": skip,
        "there": there,
    }
    talks, everybodys = _counts(connection, person)
    if (limit + skip) * everybodys < talks * talks:
        # Reading the newest of everybody's talks meets so many of this person sooner than theirs
        # are put in order; where it does not, as little was lost.
        near = _near(connection, {**given, "near": talks})
        if len(near) == limit:
            return near
    rows: Ids = connection.execute(
        f"""{_MEANT} SELECT i.id, meant.there
        FROM meant CROSS JOIN interaction AS i ON i.id = meant.talk
        WHERE {_KIND} AND meant.there <= :there
        ORDER BY {_NEWEST} LIMIT :limit OFFSET :skip""",  # noqa: S608 — our own words
        given,
    ).fetchall()
    return rows


def _near(connection: Connection, given: Mapping[str, str | int]) -> Ids:
    """The same, among the newest talks of everybody."""
    end = connection.execute(
        f"SELECT day, at FROM interaction AS i ORDER BY {_NEWEST} LIMIT 1 OFFSET :near",  # noqa: S608 — our own words
        given,
    ).fetchone()
    rows: Ids = connection.execute(
        f"""{_WHO} SELECT i.id, NOT EXISTS ({_AMONG} AND p.role <> 'there')
        FROM interaction AS i WHERE (i.day, i.at) >= (:day, :at)
          AND EXISTS ({_AMONG} AND (:there OR p.role <> 'there')) AND {_KIND}
        ORDER BY {_NEWEST} LIMIT :limit OFFSET :skip""",  # noqa: S608 — our own words
        {**given, "day": end[0] if end else "", "at": end[1] if end else ""},
    ).fetchall()
    return rows


def _counts(connection: Connection, person: int) -> tuple[int, int]:
    """The person's talks, and about everybody's."""
    row = connection.execute(
        "SELECT coalesce((SELECT talks FROM person_row WHERE id = :person), 0), "
        "coalesce(max(id), 0) FROM interaction",
        {"person": person},
    ).fetchone()
    return row[0], row[1]


def _first_line(text: str) -> str:
    return next((line[:_LINE] for line in map(str.strip, text.split("\n")) if line), "")
