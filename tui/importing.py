"""An import as its screens drive it: tried first, changed, tried again, and then done.

Reading files and writing the book happen in threads; `Import.step` tells how far they are, and
`Import.cancel` ends them at the next entry.
"""

from __future__ import annotations

import os
import threading
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

from core.errors import CancelledError, DecisionNeededError, UsageError, VitalfewError
from core.queries import history, sources
from core.storage import connect
from importers import discover, home_region
from importers.choices import Options
from importers.run import Report, import_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.bus import Bus
    from core.queries.sources import SourceLine
    from importers.choices import Candidate, RunKey
    from importers.discover import Found
    from importers.run import RunReport, Step
    from tui.backend import Backend

Model = TypeVar("Model")

CANCELLED: Final = "stopped: the book is as it was before"
_ANOTHER: Final = (
    "a file is another now than in the plan, so nothing was imported; q, and take it once more"
)
_STEPS: Final = 1_000


async def on_this_machine(backend: Backend) -> list[Found]:
    """What lies in the usual places of this machine."""

    def look(_count: int) -> None:
        if backend.leaving.is_set():
            raise CancelledError(CANCELLED)

    return await backend.aside(
        partial(discover.on_this_machine, Path.home(), dict(os.environ), look)
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """What an import would change, and what is known of it beside.

    Attributes:
        report: what each run would come to.
        sources: the lists that the book knows.
        older: earlier copies of the same files, which are passed over.
        passed_over: files of folders that are nothing that can be read.
        region: the country in which numbers without one would be read; None if none is
            needed or the book knows it, "" if they would stay as typed.
    """

    report: Report
    sources: Sequence[SourceLine] = ()
    older: Sequence[Path] = ()
    passed_over: int = 0
    region: str | None = None


class Import:
    """One import, from the paths that were chosen to what it came to.

    Args:
        backend: the book.
        paths: files, folders and archives.
    """

    def __init__(self, backend: Backend, paths: Sequence[Path]) -> None:
        self.paths = tuple(paths)
        self.step: Step | None = None
        """How far the present work is; None before its first entry."""
        self.finishing = False
        """Whether all is read, and only put in order now."""
        self._trial = Trial(Report())
        self._result: Report | None = None
        self._veiled: dict[str, tuple[object, object]] = {}
        self._backend = backend
        self._options: dict[RunKey, Options] = {}
        self._candidates: dict[RunKey, Sequence[Candidate]] = {}
        self._files: Sequence[Path] = ()
        self._named: str | None = None
        self._stop = threading.Event()

    def options(self, key: RunKey) -> Options:
        """What the user said about one run."""
        return self._options.get(key, Options(region=self._trial.region or None))

    def say(self, key: RunKey, options: Options) -> None:
        """Have a run done otherwise; `try_one` or `try_all` counts it again."""
        self._options[key] = options

    def candidates(self, key: RunKey) -> Sequence[Candidate]:
        """Who of those who wrote may be the user, as it may be shown; none where it is known."""
        return self._backend.shown(self._candidates.get(key, ()))

    def asks_owner(self, key: RunKey) -> bool:
        """Whether nobody has said yet which of those who wrote is the user."""
        return key in self._candidates and not self.options(key).me

    def name_owner(self, key: RunKey, who: int | str) -> None:
        """Say who the user is in a run.

        Args:
            key: the run.
            who: the place of one of its candidates, or a name or address.
        """
        me = self._candidates[key][who].party if isinstance(who, int) else who
        self._options[key] = self.options(key)._replace(me=(me,))

    def owner(self, key: RunKey) -> str:
        """Who was said to be the user, as it may be shown; "" if nobody was."""
        said = self.options(key).me
        if not said:
            return ""
        names = (one.name for one in self._candidates.get(key, ()) if one.party == said[0])
        return self._backend.shown(next(names, str(said[0])))

    def name_region(self, region: str) -> None:
        """Read numbers without a country as those of this one; "" keeps them as typed."""
        self._named = region
        for key, options in self._options.items():
            self._options[key] = options._replace(region=region or None)

    @property
    def trial(self) -> Trial:
        """What it would change."""
        return self._shown(self._trial)

    @property
    def result(self) -> Report | None:
        """What it came to, once it was done."""
        return self._shown(self._result)

    @result.setter
    def result(self, report: Report | None) -> None:
        self._result = report

    def _shown(self, model: Model) -> Model:
        """What may be shown of it; asked for at each line, so it is covered only once."""
        if not self._backend.veiled:
            return model
        name = type(model).__name__
        if name not in self._veiled or self._veiled[name][0] is not model:
            self._veiled[name] = model, self._backend.shown(model)
        return cast("Model", self._veiled[name][1])

    @property
    def runs(self) -> Sequence[RunReport]:
        """The runs of the trial, those that are left out too."""
        return self.trial.report.runs

    @property
    def taken(self) -> list[RunReport]:
        """The runs that will be done."""
        return [run for run in self.runs if not self.options(run.key).skip]

    def cancel(self) -> None:
        """End the present work at its next entry."""
        self._stop.set()

    async def try_all(self) -> None:
        """Find out what the files are and what they would change; nothing is written.

        Raises:
            VitalfewError: a file cannot be opened, or it was cancelled.
        """
        self._trial = await self._aside(self._try_all)

    async def try_one(self, key: RunKey) -> None:
        """Count one run again, as it is wished now.

        Raises:
            VitalfewError: a file cannot be opened, a wish makes no sense, or it was cancelled.
        """
        options = Options(skip=True, runs={key: self.options(key)._replace(skip=False)})
        again = {run.key: run for run in (await self._aside(partial(self._try, options))).runs}
        report = self._trial.report
        runs = [again.get(run.key, run) for run in report.runs]
        self._note_owners(runs)
        self._trial = replace(self._trial, report=replace(report, runs=runs))

    async def carry_out(self) -> Report:
        """Import what is taken: all of it, or nothing.

        Raises:
            VitalfewError: it was refused or cancelled; the book is as it was before.
        """
        self._begin()
        self.result = await self._backend.bring_in(self._carry_out)
        return self.result

    async def _aside(self, work: Callable[[], Model]) -> Model:
        self._begin()
        return await self._backend.aside(work)

    def _begin(self) -> None:
        self._stop.clear()
        self.step, self.finishing = None, False

    def _try_all(self) -> Trial:
        looked = [discover.look_through(path) for path in self.paths]
        files = [one.exports or (path,) for path, one in zip(self.paths, looked, strict=True)]
        self._files = tuple(dict.fromkeys(path for paths in files for path in paths))
        older = [path for one in looked for path in one.older if path not in self._files]
        with closing(connect.view(self._backend.book)) as view:
            known = sources.all_sources(view)
            region = None if sources.setting(view, "region") else self._region()
        wished = {key: said._replace(skip=False) for key, said in self._options.items()}
        report = self._try(Options(region=region or None, runs=wished))
        self._note_owners(report.runs)
        return Trial(report, known, older, sum(one.left for one in looked), region)

    def _note_owners(self, runs: Sequence[RunReport]) -> None:
        """Keep who may be the user: once one of them is chosen, a trial names no others."""
        self._candidates |= {run.key: run.asks for run in runs if run.asks}

    def _region(self) -> str | None:
        if self._named is not None:
            return self._named
        matters = home_region.matters(self._files, progress=self._passed)
        return home_region.of_locale(os.environ) if matters else None

    def _try(self, options: Options) -> Report:
        return import_paths(None, self._backend.book, self._files, options, self._progress)

    def _carry_out(self, bus: Bus) -> Report:
        # The plan was on the screen: guessed columns were there to be corrected.
        wished = {run.key: self.options(run.key)._replace(sure=True) for run in self.runs}
        options = Options(skip=True, runs=wished)
        with closing(connect.view(bus.path)) as view:
            before = history.mark(view).newest
        try:
            return import_paths(bus, bus.path, self._files, options, self._progress)
        except VitalfewError as error:
            self._take_back(bus, before)
            if isinstance(error, UsageError):  # a slip in a name that was typed: ask again
                for key in self._candidates:
                    self._options[key] = self.options(key)._replace(me=())
            if isinstance(error, DecisionNeededError):  # its words are meant for the shell
                raise VitalfewError(_ANOTHER) from error
            raise

    @staticmethod
    def _take_back(bus: Bus, before: int) -> None:
        """Take back the runs that were finished before another was stopped."""
        with closing(connect.view(bus.path)) as view:
            steps = history.steps(view, _STEPS)
        for step in steps:
            if step.id > before and not step.undone and step.sitting == bus.sitting:
                bus.undo(step.id, sure=True)

    def _progress(self, step: Step) -> None:
        self.finishing = step == self.step
        self.step = step
        self._passed(1)

    def _passed(self, _count: int) -> None:
        if self._stop.is_set() or self._backend.leaving.is_set():
            raise CancelledError(CANCELLED)
