"""What only imports of talks ask: which of those who wrote is the user, and how much is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import UsageError
from importers.choices import KEEPS
from tui import safe
from tui.widgets.ask import AskLine
from tui.widgets.choose import Choose, Option
from tui.words import many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from importers.choices import Candidate, Options
    from importers.run import RunReport
    from tui.app import VitalfewApp
    from tui.importing import Import

WHO, KEEP = "who", "keep"
"""What a row of the details of a list changes."""
KEPT: Final = {"full": "full text", "line": "first line", "counts": "counts only"}
"""Of `importers.choices.KEEPS` each in words."""
_ABOUT: Final = {
    "full": "all that was said",
    "line": "subject and first line",
    "counts": "when, and with whom",
}
_HINT: Final = "your name as the talks write it, an address or a number"
_TYPED: Final = -1


class ChooseOwner(Choose[int]):
    """Which of those who wrote is the user; esc says nobody, and the list stays out."""

    closing = "leaves it out"


def keeps(run: RunReport) -> str:
    """How much is kept of each talk, and what that means for those that came before."""
    now, before = run.taken.keep, run.kept_before or run.taken.keep
    if KEEPS.index(now) > KEEPS.index(before):
        return f"{KEPT[now]}; those that are in the book keep their {KEPT[before]}"
    if now != before:
        return f"{KEPT[now]}, also of those that are in the book and in these files"
    return KEPT[now]


def who(plan: Import, run: RunReport) -> str:
    """Who the user is in a run, as far as it was asked."""
    if named := plan.owner(run.key):
        return f"{safe.cut(named, 60)}; the book will remember it"
    return "is asked before it is imported" if plan.asks_owner(run.key) else "is known"


async def wished(app: VitalfewApp, plan: Import, run: RunReport, act: str) -> Options | None:
    """The options of a run after a change of who the user is, or of how much is kept.

    Returns:
        None if nothing is chosen.
    """
    if act == WHO:
        named = await ask_owner(app, plan, run, Choose)
        return plan.options(run.key) if named else None
    choice = [Option(word[0], KEPT[word], word, _ABOUT[word]) for word in KEEPS]
    ask = Choose("how much is kept of each talk?", choice, run.taken.keep)
    word = await app.push_screen_wait(ask)
    return plan.options(run.key)._replace(keep=word) if word else None


async def ask_owner(
    app: VitalfewApp, plan: Import, run: RunReport, popup: type[Choose[int]] = ChooseOwner
) -> bool:
    """Ask which of those who wrote is the user; False if nobody is named."""
    title = f"{safe.cut(run.title, 30)}: which one is you?"
    offered = _offered(plan.candidates(run.key))
    while (place := await app.push_screen_wait(popup(title, offered))) is not None:
        if place != _TYPED:
            plan.name_owner(run.key, place)
            return True
        if name := await app.push_screen_wait(AskLine(title, _HINT, _name)):
            plan.name_owner(run.key, name)
            return True
    return False


async def ask_owners(app: VitalfewApp, plan: Import) -> bool:
    """Ask for every list that does not say it; one for which nobody is named is left out.

    Returns:
        Whether none was left out just now.
    """
    left = []
    for run in plan.taken:
        if plan.asks_owner(run.key) and not await ask_owner(app, plan, run):
            plan.say(run.key, plan.options(run.key)._replace(skip=True))
            left.append(safe.cut(run.title, 30))
    if left:
        those = "is left out: nobody" if len(left) == 1 else "are left out: nobody"
        app.tell(f"{', '.join(left)} {those} said which one is you. x takes it in again")
    return not left


def _offered(candidates: Sequence[Candidate]) -> list[Option[int]]:
    """Those who may be the user, for a choice; the last one asks for a name."""
    listed = []
    for place, one in enumerate(candidates):
        about = f"{many(one.talks, 'talk')} in {many(one.threads, 'conversation')}"
        listed.append(Option(str(place + 1), one.name, place, about))
    return [*listed, Option(".", "none of these: type a name or an address", _TYPED)]


def _name(line: str) -> tuple[str, str]:
    if not (name := line.strip()):
        raise UsageError("type a name")
    return name, f"what {name} wrote is from you"
