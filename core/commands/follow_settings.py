"""Have the rows that follow from the user's choices follow from the present ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.queries import followed
from core.work import Outcome

if TYPE_CHECKING:
    from core.work import Work


@dataclass(frozen=True, slots=True)
class FollowSettings:
    """Tell due days and points anew after cadences or weights were changed, in whichever way.

    The settings are a file outside the journal: the book remembers which it follows, so that a
    change by an editor is noticed at the next start.
    """

    origin: str = "system"

    def handle(self, work: Work) -> Outcome:
        """Write the setting and the rows; without a change, nothing."""
        from sqlmodel import select

        from core.storage import dues
        from core.storage.tables import Setting

        if followed.is_followed(work.raw, work.settings):
            return Outcome("the settings as they were")
        row = work.session.exec(select(Setting).where(Setting.key == followed.KEY)).first()
        row = row or Setting(key=followed.KEY)
        row.value = followed.mark(work.settings)
        work.session.add(row)
        told = dues.tell_all(work.raw, work.settings, work.clock.today(), work.progress)
        return Outcome("other settings", count=told)
