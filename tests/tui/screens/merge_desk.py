"""What the tests of merging share: a book of people who look alike, and a way to the screen."""

from __future__ import annotations

from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING, NamedTuple

from core.bus import Bus
from core.commands.edit_person import EditPerson
from core.commands.set_tier import SetTier
from core.queries import people
from core.rules.typed import Edit
from tests.book import at, entry, fresh, raw, rows, store
from tests.support import SMALL, read, settle
from tui.screens.merge import MergeScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp
    from tui.screens.merge_draft import Draft
    from tui.screens.merge_item import Item

    Make = Callable[..., VitalfewApp]

CERTAIN, LIKELY, UNSURE = 3, 2, 1
"""Lanes as candidates have them."""
MAIL = "same e-mail address, on 2 entries only"


class Card(NamedTuple):
    """An entry: its source, its day, a name and (kind, value) pairs."""

    source: str
    day: str
    name: str
    facts: tuple[tuple[str, str], ...] = ()


SMITHS = (
    Card(
        "linkedin",
        "2024-03-02",
        "Bob Smith",
        (
            *(("org", "Acme"), ("title", "Analyst"), ("birthday", "1981-06-04")),
            *(("email", "bob@post.example"), ("email", "r.smith@acme.example")),
        ),
    ),
    Card(
        "google",
        "2026-11-03",
        "Robert Smith",
        (
            *(("org", "Globex"), ("title", "Head of Operations"), ("birthday", "1980-05-03")),
            *(
                ("email", "bob@post.example"),
                ("phone", "+41 79 111 22 33"),
                ("note", "met in Bern"),
            ),
        ),
    ),
)
"""A pair that differs in name, work and birthday; `pairs` files them in A and C."""
GROUP = (
    Card("outlook", "2023-02-01", "Adah Wong", (("phone", "+41 79 555 66 77"), ("org", "Umbra"))),
    Card("vcard", "2025-02-01", "A. Wong", (("phone", "+41 79 555 66 77"), ("org", "Stark"))),
    Card("linkedin", "2026-09-01", "Ada M. Wong", (("email", "ada@post.example"),)),
    Card("google", "2026-10-01", "Ada Wong", (("email", "ada@post.example"), ("org", "Wayne"))),
)
EQUALS = tuple(
    Card(source, day, "Chen Wei", (("email", "wei@post.example"),))
    for source, day in (("google", "2026-08-01"), ("linkedin", "2026-07-01"))
)
COUPLE = tuple(
    Card("vcard", "2026-01-01", name, (("phone", "+41 44 222 33 44"),))
    for name in ("Ines Keller", "Ivo Keller")
)


def make(path: Path, *groups: tuple[Card, ...]) -> list[tuple[int, ...]]:
    """Make a book of these; the ids of each group."""
    fresh(path).close()
    made: list[tuple[int, ...]] = []
    for group in groups:
        ids: list[int] = []
        for number, card in enumerate(group):
            bus = again(path, card.day)
            given = entry(card.name, *card.facts, key=f"{len(made)}-{number}")
            kind = {"kind": card.source, "account": "", "title": card.source}
            store(bus, given, exported=card.day, **kind)
            bus.close()
            ids += [rows(path, "SELECT max(id) FROM card")[0][0]]
        made.append(tuple(ids))
    return made


def again(path: Path, day: str) -> Bus:
    """The writing side of a book, on another day."""
    return Bus(path, clock=at(day), sitting="tests")


def alike(  # noqa: PLR0913 — a pair is that much
    path: Path,
    pair: tuple[int, ...],
    lane: int,
    *,
    odds: int = 4_000,
    why: tuple[str, ...] = (MAIL,),
    against: tuple[str, ...] = (),
) -> None:
    """Have two entries be compared already, with this result."""
    chance = round(10_000 / (1 + 2 ** (-odds / 1_000)))
    with closing(raw(path)) as connection:
        connection.execute("DELETE FROM unmatched")
        connection.execute(
            "INSERT INTO candidate(low_id, high_id, odds, chance, lane, tie, why, against) "
            "VALUES (?, ?, ?, ?, ?, 0, ?, ?)",
            (
                min(pair),
                max(pair),
                odds,
                chance,
                lane,
                "\n".join(why),
                "\n".join(against),
            ),
        )


