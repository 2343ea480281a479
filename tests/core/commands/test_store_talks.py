from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from core.commands.know_ghost import AddGhost, KnowGhost, LeaveGhost
from core.commands.set_tier import SetTier
from core.commands.store_run import Stored
from core.commands.store_talks import CHUNK, NewTalk, Part, StoreTalks, TalkTally
from core.errors import CancelledError, NotFoundError
from core.queries import ghosts, talks
from core.storage import holders
from tests.book import (
    CLOCK,
    base,
    derived,
    entry,
    fresh,
    merge,
    people,
    person_row,
    raw,
    rows,
    store,
)
from tests.support import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from core.bus import Bus

TODAY = CLOCK.today()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    bus = fresh(tmp_path / "people.db")
    yield bus
    bus.close()


def mailed(address: str, role: str = "from", name: str = "") -> Part:
    return Part("email", address, "", name, role)


def called(name: str, thread: str = "t", role: str = "from") -> Part:
    return Part("name", name.lower(), f"chat\x1f{thread}", name, role)


def talk(number: int, *parts: Part, text: str = "hello", **more: Any) -> NewTalk:  # noqa: ANN401 — fields of `NewTalk`
    fields: dict[str, Any] = {
        "key": str(number),
        "kind": "mail",
        "at": f"2026-03-{1 + number % 28:02}T10:00:00Z",
        "day": f"2026-03-{1 + number % 28:02}",
        "zone": "",
        "direction": "in",
        "channel": "mail",
        "thread": "t",
        "subject": "",
        "text": text,
        "seconds": 0,
        "parts": parts or (mailed("ada@x.example"),),
        **more,
    }
    return NewTalk(**fields)


def storing(found: Sequence[NewTalk], **more: Any) -> StoreTalks:  # noqa: ANN401 — fields of `StoreTalks`
    fields: dict[str, Any] = {"kind": "mail", "account": "", "title": "Mail", "files": ("a",)}
    return StoreTalks(**fields | more, exported="", talks=found, tally=TalkTally())


def bring(bus: Bus, *found: NewTalk, **more: Any) -> Stored:  # noqa: ANN401 — fields of `StoreTalks`
    result = bus.run(storing(found, **more)).result
    assert isinstance(result, Stored)
    return result


def said(bus: Bus, words: str) -> list[int]:
    return [hit.id for hit in read(bus.path, lambda view: talks.search(view, words, TODAY))]


def talked(bus: Bus, person: int) -> tuple[int, int, int]:
    row = person_row(bus.path, person)
    return row["talks"], row["talks_in"], row["talks_out"]


def index_is_sound(path: Path) -> bool:
    """Ask the index itself, and hold it against one that is made anew."""
    with closing(raw(path)) as connection:
        connection.execute("INSERT INTO talk_search(talk_search) VALUES ('integrity-check')")
        connection.execute("CREATE VIRTUAL TABLE temp.held USING fts5vocab(main, talk_search, row)")
        held = connection.execute("SELECT term, doc FROM temp.held").fetchall()
        connection.execute("BEGIN")
        holders.rebuild(connection)
        anew = connection.execute("SELECT term, doc FROM temp.held").fetchall()
        connection.execute("ROLLBACK")
    return bool(held == anew)


def test_whoever_holds_the_address_has_talked(bus: Bus) -> None:
    store(bus, entry("Ada", ("email", "ada@x.example")), entry("Ben"))
    ada, ben = people_ids(bus)
    bring(bus, talk(1), talk(2, mailed("ada@x.example", "to"), direction="out"))
    assert talked(bus, ada) == (2, 1, 1)
    assert talked(bus, ben) == (0, 0, 0)
    assert person_row(bus.path, ada)["talked"] == "2026-03-03"


def people_ids(bus: Bus) -> list[int]:
    return [row[0] for row in rows(bus.path, "SELECT id FROM person_row ORDER BY id")]


def test_whoever_comes_into_the_book_later_has_talked_too(bus: Bus) -> None:
    bring(bus, talk(1))
    store(bus, entry("Ada", ("email", "ada@x.example")))
    assert talked(bus, 1) == (1, 1, 0)


def test_another_recipient_was_there_and_did_not_talk(bus: Bus) -> None:
    store(bus, entry("Ada", ("email", "ada@x.example")), entry("Ben", ("email", "ben@x.example")))
    bring(bus, talk(1, mailed("ada@x.example"), mailed("ben@x.example", "there")))
    assert [talked(bus, person)[0] for person in people_ids(bus)] == [1, 0]


