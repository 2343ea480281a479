"""Bring a whole book back from its JSON lines, into an empty book or among other people."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.commands.store_run import Stored
from core.errors import BookError, VitalfewError
from core.storage import book_rows, bulk
from core.storage.book_check import COLUMNS, Check
from core.storage.driver import dbapi
from core.work import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from core.exports.book_file import Header, Line
    from core.work import Work

CHUNK: Final = 1_000
_BIG: Final = 10_000  # bytes of a photo that weigh as much as a row
_HOME: Final = "person_id"


@dataclass(frozen=True, slots=True)
class StoreBook:
    """One book's file, as one step.

    An entry that is here already stays as it is; of the log comes what is not here yet.

    Attributes:
        title: of the file, for people.
        header: what its first line says.
        lines: its rows, read while they are written; may raise at a broken one.
    """

    title: str
    header: Header
    lines: Iterable[Line]
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write everything in chunks.

        Raises:
            CancelledError: the user gave up; nothing is kept.
            VitalfewError: the file is broken or contradicts itself; nothing is kept.
        """
        taking = _Taking(work, self.header)
        check = Check(self.header.rows)
        try:
            for line in self.lines:
                if line.table == "blob":
                    taking.blob(line.row["sha256"], line.row["data"])
                else:
                    taking.row(line.table, check.row(line))
            check.finish()
            taking.finish()
        except dbapi.IntegrityError as error:
            raise VitalfewError(
                f"the file contradicts itself ({error}); nothing was changed"
            ) from None
        except UnicodeEncodeError:
            raise VitalfewError(
                "the file holds text that cannot be stored; nothing was changed"
            ) from None
        new, known, talks = taking.new["card"], taking.known["card"], taking.new["interaction"]
        stored = Stored(0, new + known, new, 0, known, 0, put_away=taking.put_away, news=0)
        talked = f", {talks:,} {'talk' if talks == 1 else 'talks'}" if talks else ""
        return Outcome(f"imported {self.title}: {new:,} new{talked}", (), new, stored)


@dataclass(slots=True)
class _Waiting:
    """An interaction that may be here already, which depends on who took part."""

    row: dict[str, Any]
    alike: Sequence[int]
    parts: list[dict[str, Any]] = field(default_factory=list)


