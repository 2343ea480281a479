"""The people list: everybody in one line each, and finding somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.driver import Connection


class PersonLine(NamedTuple):
    """A person in one line; days are ISO text or ""; sources are kinds joined by commas."""

    id: int
    name: str
    tier: str
    org: str
    title: str
    city: str
    email: str
    phone: str
    sources: str
    labels: str
    cards: int
    talked: str
    due: str
    search: str


_COLUMNS: Final = ", ".join(PersonLine._fields)
_ALL: Final = f"SELECT {_COLUMNS} FROM person_row ORDER BY sort_key, id"  # noqa: S608 — our names
_TRIGRAM: Final = 3


def everybody(connection: Connection) -> list[PersonLine]:
    """Every person, by sort key."""
    return [PersonLine(*row) for row in connection.execute(_ALL)]


def by_ids(connection: Connection, ids: Sequence[int]) -> list[PersonLine]:
    """The persons of these ids, in the order given; those that are gone are left out."""
    found: dict[int, PersonLine] = {}
    for place in range(0, len(ids), 500):
        chunk = ids[place : place + 500]
        marks = ", ".join("?" * len(chunk))
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM person_row WHERE id IN ({marks})",  # noqa: S608
            chunk,
        )
        found |= {row[0]: PersonLine(*row) for row in rows}
    return [found[person] for person in ids if person in found]


def containing(connection: Connection, words: str, limit: int = 50) -> list[PersonLine]:
    """People whose names, firms, addresses or numbers hold every word, best tier first.

    Any text is allowed; it is folded, so umlauts and accents do not matter.
    """
    terms = fold(words).split()[:16]
    if not terms:
        return []
    long = [term for term in terms if len(term) >= _TRIGRAM]
    short = [term for term in terms if len(term) < _TRIGRAM]
    where = ["search LIKE ? ESCAPE '\\'" for _ in short]
    values: list[object] = [f"%{_literal(term)}%" for term in short]
    if long:
        where.append("id IN (SELECT rowid FROM person_search WHERE person_search MATCH ?)")
        values.append(" ".join(_quoted(term) for term in long))
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM person_row WHERE {' AND '.join(where)} "  # noqa: S608
        "ORDER BY CASE tier WHEN '' THEN 'CC' ELSE tier END, sort_key, id LIMIT ?",
        (*values, limit),
    )
    return [PersonLine(*row) for row in rows]


def resembling(connection: Connection, words: str, limit: int = 20) -> list[PersonLine]:
    """People whose search text is near to the words, typos forgiven, nearest first."""
    from rapidfuzz import fuzz, process

    wanted = fold(words)
    grams = {term[i : i + 3] for term in wanted.split()[:16] for i in range(len(term) - 2)}
    if not grams:
        return []
    rows = connection.execute(
        "SELECT rowid FROM person_search WHERE person_search MATCH ? ORDER BY rank LIMIT 300",
        (" OR ".join(_quoted(gram) for gram in sorted(grams)[:60]),),
    )
    lines = by_ids(connection, [row[0] for row in rows])
    best = process.extract(
        wanted,
        [line.search for line in lines],
        scorer=fuzz.token_set_ratio if " " in wanted else fuzz.partial_ratio,
        limit=limit,
        score_cutoff=70,
    )
    return [lines[place] for _, _, place in best]


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _literal(term: str) -> str:
    return term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
