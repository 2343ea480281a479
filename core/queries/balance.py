"""Whether one's effort goes to the right people: shares, quiet A's, thin ties, proposed moves.

What a person's row knows is read at once; what only the talks of some months tell is counted
apart, as that takes its time in a large book. A talk counts once for each person it was with.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import moves, pareto
from core.rules.cadence import asked_and_held
from core.rules.focus import NETWORKS
from core.rules.pareto import KEPT, Curve, TierShare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.rules.moves import Move
    from core.settings import Settings
    from core.storage.driver import Connection

MONTHS: Final = 12

_TIERS: Final = "SELECT tier, count(*), sum(talks), sum(talks > 0) FROM person_row GROUP BY tier"
_CURVE: Final = "SELECT id, talks FROM person_row WHERE talks > 0 AND tier <> 'D'"
# A talk to come, such as a meeting in the calendar, is no talk yet.
_A: Final = """SELECT id, name, org,
      CASE WHEN talked > :today THEN talked_before ELSE talked END AS last,
      CASE usual WHEN '' THEN prefers ELSE usual END
    FROM person_row WHERE tier = 'A' AND never <> 'all' AND last < :before ORDER BY last, id"""
_NO_ADDRESS: Final = """r.tier <> 'D' AND r.never <> 'all'
    AND (r.email = '' OR ',' || r.never || ',' LIKE '%,mail,%')
    AND (r.phone = '' OR ',' || r.never || ',' LIKE '%,phone,%')"""
_NETWORKS: Final = f"""WITH way AS (
      SELECT card.person_id AS person, substr(fact.norm, 1, instr(fact.norm, ':') - 1) AS network
      FROM person_row AS r CROSS JOIN card ON card.person_id = r.id
      CROSS JOIN fact ON fact.card_id = card.id
      WHERE {_NO_ADDRESS} AND fact.kind = 'handle' AND fact.until = ''
        AND NOT EXISTS (SELECT 1 FROM fact AS mine
          WHERE mine.replaces_id = fact.id AND mine.origin = 'user')
      UNION SELECT card.person_id, source.kind
      FROM person_row AS r CROSS JOIN card ON card.person_id = r.id
      CROSS JOIN source ON source.id = card.source_id
      WHERE {_NO_ADDRESS} AND card.gone_run_id IS NULL
        AND source.kind IN ({", ".join(f"'{name}'" for name in NETWORKS)})
    ), ways AS (
      SELECT person, min(network) AS network, count(*) AS ways FROM way GROUP BY person
    ) SELECT coalesce(network, ''), r.tier, count(*) FROM person_row AS r
    LEFT JOIN ways ON ways.person = r.id
    WHERE {_NO_ADDRESS} AND coalesce(ways, 0) < 2 GROUP BY 1, 2"""  # noqa: S608 — our own names
_MOVERS: Final = """SELECT p.id, p.name, p.tier,
      coalesce((SELECT max(s.day) FROM card CROSS JOIN standing AS s ON s.card_id = card.id
        WHERE card.person_id = p.id AND s.field = 'tier' AND s.value = p.tier), ''),
      p.talked, p.talks_in, p.talks_out, p.gap, p.quiet_on, p.unanswered, p.last_out
    FROM person_row AS p
    WHERE p.never <> 'all' AND p.wait <= :today AND (
      p.tier = 'A' AND (p.unanswered >= :to_no_avail OR p.gap > :seldom_a
        OR p.talked > '' AND p.talked < :long_a)
      OR p.tier = 'B' AND (p.unanswered >= :to_no_avail OR p.gap > :seldom_b
        OR p.talked > '' AND p.talked < :long_b OR p.gap BETWEEN 1 AND :gap_a)
      OR p.tier = 'C' AND p.gap BETWEEN 1 AND max(:gap_a, :gap_b))
    AND NOT EXISTS (SELECT 1 FROM card CROSS JOIN standing AS s ON s.card_id = card.id
      WHERE card.person_id = p.id AND s.field = 'stay' AND s.value > :today)"""
# Who is meant by an address, and whom the user named: of one person twice in a talk, once.
_WITH: Final = """SELECT i.id, i.day, card.person_id AS person FROM interaction AS i
    CROSS JOIN participant AS p ON p.interaction_id = i.id CROSS JOIN card ON card.id = p.card_id
    WHERE i.day BETWEEN :first AND :last AND i.kind NOT IN ('', 'note') AND p.role <> 'there'
    UNION SELECT i.id, i.day, holder.person_id FROM interaction AS i
    CROSS JOIN participant AS p ON p.interaction_id = i.id
    CROSS JOIN holder ON holder.identity_id = p.identity_id
    WHERE i.day BETWEEN :first AND :last AND i.kind NOT IN ('', 'note') AND p.role <> 'there'"""
_BY_MONTH: Final = f"""SELECT substr(day, 1, 7), tier, count(*) FROM ({_WITH})
    JOIN person_row ON person_row.id = person GROUP BY 1, 2"""  # noqa: S608 — our own words
_BY_PERSON: Final = f"""SELECT person, tier, count(*) FROM ({_WITH})
    JOIN person_row ON person_row.id = person GROUP BY 1"""  # noqa: S608 — our own words
_POINT: Final = "SELECT id, name, tier, org FROM person_row WHERE id = ?"


class Quiet(NamedTuple):
    """Somebody in A with whom nothing was said; `talked` is the last day, or ""."""

    id: int
    name: str
    org: str
    talked: str
    channel: str


class Thin(NamedTuple):
    """People who can be reached by one network only; `few` of them are in A or B.

    `source` is the network, "" where no way at all is known.
    """

    source: str
    people: int
    few: int


class Point(NamedTuple):
    """The person at a place of the curve."""

    id: int
    name: str
    tier: str
    org: str


class Month(NamedTuple):
    """A month's talks.

    Attributes:
        first: its first day.
        talks: talks with people in A, B and C.
        others: talks with people who are put away or unsorted, left out of all shares.
    """

    first: date
    talks: tuple[int, int, int]
    others: int

    @property
    def shares(self) -> tuple[int, ...]:
        """A, B and C in percent of their talks."""
        return pareto.percents(self.talks)


class Span(NamedTuple):
    """A stretch of time, or all: who had the talks, and who in A had none.

    Attributes:
        curve: everybody talked with who is not put away.
        tiers: shares of A, B and C.
        others: talks with people who are put away or unsorted.
        quiet: who in A had nothing; of all time it is this month that counts.
    """

    curve: Curve
    tiers: tuple[TierShare, ...]
    others: int
    quiet: tuple[Quiet, ...]


class Balance(NamedTuple):
    """The book weighed.

    Attributes:
        people: everybody; `put_away` and `unsorted` of them are left out of the shares.
        known: people not put away with whom talks are known.
        span: of all time.
        thin: by network, the most people first; "" last.
        moves: who might stand in another tier.
        asked: talks a week that the tiers ask for.
        holds: rows that a week of lists holds.
    """

    people: int
    put_away: int
    unsorted: int
    known: int
    span: Span
    thin: tuple[Thin, ...]
    moves: tuple[Move, ...]
    asked: int
    holds: int

    @property
    def kept(self) -> int:
        """People in A, B and C."""
        return self.people - self.put_away - self.unsorted


def balance(connection: Connection, today: date, settings: Settings) -> Balance:
    """Weigh the book by what the rows of its people know."""
    rows = connection.execute(_TIERS).fetchall()
    heads = {tier: count for tier, count, _talks, _known in rows}
    talks = {tier: said for tier, _count, said, _known in rows}
    tiers = pareto.shares(heads, talks)
    quiet = tuple(_in_a(connection, today, today.replace(day=1)))
    curve = pareto.ranked(connection.execute(_CURVE).fetchall())
    others = talks.get("D", 0) + talks.get("", 0)
    return Balance(
        sum(heads.values()),
        heads.get("D", 0),
        heads.get("", 0),
        sum(known for tier, _count, _talks, known in rows if tier != "D"),
        Span(curve, tiers, others, quiet),
        _thin(connection),
        tuple(_moves(connection, today, settings, tiers)),
        *asked_and_held(heads, settings.cadence, settings.budget),
    )


def months(connection: Connection, today: date, count: int = MONTHS) -> tuple[Month, ...]:
    """The talks of the last months by tier, the oldest first; counts talks, so take your time."""
    firsts = [first_of(today, back) for back in range(count - 1, -1, -1)]
    span = {"first": firsts[0].isoformat(), "last": today.isoformat()}
    found: dict[str, dict[str, int]] = {}
    for month, tier, said in connection.execute(_BY_MONTH, span):
        found.setdefault(month, {})[tier] = said
    told = [(first, found.get(first.isoformat()[:7], {})) for first in firsts]
    return tuple(Month(first, _abc(by), by.get("D", 0) + by.get("", 0)) for first, by in told)


def month(connection: Connection, first: date, today: date) -> Span:
    """One month alone, from its first day on; counts talks, so take your time."""
    last = min(first_of(first, -1) - timedelta(days=1), today)
    span = {"first": first.isoformat(), "last": last.isoformat()}
    rows = connection.execute(_BY_PERSON, span).fetchall()
    talks: dict[str, int] = {}
    for _person, tier, said in rows:
        talks[tier] = talks.get(tier, 0) + said
    heads = {tier: count for tier, count, *_rest in connection.execute(_TIERS)}
    heard = {person for person, _tier, _said in rows}
    everybody = _in_a(connection, today, date.max)
    quiet = tuple(one for one in everybody if one.id not in heard)
    curve = pareto.ranked((person, said) for person, tier, said in rows if tier != "D")
    others = talks.get("D", 0) + talks.get("", 0)
    return Span(curve, pareto.shares(heads, talks), others, quiet)


def point(connection: Connection, person: int) -> Point | None:
    """Who stands at a place of the curve; None if there is no such person any more."""
    row = connection.execute(_POINT, (person,)).fetchone()
    return Point(*row) if row else None


def first_of(day: date, back: int = 0) -> date:
    """The first day of a day's month, or of the month so many before it (after, if negative)."""
    year, place = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(year, place + 1, 1)


