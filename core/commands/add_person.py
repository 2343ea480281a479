"""Make a person by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.commands.decide import decide
from core.commands.hand import clean_of, region, stored
from core.errors import UsageError
from core.queries import holders
from core.rules import kinds
from core.rules.tiers import TIERS
from core.rules.typed import EXAMPLE, is_known_by
from core.storage import bulk
from core.work import Outcome

if TYPE_CHECKING:
    from core.rules.typed import Typed
    from core.storage.tables import Fact
    from core.work import Work


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Somebody new, whom no source knows.

    The outcome's `people` is the new id; its `result` the ids of the persons who have one of these
    addresses, numbers or handles already (a tuple, maybe empty): they are told, not merged.

    Attributes:
        values: what is known, the best first; as `core.rules.typed.person` takes a line apart.
        tier: a letter to file them in at once, or "".
    """

    values: tuple[Typed, ...]
    tier: str = ""
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the card and its facts.

        Raises:
            UsageError: nobody can be known by these values, or there is no such tier.
        """
        from core.storage.tables import Card

        values = tuple(filter(None, map(clean_of, self.values)))
        if not is_known_by(values):
            raise UsageError(f"who is it? such as: {EXAMPLE}")
        if self.tier and self.tier not in TIERS:
            raise UsageError(f"a tier is one of {', '.join(TIERS)}")
        home = region(work)
        person = bulk.next_id(work.raw, "card")
        made = work.moment
        card = Card(
            id=person, uid=bulk.fresh_uid("by hand", person, made), person_id=person, made=made
        )
        work.session.add(card)
        work.session.flush()
        facts: dict[tuple[str, str, str], Fact] = {}
        for value in values:
            fact = stored(value, person, home)
            facts.setdefault((fact.kind, fact.norm, fact.label), fact)
        same = holders.of(
            work.raw, [(f.kind, f.norm) for f in facts.values() if f.kind in kinds.IDENTIFIERS]
        )
        work.session.add_all(facts.values())
        if self.tier:
            decide(work, (person,), "tier", self.tier)
        return Outcome(f"added {_called(values)}", (person,), result=same)


def _called(values: tuple[Typed, ...]) -> str:
    name = next((value.value for value in values if value.kind == kinds.NAME), "")
    return name or values[0].value
