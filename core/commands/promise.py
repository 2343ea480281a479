"""Note what is owed between you and somebody, settle it, or give it another day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from core.commands.decide import named
from core.errors import NotFoundError, UsageError
from core.queries import promises
from core.queries.promises import DROPPED
from core.rules.when import short
from core.text import clean
from core.work import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.promises import PromiseLine
    from core.work import Work

ME: Final = "me"
THEM: Final = "them"


@dataclass(frozen=True, slots=True)
class AddPromise:
    """Note something owed, once for each of these people.

    Attributes:
        people: person ids.
        owed_by: ``me`` or ``them``.
        what: in the user's words.
        due: the ISO day by which; "" for no day.
        talk: the interaction in which it was promised, if it is in the log.
    """

    people: tuple[int, ...]
    owed_by: str
    what: str
    due: str = ""
    talk: int | None = None
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the rows.

        Raises:
            NotFoundError: there is no such person or talk.
            UsageError: nothing is promised, by nobody known, or the day is none.
        """
        who = named(work, self.people)
        what = owe(work, self.people, self.owed_by, self.what, self.due, self.talk)
        told = f"promised {who}: {what}" if self.owed_by == ME else f"{who} promised: {what}"
        return Outcome(told + _by(self.due, work), self.people)


@dataclass(frozen=True, slots=True)
class SettlePromise:
    """Say that a promise was kept or dropped, or that it is open again.

    Attributes:
        promise: its id.
        kept: True today; False for dropped; None opens it again.
    """

    promise: int
    kept: bool | None = True
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the row; what was kept before stays kept on that day.

        Raises:
            NotFoundError: there is no such promise.
        """
        line = _found(work, self.promise)
        was_kept = line.kept not in {"", DROPPED}
        if self.kept is None:
            kept, done = "", "open again"
        elif self.kept:
            kept, done = (line.kept if was_kept else work.day), "kept"
        else:
            kept, done = DROPPED, DROPPED
        if kept != line.kept:
            _change(work, line.id, "kept", kept)
        return Outcome(f"{_told(line)}: {done}", (line.person,))


@dataclass(frozen=True, slots=True)
class MovePromise:
    """Give a promise another day.

    Attributes:
        promise: its id.
        due: the ISO day by which; "" for no day.
    """

    promise: int
    due: str
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the row.

        Raises:
            NotFoundError: there is no such promise.
            UsageError: the day is none.
        """
        _check_day(self.due, work)
        line = _found(work, self.promise)
        if self.due != line.due:
            _change(work, line.id, "due", self.due)
        return Outcome(f"{_told(line)}{_by(self.due, work) or ', no day'}", (line.person,))


def owe(  # noqa: PLR0913, PLR0917 — one value for each column of a promise
    work: Work, people: Sequence[int], owed_by: str, what: str, due: str, talk: int | None
) -> str:
    """Write a promise for each of these people, as part of whatever is being done.

    Returns:
        What was promised, as it is kept.

    Raises:
        NotFoundError: there is no such talk.
        UsageError: nothing is promised, by nobody known, or the day is none.
    """
    from core.storage.tables import Interaction, Promise

    if owed_by not in {ME, THEM}:
        raise UsageError(f"a promise is owed by {ME} or {THEM}, not {owed_by[:20]}")
    what = clean(what).strip()
    if not what:
        raise UsageError("what is promised? such as: the deck fri")
    _check_day(due, work)
    if talk is not None and work.session.get(Interaction, talk) is None:
        raise NotFoundError("that talk is not in the log any more")
    for person in dict.fromkeys(people):
        row = Promise(card_id=person, owed_by=owed_by, what=what, due=due, interaction_id=talk)
        work.session.add(row)
    return what


def _change(work: Work, promise: int, column: str, value: str) -> None:
    from core.storage.tables import Promise

    row = work.session.get(Promise, promise)
    assert row is not None  # noqa: S101 — it was just read
    setattr(row, column, value)


def _found(work: Work, promise: int) -> PromiseLine:
    line = promises.one(work.raw, promise)
    if line is None:
        raise NotFoundError(f"there is no promise with the id {promise}")
    return line


def _told(line: PromiseLine) -> str:
    if line.owed_by == ME:
        return f"my promise to {line.name} ({line.what})"
    return f"the promise of {line.name} ({line.what})"


def _by(due: str, work: Work) -> str:
    return f", by {short(date.fromisoformat(due), work.clock.today())}" if due else ""


def _check_day(due: str, work: Work) -> None:
    try:
        sound = not due or date.fromisoformat(due).isoformat() == due
    except ValueError:
        sound = False
    if not sound:
        raise UsageError(f"“{due[:20]}” is no day, such as {work.day}")
