"""Bring the file to the schema this program knows.

A file that is up to date is told by one pragma; Alembic (358 ms to import) is only loaded for one
that is not. All steps of all migrations are one transaction, checked before it commits.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import BookError
from core.storage import connect
from core.storage.driver import Error, dbapi

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from core.settings import Settings

SCRIPTS: Final = Path(__file__).parent / "migrations"


def is_current(path: Path) -> bool:
    """Whether the file exists and has this program's schema.

    Raises:
        BookError: the file is another program's, or newer than this program.
    """
    connect.refuse_emptied(path)
    if not path.exists() or path.stat().st_size == 0:
        return False
    try:
        raw = dbapi.connect(path, timeout=connect.BUSY_SECONDS)
    except Error as error:
        raise BookError(f"{path} cannot be opened: {error}") from None
    connect.check(raw, path)
    try:
        return connect.version(raw) == connect.SCHEMA
    finally:
        raw.close()


def ensure(path: Path, settings: Settings | None = None, today: date | None = None) -> Path | None:
    """Create the book, or bring it up to date after copying it; its derived rows are made anew.

    Args:
        path: the file.
        settings: cadences and weights that derived rows need; the defaults if not given.
        today: for evidence that ages; the machine's day if not given.

    Returns:
        The copy made before a migration, or None if there was nothing to keep.

    Raises:
        BookError: the file cannot be used; it is as it was.
    """
    if is_current(path):
        return None
    from sqlalchemy.exc import DBAPIError

    from core.clock import SystemClock
    from core.settings import Settings
    from core.storage import backup, derive
    from core.storage.database import ops_engine

    had_people = path.exists() and path.stat().st_size > 0
    copy = backup.copy(path, f"before schema {connect.SCHEMA}") if had_people else None
    engine = ops_engine(path)
    try:
        with engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None  # noqa: S101 — an open connection has one
            # Outside the transaction (inside, it is a no-op): rebuilding a table with foreign
            # keys on would delete the rows that refer to it.
            raw.execute("PRAGMA foreign_keys=off")
            with connection.begin():
                counted = _counts(connection)
                _upgrade(connection)
                _install(connection)
                if had_people:
                    derive.rebuild(raw, settings or Settings(), today or SystemClock().today())
                _verify(connection, counted)
    except (DBAPIError, Error) as error:
        raise connect.refusal(error) from error
    finally:
        engine.dispose()
    return copy


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _install(connection: Connection) -> None:
    """Search index and triggers anew: rebuilding a table drops its triggers without a word."""
    from core.storage import triggers

    connection.exec_driver_sql(triggers.SEARCH_INDEX)
    connection.exec_driver_sql(triggers.GRAM_INDEX)
    connection.exec_driver_sql(triggers.TALK_INDEX)
    for (name,) in connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for sql in triggers.expected().values():
        connection.exec_driver_sql(sql)
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO gate(id, mode, command_id) VALUES (1, 'closed', 0)"
    )
    connection.exec_driver_sql(f"PRAGMA application_id={connect.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={connect.SCHEMA}")


def _counts(connection: Connection) -> dict[str, int]:
    from core.storage.journal import TABLES

    there = {
        row[0]
        for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608
        for name in TABLES
        if name in there
    }


def _verify(connection: Connection, counted: dict[str, int]) -> None:
    from core.storage.triggers import expected

    wrong = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
    now = _counts(connection)
    lost = [name for name, count in counted.items() if now.get(name) != count]
    there = {
        row[0]
        for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='trigger'")
    }
    if wrong or sound != "ok" or lost or there != set(expected()):
        raise BookError(
            "the book could not be brought up to date; it is as it was "
            f"({len(wrong)} broken references, check says {sound}, changed tables: {lost})"
        )
