"""Make one person of several entries; no value is moved, copied or dropped."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from core.commands import typed_words
from core.errors import BookError, DecisionNeededError, NotFoundError, UsageError
from core.queries import merge as merges
from core.rules import conflicts
from core.rules.choices import DECISIONS, FIELD_OF, FIELDS
from core.rules.projection import project
from core.storage import merging
from core.work import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.rules.conflicts import Side
    from core.rules.standings import Standing
    from core.rules.typed import Edit
    from core.work import Work

_CHUNK: Final = 500
_Row = tuple[int, str, int, str, int]
"""A choice: home, field, card or 0, value, place."""


class Chosen(NamedTuple):
    """What the user chose of one field.

    Attributes:
        field: a key of `core.rules.choices.FIELDS`, or ``tier`` or ``cadence``.
        of: cards; the value of the first shows, those of the others stand beside it. For tier
            and cadence a card of the person whose decision counts.
        value: of tier and cadence the decision itself, if `of` is empty; of other fields the
            normal form, where the first card has several values.
    """

    field: str
    of: tuple[int, ...] = ()
    value: str = ""


class Merged(NamedTuple):
    """What a merge came to.

    Attributes:
        person: who they are now.
        entries: how many entries this person has.
        values: how many values their entries held before.
        kept: how many of them the book holds after; the two are the same, or the merge is refused.
    """

    person: int
    entries: int
    values: int
    kept: int


@dataclass(frozen=True, slots=True)
class Merge:
    """Make one person of these, whose id is the lowest of theirs.

    Attributes:
        people: person ids, or ids of cards of theirs.
        choices: one a field; fields that are not named follow the rule.
        typed: words of the user's for one-of-a-kind fields, written to the home card and shown.
    """

    people: tuple[int, ...]
    choices: tuple[Chosen, ...] = ()
    typed: tuple[Edit, ...] = ()
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the pointers and choices; the outcome's result is a `Merged`.

        Raises:
            NotFoundError: one of them is not in the book.
            UsageError: they are one person already, or something was chosen that is not theirs.
            BookError: a value would be lost; nothing is changed.
        """
        raw = work.raw
        owners = merging.persons_of(raw, (*self.people, *chain(*(one.of for one in self.choices))))
        for card in self.people:
            if card not in owners:
                raise NotFoundError(f"there is nobody with the id {card}")
        people = sorted({owners[card] for card in self.people})
        if len(people) < 2:  # noqa: PLR2004 — two to merge
            raise UsageError("that is one person already; name two or more to merge")
        home = people[0]
        sides = list(merges.sides(raw, people).values())
        rows = list(self._rows(home, people, owners, sides))
        values = merging.values(raw, people)
        merging.join(raw, ((home, person) for person in people[1:]))
        merging.agree(raw, [home])
        merging.choose(raw, rows, work.command_id)
        kept = merging.values(raw, [home])
        if kept != values:
            raise BookError("a value would be lost; nothing was changed")
        typed_words.write(work, home, self.typed)
        entries = len(merging.cards_of(raw, [home]))
        name = self._name(work, home)
        label = f"merged {name}: {entries:,} entries"
        return Outcome(label, (home,), result=Merged(home, entries, values, kept))

    def _rows(
        self, home: int, people: list[int], owners: dict[int, int], sides: list[Side]
    ) -> Iterator[_Row]:
        """The choices to write: the user's, what was typed, and the rule's for decisions."""
        chosen = {one.field: one for one in self.choices}
        for one in chosen.values():
            if one.field not in FIELDS and one.field not in DECISIONS:
                raise UsageError(f"there is nothing to choose of {one.field[:20]}")
            if any(owners.get(card) not in people for card in one.of):
                raise UsageError("what was chosen is not theirs; look again")
        for field in dict.fromkeys(FIELD_OF[e.kind] for e in self.typed if e.kind in FIELD_OF):
            beside = chosen[field].of if field in chosen else ()
            chosen[field] = Chosen(field, tuple(dict.fromkeys((home, *beside))))
        for field in DECISIONS:
            value = _decision(field, chosen.pop(field, None), owners, sides)
            if value:
                yield (home, field, 0, value, 0)
        for one in chosen.values():
            for place, card in enumerate(dict.fromkeys(one.of)):
                yield (home, one.field, card, "" if place else one.value, place)

    @staticmethod
    def _name(work: Work, home: int) -> str:
        side = merges.sides(work.raw, [home])[home]
        return project(side.facts, side.choices).name


