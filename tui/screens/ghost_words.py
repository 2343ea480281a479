"""The words of those you talk with who are not in your book: a row each, and what is known."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Final

from core.rules import kinds
from tui import safe, words
from tui.theme import LOUD, QUIET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from textual.content import Content

    from core.queries.ghosts import Ghost

READING: Final = "reading the book…"
EMPTY: Final = dedent("""\
    Everybody you talk with is in your book, or was left out of it.

    7   brings more talks in: a mailbox, WhatsApp, Telegram, LinkedIn messages …
    q   goes back""")
_NUMBER, _DAY, _WAYS = 6, 8, 24
_WIDE: Final = 100
_NAME_LEAST, _NAME_MOST = 16, 30
_LINE: Final = 300


def header(width: int) -> Content:
    """The line above the rows."""
    return safe.columns(
        width - 1,
        safe.Column("who", _name_room(width)),
        safe.Column("name or address"),
        *([safe.Column("by", _WAYS)] if width >= _WIDE else ()),
        safe.Column(words.ARROWS["in"], _NUMBER, right=True),
        safe.Column(words.ARROWS["out"], _NUMBER, right=True),
        safe.Column("last", _DAY, right=True),
    )


def row(ghost: Ghost, width: int, today: date) -> Content:
    """One of them in a line: name, address, talks in and out, the last day."""
    perhaps = f"perhaps: {_perhaps(ghost)}" if ghost.perhaps else ""
    return safe.columns(
        width - 1,
        safe.Column(name(ghost), _name_room(width)),
        safe.Column(words.dotted(perhaps, _by(ghost)), 0, "" if perhaps else QUIET),
        *([safe.Column(_ways(ghost), _WAYS, QUIET)] if width >= _WIDE else ()),
        safe.Column(f"{ghost.ins:,}", _NUMBER, right=True),
        safe.Column(f"{ghost.outs:,}", _NUMBER, right=True),
        safe.Column(words.day(ghost.last, today), _DAY, QUIET, right=True),
    )


def name(ghost: Ghost) -> str:
    """What somebody is called: as the talks show it, else the address."""
    return ghost.name or ghost.value


def about(ghost: Ghost | None, today: date) -> Content:
    """What is known of one of them, below the list."""
    return safe.lines(*_about(ghost, today)) if ghost else safe.line()


def told(count: int, listed: int, marked: int) -> Content:
    """The line above: how many there are, how many are shown and marked."""
    if not count:
        return safe.line(" nobody is missing in your book")
    those = "1 person you talk with is" if count == 1 else f"{count:,} people you talk with are"
    most = f", here the {listed:,} you talk with most" if listed < count else ""
    marks = (f" · {marked:,} marked", LOUD) if marked else ""
    return safe.line(f" {those} not in your book{most}", marks)


def _about(ghost: Ghost, today: date) -> Iterator[safe.Part]:
    yield (safe.cut(name(ghost), 60), LOUD)
    yield (f"  {safe.cut(words.dotted(_by(ghost), _ways(ghost)), 120)}\n", QUIET)
    if ghost.line:
        when = words.day(ghost.last, today)
        yield f"{when} {words.arrow(ghost.way)} “{safe.cut(ghost.line, _LINE)}”\n"
    if ghost.perhaps:
        yield f"perhaps {safe.cut(_perhaps(ghost), 120)}, who is in your book: enter asks"


def _perhaps(ghost: Ghost) -> str:
    names = [shown for _person, shown in ghost.perhaps]
    same = len(set(names)) < len(names)
    return f"one of {len(names)} called {names[0]}" if same else " or ".join(names)


def _ways(ghost: Ghost) -> str:
    return ", ".join(words.named(one) for one in ghost.channels.split(",") if one)


def _by(ghost: Ghost) -> str:
    """The address that is talked with; of a display name nothing more is known."""
    if ghost.kind == kinds.NAME:
        return "a name only"
    service, colon, handle = ghost.value.partition(":")
    shown = f"{handle} on {words.named(service)}" if colon else ghost.value
    return shown if ghost.name or colon else ""


def _name_room(width: int) -> int:
    return max(_NAME_LEAST, min(_NAME_MOST, width // 3))
