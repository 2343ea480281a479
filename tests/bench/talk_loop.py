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

_BEGINS = re.compile(r"^(?=\d\d/\d\d/\d{4}, \d\d:\d\d - )", re.MULTILINE)


def _mails(data: bytes) -> Iterator[tuple[str, str]]:
    for mail in data.split(b"\n\nFrom "):
        head, _, body = mail.partition(b"\n\n")
        yield head.decode("utf-8", "replace"), body.decode("utf-8", "replace")


def _messages(data: bytes) -> Iterator[tuple[str, str]]:
    for message in _BEGINS.split(data.decode())[1:]:
        head, _, said = message.partition(": ")
        yield head, said


def main() -> None:
    """Read all, write all."""
    kind, source, book = sys.argv[1:]
    with closing(dbapi.connect(book, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE talk(id INTEGER PRIMARY KEY, head TEXT, body TEXT)")
        connection.execute(
            "CREATE VIRTUAL TABLE talk_search "
            "USING fts5(head, body, content=talk, content_rowid=id)"
        )
        connection.execute("BEGIN")
        rows = (_mails if kind == "mail" else _messages)(Path(source).read_bytes())
        connection.executemany("INSERT INTO talk(head, body) VALUES (?, ?)", rows)
        connection.execute("INSERT INTO talk_search(talk_search) VALUES ('rebuild')")
        connection.execute("COMMIT")


if __name__ == "__main__":
    main()
