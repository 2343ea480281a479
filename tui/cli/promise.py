"""``promise``: what you owe people and they owe you; noted, listed, settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.errors import UsageError
from core.queries import promises
from tui import words as said
from tui.cli import output, who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.promises import PromiseLine
    from core.work import Command
    from tui.cli.output import Form
    from tui.cli.shell import Shell

_LARGEST_ID = 2**63 - 1


class Wish(NamedTuple):
    """What the command line asks for.

    Attributes:
        words: WHO, then WHAT, whose end may be a day; without them all are listed.
        theirs: they owe it, not you; of a list, only such.
        kept: the promise that was kept, by its id.
        dropped: the one that never will be.
    """

    words: tuple[str, ...] = ()
    theirs: bool = False
    kept: int | None = None
    dropped: int | None = None


def promise(shell: Shell, wish: Wish, form: Form) -> int:
    """Note, settle or list; 1 if nothing is open.

    Raises:
        UsageError: several of them at once.
    """
    settled = wish.dropped if wish.kept is None else wish.kept
    if settled is None:
        return _note_or_list(shell, wish, form)
    if wish.words or wish.theirs or None not in {wish.kept, wish.dropped}:
        raise UsageError("either --kept or --dropped, with the number of one promise alone")
    from core.commands.promise import SettlePromise

    return _do(shell, SettlePromise(min(settled, _LARGEST_ID), wish.kept is not None))


def names(line: PromiseLine) -> dict[str, object]:
    """A promise as documents tell it."""
    dropped = line.kept == promises.DROPPED
    return {
        "id": line.id,
        "owed_by": line.owed_by,
        "what": line.what,
        "due": line.due or None,
        "kept": None if dropped else line.kept or None,
        "dropped": dropped,
    }


def _note_or_list(shell: Shell, wish: Wish, form: Form) -> int:
    if not wish.words:
        with shell.reading() as view:
            return _list(shell, promises.open_promises(view), wish, form)
    with shell.reading() as view:
        person, words = who.leading(view, wish.words)
        if not words:
            return _list(shell, promises.of_person(view, person.id), wish, form)
    from core.commands.promise import ME, THEM, AddPromise
    from core.rules import lines

    what, due = lines.promise(" ".join(words), shell.today)
    return _do(shell, AddPromise((person.id,), THEM if wish.theirs else ME, what, due))


def _list(shell: Shell, owed: Sequence[PromiseLine], wish: Wish, form: Form) -> int:
    owed = [line for line in owed if line.owed_by == "them" or not wish.theirs]
    if form == "json":
        output.document(
            promises=[{**names(line), "person": line.person, "name": line.name} for line in owed]
        )
    elif form == "plain":
        output.fields(
            (line.id, line.owed_by, line.person, line.name, line.what, line.due) for line in owed
        )
    elif owed:
        output.table(
            (
                line.id,
                said.owed_by(line.owed_by),
                line.name,
                line.what,
                said.by_when(line.due, shell.today),
            )
            for line in owed
        )
        output.say("settle one by its number: vitalfew promise --kept N, or --dropped N")
    else:
        output.say("nothing is owed: vitalfew promise anna the deck fri notes what you promised")
    return 0 if owed else 1


def _do(shell: Shell, command: Command) -> int:
    with shell.writing() as bus:
        done = bus.run(command)
    output.say(done.label if done.command_id else f"{done.label} (as it was already)")
    return 0
