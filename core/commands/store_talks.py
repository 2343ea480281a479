"""Store what one import of one source tells of talks, each once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from core.commands.store_run import Refusal, Stored
from core.errors import BookError
from core.rules import talk_words
from core.storage import bulk, talk_rows
from core.text import clean
from core.work import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.work import Work

CHUNK: Final = 16_000
"""Talks that are written together: the index writes itself out once for each chunk."""
_LONG: Final = 8_000_000
"""Characters of talks with which a chunk ends before."""


class Part(NamedTuple):
    """One who took part: an identity, the name beside it, and a role."""

    kind: str
    norm: str
    scope: str
    shown: str
    role: str


class NewTalk(NamedTuple):
    """One talk, ready to be stored; the fields of an `Interaction`.

    Attributes:
        key: tells it apart inside its source.
        parts: everybody but the owner.
    """

    key: str
    kind: str
    at: str
    day: str
    zone: str
    direction: str
    channel: str
    thread: str
    subject: str
    text: str
    seconds: int
    parts: tuple[Part, ...]


@dataclass(slots=True)
class TalkTally:
    """What is counted while talks are read; complete when they are exhausted.

    Attributes:
        records: talks read, those that are left out and those refused among them.
        bulk: how many are left out because a machine or a list sent them.
        alone: how many are left out because nobody but the user took part.
    """

    records: int = 0
    bulk: int = 0
    alone: int = 0
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StoreTalks:
    """The talks of one import of one source, as one step.

    Attributes:
        kind: the format's source kind.
        account: whose talks they are, or "".
        title: for people: "WhatsApp".
        files: names of what was read.
        exported: ISO day the files are of, or "".
        talks: read while they are written.
        tally: filled by whoever makes `talks`.
        settings: what the book is to remember, such as who the owner is.
        fill: more is kept of each talk than before, so known ones get their text.
    """

    kind: str
    account: str
    title: str
    files: tuple[str, ...]
    exported: str
    talks: Iterable[NewTalk]
    tally: TalkTally
    settings: tuple[tuple[str, str], ...] = ()
    fill: bool = False
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write everything in chunks.

        Raises:
            CancelledError: the user gave up; nothing is kept.
            BookError: what was written does not read back.
        """
        from core.storage.tables import Run

        source = talk_rows.source(work.raw, self.kind, self.account)
        run = Run(source_id=source, at=work.moment, exported=self.exported)
        run.files = clean(json.dumps(self.files, ensure_ascii=False))
        work.session.add(run)
        work.session.flush()
        talk_rows.settle(work.raw, self.settings)
        writer = _Writer(work, source, run.id or 0, fill=self.fill)
        for chunk in _chunks(self.talks):
            writer.write(chunk)
            work.progress(len(chunk))
        writer.finish()
        tally = self.tally
        run.records, run.unchanged = tally.records, writer.known
        run.added, run.changed = writer.new, writer.changed
        run.refused = clean(json.dumps(tally.refused, ensure_ascii=False))
        work.session.add(run)
        work.session.flush()
        stored = Stored(
            run_id=run.id or 0,
            records=tally.records,
            new=0,
            changed=writer.changed,
            unchanged=writer.known,
            gone=0,
            put_away=0,
            news=0,
            talks=writer.new,
            bulk=tally.bulk,
            alone=tally.alone,
        )
        label = f"imported {self.title}: {_told(writer.new, writer.changed)}"
        origin = "" if writer.new or writer.changed else "system"
        return Outcome(label, (), len(writer.identities), stored, origin=origin)


def _told(new: int, fuller: int) -> str:
    found = [_talks(new)] if new else []
    if fuller:
        found.append(f"more words of {_talks(fuller)}")
    return ", ".join(found) or "no change"


def _talks(count: int) -> str:
    return "1 talk" if count == 1 else f"{count:,} talks"


