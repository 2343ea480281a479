"""Questions of a re-import: a value the user edited, of which its source says something new.

There is no table of them: they follow from the facts (`core.rules.three_way`).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.rules import kinds, three_way
from core.rules.projection import Fact
from core.rules.three_way import Part  # noqa: TC001 — a field of what is returned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.storage.driver import Connection

_CHUNK: Final = 500
_FACT: Final = ", ".join(f"fact.{name}" for name in Fact._fields[:-1])
_ONE: Final = ", ".join(f"'{kind}'" for kind in sorted(kinds.ONE))
_ORDER: Final = {"A": 0, "B": 1, "D": 3}

# The user's facts are few and have an index of their own; the rule has the last word.
_CARDS: Final = f"""SELECT DISTINCT mine.card_id FROM fact AS mine
    CROSS JOIN card ON card.id = mine.card_id
    CROSS JOIN fact AS theirs ON theirs.card_id = mine.card_id
    LEFT JOIN fact AS base ON base.id = mine.replaces_id
    WHERE mine.origin = 'user' AND mine.until = '' AND +mine.kind IN ({_ONE})
    AND coalesce(base.until, '-') <> ''
    AND card.source_id IS NOT NULL AND card.gone_run_id IS NULL
    AND theirs.kind = mine.kind AND theirs.part = mine.part AND theirs.norm <> mine.norm
    AND theirs.origin = 'source' AND theirs.until = ''
    AND theirs.id > coalesce(mine.replaces_id, mine.id)"""  # noqa: S608 — our own names


class Question(NamedTuple):
    """One question.

    Attributes:
        fact: names the question to `SettleQuestion`: a fact of the user's.
        card: the entry whose source says something new.
        person: whose entry it is now; `name` and `tier` as lists show them.
        field: ``work`` for employer and title together, ``name`` for any part of the name, else
            the kind: ``title``, ``birthday`` …
        base: what the source said when the user last looked, or "".
        mine: what the user wrote and what shows; "" where it was cleared.
        theirs: what the source says now.
        source: kind and account: ``linkedin``, ``google me@example.com``.
        day: ISO day since when the source says so.
        parts: kind by kind, what `base`, `mine` and `theirs` are made of.
    """

    fact: int
    card: int
    person: int
    name: str
    tier: str
    field: str
    base: str
    mine: str
    theirs: str
    source: str
    day: str
    parts: tuple[Part, ...]


def questions(view: Connection) -> list[Question]:
    """Every open question: vital few first, the put away last; then the newest import first."""
    cards = _asked(view)
    about = dict(_about(view, cards))
    found = [
        Question(
            *(one.looks[0].mine.id, card, person, name, tier, one.field),
            *(one.base, one.mine, one.theirs, source, one.day, one.parts),
        )
        for card, facts in _facts(view, cards)
        for person, name, tier, source in (about[card],)
        for one in three_way.questions(facts)
    ]
    found.sort(key=lambda one: (one.day, -one.fact), reverse=True)
    return sorted(found, key=lambda one: _ORDER.get(one.tier, 2))


def count(view: Connection) -> int:
    """How many questions wait."""
    return sum(len(three_way.questions(facts)) for _, facts in _facts(view, _asked(view)))


def edited(view: Connection, cards: Sequence[int]) -> dict[int, list[Fact]]:
    """What questions follow from: one-of-a-kind facts, of those cards where the user wrote any."""
    own = [
        row[0]
        for chunk, marks in _chunks(cards)
        for row in view.execute(
            "SELECT DISTINCT card_id FROM fact WHERE origin = 'user' AND until = '' "  # noqa: S608
            f"AND +kind IN ({_ONE}) AND card_id IN ({marks}) ORDER BY card_id",
            chunk,
        )
    ]
    return dict(_facts(view, own))


def edited_cards(view: Connection) -> set[int]:
    """Every card that holds one-of-a-kind words of the user's."""
    return {
        row[0]
        for row in view.execute(
            "SELECT DISTINCT card_id FROM fact WHERE origin = 'user' AND until = '' "  # noqa: S608
            f"AND +kind IN ({_ONE})"
        )
    }


def would_raise(view: Connection, card: int, said: Sequence[tuple[Any, ...]], day: str) -> int:
    """How many questions an import would raise about a card.

    Args:
        view: the book.
        card: the card that is brought up to date.
        said: what its source says now: kind, value, norm, label, part, detail, preferred.
        day: the day of the import.
    """
    held = edited(view, (card,)).get(card, [])
    first = max((fact.id for fact in held), default=0) + 1
    present = {fact[2:9]: fact for fact in held if fact.origin == "source" and not fact.until}
    left = {fact.id for fact in present.values()} - {
        present[one].id for one in said if one in present
    }
    after = [fact._replace(until=day) if fact.id in left else fact for fact in held]
    fresh = [one for one in said if one[0] in kinds.ONE and one not in present]
    after += [
        Fact._make((first + place, card, *one, "source", None, day, "", 0))
        for place, one in enumerate(fresh)
    ]
    return three_way.raised(after, first)


def _asked(view: Connection) -> list[int]:
    return [row[0] for row in view.execute(f"{_CARDS} ORDER BY mine.card_id")]


def _facts(view: Connection, cards: Sequence[int]) -> Iterator[tuple[int, list[Fact]]]:
    for chunk, marks in _chunks(cards):
        rows = view.execute(
            f"SELECT {_FACT} FROM fact WHERE card_id IN ({marks}) AND +kind IN ({_ONE}) "  # noqa: S608
            "ORDER BY card_id, id",
            chunk,
        )
        facts = (Fact(*row) for row in rows)
        yield from ((card, list(of)) for card, of in groupby(facts, lambda fact: fact.card_id))


def _about(
    view: Connection, cards: Sequence[int]
) -> Iterable[tuple[int, tuple[int, str, str, str]]]:
    """Of each card: its person, how lists show them, and the source's name."""
    for chunk, marks in _chunks(cards):
        for card, *about in view.execute(
            "SELECT card.id, card.person_id, row.name, row.tier, "  # noqa: S608 — marks
            "trim(coalesce(source.kind || ' ' || source.account, '')) "
            "FROM card JOIN person_row AS row ON row.id = card.person_id "
            f"LEFT JOIN source ON source.id = card.source_id WHERE card.id IN ({marks})",
            chunk,
        ):
            yield card, tuple(about)


def _chunks(cards: Sequence[int]) -> Iterator[tuple[Sequence[int], str]]:
    for place in range(0, len(cards), _CHUNK):
        chunk = cards[place : place + _CHUNK]
        yield chunk, ", ".join("?" * len(chunk))
