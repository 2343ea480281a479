"""The top of a person's page: who it is, the tier and who set it, what is due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.widget import Widget

from core.rules import opt_outs, tiers
from tui import safe, words
from tui.theme import LOUD, QUIET, TIER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from core.queries.person import PersonView

_SUGGESTED = "as suggested"


class PersonHead(Widget):
    """Name and tier, work and place, opt-outs, cadence and last talk, and a wait or news."""

    DEFAULT_CSS = """
    PersonHead { height: 3; padding: 0 1; border-bottom: solid $border; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._view: PersonView | None = None
        self._today = date.min

    def show(self, view: PersonView, today: date) -> None:
        """Show a person."""
        self._view, self._today = view, today
        self.styles.height = 2 + len(list(self._more(view))) + 1
        self.refresh()

    def render(self) -> Content:
        if self._view is None:
            return safe.line()
        view, width = self._view, self.content_size.width
        tier = f"{view.tier}, {tiers.meaning(view.tier)}" if view.tier else "unsorted: t sorts"
        work = words.dotted(words.work(view.title, view.org), view.city)
        rows = [
            _both(width, (view.name, "bold"), (tier, TIER.get(view.tier, ""))),
            _both(width, (work, ""), (self._who(view), QUIET)),
        ]
        rows.extend(safe.text(safe.cut(told, width), style) for told, style in self._more(view))
        return safe.join(rows)

    def _more(self, view: PersonView) -> Iterator[tuple[str, str]]:
        """The lines below, with their styles."""
        today = self._today
        if opted := opt_outs.words(view.never, view.prefers):
            yield opted, LOUD
        waits = words.wait(view.wait, view.wait_why, today)
        rhythm = words.rhythm(view.cadence, "" if waits else view.due, today)
        late = "" < view.due < today.isoformat() and not waits
        reading = "worth reading" if view.reading else ""
        yield words.dotted(reading, rhythm, _talks(view, today)), LOUD if late else QUIET
        if waits:
            yield waits, LOUD
        if news := words.news(view.news, view.news_day, today):
            yield news, ""

    def _who(self, view: PersonView) -> str:
        """Who set the tier, and when."""
        standing = next((one for one in view.standings if one.field == "tier"), None)
        if standing is None or not standing.value:
            return ""
        why = f": {standing.why}" if standing.why not in {"", _SUGGESTED} else ""
        by = f"filed {_SUGGESTED}{why}" if standing.origin == "auto" else "filed by you"
        return ", ".join(filter(None, (by, words.day(standing.day, self._today))))


def _both(width: int, left: tuple[str, str], right: tuple[str, str]) -> Content:
    room = min(safe.cells(right[0]), width // 2)
    if not room:
        return safe.text(safe.cut(left[0], width), left[1])
    return safe.columns(
        width, safe.Column(left[0], 0, left[1]), safe.Column(right[0], room, right[1], right=True)
    )


def _talks(view: PersonView, today: date) -> str:
    if not view.talked:
        return "no talk yet"
    many = words.many(view.talks, "talk")
    both = " both ways" if view.talks_in and view.talks_out else ""
    return f"{many}{both}, the last {words.since(view.talked, today)}"