def _decision(
    field: str, chosen: Chosen | None, owners: dict[int, int], sides: Sequence[Side]
) -> str:
    """The tier or cadence to write as chosen; "" where there is nothing to decide."""
    held = {side.person: conflicts.decided(side, field) for side in sides}
    wanted = chosen.value if chosen else ""
    if chosen and chosen.of:
        wanted = held[owners[chosen.of[0]]].value
    if wanted and wanted not in {one.value for one in held.values()}:
        raise UsageError(f"none of them has {field} {wanted[:20]}; merge them, then change it")
    return wanted or _by_rule(field, list(held.values()))


def _by_rule(field: str, held: Sequence[Standing]) -> str:
    decided = [one for one in held if one.field]  # one that was taken off counts as a difference
    if len({one.value for one in decided}) < 2:  # noqa: PLR2004 — two to differ
        return ""
    return conflicts.decision(decided, field).value


@dataclass(frozen=True, slots=True)
class MergeAll:
    """Merge many groups of people as one step, each by the rule.

    Attributes:
        groups: person ids; at least two in each, nobody in two of them.
    """

    groups: tuple[tuple[int, ...], ...]
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the pointers and what the rule decides; the result is a tuple of `Merged`.

        Raises:
            NotFoundError: there is nothing to merge.
            UsageError: a group is no group.
            DecisionNeededError: somebody is gone, merged or answered for since.
            BookError: a value would be lost; nothing is changed.
        """
        if not self.groups:
            raise NotFoundError("there is nothing to merge")
        groups = [sorted(set(group)) for group in self.groups]
        if any(len(group) < 2 for group in groups):  # noqa: PLR2004 — two to merge
            raise UsageError("two or more make a group")
        people = sum(map(len, groups))
        if len({person for group in groups for person in group}) < people:
            raise UsageError("somebody is in two groups")
        homes: list[int] = []
        for place in range(0, len(groups), _CHUNK):
            chunk = groups[place : place + _CHUNK]
            self._merge(work, chunk)
            homes += [group[0] for group in chunk]
            work.progress(sum(map(len, chunk)))
        into = "1 person" if len(homes) == 1 else f"{len(homes):,} people"
        label = f"merged {people:,} certain duplicates into {into}"
        return Outcome(label, tuple(homes), people, tuple(homes))

    @staticmethod
    def _merge(work: Work, groups: list[list[int]]) -> None:
        raw = work.raw
        members = [person for group in groups for person in group]
        homes = {person: group[0] for group in groups for person in group}
        owners = merging.persons_of(raw, members)
        if any(owners.get(person) != person for person in members):
            raise DecisionNeededError("somebody was merged or is gone meanwhile; look again")
        if any(homes[one] == homes[other] for one, other in merging.bound(raw, members)):
            raise DecisionNeededError("it was said of some that they are not one; look again")
        held = merges.decisions(raw, members)
        rows = [
            (group[0], field, 0, value, 0)
            for group in groups
            for field in DECISIONS
            if (
                value := _by_rule(
                    field, [held[p][field] for p in group if field in held.get(p, ())]
                )
            )
        ]
        values = merging.values(raw, members)
        merging.join(raw, ((home, person) for person, home in homes.items() if home != person))
        merging.agree(raw, list(set(homes.values())))
        merging.choose(raw, rows, work.command_id)
        if merging.values(raw, list(set(homes.values()))) != values:
            raise BookError("a value would be lost; nothing was changed")
