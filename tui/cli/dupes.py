"""``dupes``: who is in the book twice, and why one may think so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import BookError, CancelledError, UsageError
from core.queries import counts, duplicates
from core.storage.connect import DamagedError
from tui.cli import output
from tui.words import sources

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.queries.duplicates import Lanes, PairLine
    from tui.cli.output import Form
    from tui.cli.shell import Shell

_LISTED: Final = 20
_SIDE: Final = 37
_SOURCES: Final = 11
"""Cells for somebody, and for their sources within: two of them fit into a line of 80."""


def dupes(shell: Shell, lane: str, limit: int | None, form: Form, *, refit: bool) -> int:
    """Compare what is new, then print the pairs of people who may be one person.

    Args:
        shell: the book.
        lane: the only list that is wanted; "" for all.
        limit: how many pairs at most; in words there are 20 if it is not given.
        form: words, plain or JSON.
        refit: learn anew from the whole book.

    Returns:
        1 if there is no such pair.
    """
    lane = lane.strip().lower()
    if lane and lane not in duplicates.LANES:
        raise UsageError(f"the lists are {', '.join(duplicates.LANES)}")
    compared = bring_up(shell, refit=refit)
    wanted = limit or (_LISTED if form == "words" else None)
    with shell.reading() as view:
        found = duplicates.lanes(view)
        pairs = duplicates.pairs(view, lane, wanted)
    if form == "json":
        output.document(lanes=found._asdict(), pairs=[_names(pair) for pair in pairs])
    elif form == "plain":
        output.fields(
            (x.a, x.b, x.lane, f"{x.chance / 100:.2f}", x.a_name, x.b_name, why(x)) for x in pairs
        )
    elif pairs:
        _tell(found, pairs, lane)
    if not pairs and compared:
        output.say(_none(found, lane))
    return 0 if pairs else 1


def bring_up(shell: Shell, *, refit: bool = False) -> bool:
    """Compare the entries that are new or were changed; with a bar where a terminal is.

    Returns:
        Whether all are compared now; a book that cannot be written is told of, and what is known
        of it can be shown all the same.

    Raises:
        CancelledError: ctrl+c; the book is as it was.
        BookError: there is no book, or it cannot be read.
    """
    from core.duplicates import bring_up as compare
    from core.duplicates import needed

    with shell.reading() as view:
        waiting = needed(view)
        total = max(waiting, counts.counts(view).people) if refit else waiting
    if not total:
        return True
    try:
        with output.Bar() as bar:
            compare(shell.book, _shown_on(bar, total), refit=refit)
    except (KeyboardInterrupt, CancelledError):
        raise CancelledError("stopped: the book is as it was before") from None
    except DamagedError:
        raise
    except BookError as error:
        output.say(error.sentence)
        if waiting:
            output.say(f"not compared yet: {_entries(waiting)}")
        return not waiting
    return True


def why(pair: PairLine) -> str:
    """The reasons for and against in one line."""
    told = "; ".join(pair.why)
    return f"{told} · but {'; '.join(pair.against)}" if pair.against else told


def side(person: int, name: str, listed: str) -> str:
    """Somebody with id and sources, short enough for two in a line."""
    known = f" (#{person}, {output.short(sources(listed), _SOURCES)})"
    return f"{output.short(name, _SIDE - len(known))}{known}"


def _shown_on(bar: output.Bar, total: int) -> Callable[[float], None]:
    return lambda part: bar.show("comparing", int(part * total), total)


def _names(pair: PairLine) -> dict[str, object]:
    return {
        "a": pair.a,
        "b": pair.b,
        "lane": pair.lane,
        "probability": pair.chance / 100,
        "why": why(pair),
    }


def _tell(found: Lanes, pairs: Sequence[PairLine], lane: str) -> None:
    output.line(" · ".join(f"{name} {count:,}" for name, count in found._asdict().items() if count))
    heading = ""
    for pair in pairs:
        if pair.lane != heading:
            heading = pair.lane
            output.line()
            output.line(heading)
        low = side(pair.a, pair.a_name, pair.a_sources)
        high = side(pair.b, pair.b_name, pair.b_sources)
        output.table([(f"  {low} = {high}",), (f"    {pair.chance} %: {why(pair)}",)])
    total = getattr(found, lane) if lane else sum(found)
    if total > len(pairs):
        output.say(f"the first {len(pairs):,} of {total:,}; --limit shows more")
    first = pairs[0]
    output.say(f"vitalfew merge {first.a} {first.b} makes one of two, unmerge parts them again")
    output.say(f"vitalfew different {first.a} {first.b} keeps them two for good, or: family")
    if found.certain:
        output.say(f"vitalfew merge --certain merges all that are certain ({found.certain:,})")


def _none(found: Lanes, lane: str) -> str:
    if not sum(found):
        return "no two people in the book look alike"
    return f"no pair is {lane or 'open'}" if lane != "later" else "no pair was put off"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"
