"""The words of the Focus screen; the rows and numbers come from `core.queries.focus`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import reach
from core.rules.focus import talk_by
from core.rules.when import short
from tui import safe, words
from tui.theme import LOUD, QUIET, TIER
from tui.widgets.key_line import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from textual.content import Content

    from core.queries.brought import Brought
    from core.queries.focus import FocusDay
    from core.rules.focus import FocusRow
    from core.rules.reach import Reach

AIM: Final = 80
"""Percent of the talks that the vital few should have."""

_NUMBERS: Final = "none one two three four five six seven eight nine ten".split()  # noqa: SIM905 — reads best
_LEAST_NAME, _MOST_NAME, _WHY = 18, 30, 36
_MOST_NAMES: Final = 12


class Cells(NamedTuple):
    """Cells for the columns of a day's rows.

    Attributes:
        name: the longest name.
        way: the longest way with its hour.
    """

    name: int = 0
    way: int = 0


def columns(rows: Sequence[FocusRow], now: datetime) -> Cells:
    """What the rows of a day need."""
    names = (safe.cells(line.name) for line in rows)
    told = (safe.cells(ways(line, now)[0]) for line in rows)
    return Cells(max(names, default=0), max(told, default=0))


def row(line: FocusRow, width: int, now: datetime, cells: Cells) -> Content:
    """Tier, name, why, channel and the hour there, which gives way to a long why."""
    room = width - 2 - 3 - cells.way
    name = max(1, min(cells.name, max(_LEAST_NAME, min(_MOST_NAME, room - _WHY))))
    quiet = QUIET if line.done else ""
    left = width - 2 - 3 - name - safe.cells(line.why)
    forms = ways(line, now)
    told = next((form for form in forms if safe.cells(form) <= left), forms[-1])
    # Below one another, but for one that a long reason pushes to the edge.
    room = max(safe.cells(told), min(cells.way, left))
    return safe.columns(
        width,
        safe.Column(line.tier, 2, TIER[line.tier]),
        safe.Column(line.name, name, quiet),
        safe.Column(line.why, 0, quiet),
        safe.Column(told, max(1, min(room, width // 3)), QUIET, right=room < cells.way),
    )


def ways(line: FocusRow, now: datetime) -> tuple[str, ...]:
    """How, and what the clock says there, in ever fewer words.

    Such as ``call · 04:12 asleep``, ``call · asleep``, ``call``.
    """
    told = words.way(*talk_by(line.channel)) if line.channel else ""
    found = reach.of_row(line, now)
    if found.there is None:
        return (told,)
    short_hour = "asleep" if found.when == reach.ASLEEP else f"{found.there:%H:%M}"
    forms = (words.dotted(told, hour(found)), words.dotted(told, short_hour), told)
    return tuple(dict.fromkeys(forms))


def hour(found: Reach) -> str:
    """Their time of day: ``09:12 there``, ``10:12`` where it is the user's own; or ""."""
    if found.there is None:
        return ""
    asleep = " asleep" if found.when == reach.ASLEEP else ""
    return f"{found.there:%H:%M}{asleep or (' there' if found.away else '')}"


def summary(day: FocusDay, width: int) -> tuple[Piece, ...]:
    """The day, how much of it is done, and who is kept back; shorter where room is short."""
    date = f"{words.weekday(day.day)} {short(day.day, day.day)}"
    if not day.rows:
        return (Piece(f" {date}"),)
    if day.done == len(day.rows):
        return (Piece(" "), *_finished(day))
    start: tuple[Piece, ...] = (
        Piece(f" {date} · "),
        Piece(f"{day.done} of {len(day.rows)} done", LOUD),
    )
    more = sum(day.kept_back.values())
    if not more:
        return (*start, Piece(" · nobody else is due", QUIET))
    tiers = ", ".join(f"{count:,} {tier}" for tier, count in day.kept_back.items() if count)
    said = f" · {more:,} more {_are(more)} due"
    for told, offer in ((f"{said}: {tiers}  ", True), (f"{said}  ", True), (said, False)):
        offered = _offer("takes the next") if offer else ()
        pieces = (*start, Piece(told, QUIET), *offered)
        if sum(safe.cells(piece.words) for piece in pieces) <= width:
            return pieces
    return start


def _finished(day: FocusDay) -> tuple[Piece, ...]:
    done = _in_words(len(day.rows))
    more = sum(day.kept_back.values())
    rest: tuple[Piece, ...] = (Piece(". Nobody else is due. ", QUIET),)
    if more:
        rest = (
            Piece(f". {more:,} more {_are(more)} due ", QUIET),
            *_offer("takes the next"),
            Piece(". ", QUIET),
        )
    quit_ = (Piece("q", "bold $primary", "q"), Piece(" quits.", QUIET, "q"))
    return (Piece(f"Done for today: {done} of {done}", LOUD), *rest, *quit_)


def _offer(words: str) -> tuple[Piece, ...]:
    return (Piece("(", QUIET), Piece("m", "bold $primary", "m"), Piece(f" {words})", QUIET, "m"))


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _in_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def stale(day: FocusDay) -> tuple[Piece, ...]:
    """Which lists have grown old, and the key that brings newer ones; empty for none."""
    if not day.stale:
        return ()
    twice = Counter(one.kind for one in day.stale)
    told: list[str] = []
    for one in day.stale:
        account = f" ({one.account})" if twice[one.kind] > 1 and one.account else ""
        verb = "" if told else " is"
        days = words.many(one.days, "day") + " old" if not told else f"{one.days:,}"
        told.append(f"{words.named(one.kind)}{account}{verb} {days}")
    return (Piece(f" {', '.join(told)}: ", QUIET), Piece("7", "bold $primary", "7"))


def brought(found: Brought) -> str:
    """What the day brought, in a sentence: whom, by which ways, and what was promised."""
    if not found.people:
        return ""
    names = ", ".join(found.people[:_MOST_NAMES])
    more = len(found.people) - _MOST_NAMES
    names += f" and {more:,} more" if more > 0 else ""
    ways: Counter[str] = Counter()
    for talked in found.talks:
        by = words.way(talked.kind, talked.channel)
        ways[by if by.islower() else f"{by} message"] += talked.talks
    told = ", ".join(words.many(count, by) for by, count in ways.most_common())
    kept = f"{words.many(found.kept, 'promise')} kept" if found.kept else ""
    made = f"{words.many(found.made, 'promise')} made" if found.made else ""
    return words.dotted(f"Today brought {told}", kept, made) + f": {names}."


def shares(day: FocusDay) -> str:
    """Whether the vital few have most of the talks; "" while nobody is sorted."""
    if not day.few_people:
        return ""
    return (
        f"A+B: {day.few_people} % of the people you keep · "
        f"{day.few_talks} % of 30 days' talks · aim {AIM} %"
    )


def nobody(day: FocusDay) -> str:
    """What an empty list says, and what to do next."""
    if not day.people:
        return words.EMPTY_BOOK
    if day.unsorted == day.people:
        return (
            f"{day.people:,} {'person' if day.people == 1 else 'people'}, none sorted.\n\n"
            "2 sorts; ten minutes give a first list."
        )
    more = f"\n\n2 sorts the {day.unsorted:,} who are not sorted yet." if day.unsorted else ""
    return f"Nobody is due today.{more}\n4 shows everybody."
