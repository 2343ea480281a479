"""What an import would change: records become entries, each told apart from what the book knows.

For a source with no cards yet entries stream through. For a known source the records whose bytes
are as before are passed over unread, and the others wait until all are seen, because "unique on
both sides" can only be said of the whole.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from core.commands.store_run import Entry, NewFact, Refusal, Tally
from core.queries import sources
from core.rules import kinds, tiers
from core.rules.normalise import norm_of
from core.text import fold
from importers.align import Known
from importers.choices import Choices
from importers.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from core.queries.sources import SourceLine
    from core.storage.driver import Connection
    from importers.container import Container
    from importers.record import Importer

GONE_SHARE: Final = 0.8
"""A whole list marks missing entries as gone only if it still has this share of them."""

SAME_SHARE: Final = 0.5
"""A file without an owner is taken for a source again that knows this share of its records."""

_STEP: Final = 1_000

Holders = dict[tuple[str, str], list[tuple[int, str]]]
"""Address or handle to the people who hold it and their names."""


class Match(NamedTuple):
    """A source that knows the records of files which do not say whose they are."""

    source: SourceLine
    known: int
    total: int


@dataclass(slots=True)
class Plan:
    """One run to be: one importer over all containers of a command line, for one source.

    Attributes:
        importer: the format.
        containers: opened, in the order given.
        account: whose list it is, or "".
        source_id: the source it belongs to, or 0 for a new one.
        region: home region for phone numbers without a country, or None.
        complete: the user says the files are the whole list.
        choices: what is taken of each entry.
        roles: of a spreadsheet, what each column means; None as guessed.
        anew: choices or roles changed, so entries as before are read all the same.
    """

    importer: Importer
    containers: Sequence[Container]
    account: str
    source_id: int
    region: str | None
    complete: bool = False
    choices: Choices = field(default_factory=Choices)
    roles: Mapping[str, str] | None = None
    anew: bool = False

    def prepare(
        self,
        connection: Connection | None,
        tally: Tally,
        *,
        gone: Callable[[int, int], bool] = lambda _missing, _present: False,
        progress: Callable[[int], None] = lambda _count: None,
    ) -> Iterable[Entry]:
        """New and changed entries; fills `tally` as it goes.

        Of a known source everything is read before this returns, so that nothing is locked
        meanwhile; for a new one entries are read while they are stored.

        Args:
            connection: the book, or None if there is none.
            tally: counts and refusals.
            gone: asked whether so many of so many present entries are to be marked as gone, where
                it may be a mistake.
            progress: called with a count while a known source is read; may raise to cancel.
        """
        known = Known.load(connection, self.source_id) if connection and self.source_id else Known()
        join = sources.holders(connection) if connection and not self.choices.new_people else {}
        entries = self._joined(self._entries(known, tally, progress), join, tally)
        if not known.cards:
            return entries
        ready = list(entries)
        self._missing(known, tally, gone)
        return ready

    def _entries(
        self, known: Known, tally: Tally, progress: Callable[[int], None]
    ) -> Iterator[Entry]:
        waiting: list[Entry] = []
        seen: set[str] = set()
        for record in self._newest(tally):
            tally.records += 1
            if known.cards and tally.records % _STEP == 0:
                progress(_STEP)
            sha = hashlib.sha256(record.raw).hexdigest()
            card = known.same_bytes(sha)
            if card is not None:
                as_before = card.reader == self.importer.VERSION and not card.gone
                if as_before and not self.anew:
                    tally.unchanged += 1
                else:
                    yield self.entry(record, sha)._replace(card_id=card.id, anew=as_before)
            elif sha in seen:
                tally.unchanged += 1
            elif known.cards:
                waiting.append(self.entry(record, sha))
            else:
                yield self.entry(record, sha)
            seen.add(sha)
        yield from known.align(waiting)

    def _newest(self, tally: Tally) -> Iterator[Record]:
        """The records; of two whole lists that both have an entry only the newer one's words."""
        if not self.importer.WHOLE or len(self.containers) == 1:
            yield from self.records(tally)
            return
        before: set[str] = set()
        for container in sorted(self.containers, key=_modified, reverse=True):
            here: set[str] = set()
            for record in self._records(container, tally):
                if record.key and record.key in before:
                    tally.records += 1
                    tally.unchanged += 1
                else:
                    here.add(record.key)
                    yield record
            before |= here

    def _joined(self, entries: Iterator[Entry], join: Holders, tally: Tally) -> Iterator[Entry]:
        """The entries, of new people only those who are to come in."""
        if self.choices.new_people:
            yield from entries
            return
        for entry in entries:
            if entry.card_id:
                yield entry
            elif person := _meant(entry, join):
                yield entry._replace(person_id=person)
            else:
                tally.left_out += 1

    def records(self, tally: Tally) -> Iterator[Record]:
        """The records of all containers; problems go to the tally."""
        for container in self.containers:
            yield from self._records(container, tally)

    def _records(self, container: Container, tally: Tally) -> Iterator[Record]:
        for found in self._read(container):
            if isinstance(found, Record):
                yield found
            else:
                _note(found, tally)

    def _read(self, container: Container) -> Iterator[Record | Problem]:
        if self.roles is None:
            return self.importer.read(container)
        from importers import spreadsheet

        return spreadsheet.read(container, self.roles)

    def entry(self, record: Record, raw_sha: str) -> Entry:
        """A record with its values normalised."""
        facts: list[NewFact] = []
        left = self.choices.left_kinds
        tier = self._stated(record) if self.choices.tier_field else ""
        for value in record.values:
            kind, norm = norm_of(value.kind, value.value, value.label, self.region)
            if kind == kinds.LABEL and not tier:
                tier = tiers.from_label(value.value) or ""
            if kind not in left:
                facts.append(
                    NewFact(
                        *(kind, value.value, norm, value.label),
                        *(value.part, value.detail, value.preferred),
                    )
                )
        return Entry(
            0,
            record.key,
            raw_sha,
            record.raw,
            self.importer.VERSION,
            record.revised,
            tuple(dict.fromkeys(facts)),
            tuple((media.sha256, media.data) for media in record.media),
            tier,
            record.where,
        )

    def _stated(self, record: Record) -> str:
        """The tier that the field says which the user named: a heading, or a field's own name."""
        wanted = self.choices.tier_field.casefold()
        said = [value.value for value in record.values if value.label.casefold() == wanted]
        if record.raw.startswith(b"{"):
            cells = json.loads(record.raw)
            said += [cell for heading, cell in cells.items() if heading.casefold() == wanted]
        return next(filter(None, map(tiers.from_field, said)), "")

    def _missing(self, known: Known, tally: Tally, gone: Callable[[int, int], bool]) -> None:
        missing = known.missing()
        if not missing or not (self.importer.WHOLE or self.complete):
            return
        sure = self.complete or known.share_found() >= GONE_SHARE
        # A list that knows none of its old entries is a mistake, whatever was said of it.
        if known.claimed and (sure or gone(len(missing), known.present())):
            tally.gone.extend(missing)
            return
        way_out = "(--complete says that the files are the whole list)" if known.claimed else ""
        why = f"{len(missing):,} entries are not in these files; none was marked gone {way_out}"
        tally.warnings.append(Refusal(self.importer.TITLE, why.rstrip()))


