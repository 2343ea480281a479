"""The morning list: who might stand on it, found by index, and what was planned for the day."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.queries.promises import open_promises
from core.rules import focus, focus_guards, reasons
from core.rules.focus import FocusRow, Planned, Ways
from core.rules.reasons import Candidate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.settings import Settings
    from core.storage.driver import Connection

MOST_DUE: Final = 200
"""Of each tier no more than so many who are due are looked at, the longest due; all are counted."""
LISTS: Final = (*focus.NETWORKS, "google", "outlook", "icloud")
"""Kinds of source that change without their owner, so that what was imported grows old."""
_MEMORY: Final = 60

_OF_A_ROW: Final = Candidate._fields.index("tiered")
_COLUMNS: Final = ", ".join(f"p.{name}" for name in Candidate._fields[:_OF_A_ROW])
# Only of these it is asked: was it due this morning, did they write since they were put away?
_TIERED: Final = """CASE WHEN p.talked = :today OR p.tier = 'D' THEN coalesce((
      SELECT s.day FROM card CROSS JOIN standing AS s ON s.card_id = card.id
      WHERE card.person_id = p.id AND s.field = 'tier' AND s.value = p.tier
      ORDER BY s.set_by DESC, s.id DESC LIMIT 1
    ), '') ELSE '' END"""
_DUE: Final = " UNION ALL ".join(
    f"""SELECT id FROM (SELECT id FROM person_row
      WHERE tier = '{tier}' AND due > '' AND due <= :today AND wait <= :today AND never <> 'all'
      ORDER BY due LIMIT :most)"""  # noqa: S608 — our own letters
    for tier in focus.SORTED
)
# One index each: who is due, has a birthday or news, has waited, went quiet, wrote, or was talked
# with today; and who is named already, by a promise, a date, or an earlier list. Each as often as
# there is a reason: to unite them by id, SQLite would read everybody.
_CANDIDATES: Final = f"""SELECT {_COLUMNS}, {_TIERED} FROM person_row AS p WHERE p.id IN (
      {_DUE}
      UNION ALL SELECT id FROM person_row WHERE birth_md IN (:birth, :leap)
      UNION ALL SELECT id FROM person_row WHERE news_day <> '' AND news_day >= :fresh
      UNION ALL SELECT id FROM person_row WHERE wait <> '' AND wait <= :today
      UNION ALL SELECT id FROM person_row
        WHERE quiet_on <> '' AND quiet_on BETWEEN :fresh AND :today
      UNION ALL SELECT id FROM person_row WHERE wrote_on <> '' AND wrote_on >= :answer
      UNION ALL SELECT id FROM person_row WHERE talked = :today
      UNION ALL SELECT value FROM json_each(:named))
    AND (p.tier IN ('A', 'B', 'C') OR (p.tier = 'D' AND p.wrote_on >= :fresh)
      OR p.id IN (SELECT value FROM json_each(:named)))
    AND p.never <> 'all' ORDER BY p.id"""  # noqa: S608 — our own names
_COUNT_DUE: Final = """SELECT tier, count(*) FROM person_row
    WHERE tier IN ('A', 'B', 'C') AND due > '' AND due <= :today GROUP BY tier"""

_PLANNED: Final = """SELECT card.person_id, s.since, s.why, s.channel, s.weight
    FROM suggestion AS s JOIN card ON card.id = s.card_id WHERE s.day = :today ORDER BY s.place"""
_EARLIER: Final = """SELECT card.person_id, s.day, s.since, s.why
    FROM suggestion AS s JOIN card ON card.id = s.card_id
    WHERE s.day >= :first AND s.day < :today ORDER BY s.day, s.id"""
_OCCASIONS: Final = """SELECT card.person_id, f.norm, f.label FROM fact AS f
    JOIN card ON card.id = f.card_id
    WHERE f.kind = 'date' AND substr(f.norm, -5) IN (SELECT value FROM json_each(:marks))
    AND f.until = '' AND f.value <> ''
    AND NOT EXISTS (SELECT 1 FROM fact AS own WHERE own.replaces_id = f.id) ORDER BY f.id"""
_FAMILY: Final = """SELECT card.person_id, other.person_id
    FROM json_each(:people) AS one CROSS JOIN card ON card.person_id = one.value
    CROSS JOIN answer ON answer.a_id = card.id CROSS JOIN card AS other ON other.id = answer.b_id
    WHERE answer.verdict = 'family' AND other.person_id <> card.person_id
    UNION SELECT card.person_id, other.person_id
    FROM json_each(:people) AS one CROSS JOIN card ON card.person_id = one.value
    CROSS JOIN answer ON answer.b_id = card.id CROSS JOIN card AS other ON other.id = answer.a_id
    WHERE answer.verdict = 'family' AND other.person_id <> card.person_id"""
_WAYS: Final = """SELECT i.kind, i.channel, sum(i.direction IN ('in', 'both')),
      max(CASE WHEN i.direction = 'out' THEN i.day ELSE '' END)
    FROM (SELECT p.interaction_id AS id FROM card
        CROSS JOIN participant AS p ON p.card_id = card.id WHERE card.person_id = :person
      UNION SELECT p.interaction_id FROM holder
        CROSS JOIN participant AS p ON p.identity_id = holder.identity_id
        WHERE holder.person_id = :person AND p.role <> 'there') AS talk
    CROSS JOIN interaction AS i ON i.id = talk.id
    WHERE i.kind <> 'note' GROUP BY i.kind, i.channel ORDER BY 3 DESC, 1, 2"""
# A talk with several counts once, as one with A and B if one of them is.
_SHARES: Final = """SELECT few, count(*) FROM (
      SELECT max(person.tier IN ('A', 'B')) AS few
      FROM interaction AS i INDEXED BY ix_interaction_day
      CROSS JOIN participant AS p ON p.interaction_id = i.id
      LEFT JOIN card ON card.id = p.card_id
      LEFT JOIN holder ON p.card_id IS NULL AND holder.identity_id = p.identity_id
      CROSS JOIN person_row AS person ON person.id = coalesce(card.person_id, holder.person_id)
      WHERE i.day > :since AND i.day <= :today AND i.kind <> 'note' AND p.role <> 'there'
      AND person.tier <> 'D' GROUP BY i.id) GROUP BY few"""
_SOURCES: Final = """SELECT source.kind, source.account,
      max(CASE WHEN run.exported <> '' THEN run.exported ELSE substr(run.at, 1, 10) END) AS day
    FROM source JOIN run ON run.source_id = source.id
    WHERE EXISTS (SELECT 1 FROM card WHERE card.source_id = source.id)
    GROUP BY source.id ORDER BY day"""


class Stale(NamedTuple):
    """A list that has grown old: which, and by how many days."""

    kind: str
    account: str
    days: int


class FocusDay(NamedTuple):
    """A day's list.

    Attributes:
        day: the day it is for.
        budget: how many rows the day was given.
        rows: today's few; some may be done.
        kept_back: who else is due, by tier.
        people: everybody in the book; `unsorted`: of them, those without a tier.
        few_people: A and B in percent of the people not put away.
        few_talks: talks with A and B in percent of the last thirty days' talks.
        unplanned: how many of the rows `PlanDay` has not kept yet.
        stale: lists to be imported again, the oldest first.
    """

    day: date
    budget: int
    rows: tuple[FocusRow, ...]
    kept_back: dict[str, int]
    people: int
    unsorted: int
    few_people: int
    few_talks: int
    unplanned: int = 0
    stale: tuple[Stale, ...] = ()

    @property
    def done(self) -> int:
        """How many of the rows are done."""
        return sum(row.done for row in self.rows)


class _Morning(NamedTuple):
    people: dict[int, Candidate]
    planned: list[Planned]
    more: Mapping[str, int]


def day(  # noqa: PLR0913 — each is one thing
    connection: Connection,
    today: date,
    settings: Settings,
    extra: int = 0,
    *,
    shares: bool = True,
    now: datetime | None = None,
) -> FocusDay:
    """The list of a day: what was planned for it, filled up to the budget and `extra` rows more.

    `shares` False leaves the percentages 0, where nobody shows them. Given the moment, those who
    can be reached `now` come first among rows of one kind; who is listed does not change by it.
    """
    morning = _morning(connection, today, settings)
    budget = max(settings.budget + extra, len(morning.planned))
    planned = _plan(connection, morning, today, settings, budget)
    tiers = dict(
        connection.execute("SELECT tier, count(*) FROM person_row GROUP BY tier").fetchall()
    )
    few = tiers.get("A", 0) + tiers.get("B", 0)
    everybody = sum(tiers.values())
    talks: dict[int, int] = {}
    if shares:
        span = {"since": (today - timedelta(days=30)).isoformat(), "today": today.isoformat()}
        talks = dict(connection.execute(_SHARES, span).fetchall())
    return FocusDay(
        today,
        budget,
        _in_order(planned.rows, now) if now else planned.rows,
        planned.kept_back,
        everybody,
        tiers.get("", 0),
        focus.share(few, everybody - tiers.get("D", 0)),
        focus.share(talks.get(1, 0), sum(talks.values())),
        sum(not row.planned for row in planned.rows),
        _stale(connection, today, settings),
    )


def to_plan(
    connection: Connection, today: date, settings: Settings, extra: int = 0
) -> tuple[tuple[FocusRow, ...], int]:
    """The rows that are to be kept for a day yet, and the place of the first of them."""
    morning = _morning(connection, today, settings)
    budget = max(settings.budget + extra, len(morning.planned))
    rows = _plan(connection, morning, today, settings, budget).rows
    return tuple(row for row in rows if not row.planned), len(morning.planned)


def _in_order(rows: tuple[FocusRow, ...], now: datetime) -> tuple[FocusRow, ...]:
    from core.rules import reach  # the shell, which does not ask, need not load the zones

    return reach.in_order(rows, now)


def candidate(connection: Connection, person: int) -> Candidate | None:
    """What the list knows of a person, by their row alone; None if there is no such person."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM person_row AS p WHERE p.id = :person",  # noqa: S608 — our own names
        {"person": person},
    ).fetchone()
    return Candidate(*row) if row else None


