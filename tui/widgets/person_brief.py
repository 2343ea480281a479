"""What to know of somebody before talking with them: a few lines, or a card where there is room."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from core.rules import kinds, opt_outs
from tui import safe, words
from tui.theme import LOUD, QUIET
from tui.widgets.person_facts import worth_knowing
from tui.widgets.talk_lines import talk_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from core.queries.person import PersonView

_WAYS: Final = (kinds.EMAIL, kinds.PHONE, kinds.HANDLE)
_MOST_LINES: Final = 4
_MOST_OWED: Final = 2


class PersonBrief(Widget):
    """A person: name and work on a rule, what is worth knowing, the newest talks.

    Args:
        card: also list the ways to reach them, one a line.
        ident: the widget's id.
    """

    DEFAULT_CSS = "PersonBrief { height: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, *, card: bool = False, ident: str | None = None) -> None:
        super().__init__(id=ident)
        self._card = card
        self._view: PersonView | None = None
        self._today = date.min

    def show(self, view: PersonView | None, today: date, *, card: bool) -> None:
        """Show another person, or nobody."""
        self._view, self._today, self._card = view, today, card
        self.refresh()

    def render(self) -> Content:
        width, height = self.size
        if self._view is None:
            return safe.line()
        # The last cell stays free: words that end at the edge of a window look cut off.
        return safe.join(list(self._lines(self._view, max(0, width - 1)))[:height])

    def _lines(self, view: PersonView, width: int) -> Iterator[Content]:
        work = words.work(view.title, view.org)
        head = view.name if self._card else words.dotted(view.name, work)
        opted = opt_outs.words(view.never, view.prefers)
        opted = f" · {opted}" if opted else ""
        head = safe.cut(head, max(0, width - 8 - safe.cells(opted)))
        rule = "─" * max(0, width - safe.cells(head + opted) - 5)
        title = (head, "bold"), (opted, LOUD), " "
        yield safe.line((" ── ", "$border"), *title, (rule, "$border"))
        if self._card and work:
            yield _cut(work, width)
        facts = list(worth_knowing(view, self._today))
        while facts:
            told = facts.pop(0)
            while facts and safe.cells(f"{told} · {facts[0]}") < width - 2:
                told = f"{told} · {facts.pop(0)}"
            yield _cut(told, width, QUIET)
        for line in view.owed[:_MOST_OWED]:
            when = words.by_when(line.due, self._today)
            told = f"{words.owed_by(line.owed_by)}: {line.what}"
            yield _cut(f"{told} ({when})" if when else told, width)
        if self._card:
            yield safe.line()
            yield from self._ways(view, width)
            yield safe.line()
        yield from self._talks(view, width)

    def _ways(self, view: PersonView, width: int) -> Iterator[Content]:
        for kind in _WAYS:
            for fact in view.facts:
                if fact.kind == kind and fact.shown:
                    about, value = fact.label, fact.value
                    if kind == kinds.HANDLE:
                        about, value = words.handle(fact.norm, fact.value)
                    about = about or words.KINDS[kind]
                    yield safe.columns(
                        width,
                        safe.Column("", 1),
                        safe.Column(value),
                        safe.Column(about, min(16, width // 3), QUIET),
                    )

    def _talks(self, view: PersonView, width: int) -> Iterator[Content]:
        if not view.talked_about:
            yield _cut(words.NO_TALK, width, QUIET)
        for talk in view.talked_about:
            yield from talk_lines(talk, width, self._today, _MOST_LINES if self._card else 1)


def _cut(words: str, width: int, style: str = "") -> Content:
    return safe.line(" ", (safe.cut(words, max(0, width - 2)), style))
