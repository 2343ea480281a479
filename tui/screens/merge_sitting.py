"""One sitting of merging: what is open, in an order that stays, and what was answered so far.

It answers at once and never asks the book: the screen shows what it says, and the commit follows.
What the book says in the end comes in through `agree`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.rules import finding
from tui.screens.merge_item import BY_HAND, LANES, LATER, QUESTIONS, Item, Key, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.queries.people import PersonLine


class Sitting:
    """The queue, as this sitting believes it to be."""

    def __init__(self) -> None:
        self.lines: dict[int, PersonLine] = {}
        self.open: list[Item] = []
        """What is in the queue and answers to the search."""
        self.words = ""
        self._queue: list[Item] = []
        self._found: frozenset[int] | None = None
        self._at: Key = ()
        self._now: tuple[Item | None, list[Item]] = None, self.open
        self._place: dict[Key, int] = {}
        self._late: dict[Key, int] = {}
        self._dealt: dict[Key, Item] = {}

    @property
    def all(self) -> int:
        """How many are in the queue, whatever is searched for."""
        return len(self._queue)

    @property
    def dealt(self) -> int:
        """How many were decided in this sitting."""
        return len(self._dealt)

    @property
    def current(self) -> Item | None:
        """What is shown; None if nothing is open."""
        found, of = self._now
        if found is None or found.key != self._at or of is not self.open:
            here = (item for item in self.open if item.key == self._at)
            found = next(here, self.open[0] if self.open else None)
            self._now = found, self.open  # looked for once, not for every line that is painted
        return found

    @property
    def count(self) -> tuple[int, int]:
        """Which of its lane the current one is, and how many there were in this sitting."""
        now = self.current
        if now is None:
            return 0, 0
        lane = self.of_lane(now.lane)
        before = sum(item.lane == now.lane for item in self._dealt.values())
        return before + lane.index(now) + 1, before + len(lane)

    def of_lane(self, lane: str) -> list[Item]:
        """What is open in one lane and answers to the search."""
        return [item for item in self.open if item.lane == lane]

    def of_person(self, person: int) -> Item | None:
        """The first that somebody is in."""
        return next((item for item in self._queue if person in item.people), None)

    def ahead(self, count: int) -> list[Item]:
        """The current one and those that come after it; the first ones come after the last."""
        at = self.open.index(self.current) if self.current else 0
        return [*self.open[at:], *self.open[:at]][:count]

    def go(self, way: int) -> bool:
        """Show the next or the one before without deciding; False at either end."""
        now = self.current
        at = self.open.index(now) + way if now else -1
        if inside := 0 <= at < len(self.open):
            self._at = self.open[at].key
        return inside

    def go_to(self, key: Key) -> bool:
        """Show this one; False if it is not open."""
        if there := any(item.key == key for item in self.open):
            self._at = key
        return there

    def bring(self, item: Item, lines: Iterable[PersonLine]) -> None:
        """Put something in front that the user asked for, and show it."""
        self.lines |= {line.id: line for line in lines}
        self._place[item.key] = -len(self._place) - 1
        self.narrow("")
        self._line_up([item, *self._without(item.key)])
        self._at = item.key

    def drop(self, item: Item) -> None:
        """Forget about something that was asked for by hand."""
        self._line_up(self._without(item.key))

    def answer(self, item: Item) -> None:
        """It is decided: the next one is shown."""
        after = [other for other in self.ahead(2) if other.key != item.key]
        self._dealt.pop(item.key, None)
        self._dealt[item.key] = item
        self._line_up(self._without(item.key))
        if after:
            self._at = after[0].key

    def answer_all(self, items: Iterable[Item]) -> None:
        """All of these are decided at once."""
        decided = {item.key: item for item in items}
        self._dealt |= decided
        self._line_up([item for item in self._queue if item.key not in decided])

    def put_off(self, item: Item) -> None:
        """Later: it comes last, a question behind the other questions."""
        moved = item if item.question else item._replace(lane=LATER)
        self.answer(item)
        if moved.lane == item.lane:
            del self._dealt[item.key]
        self._late[item.key] = max(self._late.values(), default=0) + 1
        self._line_up(sorted([*self._queue, moved], key=self._order))

    def merged(self, into: Mapping[int, int]) -> None:
        """People are one now: whoever was to be compared with one of them, is with all.

        Args:
            into: everybody who was merged to the person they became.
        """
        gone = {one for one, now in into.items() if one != now}
        if all(gone.isdisjoint(item.people) for item in self._queue):
            return
        queue: dict[Key, Item] = {}
        for item in self._queue:
            moved = item
            if not item.question and not gone.isdisjoint(item.people):
                people = tuple(sorted({into.get(one, one) for one in item.people}))
                moved = item._replace(people=people)
                self._place.setdefault(moved.key, self._place[item.key])
                if item.key == self._at:
                    self._at = moved.key
            if moved is item or (len(moved.people) > 1 and moved.key not in self._dealt):
                queue.setdefault(moved.key, moved)
        self._line_up(list(queue.values()))

    def refused(self, item: Item) -> None:
        """It could not be done: it is back, and shown."""
        self._dealt.pop(item.key, None)
        self._line_up(sorted([*self._without(item.key), item], key=self._order))
        self._at = item.key

    def agree(self, reading: Reading) -> None:
        """Take over what the book says; what was decided and is open again is shown."""
        self.lines |= {line.id: line for line in reading.lines}
        by_hand = [item for item in self._queue if item.lane == BY_HAND]
        asked = {item.key for item in by_hand}
        read = [*by_hand, *(item for item in reading.items if item.key not in asked)]
        back: set[Key] = set()
        for item in read:
            self._place.setdefault(item.key, len(self._place))
            dealt = self._dealt.get(item.key)
            if dealt and (item.lane != LATER or dealt.lane == LATER):
                back.add(item.key)
                del self._dealt[item.key]
        was = [item.key for item in self.open]
        self._line_up(sorted(read, key=self._order))
        now = [item.key for item in self.open]
        at = was.index(self._at) if self._at in was else len(was)
        still = set(now)
        kept = next((key for key in was[at:] if key in still), ())
        self._at = next((key for key in now if key in back), kept)

    def narrow(self, text: str) -> None:
        """Leave only those in the queue in whom somebody answers to a search; "" for all."""
        wanted = finding.parse(text)
        self.words = text if wanted else ""
        self._found = None
        if wanted:
            within = {person for item in self._queue for person in item.people}
            lines = [self.lines[person] for person in within if person in self.lines]
            self._found = frozenset(line.id for line in finding.narrow(lines, wanted))
        self._line_up(self._queue)

    def _without(self, key: Key) -> list[Item]:
        return [item for item in self._queue if item.key != key]

    def _line_up(self, queue: list[Item]) -> None:
        found = self._found
        self._queue = self.open = queue
        if found is not None:
            self.open = [item for item in queue if not found.isdisjoint(item.people)]

    def _order(self, item: Item) -> tuple[int, int, int]:
        late = self._late.get(item.key, 0) if item.lane in {LATER, QUESTIONS} else 0
        return LANES.index(item.lane), late, self._place[item.key]