def another_way(connection: Connection, row: FocusRow, person: Candidate) -> FocusRow:
    """Look up how else to reach somebody who did not answer; rows that are kept stay."""
    if row.planned or row.unanswered < focus.OTHER_WAY_FROM:
        return row
    talks = connection.execute(_WAYS, {"person": row.id}).fetchall()
    ways = [(focus.way_of(kind, channel), ins, out) for kind, channel, ins, out in talks]
    written = [(out, way) for way, _, out in ways if way and out > person.last_in]
    tried = max(written)[1] if written else ""
    answered = tuple(dict.fromkeys(way for way, ins, _ in ways if way and ins))
    return focus.another_way(row, person, Ways(tried, answered))


def _plan(
    connection: Connection, morning: _Morning, today: date, settings: Settings, budget: int
) -> focus.Plan:
    there = [
        row
        for kept in morning.planned
        if (person := morning.people.get(kept.id))
        and (row := focus.kept_row(kept, person, today, settings))
    ]
    hidden = {kept.id for kept in morning.planned} - {row.id for row in there}
    people = [person for person in morning.people.values() if person.id not in hidden]
    room = budget - len(hidden)
    found = focus.plan(people, today, settings, room, there)
    rows = tuple(another_way(connection, row, morning.people[row.id]) for row in found.rows)
    kept_back = {tier: count + morning.more.get(tier, 0) for tier, count in found.kept_back.items()}
    return focus.Plan(rows, kept_back)


