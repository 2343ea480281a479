"""The least that an import of talks can do: split the input, one table, one full-text index.

Run ``python -m tests.bench.talk_loop mail|chat INPUT BOOK``.
"""

from __future__ import annotations

import re
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from core.storage.driver import dbapi

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGINS = re.compile(r"^(\d\d)/(\d\d)/(\d{4}), (\d\d:\d\d) - ([^:\n]+): ", re.MULTILINE)
_COLUMNS = {"mail": ("head", "body"), "chat": ("at", "sender", "said")}
_FOUND = {"mail": ("head", "body"), "chat": ("sender", "said")}
"""What the index holds."""


def _mails(data: bytes) -> Iterator[tuple[str, str]]:
    for mail in data.split(b"\n\nFrom "):
        head, _, body = mail.partition(b"\n\n")
        yield head.decode("utf-8", "replace"), body.decode("utf-8", "replace")


def _messages(data: bytes) -> Iterator[tuple[str, str, str]]:
    pieces = iter(_BEGINS.split(data.decode())[1:])
    for day, month, year, time, sender, said in zip(*[pieces] * 6, strict=True):
        yield f"{year}-{month}-{day} {time}", sender, said.rstrip("\n")


def main() -> None:
    """Read all, write all."""
    kind, source, book = sys.argv[1:]
    columns, found = ", ".join(_COLUMNS[kind]), ", ".join(_FOUND[kind])
    with closing(dbapi.connect(book, isolation_level=None)) as connection:
        connection.execute(f"CREATE TABLE talk(id INTEGER PRIMARY KEY, {columns})")
        connection.execute(
            f"CREATE VIRTUAL TABLE talk_search USING fts5({found}, content=talk, "
            "content_rowid=id, tokenize='unicode61 remove_diacritics 2')"
        )
        connection.execute("BEGIN")
        rows = (_mails if kind == "mail" else _messages)(Path(source).read_bytes())
        marks = ", ".join("?" * len(_COLUMNS[kind]))
        connection.executemany(f"INSERT INTO talk({columns}) VALUES ({marks})", rows)
        connection.execute("INSERT INTO talk_search(talk_search) VALUES ('rebuild')")
        connection.execute("COMMIT")


if __name__ == "__main__":
    main()
