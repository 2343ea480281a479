"""What is read of a person's log page by page, and the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.queries import timeline
from tui import words
from tui.widgets.choose import Option
from tui.widgets.timeline import TimeRow, laid_out, over

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.timeline import ChannelTalks
    from core.storage.driver import Connection

_KEYS: Final = "123456789bcdefhilmnopqrstuvwxyz"
EMPTY: Final = (
    "No talk is in the log yet.\n\n"
    "l   writes one by hand, in one line\n"
    "7   brings them in: a mailbox, chats, calls, a calendar"
)


class Page(NamedTuple):
    """A part of the log: its rows, how many talks are in them, and whether there are older ones."""

    rows: tuple[TimeRow, ...]
    talks: int
    more: bool


def page(view: Connection, person: int, channel: str, limit: int, skip: int = 0) -> Page:
    """A part of a person's log, newest first; the arguments are those of `timeline.timeline`."""
    above = min(skip, 1)  # the talk above tells whether there is a head between
    talks = timeline.timeline(view, person, channel, limit + 1 + above, skip - above)
    before, found = talks[:above], talks[above : above + limit]
    rows = laid_out(found, before[0] if before else None)
    return Page(tuple(rows), len(found), len(talks) > limit + above)


def title(talks: int, only: str, counted: Sequence[ChannelTalks]) -> str:
    """``log · 1,204 talks``; of one channel ``log · 310 of 1,204 talks · mail only``."""
    many = words.many(talks, "talk")
    if not only:
        return f"log · {many}"
    here = next((one.talks for one in counted if one.channel == only), 0)
    return f"log · {here:,} of {many} · {over(only, only)} only"


def empty(only: str) -> str:
    """What a log without a row says."""
    return f"No talk by {over(only, only)}; esc shows all." if only else EMPTY


def choices(counted: Sequence[ChannelTalks]) -> list[Option[str]]:
    """All channels, or one of those there are."""
    ways = [
        Option(key, over(one.channel, one.channel), one.channel, words.many(one.talks, "talk"))
        for key, one in zip(_KEYS, counted, strict=False)
    ]
    return [Option("a", "all", ""), *ways]
