"""The words of the card before contact; what is known comes from `core.queries.contact`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.rules import reach, tiers, ways
from core.rules.focus import talk_by
from tui import safe, words
from tui.screens import opt_out_words
from tui.theme import LOUD, QUIET, TIER
from tui.widgets.person_facts import worth_knowing
from tui.widgets.talk_lines import talk_lines
from tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from textual.content import Content

    from core.queries.contact import Contact
    from core.rules.reach import Reach
    from core.rules.ways import Way

_HEAD: Final = 9
_MOST_OWED: Final = 4
_ABOUT: Final = 18
NO_WAY: Final = "no address, no number and no profile is known: e adds one, l logs a talk"
NEVER: Final = "never contact: nothing is offered here"
_STATES: Final = {reach.NOW: "a good time", reach.LATER: "not their hours", reach.ASLEEP: "asleep"}
_SATURDAY: Final = 5


def title(contact: Contact, width: int) -> Content:
    """The name on a rule, with the tier."""
    tier = contact.view.tier
    told = f"{tier}, {tiers.meaning(tier)}" if tier else "unsorted"
    name = safe.cut(contact.name, max(0, width - safe.cells(told) - 12))
    rule = "─" * max(0, width - safe.cells(f"{name}{told}") - 10)
    return safe.line(
        *((" ── ", "$border"), (name, "bold"), " · ", (told, TIER.get(tier, "")), " "),
        (rule, "$border"),
    )


def card(contact: Contact, now: datetime, today: date, width: int) -> Iterator[Content]:
    """What to know, the most urgent first: what they do not want, why today, the hour there."""
    for said in opt_out_words.rows(contact.said, today):
        yield safe.line(" ", (safe.cut(f"{said.words}, {said.about}", width - 2), LOUD))
    view = contact.view
    rows = [
        ("work", words.dotted(words.work(view.title, view.org), view.city), ""),
        ("today", contact.why, "bold"),
        ("there", hour(contact, now), ""),
        ("writes", writes(contact), ""),
        ("silence", silence(contact, today), LOUD),
    ]
    for head, told, style in rows:
        if told:
            yield _row(head, told, width, style)
    yield from _owed(contact, today, width)
    known = [told for told in worth_knowing(view, today) if told not in {view.city, contact.why}]
    for line in wrapped(words.dotted(*known), width - 2) if known else ():
        yield safe.line(" ", (safe.cut(line, width - 2), QUIET))


def hour(contact: Contact, now: datetime) -> str:
    """Their clock, and whether they can be reached."""
    found = reached(contact, now)
    told = ""
    if found.there is not None:
        other_day = found.there.date() != now.date()
        day = f"{words.weekday(found.there)} " if other_day else ""
        told = f"{day}{found.there:%H:%M}{'' if found.away else ', as here'}"
    state = _STATES.get(found.when, "")
    if (
        found.when == reach.LATER
        and not contact.hours
        and found.there
        and found.there.weekday() >= _SATURDAY
    ):
        state = "their weekend"
    return ", ".join(filter(None, (told, state)))


def writes(contact: Contact) -> str:
    """When they usually write; "" where that is not known."""
    usual = reach.span(contact.hours)
    return f"usually {usual[0]} to {usual[1]} by your clock" if usual else ""


def reached(contact: Contact, now: datetime) -> Reach:
    """Whether they can be reached by the channel that is offered first."""
    return reach.reach(
        *(now, contact.zone, contact.hours, contact.channel), employed=bool(contact.view.org)
    )


def silence(contact: Contact, today: date) -> str:
    """That they did not answer, and another way; else when they last wrote, if long ago."""
    if contact.view.talked == today.isoformat():
        return ""
    if contact.other:
        return contact.other
    last = f", their last word {words.since(contact.last_in, today)}" if contact.last_in else ""
    if days := contact.unanswered:
        return f"you wrote {'once' if days == 1 else f'on {days:,} days'}, no answer yet{last}"
    shown = any(talk.direction in {"in", "both"} for talk in contact.view.talked_about)
    return "" if shown else last.removeprefix(", ")


def talks(contact: Contact, today: date, width: int, most: int) -> Iterator[Content]:
    """The newest talks; beside the card, where one takes several lines, under a rule."""
    if most > 1:
        head = " ── last said "
        yield safe.line((f"{head}{'─' * max(0, width - len(head) - 1)}", "$border"))
    if not contact.view.talked_about:
        yield safe.line(" ", (safe.cut(words.NO_TALK, width - 2), QUIET))
    for talk in contact.view.talked_about:
        yield from talk_lines(talk, width, today, most)


def way(line: Way, width: int) -> Content:
    """A way: which, and in full what would be opened."""
    told = line.target or line.value or "nothing to open: do it yourself"
    room = min(_ABOUT, width // 4, safe.cells(line.label))
    row = [safe.Column(by(line), words.WAY, QUIET), safe.Column(told)]
    return safe.columns(width, *row, *([safe.Column(line.label, room, QUIET)] if room else []))


def by(line: Way) -> str:
    """A way in a word: ``mail``, ``call``, ``LinkedIn``, ``web``."""
    return ways.WEB if line.channel == ways.WEB else words.way(*talk_by(line.channel))


def asks(line: Way) -> str:
    """What is asked once it was begun."""
    return {"call": "did you talk?", "visit": "did you meet?"}.get(line.channel, "sent?")


def next_talk(contact: Contact, today: date) -> str:
    """When the next talk is due by the cadence."""
    days = contact.view.cadence
    if not days:
        return "no next day"
    due = today + timedelta(days=days)
    return f"next in {words.many(days, 'day')} ({words.day(due.isoformat(), today)})"


def _owed(contact: Contact, today: date, width: int) -> Iterator[Content]:
    for line in contact.owed[:_MOST_OWED]:
        when = words.by_when(line.due, today)
        told = f"{line.what} ({when})" if when else line.what
        yield _row(words.owed_by(line.owed_by), told, width)
    if (more := len(contact.owed) - _MOST_OWED) > 0:
        yield _row("", f"and {words.many(more, 'promise')} more", width)


def _row(head: str, told: str, width: int, style: str = "") -> Content:
    return safe.line(
        *(" ", (safe.pad(head, _HEAD), QUIET), " "),
        (safe.cut(told, max(0, width - _HEAD - 3)), style),
    )
