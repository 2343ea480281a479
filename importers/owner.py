"""Who the owner of an export of talks is: what it says, what the book knows, what the user says."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import UsageError
from core.queries import sources
from core.rules import kinds
from core.rules.normalise import norm_of
from core.text import fold
from importers.choices import Candidate
from importers.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.storage.driver import Connection
    from importers.choices import Ask
    from importers.container import Container
    from importers.talk import Mark, Party, Reading, TalkReader

_SAMPLE: Final = 5_000
_ASKED: Final = 9
"""So many are offered as the owner."""
_THREADS: Final = 2
_SLIP: Final = 0.8
"""How like a name of the talks a typed one is that was meant to be it."""
_EVERYWHERE: Final = "me"
"""The setting of addresses that are the user's in every source."""


class Known(NamedTuple):
    """Who the owner is, and what the book is to remember of it.

    Attributes:
        asks: who it may be, likeliest first, where nobody knows.
    """

    me: frozenset[Mark]
    settings: tuple[tuple[str, str], ...] = ()
    asks: tuple[Candidate, ...] = ()


def find(  # noqa: PLR0913, PLR0917 — each is one thing
    reader: TalkReader,
    containers: Sequence[Container],
    reading: Reading,
    view: Connection | None,
    said: Iterable[str | Party],
    ask: Ask | None,
) -> Known:
    """Find out who the owner is.

    Args:
        reader: the format.
        containers: its files.
        reading: what the reader is told; its `me` is empty yet.
        view: the book, or None if there is none.
        said: names or addresses that the user gave, or whom they chose of those who wrote.
        ask: who answers; None for nobody, and then it may stay unknown.

    Raises:
        DecisionNeededError: it cannot be known and nobody answers.
        UsageError: nobody who took part is called as was said.
    """
    here = f"me {reader.NAME}"
    before = _remembered(view, here) | _remembered(view, _EVERYWHERE)
    said = tuple(said)
    told = {mark for words in said for mark in _meant(words, reading)}
    asks: tuple[Candidate, ...] = ()
    own = {reading.mark(party) for one in containers for party in reader.owner(one)}
    told = told or own
    typed = [words for words in said if isinstance(words, str) and _is_name(words)]
    sure = any(words not in typed for words in said)
    if not told or (typed and not sure):
        sample = _Sample(reading._replace(me=frozenset(before | told)))
        for container in containers:
            sample.look(reader, container)
        if typed and not sure and sample.needs_owner and not sample.has_owner and not sample.cut:
            told = own or _instead(sample, typed, told)
        elif not told and sample.needs_owner and not sample.has_owner:
            chosen = sample.everywhere()
            if chosen is None:
                asks = sample.candidates()
                chosen = ask.owner(reader.TITLE, asks) if ask and asks else None
            told = {reading.mark(chosen)} if chosen else set()
    return Known(frozenset(before | told), _settings(view, here, told), () if told else asks)


