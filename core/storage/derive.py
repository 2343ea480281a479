"""Derived rows: one row a person for the lists, and the text that finds them.

They follow from the base tables. After each command, undo or redo the persons touched are found
from that command's own journal rows and made anew in the same transaction, so no use case needs
code of its own for them. `rebuild` makes them all.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from core.queries import choices, home
from core.rules import evidence, opt_outs, partial_dates, standings, zones
from core.rules.projection import Fact, project
from core.rules.standings import Standing
from core.storage import candidates, dues, families, holders, neighbours, rhythms
from core.storage.derived_tables import PersonRow
from core.storage.rhythms import Talks
from core.storage.tables import JOURNALLED, Identity, Participant
from core.storage.triggers import columns, table_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from sqlmodel import SQLModel

    from core.rules.choices import Choice
    from core.rules.opt_outs import OptedOut
    from core.rules.projection import Shown
    from core.settings import Settings
    from core.storage.driver import Connection

CHUNK: Final = 2_000

_TOUCHED: Final = {
    "card": "SELECT person_id FROM card WHERE id BETWEEN :first AND :last",
    **holders.TOUCHED,
    "answer": families.TOUCHED,
    **{
        name: f"""SELECT person_id FROM card WHERE id IN
        (SELECT card_id FROM {name} WHERE id BETWEEN :first AND :last)"""  # noqa: S608 — table names
        for name in ("fact", "standing", "choice", "promise", "opt_out")
    },
}
_FROM_IMAGES: Final = """INSERT OR IGNORE INTO temp.touched
    SELECT card.person_id FROM change JOIN card ON card.id = json_extract(change.before, :place)
    WHERE change.command_id = :command AND change.table_name = :name AND change.act <> 'I'"""
# Who took part by an address, or an address itself, that was changed or is no more.
_FROM_ADDRESSES: Final = {
    "participant": """INSERT OR IGNORE INTO temp.touched
        SELECT card.person_id FROM change
        JOIN identity ON identity.id = json_extract(change.before, :identity)
        JOIN fact ON fact.kind = identity.kind AND fact.norm = identity.norm
        JOIN card ON card.id = fact.card_id
        WHERE change.command_id = :command AND table_name = 'participant' AND act <> 'I'""",
    "identity": """INSERT OR IGNORE INTO temp.touched
        SELECT card.person_id FROM change
        JOIN fact ON fact.kind = json_extract(change.before, :kind)
          AND fact.norm = json_extract(change.before, :norm)
        JOIN card ON card.id = fact.card_id
        WHERE change.command_id = :command AND table_name = 'identity' AND act <> 'I'""",
}
_FROM_CARDS: Final = """INSERT OR IGNORE INTO temp.touched
    SELECT json_extract(before, :place) FROM change
    WHERE command_id = :command AND table_name = 'card' AND act <> 'I'"""


def _place(table: type[SQLModel], column: str) -> str:
    """Where an image of a row holds a column."""
    return f"$[{columns(table).index(column)}]"


_PLACES: Final = {
    table_name(table): _place(table, name)
    for table in JOURNALLED
    for name in ("card_id", "person_id")
    if name in columns(table)
}
"""Where an image of a row names the card, or the person, that it concerns."""
_ADDRESS_PLACES: Final = {
    "identity": _place(Participant, "identity_id"),
    "kind": _place(Identity, "kind"),
    "norm": _place(Identity, "norm"),
}

_FACTS: Final = """SELECT card.person_id, fact.id, fact.card_id, fact.kind, fact.value, fact.norm,
    fact.label, fact.part, fact.detail, fact.preferred, fact.origin, fact.replaces_id, fact.since,
    fact.until, coalesce(card.run_id, 0)
    FROM temp.touched AS t CROSS JOIN card ON card.person_id = t.id
    CROSS JOIN fact ON fact.card_id = card.id WHERE t.id BETWEEN :first AND :last"""

_CARDS: Final = """SELECT card.person_id, count(*),
    coalesce(group_concat(DISTINCT source.kind), ''), sum(card.gone_run_id IS NULL) = 0
    FROM temp.touched AS t CROSS JOIN card ON card.person_id = t.id
    LEFT JOIN source ON source.id = card.source_id
    WHERE t.id BETWEEN :first AND :last GROUP BY card.person_id"""

_STANDINGS: Final = """SELECT card.person_id, s.field, s.value, s.why, s.origin, s.day, s.set_by
    FROM temp.touched AS t CROSS JOIN card ON card.person_id = t.id
    CROSS JOIN standing AS s ON s.card_id = card.id
    WHERE t.id BETWEEN :first AND :last ORDER BY s.set_by, s.id"""

_OPT_OUTS: Final = """SELECT card.person_id, o.channel, o.rule
    FROM temp.touched AS t CROSS JOIN card ON card.person_id = t.id
    CROSS JOIN opt_out AS o ON o.card_id = card.id
    WHERE t.id BETWEEN :first AND :last ORDER BY o.day, o.id"""


class Entries(NamedTuple):
    """How many cards a person has, from where, and whether all are gone there."""

    cards: int
    sources: str
    gone: int


def start(connection: Connection) -> None:
    """Forget what was touched; before the first `note`."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched(id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM temp.touched")
    candidates.start(connection)


