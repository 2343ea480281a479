"""The words of the Log screen: one row a talk, the line that was found, a conversation."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Final

from tui import safe, words
from tui.theme import HIT, QUIET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from textual.content import Content

    from core.queries.talks import Hit

HINT: Final = 'words with: channel: on: before: after: tier: from:me "phrase" -not'
"""What stands in the empty box."""

EMPTY: Final = dedent("""\
    No talk is in the book yet.

    7   brings them in: a mailbox, WhatsApp, LinkedIn messages, a calendar …
    l   on a person or on Focus writes one by hand, in one line""")

NOT_FOUND: Final = dedent("""\
    Nothing was said of “{}”.

    Fewer words find more; esc shows all talks again.
    with:anna  channel:mail  kind:call  on:2024-05  before:2023  after:monday
    tier:a  from:me  from:anna  "words together"  -without""")

_DAY, _ARROW = 8, 1
_WHO_LEAST, _WHO_MOST = 10, 24
_BEFORE: Final = 3
"""Cells that stand before the first word found, in parts of the room."""
_MINE: Final = "you"

Places = tuple[tuple[int, int], ...]


def header(width: int) -> Content:
    """The line above the talks."""
    who = _who_room(width)
    return safe.columns(
        width - 1,
        safe.Column("day", _DAY, right=True),
        safe.Column("", _ARROW),
        safe.Column("channel", words.WAY),
        safe.Column("who", who),
        safe.Column("what was said"),
    )


def row(hit: Hit, width: int, today: date, *, marked: bool) -> Content:
    """A talk in one line: day, arrow, channel, who, and the line that was found.

    Args:
        hit: the talk.
        width: cells.
        today: for the day.
        marked: underline what was found; its places do not fit stand-ins.
    """
    who = _who_room(width)
    left = safe.columns(
        _DAY + _ARROW + words.WAY + who + 3,
        safe.Column(words.day(hit.day, today), _DAY, QUIET, right=True),
        safe.Column(words.arrow(hit.direction), _ARROW, "bold $primary"),
        safe.Column(words.way(hit.kind, hit.channel), words.WAY, QUIET),
        safe.Column(names(hit.people) or hit.subject, who),
    )
    room = width - 1 - safe.cells(left.plain) - 1
    return safe.line(left, " ", *_told(hit, max(0, room), marked=marked))


def nothing(text: str) -> str:
    """What an empty list says: that a search found nothing, or how to get talks."""
    return NOT_FOUND.format(safe.cut(text, 40)) if text.strip() else EMPTY


def names(people: Sequence[tuple[int, str]]) -> str:
    """Who took part: ``Ada Wong``, ``Ada Wong, Ben Ortiz``."""
    return ", ".join(name for _person, name in people)


def count(shown: int, strangers: int, *, more: bool) -> str:
    """How many talks are listed: ``12 talks``, ``1,200+ talks · 31 not in your book``."""
    talks = f"{shown:,}+ talks" if more else words.many(shown, "talk")
    return f"{talks} · {strangers:,} not in your book" if strangers else talks


def _who_room(width: int) -> int:
    return max(_WHO_LEAST, min(_WHO_MOST, width // 5))


def _told(hit: Hit, room: int, *, marked: bool) -> Iterator[safe.Part]:
    """The line that was found, from where its first word is in sight; with it the subject."""
    subject = hit.subject if hit.people and hit.subject != hit.line else ""
    found = hit.found if marked else ()
    if subject and not found and hit.kind != "message":  # a mail begins with a greeting
        yield from _fitting([(subject, ""), (" · ", QUIET), (hit.line, QUIET)], room)
        return
    line, places = _in_sight(hit.line, found, room)
    pieces = marked_in(line, places)
    if subject:
        pieces.append((f" · {subject}", QUIET))
    yield from _fitting(pieces, room)


def _in_sight(line: str, found: Places, room: int) -> tuple[str, Places]:
    if not found or safe.cells(line[: found[0][1]]) <= room:
        return line, found
    first, last = found[0]
    start = max(0, first - room // _BEFORE)
    if safe.cells(line[start:last]) >= room:  # wide letters
        start = first
    return "…" + line[start:], tuple((a - start + 1, b - start + 1) for a, b in found)


def marked_in(line: str, places: Places) -> list[tuple[str, str]]:
    """The line, what was found in it apart: underlined, so not told by colour alone."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for start, end in places:
        pieces += [(line[at:start], ""), (line[start:end], HIT)]
        at = end
    return [*pieces, (line[at:], "")]


def _fitting(pieces: Sequence[tuple[str, str]], room: int) -> Iterator[tuple[str, str]]:
    """As many of the pieces as there is room for, the last one cut."""
    for data, style in pieces:
        if room <= 0:
            return
        shown = safe.cut(data, room)
        yield shown, style
        room -= safe.cells(shown)
