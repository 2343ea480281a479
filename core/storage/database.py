"""The writing side's engine: SQLModel over the one driver, every transaction IMMEDIATE.

A deferred transaction that reads and then writes fails at once after another process's commit,
and two such processes lose updates silently; `BEGIN IMMEDIATE` does neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, create_engine, event
from sqlalchemy.pool import StaticPool

from core.storage import connect
from core.storage.driver import dbapi

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine


def ops_engine(path: Path) -> Engine:
    """The only engine that writes; one connection, used by one thread at a time.

    Raises:
        BookError: the file cannot be used, or a pragma was not taken.
    """
    connect.make_private(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),  # a path may hold ? and %
        module=dbapi,
        poolclass=StaticPool,
        hide_parameters=True,  # an error's text must not print what people wrote
        connect_args={"timeout": connect.BUSY_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(raw: Any, _record: object) -> None:  # noqa: ANN401 — a DB-API connection
        raw.isolation_level = None
        connect.check(raw, path)
        connect.prepare_ops(raw)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
