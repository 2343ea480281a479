"""The words of the Undo screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from core.rules.when import short
from tui import safe, words
from tui.theme import LOUD, QUIET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from core.queries.history import StepLine

EMPTY: Final = """Nothing was done to the book yet.

A tier, a talk, a whole import: all is listed here, and enter takes it back."""
NOT_FOUND: Final = "No step has these words. esc shows all."

_WHEN, _PEOPLE, _STATE = 15, 7, 10
_WEEK: Final = 7
_NAMED: Final = 8
_LONGEST: Final = 200


def when(at: str, now: datetime) -> str:
    """A moment in few cells: ``today 14:02``, ``Fri 9:10``, ``2 Nov 9:10``, ``Mar 2024``."""
    moment = datetime.fromisoformat(at).astimezone(now.tzinfo)
    time = f"{moment.hour:2}:{moment.minute:02}"
    days = (now.date() - moment.date()).days
    if days == 0:
        return f"today {time}"
    if days == 1:
        return f"yesterday {time}"
    if 0 < days < _WEEK:
        return f"{words.weekday(moment)} {time}"
    day = short(moment.date(), now.date())
    return f"{day} {time}" if day[0].isdigit() else day


def header(width: int) -> Content:
    """The line above the steps."""
    return safe.columns(
        width,
        safe.Column("when", _WHEN),
        safe.Column("what"),
        safe.Column("people", _PEOPLE, right=True),
        safe.Column("", _STATE),
    )


def row(step: StepLine, width: int, now: datetime, find: str) -> Content:
    """When, what, how many people, and whether it is taken back."""
    quiet = QUIET if step.undone else ""
    return safe.columns(
        width,
        safe.Column(when(step.at, now), _WHEN, QUIET),
        safe.Column(step.label, 0, quiet, find=find),
        safe.Column(f"{step.people:,}" if step.people > 1 else "", _PEOPLE, QUIET, right=True),
        safe.Column("taken back" if step.undone else "", _STATE, QUIET),
    )


def told(steps: Sequence[StepLine], sitting: str) -> Content:
    """How many steps there are, how many of them this sitting did, and how many are taken back."""
    counts = {
        "in this sitting": sum(step.sitting == sitting for step in steps),
        "taken back": sum(step.undone for step in steps),
    }
    more = "".join(f" · {count:,} {words}" for words, count in counts.items() if count)
    return safe.line(f" {len(steps):,} {_steps(len(steps))}", (more, QUIET))


def question(steps: Sequence[StepLine]) -> tuple[str, str]:
    """What is asked before these steps, newest first, are taken back; and what yes does."""
    first = steps[-1]
    if len(steps) == 1:
        people = f"\nIt concerns {first.people:,} people." if first.people > 1 else ""
        return f"Take back “{safe.cut(first.label, _LONGEST)}”?{people}", "take it back"
    later = [f"  {safe.cut(step.label, 56)}" for step in steps[:-1][:_NAMED]]
    if len(steps) - 1 > _NAMED:
        later.append(f"  and {len(steps) - 1 - _NAMED:,} more")
    count = len(steps) - 1
    words = "the step after it" if count == 1 else f"the {count:,} steps after it"
    asked = f"Take back “{safe.cut(first.label, _LONGEST)}” and {words}?\n\n" + "\n".join(later)
    return asked, f"take back {len(steps):,} steps"


def taken(count: int) -> str:
    """How many steps were taken back."""
    return f"took back {count:,} {_steps(count)}"


def goes_with(step: StepLine, steps: Sequence[StepLine]) -> Content:
    """What enter on a step would take back, for the second pane."""
    if step.undone:
        return safe.lines(("taken back\n\n", LOUD), (step.label, QUIET))
    parts: list[safe.Part] = [(f"enter takes back {len(steps):,} {_steps(len(steps))}\n\n", LOUD)]
    for one in steps[:_NAMED]:
        parts.extend((safe.cut(one.label, _LONGEST), "\n"))
    if len(steps) > _NAMED:
        parts.append((f"and {len(steps) - _NAMED:,} more", QUIET))
    return safe.lines(*parts)


def _steps(count: int) -> str:
    return "step" if count == 1 else "steps"