def test_a_name_joins_the_only_one_who_bears_it(bus: Bus) -> None:
    (anna,) = people(bus, "Anna Meier")
    bring(bus, talk(1, called("Anna Meier")))
    assert talked(bus, anna)[0] == 1


def test_a_name_that_two_bear_joins_nobody_by_itself(bus: Bus) -> None:
    anna, other = people(bus, "Anna Meier", "Anna Meier")
    bring(bus, talk(1, called("Anna Meier")))
    assert talked(bus, anna)[0] == talked(bus, other)[0] == 0
    bus.run(merge(anna, other))
    assert talked(bus, anna)[0] == 1
    bus.undo(sure=True)
    assert talked(bus, anna)[0] == talked(bus, other)[0] == 0


def test_a_second_bearer_of_a_name_takes_its_talks_from_the_first(bus: Bus) -> None:
    bring(bus, talk(1, called("Anna Meier")))
    (anna,) = people(bus, "Anna Meier")
    assert talked(bus, anna)[0] == 1
    store(bus, entry("Anna Meier", ("phone", "+41 79 000 00 00")), kind="other")
    assert talked(bus, anna)[0] == 0
    bus.undo(sure=True)
    assert talked(bus, anna)[0] == 1


def test_the_user_says_who_bears_a_name(bus: Bus) -> None:
    anna, other = people(bus, "Anna Meier", "Anna Meier")
    bring(bus, talk(1, called("Anna Meier")), talk(2, called("Anna Meier", role="to")))
    ((one,),) = rows(bus.path, "SELECT id FROM identity")
    bus.run(KnowGhost((one,), other))
    assert (talked(bus, anna)[0], talked(bus, other)[0]) == (0, 2)
    bus.undo()
    assert (talked(bus, anna)[0], talked(bus, other)[0]) == (0, 0)


def test_ghosts_are_those_with_talks_both_ways_whom_nobody_holds(bus: Bus) -> None:
    people(bus, "Eve Stone")
    eve = (called("Eve", "t"), called("Eve", "u", "to"))
    bring(
        bus,
        *(talk(number, mailed("ada@x.example", name="Ada Wong")) for number in range(3)),
        talk(4, mailed("ada@x.example", "to"), direction="out", channel="other"),
        talk(5, mailed("shop@x.example")),
        talk(6, eve[0]),
        talk(7, eve[1], direction="out"),
    )
    found = read(bus.path, ghosts.ghosts)
    assert [(one.name, one.value, one.talks, one.ins, one.outs) for one in found] == [
        ("Ada Wong", "ada@x.example", 4, 3, 1),
        ("Eve", "eve", 2, 1, 1),
    ]
    assert found[0].last == "2026-03-05"
    assert set(found[0].channels.split(",")) == {"mail", "other"}
    assert len(found[1].identities) == 2
    assert read(bus.path, ghosts.ghost_count) == 2


def test_one_key_makes_a_person_of_a_ghost(bus: Bus) -> None:
    bring(
        bus,
        talk(1, mailed("ada@x.example", name="Ada Wong")),
        talk(2, mailed("ada@x.example", "to")),
    )
    (ghost,) = read(bus.path, ghosts.ghosts)
    done = bus.run(AddGhost(ghost.identities))
    row = person_row(bus.path, done.people[0])
    assert (row["name"], row["email"], row["talks"]) == ("Ada Wong", "ada@x.example", 2)
    assert read(bus.path, ghosts.ghosts) == []
    bus.undo()
    assert read(bus.path, ghosts.ghosts) == [ghost]


def test_a_ghost_of_a_name_others_bear_becomes_a_person_with_its_own_talks(bus: Bus) -> None:
    people(bus, "Anna Meier", "Anna Meier")
    bring(bus, talk(1, called("Anna Meier")), talk(2, called("Anna Meier", role="to")))
    (ghost,) = read(bus.path, ghosts.ghosts)
    assert [name for _, name in ghost.perhaps] == ["Anna Meier", "Anna Meier"]
    done = bus.run(AddGhost(ghost.identities))
    assert talked(bus, done.people[0])[0] == 2


def test_a_ghost_that_is_left_is_not_offered_again(bus: Bus) -> None:
    bring(bus, talk(1, mailed("ada@x.example")), talk(2, mailed("ada@x.example", "to")))
    (ghost,) = read(bus.path, ghosts.ghosts)
    bus.run(LeaveGhost(ghost.identities))
    assert read(bus.path, ghosts.ghost_count) == 0
    bus.undo()
    assert read(bus.path, ghosts.ghost_count) == 1


