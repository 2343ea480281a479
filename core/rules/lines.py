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
    "call": "call calls called phone phoned rang zoom zoomed skype facetime teams video",
    "meeting": "met meet meeting conference party bumped ran walk walked "
    "coffee tea beer beers wine drink drinks breakfast brunch lunch dinner",
    "visit": "visit visits visited stayed",
    "message": "message messaged text texted sms dm chat chatted wrote pinged",
    "note": "note note: noted remember",
}
"""Kind of talk to the words that tell it; the first of them in the line decides."""
_KINDS: Final = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_ITSELF: Final = (
    "whatsapp signal telegram linkedin facebook instagram threema slack discord xing mastodon "  # noqa: SIM905 — reads best
    "wechat sms zoom skype facetime teams".split()
)
_NETWORKS: Final = {
    **{word: word for word in _ITSELF},
    "wa": "whatsapp",
    "tg": "telegram",
    "fb": "facebook",
    "messenger": "facebook",
    "insta": "instagram",
    "twitter": "x",
    "texted": "sms",
    "zoomed": "zoom",
}
"""Word to the channel it tells; of itself it is a message, unless the word is a kind's, too."""
_BARE: Final = {"mail": "mail email e-mail", "message": "message sms dm"}
"""Words that tell no more than the kind; of other kinds it is the kind's own name."""
_TOPIC: Final = frozenset({"about", "re", "re:", "regarding"})
"""What comes after these is what was spoken of, not how."""
_OUT: Final = frozenset(
    {"sent", "wrote", "mailed", "emailed", "e-mailed", "texted", "messaged", "pinged"}
)
_IN: Final = frozenset({"got", "received", "heard"})
_WAYS: Final = {"to": "out", "from": "in"}
_LAST: Final = frozenset({"today", "yesterday"})
_GOES_ON: Final = frozenset({"with", "about", "re", "re:", "at", "in"})
_SPOKEN_OF: Final = frozenset({"about", "of", "from", "for", "since", "until", "till", "by", "the"})
"""A day after one of these is not when it was."""
_SPANS: Final = frozenset(
    {"day", "days", "week", "weeks", "month", "months", "year", "years", "mo"}
)
_MOST_WORDS: Final = 3
_EARLY: Final = 40
_BY: Final = frozenset({"by", "due", "until", "till", "before", "on"})


class Said(NamedTuple):
    """What a line about a talk says; its fields are those of a `Talk`."""

    day: date
    kind: str
    direction: str
    text: str
    channel: str = ""


def talk(line: str, today: date) -> Said:
    """A line about a talk: an optional day first, last, or before what it goes on with.

    Args:
        line: such as ``yesterday coffee in Bern`` or ``got a mail: she moves``.
        today: the day it is typed.
    """
    day, text = _leading_day(line, today, "past")
    if day is None or day > today:
        day, text = _later_day(line.strip(), today)
    words = [word.strip(".,;:!?\"'()") for word in fold(text[:500]).split()]
    topic = next((at for at, word in enumerate(words) if word in _TOPIC), len(words))
    channel = next((_NETWORKS[word] for word in words[:topic] if word in _NETWORKS), "")
    asked = words[:topic] if channel else words
    kind = next((_KINDS[word] for word in asked if word in _KINDS), "message")
    if kind not in {"message", "call"}:
        channel = ""  # spoken of, not on
    return Said(day, kind, _direction(words, kind), text, channel)


def without_kind(said: Said) -> str:
    """The words of a talk without a first one that only repeats its kind or channel."""
    first, *rest = said.text.split(maxsplit=1)[:2] or [""]
    word = fold(first).strip(":,.;-")
    if word in {said.kind, *_BARE.get(said.kind, "").split()} or (
        said.channel and _NETWORKS.get(word) == said.channel
    ):
        return "".join(rest).lstrip(":-–— ")  # noqa: RUF001 — a dash as people type it
    return said.text


