"""Answer the questions of a run before anything is read or written.

Whose list it is, what its columns mean, what is taken of it, and whether it is older than what
the book has.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING

from core.commands.store_run import Tally
from core.queries import sources
from importers import choices
from importers.plan import Match, Plan, known_by
from importers.registry import ANY_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.queries.sources import SourceLine
    from core.storage.driver import Connection
    from importers.choices import Ask, Options
    from importers.grouping import Group
    from importers.guess import Guessed


@dataclass(slots=True)
class Run:
    """One run whose questions are answered.

    Attributes:
        columns: of a spreadsheet, what each column is taken for.
        match: the source that the files were taken for because it knows their records.
        older: the day of the source's last files if these are older, and so are left; else "".
        settings: what the book is to remember for the next time.
    """

    group: Group
    options: Options
    plan: Plan
    columns: tuple[Guessed, ...] = ()
    match: Match | None = None
    older: str = ""
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def exported(self) -> str:
        """The ISO day of the newest of the files, or ""."""
        return max((m.modified for c in self.group.containers for m in c.members), default="")


class Settling:
    """Settles the runs of one import.

    Args:
        view: the book, or None if there is none.
        ask: who answers what only the user can know.
        trial: nothing will be written, so nothing is asked.
    """

    def __init__(self, view: Connection | None, ask: Ask, *, trial: bool) -> None:
        self._view = view
        self._ask = ask
        self._trial = trial
        self._named: set[str] = set()

    def settle(self, group: Group, options: Options) -> Run | None:
        """One run with its source, columns and choices found; None if it is left out.

        Args:
            group: what it reads.
            options: for all runs; those that `Options.runs` has for this one are taken instead.

        Raises:
            DecisionNeededError: columns are guessed and nobody can be asked.
            UsageError: a column that was named does not exist.
        """
        own = group.key in options.runs
        options = options.runs.get(group.key, options)
        if options.skip:
            return None
        account = options.source or group.owner
        plan = Plan(
            *(group.importer, group.containers, account, 0, options.region, options.complete)
        )
        if not plan.account and not plan.importer.NEW_PEOPLE:
            # A list of strangers may know nobody yet: only its name can tell it again.
            plan.account = _stem(plan)
        run = Run(group, options, plan)
        self._columns(run, own=own)
        if self._view is not None:
            self._source(self._view, run)
        elif not plan.account and group.importer.NAME == ANY_TABLE:
            plan.account = self._new_account(plan, set())
        before = choices.remembered(self._view, plan.importer, plan.account)
        plan.choices = choices.chosen(options, before)
        plan.anew |= plan.choices != before
        if plan.choices != choices.usual(plan.importer) or plan.choices != before:
            run.settings += (choices.kept(plan.importer, plan.account, plan.choices),)
        if self._view is not None and plan.source_id and not options.older:
            last = sources.exported(self._view, plan.source_id)
            run.older = last if run.exported and run.exported < last else ""
        return run

    def _columns(self, run: Run, *, own: bool) -> None:
        """What the columns of a spreadsheet mean: as said, as before, as guessed."""
        if run.group.importer.NAME != ANY_TABLE:
            return
        from importers import spreadsheet

        first = run.group.containers[0]
        guessed = spreadsheet.columns_of(first)
        key = choices.columns_key(run.group.headings)
        kept = sources.setting(self._view, key) if self._view else ""
        before: dict[str, str] = json.loads(kept) if kept else {}
        said = dict(run.options.columns)
        if not own:  # what was said of all files may be about the headings of another
            said = choices.within(guessed, said)
        unsure = any(not one.sure for one in guessed) and not run.options.sure
        if unsure and not before and not said and not self._trial:
            said = dict(self._ask.columns(first.name, guessed))
        roles = choices.over(guessed, said or before)
        run.plan.roles = roles
        run.plan.anew = bool(before) and roles != before
        run.columns = tuple(
            one._replace(role=roles[one.heading], sure=one.sure or bool(said or before))
            for one in guessed
        )
        run.settings += ((key, json.dumps(roles)),)

    def _source(self, view: Connection, run: Run) -> None:
        """Find the source that the files belong to, and the home region."""
        plan = run.plan
        plan.region = plan.region or sources.setting(view, "region") or None
        mine = [line for line in sources.all_sources(view) if line.kind == plan.importer.NAME]
        found = next((line for line in mine if plan.account == line.account), None)
        if not plan.account and plan.importer.WHOLE and len(mine) == 1:
            found = mine[0] if self._is_again(view, plan, mine[0]) else None
        elif (found is None or not plan.account) and not run.options.source:
            found = self._known(view, run, mine) if plan.importer.NEW_PEOPLE else found
        if found is not None:
            plan.source_id, plan.account = found.id, found.account
        elif not plan.account and (mine or plan.importer.NAME == ANY_TABLE):
            plan.account = self._new_account(plan, {line.account for line in mine})

    @staticmethod
    def _is_again(view: Connection, plan: Plan, line: SourceLine) -> bool:
        """Whether a whole list is the only one of its format again: nobody is asked each month.

        One that is mostly strangers is somebody else's, unless only few of it were wanted.
        """
        few = not choices.remembered(view, plan.importer, line.account).new_people
        nothing = not line.entries or next(plan.records(Tally()), None) is None
        return few or nothing or known_by(view, plan, [line]) is not None

    def _known(self, view: Connection, run: Run, mine: Sequence[SourceLine]) -> SourceLine | None:
        """The source that knows the records, if the files do not say whose they are."""
        account, title = run.plan.account, run.plan.importer.TITLE
        match = known_by(view, run.plan, [one for one in mine if not account or not one.account])
        if match is None:
            return None
        told = match.source.account or title
        if not self._trial and not self._ask.same_list(title, told, match.known, match.total):
            return None
        run.match = match
        return match.source

    def _new_account(self, plan: Plan, taken: set[str]) -> str:
        stem = _stem(plan)
        account = next(name for name in _numbered(stem) if name not in taken | self._named)
        self._named.add(account)
        return account


def _stem(plan: Plan) -> str:
    return PurePath(plan.containers[0].name).stem or plan.importer.NAME


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    for number in count(2):
        yield f"{stem} {number}"
