"""Store what one import of one source brings: new entries, changed ones, and what is gone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from core.commands import own_words
from core.errors import BookError
from core.queries import sources
from core.rules import kinds
from core.storage import bulk
from core.text import clean
from core.work import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.work import Work

CHUNK: Final = 1_000
_LARGEST: Final = 2**63 - 1


class NewFact(NamedTuple):
    """One value of an entry, normalised; the fields of a `Fact` that a source gives."""

    kind: str
    value: str
    norm: str
    label: str = ""
    part: int = 0
    detail: str = ""
    preferred: int = 0


class Entry(NamedTuple):
    """One entry of a source, ready to be stored.

    Attributes:
        card_id: the card it is, or 0 for a new one.
        key: the source's own id, or "".
        raw_sha: SHA-256 hex of `raw`.
        raw: the source's own words.
        reader: the version of the reader that made the facts.
        revised: when the source says it changed, or "".
        facts: in file order.
        media: digest and bytes of photos.
        tier: a letter that one of its labels states, or "".
        where: file and place, for people to read.
        person_id: the person whom a new card joins, or 0 for a person of its own.
        anew: its bytes are those the book has, read by other choices; it counts as changed only
            if its facts do.
    """

    card_id: int
    key: str
    raw_sha: str
    raw: bytes
    reader: int
    revised: str
    facts: tuple[NewFact, ...]
    media: tuple[tuple[str, bytes], ...] = ()
    tier: str = ""
    where: str = ""
    person_id: int = 0
    anew: bool = False


class Refusal(NamedTuple):
    """What an import did not take, and why."""

    where: str
    why: str


@dataclass(slots=True)
class Tally:
    """What is counted while entries are read; complete when they are exhausted.

    Attributes:
        left_out: entries of people who are not in the book, of a list that makes no new ones.
    """

    records: int = 0
    unchanged: int = 0
    left_out: int = 0
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[Refusal] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    def refuse(self, where: str, why: str) -> None:
        """Note an entry that is not taken."""
        self.refused.append(Refusal(where, why))


class Stored(NamedTuple):
    """What a run came to.

    Attributes:
        put_away: of the new ones, how many started in D because their address is there.
        news: changed entries whose employer changed.
        joined: of the new ones, how many joined somebody who was in the book.
        left_out: entries of people who are not in the book, of a list that makes no new ones.
        questions: new words about what the user had edited, for the user to decide on.
        talks: interactions that were added.
        bulk: mails of machines and lists, which are left out.
        alone: talks that nobody but the user took part in, which are left out.
    """

    run_id: int
    records: int
    new: int
    changed: int
    unchanged: int
    gone: int
    put_away: int
    news: int
    joined: int = 0
    left_out: int = 0
    questions: int = 0
    talks: int = 0
    bulk: int = 0
    alone: int = 0


@dataclass(frozen=True, slots=True)
class StoreRun:
    """One import of one source, as one step.

    Attributes:
        kind: the format's source kind.
        account: whose list it is, or "".
        title: for people: "LinkedIn".
        files: names of what was read.
        exported: ISO day the files are of, or "".
        entries: new and changed entries, read while they are written.
        tally: filled by whoever makes `entries`.
        settings: choices that came with the import, such as the home region.
        last_run: the newest run when the entries were compared with the book; -1 if they are
            compared while they are written.
    """

    kind: str
    account: str
    title: str
    files: tuple[str, ...]
    exported: str
    entries: Iterable[Entry]
    tally: Tally
    settings: tuple[tuple[str, str], ...] = ()
    last_run: int = -1
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write everything in chunks.

        Raises:
            CancelledError: the user gave up; nothing is kept.
            BookError: what was written does not read back, or another import came between.
        """
        from core.storage.tables import Run

        if self.last_run not in {-1, sources.last_run(work.raw)}:
            raise BookError("another import was written meanwhile; nothing was changed: try again")
        run = Run(source_id=self._source(work), at=work.moment, exported=self.exported)
        run.files = clean(json.dumps(self.files, ensure_ascii=False))
        work.session.add(run)
        self._settle(work)
        work.session.flush()
        writer = _Writer(work, run.source_id, run.id or 0)
        for chunk in _chunks(self.entries):
            writer.write(chunk, self.tally)
            work.progress(len(chunk))
        writer.finish(self.tally.gone)
        tally = self.tally
        run.records, run.unchanged = tally.records, tally.unchanged
        run.added, run.changed, run.gone = writer.new, writer.changed, len(tally.gone)
        run.refused = clean(json.dumps(tally.refused, ensure_ascii=False))
        work.session.add(run)
        work.session.flush()
        stored = Stored(
            writer.run_id,
            tally.records,
            writer.new,
            writer.changed,
            tally.unchanged,
            len(tally.gone),
            writer.put_away,
            writer.news,
            writer.joined,
            tally.left_out,
            writer.questions,
        )
        touched = writer.new + writer.changed + len(tally.gone)
        label = f"imported {self.title}: {_counted(writer.new, writer.changed, len(tally.gone))}"
        return Outcome(label, (), touched, stored, origin="" if touched else "system")

    def _source(self, work: Work) -> int:
        from sqlmodel import select

        from core.storage.tables import Source

        wanted = select(Source).where(Source.kind == self.kind, Source.account == self.account)
        source = work.session.exec(wanted).first()
        if source is None:
            source = Source(kind=self.kind, account=self.account)
            work.session.add(source)
            work.session.flush()
        assert source.id is not None  # noqa: S101 — a stored row has one
        return source.id

    def _settle(self, work: Work) -> None:
        from sqlmodel import select

        from core.storage.tables import Setting

        for key, value in self.settings:
            row = work.session.exec(select(Setting).where(Setting.key == key)).first()
            row = row or Setting(key=key)
            row.value = value
            work.session.add(row)


