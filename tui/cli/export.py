"""``export``: everything as JSON lines, or people as vCards or a table; data out, words beside."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from core.clock import stamp
from core.errors import UsageError, VitalfewError
from core.queries import opt_outs, outgoing, people, whole_book
from core.rules.opt_outs import EVERY
from core.storage.private_file import private_file
from tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from core.exports.said import Telling
    from core.queries.people import PersonLine
    from core.storage.driver import Connection
    from tui.cli.shell import Shell

_STDOUT: Final = "-"
_LISTED: Final = 10
_OFTEN: Final = 200  # rows between two looks at the bar

Found = TypeVar("Found")


class Wish(NamedTuple):
    """What the command line asks for.

    Attributes:
        form: jsonl, vcard or google.
        words: a file or ``-``, then words and filters as `people` takes them.
        tiers: tell tiers as labels.
        raw: cells as they are.
        everybody: those put away too, and who must never be contacted.
        force: over a file that is there.
    """

    form: str
    words: tuple[str, ...] = ()
    tiers: bool = False
    raw: bool = False
    everybody: bool = False
    force: bool = False


def form_of(**asked: bool) -> str:
    """The one form that the flags name.

    Raises:
        UsageError: there is none, or several.
    """
    named = [name for name, wanted in asked.items() if wanted]
    if len(named) != 1:
        forms = "--jsonl (everything, to be brought back), --vcard or --google (people)"
        raise UsageError(f"name one form: {forms}")
    return named[0]


def export(shell: Shell, wish: Wish) -> int:
    """Write what was asked for; 1 if there is nobody to write."""
    target, filters = _apart(wish.words)
    if wish.form == "jsonl" and (filters or wish.tiers or wish.raw):
        raise UsageError("--jsonl holds everything; filters, --tiers and --raw go with the others")
    with shell.reading() as view, whole_book.snapshot(view):
        if wish.form == "jsonl":
            return _book(shell, view, target, force=wish.force)
        lines = _chosen(view, filters, wish)
        if not lines:
            return 1
        ids = [line.id for line in lines]
        with _written(shell, target, force=wish.force) as put:
            warnings = _SHAPES[wish.form](view, ids, wish, put)
    _warn(warnings)
    told = "1 person" if len(lines) == 1 else f"{len(lines):,} people"
    _say_where(told, target)
    return 0


def _apart(words: Sequence[str]) -> tuple[Path | None, list[str]]:
    """The file, None for stdout, and the filters; a filter first means stdout."""
    from core.rules.finding import FILTERS

    if not words or words[0].partition(":")[0].lower() in FILTERS:
        return None, list(words)
    return (None if words[0] == _STDOUT else Path(words[0])), list(words[1:])


def _book(shell: Shell, view: Connection, target: Path | None, *, force: bool) -> int:
    from core.exports import book_file

    counts = whole_book.counts(view)
    total = sum(counts.values())
    lines = book_file.lines(view, stamp(shell.clock.now()))
    with _written(shell, target, force=force) as put:
        for line in _watched(lines, "the book", total):
            put(line)
    entries, talks = counts["card"], counts["interaction"]
    told = f"{entries:,} {'entry' if entries == 1 else 'entries'}"
    told += f", {talks:,} {'talk' if talks == 1 else 'talks'}"
    _say_where(f"the whole book ({told})", target)
    output.say("what undo and redo know is not part of it; settings.toml is a file of its own")
    return 0


def _chosen(view: Connection, filters: Sequence[str], wish: Wish) -> list[PersonLine]:
    from core.rules import finding

    wanted = finding.parse(" ".join(filters))
    lines = finding.narrow(people.everybody(view), wanted)
    asked = wish.everybody or ("tier", "d") in wanted.filters
    near = [line for line in lines if asked or line.tier != "D"]
    never = opt_outs.opted_out(view)
    kept = [line for line in near if wish.everybody or never.get(line.id) != EVERY]
    if not kept:
        output.say("there is nobody to export" + (" but those left out" if lines else ""))
    for what, count in (
        ("put away", len(lines) - len(near)),
        ("never to be contacted", len(near) - len(kept)),
    ):
        if count:
            output.say(f"{count:,} {what} left out; --all takes them too")
    if marked := sum(line.id in never for line in kept):
        output.say(f"{marked:,} must not be contacted by some way: a label says by which")
    return kept


def _told(view: Connection, ids: Sequence[int], wish: Wish) -> Iterator[Telling]:
    from core.exports.said import tell

    for person in outgoing.people(view, ids):
        yield tell(person, with_tier=wish.tiers)


def _vcard(
    view: Connection, ids: Sequence[int], wish: Wish, put: Callable[[bytes], object]
) -> list[str]:
    from core.exports.vcard import card
    from importers.reread import differences

    warnings: list[str] = []
    for person in _watched(_told(view, ids, wish), "vCard", len(ids)):
        text, said = card(person, lambda sha: outgoing.blob(view, sha))
        put(text.encode())
        warnings += _doubts(person, differences(text, said))
    return warnings


def _google(
    view: Connection, ids: Sequence[int], wish: Wish, put: Callable[[bytes], object]
) -> list[str]:
    from core.exports import google

    rows = google.lines(lambda: _told(view, ids, wish), raw=wish.raw)
    for row in _watched(rows, "Google Contacts", len(ids)):
        put(row.encode())
    if not wish.raw:
        output.say("cells that a spreadsheet could run begin with '; to upload, use --raw")
    return [doubt for person in _told(view, ids, wish) for doubt in _doubts(person, [])]


_SHAPES: Final = {"vcard": _vcard, "google": _google}


def _watched(found: Iterable[Found], title: str, total: int) -> Iterator[Found]:
    """The same, with a bar that tells how far it is, unless the data go to the terminal too."""
    with nullcontext() if sys.stdout.isatty() else output.Bar() as bar:
        for number, one in enumerate(found):
            if bar and not number % _OFTEN:
                bar.show(title, number, total)
            yield one


def _doubts(person: Telling, differing: Sequence[str]) -> Iterator[str]:
    """What to say of somebody who does not go out exactly as they are in the book."""
    if person.altered:
        yield f"{person.name}: written without control characters ({', '.join(person.altered)})"
    if differing:
        yield f"{person.name}: does not read back as it is ({', '.join(differing)})"


def _warn(warnings: Sequence[str]) -> None:
    for warning in warnings[:_LISTED]:
        output.say(f"  note: {warning}")
    if len(warnings) > _LISTED:
        output.say(f"  … and {len(warnings) - _LISTED:,} more")


def _say_where(what: str, target: Path | None) -> None:
    if target is not None:
        output.say(f"wrote {what} to {target}: only you may read it, and it is not encrypted")


@contextmanager
def _written(
    shell: Shell, target: Path | None, *, force: bool
) -> Iterator[Callable[[bytes], object]]:
    """Where to put the data: a private file, stdout, or a terminal, which would act on them.

    Raises:
        VitalfewError: the file cannot be written, or is there and may not be replaced.
    """
    if target is not None:
        if target.exists() and shell.book.exists() and target.samefile(shell.book):
            raise VitalfewError(f"{target} is the book itself; name another file")
        with private_file(target, force=force) as put:
            yield put
        return
    yield _show if sys.stdout.isatty() else output.data
    output.finish()


def _show(data: bytes) -> None:
    output.text(data.decode())
