"""What is typed to find talks: ``with:anna on:2024 channel:mail "slides" -draft``."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import UsageError
from core.rules import talk_words, when
from core.text import fold, folds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST: Final = 16
"""Terms of a search that count."""

_LONGEST: Final = 2_000
_PREFIX: Final = 3
"""Words of so many letters find longer ones that begin like them."""
_PIECE: Final = re.compile(r'(-?)(?:([A-Za-z]+):("[^"]*"?|\S*)|("[^"]*"?|\S+))')
_PERIOD: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?\Z", re.ASCII)
_CHANNELS: Final = {
    "twitter": "x", "fb": "facebook", "wa": "whatsapp", "tg": "telegram", "insta": "instagram",
    "email": "mail", "e-mail": "mail", "e mail": "mail", "text": "sms", "calls": "call",
}  # fmt: skip
_ME: Final = frozenset({"me", "myself", "i"})
_WORDS: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


class Wanted(NamedTuple):
    """A search taken apart.

    Attributes:
        words: each as the index may spell it: ways of which one must be there.
        phrases: in quotes, as typed; they stand in the text as they are, case and accents apart.
        without: words that must not be there, as `words`.
        people: names of those who took part.
        channels: channels or kinds, of which one is meant.
        tiers: letters, of which one is meant.
        since: first local day, or "".
        until: last local day, or "".
        direction: in, out, or "".
        unless: what a minus stands before, each by itself: phrases and operators.
    """

    words: tuple[tuple[tuple[str, ...], ...], ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[tuple[tuple[str, ...], ...], ...] = ()
    people: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    direction: str = ""
    unless: tuple[Wanted, ...] = ()

    def expression(self, *, begun: bool = False) -> str:
        """The words as the index is asked for them; "" if there are none.

        Args:
            begun: longer words that begin like a word are meant too.
        """
        asked = [_either(word, begun=begun) for word in self.words]
        for phrase in self.phrases:
            asked += [_either(ways) for ways in _spelled(phrase)]
        if not asked:
            return ""
        without = "".join(f" NOT {_either(word)}" for word in self.without)
        return f"({' AND '.join(asked)}){without}"


def parse(text: str, today: date) -> Wanted:
    """Take a search apart; any text is one.

    Operators: ``with:``, ``channel:`` (``kind:``), ``on:``, ``before:``, ``after:``, ``tier:``,
    ``from:me``, ``from:anna``; quotes keep words together; ``-`` leaves out what holds a word or
    phrase, or what an operator means.

    Args:
        text: as typed.
        today: for days such as ``yesterday``.
    """
    wanted = Wanted()
    for minus, name, value in islice(_pieces(text), MOST):
        add = _OPERATORS.get(name)
        changed = add(Wanted() if minus else wanted, value, today) if add and value else None
        if changed is not None:
            wanted = wanted._replace(unless=(*wanted.unless, changed)) if minus else changed
        elif not (name in _OPERATORS and not value):
            wanted = _with_words(wanted, name, value, minus=bool(minus))
    return wanted


def places(line: str, wanted: Wanted) -> tuple[tuple[int, int], ...]:
    """Where in a line the words of a search stand: pairs of first and behind the last sign."""
    ways = [way for word in wanted.words for way in word]
    exact = {
        piece for phrase in wanted.phrases for w in _spelled(phrase) for way in w for piece in way
    }
    begun = tuple(piece for way in ways for piece in way if _is_begun(piece))
    exact |= {piece for way in ways for piece in way}
    if not exact:
        return ()
    found: list[tuple[int, int]] = []
    for word in _WORDS.finditer(line):
        written = word[0]
        spelled = {fold(written)} if written.isascii() else {*folds(written)}
        if not written.isascii():
            spelled |= {piece for way in talk_words.spellings(written) for piece in way}
        if not exact.isdisjoint(spelled) or any(one.startswith(begun) for one in spelled if begun):
            found.append(word.span())
    return tuple(found)


def holds(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase, case, accents and spaces apart."""
    wanted = {" ".join(one.split()) for one in folds(phrase)}
    return any(one in " ".join(there.split()) for there in folds(text) for one in wanted)


