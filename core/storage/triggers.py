"""The triggers of the journal and the search index, generated from the tables.

They are re-installed after every migration: SQLite drops a table's triggers when it is rebuilt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.storage.tables import JOURNALLED, PersonRow

if TYPE_CHECKING:
    from sqlmodel import SQLModel

CLOSED: Final = "a write outside a command"

SEARCH_INDEX: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS person_search USING fts5("
    "search, content='person_row', content_rowid='id', tokenize='trigram')"
)


_MODE: Final = "(SELECT mode FROM gate)"
_LOG: Final = 'INSERT INTO change(command_id, "first", "last", table_name, act, before)'
_WRITER: Final = "(SELECT command_id FROM gate), OLD.id, OLD.id"


GRAM_INDEX: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS person_gram USING fts5vocab(person_search, 'row')"
)
"""How many people hold each three letters: rare ones find a mistyped name quickly."""


def table_name(table: type[SQLModel]) -> str:
    """The table's name in the database."""
    return str(table.__tablename__)


def columns(table: type[SQLModel]) -> list[str]:
    """The table's column names, in order; ``id`` is the first."""
    return [column.name for column in table.__table__.columns]  # type: ignore[attr-defined]


def image(table: type[SQLModel], row: str) -> str:
    """An SQL expression for the JSON array of one row, `row` being OLD, NEW or an alias."""
    values = ", ".join(f'{row}."{name}"' for name in columns(table))
    return f"json_array({values})"


def expected() -> dict[str, str]:
    """Every trigger by name and its SQL."""
    found: dict[str, str] = {}
    for table in JOURNALLED:
        found |= _guards(table)
    return found | _search()


def _guards(table: type[SQLModel]) -> dict[str, str]:
    name = table_name(table)
    refuse = f"WHEN {_MODE} = 'closed' BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END"
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns(table))
    log = f"BEGIN {_LOG} VALUES ({_WRITER}, '{name}', '{{act}}', {image(table, 'OLD')}); END"
    logging = f"{_MODE} = 'log'"
    bodies = {
        "refuse_insert": f"BEFORE INSERT ON {name} {refuse}",
        "refuse_update": f"BEFORE UPDATE ON {name} {refuse}",
        "refuse_delete": f"BEFORE DELETE ON {name} {refuse}",
        "log_update": f"AFTER UPDATE ON {name} WHEN {logging} AND ({differs}) "
        + log.format(act="U"),
        "log_delete": f"AFTER DELETE ON {name} WHEN {logging} " + log.format(act="D"),
    }
    return {
        f"{name}_{suffix}": f"CREATE TRIGGER {name}_{suffix} {body}"
        for suffix, body in bodies.items()
    }


def _search() -> dict[str, str]:
    row = table_name(PersonRow)
    forget = (
        "INSERT INTO person_search(person_search, rowid, search) "
        "VALUES ('delete', OLD.id, OLD.search);"
    )
    add = "INSERT INTO person_search(rowid, search) VALUES (NEW.id, NEW.search);"
    return {
        "search_insert": f"CREATE TRIGGER search_insert AFTER INSERT ON {row} BEGIN {add} END",
        "search_delete": f"CREATE TRIGGER search_delete AFTER DELETE ON {row} BEGIN {forget} END",
        "search_update": f"CREATE TRIGGER search_update AFTER UPDATE OF search ON {row} "
        f"WHEN OLD.search IS NOT NEW.search BEGIN {forget} {add} END",
    }
