"""What is told of one list in an import's plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui import safe, words
from tui.screens.import_plan_words import again, without_flags
from tui.screens.import_talks import keeps
from tui.theme import LOUD, QUIET
from tui.words import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from textual.content import Content

    from core.queries.sources import SourceLine
    from importers.run import RunReport
    from tui.importing import Import

_SHOWN: Final = 3
_LONGEST: Final = 300


def about(run: RunReport, plan: Import, today: date) -> Content:
    """What is told of one run."""
    return safe.lines(*_lines(run, plan, today))


def _lines(run: RunReport, plan: Import, today: date) -> Iterator[safe.Part]:
    stored = run.stored
    yield (f"{safe.cut(run.title, 40)}: {files(run)}\n", LOUD)
    yield f"{whose(run, plan.trial.sources, today)}\n"
    if run.older:
        yield f"It is older than what came on {words.day(run.older, today)}, and is left.\n"
    unsure = sum(not one.sure for one in run.columns)
    if unsure:
        yield (f"{many(unsure, 'column')} may mean something else: enter shows them\n", LOUD)
    if run.talks:
        yield from _of_talks(run, plan)
    counts = {
        "of machines and lists stay out": stored.bulk,
        "of the new join people who are in the book": stored.joined,
        "are not in your book and stay out; enter changes that": stored.left_out,
    }
    for told, count in counts.items():
        if count:
            yield f"{count:,} {told}.\n"
    if run.taken.leave:
        yield f"not taken: {', '.join(sorted(run.taken.leave))}\n"
    for head, notes in (("refused", run.refused), ("note", run.warnings)):
        for note in notes[:_SHOWN]:
            yield (f"{head}: {safe.cut(without_flags(note.why), _LONGEST)}\n", QUIET)
        if len(notes) > _SHOWN:
            yield (f"{head}: {len(notes) - _SHOWN:,} more; v shows all\n", QUIET)


def _of_talks(run: RunReport, plan: Import) -> Iterator[safe.Part]:
    yield "Talks for the log; nobody becomes a person by them.\n"
    if plan.asks_owner(run.key):
        yield ("It does not say which of those who wrote is you: i asks.\n", LOUD)
    yield f"keeps: {keeps(run)}; enter changes that\n"


def whose(run: RunReport, known: Sequence[SourceLine], today: date) -> str:
    """Which list of the book the files belong to."""
    before = again(run, known)
    if before is None:
        return f"a new list: {safe.cut(run.source, 60)}" if run.source != run.kind else "a new list"
    name = before.account or "of this kind"
    if run.match:
        return f"your list {name} again: it knows {run.match.known:,} of {run.match.total:,}"
    last = f", last read {words.day(before.last_run, today)}" if before.last_run else ""
    entries = "" if run.talks else f": {before.entries:,} entries"
    return f"your list {name} again{entries}{last}"


def files(run: RunReport) -> str:
    """The names of the files of a run."""
    more = f" and {len(run.files) - _SHOWN:,} more" if len(run.files) > _SHOWN else ""
    return ", ".join(safe.cut(name, 60) for name in run.files[:_SHOWN]) + more
