"""Who bears a name that is typed in a line about a talk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.queries import details, people
from core.rules import kinds
from core.rules.capture import Bearer, Found
from core.rules.named_words import BY_HAND
from core.rules.normalise import norm_of
from core.text import fold, folds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.driver import Connection

WHOLE, WORDS, BEGUN = 3, 2, 1
_MOST: Final = 500
_LEAST_BEGUN: Final = 3
_APART: Final = re.compile(r"[\s.,()-]+")


def find(
    connection: Connection, mentions: Sequence[tuple[str, ...]], *, begun: bool = True
) -> tuple[Found, ...]:
    """For each run of words the people whose name its first words are, as many as can be.

    Args:
        connection: a view of the book.
        mentions: runs of words as typed.
        begun: the last word of a run may be the beginning of a word of their name.
    """
    known: dict[tuple[str, ...], Found] = {}
    for words in mentions:
        if words not in known:
            known[words] = _longest(connection, words, begun=begun)
    return tuple(known[words] for words in mentions)


def _longest(connection: Connection, words: tuple[str, ...], *, begun: bool) -> Found:
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        found = _bearers(connection, phrase)
        best = max((one.level for one in found), default=0)
        if best == BEGUN and not (begun and count == len(words)):
            continue
        if best:
            # A whole name stands beside those who bear its words: Ada is Ada, or Ada Wong.
            least = WORDS if best == WHOLE else best
            return Found(count, tuple(one for one in found if one.level >= least))
    return Found(0, ())


def _bearers(connection: Connection, phrase: str) -> list[Bearer]:
    wanted = _words(fold(phrase))
    if not wanted:
        return []
    whole = {*details.called(connection, phrase), *_said_before(connection, phrase)}
    ids = [*whole, *_holding(connection, wanted)]
    found: list[Bearer] = []
    for line in people.by_ids(connection, list(dict.fromkeys(ids))):
        level = WHOLE if line.id in whole else _level(wanted, line.name)
        if level:
            found.append(
                Bearer(line.id, line.name, line.tier, line.org, line.title, line.talked, level)
            )
    return found


def _said_before(connection: Connection, phrase: str) -> list[int]:
    """The person of whom the user said once that this name of a logged talk is theirs."""
    rows = connection.execute(
        "SELECT holder.person_id FROM identity JOIN holder ON holder.identity_id = identity.id "
        "WHERE identity.kind = :kind AND identity.norm = :norm AND identity.scope = :scope",
        {"kind": kinds.NAME, "norm": norm_of(kinds.NAME, phrase)[1], "scope": BY_HAND},
    )
    return [row[0] for row in rows]


def _holding(connection: Connection, wanted: Sequence[str]) -> list[int]:
    """Ids of the people who hold words that begin so: vital few first, then as talked with."""
    where, values = people.holding(wanted)
    begins = " AND ".join("' ' || search LIKE ? ESCAPE '\\'" for _ in wanted)
    rows = connection.execute(
        f"SELECT id FROM person_row WHERE {where} AND {begins} "  # noqa: S608 — our own words
        "ORDER BY tier NOT IN ('A', 'B'), talked DESC, id LIMIT ?",
        (*values, *(f"% {people.literal(word)}%" for word in wanted), _MOST),
    )
    return [row[0] for row in rows]


def _level(wanted: Sequence[str], name: str) -> int:
    """How far typed words are those of a name, in any order."""
    *first, last = wanted
    best = 0
    for form in folds(name):
        theirs = _words(form)
        if list(wanted) == theirs:
            return WHOLE
        if all(word in theirs for word in wanted):
            best = WORDS
        elif all(word in theirs for word in first) and (first or len(last) >= _LEAST_BEGUN):
            left = [word for word in theirs if word not in first]
            if any(word.startswith(last) for word in left):
                best = max(best, BEGUN)
    return best


def _words(folded: str) -> list[str]:
    return [word for word in _APART.split(folded) if word]