def _meant(entry: Entry, join: Holders) -> int:
    """The person whom an entry of a list of strangers joins, or 0 where it may be several.

    Whoever stands in several lists is several people until they are merged: of those with one
    name the oldest is meant.
    """
    held = [join.get((fact.kind, fact.norm), []) for fact in entry.facts]
    people = {person: " ".join(fold(name).split()) for one in held for person, name in one}
    names = {fact.norm for fact in entry.facts if fact.kind == kinds.NAME}
    alike = [person for person, name in people.items() if name in names]
    if alike or len(set(people.values())) == 1:
        return min(alike or people)
    return 0


def known_by(connection: Connection, plan: Plan, lines: Sequence[SourceLine]) -> Match | None:
    """The source that knows most of a plan's records, if it knows enough of them.

    Args:
        connection: the book.
        plan: what is read.
        lines: the sources that come into question.
    """
    known = {line: Known.load(connection, line.id) for line in lines}
    if not known:
        return None
    counts = dict.fromkeys(known, 0)
    alike = dict.fromkeys(known, 0)
    total = 0
    for record in plan.records(Tally()):
        entry = plan.entry(record, hashlib.sha256(record.raw).hexdigest())
        total += 1
        for line, cards in known.items():
            counts[line] += cards.knows(entry)
            alike[line] += cards.has_bytes(entry.raw_sha)
    # Two lists may name the same people; the one that wrote them so is meant.
    best = max(counts, key=lambda line: (counts[line], alike[line]))
    return Match(best, counts[best], total) if counts[best] / max(total, 1) >= SAME_SHARE else None


def _modified(container: Container) -> str:
    return max((member.modified for member in container.members), default="")


def _note(problem: Problem, tally: Tally) -> None:
    note = Refusal(problem.where, problem.why)
    if problem.fatal:
        tally.records += 1
        tally.refused.append(note)
    else:
        tally.warnings.append(note)
