"""Do an import of talks: settle whose they are and how much is kept, then store or count them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, cast

from core.commands.store_run import Stored
from core.commands.store_talks import StoreTalks
from core.queries import sources
from importers import choices, owner
from importers.talk import Reading
from importers.talk_plan import TalkPlan

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from core.bus import Bus
    from core.commands.store_talks import TalkTally
    from core.storage.driver import Connection
    from importers.choices import Ask, Candidate, Options
    from importers.grouping import Group
    from importers.talk import TalkReader

_MORE: Final = {word: place for place, word in enumerate(reversed(choices.KEEPS))}


@dataclass(slots=True)
class TalkRun:
    """One run whose questions are answered.

    Attributes:
        settings: what the book is to remember for the next time.
        asks: who the owner may be, where nobody knows; of a trial, which asks nobody.
        kept_before: how much of each talk was kept of a source that is known; else "".
    """

    group: Group
    plan: TalkPlan
    settings: tuple[tuple[str, str], ...] = ()
    asks: tuple[Candidate, ...] = ()
    kept_before: str = ""

    @property
    def exported(self) -> str:
        """The ISO day of the newest of the files, or ""."""
        return max((m.modified for c in self.group.containers for m in c.members), default="")


def settle(
    group: Group, options: Options, view: Connection | None, now: datetime, ask: Ask | None
) -> TalkRun | None:
    """One run with its source, owner and choices found; None if it is left out.

    Args:
        group: what it reads.
        options: for all runs; those that `Options.runs` has for this one are taken instead.
        view: the book, or None if there is none.
        now: what is later is no talk yet.
        ask: who answers; None for a trial.

    Raises:
        DecisionNeededError: nobody knows who the owner is.
    """
    options = options.runs.get(group.key, options)
    if options.skip:
        return None
    reader = cast("TalkReader", group.importer)
    account = options.source or group.owner or _only_account(view, reader.NAME)
    region = options.region or (sources.setting(view, "region") if view else "") or None
    reading = Reading(now, None, region)
    known = owner.find(reader, group.containers, reading, view, options.me, ask)
    before = choices.remembered(view, reader, account)
    held = choices.chosen(options, before)
    plan = TalkPlan(reader, group.containers, account, reading._replace(me=known.me), held)
    plan.fill = _MORE[held.keep] > _MORE[before.keep]
    again = _is_known(view, reader.NAME, account)
    run = TalkRun(group, plan, known.settings, known.asks, before.keep if again else "")
    if held != before:
        run.settings += (choices.kept(reader, account, held),)
    if options.region:
        run.settings += (("region", options.region),)
    return run


def store(
    bus: Bus, run: TalkRun, tally: TalkTally, progress: Callable[[int], None]
) -> tuple[Stored, int]:
    """Store the talks of a run as one step; what came of it, and the step's number.

    Nothing is written where there is no talk to store: an empty calendar is no source.
    """
    plan = run.plan
    talks = plan.prepare(tally, progress)
    first = next(talks, None)
    if first is None:
        return _nothing(tally), 0
    command = StoreTalks(
        kind=plan.importer.NAME,
        account=plan.account,
        title=plan.importer.TITLE,
        files=run.group.key.files,
        exported=run.exported,
        talks=chain((first,), talks),
        tally=tally,
        settings=run.settings,
        fill=plan.fill,
    )
    done = bus.run(command, progress=lambda _count: progress(0))
    assert isinstance(done.result, Stored)  # noqa: S101 — what the handler of StoreTalks returns
    return done.result, done.command_id


def count(
    run: TalkRun, view: Connection | None, tally: TalkTally, progress: Callable[[int], None]
) -> Stored:
    """What a run would bring to a book, or to an empty one."""
    plan = run.plan
    keys = {talk.key for talk in plan.prepare(tally, progress)}
    twice = tally.records - len(keys) - tally.bulk - tally.alone - len(tally.refused)
    known = sources.known_talks(view, plan.importer.NAME, plan.account, keys) if view else 0
    return _nothing(tally)._replace(unchanged=twice + known, talks=len(keys) - known)


def _nothing(tally: TalkTally) -> Stored:
    """What a run came to that stored no talk."""
    return Stored(
        *(0, tally.records, 0, 0, 0, 0),
        put_away=0,
        news=0,
        bulk=tally.bulk,
        alone=tally.alone,
    )


def _is_known(view: Connection | None, kind: str, account: str) -> bool:
    known = sources.all_sources(view) if view else []
    return (kind, account) in {(line.kind, line.account) for line in known}


def _only_account(view: Connection | None, name: str) -> str:
    """The account of the only source of a format, for files that do not say whose they are."""
    mine = [line.account for line in sources.all_sources(view) if line.kind == name] if view else []
    return mine[0] if len(mine) == 1 else ""
