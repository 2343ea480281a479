"""All that was said, newest first, and what a search finds in it."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from core.queries import people
from core.rules import talk_search, talk_words
from core.storage.driver import OperationalError
from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from core.rules.talk_search import Wanted
    from core.storage.driver import Connection

_BITS: Final = 30  # of a row id of the index: `core.storage.triggers.TALK_BITS`
_OWN: Final = (1 << _BITS) - 1
_DAY: Final = 86_400
_BATCH: Final = 100
_MEANT: Final = 200
_NEWEST: Final = "ORDER BY day DESC, at DESC, i.id DESC"
_COMMON: Final = 300
_LINE: Final = 240
_BEFORE: Final = 60
"""Signs of a long line that stand before the first word found."""


class Hit(NamedTuple):
    """One talk that was found.

    Attributes:
        at: UTC.
        day: local.
        subject: of a message the title of its group.
        line: the line in which the words stand, else the first; cut where it is long.
        found: where in `line` they stand: first sign, and behind the last.
        people: person id, or 0 for who is not in the book, and name.
    """

    id: int
    at: str
    day: str
    kind: str
    direction: str
    channel: str
    thread: str
    source_id: int
    subject: str
    line: str
    found: tuple[tuple[int, int], ...]
    people: tuple[tuple[int, str], ...]


def search(
    connection: Connection, text: str, today: date, limit: int = 50, skip: int = 0
) -> list[Hit]:
    """The newest talks that a search finds; all of them for an empty one.

    Args:
        connection: a view of the book.
        text: words and operators as `core.rules.talk_search.parse` knows them; never an error.
        today: for days such as ``yesterday``.
        limit: how many at most.
        skip: how many newer ones to leave out.
    """
    wanted = talk_search.parse(text, today)
    rows = list(islice(_rows(connection, wanted), skip, skip + limit))
    who = participants(connection, [row[0] for row in rows])
    return [_hit(row, wanted, who.get(row[0], ())) for row in rows]


def participants(
    connection: Connection, ids: Sequence[int]
) -> dict[int, tuple[tuple[int, str], ...]]:
    """Who took part in these talks: person id, or 0, and name."""
    found: dict[int, dict[tuple[int, str], None]] = {talk: {} for talk in ids}
    rows = connection.execute(
        """SELECT p.interaction_id, coalesce(own.id, row.id, 0), coalesce(own.name, row.name,
          nullif(identity.shown, ''), identity.norm, '')
        FROM json_each(:ids) AS wanted
        CROSS JOIN participant AS p ON p.interaction_id = wanted.value AND p.role <> 'there'
        LEFT JOIN card ON card.id = p.card_id LEFT JOIN person_row AS own ON own.id = card.person_id
        LEFT JOIN identity ON identity.id = p.identity_id
        LEFT JOIN holder ON holder.identity_id = p.identity_id
        LEFT JOIN person_row AS row ON row.id = holder.person_id ORDER BY p.id""",
        {"ids": json.dumps(list(ids))},
    )
    for talk, person, name in rows:
        found[talk][person, name] = None
    return {talk: tuple(those) for talk, those in found.items()}


_Row = tuple[int, str, str, str, str, str, str, int, str, str]


def _rows(connection: Connection, wanted: Wanted) -> Iterator[_Row]:
    """The talks that are meant, newest first."""
    allowed = _allowed(connection, wanted)
    if allowed is not None and not allowed:
        return
    where, values = _filters(wanted)
    unless = [(one, _allowed(connection, one)) for one in wanted.unless]
    ids = _ids(connection, wanted, allowed, where, values)
    while batch := list(islice(ids, _BATCH)):
        rows = connection.execute(
            f"""SELECT i.id, at, day, kind, direction, channel, thread, coalesce(source_id, 0),
              subject, text FROM json_each(:ids) AS hit
            CROSS JOIN interaction AS i ON i.id = hit.value WHERE {where} ORDER BY hit.key""",  # noqa: S608 — our own conditions
            {"ids": json.dumps(batch), **values},
        )
        for row in rows:
            said = f"{row[8]}\n{row[9]}"
            if all(talk_search.holds(said, phrase) for phrase in wanted.phrases) and not (
                (wanted.without and not wanted.expression() and _holds_one(said, wanted))
                or any(_is_meant(row, said, *one) for one in unless)
            ):
                yield row


def _ids(
    connection: Connection,
    wanted: Wanted,
    allowed: Collection[int] | None,
    where: str,
    values: dict[str, str],
) -> Iterator[int]:
    if expression := wanted.expression():
        if not _is_common(connection, expression):
            expression = wanted.expression(begun=True)
        yield from _indexed(connection, wanted, expression, allowed)
    elif allowed is not None:
        rows = connection.execute(
            f"""SELECT i.id FROM json_each(:ids) AS one CROSS JOIN interaction AS i
            ON i.id = one.value WHERE {where} {_NEWEST}""",  # noqa: S608 — ours
            {"ids": json.dumps(list(allowed)), **values},
        )
        yield from (row[0] for row in rows)
    else:
        rows = connection.execute(
            f"SELECT i.id FROM interaction AS i WHERE {where} {_NEWEST}",  # noqa: S608 — ours
            values,
        )
        yield from (row[0] for row in rows)


def _is_common(connection: Connection, expression: str) -> bool:
    """Whether words are said so often that longer ones are not meant.

    Reading all that begin like a common word takes the index half a second.
    """
    try:
        found = connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM talk_search WHERE talk_search MATCH ? LIMIT ?)",
            (expression, _COMMON),
        ).fetchone()
    except OperationalError:
        return True
    return int(found[0]) == _COMMON


def _indexed(
    connection: Connection, wanted: Wanted, expression: str, allowed: Collection[int] | None
) -> Iterator[int]:
    """What the index holds, newest first: its row ids begin with the time."""
    span = "SELECT (strftime('%s', :day) + :more) << :bits"
    conditions = ["talk_search MATCH :words"]
    # A local day may begin a day before, and end a day after, that of UTC.
    for day, sign, more in ((wanted.since, ">=", -_DAY), (wanted.until, "<", 2 * _DAY)):
        if day:
            found = connection.execute(span, {"day": day, "more": more, "bits": _BITS}).fetchone()
            conditions.append(f"rowid {sign} {int(found[0] or 0)}")
    try:
        rows = connection.execute(
            f"SELECT rowid FROM talk_search WHERE {' AND '.join(conditions)} ORDER BY rowid DESC",  # noqa: S608 — our own conditions
            {"words": expression},
        )
        for (place,) in rows:
            own = place & _OWN
            if allowed is None or own in allowed:
                yield own
    except OperationalError:
        return  # letters that the index does not know as such


def _filters(wanted: Wanted) -> tuple[str, dict[str, str]]:
    conditions, values = ["i.kind <> ''"], {}
    if wanted.since:
        conditions.append("i.day >= :since")
        values["since"] = wanted.since
    if wanted.until:
        conditions.append("i.day <= :until")
        values["until"] = wanted.until
    if wanted.direction:
        conditions.append("i.direction IN (:direction, 'both')")
        values["direction"] = wanted.direction
    either = []
    for number, channel in enumerate(wanted.channels):
        either.append(f"i.channel = :c{number} OR i.kind = :c{number}")
        values[f"c{number}"] = channel
    if either:
        conditions.append(f"({' OR '.join(either)})")
    return " AND ".join(conditions), values


def _allowed(connection: Connection, wanted: Wanted) -> set[int] | None:
    """The talks of those who are named, and of the tiers; None for everybody's."""
    sets = [_of_name(connection, name) for name in wanted.people]
    if wanted.tiers:
        marks = ", ".join("?" * len(wanted.tiers))
        rows = connection.execute(
            f"SELECT id FROM person_row WHERE tier IN ({marks})",  # noqa: S608 — marks
            wanted.tiers,
        )
        sets.append(_of_people(connection, [row[0] for row in rows]))
    return set.intersection(*sets) if sets else None


