"""What the file promises by its shape."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, create_engine
from sqlmodel import SQLModel

from core.storage import derive, derived_tables, tables
from core.storage.driver import dbapi
from core.storage.journal import TABLES
from core.storage.triggers import columns, expected, image, table_name
from tests.book import fresh, raw, rows

if TYPE_CHECKING:
    from pathlib import Path

OURS = frozenset(SQLModel.metadata.tables)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "people.db"
    fresh(path).close()
    return path


def test_the_migrations_make_what_the_classes_say(book: Path) -> None:
    engine = create_engine(URL.create("sqlite", database=str(book)), module=dbapi)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, SQLModel.metadata)
    engine.dispose()
    # The search index and its shadow tables are no SQLModel classes.
    foreign = [
        entry
        for entry in found
        if not (
            entry[0] == "remove_table"
            and entry[1].name.startswith(("person_search", "person_gram", "talk_search"))
        )
    ]
    assert foreign == []


def test_the_metadata_makes_the_same_columns_in_the_same_order(book: Path) -> None:
    for name, table in SQLModel.metadata.tables.items():
        there = [row[1] for row in rows(book, f"PRAGMA table_info({name})")]
        assert there == [column.name for column in table.columns]


def test_each_trigger_is_there_and_no_other(book: Path) -> None:
    there = dict(rows(book, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    assert there == expected()


def test_each_journalled_table_has_five_guards() -> None:
    for name in TABLES:
        mine = {trigger for trigger, sql in expected().items() if f" ON {name} " in sql}
        mine -= {f"talk_{act}" for act in ("insert", "delete", "forget", "update")}
        assert mine == {
            f"{name}_{act}"
            for act in (
                "refuse_insert",
                "refuse_update",
                "refuse_delete",
                "log_update",
                "log_delete",
            )
        }


def test_each_table_with_people_in_it_is_journalled() -> None:
    kept = {table_name(table) for table in (*tables.JOURNALLED, *derived_tables.DERIVED)}
    machinery = {"blob", "command", "change", "image", "gate"}
    assert kept | machinery == OURS


@pytest.mark.parametrize("table", sorted(OURS))
def test_each_reference_has_an_index(book: Path, table: str) -> None:
    first = set()
    for index in rows(book, f"PRAGMA index_list({table})"):
        partial = index[4]
        names = [row[2] for row in rows(book, f"PRAGMA index_info({index[1]})")]
        if not partial:
            first.add(names[0])
    references = {row[3] for row in rows(book, f"PRAGMA foreign_key_list({table})")}
    assert references <= first


def test_no_reference_deletes_people_by_itself(book: Path) -> None:
    for name in OURS:
        for row in rows(book, f"PRAGMA foreign_key_list({name})"):
            assert row[6] in {"NO ACTION", "RESTRICT"}


def test_each_table_is_strict(book: Path) -> None:
    strict = {row[1]: row[5] for row in rows(book, "PRAGMA table_list") if row[1] in OURS}
    assert strict == dict.fromkeys(OURS, 1)


@pytest.mark.parametrize("table", TABLES)
def test_a_journalled_table_holds_text_and_whole_numbers_only(book: Path, table: str) -> None:
    assert {row[2] for row in rows(book, f"PRAGMA table_info({table})")} <= {"TEXT", "INTEGER"}


@pytest.mark.parametrize("table", TABLES)
def test_an_id_of_a_journalled_table_is_never_given_twice(book: Path, table: str) -> None:
    ((made,),) = rows(book, "SELECT sql FROM sqlite_master WHERE name = ?", table)
    assert "AUTOINCREMENT" in made
    assert columns(TABLES[table])[0] == "id"


@pytest.mark.parametrize("table", TABLES)
def test_an_image_of_a_row_has_each_column(book: Path, table: str) -> None:
    names = columns(TABLES[table])
    assert [row[1] for row in rows(book, f"PRAGMA table_info({table})")] == names
    assert image(TABLES[table], "NEW").count("NEW.") == len(names)


def test_derived_rows_are_found_by_every_table_that_names_a_card() -> None:
    naming = {name for name, table in TABLES.items() if "card_id" in columns(table)}
    assert set(derive._PLACES) == naming | {"card"}
    for name in naming:
        place = int(derive._PLACES[name].strip("$[]"))
        assert columns(TABLES[name])[place] == "card_id"
    assert columns(TABLES["card"])[int(derive._PLACES["card"].strip("$[]"))] == "person_id"


def test_bytes_are_kept_outside_the_journal(book: Path) -> None:
    with closing(raw(book)) as connection:
        connection.execute("INSERT INTO blob(sha256, data) VALUES ('a', x'00')")
        with pytest.raises(dbapi.IntegrityError):
            connection.execute("INSERT INTO blob(sha256, data) VALUES ('a', x'01')")