class _Writer:
    """Writes chunks of talks and counts them."""

    def __init__(self, work: Work, source_id: int, run_id: int, *, fill: bool) -> None:
        self.raw = work.raw
        self.source_id, self.run_id, self.fill = source_id, run_id, fill
        self.new = self.known = self.changed = 0
        self.first = self.next_talk = bulk.next_id(work.raw, "interaction")
        self.next_identity = bulk.next_id(work.raw, "identity")
        self.identities: dict[tuple[str, str, str], int] = {}
        self._nameless: dict[int, str] = {}
        self._taking: dict[Part, int] = {}
        talk_rows.start(work.raw)

    def write(self, chunk: Sequence[NewTalk]) -> None:
        """Store one chunk: what the book does not know yet."""
        by_key = {talk.key: talk for talk in reversed(chunk)}  # of two with one key the first
        known = talk_rows.known(self.raw, self.source_id, by_key)
        if self.fill and known:
            self._fill([by_key[key] for key in known])
        fresh = [talk for key, talk in by_key.items() if key not in known]
        self.known += len(chunk) - len(fresh)
        if not fresh:
            return
        fresh.sort(key=attrgetter("at"))
        self._identify(fresh)
        first = self.next_talk
        self.next_talk += len(fresh)
        self.new += len(fresh)
        talk_rows.add_talks(self.raw, self._rows(fresh, first))
        ids = self._taking
        talk_rows.add_participants(
            self.raw,
            [
                (talk_id, ids[part], part.role)
                for talk_id, talk in enumerate(fresh, first)
                for part in talk.parts
            ],
        )

    def finish(self) -> None:
        """Give names to addresses that had none at first, and read back what was written."""
        talk_rows.name(self.raw, ((shown, one) for one, shown in self._nameless.items() if shown))
        if bulk.count_from(self.raw, "interaction", self.first) != self.new:
            raise BookError("what was written does not read back; nothing was changed")

    def _rows(self, talks: Sequence[NewTalk], first: int) -> Iterator[tuple[object, ...]]:
        for talk_id, talk in enumerate(talks, first):
            key, *told, _parts = talk
            folds = talk_words.folds_of(talk.subject, talk.text)
            yield (talk_id, *told, self.source_id, key, self.run_id, folds)

    def _fill(self, talks: Sequence[NewTalk]) -> None:
        self.changed += talk_rows.fill(
            self.raw,
            self.source_id,
            (
                (t.subject, t.text, talk_words.folds_of(t.subject, t.text), t.key)
                for t in talks
                if t.subject or t.text
            ),
        )

    def _identify(self, talks: Sequence[NewTalk]) -> None:
        """Find or make the identity of everybody in these talks."""
        ids = self.identities
        met: dict[tuple[str, str, str], str] = {}
        parts = dict.fromkeys(chain.from_iterable(talk.parts for talk in talks))
        for part in parts:
            mark = part[:3]
            if (one := ids.get(mark)) is None:
                met[mark] = met.get(mark) or part.shown
            elif part.shown and self._nameless.get(one) == "":
                self._nameless[one] = part.shown
        made: list[tuple[object, ...]] = []
        for mark, shown in met.items():
            there = talk_rows.identity(self.raw, mark)
            if there:
                ids[mark], named = there
            else:
                ids[mark], named = self.next_identity, shown
                made.append((self.next_identity, *mark, shown, None, 0))
                self.next_identity += 1
            if not named:
                self._nameless[ids[mark]] = shown
        talk_rows.add_identities(self.raw, made)
        self._taking = {part: ids[part[:3]] for part in parts}


def _chunks(talks: Iterable[NewTalk]) -> Iterator[list[NewTalk]]:
    chunk: list[NewTalk] = []
    length = 0
    for talk in talks:
        chunk.append(talk)
        length += len(talk.text)
        if len(chunk) == CHUNK or length > _LONG:
            yield chunk
            chunk = []
            length = 0
    if chunk:
        yield chunk
