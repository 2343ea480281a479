"""A year of lists over people who are made up: does nobody who matters slip away?

``python -m tests.simulated_year`` prints the table that `docs/focus.md` shows.

It keeps its own book of what happened and judges by that: no guard is checked by the rule's code.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Final, NamedTuple

from core.rules import cadence, focus, focus_guards
from core.rules.reasons import Candidate
from core.settings import Settings

SEED: Final = 20261121
START: Final = date(2026, 1, 1)
DAYS: Final = 365
SIZES: Final = {"A": 30, "B": 60, "C": 400, "": 1000}
FINISHED: Final = 0.9
SETTINGS: Final = Settings()

_COMING: Final = {"A": 45, "B": 120, "C": 400, "": 900}
"""On average so many days from one talk that they begin to the next."""
_ANSWERED: Final = {"A": 0.85, "B": 0.7, "C": 0.5, "": 0.3}
_BOTH: Final = 0.4
"""The share of the talks the owner begins that are calls or meetings."""
_NEWS: Final = 1 / 500
_PROMISES: Final = 1 / 15
_REST: Final = 14


class Year(NamedTuple):
    """What came of it; `broken` tells of each rule that was broken, in words."""

    suggested: Counter[str]
    vital_while_due: int
    all_while_due: int
    most: int
    longest: dict[str, float]
    longest_days: dict[str, int]
    listed_days: int
    reasons: Counter[str]
    broken: list[str]


class _Life:
    """One person, as they are; what the list is told of them is made from it."""

    def __init__(self, number: int, tier: str, chance: random.Random) -> None:
        days = SETTINGS.cadence.get(tier, 0)
        self.number, self.tier, self.days = number, tier, days
        known = days or 200
        self.last = START - timedelta(chance.randrange(1, 3 * known))
        self.last_mine: date | None = None
        self.unanswered = 0
        self.wrote_on: date | None = None
        born = date(1940 + chance.randrange(65), 1, 1) + timedelta(chance.randrange(365))
        self.born = born if chance.random() < 0.5 else None
        self.gap = chance.choice([0, 0, 0, 9, 12, 30]) if tier else 0
        self.news = ""
        self.owe = ""
        self.wait = ""
        self.family = 0
        self.never = "all" if chance.random() < 0.01 else ""
        self.answers: list[date] = []

    def met(self, day: date) -> None:
        self.last, self.unanswered, self.wrote_on = day, 0, None

    def wrote_to(self, day: date) -> None:
        self.last, self.wrote_on = day, None
        self.unanswered += 1

    def heard(self, day: date, *, asks: bool) -> None:
        self.last, self.unanswered = day, 0
        self.wrote_on = day if asks else None

    def candidate(self, listed: dict[int, list[tuple[date, date, str]]], today: date) -> Candidate:
        due = cadence.due_on(
            *(self.tier, None, self.last, START, self.number, SETTINGS.cadence, self.unanswered)
        )
        quiet = self.last + timedelta(max(2 * self.gap, _REST) + 1) if self.gap else None
        person = Candidate(
            id=self.number,
            name=f"Person {self.number:04}",
            tier=self.tier,
            org="",
            title="",
            email="p@example.org",
            phone="",
            sources="",
            talked=self.last.isoformat(),
            talked_before="",
            cadence=self.days,
            due=due.isoformat() if due else "",
            wait=self.wait,
            wait_why="rest" if self.wait else "",
            birthday=self.born.isoformat() if self.born else "",
            birth_md=f"{self.born:%m-%d}" if self.born else "",
            news="Initech → Globex" if self.news else "",
            news_day=self.news,
            never=self.never,
            gap=self.gap,
            quiet_on=quiet.isoformat() if quiet else "",
            unanswered=self.unanswered,
            wrote_on=self.wrote_on.isoformat() if self.wrote_on else "",
            owe="the deck" if self.owe else "",
            owe_due=self.owe,
            family=self.family,
        )
        return _with_suggestion(person, listed.get(self.number, []), today)


def _with_suggestion(
    person: Candidate, rows: list[tuple[date, date, str]], today: date
) -> Candidate:
    if not rows:
        return person
    day, since, why = rows[-1]
    times = sum(one[1] == since for one in rows)
    known = person._replace(since=since.isoformat(), times=times, listed=day.isoformat())
    if focus_guards.is_open(known, why, "", today, SETTINGS):
        return known
    return known._replace(since="", times=0)


def run(seed: int = SEED) -> Year:
    """Live the year."""
    chance = random.Random(seed)
    people = [
        _Life(number, tier, chance)
        for number, tier in enumerate((t for t, size in SIZES.items() for _ in range(size)), 1)
    ]
    for place in range(0, 80, 8):  # ten couples
        people[place].family = people[place + 3].family = place + 1
    listed: dict[int, list[tuple[date, date, str]]] = defaultdict(list)
    year = Year(Counter(), 0, 0, 0, defaultdict(float), defaultdict(int), 0, Counter(), [])
    vital = everybody = most = days = 0
    for ago in range(DAYS):
        today = START + timedelta(ago)
        rows: tuple[focus.FocusRow, ...] = ()
        if today.weekday() < 5:
            found = focus.plan(
                (one.candidate(listed, today) for one in people),
                *(today, SETTINGS, SETTINGS.budget),
            )
            rows, days = found.rows, days + 1
            _judge(rows, people, listed, today, year.broken)
            most = max(most, len(rows))
            few = sum(row.tier in {"A", "B"} for row in rows)
            year.suggested.update(row.tier for row in rows)
            year.reasons.update(row.kind for row in rows)
            if found.kept_back["A"] + found.kept_back["B"]:
                vital, everybody = vital + few, everybody + len(rows)
            for row in rows:
                listed[row.id].append((today, date.fromisoformat(row.since), row.why))
        for one in people:
            _measure(one, today, year)
        for row in rows:
            if chance.random() < FINISHED:
                _contact(people[row.id - 1], row, today, chance)
        for one in people:
            _happens(one, today, chance)
    return year._replace(
        vital_while_due=vital, all_while_due=everybody, most=most, listed_days=days
    )


def _measure(one: _Life, today: date, year: Year) -> None:
    """How long the silence is, in days and as a share of the cadence that holds for them.

    It counts from the first day, on which all were filed, and from the end of a wait: that
    silence was wanted. Who has not answered three times is asked half as often.
    """
    if not one.days or one.never:
        return
    wanted = date.fromisoformat(one.wait) if one.wait else START
    silent = (today - max(one.last, wanted, START)).days
    holds = one.days * (2 if one.unanswered >= 3 else 1)
    year.longest[one.tier] = max(year.longest[one.tier], silent / holds)
    if holds == one.days:
        year.longest_days[one.tier] = max(year.longest_days[one.tier], silent)


def _contact(one: _Life, row: focus.FocusRow, today: date, chance: random.Random) -> None:
    if row.kind == "promised":
        one.owe = ""
    if chance.random() < 0.02:
        one.wait = (today + timedelta(20)).isoformat()
    elif chance.random() < _BOTH:
        one.met(today)
    else:
        one.wrote_to(today)
        if chance.random() < _ANSWERED[one.tier]:
            one.answers.append(today + timedelta(chance.randrange(1, 6)))


def _happens(one: _Life, today: date, chance: random.Random) -> None:
    if one.answers and one.answers[0] <= today:
        one.answers.clear()
        one.heard(today, asks=chance.random() < 0.15)
    if chance.random() < 1 / _COMING[one.tier]:
        one.heard(today, asks=chance.random() < 0.5)
    if chance.random() < _NEWS / 4 + _NEWS * 8 * (today.day == 1):  # a list comes once a month
        one.news = today.isoformat()
    if one.tier and chance.random() < _PROMISES / sum(SIZES.values()):
        one.owe = (today + timedelta(chance.randrange(2, 9))).isoformat()


_EXEMPT: Final = ("birthday", "you promised", "wrote", "rest")


def _judge(
    rows: tuple[focus.FocusRow, ...],
    people: list[_Life],
    listed: dict[int, list[tuple[date, date, str]]],
    today: date,
    broken: list[str],
) -> None:
    """Look for what must not be, in the words on the list and in what happened."""
    if len(rows) > SETTINGS.budget or len({row.id for row in rows}) < len(rows):
        broken.append(f"{today}: {len(rows)} rows")
    families = [people[row.id - 1].family for row in rows if not row.why.startswith("birthday")]
    if any(count > 1 for family, count in Counter(families).items() if family):
        broken.append(f"{today}: two of one family")
    for row in rows:
        one, told = people[row.id - 1], f"{today}: {row.name} ({row.why})"
        if one.never or one.wait > today.isoformat():
            broken.append(f"{told} does not want it, or waits")
        if not row.why or len(row.why.split()) > 8:
            broken.append(f"{told} has no short reason")
        if row.why.startswith(_EXEMPT):
            continue
        if (today - one.last).days < _REST:
            broken.append(f"{told} was talked with {one.last}")
        before = listed.get(row.id, [])
        if (
            before
            and (today - before[-1][0]).days < _REST
            and before[-1][1].isoformat() != row.since
        ):
            broken.append(f"{told} stood on the list {before[-1][0]}")
        days = 1 + sum(since.isoformat() == row.since for _, since, _ in before)
        if one.tier not in {"A", "B"} and days > 3:
            broken.append(f"{told} stands there for the {days}th day")


def table(year: Year) -> str:
    """The year in numbers, as a table of Markdown."""
    total = sum(year.suggested.values())
    share = 100 * year.vital_while_due / year.all_while_due
    lines = [
        f"| {DAYS} days, {year.listed_days} lists | A | B | C | nobody's |",
        "|---|---:|---:|---:|---:|",
        _line("people", {tier: f"{size:,}" for tier, size in SIZES.items()}),
        _line("cadence in days", {t: str(SETTINGS.cadence.get(t, 0) or "none") for t in SIZES}),
        _line("suggestions", {t: f"{year.suggested[t]:,}" for t in SIZES}),
        _line("share of them", {t: f"{100 * year.suggested[t] / total:.0f} %" for t in SIZES}),
        _line("longest silence in days", {t: str(year.longest_days[t]) for t in "AB"}),
        _line("… in cadences", {t: f"{year.longest[t]:.2f}" for t in "AB"}),
        "",
        f"While more of A and B were due, {share:.0f} % of the rows were theirs.",
        f"The longest list had {year.most} rows. Rules broken: {len(year.broken)}.",
    ]
    return "\n".join(lines) + "\n"


def _line(title: str, values: dict[str, str]) -> str:
    return f"| {title} | " + " | ".join(values.get(tier, "") for tier in SIZES) + " |"


if __name__ == "__main__":
    sys.stdout.write(table(run()))
