"""What the talks with a person teach, as it was found when they came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from core.storage.driver import Connection


class Taught(NamedTuple):
    """What is known of the talks with somebody; days are ISO text or "".

    Attributes:
        ins: talks in which they spoke; `outs` those in which the user did.
        channel: the usual one, or "".
        hours: when they write, as ``18-21`` in the user's local time, or "".
        gap_days: usual days from one day with talk to the next, or 0.
        quiet_on: the first day on which the silence is beyond that.
        unanswered: days on which the user wrote since they last did.
        wrote_on: the day of their newest word that wants an answer.
    """

    last_in: str = ""
    last_out: str = ""
    ins: int = 0
    outs: int = 0
    channel: str = ""
    hours: str = ""
    gap_days: int = 0
    quiet_on: str = ""
    unanswered: int = 0
    wrote_on: str = ""


def taught(connection: Connection, person: int) -> Taught:
    """What is known of the talks with a person; nothing of one who is not in the book."""
    row = connection.execute(
        """SELECT last_in, last_out, talks_in, talks_out, usual, hours, gap, quiet_on, unanswered,
          wrote_on FROM person_row
        WHERE id = (SELECT person_id FROM card WHERE id = :person)""",
        {"person": person},
    ).fetchone()
    return Taught(*row) if row else Taught()