def _of_name(connection: Connection, name: str) -> set[int]:
    meant = [line.id for line in people.containing(connection, name, _MEANT)]
    found = _of_people(connection, meant)
    rows = connection.execute(
        """SELECT p.interaction_id FROM identity CROSS JOIN participant AS p
          ON p.identity_id = identity.id
        WHERE identity.norm LIKE :like ESCAPE '\\' OR identity.shown LIKE :like ESCAPE '\\'""",
        {"like": f"%{people.literal(fold(name))}%"},
    )
    return found.union(row[0] for row in rows)


def _of_people(connection: Connection, meant: Sequence[int]) -> set[int]:
    rows = connection.execute(
        """SELECT p.interaction_id FROM json_each(:ids) AS one
        CROSS JOIN holder ON holder.person_id = one.value
        CROSS JOIN participant AS p ON p.identity_id = holder.identity_id
        UNION SELECT p.interaction_id FROM json_each(:ids) AS one
        CROSS JOIN card ON card.person_id = one.value
        CROSS JOIN participant AS p ON p.card_id = card.id""",
        {"ids": json.dumps(list(meant))},
    )
    return {row[0] for row in rows}


def _is_meant(row: _Row, said: str, meant: Wanted, allowed: Collection[int] | None) -> bool:
    """Whether a talk is what stands behind a minus."""
    own, _at, day, kind, direction, channel = row[:6]
    return (
        (allowed is None or own in allowed)
        and (not meant.since or day >= meant.since)
        and (not meant.until or day <= meant.until)
        and (not meant.direction or direction in {meant.direction, "both"})
        and (not meant.channels or not {channel, kind}.isdisjoint(meant.channels))
        and all(talk_search.holds(said, phrase) for phrase in meant.phrases)
    )


def _holds_one(said: str, wanted: Wanted) -> bool:
    """Whether a text holds a word that must not be there."""
    there = {p for word in said.split() for way in talk_words.spellings(word) for p in way}
    return any(set(way) <= there for ways in wanted.without for way in ways)


def _hit(row: _Row, wanted: Wanted, who: tuple[tuple[int, str], ...]) -> Hit:
    line, found = _line(row[8], row[9], wanted)
    return Hit(*row[:8], row[8], line, found, who)


def _line(subject: str, text: str, wanted: Wanted) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The line in which the words stand, and where in it."""
    lines = [line for line in map(str.strip, text.split("\n")) if line] or [subject]
    if wanted.words or wanted.phrases:
        for line in (*lines, subject):
            if found := talk_search.places(line, wanted):
                start = max(0, found[0][0] - _BEFORE) if len(line) > _LINE else 0
                end = start + _LINE
                shown = tuple((a - start, min(b, end) - start) for a, b in found if a < end)
                return line[start:end], shown
    return lines[0][:_LINE], ()
