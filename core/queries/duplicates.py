"""Who may be one person: pairs of people whose entries look alike, and groups of them.

Candidates are pairs of entries; here they become pairs of people. Two people are open while they
are two and the user has not said that they are different, or of one family; those put off until
later are a lane of their own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.rules.groups import Joined, Known, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.driver import Connection

LANES: Final = ("certain", "likely", "unsure", "later")
"""The lists, in the order in which they are decided."""


class Lanes(NamedTuple):
    """How many pairs of people are open, by lane; `later` are those put off."""

    certain: int = 0
    likely: int = 0
    unsure: int = 0
    later: int = 0


class PairLine(NamedTuple):
    """Two people who may be one.

    Attributes:
        a: the lower id of the two.
        b: the other.
        a_sources: kinds of sources, joined by commas.
        lane: one of `LANES`.
        chance: that both are one person, in percent, 1 to 99.
        why: the strongest reasons, strongest first; they hold foreign text.
        against: the strongest reasons against.
    """

    a: int
    b: int
    a_name: str
    b_name: str
    a_tier: str
    b_tier: str
    a_sources: str
    b_sources: str
    lane: str
    chance: int
    why: tuple[str, ...]
    against: tuple[str, ...]


class Group(NamedTuple):
    """People who may be one, lowest id first.

    Attributes:
        lane: one of `LANES`.
        people: two ids or more.
        chance: of the weakest pair that joined them, in percent, 1 to 99.
        why: the reasons of that pair, strongest first; they hold foreign text.
        against: the reasons against it.
    """

    lane: str
    people: tuple[int, ...]
    chance: int
    why: tuple[str, ...]
    against: tuple[str, ...]


# The people whom pairs of entries, and answers about entries, concern. Few cards are somebody
# else's entry, and reading those from the index is quicker than reading each pair's two cards.
_ALL: Final = """WITH moved AS MATERIALIZED
      (SELECT id, person_id AS person FROM card WHERE person_id <> id),
    met AS (SELECT c.id, c.lane, c.odds, c.tie, coalesce(x.person, c.low_id) AS x,
      coalesce(y.person, c.high_id) AS y
      FROM candidate AS c LEFT JOIN moved AS x ON x.id = c.low_id
      LEFT JOIN moved AS y ON y.id = c.high_id),
    told AS (SELECT coalesce(x.person, w.a_id) AS x, coalesce(y.person, w.b_id) AS y, w.verdict
      FROM answer AS w LEFT JOIN moved AS x ON x.id = w.a_id
      LEFT JOIN moved AS y ON y.id = w.b_id WHERE w.verdict <> 'same')"""
_ONE: Final = """WITH mine AS MATERIALIZED (SELECT id FROM card WHERE person_id = :person),
    met AS (SELECT c.id, c.lane, c.odds, :person AS x, o.person_id AS y
      FROM mine CROSS JOIN candidate AS c ON c.low_id = mine.id
      CROSS JOIN card AS o ON o.id = c.high_id
      UNION ALL SELECT c.id, c.lane, c.odds, :person, o.person_id
      FROM mine CROSS JOIN candidate AS c ON c.high_id = mine.id
      CROSS JOIN card AS o ON o.id = c.low_id),
    told AS (SELECT :person AS x, o.person_id AS y, w.verdict
      FROM mine CROSS JOIN answer AS w ON w.a_id = mine.id
      CROSS JOIN card AS o ON o.id = w.b_id WHERE w.verdict <> 'same'
      UNION ALL SELECT :person, o.person_id, w.verdict
      FROM mine CROSS JOIN answer AS w ON w.b_id = mine.id
      CROSS JOIN card AS o ON o.id = w.a_id WHERE w.verdict <> 'same')"""
# The best pair of entries, of equals the first, speaks for two people: of a max() SQLite shows
# that very row.
_OPEN: Final = """,
    said AS MATERIALIZED (SELECT min(x, y) AS a, max(x, y) AS b, max(verdict <> 'later') AS bound
      FROM told WHERE x <> y GROUP BY 1, 2),
    best AS (SELECT min(x, y) AS a, max(x, y) AS b, id, lane,
      max((lane * 1000000000 + odds) * 2147483648 - id) AS worth
      FROM met WHERE x <> y AND lane > 0 GROUP BY 1, 2),
    open AS (SELECT best.a, best.b, best.id, best.worth,
      CASE WHEN said.a IS NULL THEN 3 - best.lane ELSE 3 END AS place
      FROM best LEFT JOIN said ON said.a = best.a AND said.b = best.b
      WHERE coalesce(said.bound, 0) = 0)"""
_LINES: Final = """SELECT open.a, open.b, p.name, q.name, p.tier, q.tier, p.sources, q.sources,
    open.place, c.chance, c.why, c.against,
    p.tier IN ('A', 'B') OR q.tier IN ('A', 'B') AS vital,
    max(coalesce(l.run_id, 0), coalesce(h.run_id, 0)) AS run
    FROM open CROSS JOIN candidate AS c ON c.id = open.id
    CROSS JOIN person_row AS p ON p.id = open.a CROSS JOIN person_row AS q ON q.id = open.b
    CROSS JOIN card AS l ON l.id = c.low_id CROSS JOIN card AS h ON h.id = c.high_id
    WHERE :place < 0 OR open.place = :place OR open.id IN (SELECT value FROM json_each(:more))
    ORDER BY open.place, vital DESC, run DESC, c.odds DESC, c.tie, open.a, open.b
    LIMIT :limit OFFSET :offset"""

_LIKELY, _CERTAIN = 2, 3
# A certain pair is worth at least the chance that is shown of it.
_KNOWN: Final = """SELECT min(x, y), max(x, y), CASE lane WHEN 3 THEN max(odds, 8963) ELSE odds END,
    lane, tie, id FROM met WHERE x <> y"""
_ENTRIES: Final = "SELECT person_id, count(*) + 1 FROM card WHERE person_id <> id GROUP BY 1"
_LINKS: Final = """SELECT c.id, max(coalesce(l.run_id, 0), coalesce(h.run_id, 0)), c.chance, c.why,
    c.against FROM json_each(:ids) AS w CROSS JOIN candidate AS c ON c.id = w.value
    CROSS JOIN card AS l ON l.id = c.low_id CROSS JOIN card AS h ON h.id = c.high_id"""
_COUNTS: Final = f"{_ALL}{_OPEN} SELECT place, count(*) FROM open GROUP BY place"  # noqa: S608 — our own words
_SAID: Final = f"{_ALL}{_OPEN} SELECT a, b, bound FROM said"  # noqa: S608 — our own words
_VITAL: Final = "SELECT id FROM person_row WHERE tier IN ('A', 'B')"


def lanes(view: Connection) -> Lanes:
    """Count the open pairs of people, each two people once."""
    found = dict(view.execute(_COUNTS).fetchall())
    return Lanes(*(found.get(place, 0) for place in range(len(LANES))))


def open_count(view: Connection) -> int:
    """How many pairs of people wait for a decision; those put off do not."""
    found = lanes(view)
    return found.certain + found.likely + found.unsure


def certainly_known(view: Connection) -> int:
    """How many people are certainly somebody who was in the book before them.

    As many decisions are saved by merging them first, or a few more.
    """
    found = view.execute(f"{_ALL}{_OPEN} SELECT count(DISTINCT b) FROM open WHERE place = 0")  # noqa: S608 — our own words
    return int(found.fetchone()[0])


def pairs(
    view: Connection, lane: str = "", limit: int | None = None, offset: int = 0
) -> list[PairLine]:
    """The open pairs of people.

    Certain ones come first, those put off last; of one lane those of the vital few, then those of
    the newest imports, then the likeliest.

    Args:
        view: a reading connection.
        lane: one of `LANES`; "" for all.
        limit: how many at most.
        offset: how many to leave out first.

    Raises:
        ValueError: there is no such lane.
    """
    wanted = {
        "place": _place(lane) if lane else -1,
        "more": "[]",
        "limit": -1 if limit is None else limit,
        "offset": offset,
    }
    return [_line(row) for row in view.execute(f"{_ALL}{_OPEN} {_LINES}", wanted)]


def of_person(view: Connection, person: int) -> list[PairLine]:
    """The open pairs of one person, in the order of `pairs`."""
    wanted = {"person": person, "place": -1, "more": "[]", "limit": -1, "offset": 0}
    return [_line(row) for row in view.execute(f"{_ONE}{_OPEN} {_LINES}", wanted)]


def newest(view: Connection) -> tuple[int, int]:
    """The newest pair's id and how many there are; another answer means that they were compared."""
    row = view.execute("SELECT coalesce(max(id), 0), count(*) FROM candidate").fetchone()
    return int(row[0]), int(row[1])


