"""Bare connections: pragmas set and asserted, no SQLAlchemy (that would cost 370 ms to import)."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from core.errors import BookError
from core.storage.driver import Connection, Error, OperationalError, dbapi, wal_is_safe

if TYPE_CHECKING:
    from pathlib import Path

APPLICATION_ID: Final = 0x76667731
SCHEMA: Final = 4
"""The schema version this program reads and writes; stamped in ``user_version``."""

BUSY_SECONDS: Final = 30


class DamagedError(BookError):
    """The file was a book and is none any more: emptied, cut off or overwritten."""


def view(path: Path) -> Connection:
    """Open the book for reading only.

    Raises:
        BookError: there is no such file, it is no book, or its schema is not `SCHEMA`.
    """
    refuse_emptied(path)
    connection = _open(path)
    connection.execute("PRAGMA query_only=on")
    check(connection, path)
    if version(connection) != SCHEMA:
        connection.close()
        raise BookError("the book must be brought up to date first: run vitalfew once")
    if connection.execute("PRAGMA query_only").fetchone()[0] != 1:
        raise BookError("this SQLite does not keep a reading connection from writing")
    return connection


def prepare_ops(connection: Connection) -> None:
    """Set the pragmas of the writing connection and assert what came of them.

    Raises:
        BookError: the database did not take one.
    """
    wal = wal_is_safe()
    wanted = {
        "journal_mode": "wal" if wal else "delete",
        "synchronous": 2 if wal else 3,  # full, extra: no acknowledged commit is lost
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "cell_size_check": 1,
        "cache_size": -65536,
    }
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name}={value}")
        got = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if got != value:
            raise BookError(f"the database did not take {name}={value} (it says {got})")


def make_private(path: Path) -> None:
    """Create the file (0600) and its folder (0700) before SQLite would, with wider modes.

    Raises:
        BookError: the place cannot be written, or the path is a link or a folder.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(path, flags, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise BookError(f"{path} is not a file")
            os.fchmod(handle, 0o600)
        finally:
            os.close(handle)
    except OSError as error:
        if path.is_symlink():
            raise BookError(f"{path} is a link; name the file itself") from None
        raise BookError(f"{path} cannot be used: {error.strerror or error}") from None


def version(connection: Connection) -> int:
    """The schema version of the open file; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check(connection: Connection, path: Path) -> None:
    """Refuse files that are not ours or come from a newer program.

    Raises:
        BookError: with the sentence to show; the connection is closed.
    """
    objection = _objection(connection, path)
    if objection is not None:
        connection.close()
        raise objection


def refuse_emptied(path: Path) -> None:
    """Refuse an empty file that was a book: to SQLite it is a valid database without a table.

    Without copies beside it, it is what a program left that was ended while it made a new book.

    Raises:
        DamagedError: with the way back in its sentence.
    """
    if path.is_file() and path.stat().st_size == 0 and (way := way_back(path)):
        raise DamagedError(f"{path} is empty, and it was a book{way}; to begin anew, delete it")


def way_back(path: Path) -> str:
    """The end of a sentence about a book that cannot be used: its newest copy; "" without one."""
    from core.storage import backup

    newest = backup.newest(path)
    if newest is None:
        return ""
    at = f"{newest.at.astimezone():%Y-%m-%d %H:%M}"
    return f": “vitalfew restore” brings back its copy of {at} with {newest.people:,} people"


def refusal(error: Exception) -> BookError:
    """What to say when a transaction failed and was rolled back.

    Args:
        error: the driver's, or SQLAlchemy's around it.
    """
    text = str(getattr(error, "orig", error))
    if "locked" in text or "busy" in text:
        return BookError("another vitalfew is writing to the book; try again when it is done")
    if "full" in text:
        return BookError("the disk is full; nothing was changed")
    if "malformed" in text or "not a database" in text:
        return BookError(f"the book is damaged ({text}); “vitalfew restore” brings back a copy")
    if "readonly" in text or "read-only" in text:
        return BookError("the book is read-only; nothing was changed")
    first = (text.splitlines() or [type(error).__name__])[0]
    return BookError(f"the book could not be written, nothing was changed ({first})")


def unreadable(error: Exception, path: Path) -> BookError:
    """What to say when a query failed."""
    damaged = "malformed" in str(error) or "not a database" in str(error)
    return BookError(f"the book could not be read ({error}){way_back(path) if damaged else ''}")


def _objection(connection: Connection, path: Path) -> BookError | None:
    try:
        found = version(connection)
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except OperationalError as error:
        return BookError(f"{path} cannot be opened: {error}")
    except Error as error:
        return DamagedError(
            f"{path} is damaged, or not a book of vitalfew ({error}); nothing was changed in it"
            + way_back(path)
        )
    if tables and not ours:
        return BookError(f"{path} is a database of another program; nothing was changed in it")
    if found > SCHEMA:
        return BookError(
            f"{path} was written by a newer vitalfew (schema {found}, this one knows {SCHEMA}): "
            "update vitalfew; nothing was changed"
        )
    return None


def _open(path: Path) -> Connection:
    if not path.exists():
        way = way_back(path) or " yet: vitalfew import FILE makes one"
        raise BookError(f"there is no book at {path}{way}")
    try:
        connection = dbapi.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA temp_store=memory")
    except Error as error:
        raise BookError(f"{path} cannot be opened: {error}") from None
    return connection
