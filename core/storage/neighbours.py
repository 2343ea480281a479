"""Whom a change of the user's own city concerns: those who live in the old one or the new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.queries import home
from core.rules.evidence import is_near
from core.storage.tables import Setting
from core.storage.triggers import columns

if TYPE_CHECKING:
    from core.storage.driver import Connection

_BEFORE: Final = f"""SELECT json_extract(before, '$[{columns(Setting).index("value")}]') FROM change
    WHERE command_id = :command AND table_name = 'setting' AND act <> 'I'
    AND json_extract(before, '$[{columns(Setting).index("key")}]') = :key"""  # noqa: S608 — our own names
_WROTE: Final = """SELECT EXISTS (SELECT 1 FROM change JOIN setting
    ON setting.id BETWEEN change."first" AND change."last"
    WHERE command_id = :command AND table_name = 'setting' AND setting.key = :key)"""


def note(connection: Connection, command_id: int) -> None:
    """Add them to the touched persons, as the rows are now, if the command changed the city."""
    names = {"command": command_id, "key": home.CITY}
    cities = {row[0] for row in connection.execute(_BEFORE, names)}
    if connection.execute(_WROTE, names).fetchone()[0]:
        cities.add(home.city(connection))
    if not any(cities):
        return
    living = connection.execute("SELECT id, city FROM person_row WHERE city <> ''").fetchall()
    near = ((person,) for person, city in living if any(is_near(city, one) for one in cities))
    connection.executemany("INSERT OR IGNORE INTO temp.touched VALUES (?)", near)
