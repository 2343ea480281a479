"""Let somebody rest until a day, with a why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.commands.decide import decide, named
from core.errors import UsageError
from core.rules.when import short
from core.text import clean
from core.work import Outcome

if TYPE_CHECKING:
    from datetime import date

    from core.work import Work


@dataclass(frozen=True, slots=True)
class SetWait:
    """Leave people off the focus list until a day; None ends the wait.

    Attributes:
        people: person ids.
        until: the first day they may be listed again.
        why: shown when the wait ends.
    """

    people: tuple[int, ...]
    until: date | None
    why: str = ""
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the standing.

        Raises:
            UsageError: the day is not in the future.
            NotFoundError: there is no such person.
        """
        if self.until is not None and self.until <= work.clock.today():
            raise UsageError("a wait ends on a day to come")
        who = named(work, self.people)
        day = self.until.isoformat() if self.until else ""
        why = clean(self.why)
        decide(work, self.people, "wait", day, why=why)
        label = f"{who} waits no longer"
        if self.until is not None:
            label = f"{who} waits until {short(self.until, work.clock.today())}"
            label += f" ({why})" if why else ""
        return Outcome(label, self.people)
