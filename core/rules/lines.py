"""One typed line taken apart: ``yesterday coffee in Bern``, ``3m let her settle in``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import UsageError
from core.rules import when
from core.rules.partial_dates import MONTH_WORDS
from core.text import fold

if TYPE_CHECKING:
    from datetime import date

_WORDS: Final = {
    "mail": "mail mails email e-mail mailed emailed e-mailed letter",
    "call": "call calls called phone phoned rang zoom skype facetime teams video",
    "meeting": "met meet meeting conference party bumped ran walk walked "
    "coffee tea beer beers wine drink drinks breakfast brunch lunch dinner",
    "visit": "visit visits visited stayed",
    "message": "message messaged text texted sms dm chat chatted wrote pinged "
    "whatsapp signal telegram",
    "note": "note note: noted remember",
}
"""Kind of talk to the words that tell it; the first of them in the line decides."""
_KINDS: Final = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_OUT: Final = frozenset(
    {"sent", "wrote", "mailed", "emailed", "e-mailed", "texted", "messaged", "pinged"}
)
_IN: Final = frozenset({"got", "received", "heard"})
_SPANS: Final = frozenset(
    {"day", "days", "week", "weeks", "month", "months", "year", "years", "mo"}
)
_MOST_WORDS: Final = 3


class Said(NamedTuple):
    """What a line about a talk says; `its fields are those of a `Talk`."""

    day: date
    kind: str
    direction: str
    text: str


def talk(line: str, today: date) -> Said:
    """A line about a talk: an optional day first, the kind guessed from its words.

    Args:
        line: such as ``yesterday coffee in Bern`` or ``got a mail: she moves``.
        today: the day it is typed.
    """
    day, text = _leading_day(line, today, "past")
    if day is None or day > today:
        day, text = today, line.strip()
    words = [word.strip(".,;:!?\"'()") for word in fold(text[:500]).split()]
    kind = next((_KINDS[word] for word in words if word in _KINDS), "message")
    return Said(day, kind, _direction(words, kind), text)


def wait(line: str, today: date) -> tuple[date, str]:
    """Until when somebody rests, and why: ``3m let her settle in``.

    Raises:
        UsageError: the line begins with no day.
    """
    day, why = _leading_day(line, today, "future")
    if day is None:
        first = line.split(maxsplit=1)
        if not first:
            raise UsageError("until when? try fri, +2w, 24 dec or 2026-12-24")
        return when.parse_day(first[0], today), " ".join(first[1:])
    return day, why


def _direction(words: list[str], kind: str) -> str:
    if kind == "note":
        return "none"
    if words and kind in {"mail", "message"}:
        if words[0] in _OUT:
            return "out"
        if words[0] in _IN:
            return "in"
    return "both"


def _leading_day(line: str, today: date, prefer: when.Prefer) -> tuple[date | None, str]:
    """The day that the first words name, longest first, and the rest of the line."""
    for count in range(_MOST_WORDS, 0, -1):
        words = line.split(maxsplit=count)
        head = words[:count]
        if len(head) < count or (prefer == "past" and _is_talk_of_time(head)):
            continue
        try:
            day = when.parse_day(" ".join(head), today, prefer=prefer)
        except UsageError:
            continue
        return day, "".join(words[count:]).strip()
    return None, line.strip()


def _is_talk_of_time(head: list[str]) -> bool:
    """Whether words are more likely what was said than when: ``may``, ``3 days of hiking``."""
    words = [fold(word) for word in head]
    if len(words) == 1:
        return words[0] in MONTH_WORDS
    return not _SPANS.isdisjoint(words) and words[-1] != "ago" and words[0] != "last"
