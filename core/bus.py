"""The one way to change the book: `run` a command, `undo` it, `redo` it.

One command is one transaction and one undo step, from screens and shell alike; the journal lies
in the file, so both survive a restart.
"""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from core.clock import Clock, SystemClock, stamp
from core.commands.store_book import StoreBook
from core.commands.store_run import StoreRun
from core.commands.store_talks import StoreTalks
from core.errors import DecisionNeededError, NotFoundError
from core.events import Changed
from core.settings import Settings
from core.storage import connect, derive, journal, migrate
from core.storage.driver import Error
from core.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection as AlchemyConnection

    from core.storage.driver import Connection
    from core.storage.journal import Entry
    from core.work import Command

_IMPORTS = frozenset({StoreRun.__name__, StoreBook.__name__, StoreTalks.__name__})
ASK_FROM = 20
"""Taking back what concerns more people than this asks first."""


class Done(NamedTuple):
    """What came of a command.

    Attributes:
        command_id: the journal's number; 0 if nothing had to be changed.
        label: what was done, in words.
        people: ids of the persons it concerns, where they are few enough to name.
        count: how many people it concerns.
        result: what the command's handler returned beside.
    """

    command_id: int
    label: str
    people: tuple[int, ...]
    count: int  # type: ignore[assignment]  # a tuple's own count is not missed
    result: object = None


