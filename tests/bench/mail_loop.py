"""The least that an import of mails can do: split a mailbox, one table, one full-text index.

Run ``python -m tests.bench.mail_loop MAILBOX BOOK``.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from core.storage.driver import dbapi

if TYPE_CHECKING:
    from collections.abc import Iterator


def _rows(data: bytes) -> Iterator[tuple[str, str]]:
    for mail in data.split(b"\n\nFrom "):
        head, _, body = mail.partition(b"\n\n")
        yield head.decode("utf-8", "replace"), body.decode("utf-8", "replace")


def main() -> None:
    """Read all, write all."""
    with closing(dbapi.connect(sys.argv[2], isolation_level=None)) as connection:
        connection.execute("CREATE TABLE mail(id INTEGER PRIMARY KEY, head TEXT, body TEXT)")
        connection.execute(
            "CREATE VIRTUAL TABLE mail_search "
            "USING fts5(head, body, content=mail, content_rowid=id)"
        )
        connection.execute("BEGIN")
        rows = _rows(Path(sys.argv[1]).read_bytes())
        connection.executemany("INSERT INTO mail(head, body) VALUES (?, ?)", rows)
        connection.execute("INSERT INTO mail_search(mail_search) VALUES ('rebuild')")
        connection.execute("COMMIT")


if __name__ == "__main__":
    main()