def note(connection: Connection, command_id: int) -> None:
    """Add the persons and entries that the command's journal rows concern, as the rows are now."""
    candidates.note(connection, command_id)
    changed = connection.execute(
        'SELECT table_name, "first", "last" FROM change WHERE command_id = ?', (command_id,)
    ).fetchall()
    for name, first, last in changed:
        if query := _TOUCHED.get(name):
            connection.execute(
                f"INSERT OR IGNORE INTO temp.touched {query}",
                {"first": first, "last": last},
            )
    names = {name for name, _, _ in changed}
    for name in sorted(names & _PLACES.keys()):
        query = _FROM_CARDS if name == "card" else _FROM_IMAGES
        connection.execute(query, {"command": command_id, "name": name, "place": _PLACES[name]})
        if more := _FROM_ADDRESSES.get(name):
            connection.execute(more, {"command": command_id, **_ADDRESS_PLACES})
    if "answer" in names:
        connection.execute(families.FROM_IMAGES, {"command": command_id, **families.PLACES})
    if "setting" in names:
        neighbours.note(connection, command_id)
    holders.note(connection)
    families.note(connection)


def refresh(
    connection: Connection,
    settings: Settings,
    today: date,
    progress: Callable[[int], None] = lambda _done: None,
) -> int:
    """Make the rows of the touched persons anew, and mark the touched entries.

    Args:
        connection: the writing connection, after `start` and `note`.
        settings: cadences and weights.
        today: for evidence that ages.
        progress: called with 0 between chunks; may raise to cancel.

    Returns:
        How many persons were touched.
    """
    ids = [row[0] for row in connection.execute("SELECT id FROM temp.touched ORDER BY id")]
    holders.refresh(connection)
    city = home.city(connection)
    connection.execute("DELETE FROM person_row WHERE id IN (SELECT id FROM temp.touched)")
    names = columns(PersonRow)
    # The search index writes itself out at the end of each statement that touches it: rows that
    # go in together cost a quarter of rows that go in one by one.
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS fresh AS SELECT * FROM person_row WHERE 0")
    insert = f"INSERT INTO temp.fresh VALUES ({', '.join('?' * len(names))})"  # noqa: S608
    for place in range(0, len(ids), CHUNK):
        progress(0)
        chunk = ids[place : place + CHUNK]
        connection.executemany(insert, _rows(connection, chunk, settings, today, city))
        connection.execute("INSERT INTO person_row SELECT * FROM temp.fresh")
        connection.execute("DELETE FROM temp.fresh")
    families.refresh(connection, settings.weights, today, city)
    candidates.refresh(connection)
    return len(ids)


def rebuild(connection: Connection, settings: Settings, today: date) -> int:
    """Make every person's row anew, and have all entries compared again.

    Returns:
        How many persons there are.
    """
    start(connection)
    connection.execute("DELETE FROM person_row")
    connection.execute("INSERT INTO temp.touched SELECT DISTINCT person_id FROM card")
    candidates.rebuild(connection)
    holders.rebuild(connection)
    return refresh(connection, settings, today)


