"""What stands under the line about a talk while it is typed: what enter will keep."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from core.rules.when import ago, short
from tui import safe, words
from tui.theme import LOUD, QUIET
from tui.widgets.choose import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.commands.log_talk import Talk
    from core.rules.capture import Bearer, Named, Owed

HINT: Final = "yesterday coffee with anna and ben !send slides fri"
HELP: Final = "with … says who · !… I owe · !!… they owe"
NOBODY: Final = "with whom? write: with anna"
_MOST_NAMES: Final = 5
_MOST_BEARERS: Final = 9
_ROOM: Final = 160
_ARROWS: Final = {"in": " from them", "out": " to them"}


def told(
    talk: Talk, at_hand: str, named: Sequence[Named], *, several: bool, today: date
) -> list[safe.Part]:
    """What is understood of a line: kind and day, who, what is owed, and the words that stay.

    Args:
        talk: as it will be kept.
        at_hand: who takes part without being named, or "".
        named: the names of the line.
        several: more than one takes part, so a promise is to each of them.
        today: the local day.
    """
    on = f" on {talk.channel}" if talk.channel else ""
    parts: list[safe.Part] = [f"{talk.kind}{on}{_ARROWS.get(talk.direction, '')}"]
    parts.append(f", {ago(talk.day, today)}")
    if (today - talk.day).days > 1:
        parts.append(f" ({words.weekday(talk.day)} {short(talk.day, today)})")
    who = [(at_hand, "bold")] if at_hand else []
    for one in named[:_MOST_NAMES]:
        who += [(", ", ""), *_who(one)] if who else _who(one)
    if len(named) > _MOST_NAMES:
        who.append((f" and {len(named) - _MOST_NAMES} more", ""))
    parts += [" · ", *who] if who else []
    for owed in talk.owed:
        parts += [" · ", _owed(owed, several=several, today=today)]
    if talk.text:
        parts += ["\n", (f"“{safe.cut(talk.text, _ROOM)}”", QUIET)]
    return parts


def _who(one: Named) -> list[tuple[str, str]]:
    typed = safe.cut(one.typed, 40)
    if one.taken is not None:
        more = f" (or {words.many(one.others, 'other')}: type more)" if one.others else ""
        return [(one.taken.name, "bold"), *([(more, QUIET)] if more else [])]
    if one.unclear:
        return [(f"{typed}: {len(one.bearers)} people, enter asks who", LOUD)]
    return [(typed, "bold"), (" (not in your book)", LOUD)]


def _owed(owed: Owed, *, several: bool, today: date) -> str:
    by = "I owe" if owed.owed_by == "me" else "they owe"
    each = " each" if several else ""
    when = ""
    if owed.due:
        due = date.fromisoformat(owed.due)
        when = f" ({words.weekday(due)} {short(due, today)})"
    return f"{by}{each}: {safe.cut(owed.what, 60)}{when}"


def bearers(one: Named, today: date) -> list[Option[Bearer]]:
    """Those who may be meant by a name, the likeliest first."""
    return [
        Option(str(number), bearer.name, bearer, _about(bearer, today))
        for number, bearer in enumerate(one.bearers[:_MOST_BEARERS], 1)
    ]


def which(one: Named) -> str:
    """What is asked of a name that several bear."""
    more = len(one.bearers) - _MOST_BEARERS
    return f"which {safe.cut(one.typed, 30)}?" + (f" {more:,} more: type more" if more > 0 else "")


def _about(bearer: Bearer, today: date) -> str:
    talked = ago(date.fromisoformat(bearer.talked[:10]), today) if bearer.talked else ""
    return " · ".join(filter(None, (bearer.tier, bearer.org or bearer.title, talked)))
