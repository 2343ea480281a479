"""``import``: bring people in, tell what came, and leave nothing half."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from core.errors import CancelledError, NotFoundError, UsageError
from core.queries import history
from importers import choices, discover
from importers.choices import Options
from importers.run import import_paths
from tui.cli import import_questions, import_words, output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.bus import Bus
    from importers.run import Report, Step
    from tui.cli.shell import Shell


def named(words: Sequence[str]) -> tuple[Path, ...]:
    """The paths that the command line names.

    Raises:
        UsageError: one of them is empty, as a variable of a script may be; it is not here.
    """
    if "" in words:
        raise UsageError("a path is empty; . names the folder you are in")
    return tuple(Path(word).expanduser() for word in words)


class Asked(NamedTuple):
    """What the command line says about an import; the fields are its flags."""

    paths: tuple[Path, ...]
    as_format: str = ""
    source: str = ""
    region: str = ""
    columns: str = ""
    tier_field: str | None = None
    leave: str | None = None
    new_people: bool | None = None
    keep: str | None = None
    me: tuple[str, ...] = ()
    complete: bool = False
    older: bool = False
    dry_run: bool = False
    as_json: bool = False
    yes: bool = False


def bring_in(shell: Shell, asked: Asked) -> int:
    """Import files, folders and archives; 1 if one of them could not be read.

    Without a path it says what lies on this machine.
    """
    if not asked.paths:
        return _what_lies_here(asked)
    asking = output.can_ask() and not asked.yes and not asked.as_json
    paths = _exports(asked)
    options = _options(shell, asked, paths, asking=asking)
    with nullcontext() if asked.dry_run else shell.writing() as bus:
        report = _import(shell, bus, paths, options, asking=asking)
    if asked.as_json:
        import_words.document(shell, report)
    else:
        import_words.tell(shell, report, dry_run=asked.dry_run)
    for name, why in report.unknown:
        output.say(why or f"{name} could not be read")
    if any(run.older for run in report.runs):
        return 3
    return 1 if report.unknown or not report.runs else 0


def _what_lies_here(asked: Asked) -> int:
    """List what can be imported from the usual places."""
    with output.Bar() as bar:
        found = discover.on_this_machine(Path.home(), os.environ, _Looking(bar))
    if asked.as_json:
        names = ("path", "kind", "count", "modified")
        output.document(found=[{name: _plain(getattr(x, name)) for name in names} for x in found])
    else:
        output.table((one.title, f"{one.count:,}", one.modified, one.path) for one in found)
    if not found:
        output.say("nothing that can be imported lies in the usual places, such as ~/Downloads")
        output.say("vitalfew shows on its screen 7 where to get your people from")
    elif not asked.as_json:
        output.say("vitalfew import PATH brings one of them in")
    return 0 if found else 1


class _Looking:
    """Counts the files that were looked at on a bar."""

    def __init__(self, bar: output.Bar) -> None:
        self._bar, self._count = bar, 0

    def __call__(self, more: int) -> None:
        self._count += more
        self._bar.show("looking", self._count, self._count)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _exports(asked: Asked) -> list[Path]:
    """The exports that the paths hold; a folder such as that of the downloads is looked through."""
    paths: list[Path] = []
    for path in asked.paths:
        if not path.exists():
            raise NotFoundError(f"there is no {path}")
        if asked.as_format or not path.is_dir():
            paths.append(path)
            continue
        with output.Bar() as bar:
            looked = discover.look_through(path, _Looking(bar))
        if looked.exports != (path,):
            import_words.tell_found(path.resolve().name or str(path), looked)
        # A folder with nothing in it is named as one that nobody can read.
        paths += looked.exports or (path,)
    return list(dict.fromkeys(paths))


def _options(shell: Shell, asked: Asked, paths: Sequence[Path], *, asking: bool) -> Options:
    # Of several files only the spreadsheets are meant: the others know their own columns.
    one_file = len(asked.paths) == 1 and not asked.paths[0].is_dir()
    as_format = asked.as_format or ("spreadsheet" if asked.columns and one_file else "")
    return Options(
        as_format=as_format,
        source=asked.source,
        region=import_questions.region_of(shell, asked.region, paths, as_format, asking=asking),
        complete=asked.complete,
        older=asked.older,
        tier_field=asked.tier_field,
        columns=choices.mapping(asked.columns),
        sure=asked.yes,
        leave=None if asked.leave is None else choices.parts(asked.leave.split(",")),
        new_people=asked.new_people,
        keep=None if asked.keep is None else choices.kept_of_talks(asked.keep),
        me=asked.me,
        dry_run=asked.dry_run,
    )


def _import(
    shell: Shell, bus: Bus | None, paths: Sequence[Path], options: Options, *, asking: bool
) -> Report:
    with output.Bar() as bar:

        def progress(step: Step) -> None:
            bar.show(step.title, step.done, step.total)

        ask = import_questions.who_answers(bar, asking=asking)
        try:
            return import_paths(bus, shell.book, paths, options, progress, ask)
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
