"""Do an import: find out what each file is, read it, and store it as one step a source."""

from __future__ import annotations

import gc
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from core.commands.store_run import Stored, StoreRun, Tally
from core.queries import sources
from core.storage import connect, migrate
from importers import registry
from importers.container import open_container
from importers.estimate import estimate
from importers.plan import Plan, choose_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from core.bus import Bus
    from core.commands.store_run import Refusal
    from core.storage.driver import Connection
    from importers.container import Container
    from importers.record import Importer


_COLLECT_AFTER: Final = 50_000  # new objects


class Options(NamedTuple):
    """What the user said beside the paths.

    Attributes:
        as_format: an importer's name, or "" to find out.
        source: the account name of the source, or "" to find out.
        region: home region for phone numbers, such as ``CH``, or None for what the book knows.
        complete: the files are the whole list, so what is missing is gone.
        dry_run: count, write nothing.
    """

    as_format: str = ""
    source: str = ""
    region: str | None = None
    complete: bool = False
    dry_run: bool = False


@dataclass(slots=True)
class RunReport:
    """What one run came to, or would come to."""

    source: str
    kind: str
    title: str
    files: tuple[str, ...]
    stored: Stored
    refused: list[Refusal]
    warnings: list[Refusal]
    command_id: int = 0


@dataclass(slots=True)
class Report:
    """What an import came to: its runs, and the paths nobody could read."""

    runs: list[RunReport] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)


class Step(NamedTuple):
    """How far an import is: entries stored of about how many in this run."""

    title: str
    done: int
    total: int


def import_paths(
    bus: Bus | None,
    book: Path,
    paths: Sequence[Path],
    options: Options,
    progress: Callable[[Step], None] = lambda _step: None,
) -> Report:
    """Import files and folders.

    Args:
        bus: the writing side; None for a dry run.
        book: the file of the book, which need not exist for a dry run.
        paths: files, folders, archives.
        options: see `Options`.
        progress: called between chunks; may raise `CancelledError`.

    Returns:
        One run for each source; paths that no format claimed.

    Raises:
        VitalfewError: a path cannot be opened, or the format named does not exist.
    """
    report = Report()
    with _seldom_collected(), ExitStack() as stack:
        containers = [stack.enter_context(open_container(path)) for path in paths]
        for importer, account, members in _by_source(containers, options, report):
            plan = Plan(importer, members, account, 0, options.region, options.complete)
            report.runs.append(_run(bus, book, plan, options, progress))
    return report


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


def _by_source(
    containers: Sequence[Container], options: Options, report: Report
) -> list[tuple[Importer, str, list[Container]]]:
    """What is read together: the files of one format and owner."""
    grouped: dict[str, dict[str, list[Container]]] = {}
    for container in containers:
        claims = _claims(container, options)
        if not claims:
            report.unknown.append((container.name, registry.unknown(container)))
        for importer, owner in claims:
            owners = grouped.setdefault(importer.NAME, {})
            owners.setdefault(options.source or owner, []).append(container)
    for owners in grouped.values():
        if len(owners) == len(("", "one other")) and "" in owners:
            nameless = owners.pop(
                ""
            )  # a file that does not say whose it is lies beside one that does
            next(iter(owners.values())).extend(nameless)
    return [
        (registry.by_name(name), account, members)
        for name, owners in grouped.items()
        for account, members in owners.items()
    ]


def _claims(container: Container, options: Options) -> list[tuple[Importer, str]]:
    """The importers that read a container; several may, each its own members."""
    if options.as_format:
        return [(registry.by_name(options.as_format), "")]
    taken: set[str] = set()
    claims: list[tuple[Importer, str]] = []
    for guess in registry.recognise(container):
        if taken.isdisjoint(guess.sniffed.members):
            taken.update(guess.sniffed.members)
            claims.append((guess.importer, guess.sniffed.account))
    return claims


def _run(
    bus: Bus | None,
    book: Path,
    plan: Plan,
    options: Options,
    progress: Callable[[Step], None],
) -> RunReport:
    total = sum(estimate(plan.importer, container) for container in plan.containers)
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress(Step(plan.importer.TITLE, done, max(total, done)))

    tally = Tally()
    view = connect.view(book) if migrate.is_current(book) else None
    try:
        if view is not None:
            _settle(view, plan, named=bool(options.source))
        if bus is None:
            stored, command_id = _count(view, plan, tally, step), 0
        else:
            stored, command_id = _store(bus, view, plan, tally, step)
    finally:
        if view is not None:
            view.close()
    return RunReport(
        plan.account or plan.importer.NAME,
        plan.importer.NAME,
        plan.importer.TITLE,
        tuple(container.name for container in plan.containers),
        stored,
        tally.refused,
        tally.warnings,
        command_id,
    )


def _settle(view: Connection, plan: Plan, *, named: bool) -> None:
    """Find the source that the files belong to, and the home region."""
    plan.region = plan.region or sources.setting(view, "region") or None
    mine = [line for line in sources.all_sources(view) if line.kind == plan.importer.NAME]
    found = next((line for line in mine if named and line.account == plan.account), None)
    if found is None and not named:
        found = choose_source(view, plan, mine)
    if found is not None:
        plan.source_id, plan.account = found.id, found.account
    elif not plan.account and any(not line.account for line in mine):
        plan.account = _new_account(plan, {line.account for line in mine})


def _new_account(plan: Plan, taken: set[str]) -> str:
    stem = PurePath(plan.containers[0].name).stem or plan.importer.NAME
    return next(name for name in _numbered(stem) if name not in taken)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    for number in count(2):
        yield f"{stem} {number}"


def _store(
    bus: Bus, view: Connection | None, plan: Plan, tally: Tally, step: Callable[[int], None]
) -> tuple[Stored, int]:
    days = [member.modified for container in plan.containers for member in container.members]
    command = StoreRun(
        kind=plan.importer.NAME,
        account=plan.account,
        title=plan.importer.TITLE,
        files=tuple(container.name for container in plan.containers),
        exported=max(days, default=""),
        entries=plan.entries(view, tally),
        tally=tally,
        settings=(("region", plan.region),) if plan.region else (),
    )
    done = bus.run(command, progress=step)
    assert isinstance(done.result, Stored)  # noqa: S101 — what the handler of StoreRun returns
    return done.result, done.command_id


def _count(
    view: Connection | None, plan: Plan, tally: Tally, step: Callable[[int], None]
) -> Stored:
    new = changed = 0
    for entry in plan.entries(view, tally):
        new += not entry.card_id
        changed += bool(entry.card_id)
        step(1)
    return Stored(0, tally.records, new, changed, tally.unchanged, len(tally.gone), 0, 0)
