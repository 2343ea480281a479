"""Which card is this record? Inside one source, one to one.

In order: the same raw bytes; the source's own id; an e-mail, phone or handle that is unique on
both sides; a full name that is unique on both sides; else it is new. Our own because it decides
what a re-import may touch: no library knows our cards.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from core.queries import sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.commands.store_run import Entry
    from core.storage.driver import Connection

_ORDER: Final = ("email", "phone", "handle", "name")


class Known:
    """The cards of one source, and which of them a record has claimed already."""

    def __init__(self) -> None:
        self.cards: dict[int, sources.CardLine] = {}
        self.claimed: set[int] = set()
        self._by_sha: dict[str, list[int]] = defaultdict(list)
        self._by_mark: dict[tuple[str, str], list[int]] = defaultdict(list)

    @classmethod
    def load(cls, connection: Connection, source_id: int) -> Known:
        """Read what the book knows of a source."""
        known = cls()
        for card in sources.cards(connection, source_id):
            known.cards[card.id] = card
            known._by_sha[card.raw_sha].append(card.id)
            if card.key:
                known._by_mark["key", card.key].append(card.id)
        for card_id, kind, norm in sources.marks(connection, source_id):
            known._by_mark[kind, norm].append(card_id)
        return known

    def same_bytes(self, raw_sha: str) -> sources.CardLine | None:
        """Claim a card that was made of exactly these bytes."""
        for card_id in self._by_sha.get(raw_sha, ()):
            if card_id not in self.claimed:
                self.claimed.add(card_id)
                return self.cards[card_id]
        return None

    def knows(self, entry: Entry) -> bool:
        """Whether any card looks like this entry, claimed or not; for choosing the source."""
        return (
            self.has_bytes(entry.raw_sha)
            or ("key", entry.key) in self._by_mark
            or any((f.kind, f.norm) in self._by_mark for f in entry.facts if f.kind in _ORDER[:3])
        )

    def has_bytes(self, raw_sha: str) -> bool:
        """Whether any card was made of exactly these bytes, claimed or not."""
        return raw_sha in self._by_sha

    def align(self, entries: Sequence[Entry]) -> Iterator[Entry]:
        """Give each entry the card it is, or 0; in the order given."""
        found: dict[int, int] = {}
        self._claim(found, [{("key", entry.key)} - {("key", "")} for entry in entries])
        for kind in _ORDER:
            self._claim(found, [_marks(entry, kind) for entry in entries])
        for place, entry in enumerate(entries):
            yield entry._replace(card_id=found.get(place, 0))

    def missing(self) -> list[int]:
        """Cards that no record claimed and that are not gone yet."""
        return [c.id for c in self.cards.values() if c.id not in self.claimed and not c.gone]

    def present(self) -> int:
        """How many cards of the source are not gone."""
        return sum(not card.gone for card in self.cards.values())

    def share_found(self) -> float:
        """The share of the source's present cards that a record claimed; 1.0 for an empty one."""
        present = [card.id for card in self.cards.values() if not card.gone]
        return sum(card in self.claimed for card in present) / len(present) if present else 1.0

    def _claim(self, found: dict[int, int], marks: Sequence[set[tuple[str, str]]]) -> None:
        pending = [place for place in range(len(marks)) if place not in found]
        said = Counter(mark for place in pending for mark in marks[place])
        for place in pending:
            for mark in sorted(marks[place]):
                cards = set(self._by_mark.get(mark, ()))
                if mark[0] == "key":
                    cards -= self.claimed  # two entries may claim one id; the other one is found
                if said[mark] == 1 and len(cards) == 1 and not cards & self.claimed:
                    found[place] = cards.pop()
                    self.claimed.add(found[place])
                    break


def _marks(entry: Entry, kind: str) -> set[tuple[str, str]]:
    return {(fact.kind, fact.norm) for fact in entry.facts if fact.kind == kind and fact.norm}
