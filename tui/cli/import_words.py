"""What an import came to, in words and as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.queries import counts, details, ghosts, questions
from tui.cli import output
from tui.words import many

if TYPE_CHECKING:
    from importers.discover import Looked
    from importers.run import Report, RunReport
    from tui.cli.shell import Shell

_LISTED: Final = 10


def document(shell: Shell, report: Report) -> None:
    """Print one document that names every run."""
    output.document(runs=[_names(shell, run) for run in report.runs])


def tell(shell: Shell, report: Report, *, dry_run: bool) -> None:
    """Say what came of every run, and what to do next."""
    if report.copy is not None:
        output.say(f"as the book was before, it lies in {report.copy}")
    for run in report.runs:
        _tell_run(run)
    if dry_run:
        output.say("this was a trial: nothing was written")
    elif report.runs:
        _tell_book(shell, new=any(run.stored.new for run in report.runs))
        if any(run.talks for run in report.runs):
            _tell_ghosts(shell)


def tell_found(name: str, looked: Looked) -> None:
    """Say what else lies in a folder that was looked through."""
    if looked.older:
        named = ", ".join(path.name for path in looked.older[:_LISTED])
        output.say(f"{name}: earlier copies were left: {named}")
    for sentence in looked.broken[:_LISTED]:
        output.say(f"{name}: {sentence}")
    if looked.left:
        files = "1 file is" if looked.left == 1 else f"{looked.left:,} files are"
        output.say(f"{name}: {files} nothing that can be imported")


def _names(shell: Shell, run: RunReport) -> dict[str, object]:
    stored = run.stored
    talks = stored.talks
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
        "questions": stored.questions,
        "joined": stored.joined,
        "left_out": stored.left_out,
        "older": bool(run.older),
    }


def _tell_run(run: RunReport) -> None:
    stored = run.stored
    account = f" ({run.source})" if run.source != run.kind else ""
    files = run.files[0] if len(run.files) == 1 else f"{len(run.files):,} files"
    if run.older:
        output.say(
            f"{run.title}{account}: {files} is older than what the book has of {run.older}; "
            "nothing was changed (--older takes it all the same)"
        )
        return
    if run.talks:
        _tell_talks(run, account)
        return
    output.say(
        f"{run.title}{account}: {stored.unchanged:,} unchanged · {stored.changed:,} updated · "
        f"{stored.new:,} new · {many(stored.questions, 'question')} · "
        f"{len(run.refused):,} refused"
    )
    more = {
        "no longer in the list": stored.gone,
        "with a new job": stored.news,
        "of people who are in the book": stored.joined,
        "left out, as nobody, or more than one, has their address (--new-people takes them)": (
            stored.left_out
        ),
        "put away again, as their address is in D": stored.put_away,
    }
    told = [f"{count:,} {words}" for words, count in more.items() if count]
    if told:
        output.say(f"  {' · '.join(told)}")
    kept = [f"{one.heading} ({one.role})" for one in run.columns if one.role != "keep"]
    if kept:
        output.say(f"  columns: {', '.join(kept)}")
    _tell_notes(run)


def _tell_talks(run: RunReport, account: str) -> None:
    stored = run.stored
    output.say(
        f"{run.title}{account}: {many(stored.talks, 'talk')} new · {stored.unchanged:,} known · "
        f"{len(run.refused):,} refused"
    )
    more = {
        "known ones with more of their words": stored.changed,
        "left out, as machines and lists sent them": stored.bulk,
        "left out, as nobody but you took part": stored.alone,
    }
    told = [f"{count:,} {words}" for words, count in more.items() if count]
    if told:
        output.say(f"  {' · '.join(told)}")
    _tell_notes(run)


def _tell_notes(run: RunReport) -> None:
    for title, notes in (("refused", run.refused), ("note", run.warnings)):
        for note in notes[:_LISTED]:
            output.say(f"  {title}: {note.where}: {note.why}")
        if len(notes) > _LISTED:
            where = " (--json lists all)" if title == "refused" else ""
            output.say(f"  … and {len(notes) - _LISTED:,} more{where}")


def _tell_book(shell: Shell, *, new: bool) -> None:
    with shell.reading() as view:
        asked = questions.count(view)
        talked = details.talked_with(view)
        total = counts.counts(view)
    if not talked.people:  # a book of talks alone has nobody in it yet
        return
    output.say(
        f"you have talked with {talked.talked:,} of {talked.people:,} people, "
        f"both ways {talked.both_ways:,}"
    )
    if total.unsorted:
        told = "person is" if total.unsorted == 1 else "people are"
        output.say(f"{total.unsorted:,} {told} unsorted: vitalfew triage opens the board")
    else:
        output.say("vitalfew opens the list of today")
    if asked:
        output.say(f"{many(asked, 'question')} about what you edited: vitalfew, then 3, asks them")
    if new and talked.people > 1:
        output.say("vitalfew dupes tells who is in it twice")


def _tell_ghosts(shell: Shell) -> None:
    with shell.reading() as view:
        count = ghosts.ghost_count(view)
    if count:
        those = "1 person you talk with is" if count == 1 else f"{count:,} people you talk with are"
        output.say(f"{those} not in your book: vitalfew talks --ghosts names them")
