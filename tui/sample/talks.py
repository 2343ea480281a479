"""Two years of talks, in the rhythm of each friendship."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.commands.log_talk import Talk
from tui.sample.words import CIRCLES, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from random import Random

    from tui.sample.somebody import Somebody
    from tui.sample.words import Line

SPAN: Final = 730
"""Days that the book looks back."""

_AT_WORK: Final = frozenset({"clients", "conference", "colleagues"})
_MORNING, _EVENING = 8, 20
_FRIDAY: Final = 4
_STRIDE: Final = 11  # prime to the length of each circle, so that neighbours differ


class Said(NamedTuple):
    """One talk to log: who (a place in the cast), days ago, what."""

    who: int
    ago: int
    line: Line


def talks(dice: Random, people: Sequence[Somebody], today: date) -> list[Said]:
    """Every talk of the cast, the oldest first.

    Args:
        dice: the same seed gives the same talks.
        people: the cast.
        today: weekends are counted from it; work rests on them.
    """
    found = [
        said
        for who, one in enumerate(people)
        for said in (*_written(who, one), *_usual(dice, who, one, today))
    ]
    return sorted(found, key=lambda said: (-said.ago, said.who))


def talk(said: Said, person: int, way: str, now: datetime, dice: Random) -> Talk:
    """The talk as the book logs it, so many days before `now`, at some hour.

    Args:
        said: what.
        person: the id.
        way: the network by which messages go with that person, or "".
        now: the moment of the book.
        dice: for the hour.
    """
    day = now.date() - timedelta(days=said.ago)
    hour = time(dice.randrange(_MORNING, _EVENING), dice.randrange(0, 60, 5), tzinfo=now.tzinfo)
    channel = {"call": "phone", "message": way}.get(said.line.kind, "")
    return Talk(
        (person,),
        day,
        said.line.kind,
        said.line.direction,
        channel,
        said.line.text,
        datetime.combine(day, hour),
    )


def _written(who: int, one: Somebody) -> Iterator[Said]:
    for written in one.said.strip().splitlines():
        ago, text = written.split(" ", 1)
        yield Said(who, int(ago), line(text))


def _usual(dice: Random, who: int, one: Somebody, today: date) -> Iterator[Said]:
    """The ordinary talks, from the last one back; each of the circle's lines once, in its order."""
    if not one.circle or not one.every:
        return
    lines = CIRCLES[one.circle]
    end = who * _STRIDE % len(lines)
    ago = one.last
    for back in range(min(one.most, len(lines))):
        if ago > SPAN:
            return
        yield Said(who, _at_work(ago, today) if one.circle in _AT_WORK else ago, lines[end - back])
        ago += max(2, round(dice.gauss(one.every, one.every / 3)))


def _at_work(ago: int, today: date) -> int:
    """Days ago of the last working day up to then."""
    return ago + max((today - timedelta(days=ago)).weekday() - _FRIDAY, 0)
