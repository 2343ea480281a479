"""``import``: bring people in, tell what came, and leave nothing half."""

from __future__ import annotations

import locale
import os
from contextlib import nullcontext
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import BookError, CancelledError, NotFoundError, UsageError
from core.queries import counts, details, history, sources
from importers import home_region
from importers.run import Options, import_paths
from tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.bus import Bus
    from importers.run import Report, RunReport, Step
    from tui.cli.shell import Shell

_LISTED: Final = 10


class Asked(NamedTuple):
    """What the command line says about an import; the fields are its flags."""

    paths: tuple[Path, ...]
    as_format: str = ""
    source: str = ""
    region: str = ""
    complete: bool = False
    dry_run: bool = False
    as_json: bool = False
    yes: bool = False


def bring_in(shell: Shell, asked: Asked) -> int:
    """Import files, folders and archives; 1 if one of them could not be read."""
    for path in asked.paths:
        if not path.exists():
            raise NotFoundError(f"there is no {path}")
    region = _region(shell, asked)
    options = Options(asked.as_format, asked.source, region, asked.complete, asked.dry_run)
    with nullcontext() if asked.dry_run else shell.writing() as bus:
        report = _import(shell, bus, asked.paths, options)
    if asked.as_json:
        output.document(runs=[_names(shell, run) for run in report.runs])
    else:
        _tell(shell, report, dry_run=asked.dry_run)
    for name, why in report.unknown:
        output.say(why or f"{name} could not be read")
    return 1 if report.unknown or not report.runs else 0


def _import(shell: Shell, bus: Bus | None, paths: Sequence[Path], options: Options) -> Report:
    with output.Bar() as bar:

        def progress(step: Step) -> None:
            bar.show(step.title, step.done, step.total)

        try:
            return import_paths(bus, shell.book, paths, options, progress)
        except (KeyboardInterrupt, CancelledError):
            stopped = True
    assert stopped  # noqa: S101 — the only way here
    if bus is not None:
        _take_back(shell, bus)
    raise CancelledError("stopped: the book is as it was before")


def _take_back(shell: Shell, bus: Bus) -> None:
    """Take back the runs of this command line that were finished before it was stopped."""
    with shell.reading() as view:
        steps = [step for step in history.steps(view, 100) if step.sitting == bus.sitting]
    try:
        for step in steps:
            if not step.undone:
                bus.undo(step.id, sure=True)
    except KeyboardInterrupt:
        raise CancelledError(
            "stopped: some lists are in the book; vitalfew history names them"
        ) from None


def _region(shell: Shell, asked: Asked) -> str | None:
    """The country for numbers without one; None for what the book knows, or for no country."""
    if asked.region:
        return home_region.checked(asked.region)
    if _known_region(shell):
        return None
    likely = _region_of_locale()
    asking = output.can_ask() and not asked.yes and not asked.as_json
    if not (likely or asking) or not home_region.matters(asked.paths, asked.as_format):
        return None
    if asking:
        return _ask_region(likely)
    output.say(
        f"numbers without a country code are read as those of {likely}, by the locale; "
        "--region names another country"
    )
    return likely


def _ask_region(likely: str | None) -> str | None:
    usual = f" [{likely}]" if likely else ", or nothing to keep them as they are"
    while True:
        answer = output.ask(
            "Some numbers have no country code. In which country are they "
            f"(two letters, such as CH){usual}?"
        )
        if not answer:
            return likely
        try:
            return home_region.checked(answer)
        except UsageError as error:
            output.say(error.sentence)


def _known_region(shell: Shell) -> str:
    if not shell.book.exists():
        return ""
    try:
        with shell.reading() as view:
            return sources.setting(view, "region")
    except BookError:
        return ""  # the import itself says what is wrong, or brings the book up to date


def _region_of_locale() -> str | None:
    from core.rules.phones import default_region

    names = (os.environ.get(name) for name in ("LC_ALL", "LC_TELEPHONE", "LANG"))
    named = next((name for name in names if name), None) or locale.getlocale()[0]
    likely = default_region(named)
    try:
        return home_region.checked(likely) if likely else None
    except UsageError:
        return None


def _names(shell: Shell, run: RunReport) -> dict[str, object]:
    stored = run.stored
    talks = 0
    if stored.run_id:
        with shell.reading() as view:
            talks = details.talks_of_run(view, stored.run_id)
    return {
        "source": run.source,
        "kind": run.kind,
        "files": run.files,
        "records": stored.records,
        "new": stored.new,
        "changed": stored.changed,
        "unchanged": stored.unchanged,
        "gone": stored.gone,
        "interactions": talks,
        "refused": [{"where": one.where, "why": one.why} for one in run.refused],
        "questions": 0,  # nothing that is imported asks any yet
    }


def _tell(shell: Shell, report: Report, *, dry_run: bool) -> None:
    for run in report.runs:
        _tell_run(run)
    if dry_run:
        output.say("this was a trial: nothing was written")
    elif report.runs:
        _tell_book(shell)


def _tell_run(run: RunReport) -> None:
    stored = run.stored
    account = f" ({run.source})" if run.source != run.kind else ""
    output.say(
        f"{run.title}{account}: {stored.unchanged:,} unchanged · {stored.changed:,} updated · "
        f"{stored.new:,} new · 0 questions · {len(run.refused):,} refused"
    )
    more = {
        "no longer in the list": stored.gone,
        "with a new job": stored.news,
        "put away again, as their address is in D": stored.put_away,
    }
    told = [f"{count:,} {words}" for words, count in more.items() if count]
    if told:
        output.say(f"  {' · '.join(told)}")
    for title, notes in (("refused", run.refused), ("note", run.warnings)):
        for note in notes[:_LISTED]:
            output.say(f"  {title}: {note.where}: {note.why}")
        if len(notes) > _LISTED:
            where = " (--json lists all)" if title == "refused" else ""
            output.say(f"  … and {len(notes) - _LISTED:,} more{where}")


def _tell_book(shell: Shell) -> None:
    with shell.reading() as view:
        talked = details.talked_with(view)
        total = counts.counts(view)
    output.say(
        f"you have talked with {talked.talked:,} of {talked.people:,} people, "
        f"both ways {talked.both_ways:,}"
    )
    if total.unsorted:
        told = "person is" if total.unsorted == 1 else "people are"
        output.say(f"{total.unsorted:,} {told} unsorted: vitalfew triage opens the board")
    else:
        output.say("vitalfew opens the list of today")
