"""Keep how somebody must not, or would rather, be contacted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.commands.decide import named
from core.errors import UsageError
from core.rules.opt_outs import EVERY, NEVER, PREFER, checked
from core.rules.partial_dates import parse
from core.text import clean
from core.work import Outcome

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.work import Work

_CHUNK: Final = 5_000


@dataclass(frozen=True, slots=True)
class SetOptOut:
    """Write down, or take off, one word about a channel; for all entries of each person.

    A new preference replaces the old one; a ``never`` takes the preference of that channel away.

    Attributes:
        people: person ids.
        channel: one of `core.rules.opt_outs.CHANNELS`.
        rule: ``never`` or ``prefer``.
        said_by: who said so, or where: "her mail", "the meeting"; or "".
        day: the ISO day it was said; "" for today.
        take_off: it holds no longer.
    """

    people: tuple[int, ...]
    channel: str
    rule: str
    said_by: str = ""
    day: str = ""
    take_off: bool = False
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the rows.

        Raises:
            NotFoundError: there is no such person.
            UsageError: there is no such channel, rule or day; or somebody would prefer what they
                never want.
        """
        who = named(work, self.people)
        channel, rule = checked(self.channel, self.rule)
        day = self._day(work)
        for place in range(0, len(self.people), _CHUNK):
            chunk = self.people[place : place + _CHUNK]
            if self.take_off:
                self._take_off(work, chunk, [channel], rule)
            else:
                self._write(work, chunk, channel, rule, day)
        told = "everything" if channel == EVERY else channel
        words = f"never {told}" if rule == NEVER else f"prefers {told}"
        words = "never contact" if (channel, rule) == (EVERY, NEVER) else words
        words = f"“{words}” taken off" if self.take_off else words
        return Outcome(f"{who}: {words}", self.people)

    def _day(self, work: Work) -> str:
        day = parse(self.day) if self.day else None
        if self.day and (day is None or day.full() is None):
            raise UsageError(f"“{self.day[:20]}” is no day, such as {work.day}")
        return str(day) if day else ""

    def _write(
        self, work: Work, people: tuple[int, ...], channel: str, rule: str, day: str
    ) -> None:
        from sqlalchemy import literal, select
        from sqlalchemy.dialects.sqlite import insert
        from sqlmodel import col

        from core.rules.opt_outs import CHANNELS
        from core.storage.tables import Card, OptOut

        if rule == PREFER:
            self._refuse_contradiction(work, people, channel)
            self._take_off(work, people, [one for one in CHANNELS if one != channel], PREFER)
        else:
            self._take_off(work, people, CHANNELS if channel == EVERY else [channel], PREFER)
        rows = select(
            col(Card.id),
            literal(channel),
            literal(rule),
            literal(clean(self.said_by).strip()),
            literal(day or work.day),
        ).where(col(Card.person_id).in_(people))
        given = insert(OptOut).from_select(["card_id", "channel", "rule", "said_by", "day"], rows)
        # What was said once is not made later by being said again without more.
        anew = {"said_by": given.excluded.said_by} if self.said_by else {}
        anew |= {"day": given.excluded.day} if day else {}
        marks = ["card_id", "channel", "rule"]
        if anew:
            work.session.exec(given.on_conflict_do_update(index_elements=marks, set_=anew))
        else:
            work.session.exec(given.on_conflict_do_nothing(index_elements=marks))

    def _refuse_contradiction(self, work: Work, people: tuple[int, ...], channel: str) -> None:
        from sqlmodel import col, select

        from core.storage.tables import OptOut

        never = col(OptOut.channel).in_([channel, EVERY]), col(OptOut.rule) == NEVER
        said = work.session.exec(select(OptOut).where(*never, self._of(people))).first()
        if said is not None:
            told = "contact" if said.channel == EVERY else said.channel
            raise UsageError(f"they said: never {told}; take that off first")

    def _take_off(
        self, work: Work, people: tuple[int, ...], channels: list[str] | tuple[str, ...], rule: str
    ) -> None:
        from sqlalchemy import delete
        from sqlmodel import col

        from core.storage.tables import OptOut

        gone = delete(OptOut).where(
            col(OptOut.channel).in_(channels), col(OptOut.rule) == rule, self._of(people)
        )
        work.session.exec(gone)

    @staticmethod
    def _of(people: tuple[int, ...]) -> ColumnElement[bool]:
        from sqlmodel import col, select

        from core.storage.tables import Card, OptOut

        cards = select(Card.id).where(col(Card.person_id).in_(people))
        return col(OptOut.card_id).in_(cards)
