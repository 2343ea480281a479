"""The people list: everybody in one line each, and finding somebody."""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.driver import Connection


class PersonLine(NamedTuple):
    """A person in one line; days are ISO text or ""; sources are kinds joined by commas.

    `tier_origin` is ``user``, ``auto`` for a tier that was filed as suggested, or "".
    """

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
    tier_origin: str = ""


_COLUMNS: Final = ", ".join(PersonLine._fields)
_ALL: Final = f"SELECT {_COLUMNS} FROM person_row ORDER BY sort_key, id LIMIT ?"  # noqa: S608 — ours
_TRIGRAM: Final = 3
_GRAMS: Final = 8
_HOLDERS: Final = 12_000
"""Three-letter pieces are looked up from the rarest on until so many people hold them."""
_CANDIDATES: Final = 300
_BITS: Final = 18
"""A piece tells as many bits as its holders are rarer than one in 2**18 people."""
NEAR: Final = 66
_BEGUN: Final = 85
VERY_NEAR: Final = 80
"""What to ask of `resembling` where others answer exactly: one slip, not another word."""
_JOINTS: Final = str.maketrans("-.@/", "    ")


def everybody(connection: Connection, limit: int = -1) -> list[PersonLine]:
    """Every person, or the first so many, by sort key."""
    return [PersonLine(*row) for row in connection.execute(_ALL, (limit,))]


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
    terms = finding.folded_words(words)[:16]
    if not terms:
        return []
    where, values = holding(terms)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM person_row WHERE {where} "  # noqa: S608
        "ORDER BY CASE tier WHEN '' THEN 'CC' ELSE tier END, sort_key, id LIMIT ?",
        (*values, limit),
    )
    return [PersonLine(*row) for row in rows]


def holding(terms: Sequence[str]) -> tuple[str, list[object]]:
    """A condition on ``person_row``: its search text holds each of these folded words.

    Returns:
        The SQL and the values of its question marks.
    """
    long = [term for term in terms if len(term) >= _TRIGRAM]
    short = [term for term in terms if len(term) < _TRIGRAM]
    where = ["search LIKE ? ESCAPE '\\'" for _ in short]
    values: list[object] = [f"%{literal(term)}%" for term in short]
    if long:
        where.append("id IN (SELECT rowid FROM person_search WHERE person_search MATCH ?)")
        values.append(" ".join(_quoted(term) for term in long))
    return " AND ".join(where), values


def resembling(
    connection: Connection, words: str, limit: int = 20, least: int = NEAR
) -> list[PersonLine]:
    """People whose words are near to these, typos forgiven, nearest first.

    Numbers and words of one or two letters are not guessed: they must be there as they are.

    Args:
        connection: a view of the book.
        words: what is searched for.
        limit: how many at most.
        least: how near each word must be to one of theirs, 0 to 100.
    """
    terms = finding.folded_words(words)[:16]
    guessed = [term for term in terms if _is_guessed(term)]
    grams = {term[i : i + 3] for term in guessed for i in range(len(term) - 2)}
    lines = by_ids(connection, _sharing(connection, sorted(grams)[:60]))
    scored = [(_nearness(terms, line), line) for line in lines]
    near = [one for one in scored if one[0] >= least]
    near.sort(key=lambda one: (-one[0], one[1].name, one[1].id))
    return [line for _, line in near[:limit]]


def _is_guessed(term: str) -> bool:
    return len(term) >= _TRIGRAM and not all(sign.isdecimal() for sign in term)


def _sharing(connection: Connection, grams: Sequence[str]) -> list[int]:
    """The few hundred persons who share most of the rarest of these three-letter pieces.

    Ranking by FTS5 itself would look at everybody who holds one of them: 300 ms for pieces that
    all of 100,000 people hold.
    """
    held: list[tuple[int, str]] = []
    for gram in grams:
        row = connection.execute("SELECT doc FROM person_gram WHERE term = ?", (gram,)).fetchone()
        if row:
            held.append((row[0], gram))
    shared: dict[int, int] = {}
    looked = 0
    for people, gram in sorted(held)[:_GRAMS]:
        looked += people
        if shared and looked > _HOLDERS:
            break
        tells = max(1, _BITS - people.bit_length())
        for (person,) in connection.execute(
            "SELECT rowid FROM person_search WHERE person_search MATCH ? LIMIT ?",
            (_quoted(gram), _HOLDERS),
        ):
            shared[person] = shared.get(person, 0) + tells
    return nlargest(_CANDIDATES, shared, key=shared.__getitem__)


def _nearness(terms: Sequence[str], line: PersonLine) -> float:
    """How well the worst of the terms is matched by any word of the line, 0 to 100.

    The last term may still be in the typing: words that begin like it match it too.
    """
    from rapidfuzz import fuzz, process

    search = line.search
    there = {*search.split(), *search.translate(_JOINTS).split()}
    if not there or not all(_is_guessed(term) or term in search for term in terms):
        return 0.0
    scores = [
        process.extractOne(term, there, scorer=fuzz.ratio)[1] if _is_guessed(term) else 100.0
        for term in terms
    ]
    begun = {word[: len(terms[-1])] for word in there}
    typing = process.extractOne(terms[-1], begun, scorer=fuzz.ratio, score_cutoff=_BEGUN)
    return min(*scores[:-1], max(scores[-1], typing[1] if typing else 0), 100)


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def literal(term: str) -> str:
    """A word as LIKE takes it whose ESCAPE is the backslash: no sign of it stands for others."""
    return term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
