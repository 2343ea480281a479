"""What is worth knowing of somebody, each fact in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.rules import kinds, partial_dates
from core.rules.when import short
from tui import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from core.queries.person import FactLine, PersonView


def worth_knowing(view: PersonView, today: date) -> Iterator[str]:
    """News, former work, waits, birthday, cadence, place, labels: in the order of their weight."""
    if news := words.news(view.news, view.news_day, today):
        yield news
    past = [fact for fact in view.facts if fact.kind == kinds.ORG and fact.until]
    former = {fact.value for fact in past} - {view.org, *view.news.split(" → ")}
    if former:
        yield f"formerly {', '.join(sorted(former))}"
    waits = words.wait(view.wait, view.wait_why, today)
    if waits:
        yield waits
    if told := _birthday(view.birthday, today):
        yield told
    if rhythm := words.rhythm(view.cadence, "" if waits else view.due, today):
        yield rhythm
    if view.city:
        yield view.city
    for fact in view.facts:
        if fact.kind == kinds.CONNECTED and fact.shown:
            yield _connected(fact, today)
    labels = [fact.value for fact in view.facts if fact.kind == kinds.LABEL and fact.shown]
    if labels:
        yield ", ".join(dict.fromkeys(labels))


def _birthday(norm: str, today: date) -> str:
    born = partial_dates.parse(norm) if norm else None
    coming = partial_dates.next_occurrence(born, today) if born else None
    if born is None or coming is None:
        return ""
    age = partial_dates.age_at(born, coming)
    day = "today" if coming == today else short(coming, coming)  # never with a year
    return f"birthday {day} ({age})" if age else f"birthday {day}"


def _connected(fact: FactLine, today: date) -> str:
    day = partial_dates.parse(fact.norm)
    full = day.full() if day else None
    since = short(full, today) if full else fact.value
    return f"{words.named(fact.source) or 'connected'} since {since}"
