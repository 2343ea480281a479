"""What the talks with somebody teach: how often, by which channel, at what hours, whose turn it is.

Nothing here is told by one talk: a rhythm needs four days with talk, hours need six messages.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import accumulate, pairwise
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_DAYS: Final = 25
"""Days with talk that a usual gap is made of, the newest."""
FEWEST_DAYS: Final = 4
_FORTNIGHT: Final = 14
_TWICE: Final = 2
_MOST_OF: Final = 0.9

_DAY: Final = 24
_FEWEST_SENT: Final = 6
_WIDEST: Final = 6
"""Hours: half of what somebody sends falls within so many, or they have no hours."""

_WRITTEN: Final = frozenset({"mail", "message"})


class Said(NamedTuple):
    """One talk, as far as turns go.

    Attributes:
        day: local, as ISO text.
        kind, direction: as of an interaction.
        aside: it was said to a group, or nobody answered the call: it is nobody's turn by it.
    """

    day: str
    kind: str
    direction: str
    aside: bool = False


class Turn(NamedTuple):
    """Whose turn it is.

    Attributes:
        unanswered: days on which the owner wrote since they last spoke.
        wrote_on: the day of their newest word that wants an answer, or "".
    """

    unanswered: int
    wrote_on: str


def usual_gap(days: Sequence[date]) -> int:
    """The usual number of days from one day with talk to the next.

    Args:
        days: with talk, each once, newest first; the newest `MOST_DAYS` count.

    Returns:
        The median, rounded up; 0 for fewer than `FEWEST_DAYS`.
    """
    gaps = _gaps(days)
    return -int(-median(gaps) // 1) if gaps else 0


def quiet_on(days: Sequence[date]) -> date | None:
    """The first day on which the silence is beyond what is usual between the two.

    That is more than a fortnight, than twice the usual gap, and than nine in ten of the gaps.

    Args:
        days: as of `usual_gap`.

    Returns:
        None where nothing is usual.
    """
    gaps = sorted(_gaps(days))
    if not gaps:
        return None
    most = gaps[min(int(len(gaps) * _MOST_OF), len(gaps) - 1)]
    silence = max(_TWICE * usual_gap(days), most, _FORTNIGHT)
    try:
        return days[0] + timedelta(days=silence + 1)
    except OverflowError:
        return None


def _gaps(days: Sequence[date]) -> list[int]:
    if len(days) < FEWEST_DAYS:
        return []
    newest = days[:MOST_DAYS]
    return [(day - before).days for day, before in pairwise(newest)]


def usual_channel(used: Iterable[tuple[str, str]]) -> str:
    """The channel of the most days; of several the one used last.

    Args:
        used: day and channel of each talk, newest first.
    """
    days = dict.fromkeys(used)
    counted = Counter(channel for _, channel in days if channel)
    # Of equal counts the first met comes first.
    return counted.most_common(1)[0][0] if counted else ""


def usual_hours(hours: Sequence[int]) -> str:
    """The hours within which somebody mostly writes, such as ``18-21`` or ``22-1``.

    Args:
        hours: of each of their messages, 0 to 23.

    Returns:
        The shortest span that holds more than half of them; "" for fewer than six messages, or
        where that span is longer than six hours.
    """
    if len(hours) < _FEWEST_SENT:
        return ""
    sent = [0] * _DAY
    for hour in hours:
        sent[hour] += 1
    upto = [0, *accumulate(sent * 2)]  # twice around the clock: a span may pass midnight
    for width in range(1, _WIDEST + 1):
        most, start = max((upto[at + width] - upto[at], -at) for at in range(_DAY))
        if 2 * most > len(hours):
            return f"{-start}-{(width - start) % _DAY}"
    return ""


def turn(talks: Iterable[Said]) -> Turn:
    """Whose turn it is.

    Calls and meetings that came about need no answer, and are one.

    Args:
        talks: newest first.
    """
    wrote: dict[str, None] = {}
    waiting = ""
    ended = answered = False  # my words since theirs are counted; their words are answered
    for one in talks:
        mine, theirs = one.direction == "out", one.direction == "in"
        if not (mine or theirs or one.direction == "both"):
            continue
        written = one.kind in _WRITTEN
        if one.aside:
            ended = ended or theirs
        elif mine and written:
            if not ended:
                wrote[one.day] = None
            answered = True
        elif theirs and written:
            ended = True
            if not answered:
                waiting = waiting or one.day
            answered = True
        else:
            ended = answered = True
        if ended and answered:
            break
    return Turn(len(wrote), waiting)
