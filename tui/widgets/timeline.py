"""The talks of a person, newest first: quiet heads, and under them one line a talk."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from tui import safe, words
from tui.theme import QUIET
from tui.widgets.row_list import Look, RowList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content

    from core.queries.timeline import TimeLine

_KINDS: Final = frozenset({"", "mail", "message", "call", "meeting", "visit", "note", "phone"})
"""Channels that tell no more than the kind of a talk does."""
_MINUTE, _HOUR = 60, 3600


class TimeRow(NamedTuple):
    """A line: a talk, or above the first one of a day and conversation its head.

    Attributes:
        key: the id of the talk; of a head less than zero.
    """

    key: int
    talk: TimeLine

    @property
    def head(self) -> bool:
        """Whether it is a head."""
        return self.key < 0


def laid_out(talks: Iterable[TimeLine], before: TimeLine | None = None) -> list[TimeRow]:
    """Talks with a head above each first one of a day and conversation.

    Args:
        talks: newest first.
        before: the talk that stands above them already.
    """
    rows = []
    last = _same(before) if before else None
    for talk in talks:
        if (same := _same(talk)) != last:
            rows.append(TimeRow(-talk.id, talk))
            last = same
        rows.append(TimeRow(talk.id, talk))
    return rows


def said(talk: TimeLine) -> str:
    """What was said, in one line: how long it took, the first words; else what kind it is."""
    told = words.dotted(_lasted(talk.seconds), talk.line) or talk.kind
    return f"was there: {told}" if talk.there else told


def over(channel: str, kind: str) -> str:
    """The network a talk went over, else its kind: ``WhatsApp``, ``mail``, ``call``."""
    return words.way(kind) if channel in _KINDS else words.named(channel)


class Timeline(RowList[TimeRow]):
    """Talks under their heads; the cursor goes from talk to talk."""

    class End(RowList.Event):
        """The last row is asked for, which may be read no further."""

    def __init__(self, ident: str) -> None:
        self.heading = self.hint = ""
        self._today = date.min
        super().__init__(Look(self._painted, header=self._headed, gutter=2), ident)

    @property
    def talk(self) -> int:
        """The id of the talk at the cursor; 0 for none."""
        return self.row.talk.id if self.row else 0

    def show(self, rows: Sequence[TimeRow], today: date, *, top: bool = False) -> None:
        """List other talks."""
        self._today = today
        self.load(rows, top=top)

    def load(self, rows: Sequence[TimeRow], *, top: bool = False) -> None:
        super().load(rows, top=top)
        self.cursor = self.cursor + bool(self.row and self.row.head)

    def validate_cursor(self, cursor: int) -> int:
        at = super().validate_cursor(cursor)
        if not self._rows or not self._rows[at].head:
            return at
        return at - 1 if 0 < at < self.cursor else at + 1

    def action_edge(self, way: int) -> None:
        super().action_edge(way)
        if way > 0:
            self.post_message(self.End(self, self.row))

    def _follow(self) -> None:
        """As in every list; with the head, if that stands right above."""
        height = self.scrollable_content_region.height - self._top
        if height > 0 and self._rows:
            at = self.cursor
            first = at - self._rows[max(0, at - 1)].head if at else 0
            top = min(self.scroll_offset.y, first)
            self.scroll_to(y=max(top, at - height + 1), animate=False, force=True)

    def _headed(self, width: int) -> Content:
        """The heading and a hint; in its place the day of a talk whose head is not seen."""
        more, top = self.hint, min(self.scroll_offset.y, len(self._rows) - 1)
        if top > 0 and not self._rows[top].head:
            more = words.exact_day(self._rows[top].talk.day, self._today)
        shown = (safe.Column(self.heading), safe.Column(more, len(more), right=True))
        return safe.columns(width - 1, *shown[: 1 + bool(more)])

    def _painted(self, row: TimeRow, width: int) -> Content:
        talk = row.talk
        if row.head:
            day = words.exact_day(talk.day, self._today)
            head = words.dotted(day, over(talk.channel, talk.kind), talk.subject)
            return safe.text(safe.cut(head, width - 1), QUIET)
        style = QUIET if talk.there or not talk.line else ""
        arrow = words.arrow("" if talk.there else talk.direction)
        return safe.columns(
            width - 1,
            safe.Column("", 1),
            safe.Column(arrow, 1, "bold $primary"),
            safe.Column(said(talk), style=style),
        )


def _same(talk: TimeLine) -> tuple[str, str, str]:
    """What talks under one head have in common."""
    return talk.day, over(talk.channel, talk.kind), talk.thread or talk.subject


def _lasted(seconds: int) -> str:
    if not seconds:
        return ""
    hours, rest = divmod(max(seconds, _MINUTE), _HOUR)
    minutes = f"{rest // _MINUTE} min" if rest >= _MINUTE else ""
    return f"{hours} h {minutes}".strip() if hours else minutes
