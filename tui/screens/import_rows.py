"""What the Import screen lists: what lies on this machine, and where to get the rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules.when import ago
from core.text import visible
from tui import safe
from tui.import_guides import GUIDES, Guide
from tui.theme import LOUD, QUIET
from tui.words import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from textual.content import Content

    from importers.discover import Found

LOOKING: Final = "looking through this machine …"
NOTHING: Final = "Nothing to import was found on this machine."
_TITLE, _COUNT, _AGE = 20, 9, 14


class Row(NamedTuple):
    """A row: a list that was found, a guide, or words between them.

    Attributes:
        key: what stays the same when the machine is looked through again.
    """

    key: str
    found: Found | None = None
    guide: Guide | None = None
    words: str = ""


def rows(found: Sequence[Found] | None) -> list[Row]:
    """All rows; None for what was found while the machine is still looked through."""
    return list(_rows(found))


def _rows(found: Sequence[Found] | None) -> Iterator[Row]:
    if not found:
        yield Row("none", words=LOOKING if found is None else NOTHING)
    for one in found or ():
        yield Row(f"file {one.path}", found=one)
    yield Row("gap")
    yield Row("places", words="Where to get the others; enter shows how")
    for guide in GUIDES:
        yield Row(f"guide {guide.title}", guide=guide)


def is_heading(row: Row) -> bool:
    """Whether a row is only words."""
    return row.found is None and row.guide is None


def header(width: int) -> Content:
    """The line above the rows."""
    return safe.columns(
        width,
        safe.Column("list", _TITLE),
        safe.Column("entries", _COUNT, right=True),
        safe.Column("saved", _AGE),
        safe.Column("where"),
    )


def line(row: Row, width: int, today: date) -> Content:
    """One row."""
    if row.found:
        return safe.columns(
            width,
            safe.Column(row.found.title, _TITLE),
            safe.Column(f"{row.found.count:,}", _COUNT, right=True),
            safe.Column(saved(row.found, today), _AGE, QUIET),
            safe.Column(tail(home_path(row.found.path), width - _TITLE - _COUNT - _AGE - 3)),
        )
    if row.guide:
        return safe.columns(
            width,
            safe.Column(row.guide.title, _TITLE),
            safe.Column(row.guide.wait, _COUNT + _AGE + 1, QUIET),
        )
    return safe.text(safe.cut(row.words, width), LOUD if row.key == "places" else QUIET)


def about(row: Row, today: date) -> Content:
    """What is told of a list that was found, beside the rows."""
    if row.found is None:
        return safe.line()
    found = row.found
    return safe.lines(
        (f"{safe.cut(found.title, 40)}\n\n", LOUD),
        f"{home_path(found.path)}\n\n",
        f"about {many(found.count, 'entry').replace('entrys', 'entries')}, ",
        f"saved {saved(found, today) or 'some day'}\n",
        (f"recognised by {safe.cut(found.reason, 120)}\n\n", QUIET),
        "enter shows what it would change;\nnothing is written before.",
    )


def told(found: Sequence[Found] | None, marked: int) -> Content:
    """The line above: how many lists there are, and what enter takes."""
    if found is None:
        return safe.line((" f takes a file that lies elsewhere", QUIET))
    if not found:
        return safe.line((" f takes a file that lies elsewhere, r looks again", QUIET))
    lists = many(len(found), "list")
    if not marked:
        return safe.line(f" {lists} on this machine", (" · enter takes one, * marks all", QUIET))
    return safe.line(
        f" {lists} on this machine · ", (f"{marked:,} marked", LOUD), (" · enter takes them", QUIET)
    )


def saved(found: Found, today: date) -> str:
    """How long ago a list was saved: ``3 days ago``; "" if nobody knows."""
    from datetime import date as day

    try:
        return ago(day.fromisoformat(found.modified[:10]), today)
    except ValueError:
        return ""


def home_path(path: Path) -> str:
    """A path as people write it, the home folder as ``~``."""
    try:
        return f"~/{path.relative_to(Path.home())}"
    except ValueError:
        return str(path)


def tail(path: str, room: int) -> str:
    """The end of a path that is too long, which tells more than its beginning."""
    shown = visible(path)
    while safe.cells(shown) > room > 1:
        shown = "…" + shown.lstrip("…")[max(1, safe.cells(shown) - room) :]
    return shown