class _Writer:
    """Writes chunks of entries and counts them."""

    def __init__(self, work: Work, source_id: int, run_id: int) -> None:
        self.work = work
        self.source_id = source_id
        self.run_id = run_id
        self.new = self.changed = self.put_away = self.news = self.joined = 0
        self.questions = 0
        self.first_card = self.next_card = bulk.next_id(work.raw, "card")
        self.facts_before = bulk.next_id(work.raw, "fact")
        self.facts = 0
        self.last_sha = ""

    def write(self, chunk: Sequence[Entry], tally: Tally) -> None:
        """Store one chunk; an entry that cannot be stored is refused alone, its neighbours stay.

        What could fail is looked at first: a savepoint around each chunk makes SQLite keep every
        page again for every row, which took 36 s instead of 6 for 20,000 people.
        """
        raw = self.work.raw
        good: list[Entry] = []
        for entry in chunk:
            if _is_storable(entry):
                good.append(entry)
            else:
                tally.refuse(entry.where, "it holds text that cannot be stored")
        bulk.keep_blobs(raw, ((entry.raw_sha, entry.raw) for entry in good))
        bulk.keep_blobs(raw, (media for entry in good for media in entry.media))
        self._add([entry for entry in good if not entry.card_id])
        self._refresh([entry for entry in good if entry.card_id], tally)
        self.last_sha = good[-1].raw_sha if good else self.last_sha

    def finish(self, gone: Sequence[int]) -> None:
        """Mark what is gone, keep D away, and read back what was written."""
        raw, work = self.work.raw, self.work
        bulk.mark_gone(raw, gone, self.run_id)
        if self.new:
            self.put_away = bulk.put_away_again(raw, self.first_card, work.day, work.command_id)
        facts = bulk.count_from(raw, "fact", self.facts_before)
        cards = bulk.count_from(raw, "card", self.first_card)
        kept = not self.last_sha or bulk.is_kept(raw, self.last_sha)
        if facts != self.facts or cards != self.new or not kept:
            raise BookError("what was written does not read back; nothing was changed")

    def _add(self, entries: Sequence[Entry]) -> None:
        work = self.work
        first = self.next_card
        made = work.moment
        self.next_card += len(entries)
        bulk.add_cards(
            work.raw,
            (
                (
                    card,
                    bulk.fresh_uid(f"{self.source_id}\n{entry.raw_sha}", card, made),
                    *(entry.person_id or card, self.source_id, entry.key, entry.raw_sha),
                    *(entry.reader, entry.revised),
                    *(self.run_id, None, made),
                )
                for card, entry in enumerate(entries, first)
            ),
        )
        self._add_facts(
            [(card, fact) for card, entry in enumerate(entries, first) for fact in entry.facts], ""
        )
        stated = [(card, entry.tier) for card, entry in enumerate(entries, first) if entry.tier]
        bulk.tiers_from_labels(work.raw, stated, work.day, work.command_id)
        self.new += len(entries)
        self.joined += sum(bool(entry.person_id) for entry in entries)

    def _refresh(self, found: Sequence[Entry], tally: Tally) -> None:
        if not found:
            return
        work = self.work
        entries: list[Entry] = []
        held: dict[int, dict[NewFact, int]] = {entry.card_id: {} for entry in found}
        for card, fact_id, *rest in bulk.live_facts(work.raw, list(held)):
            held[card][NewFact(*rest)] = fact_id
        ended: list[int] = []
        added: list[tuple[int, NewFact]] = []
        for entry in found:
            before = held[entry.card_id]
            said = set(entry.facts)
            lost = [fact for fact in before if fact not in said]
            fresh = [fact for fact in entry.facts if fact not in before]
            if entry.anew and not lost and not fresh:
                tally.unchanged += 1
                continue
            entries.append(entry)
            ended += [before[fact] for fact in lost]
            added += [(entry.card_id, fact) for fact in fresh]
            self.news += bool(_firms(lost) - _firms(entry.facts) and _firms(fresh) - _firms(before))
        bulk.end_facts(work.raw, ended, work.day)
        self._add_facts(added, work.day)
        bulk.update_cards(
            work.raw,
            (
                (entry.key, entry.raw_sha, entry.reader, entry.revised, self.run_id, entry.card_id)
                for entry in entries
            ),
        )
        stated = [(entry.card_id, entry.tier) for entry in found if entry.tier]
        bulk.tiers_from_labels(work.raw, stated, work.day, work.command_id)
        self.changed += len(entries)
        self.questions += own_words.weigh(
            work, [entry.card_id for entry in entries], self.facts_before
        )

    def _add_facts(self, facts: Sequence[tuple[int, NewFact]], since: str) -> None:
        bulk.add_facts(
            self.work.raw, ((card, *fact, "source", None, since, "") for card, fact in facts)
        )
        self.facts += len(facts)


def _counted(new: int, changed: int, gone: int) -> str:
    """What an import did, in words: ``3 new, 1 gone``; of what there was none, nothing."""
    counts = {"new": new, "updated": changed, "gone": gone}
    return ", ".join(f"{count:,} {word}" for word, count in counts.items() if count) or "no change"


def _firms(facts: Iterable[NewFact]) -> set[str]:
    return {fact.norm for fact in facts if fact.kind == kinds.ORG}


def _is_storable(entry: Entry) -> bool:
    """Whether the database takes every value: no lone surrogate, no number beyond 64 bits."""
    try:
        "".join(
            (
                entry.key,
                entry.revised,
                *(f"{f.value}{f.norm}{f.label}{f.detail}" for f in entry.facts),
            )
        ).encode()
    except UnicodeEncodeError:
        return False
    return all(-_LARGEST <= fact.part <= _LARGEST for fact in entry.facts)


def _chunks(entries: Iterable[Entry]) -> Iterable[Sequence[Entry]]:
    chunk: list[Entry] = []
    for entry in entries:
        chunk.append(entry)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
