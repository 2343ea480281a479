"""The words of an import's plan: a row for each list, and what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from importers.home_region import checked
from tui import safe, words
from tui.screens.import_talks import KEPT
from tui.theme import LOUD, QUIET
from tui.words import many

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence
    from datetime import date

    from textual.content import Content

    from core.queries.sources import SourceLine
    from importers.run import RunReport
    from tui.importing import Import

GO: Final = "go"
REGION: Final = "region"
READING: Final = "reading the files …"
_NUMBERS: Final = (("new", 7), ("updated", 8), ("as before", 10), ("gone", 6), ("refused", 8))


class Row(NamedTuple):
    """A row of the plan: a run, a choice, or words.

    Attributes:
        key: of the run, `REGION`, `GO`, or whatever tells words apart.
        act: whether enter does anything.
    """

    key: Hashable
    run: RunReport | None = None
    words: str = ""
    style: str = ""
    act: bool = True


def is_heading(row: Row) -> bool:
    """Whether a row is only words."""
    return not row.act


def rows(plan: Import) -> list[Row]:
    """Everything that is planned; the last row imports it."""
    return list(_rows(plan))


def _rows(plan: Import) -> Iterator[Row]:
    trial = plan.trial
    for run in plan.runs:
        yield Row(run.key, run)
    for number, (name, why) in enumerate(trial.report.unknown):
        yield Row(("unknown", number), words=f"not read: {why or name}", style=QUIET)
    if trial.older:
        copies = f"passed over: {many(len(trial.older), 'older file')} of the same names"
        yield Row("older", words=copies, style=QUIET, act=False)
    if trial.passed_over:
        others = f"passed over: {many(trial.passed_over, 'file')} that hold no people"
        yield Row("others", words=others, style=QUIET, act=False)
    if trial.region is not None:
        yield Row(REGION, words=f"numbers without a country {_read_as(trial.region)}")
    if plan.runs:
        yield Row("gap", act=False)
        yield Row(GO, words=going(plan), style=LOUD)


def going(plan: Import) -> str:
    """What the last row does: ``import 3 lists: 1,204 new, 37 updated, 214 new talks``."""
    taken = plan.taken
    if not taken:
        return "nothing is left to import; x takes a list in again"
    lists = [run.stored for run in taken if not run.talks]
    talks = [run.stored for run in taken if run.talks]
    changed = sum(run.stored.changed for run in taken)
    said = [f"{sum(one.new for one in lists):,} new"] if lists else []
    if lists or changed:
        said.append(f"{changed:,} updated")
    if talks:
        said.append(many(sum(one.talks for one in talks), "new talk"))
    return f"import {many(len(taken), 'list')}: {', '.join(said)}"


def counts(run: RunReport) -> str:
    """What a run would bring: ``3 new, 1 updated``, ``214 talks``."""
    if run.talks:
        return f"{many(run.stored.talks, 'talk')} new, {run.stored.unchanged:,} as before"
    return f"{run.stored.new:,} new, {run.stored.changed:,} updated"


def opens(row: Row | None) -> str:
    """What enter does on a row, in a word; "" for nothing."""
    if row is None or not row.act:
        return ""
    if row.run:
        return "details"
    return {GO: "import", REGION: "country"}.get(str(row.key), "read")


def header(width: int) -> Content:
    """The line above the rows."""
    numbers = (safe.Column(head, cells, right=True) for head, cells in _NUMBERS)
    return safe.columns(width, safe.Column("list"), *numbers)


def line(row: Row, width: int, plan: Import, today: date) -> Content:
    """One row."""
    if row.run is None:
        return safe.text(safe.cut(row.words, width), row.style)
    run, name = row.run, named(row.run, again(row.run, plan.trial.sources))
    if plan.options(run.key).skip:
        note = "left out"
    elif run.older:
        note = f"older than what came on {words.day(run.older, today)}: enter"
    else:
        stored = run.stored
        new = stored.talks if run.talks else stored.new
        counts = (new, stored.changed, stored.unchanged, stored.gone, len(run.refused))
        numbers = (
            safe.Column(f"{count:,}", cells, "" if count else QUIET, right=True)
            for count, (_head, cells) in zip(counts, _NUMBERS, strict=True)
        )
        return safe.columns(width, safe.Column(name), *numbers)
    room = sum(cells for _head, cells in _NUMBERS) + len(_NUMBERS) - 1
    return safe.columns(width, safe.Column(name, 0, QUIET), safe.Column(note, room, QUIET))


def again(run: RunReport, known: Sequence[SourceLine]) -> SourceLine | None:
    """The list in the book that a run brings once more; None for a new one."""
    if run.match:
        return run.match.source
    told = {line.account or line.kind: line for line in known if line.kind == run.kind}
    return told.get(run.source)


def named(run: RunReport, before: SourceLine | None) -> str:
    """A run by its format, its owner and whether it came before."""
    owner = f" {run.source}" if run.source != run.kind else ""
    kept = f", {KEPT[run.taken.keep]}" if run.talks else ""
    return f"{run.title}{owner}, {'again' if before else 'new'}{kept}"


def without_flags(why: str) -> str:
    """A note without the words that are meant for the shell."""
    return why.partition(" (--")[0]


def progress(plan: Import, verb: str) -> str:
    """How far the work is: ``reading LinkedIn: 1,204 of about 3,000``."""
    step = plan.step
    if step is None:
        return f"{verb} …"
    if plan.finishing:
        return f"{verb} {safe.cut(step.title, 40)}: {step.done:,} are read, finishing …"
    of = f" of about {step.total:,}" if step.total > step.done else ""
    return f"{verb} {safe.cut(step.title, 40)}: {step.done:,}{of}"


def told(plan: Import) -> str:
    """The line above the plan."""
    runs = many(len(plan.runs), "list")
    return f" {runs}, nothing is written yet" if plan.runs else " nothing here can be read"


def region(line: str) -> tuple[str, str]:
    """The country that a line names, or "" for none, and what it means for numbers.

    Raises:
        UsageError: there is no such country.
    """
    if line.strip() in {"-", "none"}:
        return "", "they stay as they are typed"
    country = checked(line)
    return country, f"read as those of {country}"


def _read_as(region: str) -> str:
    return f"are read as those of {region}" if region else "stay as they are typed"