def _morning(connection: Connection, today: date, settings: Settings) -> _Morning:
    """Everybody for whom there might be a reason, and what was planned already."""
    now = today.isoformat()
    planned: dict[int, Planned] = {}
    for row in connection.execute(_PLANNED, {"today": now}):
        planned.setdefault(row[0], Planned(*row))  # two entries may be one person since
    owes = _promises(connection, today)
    occasions = _occasions(connection, today)
    earlier, previous = _earlier(connection, today)
    marks = focus.birthday_marks(today)
    given = {
        "today": now,
        "most": MOST_DUE,
        "birth": marks[0],
        "leap": marks[-1],
        "fresh": reasons.shifted(today, -settings.news_days).isoformat(),
        "answer": reasons.shifted(today, -reasons.ANSWER_DAYS).isoformat(),
        "named": json.dumps([*{*planned, *owes, *occasions, *earlier}]),
    }
    found = {row[0]: Candidate(*row) for row in connection.execute(_CANDIDATES, given)}
    family = focus.families(
        connection.execute(_FAMILY, {"people": json.dumps([*found])}) if found else ()
    )
    for number in found.keys() & {*owes, *occasions, *family, *earlier}:
        last = earlier.get(number, _Earlier())
        whole = found[number]._replace(
            **dict[str, Any](owes.get(number, {}) | occasions.get(number, {})),
            family=family.get(number, 0),
            since=last.since,
            times=last.times,
            listed=last.listed,
        )
        if not focus_guards.is_open(whole, last.why, previous, today, settings):
            whole = whole._replace(since="", times=0)
        found[number] = whole
    looked_at = Counter(one.tier for one in found.values() if "" < one.due <= now)
    due = dict(connection.execute(_COUNT_DUE, {"today": now}).fetchall())
    more = {
        tier: count - looked_at[tier] for tier, count in due.items() if looked_at[tier] >= MOST_DUE
    }
    return _Morning(found, list(planned.values()), more)