@pytest.mark.parametrize("command", [AddGhost((7,)), LeaveGhost((7,)), AddGhost(())])
def test_a_ghost_that_does_not_exist_is_told(bus: Bus, command: AddGhost) -> None:
    with pytest.raises(NotFoundError):
        bus.run(command)


def test_a_talk_is_stored_once_whichever_chunk_or_run_it_comes_in(bus: Bus) -> None:
    many = [talk(number % (CHUNK + 3)) for number in range(CHUNK + 20)]
    stored = bring(bus, *many)
    assert (stored.talks, stored.unchanged) == (CHUNK + 3, 17)
    again = bring(bus, *many[:50])
    assert (again.talks, again.unchanged) == (0, 50)
    assert bring(bus, talk(1), account="another").talks == 1


def test_an_import_that_brings_nothing_is_no_step_of_the_users(bus: Bus) -> None:
    bring(bus, talk(1))
    bring(bus, talk(1))
    bus.undo(sure=True)
    assert rows(bus.path, "SELECT count(*) FROM interaction") == [(0,)]


def test_an_address_gets_the_name_that_comes_with_it_first(bus: Bus) -> None:
    bring(bus, talk(1), *(talk(n, mailed("ada@x.example", name=f"Ada {n}")) for n in (2, 3)))
    bring(bus, talk(4, mailed("ben@x.example")))
    bring(bus, talk(5, mailed("ben@x.example", name="Ben")))
    assert rows(bus.path, "SELECT shown FROM identity ORDER BY id") == [("Ada 2",), ("Ben",)]


def test_an_import_is_taken_back_and_done_again_with_its_index(bus: Bus) -> None:
    store(bus, entry("Ada", ("email", "ada@x.example")))
    before, rows_before = base(bus.path), derived(bus.path)
    bring(bus, *(talk(n, text=f"Grüße {n}") for n in range(40)), talk(50, subject="Straße"))
    assert len(said(bus, "gruesse")) == 40
    after = base(bus.path)
    bus.undo(sure=True)
    assert base(bus.path) == before
    assert derived(bus.path) == rows_before
    assert said(bus, "gruesse") == []
    assert index_is_sound(bus.path)
    bus.redo()
    assert base(bus.path) == after
    assert len(said(bus, "grusse")) == 40
    assert len(said(bus, "strasse")) == 1
    assert index_is_sound(bus.path)


def test_talks_that_get_their_words_later_are_found_by_them(bus: Bus) -> None:
    bring(bus, talk(1, text=""))
    assert said(bus, "slides") == []
    stored = bring(bus, talk(1, text="the slides"), fill=True)
    assert (stored.talks, stored.changed) == (0, 1)
    assert len(said(bus, "slides")) == 1
    assert bus.undo(sure=True).label.endswith("more words of 1 talk")
    assert said(bus, "slides") == []
    assert index_is_sound(bus.path)


def test_a_cancelled_import_leaves_nothing(bus: Bus) -> None:
    def cancel(_done: int) -> None:
        raise CancelledError("stopped")

    before = base(bus.path)
    with pytest.raises(CancelledError):
        bus.run(storing([talk(n) for n in range(9)]), progress=cancel)
    assert base(bus.path) == before
    assert said(bus, "hello") == []


def test_search_is_right_after_merge_unmerge_and_undo(bus: Bus) -> None:
    store(bus, entry("Ada", ("email", "ada@x.example")), entry("Augusta", ("email", "a@y.example")))
    ada, augusta = people_ids(bus)
    bus.run(SetTier((ada,), "A"))
    bring(bus, talk(1, text="slides"), talk(2, mailed("a@y.example"), text="slides too"))
    assert len(said(bus, "with:ada slides")) == 1
    assert len(said(bus, "tier:a slides")) == 1
    bus.run(merge(ada, augusta))
    assert len(said(bus, "with:ada slides")) == 2
    assert len(said(bus, "tier:a slides")) == 2
    bus.undo(sure=True)
    assert len(said(bus, "with:ada slides")) == 1
    assert len(said(bus, "with:augusta slides")) == 1


def test_settings_are_kept_with_the_talks(bus: Bus) -> None:
    bring(bus, talk(1), settings=(("me mail", "[]"),))
    assert rows(bus.path, "SELECT key, value FROM setting") == [("me mail", "[]")]
    bus.undo(sure=True)
    assert rows(bus.path, "SELECT key, value FROM setting") == []
