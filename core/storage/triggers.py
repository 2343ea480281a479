"""The triggers of the journal and the search index, generated from the tables.

They are re-installed after every migration: SQLite drops a table's triggers when it is rebuilt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.storage.derived_tables import PersonRow
from core.storage.tables import JOURNALLED, Interaction

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


TALK_INDEX: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS talk_search USING fts5(said, content='', detail=none, "
    "columnsize=0, tokenize='unicode61 remove_diacritics 2')"
)
"""All that was said; its row ids count the seconds since 1970 first, so that the newest of
however many hits come first without being sorted. It keeps no text: words are looked for in
`core.queries.talks`, which knows where they stand."""

TALK_BITS: Final = 30
"""The lower bits of a row id of the index are the interaction's own id."""

_LATEST: Final = 2**33 - 1  # the year 2242: what is later shares its place


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
    return found | _search() | _talk_search()


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


def talk_rowid(row: str) -> str:
    """An SQL expression for the row id that an interaction has in the index."""
    seconds = f"coalesce(CAST(strftime('%s', {row}.at) AS INTEGER), 0)"
    return f"((min(max({seconds}, 0), {_LATEST}) << {TALK_BITS}) | {row}.id)"


def talk_said(row: str) -> str:
    """An SQL expression for the text of an interaction in the index."""
    subject = f"CASE {row}.kind WHEN 'message' THEN '' ELSE {row}.subject END"
    return f"({subject} || ' ' || {row}.text || ' ' || {row}.folds)"


def _talk_search() -> dict[str, str]:
    name = table_name(Interaction)
    forget = (
        "INSERT INTO talk_search(talk_search, rowid, said) "  # noqa: S608 — our own words
        f"VALUES ('delete', {talk_rowid('OLD')}, {talk_said('OLD')});"
    )
    add = f"INSERT INTO talk_search(rowid, said) VALUES ({talk_rowid('NEW')}, {talk_said('NEW')});"  # noqa: S608
    there, gone = (f"{row}.text <> '' OR {row}.subject <> ''" for row in ("NEW", "OLD"))
    return {
        "talk_insert": f"CREATE TRIGGER talk_insert AFTER INSERT ON {name} "
        f"WHEN {there} BEGIN {add} END",
        "talk_delete": f"CREATE TRIGGER talk_delete AFTER DELETE ON {name} "
        f"WHEN {gone} BEGIN {forget} END",
        "talk_forget": f"CREATE TRIGGER talk_forget BEFORE UPDATE ON {name} "
        f"WHEN {gone} BEGIN {forget} END",
        "talk_update": f"CREATE TRIGGER talk_update AFTER UPDATE ON {name} "
        f"WHEN {there} BEGIN {add} END",
    }
