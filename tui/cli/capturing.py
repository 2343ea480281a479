"""A talk as it is typed at a shell: ``anna yesterday coffee with ben !slides fri``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.commands.log_talk import Talk
from core.errors import NotFoundError
from core.queries import bearers, people
from core.rules import capture, when
from core.rules.lines import begins_talk
from tui.cli import who

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.queries.people import PersonLine
    from core.rules.capture import Named
    from core.storage.driver import Connection


def talk(
    view: Connection, words: Sequence[str], given: tuple[str, str, str], today: date
) -> tuple[Talk, tuple[str, ...]]:
    """The talk of a command line, and the names in it of people who are not in the book.

    Nobody is chosen among several: there is no preview to look at.

    Args:
        view: the book.
        words: who, as many words as their name has, then the line; or a line that begins with a
            day or a kind and names people.
        given: day, kind and direction by flags, "" where the words decide.
        today: the local day.

    Raises:
        VitalfewError: nobody is meant, or several may be.
    """
    on, kind, direction = given
    day = when.parse_day(on, today, prefer="past") if on else None
    known, rest = _who(view, words, today)
    line = capture.read(" ".join(rest), today, alone=not known, day=day, kind=kind)
    found = bearers.find(view, [one.words for one in line.mentions], begun=False)
    ids = [one.id for one in known]
    named = capture.settle(line, found, ids, today)
    taken = [_only(view, one, ids) for one in named if one.bearers]
    unknown = tuple(one.typed for one in named if one.unknown)
    if not (ids or taken or unknown):
        raise NotFoundError("with whom? such as: vitalfew log anna yesterday coffee")
    if line.only and named:
        ids = []
    made = Talk(
        tuple(dict.fromkeys((*ids, *taken))),
        line.day,
        line.kind,
        direction or line.direction,
        line.channel,
        line.text,
        names=unknown,
        owed=line.owed,
    )
    return made, unknown


def _who(view: Connection, words: Sequence[str], today: date) -> tuple[list[PersonLine], list[str]]:
    """Whom the first words mean, and the others; nobody if the line is one of a talk itself."""
    try:
        person, rest = who.leading(view, words)
    except NotFoundError:
        if begins_talk(" ".join(words), today):
            return [], list(words)
        raise
    return [person], rest


def _only(view: Connection, one: Named, at_hand: Sequence[int]) -> int:
    """The one person who bears a name: it is their whole name, or nobody else's."""
    level = one.bearers[0].level
    equal = [bearer.id for bearer in one.bearers if bearer.level == level]
    if one.taken is not None and (len(equal) == 1 or one.taken.id in at_hand):
        return one.taken.id
    raise who.ambiguous(one.typed, people.by_ids(view, equal))
