"""Promises on the screens: noting one, settling it, and the rows of a person's page."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from core.commands.promise import ME, AddPromise, MovePromise, SettlePromise
from core.errors import UsageError
from core.queries.promises import DROPPED
from core.rules import lines, when
from tui import safe, words
from tui.actions import BY_ID, key_name, keys_of
from tui.screens.person_actions import named
from tui.screens.person_rows import Row
from tui.widgets.ask import AskLine
from tui.widgets.choose import Choose, Option
from tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.queries.promises import PromiseLine
    from tui.screens.person_actions import PersonActions

_MOST: Final = 12
"""So many of those settled are told."""
_NO_DAY: Final = frozenset({"none", "never", "no day", "-"})
_MOVE: Final = "move"


def rows(owed: Sequence[PromiseLine], today: date, room: int) -> list[Row]:
    """What is open, mine first: ``I owe   the deck   Fri``, ``owes me   a call   3 days late``."""
    found: list[Row] = []
    for mine in (True, False):
        head = words.owed_by(ME if mine else "")
        for line in owed:
            if not line.kept and (line.owed_by == ME) == mine:
                found += _rows(line, head, line.what, words.by_when(line.due, today), room)
                head = ""
    return found


def settled_rows(owed: Sequence[PromiseLine], today: date, room: int) -> list[Row]:
    """What was kept or dropped, quietly."""
    found: list[Row] = []
    settled = [line for line in owed if line.kept]
    for line in settled[:_MOST]:
        told = f"I owed {line.what}" if line.owed_by == ME else f"owed me {line.what}"
        kept = line.kept if line.kept == DROPPED else f"kept {words.day(line.kept, today)}"
        found += _rows(line, "" if found else "promises", told, kept, room)
    if len(settled) > _MOST:
        found.append(Row(0, words=f"… {len(settled) - _MOST:,} more", old=True))
    return found


async def ask(screen: PersonActions, owed_by: str, start: str = "") -> AddPromise | None:
    """Ask what is promised, and by when, to whoever is meant or by them; `start` is typed already.

    Returns:
        What to do, or None.
    """
    people = screen.meant()
    if not people:
        return None
    who = named(people)
    title = f"I owe {who}" if owed_by == ME else f"{who} owes me"
    hint = "the deck fri" if owed_by == ME else "an intro to Ben, +2w"
    read_as = partial(_promised, today=screen.app.backend.clock.today())
    answer = await screen.app.push_screen_wait(AskLine(title, hint, read_as, start))
    return AddPromise(tuple(one.id for one in people), owed_by, *answer) if answer else None


async def settle(
    screen: PersonActions, owed: Sequence[PromiseLine], promise: int
) -> SettlePromise | MovePromise | None:
    """Ask what became of one of these: kept, dropped, or another day; or open a settled one.

    Returns:
        What to do, or None.
    """
    app = screen.app
    line = next((one for one in owed if one.id == promise), None)
    if line is None:
        mine, theirs = (
            key_name(keys_of(BY_ID[f"person.{word}"], app.keys)[0])
            for word in ("promise", "promised")
        )
        app.tell(f"no promise at the cursor: {mine} notes one of yours, {theirs} one of theirs")
        return None
    options: list[Option[str]] = [
        Option("k", "kept", "kept", "today"),
        Option("d", "dropped", DROPPED, "it never will be"),
        Option("c", "change the day", _MOVE, words.by_when(line.due, app.backend.clock.today())),
    ]
    if line.kept:
        options = [Option("o", "open again", "", "it is owed still")]
    title = safe.cut(f"{words.owed_by(line.owed_by)}: {line.what}", 48)
    chosen = await app.push_screen_wait(Choose(title, options))
    if chosen is None:
        return None
    if chosen != _MOVE:
        return SettlePromise(line.id, {"kept": True, DROPPED: False}.get(chosen))
    read_as = partial(_day, today=app.backend.clock.today())
    asked = AskLine(f"{title}. By when?", "fri, +2w, 24 dec, or none", read_as)
    day = await app.push_screen_wait(asked)
    return None if day is None else MovePromise(line.id, day)


def _rows(line: PromiseLine, head: str, told: str, about: str, room: int) -> Iterator[Row]:
    for part in wrapped(told, room - safe.cells(about) - 1):
        yield Row(
            *(0, head, part, about, line.what),
            old=bool(line.kept),
            promise=line.id,
        )
        head = about = ""


def _promised(line: str, *, today: date) -> tuple[tuple[str, str], str]:
    """What a line promises, and how it was understood."""
    what, due = lines.promise(line, today)
    return (what, due), f"{what}, {_by(due, today)}"


def _day(line: str, *, today: date) -> tuple[str, str]:
    """The day a line names, and how it was understood."""
    if line.strip().lower() in _NO_DAY:
        return "", _by("", today)
    day = when.parse_day(line.strip().removeprefix("by "), today)
    if day < today:
        raise UsageError("a promise is due today or on a day to come")
    return day.isoformat(), _by(day.isoformat(), today)


def _by(due: str, today: date) -> str:
    if not due:
        return "no day"
    day = date.fromisoformat(due)
    return f"by {words.weekday(day)} {when.short(day, today)}, {when.ago(day, today)}"