def groups(view: Connection, lane: str = "") -> list[Group]:
    """The open groups, in the order of `pairs`.

    Certain ones hold together by certain pairs alone. Likely ones take likely pairs too, so that a
    certain group may be part of a likely one. What is unsure, what is put off, and what more
    entries of the same people speak against are groups of two.

    Args:
        view: a reading connection.
        lane: one of `LANES`; "" for all.

    Raises:
        ValueError: there is no such lane.
    """
    wanted = LANES if not lane else (LANES[_place(lane)],)
    found: list[Group] = []
    book = _Book.read(view) if set(wanted) - {"later"} else None
    if book is not None and "certain" in wanted:
        found += _described(view, "certain", book.joined(_CERTAIN))
    if book is not None and set(wanted) & {"likely", "unsure"}:
        likely = book.joined(_LIKELY)
        if "likely" in wanted:
            found += _described(view, "likely", [group for group in likely if _is_likely(group)])
        if "unsure" in wanted:
            found += _twos(view, "unsure", book.left_over(likely), _together(likely))
    if "later" in wanted:
        found += _twos(view, "later", [], {})
    return found


class _Book(NamedTuple):
    """All that is known, the open certain and likely pairs, surest first, and who is apart."""

    known: list[tuple[int, int, int, int, int, int]]
    links: list[Known]
    entries: dict[int, int]
    apart: set[tuple[int, int]]

    @classmethod
    def read(cls, view: Connection) -> _Book:
        told = view.execute(_SAID).fetchall()
        said = {(a, b) for a, b, _ in told}
        known = view.execute(f"{_ALL} {_KNOWN}").fetchall()
        links = [Known._make(row) for row in known if row[3] >= _LIKELY and row[:2] not in said]
        links.sort(key=lambda link: (-link.lane, -link.odds, link.tie, link.low, link.high))
        entries = dict(view.execute(_ENTRIES).fetchall())
        return cls(known, links, entries, {(a, b) for a, b, bound in told if bound})

    def joined(self, least: int) -> list[Joined]:
        """What pairs of a lane and better join."""
        links = [link for link in self.links if link.lane >= least]
        return joined(links, self.known, self.entries, self.apart)

    def left_over(self, likely: list[Joined]) -> list[int]:
        """The certain and likely pairs whose people are in no group together."""
        group = _together(likely)
        return [link.id for link in self.links if not _same(group, link.low, link.high)]


