"""The morning list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import focus

if TYPE_CHECKING:
    from core.rules.focus import FocusRow
    from core.settings import Settings
    from core.storage.driver import Connection

_COLUMNS: Final = ", ".join(f"p.{name}" for name in focus.Candidate._fields[:-1])
# Only who talked today for the first time ever needs it: were they due this morning?
_TIERED: Final = """CASE WHEN p.talked = :today AND p.talked_before = '' THEN coalesce((
      SELECT s.day FROM card CROSS JOIN standing AS s ON s.card_id = card.id
      WHERE card.person_id = p.id AND s.field = 'tier' AND s.value = p.tier
      ORDER BY s.set_by DESC, s.id DESC LIMIT 1
    ), '') ELSE '' END"""
# One index each: whoever is due, has a birthday, has news, has waited, or was talked with today.
_CANDIDATES: Final = f"""SELECT {_COLUMNS}, {_TIERED} FROM person_row AS p WHERE p.id IN (
      SELECT id FROM person_row WHERE tier = 'A' AND due > '' AND due <= :today
      UNION SELECT id FROM person_row WHERE tier = 'B' AND due > '' AND due <= :today
      UNION SELECT id FROM person_row WHERE tier = 'C' AND due > '' AND due <= :today
      UNION SELECT id FROM person_row WHERE birth_md IN (:birth, :leap)
      UNION SELECT id FROM person_row WHERE news_day <> '' AND news_day >= :fresh
      UNION SELECT id FROM person_row WHERE wait <> '' AND wait <= :today
      UNION SELECT id FROM person_row WHERE talked = :today)
    AND p.tier IN ('A', 'B', 'C') AND p.never <> 'all' ORDER BY p.id"""  # noqa: S608 — our own names

_SHARES: Final = """SELECT tier IN ('A', 'B'), count(DISTINCT i.id) FROM interaction AS i
    JOIN participant AS p ON p.interaction_id = i.id JOIN card ON card.id = p.card_id
    JOIN person_row ON person_row.id = card.person_id
    WHERE i.day > :since AND i.kind <> 'note' AND tier <> 'D' GROUP BY 1"""


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
    """

    day: date
    budget: int
    rows: tuple[FocusRow, ...]
    kept_back: dict[str, int]
    people: int
    unsorted: int
    few_people: int
    few_talks: int

    @property
    def done(self) -> int:
        """How many of the rows are done."""
        return sum(row.done for row in self.rows)


def day(
    connection: Connection, today: date, settings: Settings, extra: int = 0, *, shares: bool = True
) -> FocusDay:
    """The list of a day, with `extra` rows over the budget.

    `shares` False leaves the percentages 0, where nobody shows them.
    """
    marks = focus.birthday_marks(today)
    rows = connection.execute(
        _CANDIDATES,
        {
            "today": today.isoformat(),
            "birth": marks[0],
            "leap": marks[-1],
            "fresh": (today - timedelta(days=settings.news_days)).isoformat(),
        },
    )
    budget = settings.budget + extra
    planned = focus.plan((focus.Candidate(*row) for row in rows), today, settings, budget)
    tiers = dict(
        connection.execute("SELECT tier, count(*) FROM person_row GROUP BY tier").fetchall()
    )
    few = tiers.get("A", 0) + tiers.get("B", 0)
    everybody = sum(tiers.values())
    talks = {}
    if shares:
        since = (today - timedelta(days=30)).isoformat()
        talks = dict(connection.execute(_SHARES, {"since": since}).fetchall())
    return FocusDay(
        today,
        budget,
        planned.rows,
        planned.kept_back,
        everybody,
        tiers.get("", 0),
        focus.share(few, everybody - tiers.get("D", 0)),
        focus.share(talks.get(1, 0), sum(talks.values())),
    )
