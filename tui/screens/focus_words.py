"""The words of the Focus screen; the rows and numbers come from `core.queries.focus`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.rules.focus import talk_by
from core.rules.when import short
from tui import safe, words
from tui.theme import LOUD, QUIET, TIER
from tui.widgets.key_line import Piece

if TYPE_CHECKING:
    from textual.content import Content

    from core.queries.focus import FocusDay
    from core.rules.focus import FocusRow

AIM: Final = 80
"""Percent of the talks that the vital few should have."""

_NUMBERS: Final = "none one two three four five six seven eight nine ten".split()  # noqa: SIM905 — reads best
_NAMES: Final = (14, 30)


def row(line: FocusRow, width: int) -> Content:
    """Tier, name, why, channel."""
    least, most = _NAMES
    name = max(least, min(most, width // 3))
    quiet = QUIET if line.done else ""
    way = words.way(*talk_by(line.channel)) if line.channel else ""
    return safe.columns(
        width,
        safe.Column(line.tier, 2, TIER[line.tier]),
        safe.Column(line.name, name, quiet),
        safe.Column(line.why, 0, quiet),
        safe.Column(way, words.WAY, QUIET),
    )


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
