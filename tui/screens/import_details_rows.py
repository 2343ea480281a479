"""The rows of one run's details: whose list it is, what is taken, columns, what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from importers.choices import PARTS
from importers.registry import by_name
from tui import safe
from tui.screens import import_plan_words as plan_words
from tui.screens.import_columns import meaning
from tui.screens.import_talks import KEEP, WHO, keeps, who
from tui.theme import LOUD, QUIET
from tui.widgets.choose import Option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from importers.choices import Options
    from importers.run import RunReport
    from tui.importing import Import

LIST, NEW, WHOLE, OLDER, TIER = "list", "new", "whole", "older", "tier"
PART, COLUMN = "part", "column"
_HEAD: Final = 18


class Detail(NamedTuple):
    """A row: what it is about, what holds, and what enter does there.

    Attributes:
        act: one of the names above, or "" where enter does nothing.
        which: the part or the heading that it is about.
    """

    key: str
    head: str
    words: str
    act: str = ""
    which: str = ""
    style: str = ""
    heading: bool = False


def details(plan: Import, run: RunReport) -> list[Detail]:
    """Everything that can be said and chosen of one run."""
    if run.talks:
        return [*_talks(plan, run), *_notes(run)]
    return [*_whose(plan, run), *_columns(run), *_taken(run), *_notes(run)]


def is_heading(row: Detail) -> bool:
    """Whether a row is only words."""
    return row.heading


def _talks(plan: Import, run: RunReport) -> Iterator[Detail]:
    yield _list(plan, run)
    asks = LOUD if plan.asks_owner(run.key) else ""
    act = WHO if plan.candidates(run.key) else ""
    yield Detail(WHO, "who you are", who(plan, run), act, style=asks)
    yield Detail(KEEP, "kept of each", keeps(run), KEEP)


def _list(plan: Import, run: RunReport) -> Detail:
    before = plan_words.again(run, plan.trial.sources)
    owner = f"{run.source}, " if run.source != run.kind else ""
    return Detail(LIST, "whose list", f"{owner}{'again' if before else 'a new one'}", LIST)


def _whose(plan: Import, run: RunReport) -> Iterator[Detail]:
    options = plan.options(run.key)
    yield _list(plan, run)
    if run.older or options.older:
        late = "is taken all the same" if options.older else "is left: what came later holds"
        yield Detail(OLDER, "an older file", late, OLDER, style=LOUD)
    yield Detail(WHOLE, "who is missing", _missing(run, options), WHOLE)
    new = "come in" if run.taken.new_people else "stay out; who is in the book is joined"
    yield Detail(NEW, "new people", new, NEW)
    field = f"the field {run.taken.tier_field}" if run.taken.tier_field else "labels only"
    yield Detail(TIER, "tiers from", field, TIER)


def _missing(run: RunReport, options: Options) -> str:
    if options.complete:
        return "is marked gone, however many they are"
    if by_name(run.kind).WHOLE:
        return "is marked gone, if most of the list is there"
    return "stays: the file need not be the whole list"


def _taken(run: RunReport) -> Iterator[Detail]:
    yield Detail("taken", "", "what is taken", style=LOUD, heading=True)
    for part in PARTS:
        left = part in run.taken.leave
        words, style = ("left out", QUIET) if left else ("taken", "")
        yield Detail(f"{PART} {part}", part, words, PART, part, style)


def _columns(run: RunReport) -> Iterator[Detail]:
    if run.columns:
        yield Detail("columns", "", "what the columns mean", style=LOUD, heading=True)
    for one in run.columns:
        sure = "" if one.sure else "  ? perhaps"
        example = f"  such as {one.example}" if one.example else ""
        words = f"{meaning(one.role)}{sure}{example}"
        style = "" if one.sure else LOUD
        yield Detail(f"{COLUMN} {one.heading}", one.heading, words, COLUMN, one.heading, style)


def _notes(run: RunReport) -> Iterator[Detail]:
    for head, notes in (("refused", run.refused), ("notes", run.warnings)):
        if notes:
            title = f"{head}: {len(notes):,}"
            yield Detail(head, "", title, style=LOUD, heading=True)
        for number, note in enumerate(notes):
            why = plan_words.without_flags(note.why)
            yield Detail(f"{head} {number}", note.where, why, style=QUIET)


def switched(row: Detail, run: RunReport, options: Options) -> Options | None:
    """The options with a switch turned; None where the row is none."""
    match row.act:
        case "part":
            return options._replace(leave=run.taken.leave ^ {row.which})
        case "new":
            return options._replace(new_people=not run.taken.new_people)
        case "whole":
            return options._replace(complete=not options.complete)
        case "older":
            return options._replace(older=not options.older)
    return None


def line(row: Detail, width: int) -> Content:
    """One row."""
    if row.heading:
        return safe.text(safe.cut(row.words, width), row.style)
    head = max(_HEAD, min(width // 3, 34))
    head_style = "bold $primary" if row.act else QUIET
    return safe.columns(
        width, safe.Column(row.head, head, head_style), safe.Column(row.words, 0, row.style)
    )


def lists(plan: Import, run: RunReport) -> list[Option[str]]:
    """The lists of this kind in the book, for a choice; the last one asks for another name."""
    known = [one for one in plan.trial.sources if one.kind == run.kind and one.account]
    listed = [
        Option(str(number), one.account, one.account, f"{one.entries:,} entries")
        for number, one in enumerate(known[:9], 1)
    ]
    return [*listed, Option(".", "another name …", "")]
