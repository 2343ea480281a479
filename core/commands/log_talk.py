"""Note that you talked with somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

from core.commands import promise
from core.commands.decide import name_of, named
from core.errors import NotFoundError, UsageError
from core.rules import kinds
from core.rules.named_words import BY_HAND
from core.rules.talk_words import folds_of
from core.text import clean
from core.work import Outcome

if TYPE_CHECKING:
    from core.rules.capture import Owed
    from core.storage.tables import Identity, Interaction
    from core.work import Work

KINDS: Final = ("mail", "message", "call", "meeting", "visit", "note")
DIRECTIONS: Final = ("both", "in", "out", "none")
_TOLD: Final = 2
_OWN: Final = {"call": "phone"}
"""The channel of a kind that is not called as the kind is."""


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
        names: others who took part, whom nobody in the book is.
        owed: what was promised in it, to or by each of `people`.
    """

    people: tuple[int, ...]
    day: date
    kind: str = "message"
    direction: str = "both"
    channel: str = ""
    text: str = ""
    at: datetime | None = None
    names: tuple[str, ...] = ()
    owed: tuple[Owed, ...] = ()


@dataclass(frozen=True, slots=True)
class LogTalks:
    """Log talks as one step."""

    talks: tuple[Talk, ...]
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write interactions, who took part, and what was promised.

        Raises:
            UsageError: a kind, direction or day that cannot be; a promise to nobody in the book.
            NotFoundError: there is nothing to log, or one of few people does not exist.
        """
        if not self.talks:
            raise NotFoundError("there is nothing to log")
        who = ""
        for talk in self.talks:
            _check(talk, work.clock.today())
            who = _who(work, talk)
        rows = [_row(work, talk) for talk in self.talks]
        work.session.add_all(rows)
        work.session.flush()  # once for all of them: each flush is a trip to the book
        for row, talk in zip(rows, self.talks, strict=True):
            _take_part(work, row.id or 0, talk)
        people = tuple(dict.fromkeys(p for talk in self.talks for p in talk.people))
        owed = sum(len(talk.owed) for talk in self.talks)
        more = f", and {owed:,} promises" if owed > 1 else ", and a promise" if owed else ""
        if len(self.talks) > 1:
            told = f"logged {len(self.talks):,} talks with {len(people):,} people"
        else:
            told = f"logged a {self.talks[0].kind} with {who}"
        return Outcome(told + more, people)


def _who(work: Work, talk: Talk) -> str:
    """Who took part: two by their names, more by their number."""
    names = [shown for name in talk.names if (shown := _shown(name))]
    if len(talk.people) + len(names) <= _TOLD:
        known = [name_of(work, person) for person in talk.people]
        return " and ".join([*known, *names]) if known or names else named(work, ())
    if talk.people:
        named(work, talk.people)
    return f"{len(talk.people) + len(names):,} people"


def _row(work: Work, talk: Talk) -> Interaction:
    from core.storage.tables import Interaction

    text = clean(talk.text)
    return Interaction(
        kind=talk.kind,
        at=_moment(talk, work),
        day=talk.day.isoformat(),
        direction=talk.direction,
        channel=clean(talk.channel) or _OWN.get(talk.kind, talk.kind),
        text=text,
        folds=folds_of(text),
    )


def _take_part(work: Work, interaction: int, talk: Talk) -> None:
    from core.storage.tables import Participant

    for person in dict.fromkeys(talk.people):
        work.session.add(Participant(interaction_id=interaction, card_id=person, role="with"))
    ghosts = {one.id: one for one in (_ghost(work, name) for name in talk.names) if one}
    for ghost in ghosts:
        work.session.add(Participant(interaction_id=interaction, identity_id=ghost, role="with"))
    for owed in talk.owed:
        promise.owe(work, talk.people, owed.owed_by, owed.what, owed.due, interaction)


def _ghost(work: Work, name: str) -> Identity | None:
    """The identity of a name that the user writes; None for a name without letters."""
    from sqlmodel import col, select

    from core.rules.normalise import norm_of
    from core.storage.tables import Identity

    if not (shown := _shown(name)):
        return None
    norm = norm_of(kinds.NAME, shown)[1]
    same = select(Identity).where(
        col(Identity.kind) == kinds.NAME,
        col(Identity.norm) == norm,
        col(Identity.scope) == BY_HAND,
    )
    found = work.session.exec(same).first()
    if found is None:
        found = Identity(kind=kinds.NAME, norm=norm, scope=BY_HAND, shown=shown)
        work.session.add(found)
        work.session.flush()
    return found


def _shown(name: str) -> str:
    return " ".join(clean(name).split()) if any(map(str.isalpha, name)) else ""


def _check(talk: Talk, today: date) -> None:
    if talk.kind not in KINDS:
        raise UsageError(f"a talk is one of {', '.join(KINDS)}, not {talk.kind}")
    if talk.direction not in DIRECTIONS:
        raise UsageError(f"a direction is one of {', '.join(DIRECTIONS)}, not {talk.direction}")
    if talk.owed and not talk.people:
        raise UsageError("a promise needs somebody who is in your book")
    if talk.day > today:
        raise UsageError("a talk to come cannot be logged yet")


def _moment(talk: Talk, work: Work) -> str:
    from core.clock import stamp

    if talk.at is not None:
        return stamp(talk.at)
    if talk.day == work.clock.today():
        return work.moment
    return stamp(datetime.combine(talk.day, time(12), tzinfo=UTC))
