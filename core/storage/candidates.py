"""Which entries wait to be compared: derived rows, like all that follows from comparing.

A pair of entries follows from what the two say, and from nothing else. So only what changes that
marks an entry: merging, answers, tiers and talks do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.matching.version import VERSION
from core.rules import kinds
from core.storage.tables import Card, Fact
from core.storage.triggers import columns

if TYPE_CHECKING:
    from core.storage.driver import Connection

MATCHED: Final = frozenset(
    {kinds.NAME, kinds.PREFIX, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.SUFFIX}
    | {kinds.NICKNAME, kinds.EMAIL, kinds.PHONE, kinds.HANDLE}
    | {kinds.ORG, kinds.TITLE, kinds.ADDRESS, kinds.BIRTHDAY}
)
"""The kinds of fact that two entries are compared by."""

_OURS: Final = f'{{"version":{VERSION},*'
_KINDS: Final = ", ".join(f"'{kind}'" for kind in sorted(MATCHED))
_FACT: Final = columns(Fact).index
_CARD: Final = columns(Card).index
_CARDS: Final = """INSERT OR IGNORE INTO temp.to_compare
    SELECT change."first" FROM change JOIN card ON card.id = change."first"
    WHERE change.command_id = :command AND change.table_name = 'card' AND change.act = 'U'
      AND json_extract(change.before, :source) IS NOT card.source_id
    UNION SELECT change."first" FROM change
    WHERE change.command_id = :command AND change.table_name = 'card' AND change.act = 'D'"""
_INSERTED: Final = """INSERT OR IGNORE INTO temp.to_compare
    SELECT id FROM card WHERE id BETWEEN :first AND :last"""
_FACTS: Final = f"""INSERT OR IGNORE INTO temp.to_compare
    SELECT card_id FROM fact WHERE id BETWEEN :first AND :last AND kind IN ({_KINDS})"""  # noqa: S608 — our own words
_IMAGES: Final = f"""INSERT OR IGNORE INTO temp.to_compare
    SELECT json_extract(before, :card) FROM change
    WHERE command_id = :command AND table_name = 'fact' AND act <> 'I'
      AND json_extract(before, :kind) IN ({_KINDS})"""  # noqa: S608 — our own words
_TOUCHED: Final = "(SELECT id FROM temp.to_compare)"


def start(connection: Connection) -> None:
    """Forget which entries were touched; before the first `note`."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS to_compare(id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM temp.to_compare")


def note(connection: Connection, command_id: int) -> None:
    """Add the entries whose own words the command's journal rows changed, as the rows are now."""
    connection.execute(_CARDS, {"command": command_id, "source": f"$[{_CARD('source_id')}]"})
    for table, act, first, last in connection.execute(
        """SELECT table_name, act, "first", "last" FROM change
        WHERE command_id = ? AND table_name IN ('card', 'fact')""",
        (command_id,),
    ).fetchall():
        if table == "fact":
            connection.execute(_FACTS, {"first": first, "last": last})
        elif act == "I":
            connection.execute(_INSERTED, {"first": first, "last": last})
    places = {"card": f"$[{_FACT('card_id')}]", "kind": f"$[{_FACT('kind')}]"}
    connection.execute(_IMAGES, {"command": command_id, **places})


def refresh(connection: Connection) -> None:
    """Drop the pairs of the touched entries, and mark those that are there to be compared anew."""
    for side in ("low_id", "high_id"):
        connection.execute(f"DELETE FROM candidate WHERE {side} IN {_TOUCHED}")  # noqa: S608
    connection.execute(f"DELETE FROM unmatched WHERE card_id IN {_TOUCHED}")  # noqa: S608
    connection.execute(
        f"INSERT INTO unmatched(card_id) SELECT id FROM card WHERE id IN {_TOUCHED}"  # noqa: S608
    )


def rebuild(connection: Connection) -> None:
    """Drop all pairs and mark every entry; what was learned stays, for it is checked when read."""
    connection.execute("DELETE FROM candidate")
    connection.execute("DELETE FROM unmatched")
    connection.execute("INSERT INTO unmatched(card_id) SELECT id FROM card ORDER BY id")


