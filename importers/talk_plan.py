"""What an import of talks would store: talks become rows, the owner taken out of them."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from core.commands.store_run import Refusal
from core.commands.store_talks import NewTalk, Part
from core.rules import kinds
from importers.choices import Choices
from importers.record import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from core.commands.store_talks import TalkTally
    from importers.container import Container
    from importers.talk import Party, Reading, Talk, TalkReader

MOST: Final = 12
"""So many beside the sender take part; a talk with more is one with nobody in particular."""

_LINE: Final = 200
_KEY: Final = 12  # bytes of a key: no two of a billion talks share one
_STEP: Final = 1_000
_CACHED: Final = 50_000


@dataclass(slots=True)
class TalkPlan:
    """One run to be: one reader over all containers of a command line, for one source.

    Attributes:
        importer: the format.
        containers: opened, in the order given.
        account: whose talks they are, or "".
        reading: what the reader is told; its `me` is who the owner is.
        choices: how much is kept of each talk.
        fill: more is kept than before.
    """

    importer: TalkReader
    containers: Sequence[Container]
    account: str
    reading: Reading
    choices: Choices = field(default_factory=Choices)
    fill: bool = False
    _parts: dict[tuple[tuple[Party, ...], str], tuple[Part, ...]] = field(default_factory=dict)
    _whose: dict[tuple[object, ...], tuple[str, tuple[Part, ...]]] = field(default_factory=dict)

    def prepare(
        self, tally: TalkTally, progress: Callable[[int], None] = lambda _count: None
    ) -> Iterator[NewTalk]:
        """The talks to store; fills `tally` as it goes.

        Args:
            tally: counts and refusals.
            progress: called with a count as talks are read; may raise to cancel.
        """
        for container in self.containers:
            said: dict[bytes, int] = {}
            file = ""
            for found in self.importer.read_talks(container, self.reading):
                if isinstance(found, Problem):
                    _note(found, tally)
                    continue
                if found.file != file:  # it may be another copy of what was read before
                    file = found.file
                    said.clear()
                tally.records += 1
                if tally.records % _STEP == 0:
                    progress(_STEP)
                if found.bulk:
                    tally.bulk += 1
                elif talk := self._ready(found, said):
                    yield talk
                else:
                    tally.alone += 1

    def _ready(self, talk: Talk, said: dict[bytes, int]) -> NewTalk | None:
        direction, parts = self._who(talk)
        if not parts and len(talk.others) <= MOST:
            return None
        subject, text = self._kept(talk)
        at, day, zone, _ = talk.moment
        return NewTalk(
            *(self._key(talk, said), talk.kind, at, day, zone, direction, talk.channel),
            *(talk.thread, subject, text, talk.seconds, parts),
        )

    def _who(self, talk: Talk) -> tuple[str, tuple[Part, ...]]:
        """The direction, and everybody but the owner; mostly they are those of a talk before."""
        at = (talk.sender, talk.others, talk.direction, talk.kind)
        found = self._whose.get(at) or self._whose.get((*at, talk.thread))
        if found is None:
            if len(self._whose) > _CACHED:
                self._whose.clear()
            parties = (talk.sender, *talk.others) if talk.sender else talk.others
            found = self._told(talk)
            self._whose[(*at, talk.thread) if any(map(_is_loose, parties)) else at] = found
        return found

    def _told(self, talk: Talk) -> tuple[str, tuple[Part, ...]]:
        sender = talk.sender
        others = self._all(talk.others, talk.thread) if len(talk.others) <= MOST else ()
        if sender is None or not (by := self._all((sender,), talk.thread)):  # the owner's
            direction = talk.direction or ("out" if sender else "none")
            return direction, self._written_to(others) if direction == "out" else others
        direction = talk.direction or "in"
        by = (by[0]._replace(role="from"),) if direction == "in" else by
        if direction == "in" and talk.kind == "message":
            return direction, by
        had = by[0][:3]
        there = [part for part in others if part[:3] != had]
        if direction == "in":
            there = [part._replace(role="there") for part in there]
        return direction, (*by, *there)

    def _written_to(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Whoever takes part in what the owner sent was written to."""
        if all(part.role != "with" for part in parts):
            return parts
        return tuple(part._replace(role="to") if part.role == "with" else part for part in parts)

    def _all(self, parties: tuple[Party, ...], thread: str) -> tuple[Part, ...]:
        """Each of these parties once, without the owner."""
        at = (parties, thread if any(map(_is_loose, parties)) else "")
        if (ready := self._parts.get(at)) is None:
            if len(self._parts) > _CACHED:
                self._parts.clear()
            found: dict[tuple[str, str, str], Part] = {}
            for party in parties:
                mark = self.reading.mark(party)
                if mark not in self.reading.me and mark[1]:
                    part = self._part(party, mark, thread)
                    found.setdefault(part[:3], part)
            ready = self._parts[at] = tuple(found.values())
        return ready

    def _part(self, party: Party, mark: tuple[str, str], thread: str) -> Part:
        kind, norm = mark
        if kind == kinds.EMAIL and "@" not in norm:
            kind = kinds.NAME
        if kind != kinds.NAME:
            return Part(kind, norm, "", party.name, party.role)
        list_of = f"{self.importer.NAME} {self.account}".rstrip()
        scope = f"{list_of}\x1f{party.scope or thread}"
        return Part(kind, norm, scope, party.name or party.value, party.role)

    def _key(self, talk: Talk, said: dict[bytes, int]) -> str:
        """The source's own id, or the content and how many such came before, as a short hash."""
        if talk.key:
            return hashlib.blake2b(_bytes("k", talk.key), digest_size=_KEY).hexdigest()
        text = talk.text if talk.text.isascii() else unicodedata.normalize("NFC", talk.text)
        words = " ".join(text.split())
        content = _bytes("c", talk.thread, talk.moment.written, talk.kind, words)
        digest = hashlib.blake2b(content, digest_size=_KEY).digest()
        times = said[digest] = said.get(digest, 0) + 1
        if times == 1:
            return digest.hex()
        again = digest + str(times).encode()
        return hashlib.blake2b(again, digest_size=_KEY).hexdigest()

    def _kept(self, talk: Talk) -> tuple[str, str]:
        """Subject and text, as much of them as is wanted."""
        keep = self.choices.keep
        if keep == "full":
            return talk.subject, talk.text
        titled = talk.subject if keep == "line" or talk.kind == "message" else ""
        if keep == "counts":
            return titled, ""
        return titled, first_line(talk.text)


def _is_loose(party: Party) -> bool:
    """Whether a party is somebody in its thread alone.

    What is no address mail reaches is a name, and a name belongs to its thread.
    """
    is_name = party.kind == kinds.NAME or (party.kind == kinds.EMAIL and "@" not in party.value)
    return is_name and not party.scope


def first_line(text: str) -> str:
    """The first line that says something, not too long."""
    lines = (line.strip() for line in text[: 20 * _LINE].split("\n"))
    return next(filter(None, lines), "")[:_LINE]


def _bytes(*words: str) -> bytes:
    return "\x1f".join(words).encode("utf-8", "surrogatepass")


def _note(problem: Problem, tally: TalkTally) -> None:
    note = Refusal(problem.where, problem.why)
    if problem.fatal:
        tally.records += 1
        tally.refused.append(note)
    else:
        tally.warnings.append(note)
