"""What to know of somebody in the minute before writing or calling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.queries import focus, opt_outs, promises
from core.queries import person as person_query
from core.rules import focus as rule
from core.rules import ways
from core.rules.focus import FocusRow

if TYPE_CHECKING:
    from datetime import date

    from core.queries.opt_outs import OptOutLine
    from core.queries.person import PersonView
    from core.queries.promises import PromiseLine
    from core.storage.driver import Connection

TALKS: Final = 12
"""So many of the newest talks are read."""
_SUGGESTED: Final = """SELECT s.why, s.channel
    FROM suggestion AS s JOIN card ON card.id = s.card_id
    WHERE card.person_id = :person AND s.day = :today ORDER BY s.place LIMIT 1"""


class Contact(NamedTuple):
    """A person before they are contacted.

    Attributes:
        why: why they stand on the list of today; "" if they do not.
        channel: by which to reach them, as of a row of the list; "" if no way is left.
        other: that what was tried brought no answer, and what might; or "".
        unanswered: days on which the user wrote since they last did.
        last_in: the day of their newest word; "" for none.
        zone: the IANA name of the zone they are in, or "".
        hours: when they usually write, by the user's clock, such as ``18-21``; or "".
        view: the person, with the newest talks.
        said: what they want and do not want.
        owed: promises that are open.
    """

    id: int
    name: str
    why: str
    channel: str
    other: str
    unanswered: int
    last_in: str
    zone: str
    hours: str
    view: PersonView
    said: tuple[OptOutLine, ...]
    owed: tuple[PromiseLine, ...]


def contact(connection: Connection, person: int, today: date) -> Contact | None:
    """What to know of a person; None if there is no such person."""
    view = person_query.view(connection, person, log_limit=TALKS)
    known = focus.candidate(connection, person)
    if view is None or known is None:
        return None
    way = rule.channel(
        *(known.email, known.phone, known.sources, known.never, known.prefers, known.usual)
    )
    row = FocusRow(
        *(person, known.name, known.tier, "", way, known.due, known.org, known.title, 0),
        done=False,
        kind="late",  # of which another way is told in words
        unanswered=known.unanswered,
    )
    row = focus.another_way(connection, row, known)
    planned = connection.execute(
        _SUGGESTED, {"person": person, "today": today.isoformat()}
    ).fetchone()
    why, suggested = planned or ("", "")
    wanted = suggested and ways.allowed(known.never, suggested)
    return Contact(
        person,
        known.name,
        why,
        suggested if wanted else row.channel,
        "" if why == row.why else row.why,
        known.unanswered,
        known.last_in,
        known.zone,
        known.hours,
        view,
        opt_outs.of_person(connection, person),
        promises.of_person(connection, person),
    )
