"""The popup that asks for a path; tab completes it as a shell would."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from core.errors import NotFoundError, UsageError
from core.text import visible
from tui.actions import bindings
from tui.theme import QUIET
from tui.widgets.ask import AskLine
from tui.widgets.line_box import LineBox

if TYPE_CHECKING:
    from textual.binding import BindingType

_NAMED: Final = 12
_MOST: Final = 5_000


class AskPath(AskLine[Path]):
    """A line for the path of a file or folder that exists.

    Args:
        title: what it is for.
        start: what stands in the box at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("popup", "path")
    foot = "enter takes it · tab completes"

    def __init__(self, title: str, start: str = "") -> None:
        super().__init__(title, "such as ~/Downloads/contacts.csv; tab completes", there, start)

    def action_complete(self) -> None:
        """Go on as far as there is only one way, and say which ways there are then."""
        box = self.query_one(LineBox)
        longer, names = completed(box.value)
        box.value = longer
        box.cursor_position = len(longer)
        if len(names) > 1:
            shown = "   ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
            self.call_after_refresh(self._say, (shown, QUIET))  # the box has said its own by then


def there(line: str) -> tuple[Path, str]:
    """The file or folder a line names, and what it is.

    Raises:
        UsageError: the line is empty or no path at all.
        NotFoundError: nothing is there.
    """
    if not line.strip():
        raise UsageError("type where the file or folder is")
    try:
        path = _expanded(line.strip())
        if path.is_dir():
            return path, "a folder: it is looked through"
        if path.exists():
            return path, "a file"
    except (OSError, RuntimeError, ValueError):  # a name too long, a user who does not exist
        pass
    raise NotFoundError("there is no such file or folder; tab completes what is there")


def completed(line: str) -> tuple[str, list[str]]:
    """The line as far as it can only go on in one way, and the names it may go on with.

    Args:
        line: the beginning of a path; ``~`` is the home folder.
    """
    if line in {"", "~"}:
        return "~/", []
    head, slash, start = line.rpartition("/")
    try:
        names = _names(_expanded(head + slash) if slash else Path(), start)
    except (OSError, RuntimeError, ValueError):
        return line, []
    if not names:
        return line, []
    return head + slash + _shared(names), names


def _shared(names: list[str]) -> str:
    """The letters with which all of the names begin; they are sorted."""
    first, last = names[0], names[-1]
    same = (at for at, letter in enumerate(first) if last[at : at + 1] != letter)
    return first[: next(same, len(first))]


def _names(folder: Path, start: str) -> list[str]:
    """What begins so in a folder, folders with a slash; hidden names only if a dot was typed."""
    found: list[str] = []
    with os.scandir(folder) as listing:
        for entry in listing:
            hidden = entry.name.startswith(".") and not start.startswith(".")
            # Only what can be typed and is shown as it is named can be completed.
            if entry.name.startswith(start) and not hidden and visible(entry.name) == entry.name:
                found.append(entry.name + ("/" if entry.is_dir() else ""))
            if len(found) == _MOST:
                break
    return sorted(found)


def _expanded(line: str) -> Path:
    """The path a line means; a whole one that was pasted behind the ``~/`` is taken alone."""
    if line.startswith("~/") and line[2:3] in {"~", "/", "'", '"'}:
        line = line[2:]
    if line[1:-1] and line[0] == line[-1] and line[0] in {"'", '"'}:  # as terminals drop files
        line = line[1:-1]
    return Path(line).expanduser()