def begins_talk(line: str, today: date) -> bool:
    """Whether a line begins with a day, or with a word that tells how was talked."""
    day, text = _leading_day(line, today, "past")
    return day is not None or tells_kind(fold(text.split(maxsplit=1)[0] if text else ""))


def tells_kind(word: str) -> bool:
    """Whether a folded word tells the kind or the channel of a talk."""
    return word in _KINDS or word in _NETWORKS


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


def promise(line: str, today: date) -> tuple[str, str]:
    """What is promised, and by when: ``the deck fri``, ``intro to Ben by 24 dec``.

    The day stands at the end, or at the front; one gone by is part of what is promised unless a
    word such as ``by`` says otherwise, and so is a month alone.

    Returns:
        What, and the ISO day, "" for none.

    Raises:
        UsageError: nothing is promised.
    """
    words = line.split()
    due: date | None = None
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        before = words[-count - 1].lower().strip(",;:(")
        if due := _to_come(words[-count:], today, plainly=before in _BY):
            words = words[: -count - 1] if before in _BY else words[:-count]
            break
        told = words[0].lower() in _BY
        if due := _to_come(words[told : count + told], today, plainly=told):
            words = words[count + told :]
            break
    what = line.strip() if due is None else " ".join(words).strip(" ,;:")
    if not what or _to_come(what.split(), today, plainly=False):
        raise UsageError("what is promised? such as: the deck fri")
    return what, due.isoformat() if due else ""


def _to_come(words: list[str], today: date, *, plainly: bool) -> date | None:
    """The day that words name, if they can be meant as one by which; `plainly`: it is said so."""
    if len(words) > _MOST_WORDS or (not plainly and fold(" ".join(words)) in MONTH_WORDS):
        return None
    try:
        day = when.parse_day(" ".join(words).strip("(),;:!"), today)
    except UsageError:
        return None
    return day if plainly or day >= today else None


def _direction(words: list[str], kind: str) -> str:
    if kind == "note":
        return "none"
    if words and kind in {"mail", "message"}:
        if words[0] in _OUT:
            return "out"
        if words[0] in _IN:
            return "in"
        if len(words) > 1 and words[1] in _WAYS and (words[0] in _KINDS or words[0] in _NETWORKS):
            return _WAYS[words[1]]
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


def _later_day(line: str, today: date) -> tuple[date, str]:
    """The day at the end, or before ``with anna``; else today, and the rest of the line."""
    day, text = _last_day(line, today)
    words = line.split()
    for at, word in enumerate(words[:_EARLY]):
        if text == line and at > 1 and fold(word) in _GOES_ON:
            head = " ".join(words[:at])
            day, before = _last_day(head, today)
            if before != head:
                return day, " ".join([before, *words[at:]])
    return day, text


def _last_day(line: str, today: date) -> tuple[date, str]:
    """The day that the last words name beyond doubt, else today, and the rest of the line."""
    for count in range(_MOST_WORDS, 0, -1):
        words = line.rsplit(maxsplit=count)
        tail = [fold(word) for word in words[-count:]]
        if len(words) <= count or fold(words[0].split()[-1]) in _SPOKEN_OF:
            continue
        only_kind = fold(words[0]) in _KINDS and not (tail[0].isdigit() and count == 1)
        if not (
            tail[0] in {"last", "on"}
            or tail[-1] == "ago"
            or (count == 1 and tail[0] in _LAST)
            or (only_kind and not _is_talk_of_time(tail))
        ):
            continue
        try:
            day = when.parse_day(" ".join(tail), today, prefer="past")
        except UsageError:
            continue
        if day <= today:
            return day, words[0].strip()
    return today, line


def _is_talk_of_time(head: list[str]) -> bool:
    """Whether words are more likely what was said than when: ``may``, ``3 days of hiking``."""
    words = [fold(word) for word in head]
    if len(words) == 1:
        return words[0] in MONTH_WORDS
    return not _SPANS.isdisjoint(words) and words[-1] != "ago" and words[0] != "last"
