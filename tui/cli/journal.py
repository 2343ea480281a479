"""``undo``, ``redo`` and ``history``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import DecisionNeededError, NotFoundError
from core.queries import history as query
from tui.cli import output

if TYPE_CHECKING:
    from core.queries.history import StepLine
    from core.storage.driver import Connection
    from tui.cli.output import Form
    from tui.cli.shell import Shell

_LISTED: Final = 20
_IMPORTS: Final = ("StoreRun", "StoreTalks")


def undo(shell: Shell, step: int | None, *, yes: bool) -> int:
    """Take back the newest step, or the one named; large ones after a yes."""
    with shell.reading() as view:
        wanted = _wanted(view, step)
    if wanted.undone:
        raise NotFoundError(f"step {wanted.id} is taken back already")
    if wanted.name in _IMPORTS and not yes:
        output.agree(f"“{wanted.label}” was an import. Take it back?")
        yes = wanted.people == 0
    with shell.writing() as bus:
        try:
            done = bus.undo(wanted.id, sure=yes)
        except DecisionNeededError as question:
            output.agree(question.sentence)
            done = bus.undo(wanted.id, sure=True)
    together = done.result if isinstance(done.result, int) else 0
    also = f", and {together} later step{'s' * (together > 1)} built upon it" if together else ""
    output.say(f"took back: {done.label}{also}")
    return 0


def redo(shell: Shell) -> int:
    """Do again what was taken back last."""
    with shell.reading():
        pass  # a book that does not exist is not made for this
    with shell.writing() as bus:
        done = bus.redo()
    output.say(f"did again: {done.label}")
    return 0


def history(shell: Shell, form: Form, limit: int | None) -> int:
    """Print the newest steps."""
    with shell.reading() as view:
        steps = query.steps(view, limit or _LISTED)
    if form == "json":
        output.document(steps=[_names(step) for step in steps])
    elif form == "plain":
        output.fields((s.id, s.at, s.label, s.people, _state(s)) for s in steps)
    else:
        output.table((s.id, _local(s.at), _state(s), s.label) for s in steps)
        if not steps:
            output.say("nothing was done yet")
    return 0 if steps else 1


def _wanted(view: Connection, step: int | None) -> StepLine:
    if step is not None:
        found = query.steps(view, limit=1, before=step + 1)
        if not found or found[0].id != step:
            raise NotFoundError(f"there is no step {step}: vitalfew history lists them")
        return found[0]
    before = None
    while steps := query.steps(view, limit=100, before=before):
        live = next((line for line in steps if not line.undone), None)
        if live is not None:
            return live
        before = steps[-1].id
    raise NotFoundError("nothing to take back")


def _names(step: StepLine) -> dict[str, object]:
    return {
        "id": step.id,
        "at": step.at,
        "name": step.name,
        "label": step.label,
        "people": step.people,
        "undone": step.undone,
    }


def _state(step: StepLine) -> str:
    return "taken back" if step.undone else ""


def _local(at: str) -> str:
    from datetime import datetime

    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