class Row(NamedTuple):
    """One row of `candidate`, but for its id; see there."""

    low_id: int
    high_id: int
    odds: int
    chance: int
    lane: int
    tie: int
    why: str = ""
    against: str = ""


class Learned(NamedTuple):
    """What was learned last; `id` counts what was written, so that two runs notice each other."""

    id: int = 0
    size: int = 0
    made: str = ""
    model: str = ""


class Waiting(NamedTuple):
    """The entries that wait to be compared.

    Attributes:
        newest: the newest mark there ever was; a newer one was set after this was read.
        cards: ids of the entries.
        linked: ids of entries of which a pair speaks for one person.
    """

    newest: int
    cards: list[int]
    linked: set[int]


def count_cards(view: Connection) -> int:
    """How many entries there are."""
    return int(view.execute("SELECT count(*) FROM card").fetchone()[0])


def count_waiting(view: Connection) -> int:
    """How many entries wait to be compared: all, if what was learned is of another version."""
    old = view.execute("SELECT 1 FROM learned WHERE model NOT GLOB ?", (_OURS,)).fetchone()
    if old:
        return count_cards(view)
    return int(view.execute("SELECT count(*) FROM unmatched").fetchone()[0])


def waiting(view: Connection) -> Waiting:
    """Which entries wait to be compared."""
    newest = view.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'unmatched'")
    cards = view.execute("SELECT card_id FROM unmatched ORDER BY card_id").fetchall()
    linked = view.execute(f"SELECT id FROM ({_LINKED})").fetchall()  # noqa: S608 — our own words
    return Waiting(newest.fetchone()[0] or 0, [row[0] for row in cards], {row[0] for row in linked})


def learned(view: Connection) -> Learned:
    """What was learned last; an empty one before the first time."""
    row = view.execute("SELECT id, size, made, model FROM learned").fetchone()
    return Learned(*row) if row else Learned()


class Found(NamedTuple):
    """What a run found.

    Attributes:
        cards: ids of all entries there were.
        newest: as in `Waiting`.
        before: the `Learned.id` that was there.
        rows: the pairs to keep.
        model: what was learned, if all pairs were made anew.
    """

    cards: list[int]
    newest: int
    before: int
    rows: list[Row]
    model: Learned | None


def write(connection: Connection, found: Found) -> bool:
    """Keep what a run found, leaving out entries that are gone or were marked again meanwhile.

    Args:
        connection: inside a writing transaction.
        found: what to keep.

    Returns:
        Whether it was kept; not if another run wrote since this one read.
    """
    then = learned(connection)
    if then.id != found.before:
        return False
    again = connection.execute("SELECT card_id FROM unmatched WHERE id > ?", (found.newest,))
    there = {row[0] for row in connection.execute("SELECT id FROM card")}
    void = set(found.cards) - there | {row[0] for row in again}
    rows = found.rows
    if void:
        rows = [row for row in rows if row.low_id not in void and row.high_id not in void]
    if found.model is not None:
        connection.execute("DELETE FROM candidate")
    connection.executemany(_KEEP, rows)
    connection.execute(f"DELETE FROM candidate WHERE {_IDLE}")  # noqa: S608 — our own words
    connection.execute("DELETE FROM unmatched WHERE id <= ?", (found.newest,))
    _, *kept = found.model or then
    connection.execute("DELETE FROM learned")
    connection.execute("INSERT INTO learned VALUES (?, ?, ?, ?)", (found.before + 1, *kept))
    return True


_KEEP: Final = f"""INSERT INTO candidate({", ".join(Row._fields)})
    VALUES ({", ".join("?" * len(Row._fields))}) ON CONFLICT DO NOTHING"""  # noqa: S608 — our own names
_LINKED: Final = """SELECT low_id AS id FROM candidate WHERE odds > 0
    UNION SELECT high_id FROM candidate WHERE odds > 0"""
# What only speaks against counts while both might be somebody else.
_IDLE: Final = f"""lane = 0 AND odds <= 0
    AND (low_id NOT IN ({_LINKED}) OR high_id NOT IN ({_LINKED}))"""
