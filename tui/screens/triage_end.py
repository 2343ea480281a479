"""What the triage screen says when nobody is left, and before it files the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.rules.cadence import asked_and_held
from core.rules.tiers import TIERS
from tui import words
from tui.screens.triage_words import KEY, done
from tui.theme import LOUD, QUIET, TIER
from tui.widgets.split_lines import Split, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.settings import Settings
    from tui.screens.triage_sitting import Sitting


def nobody(sitting: Sitting, settings: Settings) -> list[Split]:
    """What stands where the card was, when nobody is left."""
    if sitting.words and sitting.left:
        return [
            Split(),
            Split((("Nobody is left who answers to ", ""), (f"“{sitting.words}”.", LOUD))),
            _keys(("esc", f"shows all {len(sitting.left):,} again")),
        ]
    if not sitting.people:
        return [
            Split((("Nobody is in the book yet.", "bold"),)),
            Split(),
            *(_keys((command, f"  {does}")) for command, does in words.FIRST_STEPS),
        ]
    counts = [(tier, len(sitting.columns[tier])) for tier in TIERS]
    asked, held = asked_and_held(dict(counts), settings.cadence, settings.budget)
    advice = "" if asked <= held else "Fewer in A and B would fit: tab goes into the columns."
    return [
        Split((("Everybody is sorted.", "bold"),), ((done(sitting), QUIET),)),
        Split(),
        Split(tuple(piece for tier, count in counts for piece in _count(tier, count))),
        Split(((words.asked_and_held(asked, held), ""),)),
        Split(((advice, LOUD),)),
        Split(),
        _keys(("1", "shows today's few"), ("u", "takes back"), ("tab", "into the columns")),
    ]


def rest(tiers: Iterable[tuple[int, str]], left: int) -> str:
    """The question before the rest is filed as suggested."""
    letters = [tier for _, tier in tiers]
    counts = ", ".join(f"{tier} {letters.count(tier):,}" for tier in TIERS if tier in letters)
    unknown = left - len(letters)
    stay = f"\n{unknown:,} of whom too little is known stay unsorted." if unknown else ""
    return (
        f"File the other {len(letters):,} as suggested?\n\n{counts}{stay}\n\n"
        "It is one step: u takes it back, and tier:auto finds them."
    )


def _count(tier: str, count: int) -> tuple[Words, ...]:
    note = " put away" if tier == "D" else ""
    return ((tier, TIER[tier]), (f"{note} {count:,}" + ("" if tier == "D" else " · "), ""))


def _keys(*pairs: tuple[str, str]) -> Split:
    return Split(tuple(piece for key, does in pairs for piece in ((key, KEY), (f" {does}   ", ""))))
