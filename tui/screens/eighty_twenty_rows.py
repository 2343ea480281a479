"""The rows under the curve: proposed moves, A's without a talk, people one network away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.queries.balance import Quiet, Thin
from core.rules.focus import NETWORKS, talk_by
from core.rules.moves import Move
from tui import safe, words
from tui.screens.eighty_twenty_words import named, people
from tui.theme import LOUD, QUIET, TIER

if TYPE_CHECKING:
    from datetime import date

    from textual.content import Content

    from core.queries.balance import Balance, Span

_NAMES: Final = (14, 26)
_TIERS: Final = 7
_LAST: Final = 8
_WHY, _TIGHT = 30, 55
_MOST: Final = 500
"""More rows of one kind nobody walks through."""


class Line(NamedTuple):
    """A row: a proposal, somebody silent, a network, or a heading in words."""

    key: str
    what: Move | Quiet | Thin | str

    @property
    def heading(self) -> bool:
        """Whether it is none that can be chosen."""
        return isinstance(self.what, str)


def rows(weighed: Balance, span: Span | None, month: date | None) -> list[Line]:
    """All there is to do or to know, under headings; nothing for a book without tiers."""
    if not weighed.kept:
        return _thin(weighed)
    return [*_moves(weighed), *_quiet(weighed, span, month), *_thin(weighed)]


def row(line: Line, width: int, today: date) -> Content:
    """A row as it is painted."""
    what = line.what
    if isinstance(what, str):
        return safe.text(safe.cut(what, width), LOUD if line.key.startswith("!") else QUIET)
    if isinstance(what, Thin):
        return _one_network(what, width)
    room = width - _TIERS
    tight = room < _TIGHT
    name = max(_NAMES[0], min(_NAMES[1], room - _WHY if tight else room // 3))
    who = safe.Column(what.name, name)
    last = safe.Column(words.day(what.talked, today) or "never", _LAST, QUIET, right=True)
    if isinstance(what, Move):
        left = [(what.tier, TIER[what.tier]), (" → ", ""), (what.to, TIER[what.to]), ("? ", "")]
        why = safe.Column(what.why)
        return safe.line(*left, safe.columns(room, who, why, *(() if tight else (last,))))
    org, way = safe.Column(what.org, 0, QUIET), safe.Column(_way(what.channel), words.WAY, QUIET)
    columns = (who, way, last) if tight else (who, org, way, last)
    return safe.line((safe.pad("A", _TIERS), TIER["A"]), safe.columns(room, *columns))


def _way(channel: str) -> str:
    return words.way(*talk_by(channel)) if channel else ""


def filter_of(thin: Thin) -> str:
    """What finds these people on the People screen."""
    source = f" source:{thin.source}" if thin.source in NETWORKS else ""
    return f"no:mail no:phone{source}"


def _moves(weighed: Balance) -> list[Line]:
    if not weighed.moves:
        return [Line("-moves", "no move is proposed")]
    count = len(weighed.moves)
    told = f"{count:,} {'move is' if count == 1 else 'moves are'} proposed{_first(count)}"
    shown = weighed.moves[:_MOST]
    return [Line("!moves", told), *(Line(f"move {one.id}", one) for one in shown)]


def _quiet(weighed: Balance, span: Span | None, month: date | None) -> list[Line]:
    if span is None or not weighed.span.tiers[0].people:
        return []
    when = f"in {named(month)}" if month else "this month"
    if not span.quiet:
        return [Line("-quiet", f"everybody in A had a talk {when}")]
    count, everybody = len(span.quiet), weighed.span.tiers[0].people
    told = f"{count:,} of {everybody:,} in A had no talk {when}{_first(count)}"
    shown = span.quiet[:_MOST]
    return [Line("!quiet", told), *(Line(f"quiet {one.id}", one) for one in shown)]


def _first(count: int) -> str:
    return f"; the first {_MOST}" if count > _MOST else ""


def _thin(weighed: Balance) -> list[Line]:
    if not weighed.thin:
        return []
    told = "one network only, or no way at all"
    return [Line("!thin", told), *(Line(f"thin {one.source}", one) for one in weighed.thin)]


def _one_network(thin: Thin, width: int) -> Content:
    goes = "goes" if thin.people == 1 else "go"
    told = f"if {words.network(thin.source)} goes, {people(thin.people)} {goes}"
    if not thin.source:
        told = f"{people(thin.people)} cannot be reached at all"
    few = f" · {thin.few:,} in A or B" if thin.few else ""
    return safe.text(safe.cut(told + few, width), "bold" if few else "")
