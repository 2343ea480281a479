"""Bring a copy back in the place of the book: all of it, or nothing.

A sound book is written over from within, as one transaction under a lock that nobody else holds:
programs that wait for the lock find the new content in the same file. A book that SQLite cannot
read is exchanged for another file, and laid aside.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from core.errors import BookError
from core.storage import backup, connect, migrate
from core.storage.driver import Error, dbapi

if TYPE_CHECKING:
    from pathlib import Path

    from core.storage.driver import Connection

LOCK_SECONDS: Final = 5
"""How long others may take to let go of the book."""
BEFORE: Final = "before restore"
State: TypeAlias = Literal["sound", "damaged", "empty", "missing"]


class Present(NamedTuple):
    """What lies where the book belongs; `people` is 0 unless it is sound."""

    state: State
    people: int = 0


class Restored(NamedTuple):
    """What came of it: where the book of before lies (None: there was none), and in what state."""

    kept: Path | None
    before: Present
    people: int


def present(book: Path) -> Present:
    """Look at the book as it is, whole or not.

    Raises:
        BookError: it is another program's, a newer program's, or cannot be reached.
    """
    if not os.path.lexists(book):
        return Present("missing")
    if book.is_symlink() or not book.is_file():
        raise BookError(f"{book} is a link or no file; name the file itself")
    if book.stat().st_size == 0:
        return Present("empty")
    try:
        return _sound(book)
    except connect.DamagedError:
        return Present("damaged")
    except Error as error:
        if _is_held(error):
            raise _held() from None
        return Present("damaged")  # also where its tables are not there


def _sound(book: Path) -> Present:
    with closing(_open(book)) as connection:
        connect.check(connection, book)
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            return Present("damaged")
        return Present("sound", _people(connection))


def examine(chosen: Path) -> int:
    """Make sure that a file is a whole book that this program can use.

    Returns:
        How many people it holds.

    Raises:
        BookError: it is not; the sentence says why.
    """
    if not chosen.is_file():
        raise BookError(f"there is no file {chosen}; vitalfew backup --list tells the copies")
    try:
        with closing(backup.at_rest(chosen)) as connection:
            connect.check(connection, chosen)
            if connect.version(connection) == 0:
                raise BookError(f"{chosen} is no book of vitalfew")
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            astray = connection.execute("PRAGMA foreign_key_check").fetchone()
            if sound != "ok" or astray is not None:
                raise BookError(f"{chosen} is damaged; vitalfew backup --list tells other copies")
            return _people(connection)
    except connect.DamagedError:
        raise BookError(f"{chosen} is damaged, or not a book of vitalfew") from None
    except Error as error:
        raise BookError(f"{chosen} cannot be read ({error})") from None


def restore(book: Path, chosen: Path) -> Restored:
    """Put a copy in the place of the book, whose present content is kept first.

    Raises:
        BookError: the copy is not whole, the book is in use, or the disk is full; the book is as
            it was.
    """
    if book.exists() and chosen.exists() and chosen.samefile(book):
        raise BookError(f"{chosen} is the book itself")
    people = examine(chosen)
    before = present(book)
    if before.state == "sound":
        kept: Path | None = _write_over(book, chosen)
    else:
        kept = _exchange(book, chosen, before.state)
    migrate.ensure(book)
    return Restored(kept, before, people)


def _write_over(book: Path, chosen: Path) -> Path:
    with closing(_open(book)) as connection, closing(backup.at_rest(chosen)) as copy:
        try:
            _take(connection)
            kept = backup.copy(book, BEFORE, connection, spare=chosen)
            # Pages of any size are taken, and a program that is ended leaves a journal that the
            # next one rolls back.
            connection.execute("PRAGMA journal_mode=delete")
            connection.execute("PRAGMA synchronous=extra")
            copy.backup(connection, pages=-1)
        except Error as error:
            raise connect.refusal(error) from None
    return kept


def _exchange(book: Path, chosen: Path, state: State) -> Path | None:
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%f")
    place = backup.folder(book)
    staged = place / f"{book.stem}-{moment}-restoring.part"
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        with closing(backup.at_rest(chosen)) as copy:
            backup.write(chosen, staged, copy)
        if state == "damaged":
            with closing(_open(book)) as connection, suppress(Error):
                _take(connection)  # refuses where somebody has it open, as far as that can be told
        kept = _lay_aside(book, place / f"{book.stem}-{moment}.damaged")
        staged.replace(book)
        backup.sync(book.parent)
    except OSError as error:
        raise BookError(f"{book} could not be restored: {error.strerror or error}") from None
    finally:
        staged.unlink(missing_ok=True)
    return kept


def _lay_aside(book: Path, name: Path) -> Path | None:
    """Give the damaged file a second name, so that at each moment there is one with the first.

    Its side files go: SQLite would play them into whatever is called as the book is.
    """
    kept = None
    if book.exists() and book.stat().st_size:
        try:
            name.hardlink_to(book)
        except OSError:  # a file system without second names
            shutil.copy2(book, name)
        kept = name
    for kind in ("wal", "journal"):
        with suppress(FileNotFoundError):
            book.with_name(f"{book.name}-{kind}").replace(name.with_name(f"{name.name}-{kind}"))
    book.with_name(f"{book.name}-shm").unlink(missing_ok=True)
    return kept


def _open(book: Path) -> Connection:
    return dbapi.connect(
        f"{book.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=LOCK_SECONDS,
        isolation_level=None,
    )


def _take(connection: Connection) -> None:
    """Hold the book alone until the connection is closed.

    Raises:
        BookError: somebody else has it open.
        Error: the driver's: it is no book.
    """
    try:
        connection.execute("PRAGMA locking_mode=exclusive")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except Error as error:
        if _is_held(error):
            raise _held() from None
        raise


def _people(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM person_row").fetchone()[0])


def _is_held(error: Error) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _held() -> BookError:
    return BookError(
        "another vitalfew has the book open; close it and try again. Nothing was changed"
    )
