"""Why somebody stands on a day's list: each reason a sentence that a friend would say.

One small function for each reason. It tells the reason, or None where it does not hold; what must
not be listed all the same is for `core.rules.focus_guards`. A reason has at most eight words; only
what a user wrote as the why of a wait stays whole.

Somebody who stood on the list already and was not met keeps the reason of that day: what is fresh,
or whose birthday it is, is asked of `Candidate.since`, not of today.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import cadence, partial_dates
from core.rules.when import short

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.settings import Settings

NOT_TODAY: Final = "not today"
"""The why of a wait that only puts somebody off until tomorrow; it is no reason then."""
ANSWER_DAYS: Final = 14
"""A letter that was left for longer asked for no answer: the last word is often theirs."""
BELATED_DAYS: Final = 7
"""For how long a birthday that was on the list, and was missed, is still worth a word."""

PROMISED, BIRTHDAY, ANNIVERSARY = 600, 550, 500
WAITED, OWED, WROTE, NEWS = 400, 350, 300, 250
QUIET, DUE, BACK = 130, 100, 80
"""How much each reason weighs; A adds ten."""
_LATE: Final = {"A": 600}
_LATE_OF_OTHERS: Final = 300
_MOST_LATE: Final = 230
_WEEK: Final = 7
_MOST_WORDS: Final = 8
_MOST_CHARS: Final = 60
_LEAP_DAY: Final = "02-29"
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NETWORKS: Final = {"linkedin": "LinkedIn", "whatsapp": "WhatsApp", "xing": "XING", "sms": "SMS"}
_NO_OCCASION: Final = frozenset({"death", "died"})


class Candidate(NamedTuple):
    """What the list knows of a person; days are ISO text or "".

    The first fields are those of a person's row. `tiered` is the day of the tier, where it is
    asked for. `owe` is what the user promised and `owed` what they did, the most urgent of each.
    `occasion` is a date of theirs that falls on these days, with its label. `family` is one number
    for all who were answered as family, 0 for none. `since`, `times` and `listed` are of the
    suggestion that is open: its first day, on how many days it stood on the list, and the last of
    them; without an open one only `listed` may be there, of the last that ended.
    """

    id: int
    name: str
    tier: str
    org: str
    title: str
    email: str
    phone: str
    sources: str
    talked: str
    talked_before: str
    cadence: int
    due: str
    wait: str
    wait_why: str
    birthday: str
    birth_md: str
    news: str
    news_day: str
    never: str = ""
    prefers: str = ""
    last_in: str = ""
    gap: int = 0
    quiet_on: str = ""
    usual: str = ""
    unanswered: int = 0
    wrote_on: str = ""
    zone: str = ""
    hours: str = ""
    tiered: str = ""
    owe: str = ""
    owe_due: str = ""
    owed: str = ""
    owed_due: str = ""
    occasion: str = ""
    occasion_label: str = ""
    family: int = 0
    since: str = ""
    times: int = 0
    listed: str = ""


class Reason(NamedTuple):
    """Why today: how much it weighs, in words, and which of the reasons it is."""

    weight: int
    words: str
    kind: str = ""


OF_THE_DAY: Final = frozenset({"promised", "birthday", "occasion", "owed"})
"""Reasons that cannot wait for another day."""
AT_ANY_TIME: Final = OF_THE_DAY | {"wrote", "waited"}
"""Reasons that hold though there was a talk, or a suggestion, only lately."""


def birthday_marks(today: date) -> tuple[str, ...]:
    """The MM-DD of birthdays kept on this day; 29 February falls on the 28th in common years."""
    mark = f"{today.month:02}-{today.day:02}"
    return (mark, _LEAP_DAY) if mark == "02-28" and not isleap(today.year) else (mark,)


def promised(person: Candidate, today: date, _settings: Settings) -> Reason | None:
    """What the user promised, from the day before it is due."""
    if not person.owe_due or person.owe_due > shifted(today, 1).isoformat():
        return None
    due = date.fromisoformat(person.owe_due)
    words = _fitted("you promised:", person.owe, f"(due {_day(due, today)})")
    return Reason(PROMISED, words, "promised")


def owed(person: Candidate, today: date, _settings: Settings) -> Reason | None:
    """What they promised, from the day after it was due."""
    if not person.owed_due or person.owed_due >= today.isoformat():
        return None
    due = date.fromisoformat(person.owed_due)
    words = _fitted("they promised:", person.owed, f"(due {_day(due, today)})")
    return Reason(OWED, words, "owed")


def birthday(person: Candidate, today: date, _settings: Settings) -> Reason | None:
    """Their birthday; one that stood on the list and was missed may be made good for a week."""
    if not person.birth_md:
        return None
    on = _kept_on(person, today, lambda day: person.birth_md in birthday_marks(day))
    if on is None:
        return None
    born = partial_dates.parse(person.birthday)
    age = partial_dates.age_at(born, on) if born else None
    words = "birthday today" if on == today else f"birthday was {_on(on, today)}"
    return Reason(BIRTHDAY, f"{words} ({age})" if age else words, "birthday")


def occasion(person: Candidate, today: date, _settings: Settings) -> Reason | None:
    """An anniversary, or another date of theirs that comes again each year."""
    when = partial_dates.parse(person.occasion) if person.occasion else None
    label = " ".join(person.occasion_label.split()).lower()
    if when is None or label in _NO_OCCASION:
        return None
    on = _kept_on(person, today, lambda day: partial_dates.in_year(when, day.year) == day)
    if on is None:
        return None
    years = on.year - when.year if when.year else 0
    if years < 0 or (when.year and not years):  # the day itself is no anniversary
        return None
    said = "today" if on == today else f"was {_on(on, today)}"
    tail = f"{said} ({years} year{'s' * (years > 1)})" if years else said
    return Reason(ANNIVERSARY, _fitted("", label or "a day of theirs", tail), "occasion")


def wrote(person: Candidate, today: date, _settings: Settings) -> Reason | None:
    """They wrote, and there was no answer; from the next day on, for a fortnight."""
    if not person.wrote_on:
        return None
    oldest = shifted(_start(person, today), -ANSWER_DAYS).isoformat()
    if not oldest <= person.wrote_on < today.isoformat():
        return None
    on = _on(date.fromisoformat(person.wrote_on), today)
    return Reason(WROTE, f"wrote {on}, no answer yet", "wrote")


def waited(person: Candidate, today: date, _settings: Settings) -> Reason | None:
    """A wait that is over, in the words in which it was set."""
    over = person.wait and person.wait <= today.isoformat() and person.wait_why != NOT_TODAY
    if not over or person.talked >= person.wait:
        return None
    return Reason(WAITED, person.wait_why or "the wait is over", "waited")


def news(person: Candidate, today: date, settings: Settings) -> Reason | None:
    """A new job seen between two imports, since the last talk."""
    if not person.news:
        return None
    fresh = shifted(_start(person, today), -settings.news_days).isoformat()
    if person.news_day < fresh or person.talked >= person.news_day:
        return None
    told = person.news
    if len(told.split()) > _MOST_WORDS - 2 or len(told) > _MOST_CHARS:
        told = told.rpartition(" → ")[2]
    return Reason(NEWS, _fitted("new job:", told, ""), "news")


def quiet(person: Candidate, today: date, settings: Settings) -> Reason | None:
    """Silent for longer than is usual between the two; said while that is new.

    Silence of years is nothing that happened today: it counts for as long as news does.
    """
    if not person.gap or not person.quiet_on:
        return None
    fresh = shifted(_start(person, today), -settings.news_days).isoformat()
    if not fresh <= person.quiet_on <= today.isoformat():
        return None
    every = "every day" if person.gap == 1 else f"every {person.gap:,} days"
    return Reason(QUIET, f"gone quiet: you talk {every}", "quiet")


def late(person: Candidate, today: date, _settings: Settings) -> Reason | None:
    """Due by cadence; an A that is a quarter of it late, or B half of it, weighs more than news."""
    if not person.due or person.due > today.isoformat():
        return None
    cadence_days = max(cadence.lengthened(person.cadence, person.unanswered), 1)
    days = cadence.days_late(date.fromisoformat(person.due), today)
    every = f"every {cadence_days}"
    if not person.talked:
        words = f"no talk yet ({every})"
    elif days == 0:
        words = f"due today ({every})"
    else:
        words = f"{days:,} day{'s' * (days > 1)} late ({every})"
    weight = days * _LATE.get(person.tier, _LATE_OF_OTHERS) // cadence_days
    return Reason(DUE + min(weight, _MOST_LATE), words, "late")


def back(person: Candidate, today: date, settings: Settings) -> Reason | None:
    """Put away, and wrote since: told once for each such letter."""
    fresh = shifted(_start(person, today), -settings.news_days).isoformat()
    letter = person.wrote_on
    if person.tier != "D" or not person.tiered or not fresh <= letter < today.isoformat():
        return None
    if letter <= person.tiered or (not person.since and letter <= person.listed):
        return None
    away = short(date.fromisoformat(person.tiered), today)
    away = away if away[0].isdecimal() else f"in {away}"
    on = _on(date.fromisoformat(letter), today)
    return Reason(BACK, f"put away {away}, wrote {on}", "back")


_OF_MOST: Final = (promised, birthday, occasion, wrote, waited, owed, news, late, quiet)


def strongest(person: Candidate, today: date, settings: Settings) -> list[Reason]:
    """All reasons that hold, the strongest first.

    For who is put away that is only to have written since; for who is unsorted, only a promise.
    """
    asked = {"D": (back,), "": (promised, owed)}.get(person.tier, _OF_MOST)
    found = [reason for rule in asked if (reason := rule(person, today, settings))]
    return sorted(found, key=lambda reason: -reason.weight)


def no_answer(days: int, tried: str, another: str) -> str:
    """That what was tried brought no answer, and what might: ``2 mails unanswered: try a call``.

    Args:
        days: on how many days the user wrote.
        tried: the way they went, as a row of the list names it.
        another: the way that is left.
    """
    noun = tried if tried in {"mail", "call"} else "message"
    network = _NETWORKS.get(another, another[:_MOST_CHARS].capitalize())
    to_try = f"a {another}" if another in {"mail", "call"} else network
    return f"{days} {noun}{'s' * (days != 1)} unanswered: try {to_try}"


def _start(person: Candidate, today: date) -> date:
    return date.fromisoformat(person.since) if person.since else today


def _kept_on(person: Candidate, today: date, is_it: Callable[[date], bool]) -> date | None:
    """Today if it is the day, else the day on which it was put on the list and missed."""
    if is_it(today):
        return today
    since = _start(person, today)
    return since if is_it(since) and 0 < (today - since).days <= BELATED_DAYS else None


def _day(day: date, today: date) -> str:
    """A day near today by its name, another by its date: ``Fri``, ``today``, ``2 Nov``."""
    distance = (today - day).days
    if distance in {-1, 0, 1}:
        return ("tomorrow", "today", "yesterday")[distance + 1]
    return _WEEKDAYS[day.weekday()] if 0 < distance < _WEEK else short(day, today)


def _on(day: date, today: date) -> str:
    told = _day(day, today)
    return told if told == "yesterday" else f"on {told}"


def _fitted(head: str, foreign: str, tail: str) -> str:
    """One sentence of at most eight words, of which the foreign ones give way."""
    room = _MOST_WORDS - len(head.split()) - len(tail.split())
    words = foreign.split()
    told = " ".join(words[:room])
    cut = len(words) > room or len(told) > _MOST_CHARS
    return " ".join(filter(None, (head, told[:_MOST_CHARS] + "…" * cut, tail)))


def shifted(day: date, days: int) -> date:
    """A day so many days later, or earlier; the calendar's first or last beyond its ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
