"""What an import would change: records become entries, each told apart from what the book knows.

For a source with no cards yet entries stream through. For a known source the records whose bytes
are as before are passed over unread, and the others wait until all are seen, because "unique on
both sides" can only be said of the whole.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.commands.store_run import Entry, NewFact, Refusal, Tally
from core.rules import kinds, tiers
from core.rules.normalise import norm_of
from importers.align import Known
from importers.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.queries.sources import SourceLine
    from core.storage.driver import Connection
    from importers.container import Container
    from importers.record import Importer

GONE_SHARE: Final = 0.8
"""A whole list marks missing entries as gone only if it still has this share of them."""

SAME_SHARE: Final = 0.5
"""A file without an owner is taken for a source again that knows this share of its records."""


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
    """

    importer: Importer
    containers: Sequence[Container]
    account: str
    source_id: int
    region: str | None
    complete: bool = False

    def entries(self, connection: Connection | None, tally: Tally) -> Iterator[Entry]:
        """New and changed entries; fills `tally` as it goes."""
        known = Known.load(connection, self.source_id) if connection and self.source_id else Known()
        waiting: list[Entry] = []
        seen: set[str] = set()
        for record in self.records(tally):
            tally.records += 1
            sha = hashlib.sha256(record.raw).hexdigest()
            card = known.same_bytes(sha)
            if card is not None and card.reader == self.importer.VERSION and not card.gone:
                tally.unchanged += 1
            elif card is not None:
                yield self.entry(record, sha)._replace(card_id=card.id)
            elif sha in seen:
                tally.unchanged += 1
            elif known.cards:
                waiting.append(self.entry(record, sha))
            else:
                yield self.entry(record, sha)
            seen.add(sha)
        yield from known.align(waiting)
        self._missing(known, tally)

    def records(self, tally: Tally) -> Iterator[Record]:
        """The records of all containers; problems go to the tally."""
        for container in self.containers:
            for found in self.importer.read(container):
                if isinstance(found, Record):
                    yield found
                else:
                    _note(found, tally)

    def entry(self, record: Record, raw_sha: str) -> Entry:
        """A record with its values normalised."""
        facts: list[NewFact] = []
        tier = ""
        for value in record.values:
            kind, norm = norm_of(value.kind, value.value, value.label, self.region)
            facts.append(
                NewFact(
                    kind, value.value, norm, value.label, value.part, value.detail, value.preferred
                )
            )
            if kind == kinds.LABEL and not tier:
                tier = tiers.from_label(value.value) or ""
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

    def _missing(self, known: Known, tally: Tally) -> None:
        missing = known.missing()
        if not missing or not (self.importer.WHOLE or self.complete):
            return
        if known.claimed and (self.complete or known.share_found() >= GONE_SHARE):
            tally.gone.extend(missing)
            return
        # A list that knows none of its old entries is a mistake, whatever was said of it.
        way_out = "(--complete says that the files are the whole list)" if known.claimed else ""
        why = f"{len(missing):,} entries are not in these files; none was marked gone {way_out}"
        tally.warnings.append(Refusal(self.importer.TITLE, why.rstrip()))


def choose_source(
    connection: Connection, plan: Plan, lines: Sequence[SourceLine]
) -> SourceLine | None:
    """The source a plan's files belong to: the same account, else one that knows the records.

    Args:
        connection: the book.
        plan: its account may be "".
        lines: the sources of its kind.

    Returns:
        A source, or None for a new one.
    """
    if plan.account:
        for line in lines:
            if line.account == plan.account:
                return line
    elif plan.importer.WHOLE and len(lines) == 1:
        return lines[0]
    known = {
        line: Known.load(connection, line.id)
        for line in lines
        if not plan.account or not line.account
    }
    if not known:
        return None
    counts = dict.fromkeys(known, 0)
    total = 0
    for record in plan.records(Tally()):
        entry = plan.entry(record, hashlib.sha256(record.raw).hexdigest())
        total += 1
        for line, cards in known.items():
            counts[line] += cards.knows(entry)
    best = max(counts, key=lambda line: counts[line])
    return best if total and counts[best] / total >= SAME_SHARE else None


def _note(problem: Problem, tally: Tally) -> None:
    note = Refusal(problem.where, problem.why)
    if problem.fatal:
        tally.records += 1
        tally.refused.append(note)
    else:
        tally.warnings.append(note)
