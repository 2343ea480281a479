"""What a command's handler may touch while its transaction is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from core.clock import Clock, stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlmodel import Session

    from core.settings import Settings
    from core.storage.driver import Connection


class Work(NamedTuple):
    """One open transaction.

    Attributes:
        session: SQLModel's session on the writing connection.
        raw: the same connection below it, for rows by the hundred thousand.
        command_id: the journal's number of this command.
        clock: tells `day` and `moment`.
        settings: the user's choices.
        progress: call it between chunks; raises `CancelledError` if the user gave up.
    """

    session: Session
    raw: Connection
    command_id: int
    clock: Clock
    settings: Settings
    progress: Callable[[int], None]

    @property
    def day(self) -> str:
        """Today, as it is stored."""
        return self.clock.today().isoformat()

    @property
    def moment(self) -> str:
        """Now in UTC, as it is stored."""
        return stamp(self.clock.now())


class Outcome(NamedTuple):
    """What a handler has to say.

    Attributes:
        label: what was done, in words, for the journal and "took back: …".
        people: the persons it concerns, by id; may be empty.
        count: how many people, where there are too many to name; else len(people).
        result: whatever the sender of the command wants to know.
        origin: over the command's own, where only its outcome tells.
    """

    label: str
    people: Sequence[int] = ()
    count: int | None = None  # type: ignore[assignment]  # a tuple's own count is not missed
    result: object = None
    origin: str = ""


class Command(Protocol):
    """A use case: frozen data, and how it is carried out.

    Attributes:
        origin: ``user``, or ``system`` for what the program does by itself (skipped by undo).
    """

    @property
    def origin(self) -> str:
        """Who it is from: ``user`` or ``system``."""
        ...

    def handle(self, work: Work) -> Outcome:
        """Carry it out inside the open transaction."""
        ...