class Bus:
    """The writing side of one book; used by one thread at a time.

    Args:
        path: the file; it is created, or brought up to date after a copy.
        settings: cadences and weights that derived rows need.
        clock: today and now.
        sitting: marks what this run of the program did, for "u takes back what this sitting did".

    Raises:
        BookError: the file cannot be used.
    """

    def __init__(
        self,
        path: Path,
        *,
        settings: Settings | None = None,
        clock: Clock | None = None,
        sitting: str = "",
    ) -> None:
        self.path = path
        self.settings = settings or Settings()
        self.clock = clock or SystemClock()
        self.sitting = sitting or uuid.uuid4().hex[:12]
        self.copied = migrate.ensure(path, self.settings, self.clock.today())
        from core.storage.database import ops_engine

        self._engine = ops_engine(path)
        self._listeners: list[Callable[[Changed], None]] = []

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()

    def subscribe(self, listener: Callable[[Changed], None]) -> None:
        """Have `listener` called after each commit, in the thread that wrote."""
        self._listeners.append(listener)

    def run(
        self, command: Command, *, progress: Callable[[int], None] = lambda _done: None
    ) -> Done:
        """Carry a command out: all of it, or nothing.

        Args:
            command: any of `core.commands`.
            progress: called with a count between chunks of long work; may raise to cancel.

        Raises:
            VitalfewError: the command was refused; nothing was changed.
        """
        try:
            with self._transaction() as (connection, raw):
                done = self._carry_out(command, connection, raw, progress)
        except _NothingChanged as nothing:
            return nothing.done
        return self._tell(done)

    def _carry_out(
        self,
        command: Command,
        connection: AlchemyConnection,
        raw: Connection,
        progress: Callable[[int], None],
    ) -> Done:
        from sqlmodel import Session

        before = journal.sequences(raw)
        name, at = type(command).__name__, stamp(self.clock.now())
        command_id = journal.begin(raw, name, command.origin, self.sitting, at)
        journal.open_gate(raw, command_id, "log")
        with Session(bind=connection) as session:
            work = Work(session, raw, command_id, self.clock, self.settings, progress)
            outcome = command.handle(work)
            session.flush()
        journal.note_inserts(raw, command_id, before)
        people = tuple(outcome.people)
        count = len(people) if outcome.count is None else outcome.count
        if journal.count(raw, command_id) == 0:
            raise _NothingChanged(Done(0, outcome.label, people, 0, outcome.result))
        journal.forget_redo(raw)
        derive.start(raw)
        derive.note(raw, command_id)
        derive.refresh(raw, self.settings, self.clock.today(), progress)
        origin = outcome.origin or command.origin
        journal.tell(raw, command_id, outcome.label, count, origin)
        journal.close_gate(raw)
        return Done(command_id, outcome.label, people, count, outcome.result)

    def undo(
        self, command_id: int | None = None, *, sitting: str | None = None, sure: bool = False
    ) -> Done:
        """Take back the newest command, or the one named with all that depends on it.

        Args:
            command_id: a command of the journal; None for the newest that is not undone.
            sitting: what another sitting did asks first; None where that does not matter.
            sure: do not ask about imports, large steps, dependents or another sitting's.

        Raises:
            NotFoundError: there is nothing to take back.
            DecisionNeededError: it needs a yes first; the sentence says to what.
        """
        with self._transaction() as (_, raw):
            wanted = (
                journal.newest_live(raw) if command_id is None else journal.entry(raw, command_id)
            )
            if wanted is None:
                raise NotFoundError("nothing to take back")
            together = journal.dependents(raw, wanted.id)
            if not sure:
                _ask(wanted, together, sitting)
            number = journal.next_undo(raw)
            for step in (*together, wanted):
                self._replay(raw, step.id, partial(journal.take_back, number=number))
        return self._tell(Done(wanted.id, wanted.label, (), wanted.people, len(_told(together))))

    def redo(self) -> Done:
        """Do again what was taken back last, with all that was taken back in the same undo.

        Raises:
            NotFoundError: nothing was, or something new was done since.
        """
        with self._transaction() as (_, raw):
            steps = journal.redoable(raw)
            if not steps:
                raise NotFoundError("nothing to do again")
            for step in steps:
                self._replay(raw, step.id, journal.do_again)
        first = steps[0]
        return self._tell(Done(first.id, first.label, (), first.people, len(steps) - 1))

    def _replay(
        self, raw: Connection, command_id: int, apply: Callable[[Connection, int], None]
    ) -> None:
        derive.start(raw)
        derive.note(raw, command_id)
        journal.open_gate(raw, command_id, "replay")
        apply(raw, command_id)
        derive.note(raw, command_id)
        derive.refresh(raw, self.settings, self.clock.today())
        journal.close_gate(raw)

    @contextmanager
    def _transaction(self) -> Iterator[tuple[AlchemyConnection, Connection]]:
        from sqlalchemy.exc import DBAPIError

        try:
            with self._engine.connect() as connection, connection.begin():
                raw = connection.connection.dbapi_connection
                assert raw is not None  # noqa: S101 — an open connection has one
                yield connection, raw
        except (DBAPIError, Error) as error:
            raise connect.refusal(error) from error

    def _tell(self, done: Done) -> Done:
        for listener in self._listeners:
            listener(Changed(done.command_id, done.label, done.count))
        return done


def _told(steps: Sequence[Entry]) -> list[Entry]:
    """The steps a person took; those that the program took by itself are nowhere listed."""
    return [step for step in steps if step.origin != "system"]


def _ask(wanted: Entry, together: Sequence[Entry], sitting: str | None) -> None:
    if built := _told(together):
        named = "; ".join(step.label for step in built[:3])
        more = f" and {len(built) - 3} more" if len(built) > 3 else ""  # noqa: PLR2004
        raise DecisionNeededError(
            f"“{wanted.label}” was built upon since: {named}{more}. Take them back together?"
        )
    if sitting is not None and wanted.sitting != sitting:
        raise DecisionNeededError(f"“{wanted.label}” was not done in this sitting. Take it back?")
    if wanted.people > ASK_FROM or wanted.name in _IMPORTS:
        people = "1 person" if wanted.people == 1 else f"{wanted.people:,} people"
        raise DecisionNeededError(f"“{wanted.label}” concerns {people}. Take it back?")


class _NothingChanged(Exception):  # noqa: N818 — a way out, not an error
    def __init__(self, done: Done) -> None:
        super().__init__()
        self.done = done
