"""What the merge screen says beside the values: nothing to merge, all certain ones, its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui import safe, words
from tui.screens.merge_item import CERTAIN, LATER
from tui.screens.merge_words import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.screens.merge_draft import Draft
    from tui.screens.merge_item import Item
    from tui.screens.merge_sitting import Sitting

EXAMPLES: Final = 10
ASKED: Final = (
    "yours stays until the source changes its mind again",
    "theirs takes its place, and yours stays as “formerly”",
)
"""What becomes of the two values of a question."""
_PAIR: Final = 2
_LONGEST: Final = 56


def nothing(sitting: Sitting, compared: tuple[int, float] | None, *, people: int) -> str:
    """What stands where the values were, when nothing is open.

    Args:
        sitting: what was decided.
        compared: how many entries are compared, and which part of that is done; None for none.
        people: how many there are in the book.
    """
    if sitting.words:
        return f"Nothing that is open answers to “{sitting.words}”.\n\nesc shows all of it again."
    if not people:
        return words.EMPTY_BOOK
    if compared is not None:
        entries, part = compared
        told = words.many(entries, "entry").replace("entrys", "entries") if entries else "entries"
        going_on = "It goes on by itself: do something else meanwhile, and look in again."
        return f"Comparing {told}: {part:.0%}\n\n{going_on}"
    decided = f"{words.many(sitting.dealt, 'decision')} in this sitting; u takes one back."
    return "\n".join(
        (
            "Nothing to merge: no two entries look alike that you have not decided on.",
            *((decided,) if sitting.dealt else ()),
            "",
            "What was decided is never asked again, whatever is imported.",
            "M on two marked people puts them side by side here.",
        )
    )


def all_certain(items: Sequence[Item], sitting: Sitting) -> str:
    """The question before all certain ones are merged: how many, and ten of them."""
    people = sum(len(item.people) for item in items)
    examples = [_example(item, sitting) for item in items[:EXAMPLES]]
    more = len(items) - len(examples)
    rest = [f"and {more:,} more"] if more else []
    become = "1 person" if len(items) == 1 else f"{len(items):,} people"
    return "\n".join(
        (
            f"Merge all certain ones? {people:,} become {become}.",
            *("", *examples, *rest, ""),
            "Nothing is lost. It is one step: u takes it back.",
        )
    )


def _example(item: Item, sitting: Sitting) -> str:
    lines = [sitting.lines[one] for one in item.people if one in sitting.lines]
    sources = ", ".join(words.sources(line.sources) for line in lines)
    listed = safe.cut(sources, _LONGEST // 2)
    return f"{safe.cut(named(line.name for line in lines), _LONGEST - len(listed) - 2)}: {listed}"


def footer(sitting: Sitting, draft: Draft | None, *, queue: bool, hidden: bool) -> dict[str, str]:
    """The words of the bottom line that are other ones here; "" hides a key that does nothing."""
    item, shown = sitting.current, {"find": "narrow"}
    if not sitting.of_lane(CERTAIN):
        shown["all certain"] = ""
    if item is None:
        idle = ("merge", "value", "both", "type", "different", "family", "later", "take out")
        gone = (*idle, "all certain", "equal", "next", "person", "profile", "copy", "queue")
        return shown | dict.fromkeys(gone, "")
    if queue:
        shown |= {"merge": "to the values", "queue": "back"}
    if hidden:
        idle = ("value", "both", "type", "different", "family", "later", "take out", "equal")
        return shown | dict.fromkeys(idle, "")
    if item.question:
        asked = ("both", "different", "family", "take out", "equal")
        return {"merge": "keep it", "value": "mine/theirs", **shown, **dict.fromkeys(asked, "")}
    if item.lane == LATER:
        shown["later"] = ""
    if len(item.people) <= _PAIR:
        shown["take out"] = ""
    if draft and not draft.fields:
        shown |= dict.fromkeys(("value", "both", "type"), "")
    return shown
