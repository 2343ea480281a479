"""One typed line about a talk, whole: who, when, how, what was said, and what is owed.

``yesterday coffee with anna and ben !send slides fri``. Names stand after *with*; where nobody is
meant beforehand, also after words such as *met*, *called* or *mail to*. A ``!`` before a word
begins something that I owe, ``!!`` something that they owe; its last words may be a day.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import lines, named_words
from core.rules.tiers import VITAL
from core.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.rules.named_words import Mention

MOST_OWED: Final = 20
_PROMISE: Final = re.compile(r"(?<!\S)(!{1,2})(?=[^\s!])")
_RECENT: Final = timedelta(days=90)


class Owed(NamedTuple):
    """Something owed: `owed_by` is ``me`` or ``them``; `due` is an ISO day or ""."""

    owed_by: str
    what: str
    due: str


class Line(NamedTuple):
    """A line taken apart, before the book is asked who the names are.

    Attributes:
        channel: a network, "" for the kind's own.
        mentions: the words that may be names, in order.
        only: *only with …*: whoever is meant beforehand took no part.
    """

    day: date
    kind: str
    direction: str
    channel: str
    text: str
    mentions: tuple[Mention, ...]
    only: bool
    owed: tuple[Owed, ...]


class Bearer(NamedTuple):
    """Somebody who bears a name.

    Attributes:
        talked: the day of the last talk, or "".
        level: 3 it is their whole name, 2 words of it, 1 their name begins so.
    """

    id: int
    name: str
    tier: str
    org: str
    title: str
    talked: str
    level: int


class Found(NamedTuple):
    """Who bears the first so many words of a mention; nobody where `words` is 0."""

    words: int
    bearers: tuple[Bearer, ...]


class Named(NamedTuple):
    """What became of one name.

    Attributes:
        typed: the words of the line.
        taken: who is meant, if that is clear.
        bearers: all who may be meant, the likeliest first; none if nobody in the book is.
    """

    typed: str
    taken: Bearer | None
    bearers: tuple[Bearer, ...]

    @property
    def others(self) -> int:
        """How many more bear the name as well as the one who is taken."""
        return len(self.bearers) - 1 if self.taken else 0

    @property
    def unclear(self) -> bool:
        """Whether the user has to say who is meant."""
        return bool(self.bearers) and self.taken is None

    @property
    def unknown(self) -> bool:
        """Whether it is the name of somebody who is not in the book."""
        return not self.bearers


def read(line: str, today: date, *, alone: bool, day: date | None = None, kind: str = "") -> Line:
    """Take a line apart.

    Args:
        line: as typed.
        today: the day it is typed.
        alone: nobody is meant beforehand, so names are looked for without *with* too.
        day: when it was, if that is known; the line then holds none.
        kind: what it was, if that is known.

    Raises:
        UsageError: a promise names only a day.
    """
    said, owed = _owed(clean(line), today)
    talk = lines.talk(said, today)
    if day is not None:
        talk = talk._replace(day=day, text=said)
    text = talk.text if kind else lines.without_kind(talk)
    only, names = named_words.mentions(talk.text, alone=alone)
    how = (kind or talk.kind, talk.direction, talk.channel)
    return Line(talk.day, *how, text, names, only, owed)


def settle(
    line: Line, found: Sequence[Found], at_hand: Sequence[int], today: date
) -> tuple[Named, ...]:
    """Whom the names of a line mean; nobody is taken among equals.

    Args:
        line: what `read` made of it.
        found: for each of its mentions who bears it.
        at_hand: ids of those who are meant beforehand: they are meant by their name too.
        today: the local day; a talk of late makes somebody likelier.
    """
    named: dict[str, Named] = {}
    ended = -1
    for mention, there in zip(line.mentions, found, strict=True):
        if mention.run == ended:
            continue  # other words than names stood between
        if there.bearers and not named_words.goes_on(mention, there.words):
            one = _named(mention, there, at_hand, today)
            taken = there.words
        else:
            taken = named_words.unknown(mention)
            one = Named(" ".join(mention.words[:taken]), None, ())
        if taken:
            named.setdefault(f"{one.taken.id}" if one.taken else f"“{one.typed.casefold()}", one)
        if taken < len(mention.words):
            ended = mention.run
    return tuple(named.values())


def _named(mention: Mention, found: Found, at_hand: Sequence[int], today: date) -> Named:
    typed = " ".join(mention.words[: found.words])
    likely = sorted(found.bearers, key=lambda one: (_rank(one, today), one.talked), reverse=True)
    here = [one for one in likely if one.id in at_hand]
    if len(here) == 1:
        return Named(typed, here[0], tuple(here))
    first = _rank(likely[0], today)
    equal = [one for one in likely if _rank(one, today) == first]
    return Named(typed, likely[0] if len(equal) == 1 else None, tuple(likely))


def _rank(one: Bearer, today: date) -> tuple[int, bool, bool]:
    """How likely somebody is meant: by the name, then as one of the vital few, then by talks."""
    recent = bool(one.talked) and one.talked >= (today - _RECENT).isoformat()
    return one.level, one.tier in VITAL, recent


def _owed(line: str, today: date) -> tuple[str, tuple[Owed, ...]]:
    """The line without its promises, and these."""
    said, *pieces = _PROMISE.split(line)
    owed: list[Owed] = []
    for mark, words in zip(pieces[::2], pieces[1::2], strict=True):
        what, due = lines.promise(words, today)
        if len(owed) < MOST_OWED:
            owed.append(Owed("me" if mark == "!" else "them", what, due))
    return said.strip(), tuple(owed)
