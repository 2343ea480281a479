"""The one DB-API module of the process.

Two copies of SQLite in one process drop each other's file locks, so nothing else may import one.
"""

from __future__ import annotations

try:
    import pysqlite3 as dbapi  # bundles a SQLite without the WAL-reset bug (fixed in 3.51.3)
except ImportError:  # no wheel for this platform: the standard library's
    import sqlite3 as dbapi

__all__ = ["Connection", "Error", "OperationalError", "dbapi", "wal_is_safe"]

Connection = dbapi.Connection
Error = dbapi.Error
OperationalError = dbapi.OperationalError


def wal_is_safe(version: tuple[int, ...] = dbapi.sqlite_version_info) -> bool:
    """Whether this SQLite may use WAL: 3.7.0 to 3.51.2 can corrupt a file at a WAL reset.

    Back-ports of the fix: 3.50.7 and 3.44.6.
    """
    return (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )
