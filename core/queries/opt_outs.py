"""What was said about how to contact a person, with who said it and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.rules.opt_outs import CHANNELS, RULES

if TYPE_CHECKING:
    from core.storage.driver import Connection


class OptOutLine(NamedTuple):
    """One word of theirs: never, or prefer, a channel; `day` is ISO text."""

    channel: str
    rule: str
    said_by: str
    day: str


def of_person(connection: Connection, person: int) -> tuple[OptOutLine, ...]:
    """What holds for a person over all their entries, each channel and rule once, oldest word."""
    rows = connection.execute(
        """SELECT o.channel, o.rule, o.said_by, o.day FROM card
        JOIN opt_out AS o ON o.card_id = card.id
        WHERE card.person_id = :person ORDER BY o.day DESC, o.id DESC""",
        {"person": person},
    )
    found = {(row[0], row[1]): OptOutLine(*row) for row in rows}
    return tuple(
        sorted(found.values(), key=lambda one: (RULES.index(one.rule), CHANNELS.index(one.channel)))
    )


def opted_out(connection: Connection) -> dict[int, str]:
    """Everybody who does not want some channel: id to the channels, as `allows` reads them."""
    return dict(connection.execute("SELECT id, never FROM person_row WHERE never <> ''").fetchall())
