"""The only module that makes renderables from data.

Names, mails and file names are foreign text: brackets in them are no markup and escapes no
commands. Every function here passes its words through `visible()` and hands back something that
Textual paints literally. `tests/tui/test_sinks.py` refuses any other way to the screen.

A *part* is a string, a `(string, style)` pair, or a `Content` made here. A *style* is in Textual's
words: ``"bold"``, ``"$quiet"``, ``"bold $tier-a"``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias
from unicodedata import combining
from urllib.parse import quote

from rich.cells import cell_len, set_cell_size
from textual.command import DiscoveryHit, Hit
from textual.content import Content, Span
from textual.strip import Strip
from textual.widgets import Static

from core.text import fold, visible
from tui.theme import HIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import App
    from textual.style import Style
    from textual.widget import Widget

Part: TypeAlias = str | tuple[str, str] | Content
Severity: TypeAlias = Literal["information", "warning", "error"]

_POINTS_A_CELL = 16  # room for joined emoji
_LONG = 100  # from here on a text is looked at for heaps of accents
_ACCENTS = 6
_NOTICE = 220  # cells: three lines in the corner


class Column(NamedTuple):
    """One column of a row.

    Attributes:
        data: what stands in it.
        cells: its width; 0 takes what the others leave, shared evenly.
        style: how it looks.
        right: whether it stands on the right edge of its width.
        find: a search whose words are marked in it.
    """

    data: str
    cells: int = 0
    style: str = ""
    right: bool = False
    find: str = ""


def text(data: str, style: str = "") -> Content:
    """One line of data in one style."""
    shown = _shown(data)
    return Content(shown, [Span(0, len(shown), style)] if style and shown else None)


def line(*parts: Part) -> Content:
    """Parts after one another on one line."""
    return _assemble(parts, lines=False)


def lines(*parts: Part) -> Content:
    """Parts after one another; their line breaks are kept."""
    return _assemble(parts, lines=True)


def join(rows: Iterable[Content]) -> Content:
    """Contents under one another."""
    return Content("\n").join(rows)


def _shown(data: str, *, lines: bool = False) -> str:
    """The data as it is painted; a letter under thousands of accents keeps the first few."""
    shown = visible(data, lines=lines)
    if len(shown) < _LONG or shown.isascii():
        return shown
    kept: list[str] = []
    marks = 0
    for letter in shown:
        marks = marks + 1 if combining(letter) else 0
        if marks <= _ACCENTS:
            kept.append(letter)
    return "".join(kept)


def cells(data: str) -> int:
    """How many cells the data takes once it is shown."""
    return cell_len(_shown(data))


def cut(data: str, room: int) -> str:
    """The data in at most so many cells, an ellipsis at the end of what was longer."""
    if room <= 0:
        return ""
    bound = room * _POINTS_A_CELL
    shown = _shown(data[: bound + 1])
    if len(data) <= bound and cell_len(shown) <= room:
        return shown
    return set_cell_size(shown, room - 1).rstrip() + "…"


def pad(data: str, room: int, *, right: bool = False) -> str:
    """The data in exactly so many cells, on the left or the right of them."""
    shown = cut(data, room)
    space = " " * (room - cell_len(shown))
    return space + shown if right else shown + space


def columns(width: int, *row: Column) -> Content:
    """A row of columns with one space between them.

    Args:
        width: cells of the whole row; a row that is wider is cut by the list that shows it.
        row: the columns, left to right.
    """
    open_ones = sum(1 for column in row if not column.cells)
    left = max(0, width - sum(column.cells for column in row) - len(row) + 1)
    share, extra = divmod(left, open_ones) if open_ones else (0, 0)
    parts: list[Part] = []
    for place, column in enumerate(row):
        room = column.cells
        if not room:
            room = share + (extra > 0)
            extra -= 1
        shown = pad(column.data, room, right=column.right)
        if place:
            parts.append(" ")
        parts.append(
            hit(shown, column.find, column.style) if column.find else (shown, column.style)
        )
    return line(*parts)


def hit(data: str, query: str, style: str = "") -> Content:
    """A line of data in which the words of a search are marked.

    The marks are offsets into what is shown, found in folded letters, so that ``jose`` marks
    ``José`` and no bracket of either is read as markup.
    """
    shown = _shown(data)
    spans = [Span(0, len(shown), style)] if style and shown else []
    folded: list[str] = []
    origin: list[int] = []
    for offset, letter in enumerate(shown):
        plain = fold(letter)
        folded.append(plain)
        origin.extend([offset] * len(plain))
    whole = "".join(folded)
    for word in fold(query[:200]).split():
        at = whole.find(word)
        while at >= 0:
            spans.append(Span(origin[at], origin[at + len(word) - 1] + 1, HIT))
            at = whole.find(word, at + len(word))
    return Content(shown, spans)


def strip(content: Content, width: int, base: Style) -> Strip:
    """A line for the line API: exactly so wide, on a base style."""
    rich_style = base.rich_style
    return Strip(content.render_segments(base)).adjust_cell_length(width, rich_style)


def blank(width: int, base: Style) -> Strip:
    """An empty line for the line API."""
    return Strip.blank(width, base.rich_style)


def static(*parts: Part, ident: str | None = None, classes: str | None = None) -> Static:
    """A widget that shows parts; their line breaks are kept."""
    return Static(lines(*parts), id=ident, classes=classes, markup=False)


def show(widget: Static, *parts: Part) -> None:
    """Put other parts into a widget made by `static`."""
    widget.update(lines(*parts))


def frame_title(widget: Widget, *parts: Part) -> None:
    """Write on the upper border of a widget."""
    # Textual reads the first of the lines and nothing else; an empty title must be none at all.
    widget.border_title = line(*parts) if parts else None


def frame_foot(widget: Widget, *parts: Part) -> None:
    """Write on the lower border of a widget."""
    widget.border_subtitle = line(*parts) if parts else None


def notice(
    app: App[Any], sentence: str, severity: Severity = "information", *, seconds: float = 5
) -> None:
    """Tell the user one sentence in the corner; it never takes more than a few lines."""
    app.notify(cut(sentence, _NOTICE), severity=severity, timeout=seconds, markup=False)


def copy(app: App[Any], data: str) -> None:
    """Put data on the clipboard; line breaks stay, what else a shell would act on is drawn."""
    app.copy_to_clipboard(visible(data, lines=True))


def open_page(app: App[Any], url: str) -> None:
    """Open a page in the browser; blanks and what cannot be seen go as percent signs."""
    app.open_url(
        "".join(
            sign if sign.isprintable() and sign != " " else quote(sign, errors="replace")
            for sign in url
        )
    )


def command(
    name: str, query: str, about: str, run: Callable[[], object], score: float | None = None
) -> Hit | DiscoveryHit:
    """A line of the command palette: one found with a score, or one shown before any search."""
    # The palette's help is annotated as str and painted as markup; a Content is painted as it is.
    told: str = text(about)  # type: ignore[assignment]
    plain = _shown(name)
    if score is None:
        return DiscoveryHit(text(name), run, text=plain, help=told)
    return Hit(score, hit(name, query), run, text=plain, help=told)


def _assemble(parts: Iterable[Part], *, lines: bool) -> Content:
    words: list[str] = []
    spans: list[Span] = []
    at = 0
    for part in parts:
        if isinstance(part, Content):
            shown = part.plain
            spans.extend(Span(span.start + at, span.end + at, span.style) for span in part.spans)
        else:
            data, style = (part, "") if isinstance(part, str) else part
            shown = _shown(data, lines=lines)
            if style and shown:
                spans.append(Span(at, at + len(shown), style))
        words.append(shown)
        at += len(shown)
    return Content("".join(words), spans)
