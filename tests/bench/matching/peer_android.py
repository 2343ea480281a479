"""The rule of telephones, near enough: one full name in either order, or one identifier and a name
that is like it or missing; what is joined is joined on.

    python -m tests.bench.matching.peer_android FILE OUT    the group of each row, one a line
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz.distance import JaroWinkler

from core.matching import identifiers
from core.matching.names import words
from tests.bench.matching.lists import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.matching.records import Records

ALIKE = 0.82
MOST = 60


def keys(book: Records, row: int, name: str) -> Iterator[tuple[str, str]]:
    """What an entry may be found by: its name, then its identifiers."""
    if name:
        yield "name", name
        yield "name", "".join(reversed(name.split(" ", 1)))
    if book.emails:
        yield from (("email", identifiers.email(text)) for text in book.emails[row])
    if book.phones:
        yield from (("phone", identifiers.phone(text)) for text in book.phones[row])
    if book.handles:
        yield from (("handle", ":".join(identifiers.handle(text))) for text in book.handles[row])


def main(path: str, out: str) -> None:
    book = read(path).records
    empty = [""] * book.size
    given, family = book.given or empty, book.family or empty
    whole = book.name or [" ".join(pair) for pair in zip(given, family, strict=True)]
    names = [" ".join(words(text)) for text in whole]
    group = list(range(book.size))

    def root(row: int) -> int:
        while group[row] != row:
            group[row] = group[group[row]]
            row = group[row]
        return row

    blocks: dict[tuple[str, str], list[int]] = {}
    for row in range(book.size):
        for kind, value in keys(book, row, names[row]):
            if value:
                blocks.setdefault((kind, value.replace(" ", "")), []).append(row)
    for (kind, _), rows in blocks.items():
        for at, one in enumerate(rows[:MOST]):
            for two in rows[at + 1 : MOST]:
                a, b = names[one], names[two]
                if kind == "name" or not a or not b or JaroWinkler.similarity(a, b) > ALIKE:
                    group[root(two)] = root(one)
    lines = [str(root(row)) for row in range(book.size)]
    Path(out).write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
