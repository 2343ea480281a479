"""Note that you talked with somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

from core.commands.decide import named
from core.errors import NotFoundError, UsageError
from core.text import clean
from core.work import Outcome

if TYPE_CHECKING:
    from core.work import Work

KINDS: Final = ("mail", "message", "call", "meeting", "visit", "note")
DIRECTIONS: Final = ("both", "in", "out", "none")


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk to log.

    Attributes:
        people: person ids of all who took part.
        day: the local day.
        kind: one of `KINDS`.
        direction: one of `DIRECTIONS`.
        channel: mail, phone, or a network; "" for the kind's own.
        text: what was said, in the user's words.
        at: the moment, where it is known; else noon of `day`.
    """

    people: tuple[int, ...]
    day: date
    kind: str = "message"
    direction: str = "both"
    channel: str = ""
    text: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogTalks:
    """Log talks as one step."""

    talks: tuple[Talk, ...]
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write interactions and who took part.

        Raises:
            UsageError: a kind, direction or day that cannot be.
            NotFoundError: there is nothing to log, or one of few people does not exist.
        """
        from core.storage.tables import Interaction, Participant

        if not self.talks:
            raise NotFoundError("there is nothing to log")
        who = ""
        for talk in self.talks:
            _check(talk, work.clock.today())
            who = named(work, talk.people)
            row = Interaction(
                kind=talk.kind,
                at=_moment(talk, work),
                day=talk.day.isoformat(),
                direction=talk.direction,
                channel=clean(talk.channel) or talk.kind,
                text=clean(talk.text),
            )
            work.session.add(row)
            work.session.flush()
            assert row.id is not None  # noqa: S101 — a flushed row has one
            for person in talk.people:
                work.session.add(Participant(interaction_id=row.id, card_id=person, role="with"))
        people = tuple(dict.fromkeys(p for talk in self.talks for p in talk.people))
        if len(self.talks) > 1:
            return Outcome(f"logged {len(self.talks):,} talks with {len(people):,} people", people)
        return Outcome(f"logged a {self.talks[0].kind} with {who}", people)


def _check(talk: Talk, today: date) -> None:
    if talk.kind not in KINDS:
        raise UsageError(f"a talk is one of {', '.join(KINDS)}, not {talk.kind}")
    if talk.direction not in DIRECTIONS:
        raise UsageError(f"a direction is one of {', '.join(DIRECTIONS)}, not {talk.direction}")
    if talk.day > today:
        raise UsageError("a talk to come cannot be logged yet")


def _moment(talk: Talk, work: Work) -> str:
    from core.clock import stamp

    if talk.at is not None:
        return stamp(talk.at)
    if talk.day == work.clock.today():
        return work.moment
    return stamp(datetime.combine(talk.day, time(12), tzinfo=UTC))
