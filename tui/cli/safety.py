"""``backup`` and ``restore``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import NotFoundError
from core.rules import when
from core.storage import backup as storage
from core.storage import restore as storage_restore
from tui.cli import output

if TYPE_CHECKING:
    from core.storage.backup import Copy
    from core.storage.restore import Present
    from tui.cli.output import Form
    from tui.cli.shell import Shell

_NEWEST: Final = "newest"
_STEP: Final = 1000


class _Chosen(NamedTuple):
    path: Path
    told: str


def backup(shell: Shell, target: Path | None, form: Form, *, force: bool) -> int:
    """Copy the book, into its folder of copies or where the user wants it."""
    with shell.reading():
        pass  # what cannot be opened is told before it is copied
    if target is None:
        made = storage.copy(shell.book, storage.BY_HAND)
    else:
        made = storage.copy_to(shell.book, target.expanduser(), force=force)
    size, people = made.stat().st_size, storage.people(made)
    if form == "json":
        output.document(path=str(made), size=size, people=people)
    elif form == "plain":
        output.fields([(made, size, people)])
    else:
        output.line(str(made))
        output.say(f"a whole copy: {_people(people)}, {_size(size)}")
    return 0


def listed(shell: Shell, form: Form) -> int:
    """Print the copies there are, newest first."""
    copies = storage.copies(shell.book)
    if form == "json":
        output.document(copies=[_names(number, copy) for number, copy in enumerate(copies, 1)])
    elif form == "plain":
        output.fields(
            (number, copy.at.isoformat(), copy.reason, copy.size, copy.people, copy.path)
            for number, copy in enumerate(copies, 1)
        )
    elif copies:
        output.table(
            (
                number,
                f"{copy.at.astimezone():%Y-%m-%d %H:%M}",
                "cannot be read" if copy.people is None else _people(copy.people),
                _size(copy.size),
                copy.reason,
            )
            for number, copy in enumerate(copies, 1)
        )
    else:
        output.say("there are no copies yet: vitalfew backup makes one")
    return 0 if copies else 1


def restore(shell: Shell, which: str, *, yes: bool) -> int:
    """Put a copy in the place of the book, after a yes."""
    chosen = _chosen(shell, which)
    if not yes:
        people = storage_restore.examine(chosen.path)
        now = storage_restore.present(shell.book)
        output.agree(f"{_stays(now)} Restore {chosen.told} with {_people(people)}?")
    done = storage_restore.restore(shell.book, chosen.path)
    kept = f"; the book of before lies in {done.kept}" if done.kept else ""
    output.say(f"restored {chosen.told} with {_people(done.people)}{kept}")
    return 0


def _chosen(shell: Shell, which: str) -> _Chosen:
    if which in {"", _NEWEST}:
        newest = storage.newest(shell.book)
        if newest is None:
            raise NotFoundError("there are no copies of this book: vitalfew backup makes one")
        return _told(newest)
    if which.isascii() and which.isdecimal():
        copies = storage.copies(shell.book)
        number = int(which[:9])
        if not 0 < number <= len(copies):
            raise NotFoundError(f"there is no copy {which[:9]}: vitalfew backup --list tells them")
        return _told(copies[number - 1])
    path = Path(which).expanduser()
    return _Chosen(path, str(path))


def _told(copy: Copy) -> _Chosen:
    at, now = copy.at.astimezone(), datetime.now().astimezone()
    day = "today" if at.date() == now.date() else when.short(at.date(), now.date())
    return _Chosen(copy.path, f"the copy of {day} {at:%H:%M}")


def _stays(now: Present) -> str:
    return {
        "sound": f"The book of today with {_people(now.people)} is kept as a copy.",
        "damaged": "The book is damaged; it is laid aside.",
        "empty": "The book is an empty file.",
        "missing": "There is no book now.",
    }[now.state]


def _names(number: int, copy: Copy) -> dict[str, object]:
    return {
        "number": number,
        "path": str(copy.path),
        "at": copy.at.isoformat(),
        "reason": copy.reason,
        "size": copy.size,
        "people": copy.people,
    }


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _size(count: int) -> str:
    """Bytes in the unit that needs the fewest digits."""
    size = float(count)
    for unit in ("bytes", "kB", "MB"):
        if size < _STEP:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= _STEP
    return f"{size:.1f} GB"
