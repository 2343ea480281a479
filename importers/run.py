"""Do an import: find out what each file is, read it, and store it as one step a source."""

from __future__ import annotations

import gc
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from core.clock import SystemClock
from core.commands.store_run import Stored, StoreRun, Tally
from core.commands.store_talks import TalkTally
from core.queries import questions, sources
from core.storage import backup, connect, migrate
from importers import choices, registry, talk_run, vitalfew
from importers.choices import Options, RunKey, Unasked
from importers.container import open_container
from importers.estimate import estimate, estimate_talks
from importers.grouping import grouped
from importers.settle import Settling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from core.bus import Bus
    from core.commands.store_run import Refusal
    from core.storage.driver import Connection
    from importers.choices import Ask
    from importers.container import Container
    from importers.grouping import Group
    from importers.guess import Guessed
    from importers.plan import Match, Plan
    from importers.settle import Run
    from importers.talk_run import TalkRun

COPY_FROM: Final = 100
"""Before an import of about so many records the book is copied."""

_COLLECT_AFTER: Final = 50_000  # new objects
_NOTHING: Final = Stored(
    run_id=0, records=0, new=0, changed=0, unchanged=0, gone=0, put_away=0, news=0
)


@dataclass(slots=True)
class RunReport:
    """What one run came to, or would come to.

    Attributes:
        key: names the run; the same in a trial and when it is done.
        columns: of a spreadsheet, what each column is taken for.
        match: the source that the files were taken for because it knows their records.
        older: the day of the source's last files if these are older, and so were left; else "".
        taken: what is taken of each entry.
        talks: it brought talks, not people.
        asks: who the owner of the talks may be, where nobody knows.
        kept_before: how much of each talk was kept before, one of `choices.KEEPS`; "" if none came.
    """

    key: RunKey
    source: str
    kind: str
    title: str
    files: tuple[str, ...]
    stored: Stored
    refused: list[Refusal]
    warnings: list[Refusal]
    command_id: int = 0
    columns: tuple[Guessed, ...] = ()
    match: Match | None = None
    older: str = ""
    taken: choices.Choices = field(default_factory=choices.Choices)
    talks: bool = False
    asks: tuple[choices.Candidate, ...] = ()
    kept_before: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it held no talk at all, as the empty calendar beside a folder of cards."""
        return self.talks and not (self.stored.records or self.refused or self.warnings)


@dataclass(slots=True)
class Report:
    """What an import came to: its runs, the paths nobody could read, the copy made before."""

    runs: list[RunReport] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    copy: Path | None = None


class Step(NamedTuple):
    """How far an import is: entries stored of about how many in this run."""

    title: str
    done: int
    total: int


def import_paths(  # noqa: PLR0913, PLR0917 — each is one thing
    bus: Bus | None,
    book: Path,
    paths: Sequence[Path],
    options: Options,
    progress: Callable[[Step], None] = lambda _step: None,
    ask: Ask | None = None,
) -> Report:
    """Import files and folders.

    Args:
        bus: the writing side; None for a trial, which counts and writes nothing.
        book: the file of the book, which need not exist for a trial.
        paths: files, folders, archives.
        options: see `Options`.
        progress: called between chunks; may raise `CancelledError`.
        ask: who answers questions; by default nobody is asked.

    Returns:
        One run for each source; paths that no format claimed.

    Raises:
        VitalfewError: a path cannot be opened, or the format named does not exist.
        DecisionNeededError: columns are guessed and nobody can be asked.
    """
    importing = _Import(bus, book, options, progress, ask or Unasked())
    with _seldom_collected(), ExitStack() as stack:
        containers = [stack.enter_context(_opened(path)) for path in paths]
        groups, unknown = grouped(containers, options)
        importing.report.unknown = [(one.name, registry.unknown(one)) for one in unknown]
        whole = [group for group in groups if group.importer.NAME == vitalfew.NAME]
        # A book may bring the sources that the other files are of, so it is there before they
        # are settled. Of the others all that can be refused or asked is, before one is written.
        for batch in (whole, [group for group in groups if group not in whole]):
            for run in importing.settled(batch):
                importing.report.runs.append(importing.done(run))
    if len(importing.report.runs) > 1:
        importing.report.runs = [run for run in importing.report.runs if not run.is_empty]
    return importing.report


def _opened(path: Path) -> Container:
    return open_container(path, vitalfew.LIMITS if vitalfew.is_book(path) else None)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Let the garbage collector look less often: records and rows hold no cycles.

    Its usual rhythm, made for small heaps, takes a tenth of a large import.
    """
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Import:
    """The runs of one import, one after the other."""

    def __init__(
        self,
        bus: Bus | None,
        book: Path,
        options: Options,
        progress: Callable[[Step], None],
        ask: Ask,
    ) -> None:
        self.bus = bus
        self.book = book
        self.options = options
        self.progress = progress
        self.ask = ask
        self.report = Report()

    def settled(self, groups: Sequence[Group]) -> list[Run | TalkRun]:
        """The runs that are not left out, their questions answered."""
        with self._view() as view:
            settling = Settling(view, self.ask, trial=self.bus is None)
            found: list[Run | TalkRun | None] = []
            for group in groups:
                if group.talks:
                    found.append(self._settled_talks(view, group))
                else:
                    found.append(settling.settle(group, self.options))
            return [run for run in found if run is not None]

    def _settled_talks(self, view: Connection | None, group: Group) -> TalkRun | None:
        now = self.bus.clock.now() if self.bus else SystemClock().now()
        asking = None if self.bus is None else self.ask
        return talk_run.settle(group, self.options, view, now, asking)

    def done(self, run: Run | TalkRun) -> RunReport:
        """Carry a run out, or count it."""
        if isinstance(run, talk_run.TalkRun):
            return self._done_talks(run)
        plan, tally = run.plan, Tally()
        total = sum(estimate(plan.importer, container) for container in plan.containers)
        step = _Stepper(self.progress, plan.importer.TITLE, total)
        stored, command_id = _NOTHING, 0
        if not run.older:
            with self._view() as view:
                if self.bus is not None:
                    self._keep_a_copy(view, total)
                if plan.importer.NAME == vitalfew.NAME:
                    stored, command_id = self._book(view, plan.containers, step)
                elif self.bus is None:
                    stored = self._count(view, run, tally, step)
                else:
                    stored, command_id = self._store(self.bus, view, run, tally, step)
        report = _report(run, tally, stored, command_id)
        return replace(report, columns=run.columns, match=run.match, older=run.older)

    def _done_talks(self, run: TalkRun) -> RunReport:
        plan, tally = run.plan, TalkTally()
        total = sum(estimate_talks(plan.importer, container) for container in plan.containers)
        step = _Stepper(self.progress, plan.importer.TITLE, total)
        if self.bus is None:
            with self._view() as view:
                stored, command_id = talk_run.count(run, view, tally, step.read), 0
        else:
            with self._view() as view:
                self._keep_a_copy(view, total)
            stored, command_id = talk_run.store(self.bus, run, tally, step.read)
        report = _report(run, tally, stored, command_id)
        return replace(report, talks=True, asks=run.asks, kept_before=run.kept_before)

    @contextmanager
    def _view(self) -> Iterator[Connection | None]:
        if not migrate.is_current(self.book):
            with nullcontext() as nothing:
                yield nothing
            return
        view = connect.view(self.book)
        try:
            yield view
        finally:
            view.close()

    def _keep_a_copy(self, view: Connection | None, records: int) -> None:
        if view is None or records < COPY_FROM or self.report.copy is not None:
            return
        if sources.all_sources(view):
            self.report.copy = backup.copy(self.book, "import")

    def _store(
        self, bus: Bus, view: Connection | None, run: Run, tally: Tally, step: _Stepper
    ) -> tuple[Stored, int]:
        plan = run.plan
        region = (("region", plan.region),) if plan.region else ()
        seen = sources.last_run(view) if view and plan.source_id else -1
        command = StoreRun(
            kind=plan.importer.NAME,
            account=plan.account,
            title=_title(plan),
            files=run.group.key.files,
            exported=run.exported,
            entries=plan.prepare(view, tally, gone=self._gone(plan), progress=step.read),
            tally=tally,
            settings=(*region, *run.settings),
            last_run=seen,
        )
        done = bus.run(command, progress=step.store)
        assert isinstance(done.result, Stored)  # noqa: S101 — what the handler of StoreRun returns
        return done.result, done.command_id

    def _book(
        self, view: Connection | None, containers: Sequence[Container], step: _Stepper
    ) -> tuple[Stored, int]:
        """Whole books, to whose entries nothing need be aligned; each is a step of its own."""
        stored, command_id = _NOTHING, 0
        for container in containers:
            if self.bus is None:
                found = vitalfew.count(view, container, step.store)
            else:
                found, command_id = vitalfew.store(self.bus, container, step.store)
            stored = Stored(*(had + more for had, more in zip(stored, found, strict=True)))
        return stored, command_id

    def _count(self, view: Connection | None, run: Run, tally: Tally, step: _Stepper) -> Stored:
        new = changed = joined = asked = 0
        edited = questions.edited_cards(view) if view else set()
        for entry in run.plan.prepare(view, tally, progress=step.read):
            new += not entry.card_id
            changed += bool(entry.card_id)
            joined += bool(entry.person_id)
            if view and entry.card_id in edited:
                today = SystemClock().today().isoformat()
                asked += questions.would_raise(view, entry.card_id, entry.facts, today)
            step.store(1)
        return Stored(
            run_id=0,
            records=tally.records,
            new=new,
            changed=changed,
            unchanged=tally.unchanged,
            gone=len(tally.gone),
            put_away=0,
            news=0,
            joined=joined,
            left_out=tally.left_out,
            questions=asked,
        )

    def _gone(self, plan: Plan) -> Callable[[int, int], bool]:
        def asked(missing: int, present: int) -> bool:
            return self.ask.gone(plan.importer.TITLE, missing, present)

        return asked