def all_alike(path: Path, ids: tuple[int, ...], lane: int) -> None:
    """Have all entries of a group be alike."""
    for place, low in enumerate(ids):
        for high in ids[place + 1 :]:
            alike(path, (low, high), lane)


def sample(path: Path) -> list[tuple[int, ...]]:
    """A certain pair without a conflict, a likely pair of four, a group of four, a couple."""
    made = make(path, SMITHS, GROUP, EQUALS, COUPLE)
    smiths, group, equals, couple = made
    one, two = smiths
    bus = again(path, "2026-11-20")
    bus.run(SetTier((one,), "A"))
    bus.run(SetTier((two,), "C"))
    bus.close()
    reasons = (MAIL, "given name 'Bob' is short for 'Robert'")
    alike(path, smiths, LIKELY, odds=6_000, why=reasons, against=("different employer",))
    all_alike(path, group, LIKELY)
    alike(path, equals, CERTAIN, odds=14_000)
    other = ("other given name",)
    alike(path, couple, UNSURE, odds=500, why=("same phone number",), against=other)
    return made


def ask(path: Path) -> int:
    """A book with a question: a birthday that its source and the user changed; whose it is."""
    card = Card("google", "2026-03-01", "Ada Wong", (("birthday", "1985-05-03"),))
    ((person,),) = make(path, (card,))
    ((fact,),) = rows(path, "SELECT id FROM fact WHERE kind = 'birthday'")
    bus = again(path, "2026-06-01")
    bus.run(EditPerson(person, (Edit(fact, "birthday", "1985-05-04"),)))
    given = entry("Ada Wong", ("birthday", "1985-03-05"), card=person, key="0-0")
    bus.close()
    bus = again(path, "2026-11-20")
    store(bus, given, exported="2026-11-20", kind="google", account="", title="google")
    bus.close()
    with closing(raw(path)) as connection:
        connection.execute("DELETE FROM unmatched")
    return int(person)


def screen(app: VitalfewApp) -> MergeScreen:
    found = next(one for one in app.screen_stack if isinstance(one, MergeScreen))
    assert isinstance(found, MergeScreen)
    return found


def current(app: VitalfewApp) -> Item:
    item = screen(app).sitting.current
    assert item is not None
    return item


def draft(app: VitalfewApp) -> Draft:
    found = screen(app).draft
    assert found is not None
    return found


def field(app: VitalfewApp) -> str:
    """The field that the cursor stands on."""
    row = screen(app).row
    return row.field if row else ""


def names(path: Path) -> set[str]:
    return {line.name for line in read(path, people.everybody)}


def homes(path: Path) -> dict[int, int]:
    """Card to person."""
    return dict(rows(path, "SELECT id, person_id FROM card"))


def answers(path: Path) -> set[tuple[int, int, str]]:
    return set(rows(path, "SELECT a_id, b_id, verdict FROM answer"))


def merges(path: Path) -> list[str]:
    """The newest steps that hold, oldest first."""
    return [row[0] for row in rows(path, "SELECT name FROM command WHERE undone = 0 ORDER BY id")]


@asynccontextmanager
async def merging(
    app: VitalfewApp, size: tuple[int, int] = SMALL, *, notifications: bool = False
) -> AsyncIterator[Pilot[None]]:
    """The program in a window of this size, on the merge screen, all read."""
    async with app.run_test(size=size, notifications=notifications) as pilot:
        await settle(pilot)
        yield pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Many keys in one breath."""
    for key in keys:
        pilot.app.simulate_key(key)
    await settle(pilot)
