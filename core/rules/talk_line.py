"""One line about a talk, as people type it: ``yesterday coffee in Bern about the deck``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from core.errors import UsageError
from core.rules.when import parse_day, short
from core.text import fold

_KINDS: Final = {
    "mail": ("mail", "mailed", "email", "e-mail", "emailed", "wrote"),
    "message": ("message", "messaged", "texted", "chat", "chatted", "dm", "whatsapp", "signal"),
    "call": ("call", "called", "phone", "phoned", "rang", "zoom", "video"),
    "meeting": ("meeting", "met", "meet", "lunch", "coffee", "dinner", "beer", "breakfast", "walk"),
    "visit": ("visit", "visited", "party", "stayed"),
    "note": ("note",),
}
_WORDS: Final = {word: kind for kind, words in _KINDS.items() for word in words}
_INCOMING: Final = frozenset({"from", "replied", "answered", "got"})
_OUTGOING: Final = frozenset({"to", "wrote", "mailed", "emailed", "texted", "sent", "left"})
_DAY_WORDS: Final = 2


class TalkLine(NamedTuple):
    """What a line says.

    Attributes:
        day: the local day, today unless the line begins with another.
        kind: mail, message, call, meeting, visit or note.
        direction: in, out, both, or none for a note.
        text: the line without its day.
    """

    day: date
    kind: str
    direction: str
    text: str


def parse(line: str, today: date, kind: str = "message") -> TalkLine:
    """Understand a line.

    Args:
        line: an optional day (``yesterday``, ``fri``, ``-3d``, ``2 nov``), then what was said.
        today: what the days count from.
        kind: for a line that does not tell.

    Raises:
        UsageError: the day lies ahead.
    """
    words = line.split()
    day, taken = _day(words, today)
    if day > today:
        raise UsageError("a talk to come cannot be logged yet")
    text = " ".join(words[taken:])
    said = [fold(word.strip(".,;:!?")) for word in words[taken:]]
    found = next((_WORDS[word] for word in said if word in _WORDS), kind)
    return TalkLine(day, found, _direction(found, said), text)


def understood(talk: TalkLine, today: date) -> str:
    """The line in words, shown before enter: "a call, yesterday: about the deck"."""
    days = {today: "today", today - timedelta(days=1): "yesterday"}
    arrow = {"in": " from them", "out": " to them"}.get(talk.direction, "")
    about = f": {talk.text}" if talk.text else ""
    return f"{talk.kind}{arrow}, {days.get(talk.day) or short(talk.day, today)}{about}"


def _day(words: list[str], today: date) -> tuple[date, int]:
    for taken in range(min(_DAY_WORDS, len(words)), 0, -1):
        try:
            return parse_day(" ".join(words[:taken]), today, prefer="past"), taken
        except UsageError:
            continue
    return today, 0


def _direction(kind: str, said: list[str]) -> str:
    if kind == "note":
        return "none"
    if kind not in {"mail", "message"}:
        return "both"
    first = said[:2]
    if _INCOMING.intersection(first):
        return "in"
    return "out" if _OUTGOING.intersection(first) else "both"