def _report(
    run: Run | TalkRun, tally: Tally | TalkTally, stored: Stored, command_id: int
) -> RunReport:
    """What every run tells of itself, of people or of talks."""
    importer, files = run.plan.importer, run.group.key.files
    return RunReport(
        key=run.group.key,
        source=run.plan.account or importer.NAME,
        kind=importer.NAME,
        title=importer.TITLE,
        files=files,
        stored=stored,
        refused=tally.refused,
        warnings=tally.warnings,
        command_id=command_id,
        taken=run.plan.choices,
    )


def _title(plan: Plan) -> str:
    """The format; of a spreadsheet its name too, as there are many."""
    named = plan.importer.NAME == registry.ANY_TABLE
    return f"{plan.importer.TITLE} {plan.account}" if named else plan.importer.TITLE


class _Stepper:
    """Counts what is read and stored, and tells both as one."""

    def __init__(self, progress: Callable[[Step], None], title: str, total: int) -> None:
        self._progress, self._title, self._total = progress, title, total
        self._read = self._stored = 0

    def read(self, more: int) -> None:
        """So many more were read."""
        self._read += more
        self._tell(self._read)

    def store(self, more: int) -> None:
        """So many more were stored."""
        self._stored += more
        self._tell(max(self._read, self._stored))

    def _tell(self, done: int) -> None:
        self._progress(Step(self._title, done, max(self._total, done)))
