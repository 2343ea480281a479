"""Words that the user types while people are merged: facts of the user's on the home card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.commands.hand import region, stored
from core.queries import merge as merges
from core.rules import kinds
from core.rules.projection import standing_values
from core.rules.typed import Typed
from core.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.rules.projection import Fact
    from core.rules.typed import Edit
    from core.work import Work


def write(work: Work, home: int, edits: Sequence[Edit]) -> None:
    """Write what was typed to the home card; an empty value clears what that card says.

    A one-of-a-kind value replaces the card's own, so that its source cannot take it back.
    """
    if not edits:
        return
    held = [
        fact
        for fact in standing_values(merges.sides(work.raw, [home])[home].facts)
        if fact.card_id == home
    ]
    works = next((fact for fact in held if fact.kind == kinds.ORG), None)
    for edit in edits:
        typed = Typed(edit.kind, clean(edit.value).strip(), clean(edit.label).strip())
        same = [fact for fact in held if fact.kind == edit.kind]
        if works and edit.kind in {kinds.TITLE, kinds.DEPARTMENT, kinds.ROLE}:
            same = [fact for fact in same if fact.part == works.part] or same
        if edit.kind in kinds.ONE:
            _set(work, home, typed, same[0] if same else None, works.part if works else 0)
        elif typed.value and all(fact.value != typed.value for fact in same):
            work.session.add(stored(typed, home, region(work)))
    work.session.flush()


def _set(work: Work, home: int, typed: Typed, now: Fact | None, part: int) -> None:
    """Let a card say one thing of a one-of-a-kind kind, in the user's words."""
    from core.storage import tables

    if (now.value if now else "") == typed.value:
        return
    new = stored(typed, home, region(work))
    if now is None or now.origin == "source":
        new.part = now.part if now else (part if typed.kind in _PARTED else 0)
        new.preferred = now.preferred if now else 0
        new.replaces_id = now.id if now else None
        work.session.add(new)
        return
    mine = work.session.get(tables.Fact, now.id)
    assert mine is not None  # noqa: S101 — it was read a moment ago, in this transaction
    if typed.value or mine.replaces_id is not None:
        mine.value, mine.norm, mine.label = new.value, new.norm, new.label
    else:
        mine.until = work.day
    work.session.add(mine)


_PARTED = frozenset({kinds.ORG, kinds.TITLE, kinds.DEPARTMENT, kinds.ROLE})
