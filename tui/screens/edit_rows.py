"""How the rows of the form look, and what can be added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.rules import kinds
from tui import safe, words
from tui.screens.edit_draft import CHANGED, CLEARED, HEADS, KEEP, MISSING, NEW, Line
from tui.theme import LOUD, QUIET
from tui.widgets.ask import Confirm
from tui.widgets.choose import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

_HEAD: Final = 10
_SIGNS: Final = {CHANGED: "~", CLEARED: "-", NEW: "+"}
ANOTHER: Final = "another"
"""The label that is asked for as a line."""

_ADDED: Final = {
    "m": (kinds.EMAIL, "mail"),
    "p": (kinds.PHONE, "phone"),
    "l": (kinds.LABEL, "label"),
    "n": (kinds.NOTE, "note"),
    "w": (kinds.ORG, "work (the firm)"),
    "t": (kinds.TITLE, "title"),
    "h": (kinds.HANDLE, "handle on a network"),
    "s": (kinds.URL, "site"),
    "a": (kinds.ADDRESS, "address"),
    "b": (kinds.BIRTHDAY, "birthday"),
    "d": (kinds.DATE, "another date"),
    "r": (kinds.RELATION, "relation"),
    "c": (kinds.NICKNAME, "nickname"),
    "o": (kinds.CUSTOM, "own field"),
}
_LABELS: Final = {
    kinds.EMAIL: "work home",
    kinds.PHONE: "mobile work home fax",
    kinds.ADDRESS: "home work",
    kinds.HANDLE: f"linkedin x instagram facebook mastodon github signal telegram {ANOTHER}",
    kinds.DATE: f"anniversary {ANOTHER}",
    kinds.RELATION: f"spouse partner child parent manager assistant friend {ANOTHER}",
    kinds.CUSTOM: ANOTHER,
}
_MUST_HAVE_ONE: Final = frozenset({kinds.HANDLE, kinds.DATE, kinds.RELATION, kinds.CUSTOM})

HINT: Final = "What you change is yours from then on; all else stays with its source."
ENDINGS: Final = (
    Option("y", "keep", True, "one step, u takes it back"),
    Option("n", "drop", False, "all stays as it was"),
)
"""What can become of changes when the form is closed."""


def dropping() -> Confirm:
    """What is asked before a text from the editor is lost."""
    return Confirm("Your text could not be read; it is not in the form.\n\nDrop it?", "drop it")


def additions() -> list[Option[str]]:
    """What `a` offers, each by its letter."""
    return [Option(letter, told, kind) for letter, (kind, told) in _ADDED.items()]


def labels(kind: str) -> list[Option[str]]:
    """The labels a value of a kind is offered, by letters; empty where it needs none."""
    listed = _LABELS.get(kind, "").split()
    options: list[Option[str]] = []
    taken: set[str] = set()
    for label in listed:
        letter = next(sign for sign in label if sign not in taken)
        taken.add(letter)
        named = words.named(label) if kind == kinds.HANDLE and label != ANOTHER else label
        options.append(Option(letter, named, label))
    if listed and kind not in _MUST_HAVE_ONE:
        options.append(Option("n", "none of these", ""))
    return options


def keep_row(changes: int) -> Line:
    """The last row, which enter keeps all changes on."""
    told = f"keep {words.many(changes, 'change')}" if changes else "nothing is changed yet"
    return Line(KEEP, KEEP, value=told, state=KEEP)


def sign(line: Line) -> str:
    """The sign before a row that is changed."""
    return _SIGNS.get(line.state, "")


def row(line: Line, width: int, *, head: bool) -> Content:
    """A row: its kind, if it is the first of it, the value, and what is to say of it."""
    width -= 1
    if line.state == KEEP:
        return safe.columns(width, safe.Column("", _HEAD), safe.Column(line.value, 0, LOUD))
    told = HEADS.get(line.kind, line.kind)
    first = safe.Column(told if head else "", _HEAD, "bold $primary")
    if line.state == MISSING:
        return safe.columns(width, safe.Column(told, _HEAD, QUIET), _quiet("—"))
    style = {CLEARED: f"strike {QUIET}", CHANGED: "bold", NEW: "bold"}.get(line.state, "")
    right = about(line)
    room = min(safe.cells(right), (width - _HEAD - 1) // 2)
    style = style or (QUIET if line.also else "")
    value = one_line(line)
    left = width - _HEAD - room - 2
    if line.state == CLEARED and (cells := min(safe.cells(value), left - 1)) > 0:
        # Only the value is struck out, not the space behind it.
        shown = [safe.Column(value, cells, style), safe.Column("")]
    else:
        shown = [safe.Column(value, 0, style)]
    return safe.columns(width, first, *shown, safe.Column(right, room, QUIET, right=True))


def one_line(line: Line) -> str:
    """The value as it is shown and typed: an address on one line, all others as they are."""
    if line.kind != kinds.ADDRESS:
        return line.value
    return ", ".join(filter(None, (part.strip(" ,") for part in line.value.splitlines())))


def about(line: Line) -> str:
    """What stands on the right: label, entries, and what was there before."""
    label = words.named(line.label) if line.kind == kinds.HANDLE else line.label
    if line.state == CLEARED:
        return words.dotted(label, "will be cleared · x keeps it")
    if line.state == NEW:
        return words.dotted(label, "new")
    also = "also" if line.also else ""
    if line.state == CHANGED or line.before:
        was = line.before if line.before != line.value else ""
        return words.dotted(also, label, f"you, before: {was}" if was else "you")
    return words.dotted(also, label, line.said)


def heads(lines: Sequence[Line]) -> frozenset[int | str]:
    """The keys of the rows that begin a kind."""
    kind = ""
    first: set[int | str] = set()
    for line in lines:
        if line.kind != kind:
            kind = line.kind
            first.add(line.key)
    return frozenset(first)


def _quiet(told: str) -> safe.Column:
    return safe.Column(told, 0, QUIET)
