"""What is still promised once a talk was logged; read by the first screen, so light to import."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from core.queries import promises

if TYPE_CHECKING:
    from tui.screens.person_actions import PersonActions


async def after_a_talk(screen: PersonActions, person: int, label: str) -> str:
    """What was logged, and what of the user's own promises to the person is due all the same.

    A talk keeps no promise by itself: it would stand on the list again each day, unexplained.
    """
    backend = screen.app.backend
    owed = await backend.read(partial(promises.of_person, person=person))
    soon = (backend.clock.today() + timedelta(days=1)).isoformat()
    due = [one.what for one in owed if one.owed_by == "me" and one.due and one.due <= soon]
    if not due:
        return f"{label} — u takes it back"
    return f"{label} — you still owe “{due[0]}”: c on the row settles it"