def _pieces(text: str) -> Iterator[tuple[str, str, str]]:
    """Minus or "", operator or "", value; a quoted value keeps its first quote."""
    for piece in _PIECE.finditer(text[:_LONGEST]):
        minus, name, value = piece[1], (piece[2] or "").lower(), piece[3] or piece[4] or ""
        if name and name not in _OPERATORS:
            name, value = "", f"{piece[2]}:{value}"
        yield minus, name, value


def _with_words(wanted: Wanted, name: str, value: str, *, minus: bool) -> Wanted:
    if value.startswith('"') and not name:
        phrase = " ".join(value.strip('"').split())
        if not _spelled(phrase):
            return wanted
        if minus:
            return wanted._replace(unless=(*wanted.unless, Wanted(phrases=(phrase,))))
        return wanted._replace(phrases=(*wanted.phrases, phrase))
    word = f"{name}:{value}" if name else value
    ways = talk_words.spellings(word)
    if not ways:
        return wanted
    if minus:
        return wanted._replace(without=(*wanted.without, ways))
    return wanted._replace(words=(*wanted.words, ways))


def _spelled(phrase: str) -> list[tuple[tuple[str, ...], ...]]:
    return [ways for word in phrase.split()[:MOST] if (ways := talk_words.spellings(word))]


def _either(ways: tuple[tuple[str, ...], ...], *, begun: bool = False) -> str:
    told = []
    for way in ways:
        pieces = [f'"{piece}" *' if begun and _is_begun(piece) else f'"{piece}"' for piece in way]
        told.append(pieces[0] if len(pieces) == 1 else f"({' AND '.join(pieces)})")
    return f"({' OR '.join(told)})"


def _is_begun(piece: str) -> bool:
    return len(piece) >= _PREFIX or not piece.isascii()


def _period(value: str, today: date) -> tuple[date, date] | None:
    """The first and last day that are meant."""
    value = value.strip('"')
    if span := _PERIOD.match(value):
        year, month = int(span[1]), int(span[2] or 0)
        try:
            if month:
                return date(year, month, 1), date(year, month, monthrange(year, month)[1])
            return date(year, 1, 1), date(year, 12, 31)
        except ValueError:
            return None
    try:
        day = when.parse_day(value, today, prefer="past")
    except UsageError:
        return None
    return day, day


def _on(wanted: Wanted, value: str, today: date) -> Wanted | None:
    span = _period(value, today)
    return span and wanted._replace(since=span[0].isoformat(), until=span[1].isoformat())


def _before(wanted: Wanted, value: str, today: date) -> Wanted | None:
    span = _period(value, today)
    if span is None or span[0] == date.min:
        return None
    return wanted._replace(until=(span[0] - timedelta(days=1)).isoformat())


def _after(wanted: Wanted, value: str, today: date) -> Wanted | None:
    span = _period(value, today)
    if span is None or span[1] == date.max:
        return None
    return wanted._replace(since=(span[1] + timedelta(days=1)).isoformat())


def _with(wanted: Wanted, value: str, _today: date) -> Wanted | None:
    name = " ".join(value.strip('"').split())
    return wanted._replace(people=(*wanted.people, name)) if name else None


def _channel(wanted: Wanted, value: str, _today: date) -> Wanted | None:
    name = fold(value.strip('"'))
    return wanted._replace(channels=(*wanted.channels, _CHANNELS.get(name, name)))


def _tier(wanted: Wanted, value: str, _today: date) -> Wanted | None:
    letters = tuple(letter for letter in value.upper() if letter in "ABCD")
    return wanted._replace(tiers=(*wanted.tiers, *letters)) if letters else None


def _from(wanted: Wanted, value: str, today: date) -> Wanted | None:
    if fold(value.strip('"')) in _ME:
        return wanted._replace(direction="out")
    found = _with(wanted, value, today)
    return found and found._replace(direction="in")


_OPERATORS: Final[dict[str, Callable[[Wanted, str, date], Wanted | None]]] = {
    "with": _with,
    "channel": _channel,
    "kind": _channel,
    "on": _on,
    "before": _before,
    "after": _after,
    "tier": _tier,
    "from": _from,
}