class _Taking:
    """Gives the rows of a file their ids here, and writes those that are new."""

    def __init__(self, work: Work, header: Header) -> None:
        self.work = work
        self.raw = work.raw
        self.had = {table: book_rows.last(work.raw, table) for table in COLUMNS}
        self.first = {table: bulk.next_id(work.raw, table) for table in COLUMNS}
        self.next = dict(self.first)
        self.ids = {table: array("q") for table in COLUMNS}
        """By the number in the file less one: the id here, or 0 for what did not come."""
        self.rows: dict[str, list[dict[str, Any]]] = {table: [] for table in COLUMNS}
        self.later: list[tuple[str, str, int, int]] = []
        """What refers to a row that comes later: table, column, id here, number in the file."""
        self.new = dict.fromkeys(COLUMNS, 0)
        self.known = dict.fromkeys(COLUMNS, 0)
        orders = header.rows.get("standing", 0) + header.rows.get("choice", 0)
        self.before = book_rows.first_decision(work.raw) - orders - 1
        self.parted: set[tuple[str, int]] = set()
        """Choices of which a card is here already, which is another person's maybe: void."""
        self.talk: _Waiting | None = None
        self.blobs: list[tuple[str, bytes]] = []
        self.waiting = 0
        self.put_away = 0

    def row(self, table: str, row: dict[str, Any]) -> None:
        """Take one row that was checked."""
        if table != "participant":
            self._settle()
        later = self._refer(table, row)
        taken = _TAKE[table](self, table, row)
        self.later += [(table, name, taken, place) for name, place in later if taken]

    def blob(self, sha256: str, data: bytes) -> None:
        """Take a raw record or a photo."""
        self.blobs.append((sha256, data))
        self.waiting += 1 + len(data) // _BIG
        if self.waiting >= CHUNK:
            self._flush()

    def finish(self) -> None:
        """Write what waits, and look whether all of it is there."""
        self._settle()
        self._flush()
        for table, name, mine, place in self.later:
            there = self.ids[table][place - 1]
            book_rows.refer(
                self.raw, table, name, mine, self._home(there) if name == _HOME else there
            )
        for choice in self.parted:
            self.new["choice"] -= book_rows.drop_choice(self.raw, self.first["choice"], *choice)
        if self.new["card"]:
            work, first = self.work, self.first["card"]
            self.put_away = bulk.put_away_again(work.raw, first, work.day, work.command_id)
            self.new["standing"] += self.put_away
        for table, count in self.new.items():
            if bulk.count_from(self.raw, table, self.first[table]) != count:
                raise BookError("what was written does not read back; nothing was changed")

    def _refer(self, table: str, row: dict[str, Any]) -> list[tuple[str, int]]:
        """Put ids of this book for the numbers of the file.

        Returns:
            Columns that refer to a row of the same table that is not known yet, and its number.
        """
        later: list[tuple[str, int]] = []
        for column in COLUMNS[table]:
            place = row[column.name] if column.refers else None
            if place is None or (table == "participant" and column.refers == "interaction"):
                continue
            ids = self.ids[column.refers]
            if place <= len(ids):
                row[column.name] = ids[place - 1] or None
            elif column.refers == table and place == len(ids) + 1:  # to itself
                row[column.name] = self.next[table]
            elif column.refers == table:
                row[column.name] = None
                later.append((column.name, place))
            else:
                raise VitalfewError("the file lacks rows that others refer to; nothing was changed")
        return later

    def _home(self, card: int) -> int:
        """The person that a card is of, which another book may have merged into somebody."""
        return card if card >= self.first["card"] else book_rows.person_of(self.raw, card)

    def _add(self, table: str, row: dict[str, Any]) -> int:
        row["id"] = self.next[table]
        self.next[table] += 1
        self.new[table] += 1
        self.ids[table].append(row["id"])
        self.rows[table].append(row)
        self.waiting += 1
        if self.waiting >= CHUNK:
            self._flush()
        return int(row["id"])

    def _pass(self, table: str, here: int = 0) -> int:
        self.known[table] += 1
        self.ids[table].append(here)
        return 0

    def shared(self, table: str, row: dict[str, Any]) -> int:
        """What many refer to: it may be here already."""
        here = book_rows.like(self.raw, table, row, self.had[table])
        return self._pass(table, here) if here else self._add(table, row)

    def card(self, table: str, row: dict[str, Any]) -> int:
        if here := book_rows.like(self.raw, table, row, self.had[table]):
            return self._pass(table, here)
        home = row[_HOME]
        row[_HOME] = self.next[table] if home is None else self._home(home)
        return self._add(table, row)

    def of_card(self, table: str, row: dict[str, Any]) -> int:
        """What an entry holds comes with it; one that is here stays as it is."""
        if "set_by" in row:
            row["set_by"] += self.before
        if row["card_id"] < self.first["card"]:
            if table == "choice":
                self.parted.add((row["field"], row["set_by"]))
            return self._pass(table)
        return self._add(table, row)

    def answer(self, table: str, row: dict[str, Any]) -> int:
        row["a_id"], row["b_id"] = sorted((row["a_id"], row["b_id"]))
        return self.of_card(table, row | {"card_id": row["b_id"]})

    def interaction(self, _table: str, row: dict[str, Any]) -> int:
        alike = book_rows.talks_like(self.raw, row, self.had["interaction"])
        self.talk = _Waiting(row, alike)
        return 0

    def participant(self, _table: str, row: dict[str, Any]) -> int:
        assert self.talk is not None  # noqa: S101 — the check lets none stand alone
        self.talk.parts.append(row)
        return 0

    def _settle(self) -> None:
        """Take the last interaction, unless it is here already with the same people."""
        talk, self.talk = self.talk, None
        if talk is None:
            return
        took_part = {(part["card_id"], part["identity_id"], part["role"]) for part in talk.parts}
        for here in talk.alike:
            if talk.row["source_key"] or book_rows.who_took_part(self.raw, here) == took_part:
                self._pass("interaction", here)
                return
        talk.row["id"] = self._add("interaction", talk.row)
        for part in talk.parts:
            part["interaction_id"] = talk.row["id"]
            self._add("participant", part)

    def _flush(self) -> None:
        for table, rows in self.rows.items():  # parents before children
            if rows:
                book_rows.add(self.raw, table, rows)
                rows.clear()
        bulk.keep_blobs(self.raw, self.blobs)
        self.blobs.clear()
        self.work.progress(self.waiting)
        self.waiting = 0


_TAKE: Final[dict[str, Callable[[_Taking, str, dict[str, Any]], int]]] = {
    **dict.fromkeys(("setting", "source", "run", "identity"), _Taking.shared),
    **dict.fromkeys(
        ("fact", "standing", "choice", "promise", "opt_out", "suggestion"), _Taking.of_card
    ),
    "card": _Taking.card,
    "answer": _Taking.answer,
    "interaction": _Taking.interaction,
    "participant": _Taking.participant,
}
"""How a row of each table is taken; it tells the id that a new row got, else 0."""