def _rows(
    connection: Connection, people: Sequence[int], settings: Settings, today: date, city: str
) -> Iterator[tuple[object, ...]]:
    span = {"first": people[0], "last": people[-1]}
    facts: dict[int, list[Fact]] = defaultdict(list)
    for person, *rest in connection.execute(_FACTS, span):
        facts[person].append(Fact(*rest))
    decided: dict[int, list[Standing]] = defaultdict(list)
    for person, *rest in connection.execute(_STANDINGS, span):
        decided[person].append(Standing(*rest))
    said: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for person, channel, rule in connection.execute(_OPT_OUTS, span):
        said[person].append((channel, rule))
    talks = rhythms.of(connection, people)
    entries = {person: Entries(*rest) for person, *rest in connection.execute(_CARDS, span)}
    merged = [person for person, held in entries.items() if held.cards > 1]
    chosen = choices.of(connection, merged) if merged else {}
    for person, held in entries.items():
        had = talks.get(person, Talks())
        asked = opt_outs.strictest(said.get(person, ()))
        mine = chosen.get(person, ())
        known = (held, had, facts[person], standings.shown(decided[person], mine), mine, asked)
        yield _row(person, known, settings, today, city)


def _row(
    person: int,
    known: tuple[Entries, Talks, Sequence[Fact], dict[str, Standing], tuple[Choice, ...], OptedOut],
    settings: Settings,
    today: date,
    city: str,
) -> tuple[object, ...]:
    entries, talks, facts, decided, chosen, asked = known
    shown = project(facts, chosen)
    nothing = Standing()
    tier = decided.get("tier", nothing)
    wait = decided.get("wait", nothing)
    rhythm = dues.rhythm(person, decided, talks.last, talks.unanswered, settings.cadence)
    born = partial_dates.parse(shown.birthday) if shown.birthday else None
    values = {
        "id": person,
        "name": shown.name,
        "sort_key": shown.sort_key,
        "tier": tier.value,
        "tier_origin": tier.origin,
        "org": shown.org,
        "title": shown.title,
        "city": shown.city,
        "email": shown.email,
        "phone": shown.phone,
        "sources": entries.sources,
        "labels": shown.labels,
        "cards": entries.cards,
        "channels": shown.channels,
        "talks": talks.total,
        "talks_in": talks.incoming,
        "talks_out": talks.outgoing,
        "last_in": talks.last_in,
        "last_out": talks.last_out,
        "talked": talks.last,
        "talked_before": talks.before,
        "cadence": rhythm.cadence,
        "due": rhythm.due,
        "wait": wait.value,
        "wait_why": wait.why,
        "birthday": shown.birthday,
        "birth_md": f"{born.month:02}-{born.day:02}" if born and born.month and born.day else "",
        "connected": shown.connected,
        "news": shown.news,
        "news_day": shown.news_day,
        "score": 0,
        "gone": entries.gone,
        "search": shown.search,
        "never": ",".join(asked.never),
        "prefers": asked.prefers,
        "money": shown.money,
        "gap": talks.gap,
        "quiet_on": talks.quiet_on,
        "usual": talks.usual,
        "hours": talks.hours,
        "zone": _zone(shown),
        "unanswered": talks.unanswered,
        "wrote_on": talks.wrote_on,
        "reading": int(bool(decided.get("reading", nothing).value)),
        "followers": shown.followers,
        "family_tier": "",  # families.refresh tells it
    }
    values["score"] = evidence.score(evidence.Evidence.of(values), settings.weights, today, city)
    return tuple(values[name] for name in _NAMES)


def _zone(shown: Shown) -> str:
    """Where somebody is: the zone that their entry names, else that of their city or number."""
    if zones.is_zone(shown.zone):
        return shown.zone
    return zones.zone_of(shown.phones, shown.city, shown.country)


_NAMES: Final = columns(PersonRow)
