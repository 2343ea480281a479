"""What the user's choices say of each person's row: the cadence, the day it is due, the points.

All else in a row follows from the book alone, so these are told anew when the choices change, and
nothing is read but the decisions.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.queries import choices, home
from core.rules import cadence, evidence, standings
from core.rules.evidence import Evidence
from core.rules.standings import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from core.settings import Settings
    from core.storage.driver import Connection

_CHUNK: Final = 2_000
_EVIDENCE: Final = ", ".join(Evidence._fields)
_ROWS: Final = f"""SELECT id, cards, talked, unanswered, cadence, due, score, {_EVIDENCE}
    FROM person_row WHERE id > :after ORDER BY id LIMIT {_CHUNK}"""  # noqa: S608 — our own names
_DECIDED: Final = """SELECT card.person_id, s.field, s.value, s.why, s.origin, s.day, s.set_by
    FROM card CROSS JOIN standing AS s ON s.card_id = card.id
    WHERE card.person_id BETWEEN :first AND :last AND s.field IN ('tier', 'cadence', 'reading')
    ORDER BY s.set_by, s.id"""
_TELL: Final = "UPDATE person_row SET cadence = ?, due = ?, score = ? WHERE id = ?"


class Rhythm(NamedTuple):
    """Days from one talk to the next, 0 for none; the ISO day when the next is due, or ""."""

    cadence: int
    due: str


def rhythm(
    person: int,
    decided: Mapping[str, Standing],
    last: str,
    unanswered: int,
    days: Mapping[str, int],
) -> Rhythm:
    """How often somebody is talked with, and when next.

    Args:
        person: the id, for the spread.
        decided: field to the standing that holds.
        last: the ISO day of the last talk, or "".
        unanswered: on how many days the user wrote since they last did.
        days: between talks, by tier letter.
    """
    nothing = Standing()
    tier = decided.get("tier", nothing)
    # Whom one reads is never due.
    reading = decided.get("reading", nothing).value
    own = "0" if reading else decided.get("cadence", nothing).value
    due = cadence.due_on(
        tier.value,
        int(own) if own else None,
        date.fromisoformat(last) if last else None,
        date.fromisoformat(tier.day) if tier.day else None,
        person,
        days,
        unanswered,
    )
    every = int(own) if own else days.get(tier.value, 0)
    return Rhythm(every, due.isoformat() if due else "")


def tell_all(
    connection: Connection,
    settings: Settings,
    today: date,
    progress: Callable[[int], None] = lambda _done: None,
) -> int:
    """Tell every row anew what the choices say of it.

    Args:
        connection: the writing connection.
        settings: cadences and weights.
        today: for evidence that ages.
        progress: called with how many people were looked at, now and then.

    Returns:
        How many rows are others now.
    """
    city = home.city(connection)
    after = told = looked = 0
    while rows := connection.execute(_ROWS, {"after": after}).fetchall():
        decided = _decided(connection, rows)
        new = list(_changed(rows, decided, settings, today, city))
        connection.executemany(_TELL, new)
        after, told, looked = rows[-1][0], told + len(new), looked + len(rows)
        progress(looked)
    return told


def _decided(connection: Connection, rows: Sequence[Any]) -> dict[int, dict[str, Standing]]:
    """Person to field to the standing that holds."""
    found: dict[int, list[Standing]] = defaultdict(list)
    for person, *rest in connection.execute(_DECIDED, {"first": rows[0][0], "last": rows[-1][0]}):
        found[person].append(Standing(*rest))
    merged = [row[0] for row in rows if row[1] > 1]
    chosen = choices.of(connection, merged) if merged else {}
    return {person: standings.shown(held, chosen.get(person, ())) for person, held in found.items()}


def _changed(
    rows: Sequence[Any],
    decided: Mapping[int, dict[str, Standing]],
    settings: Settings,
    today: date,
    city: str,
) -> Iterator[tuple[int, str, int, int]]:
    for person, _cards, talked, unanswered, days, due, score, *known in rows:
        new = rhythm(person, decided.get(person, {}), talked, unanswered, settings.cadence)
        points = evidence.score(Evidence._make(known), settings.weights, today, city)
        if (*new, points) != (days, due, score):
            yield (*new, points, person)
