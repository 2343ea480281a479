"""Whose cards are whose: the pointers, choices and answers that merging writes.

Plain SQL on the writing connection, for one group as for a thousand.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.storage.driver import Connection

_CARDS: Final = """FROM json_each(:people) AS wanted
    CROSS JOIN card ON card.person_id = wanted.value"""
_BETWEEN: Final = """SELECT min(a.id, b.id), max(a.id, b.id), :verdict
    FROM json_each(:some) AS one CROSS JOIN card AS a ON a.{of} = one.value
    CROSS JOIN json_each(:others) AS other CROSS JOIN card AS b ON b.{of} = other.value
    WHERE a.{group} <> b.{group}"""


def persons_of(connection: Connection, cards: Sequence[int]) -> dict[int, int]:
    """The person of each of these cards; those that are gone are left out."""
    rows = connection.execute(
        "SELECT card.id, card.person_id FROM json_each(:cards) AS wanted "
        "CROSS JOIN card ON card.id = wanted.value",
        {"cards": json.dumps(cards)},
    )
    return dict(rows.fetchall())


def cards_of(connection: Connection, people: Sequence[int]) -> list[int]:
    """The cards of these people, the oldest first."""
    rows = connection.execute(
        f"SELECT card.id {_CARDS} ORDER BY card.id",
        {"people": json.dumps(people)},
    )
    return [row[0] for row in rows]


def values(connection: Connection, people: Sequence[int]) -> int:
    """How many values the cards of these people hold, formerly ones too."""
    row = connection.execute(
        f"SELECT count(*) {_CARDS} CROSS JOIN fact ON fact.card_id = card.id "
        "WHERE fact.value <> ''",
        {"people": json.dumps(people)},
    ).fetchone()
    return int(row[0])


def join(connection: Connection, homes: Iterable[tuple[int, int]]) -> None:
    """Point all cards of a person at another: pairs of the new home and the person."""
    connection.executemany("UPDATE card SET person_id = ? WHERE person_id = ?", homes)


def point(connection: Connection, home: int, cards: Sequence[int]) -> None:
    """Point these cards at one of them."""
    connection.execute(
        "UPDATE card SET person_id = :home "
        "WHERE id IN (SELECT value FROM json_each(:cards)) AND person_id <> :home",
        {"home": home, "cards": json.dumps(cards)},
    )


def choose(
    connection: Connection, choices: Iterable[tuple[int, str, int, str, int]], set_by: int
) -> None:
    """Keep choices for every card of a person: home, field, card or 0, value, place."""
    connection.executemany(
        "INSERT INTO choice(card_id, field, of_id, value, place, set_by) "
        "SELECT id, ?2, nullif(?3, 0), ?4, ?5, ?6 FROM card WHERE person_id = ?1 ORDER BY id",
        ((*choice, set_by) for choice in choices),
    )


def agree(connection: Connection, people: Sequence[int]) -> None:
    """Turn what was said of cards that are of one person now into: they are the same."""
    connection.execute(
        f"""UPDATE answer SET verdict = 'same' WHERE verdict <> 'same' AND id IN (
        SELECT said.id {_CARDS} CROSS JOIN answer AS said ON said.a_id = card.id
        CROSS JOIN card AS other ON other.id = said.b_id
        WHERE other.person_id = card.person_id)""",  # noqa: S608 — our own words
        {"people": json.dumps(people)},
    )


def bound(connection: Connection, people: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Every two of these people of whom it was said that they are not one, or to ask later."""
    yield from connection.execute(
        f"""SELECT card.person_id, other.person_id {_CARDS}
        CROSS JOIN answer AS said ON said.a_id = card.id
        CROSS JOIN card AS other ON other.id = said.b_id
        WHERE said.verdict <> 'same' AND other.person_id <> card.person_id
        AND other.person_id IN (SELECT value FROM json_each(:people))""",  # noqa: S608
        {"people": json.dumps(people)},
    )


def part(connection: Connection, some: Sequence[int], others: Sequence[int]) -> None:
    """Note that these cards are of other people than those."""
    _say(connection, some, others, "different", of="id")


def answer(connection: Connection, people: Sequence[int], verdict: str) -> None:
    """Note a verdict for every two cards of different people among these.

    ``later`` is written only where nothing was said yet.
    """
    _say(connection, people, people, verdict, of="person_id")


def _say(
    connection: Connection, some: Sequence[int], others: Sequence[int], verdict: str, *, of: str
) -> None:
    group = "person_id" if of == "person_id" else "id"
    keep = (
        "DO NOTHING"
        if verdict == "later"
        else ("DO UPDATE SET verdict = excluded.verdict WHERE verdict <> excluded.verdict")
    )
    once = "AND a.id < b.id" if of == "person_id" else ""
    connection.execute(
        f"INSERT INTO answer(a_id, b_id, verdict) {_BETWEEN.format(of=of, group=group)} {once} "
        f"ORDER BY 1, 2 ON CONFLICT(a_id, b_id) {keep}",
        {"some": json.dumps(some), "others": json.dumps(others), "verdict": verdict},
    )
