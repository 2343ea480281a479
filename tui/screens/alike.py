"""Who may be the same person, as other screens than Merge tell it, and the ways there and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from core.queries import duplicates, people
from tui import safe, words
from tui.screens.person_actions import named
from tui.screens.person_rows import Row

if TYPE_CHECKING:
    from core.commands.unmerge import Unmerged
    from core.queries.duplicates import PairLine
    from core.queries.people import PersonLine
    from core.queries.person import PersonView
    from core.storage.driver import Connection
    from tui.app import VitalfewApp
    from tui.screens.person_actions import PersonActions

MANY_CERTAIN: Final = 20
"""So many entries of people who are in the book already, and it pays to merge them first."""
_MOST: Final = 40
"""People who can be compared at once."""
_NOBODY: Final = "nobody looks like {name}; to merge by hand, mark both in 4 and press M"
_PERHAPS: Final = {"certain": "certainly", "likely": "perhaps"}


def best(view: Connection, person: int) -> PairLine | None:
    """The open pair of a person that is worth a line: the first that is likely, or better."""
    pairs = duplicates.of_person(view, person)
    return next((pair for pair in pairs if pair.lane in _PERHAPS), None)


def told(pair: PairLine | None, person: int) -> str:
    """Who the same person may be: ``perhaps the same as A. Wong in Google``; "" for nobody."""
    if pair is None:
        return ""
    first = person != pair.a
    name, listed = (pair.a_name, pair.a_sources) if first else (pair.b_name, pair.b_sources)
    name = safe.cut(name or "somebody without a name", 32)
    where = f" in {words.sources(listed)}" if listed else ", added by hand"
    return f"{_PERHAPS[pair.lane]} the same as {name}{where}"


def rows(pair: PairLine | None, person: int, key: str) -> list[Row]:
    """The row of a person's page: ``same?  perhaps the same as A. Wong in Google   M compares``."""
    said = told(pair, person)
    return [Row(0, "same?", said, f"{key} compares")] if said else []


def certain(view: Connection) -> int:
    """How many entries are certainly of somebody whom the book has; 0 if it is not worth a word."""
    count = duplicates.certainly_known(view)
    return count if count >= MANY_CERTAIN else 0


async def compare(screen: PersonActions) -> None:
    """Show on the Merge screen whoever is meant: several as one, one beside who looks alike."""
    app, meant = screen.app, screen.meant()
    who = tuple(one.id for one in meant)
    if len(who) > _MOST:
        app.tell(f"{len(who):,} are marked: {_MOST} can be compared at once")
        return
    if len(who) == 1:
        pairs = await app.backend.read(partial(duplicates.of_person, person=who[0]))
        if not pairs:
            busy = app.matching.done is not None
            still = "the entries are still being compared: M again in a moment"
            app.tell(still if busy else _NOBODY.format(name=safe.cut(named(meant), 40)))
            return
    if who:
        # Not from here: a screen that goes takes its workers with it.
        app.call_later(_open, app, who)


async def _open(app: VitalfewApp, who: tuple[int, ...]) -> None:
    from tui.screens.merge import MergeScreen

    await app.action_goto("merge")
    if isinstance(screen := app.screen, MergeScreen):
        screen.bring(*who)


async def which(app: VitalfewApp, view: PersonView) -> tuple[int, ...]:
    """Ask which entries of a person are somebody else; none of them where there is no other."""
    from tui.widgets.choose_entries import ChooseEntries

    if len(view.entries) == 1:
        app.tell("there is one entry only: nobody to take out")
        return ()
    return await app.push_screen_wait(ChooseEntries(view, app.backend.clock.today()))


async def tell_parted(app: VitalfewApp, both: Unmerged) -> None:
    """Say who was taken out, and who stays."""
    lines = await app.backend.read(partial(people.by_ids, ids=list(both)))
    out, left = (
        next((_called(line) for line in lines if line.id == one), "somebody")
        for one in (both.taken_out, both.stays)
    )
    app.tell(f"took out {out}; {left} stays — u takes it back")


def _called(line: PersonLine) -> str:
    """``Bob Smith (Google)``: whoever was one person often has one name."""
    return f"{safe.cut(line.name, 30)} ({words.sources(line.sources)})"
