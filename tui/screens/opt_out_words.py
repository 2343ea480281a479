"""What opt-outs are offered, how a line says who said so, and how they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.errors import UsageError
from core.rules import opt_outs, when
from core.rules.opt_outs import EVERY, NEVER, PREFER
from core.rules.partial_dates import MONTH_WORDS
from core.text import fold
from tui import words
from tui.screens.person_rows import Row
from tui.widgets.choose import Option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.queries.opt_outs import OptOutLine

_LETTERS = {"mail": "m", "phone": "p", "message": "s", "post": "o", "visit": "v", EVERY: "a"}
_MOST_WORDS = 3
_WHERE = frozenset({"at", "in", "on", "by", "during", "when"})


class Word(NamedTuple):
    """Something that can be said of a channel; channel "" asks for it.

    Attributes:
        told: it in words.
        take_off: it is said no longer.
    """

    channel: str
    rule: str
    told: str
    take_off: bool = False


def first(said: Sequence[OptOutLine]) -> list[Option[Word]]:
    """What `!` offers: never by each way, a preference, and taking off what was said."""
    there = {(one.channel, one.rule): one for one in said}
    options = [
        Option(
            _LETTERS[channel],
            _told(channel, NEVER),
            Word(channel, NEVER, _told(channel, NEVER)),
            "said already" if (channel, NEVER) in there else "",
        )
        for channel in opt_outs.CHANNELS
    ]
    prefers = next((one.channel for one in said if one.rule == PREFER), "")
    about = f"now {prefers}" if prefers else ""
    options.append(Option("r", "prefers …", Word("", PREFER, "prefers"), about))
    if said:
        options.append(Option("t", "take off …", Word("", NEVER, "take off", take_off=True)))
    return options


def preferred() -> list[Option[Word]]:
    """The ways that can be preferred."""
    return [
        Option(_LETTERS[channel], channel, Word(channel, PREFER, _told(channel, PREFER)))
        for channel in opt_outs.CHANNELS
        if channel != EVERY
    ]


def taken_off(said: Sequence[OptOutLine]) -> list[Option[Word]]:
    """What was said, to be taken off."""
    return [
        Option(
            str(number),
            told := _told(one.channel, one.rule),
            Word(one.channel, one.rule, told, take_off=True),
        )
        for number, one in enumerate(said, 1)
    ]


def said_by(line: str, *, today: date) -> tuple[tuple[str, str], str]:
    """Who said so and on which day, and both in words: ``she, 3 nov``; "" is you, today.

    The day stands at the end or at the front, or alone.

    Raises:
        UsageError: the day is still to come.
    """
    who, day = _split(line, today)
    if day > today:
        raise UsageError("it was said on a day that has come; or leave the day out")
    told = words.day(day.isoformat(), today) if day != today else "today"
    return (who, day.isoformat()), f"{_source(who)}, {told}"


def rows(said: Sequence[OptOutLine], today: date) -> list[Row]:
    """The rows of a person's page: ``opt-out  never phone   said by her, 3 Nov``."""
    return [
        Row(
            place,
            "" if place else "opt-out",
            told := _told(one.channel, one.rule),
            f"{_source(one.said_by)}, {words.day(one.day, today)}",
            value=told,
        )
        for place, one in enumerate(said)
    ]


def _source(who: str) -> str:
    """``said by her``, ``said at the meeting``."""
    first = who.partition(" ")[0].lower()
    return f"said {who}" if first in _WHERE else f"said by {who or 'you'}"


def _told(channel: str, rule: str) -> str:
    if rule == PREFER:
        return f"prefers {channel}"
    return "never contact" if channel == EVERY else f"never {channel}"


def _split(line: str, today: date) -> tuple[str, date]:
    """The words and the day; the longest run of words that is a day, at the end or the front."""
    pieces = line.replace(",", " ").split()
    for count in range(min(_MOST_WORDS, len(pieces)), 0, -1):
        for head, day in (
            (pieces[:-count], pieces[-count:]),
            (pieces[count:], pieces[:count]),
        ):
            if fold(" ".join(day)) in MONTH_WORDS:  # rather somebody's name than a month
                continue
            try:
                said = when.parse_day(" ".join(day), today, prefer="past")
            except UsageError:
                continue
            return " ".join(head), said
    return line.strip().strip(","), today