class _Sample:
    """The first talks, and who wrote them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.needs_owner = self.has_owner = self.cut = False
        self._talks: Counter[Mark] = Counter()
        self._threads: dict[Mark, set[str]] = defaultdict(set)
        self._party: dict[Mark, Party] = {}
        self._others: dict[Mark, Party] = {}
        self._all: set[str] = set()

    def look(self, reader: TalkReader, container: Container) -> None:
        """Read the first talks of a container."""
        for count, found in enumerate(islice(reader.read_talks(container, self._reading), _SAMPLE)):
            self.cut |= count == _SAMPLE - 1
            if not isinstance(found, Talk) or found.bulk:
                continue
            self._all.add(found.thread)
            if found.sender is None:
                self.has_owner |= found.direction == "out"
                continue
            self.needs_owner |= not found.direction
            self.has_owner |= any(map(self._reading.is_me, (found.sender, *found.others[:_ASKED])))
            self._others |= {self._reading.mark(one): one for one in found.others[:_ASKED]}
            mark = self._reading.mark(found.sender)
            self._talks[mark] += 1
            self._threads[mark].add(found.thread)
            self._party.setdefault(mark, found.sender)

    def everywhere(self) -> Party | None:
        """The only one who wrote in each of several conversations."""
        if len(self._all) < _THREADS:
            return None
        those = [mark for mark, threads in self._threads.items() if threads == self._all]
        return self._party[those[0]] if len(those) == 1 else None

    def called(self, names: set[str]) -> set[Mark]:
        """Those who took part under one of these names, or under such a handle on any network."""
        return {
            mark
            for mark, one in (*self._party.items(), *self._others.items())
            if not names.isdisjoint({fold(one.name), fold(one.value.rpartition(":")[2])})
        }

    def mark(self, party: Party) -> Mark:
        """What somebody is known by."""
        return self._reading.mark(party)

    def candidates(self) -> tuple[Candidate, ...]:
        """Who may be the owner, likeliest first."""
        found = [
            Candidate(self._party[mark], _shown(self._party[mark]), talks, len(self._threads[mark]))
            for mark, talks in self._talks.items()
        ]
        found.sort(key=lambda one: (-one.threads, -one.talks, one.name))
        return tuple(found[:_ASKED])


def _instead(sample: _Sample, typed: Sequence[str], told: set[Mark]) -> set[Mark]:
    """The owner where a name is no mark of anybody; a slip would turn all talks round."""
    if found := sample.called({fold(words.strip().lstrip("@")) for words in typed}):
        return found
    if (chosen := sample.everywhere()) is not None:
        return {sample.mark(chosen)}
    there = sample.candidates()
    names = [fold(one.name) for one in there]
    if not any(get_close_matches(fold(words), names, 1, _SLIP) for words in typed):
        return told  # whoever only read is nowhere in the talks
    raise UsageError(
        f"nobody in these talks is called “{typed[0].strip()[:40]}”",
        [f'  --me "{one.name}"' for one in there],
    )


def _shown(party: Party) -> str:
    return party.name or party.value.partition(":")[2] or party.value


def _is_name(words: str) -> bool:
    """Whether words are a display name, which has to stand in the talks as it was typed."""
    letters = sum(char.isalpha() for char in words)
    return letters > len(words) // 2 and not {"@", ":"} & set(words.strip()[1:])


def _meant(words: str | Party, reading: Reading) -> set[Mark]:
    """What a name or address that was typed may be in a source; who was chosen is one thing."""
    if not isinstance(words, str):
        return {reading.mark(words)}
    words = words.strip()
    if not words:
        return set()
    if "@" in words.lstrip("@"):
        return {norm_of(kinds.EMAIL, words)}
    marks = {norm_of(kinds.NAME, words)}
    if sum(char.isdecimal() for char in words) > len(words) // 2:
        marks.add(norm_of(kinds.PHONE, words, "", reading.region))
    if len(words.split()) == 1:
        handle = fold(words.lstrip("@"))
        service, colon, rest = handle.partition(":")
        marks.add(norm_of(kinds.HANDLE, rest if colon else handle, service if colon else ""))
    return marks


def _remembered(view: Connection | None, key: str) -> set[Mark]:
    text = sources.setting(view, key) if view else ""
    return {(str(kind), str(norm)) for kind, norm in json.loads(text)} if text else set()


def _settings(view: Connection | None, here: str, told: set[Mark]) -> tuple[tuple[str, str], ...]:
    """What is new of the owner: all of it for this format, addresses for every other too."""
    strong = {mark for mark in told if mark[0] != kinds.NAME}
    found = []
    for key, marks in ((here, told), (_EVERYWHERE, strong)):
        before = _remembered(view, key)
        if marks - before:
            found.append((key, json.dumps(sorted(map(list, before | marks)), ensure_ascii=False)))
    return tuple(found)
