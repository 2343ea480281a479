"""The rows of a book's file, held against the tables before anything is made of them.

Looked at are columns, types, references, and what reading relies on, such as days that are days.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Integer

from core.errors import VitalfewError
from core.rules import kinds, opt_outs, tiers
from core.rules.choices import DECISIONS, FIELDS
from core.storage.tables import JOURNALLED
from core.storage.triggers import table_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.exports.book_file import Line

_NUMBERS: Final = (-(2**63), 2**63 - 1)
_MOST_DAYS: Final = 100_000
_TOGETHER: Final = frozenset({"interaction", "participant"})


class Column(NamedTuple):
    """A column: its type, what stands for nothing, and the table it refers to or ""."""

    name: str
    kind: type
    empty: object
    refers: str


def _column(column: Any) -> Column:  # noqa: ANN401 — SQLAlchemy's own
    kind = int if isinstance(column.type, Integer) else str
    refers = next((key.column.table.name for key in column.foreign_keys), "")
    return Column(column.name, kind, None if column.nullable else kind(), refers)


COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    table_name(table): tuple(map(_column, table.__table__.columns))  # type: ignore[attr-defined]
    for table in JOURNALLED
}
"""Every table whose rows a file may hold, parents before children."""
_ORDER: Final = {name: place for place, name in enumerate(COLUMNS)}


class Check:
    """Looks at the rows of one file in their order.

    Args:
        rows: how many of each table the first line of the file promises.
    """

    def __init__(self, rows: Mapping[str, int]) -> None:
        self._rows = rows
        self._seen = dict.fromkeys(COLUMNS, 0)
        self._table = next(iter(COLUMNS))
        self._homes: dict[int, int] = {}

    def row(self, line: Line) -> dict[str, Any]:
        """The whole row: every column by name, nothing where the file has nothing.

        Raises:
            VitalfewError: it cannot be a row of this book; names the line.
        """
        columns = COLUMNS.get(line.table)
        if columns is None:
            raise _broken(line, "is of a table that this vitalfew does not know")
        given = line.row
        row = {column.name: given.get(column.name, column.empty) for column in columns}
        if len(row) < len(given | row):
            raise _broken(line, "has a field that this vitalfew does not know")
        for column in columns:
            self._value(line, column, row[column.name])
        self._place(line, row)
        if (sense := _SENSE.get(line.table)) and not sense(row):
            raise _broken(line, f"is no {line.table.replace('_', ' ')} that makes sense")
        return row

    def finish(self) -> None:
        """Look whether all rows came.

        Raises:
            VitalfewError: some did not.
        """
        if any(count != self._rows.get(table, 0) for table, count in self._seen.items()):
            raise VitalfewError("the file does not hold the rows it promises; nothing was changed")

    def _value(self, line: Line, column: Column, value: object) -> None:
        if value is None and column.empty is None:
            return
        if type(value) is not column.kind:
            raise _broken(line, f"has the wrong type of value in {column.name}")
        if isinstance(value, int):
            least, most = (1, self._rows.get(column.refers, 0)) if column.refers else _NUMBERS
            if not least <= value <= most:
                raise _broken(line, f"has a number in {column.name} that stands for nothing")

    def _place(self, line: Line, row: Mapping[str, Any]) -> None:
        table = line.table
        again = table in _TOGETHER and self._table in _TOGETHER
        if _ORDER[table] < _ORDER[self._table] and not again:
            raise _broken(line, "does not stand in its place")
        self._table = table
        self._seen[table] += 1
        if row["id"] != self._seen[table]:
            raise _broken(line, "does not have the number it should have")
        if table == "participant" and row["interaction_id"] != self._seen["interaction"]:
            raise _broken(line, "does not stand behind its interaction")
        orders = self._rows.get("standing", 0) + self._rows.get("choice", 0)
        if table in {"standing", "choice"} and not 1 <= row["set_by"] <= orders:
            raise _broken(line, "does not stand in an order")
        if table == "card":
            self._homes[row["id"]] = row["person_id"]
            if len(self._homes) == self._rows.get("card", 0):
                self._check_homes(line)

    def _check_homes(self, line: Line) -> None:
        """A person is a card that is its own home."""
        if any(self._homes[home] != home for home in self._homes.values()):
            raise _broken(line, "ends the entries, one of which belongs to no person")
        self._homes.clear()


def _broken(line: Line, why: str) -> VitalfewError:
    return VitalfewError(f"line {line.number:,} {why}; nothing was changed")


def _is_day(text: str) -> bool:
    """Whether it is an ISO day or nothing."""
    if not text:
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_json(text: str, kind: type) -> bool:
    try:
        return isinstance(json.loads(text), kind)
    except (ValueError, RecursionError):
        return False


def _is_address(text: str) -> bool:
    return not text or _is_json(text, dict)


def _run(row: Mapping[str, Any]) -> bool:
    return _is_json(row["files"], list) and _is_json(row["refused"], list)


def _fact(row: Mapping[str, Any]) -> bool:
    return (
        bool(row["kind"])
        and row["origin"] in {"source", "user"}
        and _is_day(row["since"])
        and _is_day(row["until"])
        and (row["kind"] != kinds.ADDRESS or _is_address(row["detail"]))
    )


def _standing(row: Mapping[str, Any]) -> bool:
    value = row["value"]
    sound = {
        "tier": value in {tiers.UNSORTED, *tiers.TIERS},
        "cadence": not value
        or (value.isascii() and value.isdecimal() and int(value[:9]) <= _MOST_DAYS),
        "wait": _is_day(value),
        "reading": value in {"", "1"},
    }
    return (
        _is_day(row["day"]) and row["origin"] in {"user", "auto"} and sound.get(row["field"], True)
    )


def _choice(row: Mapping[str, Any]) -> bool:
    if row["field"] in DECISIONS:
        decision = {**row, "day": "", "origin": "user"}
        return row["of_id"] is None and row["place"] == 0 and _standing(decision)
    return row["field"] in FIELDS and row["of_id"] is not None and row["place"] >= 0


def _interaction(row: Mapping[str, Any]) -> bool:
    known = row["direction"] in {"in", "out", "both", "none"}
    return known and bool(row["day"]) and _is_day(row["day"])


def _promise(row: Mapping[str, Any]) -> bool:
    settled = row["kept"] == "dropped" or _is_day(row["kept"])
    return row["owed_by"] in {"me", "them"} and _is_day(row["due"]) and settled


def _opt_out(row: Mapping[str, Any]) -> bool:
    known = row["rule"] in opt_outs.RULES and row["channel"] in opt_outs.CHANNELS
    return known and _is_day(row["day"])


def _suggestion(row: Mapping[str, Any]) -> bool:
    return bool(row["day"]) and _is_day(row["day"]) and _is_day(row["since"])


_SENSE: Final[dict[str, Callable[[Mapping[str, Any]], bool]]] = {
    "run": _run,
    "card": lambda row: bool(row["uid"]),
    "fact": _fact,
    "standing": _standing,
    "choice": _choice,
    "interaction": _interaction,
    "promise": _promise,
    "answer": lambda row: bool(row["a_id"] < row["b_id"]),
    "opt_out": _opt_out,
    "suggestion": _suggestion,
}
