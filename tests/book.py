"""A book to test on: made once, copied for each test; and what looks into it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.bus import Bus
from core.clock import Clock, FixedClock
from core.commands.store_run import Entry, NewFact, Stored, StoreRun, Tally
from core.rules.normalise import norm_of
from core.storage.driver import dbapi
from core.storage.journal import TABLES
from core.work import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.storage.driver import Connection
    from core.work import Work

CLOCK = FixedClock(datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
"""A Saturday."""


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        Bus(path, clock=CLOCK).close()
        return path.read_bytes()


def fresh(path: Path, **given: Any) -> Bus:  # noqa: ANN401 — what `Bus` takes
    """The writing side of a new, empty book."""
    path.write_bytes(_template())
    return Bus(path, **{"clock": CLOCK, "sitting": "tests", **given})


def raw(path: Path) -> Connection:
    """A connection of no privilege and no care, as any other program has."""
    return dbapi.connect(path, isolation_level=None)


def rows(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What a query finds."""
    with closing(raw(path)) as connection:
        return [tuple(row) for row in connection.execute(sql, values)]


def base(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that undo and redo answer for."""
    return {name: rows(path, f'SELECT * FROM "{name}" ORDER BY id') for name in TABLES}


def digest(path: Path) -> str:
    """One hash over the base tables."""
    return hashlib.sha256(json.dumps(base(path), default=str).encode()).hexdigest()


def derived(path: Path) -> list[tuple[Any, ...]]:
    """The rows that lists show."""
    return rows(path, "SELECT * FROM person_row ORDER BY id")


def is_empty(path: Path) -> bool:
    """Whether no base table holds a row."""
    return not any(base(path).values())


@dataclass(frozen=True, slots=True)
class Sql:
    """A command that only tests have: statements as they stand."""

    statements: tuple[tuple[str, tuple[object, ...]], ...]
    people: tuple[int, ...] = ()
    origin: str = "user"
    label: str = "did something"

    def handle(self, work: Work) -> Outcome:
        for statement, values in self.statements:
            work.raw.execute(statement, values)
        return Outcome(self.label, self.people)


def sql(statement: str, *values: object, **given: Any) -> Sql:  # noqa: ANN401 — fields of `Sql`
    """A command of one statement."""
    return Sql(((statement, values),), **given)


def row(table: str, **values: object) -> tuple[str, tuple[object, ...]]:
    """A statement that inserts one row; what is not named is empty."""
    columns = [column for column in TABLES[table].__table__.columns if column.name != "id"]  # type: ignore[attr-defined]
    empty = (None if one.nullable else 0 if str(one.type) == "INTEGER" else "" for one in columns)
    given = {
        one.name: values.get(one.name, nothing) for one, nothing in zip(columns, empty, strict=True)
    }
    marks = ", ".join("?" * len(given))
    return f"INSERT INTO {table}({', '.join(given)}) VALUES ({marks})", tuple(given.values())


def mailed(address: str, day: str) -> Sql:
    """A mail of somebody, known by the address alone, in a book that has none yet."""
    return Sql(
        (
            row("identity", kind="email", norm=address),
            row("interaction", kind="mail", day=day, direction="in"),
            row("participant", interaction_id=1, identity_id=1),
        )
    )


def merge(home: int, *cards: int) -> Sql:
    """Points cards at one person, as merging does."""
    marks = ", ".join(map(str, cards))
    return sql(f"UPDATE card SET person_id = ? WHERE id IN ({marks})", home)


def user_fact(card: int, kind: str, value: str, *, replaces: int | None = None) -> Sql:
    """The user's own word on a card."""
    return sql(
        "INSERT INTO fact(card_id, kind, value, norm, label, part, detail, preferred, origin, "
        "replaces_id, since, until) VALUES (?, ?, ?, ?, '', 0, '', 0, 'user', ?, '', '')",
        *(card, kind, value, norm_of(kind, value, "", "CH")[1], replaces),
    )


def entry(
    name: str, *facts: tuple[str, str], card: int = 0, key: str = "", tier: str = ""
) -> Entry:
    """An entry of a source: its name and (kind, value) pairs."""
    given = (("name", name), *facts) if name else facts
    made = [(*norm_of(kind, value, "", "CH"), value) for kind, value in given]
    words = json.dumps([key, *given], ensure_ascii=False).encode("utf-8", "surrogatepass")
    return Entry(
        card_id=card,
        key=key,
        raw_sha=hashlib.sha256(words).hexdigest(),
        raw=words,
        reader=1,
        revised="",
        facts=tuple(NewFact(kind, value, norm) for kind, norm, value in made),
        tier=tier,
        where=f"row of {name}",
    )


def storing(entries: Iterable[Entry], tally: Tally | None = None, **given: Any) -> StoreRun:  # noqa: ANN401 — fields of `StoreRun`
    """One import of a phone's list."""
    fields = {
        "kind": "vcard",
        "account": "",
        "title": "vCard",
        "files": ("phone.vcf",),
        "exported": "2026-11-20",
        **given,
    }
    return StoreRun(entries=entries, tally=tally or Tally(), **fields)


def store(bus: Bus, *entries: Entry, **given: Any) -> Stored:  # noqa: ANN401 — fields of `StoreRun`
    """Import these entries."""
    result = bus.run(storing(entries, **given)).result
    assert isinstance(result, Stored)
    return result


def people(bus: Bus, *names: str) -> list[int]:
    """New people of these names; their ids."""
    ((newest,),) = rows(bus.path, "SELECT coalesce(max(id), 0) FROM card")
    store(bus, *(entry(name) for name in names))
    return [
        row[0] for row in rows(bus.path, "SELECT id FROM card WHERE id > ? ORDER BY id", newest)
    ]


def person_row(path: Path, person: int) -> dict[str, Any]:
    """What lists show of a person, by column."""
    with closing(raw(path)) as connection:
        cursor = connection.execute("SELECT * FROM person_row WHERE id = ?", (person,))
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def at(clock: str) -> Clock:
    """A clock that stands at nine in the morning of a day."""
    return FixedClock(datetime.fromisoformat(f"{clock}T09:00:00+00:00"))


def named(found: Sequence[Any]) -> list[str]:
    """The names of lines."""
    return [line.name for line in found]
