"""One sitting of triage: who is left, in an order that stays, and what was filed so far.

It answers at once and never asks the book: the screen shows what it says, and the commit follows.
What the book says in the end comes in through `agree`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.rules import finding
from core.rules.tiers import TIERS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from core.queries.people import PersonLine
    from core.queries.triage import Board, Member

IN_A_ROW: Final = 25
"""So many in C or D after one another, and the rest is offered as suggested."""
_PAUSE: Final = timedelta(minutes=1)
"""A longer gap between two verdicts is no sorting time."""


class Sitting:
    """The queue with its cards, and the four columns, as this sitting believes them to be."""

    def __init__(self) -> None:
        self.lines: dict[int, PersonLine] = {}
        self.left: set[int] = set()
        self.columns: dict[str, list[Member]] = {tier: [] for tier in TIERS}
        self.filed: dict[int, str] = {}
        self._members: dict[int, Member] = {}
        self.in_a_row = self.certain = 0
        self.spent = timedelta()
        self.words = ""
        self._last: datetime | None = None
        self._order: list[int] = []
        self._found: list[int] | None = None
        self._from = self._back = 0
        self._skipped: dict[int, None] = {}
        self._trail: list[int] = []

    @property
    def people(self) -> int:
        """How many there are in all, sorted or not."""
        return len(self.left) + sum(map(len, self.columns.values()))

    @property
    def found(self) -> int:
        """How many of those left answer to the search."""
        return sum(person in self.left for person in self._ring) if self.words else len(self.left)

    @property
    def current(self) -> int:
        """Whose card is shown, or 0."""
        if self._back:
            return self._trail[-self._back]
        return next(iter(self.ahead(1)), 0)

    @property
    def is_back(self) -> bool:
        """Whether the card shown is one that was dealt with before."""
        return self._back > 0

    def skipped(self, person: int) -> bool:
        """Whether a person was passed over before."""
        return person in self._skipped

    def ahead(self, count: int) -> list[int]:
        """The next few people whose turn it is; those skipped come last."""
        ring, size = self._ring, len(self._ring)
        while self._from < size and not self._fresh(ring[self._from]):
            self._from += 1
        found: list[int] = []
        place = self._from
        while place < size and len(found) < count:
            if self._fresh(ring[place]):
                found.append(ring[place])
            place += 1
        if len(found) < count:
            wanted = self.left if self._found is None else self.left.intersection(self._found)
            again = [person for person in self._skipped if person in wanted]
            found.extend(again[: count - len(found)])
        return found

    def rest(self) -> tuple[int, ...]:
        """Everybody left that answers to the search."""
        return tuple(person for person in self._ring if person in self.left)

    def file(self, member: Member, tier: str, now: datetime) -> set[str]:
        """File the person whose card is shown, and go on; the columns that changed."""
        self.in_a_row = self.in_a_row + 1 if tier in {"C", "D"} else 0
        self.spent += min(now - (self._last or now), _PAUSE)
        self._last = now
        if self._back:
            self._back -= 1
        else:
            self._trail.append(member.id)
        return self.put(member, tier)

    def put(self, member: Member, tier: str) -> set[str]:
        """Put somebody on top of a column, out of wherever they were; the columns that changed."""
        changed = {tier}
        if member.id not in self.left:
            for letter, column in self.columns.items():
                kept = [other for other in column if other.id != member.id]
                if len(kept) < len(column):
                    self.columns[letter] = kept
                    changed.add(letter)
        self.left.discard(member.id)
        self.filed.pop(member.id, None)
        self.filed[member.id] = tier
        self._members[member.id] = member
        self.columns[tier] = [member, *self.columns[tier]]
        return changed

    def skip(self) -> None:
        """Go to the next; who was not filed comes again last."""
        if self._back:
            self._back -= 1
        elif person := self.current:
            self._skipped.pop(person, None)
            self._skipped[person] = None
            self._trail.append(person)

    def back(self) -> bool:
        """Go to the one before; False if there is none."""
        if self._back < len(self._trail):
            self._back += 1
            return True
        return False

    def narrow(self, text: str) -> None:
        """Leave only those in the queue who answer to a search; "" for everybody."""
        wanted = finding.parse(text)
        grown = self._found is not None and self.words and text.startswith(self.words)
        among = self._ring if grown and ":" not in text else self._order
        self._found = None
        if wanted:
            lines = [self.lines[person] for person in among if person in self.left]
            self._found = [line.id for line in finding.narrow(lines, wanted)]
        self.words = text if wanted else ""
        self._from = self._back = 0

    def rename(self, lines: Sequence[PersonLine], reading: Board) -> None:
        """Take over how people are called now; order, skips and filings stay."""
        self.lines |= {line.id: line for line in lines}
        called = {one.id: one.name for rows in reading.columns.values() for one in rows}
        called |= {line.id: line.name for line in lines}
        for person, member in self._members.items():
            self._members[person] = member._replace(name=called.get(person, member.name))

    def instead(self, gone: int, now: int) -> None:
        """Have somebody who was merged with another take the place of that one."""
        if now in self.left and gone in self._order:
            self._order.remove(now)
            self._order[self._order.index(gone)] = now
            self._from = 0

    def agree(self, reading: Board, sure: Collection[int] = ()) -> None:
        """Take over what the book says.

        Args:
            reading: what was read.
            sure: people about whom the sitting knows better: their filing was not read yet.
        """
        self.lines |= {line.id: line for line in reading.new}
        self._order.extend(line.id for line in reading.new)
        unsorted = reading.unsorted.difference(sure) | self.left.intersection(sure)
        back = unsorted - self.left
        self.left = unsorted
        where = {member.id: tier for tier, rows in reading.columns.items() for member in rows}
        self.filed = {
            person: tier
            for person, tier in self.filed.items()
            if person in sure or where.get(person) == tier
        }
        for tier, rows in reading.columns.items():
            on_top = [person for person, letter in self.filed.items() if letter == tier]
            kept = [row for row in rows if row.id not in self.filed]
            self.columns[tier] = [*(self._members[person] for person in reversed(on_top)), *kept]
        self._returned(back)

    def _returned(self, people: set[int]) -> None:
        """People came back, by undo: they are next again, in their old order."""
        if people:
            self._from = self._back = 0
            self._trail = [person for person in self._trail if person not in people]
            self._skipped = {one: None for one in self._skipped if one not in people}

    @property
    def _ring(self) -> list[int]:
        return self._order if self._found is None else self._found

    def _fresh(self, person: int) -> bool:
        return person in self.left and person not in self._skipped
