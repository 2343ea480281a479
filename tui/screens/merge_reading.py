"""Reading the queue of the merge screen, and saying what a merge came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.commands.merge import Merged
from core.queries import duplicates, history, people, questions
from tui.screens.merge_item import QUESTIONS, Item, Reading
from tui.words import many

if TYPE_CHECKING:
    from core.bus import Done
    from core.queries.history import Mark
    from core.storage.driver import Connection


class State(NamedTuple):
    """How far the journal is, and which pairs there are, told by their newest and their count."""

    mark: Mark
    newest: int
    pairs: int


def state(connection: Connection) -> State:
    """What the book is like now; costs less than reading the queue."""
    return State(history.mark(connection), *duplicates.newest(connection))


def all_open(connection: Connection) -> Reading:
    """All that is open, and everybody in it."""
    items = [
        Item(QUESTIONS, (one.person,), question=one) for one in questions.questions(connection)
    ]
    items += (Item(*group) for group in duplicates.groups(connection))
    who = list(dict.fromkeys(person for item in items for person in item.people))
    return Reading(tuple(items), tuple(people.by_ids(connection, who)))


def told(done: Done) -> str:
    """What was done, and that nothing was lost: counted in the book, not in what was shown."""
    kept = ""
    if isinstance(done.result, Merged):
        kept = f", {done.result.kept:,} of {many(done.result.values, 'value')} kept"
    return f"{done.label}{kept}"
