"""Say who somebody is whom you talk with and who is not in your book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.commands.add_person import AddPerson
from core.commands.decide import named
from core.commands.hand import region, stored
from core.errors import NotFoundError
from core.rules import kinds
from core.rules.typed import Typed
from core.work import Outcome

if TYPE_CHECKING:
    from core.storage.tables import Identity
    from core.work import Work


@dataclass(frozen=True, slots=True)
class KnowGhost:
    """These addresses or names of talks are that person.

    An address, number or handle becomes one of the person's; a display name is only pointed at
    them, as others may bear it.
    """

    identities: tuple[int, ...]
    person: int
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write facts, or point the identities at the person.

        Raises:
            NotFoundError: there is no such person or identity.
        """
        who = named(work, (self.person,))
        found = _identities(work, self.identities)
        home = region(work)
        for one in found:
            if one.kind == kinds.NAME:
                one.card_id = self.person
                work.session.add(one)
            else:
                work.session.add(stored(_value(one), self.person, home))
        verb = "is" if _are_one(found) else "are"
        return Outcome(f"{_shown(found)} {verb} {who}", (self.person,))


@dataclass(frozen=True, slots=True)
class AddGhost:
    """Make a person of these addresses or names of talks."""

    identities: tuple[int, ...]
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the person; names that others bear too are pointed at the new one.

        Raises:
            NotFoundError: there is no such identity.
        """
        found = _identities(work, self.identities)
        name = next((one.shown for one in found if one.shown), "")
        values = [Typed(kinds.NAME, name)] if name else []
        values += [_value(one) for one in found if one.kind != kinds.NAME]
        if not values:
            values = [Typed(kinds.NAME, found[0].norm)]
        done = AddPerson(tuple(values)).handle(work)
        for one in found:
            if one.kind == kinds.NAME:
                one.card_id = done.people[0]
                work.session.add(one)
        return done


@dataclass(frozen=True, slots=True)
class AddGhosts:
    """Make a person of each of several, as one step.

    Attributes:
        ghosts: the identities of each.
    """

    ghosts: tuple[tuple[int, ...], ...]
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the people.

        Raises:
            NotFoundError: there is no such identity.
        """
        done = [AddGhost(identities).handle(work) for identities in self.ghosts]
        if len(done) == 1:
            return done[0]
        made = tuple(person for one in done for person in one.people)
        return Outcome(f"added {len(made):,} people", made)


@dataclass(frozen=True, slots=True)
class LeaveGhost:
    """Do not offer these addresses or names of talks again."""

    identities: tuple[int, ...]
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Mark the identities.

        Raises:
            NotFoundError: there is no such identity.
        """
        found = _identities(work, self.identities)
        for one in found:
            one.passed = 1
            work.session.add(one)
        verb = "stays" if _are_one(found) else "stay"
        return Outcome(f"{_shown(found)} {verb} out of the book")


def _identities(work: Work, ids: tuple[int, ...]) -> list[Identity]:
    from core.storage.tables import Identity

    found = [one for number in ids if (one := work.session.get(Identity, number)) is not None]
    if not found or len(found) < len(ids):
        raise NotFoundError("there is no such address in the talks")
    return found


def _value(one: Identity) -> Typed:
    """The address as a value: of a handle the service stands before it."""
    if one.kind != kinds.HANDLE:
        return Typed(one.kind, one.norm)
    service, _, handle = one.norm.partition(":")
    return Typed(kinds.HANDLE, handle, service)


def _are_one(found: list[Identity]) -> bool:
    return len({(one.kind, one.norm) for one in found}) == 1


def _shown(found: list[Identity]) -> str:
    """The name of the only one, or of the first, and how many more there are."""
    named = next((one.shown for one in found if one.shown), found[0].norm)
    more = len({(one.kind, one.norm) for one in found}) - 1
    return f"{named} and {more:,} more" if more else named