def _abc(talks: dict[str, int]) -> tuple[int, int, int]:
    a, b, c = (talks.get(tier, 0) for tier in KEPT)
    return a, b, c


def _in_a(connection: Connection, today: date, before: date) -> Iterator[Quiet]:
    """Who in A was talked with last before a day, or never; the longest silent first."""
    span = {"today": today.isoformat(), "before": before.isoformat()}
    return (Quiet(*row) for row in connection.execute(_A, span))


def _thin(connection: Connection) -> tuple[Thin, ...]:
    found: dict[str, list[int]] = {}
    for network, tier, count in connection.execute(_NETWORKS):
        people = found.setdefault(network, [0, 0])
        people[0] += count
        people[1] += count * (tier in {"A", "B"})
    lines = (Thin(network, people, few) for network, (people, few) in found.items())
    return tuple(sorted(lines, key=lambda one: (not one.source, -one.people, one.source)))


def _moves(
    connection: Connection, today: date, settings: Settings, tiers: tuple[TierShare, ...]
) -> list[Move]:
    cadence = settings.cadence
    a, b = (cadence.get(tier, 0) for tier in ("A", "B"))
    never = 1 << 30
    rows = connection.execute(
        _MOVERS,
        {
            "today": today.isoformat(),
            "to_no_avail": moves.TO_NO_AVAIL,
            "seldom_a": a * moves.SELDOM or never,
            "seldom_b": b * moves.SELDOM or never,
            "long_a": moves.silent_since("A", today, cadence),
            "long_b": moves.silent_since("B", today, cadence),
            "gap_a": a,
            "gap_b": b,
        },
    )
    movers = (moves.Mover(*row) for row in rows)
    return moves.proposals(movers, today, cadence, room_in_a=not pareto.crowded(tiers))
