"""What the merge screen says of one group: who, how sure, why, what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.rules import kinds
from tui import safe, words
from tui.theme import LOUD, QUIET
from tui.widgets.split_lines import Split, Words
from tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.screens.merge_draft import Draft
    from tui.screens.merge_item import Item
    from tui.screens.merge_sitting import Sitting

_PAIR: Final = 2
_MOST_NAMES: Final = 3
_MOST_KINDS: Final = 4
_NOUNS: Final = {
    kinds.EMAIL: "e-mail",
    kinds.HANDLE: "profile",
    kinds.URL: "page",
    kinds.CUSTOM: "own field",
    kinds.NICKNAME: "nickname",
    kinds.DATE: "date",
    kinds.RELATION: "relation",
    kinds.LABEL: "label",
    kinds.EXTRA: "other value",
    kinds.UID: "id",
}
_WHY: Final = 2


def head(item: Item, sitting: Sitting, draft: Draft | None, width: int) -> list[Split]:
    """Who it is about, how sure that is, and why."""
    people = draft.view.people if draft else ()
    people = people or tuple(sitting.lines[one] for one in item.people if one in sitting.lines)
    number, total = sitting.count
    chance = f", {item.chance} %" if item.chance else ""
    lane = {"questions": "a question"}.get(item.lane, item.lane)
    place = ((f"{lane}{chance} · {number:,} of {total:,}", QUIET),)
    lines = [Split(((named(one.name for one in people), "bold"),), place)]
    if item.question:
        source = words.sources(item.question.source.partition(" ")[0])
        said = f"You changed this, and {source} says something new since."
        return [*lines, Split(((said, ""),))]
    both = " and " if len(people) == _PAIR else ", "
    told = [both.join(dict.fromkeys(words.sources(one.sources) for one in people))]
    lines += (Split(((line, ""),)) for line in _lines("; ".join((*told, *item.why)), width, _WHY))
    if item.against:
        lines.append(Split((("but ", QUIET), ("; ".join(item.against), QUIET))))
    return lines


def _lines(text: str, width: int, most: int) -> list[str]:
    """A text in at most so many lines; the last one may be longer than there is room for."""
    lines = list(wrapped(text, width))
    return [*lines[: most - 1], " ".join(lines[most - 1 :])] if len(lines) > most else lines


def named(names: Iterable[str]) -> str:
    """Who they are: ``Robert Smith and Bob Smith``; equal names once."""
    given = list(dict.fromkeys(name or "(no name)" for name in names))
    more = len(given) - _MOST_NAMES
    if more > 0:
        return f"{', '.join(given[:_MOST_NAMES])} and {more:,} more"
    return " and ".join(filter(None, (", ".join(given[:-1]), *given[-1:])))


def told(draft: Draft, *, equal: bool) -> tuple[str, ...]:
    """What becomes of all values: nothing is lost."""
    view = draft.view
    people = len(draft.people)
    if people < _PAIR:
        return ("it takes two: - takes somebody in again",)
    united = [_counted(one.kind, one[1]) for one in view.united]
    if more := sum(one[1] for one in view.united[_MOST_KINDS:]):
        united[_MOST_KINDS:] = [f"{more:,} more"]
    of = "both" if people == _PAIR else "all"
    shows = "v hides" if equal else "v shows"
    return (
        f"{words.many(view.values, 'value')}, all {view.values:,} kept",
        f"{', '.join(united)} kept from {of}" if united else "",
        f"{len(view.equal):,} equal ({shows})" if view.equal else "",
    )


def _counted(kind: str, count: int) -> str:
    noun = _NOUNS.get(kind) or words.KINDS.get(kind, kind)
    plural = {"address": "addresses", "phone": "phones"}.get(noun)
    return f"{count:,} {plural}" if plural and count > 1 else words.many(count, noun)


def foot(pieces: Sequence[str], whole: str, width: int, lines: int) -> list[Split]:
    """The lines below: a value that is cut above in full, then what becomes of the values.

    Args:
        pieces: what is said, a piece of it never broken where it fits a line.
        whole: the value, or "".
        width: cells of a line.
        lines: how many there are.
    """
    below: list[tuple[Words, ...]] = []
    for number, piece in enumerate(filter(None, pieces)):
        told_ = (piece, QUIET if number else "bold")  # nothing is lost: that is what counts
        longer = (*below[-1], (" · ", QUIET), told_) if below else (told_,)
        if below and sum(safe.cells(words_) for words_, _ in longer) <= width:
            below[-1] = longer
        else:
            below.append((told_,))
    above = [whole, *[""] * (lines - 1 - len(below))][: lines - 1]
    return [*(Split(((line, LOUD),)) for line in above), *map(Split, below[: lines - 1])]
