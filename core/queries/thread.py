"""A talk among those it belongs to: its conversation, before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.queries import talks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.driver import Connection

_NEAR: Final = 10_000
"""Talks of everybody, on each side, among which a conversation is looked for first."""
_SUBJECTS: Final = frozenset({"mail", "meeting"})
_OLDER: Final = ("<", "DESC")
_NEWER: Final = (">", "ASC")
_PLACE: Final = "(i.day, i.at, i.id)"
_THERE: Final = """i.kind <> '' AND (:thread = ''
  OR i.thread = :thread AND coalesce(i.source_id, 0) = :source)"""


class ThreadHead(NamedTuple):
    """What a conversation is.

    Attributes:
        id: of the talk it was asked for.
        subject: of a mail, meeting or group; or "".
        people: who took part in that talk: person id, or 0 for who is not in the book, and name.
    """

    id: int
    kind: str
    channel: str
    subject: str
    people: tuple[tuple[int, str], ...]


class Said(NamedTuple):
    """One talk of a conversation, whole.

    Attributes:
        at: UTC.
        day: local.
        who: who said it, or with whom it was; "" for what the user said.
        text: of mails and meetings the subject is its first line.
        person: id of `who`, or 0 if that is nobody, several, or not in the book.
    """

    id: int
    at: str
    day: str
    kind: str
    direction: str
    who: str
    text: str
    person: int


def head(connection: Connection, talk_id: int) -> ThreadHead | None:
    """What the conversation of a talk is; None if there is no such talk."""
    row = connection.execute(
        "SELECT id, kind, channel, subject FROM interaction WHERE id = ? AND kind <> ''",
        (talk_id,),
    ).fetchone()
    if row is None:
        return None
    one, kind, channel, subject = row
    people = talks.participants(connection, [talk_id])[talk_id]
    return ThreadHead(one, kind, channel, subject, people)


def around(connection: Connection, talk_id: int, before: int = 50, after: int = 50) -> list[Said]:
    """A talk among the others of its conversation, oldest first; empty if there is no such talk.

    Where no conversation is known, as of calls and of what was logged by hand, it is all that was
    said with the same people.

    Args:
        connection: a view of the book.
        talk_id: the talk.
        before: how many older ones at most.
        after: how many newer ones at most.
    """
    row = connection.execute(
        "SELECT day, at, id, thread, coalesce(source_id, 0) FROM interaction "
        "WHERE id = ? AND kind <> ''",
        (talk_id,),
    ).fetchone()
    if row is None:
        return []
    talk = _Talk(*row)
    older = _beside(connection, talk, _OLDER, before)
    newer = _beside(connection, talk, _NEWER, after)
    return _said(connection, [*reversed(older), talk_id, *newer])


class _Talk(NamedTuple):
    day: str
    at: str
    id: int
    thread: str
    source: int


def _beside(connection: Connection, talk: _Talk, way: tuple[str, str], most: int) -> Sequence[int]:
    """The ids on one side of a talk, the nearest first."""
    if most <= 0:
        return ()
    near: list[int] = []
    if talk.thread:
        # No index leads to a conversation, and one would double what an import writes: most of it
        # lies near in time, and what lies far off has the same people in it.
        near = _near(connection, talk, way, most)
        if len(near) == most:
            return near
    far = _with_the_same(connection, talk, way, most)
    return _ordered(connection, {*near, *far}, way[1])[:most] if near else far


def _near(connection: Connection, talk: _Talk, way: tuple[str, str], most: int) -> list[int]:
    """Those of the conversation that lie near in time."""
    sign, order = way
    rows = connection.execute(
        f"""SELECT i.id FROM (SELECT i.id, i.day, i.at, i.kind, i.thread, i.source_id
          FROM interaction AS i WHERE {_PLACE} {sign} (:day, :at, :id)
          ORDER BY i.day {order}, i.at {order}, i.id {order} LIMIT {_NEAR}) AS i
        WHERE {_THERE} ORDER BY i.day {order}, i.at {order}, i.id {order} LIMIT :most""",  # noqa: S608 — our own conditions
        {**talk._asdict(), "most": most},
    )
    return [row[0] for row in rows]


def _with_the_same(
    connection: Connection, talk: _Talk, way: tuple[str, str], most: int
) -> list[int]:
    """Those of the conversation, if there is one, in which somebody of the talk took part."""
    sign, order = way
    rows = connection.execute(
        f"""WITH own(card_id, identity_id) AS (SELECT card_id, identity_id FROM participant
          WHERE interaction_id = :id AND role <> 'there'),
        whom(person_id) AS (
          SELECT card.person_id FROM own CROSS JOIN card ON card.id = own.card_id
          UNION SELECT holder.person_id FROM own
          CROSS JOIN holder ON holder.identity_id = own.identity_id),
        meant(talk) AS (
          SELECT p.interaction_id FROM own CROSS JOIN participant AS p
            ON p.identity_id = own.identity_id AND p.role <> 'there'
          UNION SELECT p.interaction_id FROM whom
            CROSS JOIN holder ON holder.person_id = whom.person_id
            CROSS JOIN participant AS p
              ON p.identity_id = holder.identity_id AND p.role <> 'there'
          UNION SELECT p.interaction_id FROM whom
            CROSS JOIN card ON card.person_id = whom.person_id
            CROSS JOIN participant AS p ON p.card_id = card.id)
        SELECT i.id FROM meant CROSS JOIN interaction AS i ON i.id = meant.talk
        WHERE {_THERE} AND {_PLACE} {sign} (:day, :at, :id)
        ORDER BY i.day {order}, i.at {order}, i.id {order} LIMIT :most""",  # noqa: S608 — our own conditions
        {**talk._asdict(), "most": most},
    )
    return [row[0] for row in rows]


def _ordered(connection: Connection, ids: set[int], order: str) -> list[int]:
    marks = ", ".join("?" * len(ids))
    rows = connection.execute(
        f"SELECT i.id FROM interaction AS i WHERE i.id IN ({marks}) "  # noqa: S608 — marks
        f"ORDER BY i.day {order}, i.at {order}, i.id {order}",
        tuple(ids),
    )
    return [row[0] for row in rows]


def _said(connection: Connection, ids: Sequence[int]) -> list[Said]:
    """These talks, in this order."""
    marks = ", ".join("?" * len(ids))
    rows = connection.execute(
        f"""SELECT id, at, day, kind, direction, subject, text FROM interaction
        WHERE id IN ({marks})""",  # noqa: S608 — marks
        tuple(ids),
    )
    found = {row[0]: row for row in rows}
    who = talks.participants(connection, ids)
    made = []
    for one in ids:
        talk, at, day, kind, direction, subject, text = found[one]
        parts = () if direction == "out" else who[talk]
        whole = "\n".join(filter(None, (subject, text))) if kind in _SUBJECTS else text
        named = ", ".join(name for _person, name in parts)
        person = parts[0][0] if len(parts) == 1 else 0
        made.append(Said(talk, at, day, kind, direction, named, whole, person))
    return made
