"""Whom to contact today, and why: pure, so the same book and day give the same list.

A day's talks do not change that day's list (the state as of this morning decides), they only tick
rows off; so the list needs no memory of its own.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import cadence, opt_outs, partial_dates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.settings import Settings

SORTED: Final = ("A", "B", "C")
NOT_TODAY: Final = "not today"
"""The why of a wait that only puts somebody off until tomorrow; it is no reason then."""
NETWORKS: Final = ("linkedin", "x", "facebook", "instagram", "xing", "mastodon")
"""Sources through which somebody can be written to."""
_KINDS: Final = frozenset({"mail", "call", "visit"})
_WITHOUT_ADDRESS: Final = frozenset({"post", "visit"})
_BIRTHDAY, _WAITED, _NEWS, _DUE = 400, 300, 200, 100
_MOST_LATE: Final = 99
_LEAP_DAY: Final = "02-29"


class Candidate(NamedTuple):
    """What the list knows of a person; days are ISO text or ""."""

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
    never: str = ""  # channels, or "all"
    prefers: str = ""
    tiered: str = ""  # the day of the tier, of those whose first talk is today's


class FocusRow(NamedTuple):
    """One row of the list: who, why in at most eight words, by which channel.

    `put_off` is the why of a wait that takes the row off until tomorrow: what it waited for, or
    `NOT_TODAY`.
    """

    id: int
    name: str
    tier: str
    why: str
    channel: str
    due: str
    org: str
    title: str
    weight: int
    done: bool
    put_off: str = NOT_TODAY


class Plan(NamedTuple):
    """The day's list and what is kept back, by tier."""

    rows: tuple[FocusRow, ...]
    kept_back: dict[str, int]


def birthday_marks(today: date) -> tuple[str, ...]:
    """The MM-DD of birthdays kept on this day; 29 February falls on the 28th in common years."""
    mark = f"{today.month:02}-{today.day:02}"
    return (mark, _LEAP_DAY) if mark == "02-28" and not isleap(today.year) else (mark,)


def plan(people: Iterable[Candidate], today: date, settings: Settings, budget: int) -> Plan:
    """The `budget` people who matter most today, four fifths of them A and B while any are due."""
    rows = [row for row in (_row(person, today, settings) for person in people) if row]
    rows.sort(key=lambda row: (-row.weight, row.tier, row.name, row.id))
    few = [row for row in rows if row.tier != "C"]
    others = [row for row in rows if row.tier == "C"]
    room = min(len(others), max(budget // 5, budget - len(few)))
    chosen = few[: budget - room] + others[:room]
    left = [row for row in rows if row not in chosen and not row.done]
    kept = {tier: sum(row.tier == tier for row in left) for tier in SORTED}
    chosen.sort(
        key=lambda row: (row.done, row.tier == "C", -row.weight, row.tier, row.name, row.id)
    )
    return Plan(tuple(chosen), kept)


def _row(person: Candidate, today: date, settings: Settings) -> FocusRow | None:
    now = today.isoformat()
    resting = person.wait and person.wait > now
    if person.tier not in SORTED or resting or person.never == opt_outs.EVERY:
        return None
    done = person.talked == now
    talked = person.talked_before if done else person.talked
    found = _why(person, talked, today, settings)
    if found is None:
        return None
    weight, why = found
    return FocusRow(
        person.id,
        person.name,
        person.tier,
        why,
        channel(person.email, person.phone, person.sources, person.never, person.prefers),
        person.due,
        person.org,
        person.title,
        weight + 10 * (person.tier == "A"),
        done,
        why if weight == _WAITED else NOT_TODAY,
    )


def channel(email: str, phone: str, sources: str, never: str = "", prefers: str = "") -> str:
    """The way to reach somebody: what they prefer, else mail, call, or the first network.

    Never one they do not want (`never` as on a person's row); "" if none is left.
    """
    network = next((name for name in NETWORKS if name in sources.split(",")), "")
    ways = {
        "mail": "mail" if email else "",
        "phone": "call" if phone else "",
        "message": network,
    }
    free = {name: way for name, way in ways.items() if way and opt_outs.allows(never, name)}
    if prefers in _WITHOUT_ADDRESS and opt_outs.allows(never, prefers):
        return prefers
    return free.get(prefers) or next(iter(free.values()), "")


def talk_by(channel: str) -> tuple[str, str]:
    """Kind and network of a talk by a row's channel: ``call``, ""; ``message``, ``linkedin``."""
    return (channel, "") if channel in _KINDS else ("message", channel)


def _why(person: Candidate, talked: str, today: date, settings: Settings) -> tuple[int, str] | None:
    now = today.isoformat()
    if person.birth_md in birthday_marks(today):
        born = partial_dates.parse(person.birthday)
        age = partial_dates.age_at(born, today) if born else None
        return _BIRTHDAY, f"birthday today ({age})" if age else "birthday today"
    waited = person.wait and person.wait <= now and person.wait_why != NOT_TODAY
    if waited and talked < person.wait:
        return _WAITED, person.wait_why or "the wait is over"
    if talked and talked > (today - timedelta(days=settings.rest_days)).isoformat():
        return None
    fresh = (today - timedelta(days=settings.news_days)).isoformat()
    if person.news and person.news_day >= fresh and talked < person.news_day:
        return _NEWS, f"new job: {person.news}"
    return _late(person, talked, today, settings)


def _late(
    person: Candidate, talked: str, today: date, settings: Settings
) -> tuple[int, str] | None:
    due = person.due
    if talked != person.talked:  # they talked today: what was due this morning?
        last = date.fromisoformat(talked) if talked else None
        tiered = date.fromisoformat(person.tiered) if person.tiered else None
        again = cadence.due_on(
            person.tier, person.cadence, last, tiered, person.id, settings.cadence
        )
        due = again.isoformat() if again else ""
    if not due or due > today.isoformat():
        return None
    days = cadence.days_late(date.fromisoformat(due), today)
    every = f"every {person.cadence}"
    if not talked:
        why = f"no talk yet ({every})"
    elif days == 0:
        why = f"due today ({every})"
    else:
        why = f"{days:,} day{'s' * (days > 1)} late ({every})"
    return _DUE + min(days * 50 // max(person.cadence, 1), _MOST_LATE), why


def share(part: int, whole: int) -> int:
    """A share in whole percent; 0 of nothing."""
    return round(100 * part / whole) if whole else 0
