"""What mail programs ask for at each key: people who have an address, best first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.queries import details, people
from core.rules import emails, finding
from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.driver import Connection


class AddressLine(NamedTuple):
    """A person with addresses that may stand in a header as they are, best first.

    `never_mail`: an opt-out says so, by mail or at all.
    """

    id: int
    name: str
    tier: str
    org: str
    title: str
    talked: str
    never_mail: bool
    emails: tuple[str, ...]


_MOST: Final = 16
# What mail programs read as the end of an address, or as the beginning of another.
_ADDRESS: Final = re.compile(r"[^\s\"(),:;<>@\[\\\]]+@[^\s\"(),:;<>@\[\\\]]+")
_NEVER: Final = "(never = 'all' OR instr(',' || never || ',', ',mail,') > 0)"
# Spaces and joints become one sign, so that a word's beginning is told by one comparison.
_BEGINNINGS: Final = "' ' || replace(sort_key, '-', ' ') || ' ' || lower(email)"
_RANKED: Final = """unmailed, tier = 'D', {inside},
    CASE tier WHEN 'A' THEN 0 WHEN 'B' THEN 1 WHEN 'C' THEN 2 ELSE 3 END,
    talked DESC, sort_key, id"""
_COLUMNS: Final = f"id, name, tier, org, title, talked, {_NEVER} AS unmailed"


def containing(connection: Connection, words: str, limit: int = 50) -> list[AddressLine]:
    """People with an address whose search text holds every word.

    Those who must never be mailed come last, before them those put away. Among the others who have
    all words as the beginning of a word of the name or of the mail come before who has them
    anywhere; equally good ones by tier, then by the last talk.
    """
    terms = finding.folded_words(words)[:_MOST]
    if not terms:
        return []
    where, values = people.holding(terms)
    begins = " AND ".join([f"{_BEGINNINGS} LIKE ? ESCAPE '\\'"] * len(terms))
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM person_row WHERE email <> '' AND {where} "  # noqa: S608 — ours
        f"ORDER BY {_RANKED.format(inside=f'NOT ({begins})')} LIMIT ?",
        (*values, *(f"% {people.literal(term)}%" for term in terms), limit),
    ).fetchall()
    return _with_addresses(connection, rows, terms)


def resembling(connection: Connection, words: str, limit: int = 20) -> list[AddressLine]:
    """People with an address whose words are near to these, typos forgiven, ranked as above."""
    near = [line.id for line in people.resembling(connection, words, limit) if line.email]
    marks = ", ".join("?" * len(near))
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM person_row WHERE id IN ({marks})",  # noqa: S608 — question marks
        near,
    ).fetchall()
    rows.sort(key=lambda row: (row[6], row[2] == "D", near.index(row[0])))
    return _with_addresses(connection, rows, ())


def _with_addresses(
    connection: Connection, rows: Sequence[tuple[Any, ...]], terms: Sequence[str]
) -> list[AddressLine]:
    ways = details.contacts(connection, [row[0] for row in rows])
    found = []
    for row in rows:
        asked = [term for term in terms if term not in fold(row[1])]
        held = [mail for value in ways[row[0]].emails if (mail := _plain(value))]
        # Who types an address means that one; who types a name means the best one.
        held.sort(key=lambda mail: not (asked and all(term in fold(mail) for term in asked)))
        if held:
            found.append(AddressLine._make((*row[:-1], bool(row[-1]), tuple(dict.fromkeys(held)))))
    return found


def _plain(value: str) -> str:
    """The address as it was written, if that is an address and nothing else; "" if none is safe."""
    norm = emails.normal(value)
    mail = value.strip() if value.strip().lower() == norm else norm
    return mail if mail.isprintable() and _ADDRESS.fullmatch(mail) else ""
