"""What the talks with people add up to, read from the book for many people at once.

Counts are of all talks; what takes a look at each is made of the newest with somebody, however
many there are.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import rhythm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.storage.driver import Connection

NEWEST: Final = 400
"""Talks with one person, of which their channel and whose turn it is are told."""
_SENT: Final = 100
"""Messages of theirs, of which their hours are told."""
_AT_ONCE: Final = 100
"""People whose talks are held in memory together."""

_TABLE: Final = """CREATE TEMP TABLE IF NOT EXISTS talked(person INTEGER, day TEXT, at TEXT,
    id INTEGER, kind TEXT, direction TEXT, channel TEXT, aside INTEGER, timed INTEGER,
    PRIMARY KEY (person, day DESC, at DESC, id DESC)) WITHOUT ROWID"""
# Nobody's turn: what is said to a group, whose title stands there, and a call that did not come
# about. What was logged by hand tells no hour.
_TALK: Final = """t.id, i.day, i.at, i.id, i.kind, i.direction, i.channel,
    i.kind = 'message' AND i.subject <> ''
      OR i.kind = 'call' AND i.seconds = 0 AND i.source_id IS NOT NULL,
    i.source_id IS NOT NULL"""
_TALKS: Final = (
    f"""INSERT OR IGNORE INTO temp.talked SELECT {_TALK}
    FROM temp.touched AS t CROSS JOIN card ON card.person_id = t.id
    CROSS JOIN participant AS p ON p.card_id = card.id
    CROSS JOIN interaction AS i ON i.id = p.interaction_id
    WHERE t.id BETWEEN :first AND :last AND i.kind <> 'note'""",  # noqa: S608 — our own words
    f"""INSERT OR IGNORE INTO temp.talked SELECT {_TALK}
    FROM temp.touched AS t CROSS JOIN holder ON holder.person_id = t.id
    CROSS JOIN participant AS p ON p.identity_id = holder.identity_id
    CROSS JOIN interaction AS i ON i.id = p.interaction_id
    WHERE t.id BETWEEN :first AND :last AND p.role <> 'there' AND i.kind <> 'note'""",  # noqa: S608
)
_COUNTS: Final = """SELECT person, count(*), sum(direction IN ('in', 'both')),
    sum(direction IN ('out', 'both')),
    coalesce(max(CASE WHEN direction IN ('in', 'both') THEN day END), ''),
    coalesce(max(CASE WHEN direction IN ('out', 'both') THEN day END), ''), max(day)
    FROM temp.talked GROUP BY person"""
_NEWEST: Final = """SELECT day, kind, direction, aside, channel, at, timed FROM temp.talked
    WHERE person = ? ORDER BY day DESC, at DESC, id DESC LIMIT ?"""
_DAY_BEFORE: Final = """SELECT day FROM temp.talked WHERE person = ? AND day < ?
    ORDER BY day DESC LIMIT 1"""


class Talks(NamedTuple):
    """What a person's interactions add up to; days are ISO text or "".

    Attributes:
        before: the last day before `last`.
        gap: usual days from one day with talk to the next, or 0.
        quiet_on: the first day on which the silence is beyond that.
        usual: the usual channel.
        hours: when they write, as ``18-21`` in local time.
        unanswered, wrote_on: as of `core.rules.rhythm.Turn`.
    """

    total: int = 0
    incoming: int = 0
    outgoing: int = 0
    last_in: str = ""
    last_out: str = ""
    last: str = ""
    before: str = ""
    gap: int = 0
    quiet_on: str = ""
    usual: str = ""
    hours: str = ""
    unanswered: int = 0
    wrote_on: str = ""


def of(connection: Connection, people: Sequence[int]) -> dict[int, Talks]:
    """The talks with each of these touched persons with whom there are any.

    Args:
        connection: the writing connection, with the touched persons noted.
        people: consecutive ones of them, smallest first.
    """
    found: dict[int, Talks] = {}
    connection.execute(_TABLE)
    for place in range(0, len(people), _AT_ONCE):
        some = people[place : place + _AT_ONCE]
        for query in _TALKS:
            connection.execute(query, {"first": some[0], "last": some[-1]})
        counts = connection.execute(_COUNTS).fetchall()
        for person, *counted in counts:
            found[person] = _taught(connection, person, counted)
        if counts:
            connection.execute("DELETE FROM temp.talked")
    return found


def _taught(connection: Connection, person: int, counted: Sequence[object]) -> Talks:
    newest = connection.execute(_NEWEST, (person, NEWEST)).fetchall()
    days = list(islice(_days(connection, person, newest), rhythm.MOST_DAYS))
    dates = [date.fromisoformat(day) for day in days if day]
    quiet = rhythm.quiet_on(dates)
    sent = (row[5] for row in newest if row[2] == "in" and row[6])
    unanswered, wrote_on = rhythm.turn(rhythm.Said(*row[:4]) for row in newest)
    return Talks._make(
        (
            *counted,
            days[1] if len(days) > 1 else "",
            rhythm.usual_gap(dates),
            quiet.isoformat() if quiet else "",
            rhythm.usual_channel((row[0], row[4]) for row in newest),
            rhythm.usual_hours([*_local_hours(islice(sent, _SENT))]),
            unanswered,
            wrote_on,
        )
    )


def _days(connection: Connection, person: int, newest: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The days with talk, newest first; they are looked for beyond the newest talks."""
    days = dict.fromkeys(row[0] for row in newest)
    yield from days
    day = newest[-1][0]
    while len(newest) == NEWEST:
        row = connection.execute(_DAY_BEFORE, (person, day)).fetchone()
        if row is None:
            return
        day = row[0]
        yield day


def _local_hours(moments: Iterable[str]) -> Iterator[int]:
    """The hours of UTC moments by the clock of this machine; what is none is left out."""
    for at in moments:
        with suppress(ValueError, OverflowError, OSError):
            yield datetime.fromisoformat(at).astimezone().hour
