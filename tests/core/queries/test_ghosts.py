from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.commands.know_ghost import AddGhosts, KnowGhost, LeaveGhost
from core.commands.store_talks import Part
from core.queries import ghosts
from tests.book import fresh, people, person_row, rows, sql
from tests.said import message, store
from tests.support import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.bus import Bus
    from core.queries.ghosts import Ghost

ADA, BEN, NORA = "ada@x.example", "ben@x.example", "nora@me.example"


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    with closing(fresh(tmp_path / "people.db")) as made:
        yield made


def both_ways(bus: Bus, *addresses: str) -> None:
    """A word from each of these and one back."""
    store(
        bus,
        (
            message(2 * place + back, f"word {place}", one, out=bool(back))
            for place, one in enumerate(addresses)
            for back in (0, 1)
        ),
    )


def named(bus: Bus, name: str, account: str = "me") -> None:
    """The same by a display name in one conversation."""
    scope = f"whatsapp {account}\x1fboat"
    part = Part("name", name.casefold(), scope, name, "from")
    there, back = message(1, "ahoy"), message(2, "aye", out=True)
    back_part = part._replace(role="to")
    store(bus, (there._replace(parts=(part,)), back._replace(parts=(back_part,))), account)


def me(bus: Bus, key: str, *marks: tuple[str, str]) -> None:
    """Have the book know who the user is."""
    value = json.dumps([list(mark) for mark in marks])
    bus.run(sql("INSERT INTO setting(key, value) VALUES (?, ?)", key, value))


def found(bus: Bus) -> list[Ghost]:
    listed = read(bus.path, ghosts.ghosts)
    assert len(listed) == read(bus.path, ghosts.ghost_count)
    return listed


def test_an_address_of_the_users_own_is_nobody_to_add(bus: Bus) -> None:
    both_ways(bus, ADA, NORA)
    assert {one.value for one in found(bus)} == {ADA, NORA}
    me(bus, "me", ("email", NORA))
    assert [one.value for one in found(bus)] == [ADA]


def test_a_name_of_the_user_is_theirs_only_in_the_format_that_writes_it(bus: Bus) -> None:
    named(bus, "Nora")
    me(bus, "me telegram", ("name", "nora"))
    assert [one.name for one in found(bus)] == ["Nora"]
    me(bus, "me whatsapp", ("name", "nora"))
    assert found(bus) == []


def test_a_name_of_a_source_without_an_account_is_known_too(bus: Bus) -> None:
    part = Part("name", "nora", "whatsapp\x1fboat", "Nora", "from")
    there, back = message(1, "ahoy"), message(2, "aye", out=True)
    parts = (part,), (part._replace(role="to"),)
    store(bus, (there._replace(parts=parts[0]), back._replace(parts=parts[1])), "")
    me(bus, "me whatsapp", ("name", "nora"))
    assert found(bus) == []


def test_the_newest_talk_tells_its_way_and_how_it_began(bus: Bus) -> None:
    store(
        bus,
        (
            message(9, "so long\nand thanks", ADA),
            message(3, "hello", ADA, out=True),
            message(1, "hi", ADA, channel="mail"),
        ),
    )
    (ghost,) = found(bus)
    assert (ghost.way, ghost.line) == ("in", "so long and thanks")
    assert rows(bus.path, "SELECT text FROM interaction WHERE id = ?", ghost.talk) == [
        ("so long\nand thanks",)
    ]
    assert ghost.channels == "whatsapp,mail"


def test_several_become_people_in_one_step(bus: Bus) -> None:
    both_ways(bus, ADA, BEN)
    done = bus.run(AddGhosts(tuple(one.identities for one in found(bus))))
    assert done.label == "added 2 people"
    assert {person_row(bus.path, one)["email"] for one in done.people} == {ADA, BEN}
    assert found(bus) == []
    bus.undo()
    assert len(found(bus)) == 2


def test_what_is_said_of_several_names_the_first_and_counts_the_others(bus: Bus) -> None:
    (person,) = people(bus, "Ada Wong")
    both_ways(bus, ADA, BEN, "cy@x.example")
    every = tuple(one for ghost in found(bus) for one in ghost.identities)
    assert bus.run(LeaveGhost(every)).label == "Ada and 2 more stay out of the book"
    bus.undo()
    assert bus.run(KnowGhost(every[:2], person)).label == "Ada and 1 more are Ada Wong"
    assert bus.run(LeaveGhost(every[2:])).label == "Cy stays out of the book"
