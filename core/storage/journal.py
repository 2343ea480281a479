"""The journal: what each command changed, so that any command can be taken back and done again.

Updates and deletes are logged as row images by triggers. Inserts need none: ids are never reused,
so what a command inserted is, for each table, the range of ids that its transaction added.
Undo writes the images back and keeps what it overwrites for redo.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from core.storage.tables import JOURNALLED
from core.storage.triggers import columns, image, table_name

if TYPE_CHECKING:
    from core.storage.driver import Connection

TABLES: Final = {table_name(table): table for table in JOURNALLED}

_POINTER: Final = ("card", "person_id")
_HOME: Final = f"$[{columns(TABLES['card']).index('person_id')}]"
"""Where the image of a card names the person; a card is a home if that is itself."""
_LIVE: Final = "SELECT id FROM command WHERE undone = 0 AND id > :command"


class Entry(NamedTuple):
    """One command of the journal, as much as undo needs to know."""

    id: int
    name: str
    label: str
    origin: str
    sitting: str
    people: int


def sequences(connection: Connection) -> dict[str, int]:
    """The highest id each journalled table ever gave."""
    rows = connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
    return {name: seq for name, seq in rows if name in TABLES}


def begin(connection: Connection, name: str, origin: str, sitting: str, at: str) -> int:
    """Write a command into the journal; until `tell` its label is its name.

    Returns:
        The command's number.
    """
    cursor = connection.execute(
        "INSERT INTO command(name, label, origin, sitting, at, people, undone, head) "
        "VALUES (?, ?, ?, ?, ?, 0, 0, 0)",
        (name, name, origin, sitting, at),
    )
    return int(cursor.lastrowid or 0)


def tell(connection: Connection, command_id: int, label: str, people: int, origin: str) -> None:
    """Write what a command came to."""
    connection.execute(
        "UPDATE command SET label = ?, people = ?, origin = ? WHERE id = ?",
        (label, people, origin, command_id),
    )


def open_gate(connection: Connection, command_id: int, mode: str) -> None:
    """Let writes through: mode ``log`` for a command, ``replay`` for undo and redo.

    A replay puts rows back in any order, so references are looked at when it commits.
    """
    if mode == "replay":
        connection.execute("PRAGMA defer_foreign_keys=on")
    connection.execute("UPDATE gate SET command_id = ?, mode = ?", (command_id, mode))


def close_gate(connection: Connection) -> None:
    """Refuse writes again; the last act before a commit."""
    connection.execute("UPDATE gate SET command_id = 0, mode = 'closed'")


def note_inserts(connection: Connection, command_id: int, before: dict[str, int]) -> None:
    """Log what the command inserted, as one range of ids a table."""
    for name, reached in sequences(connection).items():
        known = before.get(name, 0)
        if reached == known:
            continue
        # What happened to these rows since is in their final state already.
        connection.execute(
            'DELETE FROM change WHERE command_id = ? AND table_name = ? AND "first" > ?',
            (command_id, name, known),
        )
        # An upsert that finds its row, and an insert ignored, use up an id all the same.
        first, last = connection.execute(
            f'SELECT min(id), max(id) FROM "{name}" WHERE id > ?',  # noqa: S608 — our own names
            (known,),
        ).fetchone()
        if first is not None:
            connection.execute(
                'INSERT INTO change(command_id, table_name, act, "first", "last", before) '
                "VALUES (?, ?, 'I', ?, ?, '')",
                (command_id, name, first, last),
            )


def count(connection: Connection, command_id: int) -> int:
    """How many changes the command logged."""
    row = connection.execute("SELECT count(*) FROM change WHERE command_id = ?", (command_id,))
    return int(row.fetchone()[0])


def newest_live(connection: Connection) -> Entry | None:
    """The newest command of a person that is not undone."""
    row = connection.execute(
        "SELECT id, name, label, origin, sitting, people FROM command WHERE undone = 0 "
        "AND origin <> 'system' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Entry(*row) if row else None


def entry(connection: Connection, command_id: int) -> Entry | None:
    """One command that is not undone, by id."""
    row = connection.execute(
        "SELECT id, name, label, origin, sitting, people FROM command WHERE id = ? AND undone = 0",
        (command_id,),
    ).fetchone()
    return Entry(*row) if row else None


def redoable(connection: Connection) -> list[Entry]:
    """What the last undo took back, oldest first; empty if something new was done since."""
    rows = connection.execute(
        "SELECT id, name, label, origin, sitting, people FROM command WHERE undone > 0 "
        "AND head = (SELECT max(id) FROM command) "
        "AND undone = (SELECT max(undone) FROM command) ORDER BY id"
    ).fetchall()
    return [Entry(*row) for row in rows]


def next_undo(connection: Connection) -> int:
    """The number of the next undo; what is taken back together shares one."""
    return int(connection.execute("SELECT max(undone) + 1 FROM command").fetchone()[0])


def dependents(connection: Connection, command_id: int) -> list[Entry]:
    """Later live commands that touched the command's rows, or rows that refer to them.

    Newest first, closed over: what depends on a dependent is in the list too.
    """
    found: dict[int, Entry] = {}
    pending = [command_id]
    while pending:
        for later in _directly_after(connection, pending.pop()):
            if later not in found and (known := entry(connection, later)):
                found[later] = known
                pending.append(later)
    return [found[key] for key in sorted(found, reverse=True)]


def _directly_after(connection: Connection, command_id: int) -> set[int]:
    names = {"command": command_id}
    if connection.execute(f"{_LIVE} LIMIT 1", names).fetchone() is None:
        return set()
    same_row = connection.execute(
        f"""SELECT DISTINCT later.command_id FROM change AS mine JOIN change AS later
            ON later.table_name = mine.table_name
            AND later."first" <= mine."last" AND later."last" >= mine."first"
            WHERE mine.command_id = :command AND later.command_id IN ({_LIVE})""",  # noqa: S608
        names,
    ).fetchall()
    found = {int(row[0]) for row in same_row}
    made = connection.execute(
        "SELECT DISTINCT table_name FROM change WHERE command_id = ? AND act = 'I'", (command_id,)
    ).fetchall()
    for child, column, parent in _references():
        if (child, column) == _POINTER:
            found |= _pointing_home(connection, command_id) | _leaving_home(connection, command_id)
        elif (parent,) not in made:
            continue
        rows = connection.execute(
            f"""SELECT DISTINCT later.command_id FROM change AS later
                CROSS JOIN "{child}" AS child ON child.id BETWEEN later."first" AND later."last"
                CROSS JOIN change AS mine ON child."{column}" BETWEEN mine."first" AND mine."last"
                WHERE later.command_id IN ({_LIVE}) AND later.table_name = '{child}'
                AND later.act <> 'D' AND mine.command_id = :command
                AND mine.table_name = '{parent}' AND mine.act = 'I'""",  # noqa: S608 — our own names
            names,
        ).fetchall()
        found |= {int(row[0]) for row in rows}
        found |= _referred_for_a_while(connection, command_id, child, column, parent)
    return found | _about_the_moved(connection, command_id)


def _about_the_moved(connection: Connection, command_id: int) -> set[int]:
    """Later commands that said something of a card which this one gave to another person."""
    moved = connection.execute(
        f"""SELECT mine."first" FROM change AS mine JOIN card ON card.id = mine."first"
            WHERE mine.command_id = :command AND mine.table_name = 'card' AND mine.act = 'U'
            AND json_extract(mine.before, '{_HOME}') <> card.person_id""",  # noqa: S608 — our own names
        {"command": command_id},
    ).fetchall()
    if not moved:
        return set()
    found: set[int] = set()
    names = {"command": command_id, "moved": json.dumps([row[0] for row in moved])}
    for child, column, parent in _references():
        if parent != "card" or child == "card":
            continue
        place = columns(TABLES[child]).index(column)
        rows = connection.execute(
            f"""WITH moved AS MATERIALIZED (SELECT value AS id FROM json_each(:moved))
                SELECT DISTINCT later.command_id FROM change AS later
                CROSS JOIN "{child}" AS child ON child.id BETWEEN later."first" AND later."last"
                WHERE later.command_id IN ({_LIVE}) AND later.table_name = '{child}'
                AND later.act <> 'D' AND child."{column}" IN (SELECT id FROM moved)
                UNION SELECT later.command_id FROM change AS later
                WHERE later.command_id IN ({_LIVE}) AND later.table_name = '{child}'
                AND later.act = 'D'
                AND json_extract(later.before, '$[{place}]') IN (SELECT id FROM moved)""",  # noqa: S608
            names,
        ).fetchall()
        found |= {int(row[0]) for row in rows}
    return found


def _pointing_home(connection: Connection, command_id: int) -> set[int]:
    """Later commands that point a card at one which has been a home since this command only."""
    rows = connection.execute(
        f"""SELECT DISTINCT later.command_id FROM change AS later
            CROSS JOIN card ON card.id BETWEEN later."first" AND later."last"
            CROSS JOIN change AS mine ON mine.table_name = 'card' AND mine."first" = card.person_id
            WHERE later.command_id IN ({_LIVE}) AND later.table_name = 'card'
            AND later.act <> 'D' AND card.id <> card.person_id
            AND mine.command_id = :command AND mine.act = 'U'
            AND json_extract(mine.before, '{_HOME}') <> mine."first" """,  # noqa: S608 — our own names
        {"command": command_id},
    ).fetchall()
    return {int(row[0]) for row in rows}


def _leaving_home(connection: Connection, command_id: int) -> set[int]:
    """Later commands since which a card is no home that this one took another card away from."""
    rows = connection.execute(
        f"""SELECT DISTINCT later.command_id FROM change AS mine
            CROSS JOIN change AS later ON later.table_name = 'card'
              AND later."first" = json_extract(mine.before, '{_HOME}')
            WHERE mine.command_id = :command AND mine.table_name = 'card' AND mine.act = 'U'
            AND json_extract(mine.before, '{_HOME}') <> mine."first"
            AND later.act = 'U' AND later.command_id IN ({_LIVE})
            AND json_extract(later.before, '{_HOME}') = later."first"
            AND coalesce(
              (SELECT json_extract(next.before, '{_HOME}') FROM change AS next
               WHERE next.table_name = 'card' AND next."first" = later."first"
               AND next.id > later.id AND next.act = 'U' AND next.command_id IN ({_LIVE})
               ORDER BY next.id LIMIT 1),
              (SELECT person_id FROM card WHERE id = later."first")) <> later."first" """,  # noqa: S608
        {"command": command_id},
    ).fetchall()
    return {int(row[0]) for row in rows}


def _referred_for_a_while(
    connection: Connection, command_id: int, child: str, column: str, parent: str
) -> set[int]:
    """Later commands that made a row refer to one of this command's, which is no longer so.

    The row was changed again or deleted; where it referred to is in the image which that kept.
    """
    place = columns(TABLES[child]).index(column)
    home = f"act = 'U' AND json_extract(before, '{_HOME}') <> \"first\""
    mine = f"(act = 'I' OR {home})" if (child, column) == _POINTER else "act = 'I'"
    rows = connection.execute(
        f"""WITH kept AS (
              SELECT later.command_id, later."first" AS row, later.act,
                json_extract(later.before, '$[{place}]') AS was,
                row_number() OVER turns AS turn,
                lead(json_extract(later.before, '$[{place}]')) OVER turns AS became
              FROM change AS later WHERE later.command_id IN ({_LIVE})
              AND later.table_name = '{child}' AND later.act <> 'I'
              WINDOW turns AS (PARTITION BY later."first" ORDER BY later.id)),
            mine AS (SELECT "first", "last" FROM change WHERE command_id = :command
              AND table_name = '{parent}' AND {mine})
            SELECT kept.command_id FROM kept
            JOIN mine ON kept.became BETWEEN mine."first" AND mine."last"
            WHERE kept.act = 'U' AND kept.was IS NOT kept.became
            UNION SELECT maker.command_id FROM kept
            JOIN mine ON kept.was BETWEEN mine."first" AND mine."last"
            JOIN change AS maker ON maker.table_name = '{child}' AND maker.act = 'I'
              AND kept.row BETWEEN maker."first" AND maker."last"
            WHERE kept.turn = 1 AND maker.command_id IN ({_LIVE})""",  # noqa: S608 — our own names
        {"command": command_id},
    ).fetchall()
    return {int(row[0]) for row in rows}


def _references() -> list[tuple[str, str, str]]:
    return [
        (name, key.parent.name, key.column.table.name)
        for name, table in TABLES.items()
        for key in table.__table__.foreign_keys  # type: ignore[attr-defined]
    ]


def take_back(connection: Connection, command_id: int, number: int) -> None:
    """Put every row back as it was before the command, keeping what is overwritten.

    The gate must be open for replay and foreign keys deferred. `number` is from `next_undo`.
    """
    for change_id, name, act, first, last, before in _changes(connection, command_id, "DESC"):
        table = TABLES[name]
        if act != "D":
            connection.execute(
                "INSERT INTO image(change_id, row_id, row) "  # noqa: S608 — our own names
                f'SELECT ?, id, {image(table, "t")} FROM "{name}" AS t WHERE id BETWEEN ? AND ?',
                (change_id, first, last),
            )
        if act == "I":
            connection.execute(f'DELETE FROM "{name}" WHERE id BETWEEN ? AND ?', (first, last))  # noqa: S608
        elif act == "U":
            _write(connection, name, before)
        else:
            _insert(connection, name, "SELECT ? AS row", (before,))
    connection.execute(
        "UPDATE command SET undone = ?, head = (SELECT max(id) FROM command) WHERE id = ?",
        (number, command_id),
    )


def do_again(connection: Connection, command_id: int) -> None:
    """Put every row back as the command had left it; the reverse of `take_back`."""
    for change_id, name, act, first, last, _before in _changes(connection, command_id, "ASC"):
        if act == "I":
            _insert(
                connection,
                name,
                "SELECT row FROM image WHERE change_id = ? ORDER BY row_id",
                (change_id,),
            )
        elif act == "U":
            kept = connection.execute(
                "SELECT row FROM image WHERE change_id = ?", (change_id,)
            ).fetchone()
            _write(connection, name, kept[0])
        else:
            connection.execute(f'DELETE FROM "{name}" WHERE id BETWEEN ? AND ?', (first, last))  # noqa: S608
    connection.execute(
        "DELETE FROM image WHERE change_id IN (SELECT id FROM change WHERE command_id = ?)",
        (command_id,),
    )
    connection.execute("UPDATE command SET undone = 0, head = 0 WHERE id = ?", (command_id,))


def forget_redo(connection: Connection) -> None:
    """Drop the images of undone commands: redo ends at the next new command."""
    connection.execute(
        "DELETE FROM image WHERE change_id IN (SELECT change.id FROM change "
        "JOIN command ON command.id = change.command_id WHERE command.undone > 0)"
    )


def _changes(
    connection: Connection, command_id: int, order: str
) -> list[tuple[int, str, str, int, int, str]]:
    rows = connection.execute(
        'SELECT id, table_name, act, "first", "last", before FROM change '  # noqa: S608 — ASC, DESC
        f"WHERE command_id = ? ORDER BY id {order}",
        (command_id,),
    ).fetchall()
    return [tuple(row) for row in rows]


def _extracted(name: str) -> tuple[str, str]:
    names = columns(TABLES[name])
    quoted = ", ".join(f'"{column}"' for column in names)
    values = ", ".join(f"json_extract(row, '$[{place}]')" for place in range(len(names)))
    return quoted, values


def _insert(connection: Connection, name: str, images: str, values: tuple[object, ...]) -> None:
    quoted, extracted = _extracted(name)
    connection.execute(f'INSERT INTO "{name}"({quoted}) SELECT {extracted} FROM ({images})', values)  # noqa: S608


def _write(connection: Connection, name: str, row: str) -> None:
    quoted, extracted = _extracted(name)
    connection.execute(
        f'UPDATE "{name}" SET ({quoted}) = (SELECT {extracted} FROM (SELECT ? AS row)) '  # noqa: S608
        "WHERE id = json_extract(?, '$[0]')",
        (row, row),
    )