def _promises(connection: Connection, today: date) -> dict[int, dict[str, str]]:
    """What is due between the user and people by tomorrow: the most urgent each way."""
    found: dict[int, dict[str, str]] = {}
    for line in open_promises(connection, reasons.shifted(today, 1)):
        side = "owe" if line.owed_by == "me" else "owed"
        mine = found.setdefault(line.person, {})
        if side not in mine:
            mine |= {side: line.what, f"{side}_due": line.due}
    return found


def _occasions(connection: Connection, today: date) -> dict[int, dict[str, str]]:
    """Dates that come again today, or did in the last days, by person."""
    days = (reasons.shifted(today, -ago) for ago in range(reasons.BELATED_DAYS + 1))
    marks = json.dumps([mark for day in days for mark in focus.birthday_marks(day)])
    found: dict[int, dict[str, str]] = {}
    for person, norm, label in connection.execute(_OCCASIONS, {"marks": marks}):
        if norm[-5:] in focus.birthday_marks(today) or person not in found:
            found[person] = {"occasion": norm, "occasion_label": label}
    return found


class _Earlier(NamedTuple):
    since: str = ""
    times: int = 0
    listed: str = ""
    why: str = ""


def _earlier(connection: Connection, today: date) -> tuple[dict[int, _Earlier], str]:
    """The last suggestion of each person before today, and the last day that had a list.

    A later day, of a clock that was set back since, is not looked at.
    """
    now = today.isoformat()
    previous = str(
        connection.execute(
            "SELECT coalesce(max(day), '') FROM suggestion WHERE day < :today", {"today": now}
        ).fetchone()[0]
    )
    first = min(previous, reasons.shifted(today, -_MEMORY).isoformat())
    found: dict[int, _Earlier] = {}
    for person, day, since, why in connection.execute(_EARLIER, {"first": first, "today": now}):
        before = found.get(person, _Earlier())
        again = day == before.listed  # of another entry that is the same person since
        times = before.times + (not again) if since == before.since else 1
        found[person] = _Earlier(since, times, day, why)
    return found, previous


def _stale(connection: Connection, today: date, settings: Settings) -> tuple[Stale, ...]:
    """Lists that were exported too long ago."""
    if not settings.stale_days:
        return ()
    aged = (
        Stale(kind, account, (today - date.fromisoformat(day)).days)
        for kind, account, day in connection.execute(_SOURCES)
        if kind in LISTS
    )
    return tuple(one for one in aged if one.days > settings.stale_days)