def _together(found: list[Joined]) -> dict[int, int]:
    """The group of each person by its first."""
    return {person: group.people[0] for group in found for person in group.people}


def _same(group: dict[int, int], a: int, b: int) -> bool:
    return a in group and group[a] == group.get(b)


def _is_likely(group: Joined) -> bool:
    return any(link.lane != _CERTAIN for link in group.links)


def _described(view: Connection, lane: str, found: list[Joined]) -> list[Group]:
    ids = [link.id for group in found for link in group.links]
    told = {row[0]: row[1:] for row in view.execute(_LINKS, {"ids": json.dumps(ids)})}
    vital = {row[0] for row in view.execute(_VITAL)}

    def worth(group: Joined) -> tuple[bool, int, int, tuple[int, ...]]:
        newest = max(told[link.id][0] for link in group.links)
        return vital.isdisjoint(group.people), -newest, -_weakest(group).odds, group.people

    made = []
    for group in sorted(found, key=worth):
        _run, chance, why, against = told[_weakest(group).id]
        made.append(Group(lane, group.people, _percent(chance), _lines(why), _lines(against)))
    return made


def _weakest(group: Joined) -> Known:
    return min(group.links, key=lambda link: (link.lane, link.odds))


def _twos(view: Connection, lane: str, more: list[int], group: dict[int, int]) -> list[Group]:
    """Pairs of a lane, and some more, as groups; without those who are in a group together."""
    wanted = {"place": _place(lane), "more": json.dumps(more), "limit": -1, "offset": 0}
    rows = view.execute(f"{_ALL}{_OPEN} {_LINES}", wanted)
    return [
        Group(lane, (one.a, one.b), one.chance, one.why, one.against)
        for one in map(_line, rows)
        if not _same(group, one.a, one.b)
    ]


def _place(lane: str) -> int:
    if lane not in LANES:
        raise ValueError(f"{lane} is no lane")
    return LANES.index(lane)


def _line(row: Sequence[Any]) -> PairLine:
    *who, place, chance, why, against, _vital, _run = row
    told = _percent(chance), _lines(why), _lines(against)
    return PairLine._make((*who, LANES[place], *told))


def _percent(chance: int) -> int:
    """Ten-thousandths as percent; nothing is ever quite sure."""
    return min(max(round(chance / 100), 1), 99)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
