"""How far a contact has come, and the line that says what the keys do now."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from tui.actions import BY_ID, key_name, keys_of
from tui.screens import contact_words
from tui.theme import LOUD, QUIET
from tui.widgets.key_line import KeyLine, Piece

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.queries.contact import Contact
    from core.rules.ways import Way

Key = tuple[str, str]
"""An action and what it does now; without an action only told."""


class Stage(Enum):
    """How far a contact has come."""

    BEFORE = 0
    BEGUN = 1
    DONE = 2


class StageLine(KeyLine):
    """What the keys do at a stage; a click on one presses it."""

    DEFAULT_CSS = "StageLine { margin: 1 0 0 0; }"

    def say(self, offered: Sequence[Key], keymap: Mapping[str, str]) -> None:
        """Offer other keys."""
        pieces = [Piece(" ")]
        for place, (action, told) in enumerate(offered):
            if place:
                pieces.append(Piece("  " if offered[place - 1][0] == "" else " · ", QUIET))
            if action:
                key = keys_of(BY_ID[action], keymap)[0]
                name = "←→" if action == "contact.right" else key_name(key)
                pieces += [Piece(name, "bold $primary", key), Piece(f" {told}", "", key)]
            else:
                pieces.append(Piece(told, LOUD))
        self._pieces = tuple(pieces)
        self.refresh()


def offered(
    stage: Stage,
    contact: Contact,
    chosen: Way | None,
    several: bool,
    today: date,
) -> list[Key]:
    """What can be done at a stage."""
    if stage is Stage.DONE:
        told = contact_words.next_talk(contact, today)
        kept = [("person.settle", "kept it")] if contact.owed else []
        steps = [("person.promise", "promise"), ("person.wait", "wait"), *kept]
        return [("", "Logged."), ("contact.go", told), *steps]
    if chosen is None:
        return [("person.log", "logs a talk"), ("app.cancel", "closes")]
    if stage is Stage.BEGUN:
        asked = [("", contact_words.asks(chosen)), ("contact.go", "yes")]
        return [*asked, ("person.log", "with words"), ("app.cancel", "not yet")]
    ways = [("contact.right", "another way")] if several else []
    begins = ("contact.go", "opens it" if chosen.target else "begins")
    return [begins, *ways, ("person.log", "logs it as done"), ("app.cancel", "closes")]
