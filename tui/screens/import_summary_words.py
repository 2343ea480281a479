"""What an import came to, in lines that are keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui import safe
from tui.actions import BY_ID, key_name, keys_of
from tui.screens.import_plan_words import without_flags
from tui.theme import LOUD, QUIET
from tui.words import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from textual.content import Content

    from core.commands.store_run import Stored
    from core.queries.counts import Counts
    from core.queries.details import TalkedWith
    from importers.run import Report
    from tui.importing import Import

KEY = "bold $primary"


class Line(NamedTuple):
    """A line of the summary.

    Attributes:
        action: the action of the registry that enter on it runs; "" for mere words.
        words: what came.
        does: what the action does with it.
    """

    place: int
    action: str
    words: str
    does: str = ""
    style: str = ""


def lines(
    plan: Import, report: Report, counted: Counts, talked: TalkedWith, *alike: Line
) -> list[Line]:
    """Everything that is told, numbered; `alike` stands behind what came."""
    told = _lines(plan, report, counted, talked, alike)
    return [line._replace(place=place) for place, line in enumerate(told)]


def alike(pairs: int, compared: float | None) -> Iterator[Line]:
    """Who may be one person.

    Args:
        pairs: how many are open.
        compared: the part of the entries that is compared, or None if nothing is under way.
    """
    if compared is not None:
        words = f"comparing the entries with each other: {compared:.0%}"
        yield Line(0, "", words, style=QUIET)
    elif pairs:
        told = f"{many(pairs, 'pair')} may be one person"
        yield Line(0, "go.merge", told, "shows them side by side")


def strangers(count: int) -> Iterator[Line]:
    """Whom you talk with and who is not in the book."""
    if count:
        those = "1 person" if count == 1 else f"{count:,} people"
        verb = "is" if count == 1 else "are"
        told = f"{those} you talk with {verb} not in your book"
        yield Line(0, "log.ghosts", told)


def _lines(
    plan: Import,
    report: Report,
    counted: Counts,
    talked: TalkedWith,
    alike: Iterable[Line],
) -> Iterator[Line]:
    stored = [run.stored for run in report.runs]
    new, changed = sum(one.new for one in stored), sum(one.changed for one in stored)
    if new:
        sorts = "sorts who is unsorted" if counted.unsorted else ""
        yield Line(0, "go.triage" if counted.unsorted else "", f"{new:,} new", sorts)
    if talks := sum(one.talks for one in stored):
        yield Line(0, "go.log", f"{many(talks, 'talk')} new", "shows what was said")
    if asked := sum(one.questions for one in stored):
        told = f"{many(asked, 'question')} about what you edited"
        yield Line(0, "go.merge", told, "shows both words")
    counts = {
        "updated": changed,
        "with a new job": sum(one.news for one in stored),
        "as before": sum(one.unchanged for one in stored),
        "from machines and lists, so left out": sum(one.bulk for one in stored),
        "no longer in their list": sum(one.gone for one in stored),
        "joined people who were in the book": sum(one.joined for one in stored),
        "not in your book, so left out": sum(one.left_out for one in stored),
        "put away again, as their address is in D": sum(one.put_away for one in stored),
    }
    for words, count in counts.items():
        if count:
            yield Line(0, "", f"{count:,} {words}")
    if not (new or changed or talks):
        yield Line(0, "", "nothing has changed since the last time")
    yield from alike
    yield from _not_taken(plan, report)
    yield Line(0, "", "")
    if talked.people:  # a book of talks alone has nobody in it yet
        told = f"you have talked with {talked.talked:,} of {talked.people:,} people, "
        yield Line(0, "", f"{told}both ways {talked.both_ways:,}")
        yield Line(0, "go.focus", "today", "shows today's few")
    if steps(report):
        yield Line(0, "app.undo", "this import", "takes it back, after asking")
    yield Line(0, "app.back", "more", "shows what else can be imported")


def _not_taken(plan: Import, report: Report) -> Iterator[Line]:
    refused = sum(len(run.refused) for run in report.runs)
    noted = sum(len(run.warnings) for run in report.runs)
    if refused or noted:
        told = f"{refused:,} refused" if refused else many(noted, "note")
        yield Line(0, "summary.refused", told, "shows which, and why")
    for run in report.runs:
        for note in run.warnings[:1]:
            yield Line(0, "", f"{run.title}: {without_flags(note.why)}", style=QUIET)
    done = {run.key for run in report.runs}
    for run in plan.taken:
        if run.key not in done:
            told = f"{run.title}: the file is another now than in the plan; take it again"
            yield Line(0, "app.back", told, style=LOUD)


def steps(report: Report) -> list[int]:
    """The steps of the journal that this import made, newest first; none where nothing changed."""
    return [run.command_id for run in report.runs if _came_to(run.stored)][::-1]


def came(report: Report) -> str:
    """What an import brought: ``2 lists, 9 new, 214 talks``."""
    stored = [run.stored for run in report.runs]
    counts = {
        "{:,} new": sum(one.new for one in stored),
        "{:,} updated": sum(one.changed for one in stored),
        "{:,} no longer in their list": sum(one.gone for one in stored),
    }
    told = [words.format(count) for words, count in counts.items() if count]
    if talks := sum(one.talks for one in stored):
        told.append(many(talks, "talk"))
    return ", ".join([many(len(steps(report)), "list"), *told])


def _came_to(stored: Stored) -> int:
    return stored.new + stored.changed + stored.gone + stored.talks


def line(row: Line, width: int, keymap: Mapping[str, str]) -> Content:
    """One line: the key, what came, and what the key does."""
    key = key_name(keys_of(BY_ID[row.action], keymap)[0]) if row.action else ""
    does = min(safe.cells(row.does), width // 2)
    columns = [safe.Column(key, 2, KEY), safe.Column(row.words, 0, row.style)]
    if does:
        columns = [
            columns[0],
            safe.Column(row.words, min(40, width - does - 4), row.style),
            safe.Column(row.does, 0, QUIET),
        ]
    return safe.columns(width, *columns)
