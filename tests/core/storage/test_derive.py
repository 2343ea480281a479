"""Derived rows follow from the base tables, whatever was done."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.commands.answer import AnswerPeople
from core.commands.edit_person import EditPerson
from core.commands.log_talk import DIRECTIONS, KINDS, LogTalks, Talk
from core.commands.opt_out import SetOptOut
from core.commands.set_home import SetHome
from core.commands.set_reading import SetReading
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from core.commands.store_talks import NewTalk, Part, StoreTalks, TalkTally
from core.errors import NotFoundError, UsageError
from core.queries.people import containing
from core.rules.typed import Edit
from core.settings import Settings
from core.storage import connect, derive
from tests.book import (
    CLOCK,
    Sql,
    base,
    derived,
    entry,
    fresh,
    is_empty,
    mailed,
    merge,
    named,
    people,
    person_row,
    raw,
    row,
    rows,
    sql,
    store,
    user_fact,
)

if TYPE_CHECKING:
    from core.bus import Bus

NAMES = (
    "Ada Wong",
    "Jörg Müller",
    "Çelik",
    "Jose\u0301 Peña",
    "Łukasz",
    "王小明",
    "[/]",
    "x" * 900,
    "",
)
FACTS = (
    ("email", "ada@example.com"),
    ("email", "INFO@example.com"),
    ("phone", "+41 79 123 45 67"),
    ("org", "Initech"),
    ("org", "Globex"),
    ("label", "family"),
    ("birthday", "1980-02-29"),
    ("url", "https://www.linkedin.com/in/ada"),
)
TODAY = CLOCK.today()


def rebuilt(path: Path) -> list[tuple[object, ...]]:
    """The rows as they are when they are all made anew, in a copy."""
    copy = path.with_suffix(".copy")
    shutil.copy(path, copy)
    for suffix in ("-wal", "-shm"):
        if (side := Path(f"{path}{suffix}")).exists():
            shutil.copy(side, f"{copy}{suffix}")
    with closing(raw(copy)) as connection:
        derive.rebuild(connection, Settings(), TODAY)
    found = derived(copy)
    for file in path.parent.glob(f"{copy.name}*"):
        file.unlink()
    return found


def search_index_is_sound(path: Path) -> bool:
    """Ask the index itself; it raises if it says other than the rows."""
    with closing(raw(path)) as connection:
        connection.execute(
            "INSERT INTO person_search(person_search, rank) VALUES ('integrity-check', 1)"
        )
    return True


class Histories(RuleBasedStateMachine):
    """Any history of commands, undo and redo keeps the derived rows true."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.bus = fresh(Path(self.folder.name) / "people.db")
        self.states: list[object] = []

    def teardown(self) -> None:
        while not is_empty(self.bus.path):
            self.bus.undo(sure=True)
        assert derived(self.bus.path) == []
        self.bus.close()
        self.folder.cleanup()

    def cards(self) -> list[int]:
        return [row[0] for row in rows(self.bus.path, "SELECT id FROM card ORDER BY id")]

    def has_people(self) -> bool:
        return bool(self.cards())

    def no_talks(self) -> bool:
        given = "SELECT 1 FROM sqlite_sequence WHERE name IN ('interaction', 'identity')"
        return not rows(self.bus.path, given)

    def somebody(self, draw: st.DataObject) -> int:
        (found,) = rows(
            self.bus.path,
            "SELECT person_id FROM card WHERE id = ?",
            draw.draw(st.sampled_from(self.cards())),
        )
        return int(found[0])

    @rule(name=st.sampled_from(NAMES), facts=st.lists(st.sampled_from(FACTS), max_size=4))
    def comes_in(self, name: str, facts: list[tuple[str, str]]) -> None:
        store(self.bus, entry(name, *dict.fromkeys(facts)))

    @precondition(has_people)
    @rule(
        data=st.data(),
        name=st.sampled_from(NAMES),
        facts=st.lists(st.sampled_from(FACTS), max_size=4),
    )
    def comes_in_again(self, data: st.DataObject, name: str, facts: list[tuple[str, str]]) -> None:
        card = data.draw(st.sampled_from(self.cards()))
        store(self.bus, entry(name, *dict.fromkeys(facts), card=card))

    @precondition(has_people)
    @rule(
        data=st.data(),
        tier=st.sampled_from(["A", "B", "C", "D", ""]),
        by=st.sampled_from(["user", "auto"]),
    )
    def is_filed(self, data: st.DataObject, tier: str, by: str) -> None:
        self.bus.run(SetTier((self.somebody(data),), tier, by=by))

    @precondition(has_people)
    @rule(data=st.data(), days=st.integers(1, 90))
    def waits(self, data: st.DataObject, days: int) -> None:
        self.bus.run(SetWait((self.somebody(data),), TODAY + timedelta(days), "rest"))

    @precondition(has_people)
    @rule(
        data=st.data(),
        ago=st.integers(0, 400),
        kind=st.sampled_from(KINDS),
        direction=st.sampled_from(DIRECTIONS),
    )
    def talks(self, data: st.DataObject, ago: int, kind: str, direction: str) -> None:
        whom = tuple({self.somebody(data), self.somebody(data)})
        self.bus.run(LogTalks((Talk(whom, TODAY - timedelta(ago), kind, direction),)))

    @rule(
        key=st.integers(0, 30),
        ago=st.integers(0, 60),
        hour=st.integers(0, 23),
        kind=st.sampled_from(["mail", "message", "call"]),
        direction=st.sampled_from(["in", "out"]),
        group=st.sampled_from(["", "", "Reunion"]),
    )
    def talks_come_in(  # noqa: PLR0913, PLR0917 — one for each column that counts
        self, key: int, ago: int, hour: int, kind: str, direction: str, group: str
    ) -> None:
        day = (TODAY - timedelta(ago)).isoformat()
        part = Part("email", "ada@example.com", "", "", "with")
        talk = NewTalk(
            *(str(key), kind, f"{day}T{hour:02}:00:00Z", day, "", direction, kind, ""),
            *(group, "words", 0, (part,)),
        )
        self.bus.run(StoreTalks("mail", "", "Mail", ("a",), "", [talk], TalkTally()))

    @precondition(has_people)
    @rule(data=st.data(), verdict=st.sampled_from(["family", "family", "different"]))
    def is_answered_for(self, data: st.DataObject, verdict: str) -> None:
        with suppress(UsageError):
            people = (self.somebody(data), self.somebody(data))
            self.bus.run(AnswerPeople(people, verdict))

    @precondition(has_people)
    @rule(data=st.data(), on=st.booleans())
    def is_read(self, data: st.DataObject, *, on: bool) -> None:
        self.bus.run(SetReading((self.somebody(data),), on))

    @precondition(has_people)
    @rule(data=st.data(), city=st.sampled_from(["Bern", "Zürich"]))
    def moves(self, data: st.DataObject, city: str) -> None:
        card = data.draw(st.sampled_from(self.cards()))
        detail = f'{{"city": "{city}"}}'
        fact = row("fact", card_id=card, kind="address", value=city, origin="user", detail=detail)
        self.bus.run(Sql((fact,)))

    @rule(city=st.sampled_from(["", "BERN", "zuerich"]))
    def the_user_moves(self, city: str) -> None:
        self.bus.run(SetHome(city))

    @precondition(no_talks)
    @rule()
    def is_mailed(self) -> None:
        self.bus.run(mailed("ada@example.com", "2026-11-02"))

    @precondition(has_people)
    @rule(data=st.data())
    def is_merged(self, data: st.DataObject) -> None:
        home, other = self.somebody(data), self.somebody(data)
        moved = [
            row[0] for row in rows(self.bus.path, "SELECT id FROM card WHERE person_id = ?", other)
        ]
        self.bus.run(merge(home, *moved))

    @precondition(has_people)
    @rule()
    def is_unmerged(self) -> None:
        self.bus.run(sql("UPDATE card SET person_id = id WHERE person_id <> id"))

    @precondition(has_people)
    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def is_edited(self, data: st.DataObject, name: str) -> None:
        self.bus.run(user_fact(data.draw(st.sampled_from(self.cards())), "name", name))

    @precondition(has_people)
    @rule(data=st.data(), kind=st.sampled_from(["name", "email", "family", "value"]))
    def is_edited_by_hand(self, data: st.DataObject, kind: str) -> None:
        person = self.somebody(data)
        mine = "SELECT f.id FROM fact AS f JOIN card ON card.id = card_id WHERE person_id = ?"
        ids = [0, *(row[0] for row in rows(self.bus.path, mine, person))]
        value = data.draw(st.sampled_from(["", "12,000", "Łukasz", "info@example.com"]))
        with suppress(UsageError):
            self.bus.run(EditPerson(person, (Edit(data.draw(st.sampled_from(ids)), kind, value),)))

    @precondition(has_people)
    @rule(
        data=st.data(),
        channel=st.sampled_from(["mail", "phone", "all"]),
        word=st.sampled_from(["never", "prefer"]),
        off=st.booleans(),
    )
    def opts_out(self, data: st.DataObject, channel: str, word: str, *, off: bool) -> None:
        with suppress(UsageError):
            self.bus.run(SetOptOut((self.somebody(data),), channel, word, take_off=off))

    @precondition(has_people)
    @rule(
        statement=st.sampled_from(
            [
                "DELETE FROM participant WHERE id = (SELECT min(id) FROM participant)",
                "DELETE FROM standing WHERE id = (SELECT min(id) FROM standing)",
                "DELETE FROM fact WHERE origin = 'user'",
                "UPDATE interaction SET day = '2026-10-01'",
                "UPDATE participant SET card_id = (SELECT max(id) FROM card) WHERE card_id > 0",
                "UPDATE identity SET norm = 'info@example.com'",
                "UPDATE fact SET card_id = (SELECT min(id) FROM card) WHERE kind = 'label'",
                "DELETE FROM participant WHERE identity_id NOT NULL",
            ]
        )
    )
    def is_changed_in_a_way_no_command_knows_yet(self, statement: str) -> None:
        self.bus.run(sql(statement))

    @rule()
    def is_taken_back(self) -> None:
        try:
            self.bus.undo(sure=True)
        except NotFoundError:
            assert is_empty(self.bus.path)

    @rule()
    def is_done_again(self) -> None:
        before = base(self.bus.path)
        try:
            self.bus.redo()
        except NotFoundError:
            assert base(self.bus.path) == before

    @rule()
    def is_taken_back_and_done_again(self) -> None:
        if is_empty(self.bus.path):
            return
        before = base(self.bus.path), derived(self.bus.path)
        self.bus.undo(sure=True)
        self.bus.redo()
        assert (base(self.bus.path), derived(self.bus.path)) == before

    @invariant()
    def rows_are_as_if_made_anew(self) -> None:
        assert derived(self.bus.path) == rebuilt(self.bus.path)
        assert search_index_is_sound(self.bus.path)
        assert rows(self.bus.path, "PRAGMA foreign_key_check") == []


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=10, stateful_step_count=12)


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return fresh(tmp_path / "people.db")


@pytest.mark.parametrize("words", ["Müller", "muller", "MUELLER", "jörg", "joerg mull", "ller Jo"])
def test_a_name_with_an_umlaut_is_found_in_both_spellings(bus: Bus, words: str) -> None:
    people(bus, "Jörg Müller", "Ada Wong")
    with closing(connect.view(bus.path)) as view:
        assert named(containing(view, words)) == ["Jörg Müller"]


def test_a_new_name_is_found_and_the_old_one_is_not(bus: Bus) -> None:
    people(bus, "Ada Wong")
    store(bus, entry("Ada Byron", card=1))
    with closing(connect.view(bus.path)) as view:
        assert named(containing(view, "byron")) == ["Ada Byron"]
        assert containing(view, "wong") == []
    bus.undo(sure=True)
    with closing(connect.view(bus.path)) as view:
        assert named(containing(view, "wong")) == ["Ada Wong"]
    assert search_index_is_sound(bus.path)


def test_talks_are_counted_once_and_by_direction(bus: Bus) -> None:
    ada, ben = people(bus, "Ada Wong", "Ben Ortiz")
    talks = (
        Talk((ada, ben), date(2026, 11, 1), "mail", "in"),
        Talk((ada,), date(2026, 11, 5), "call", "out"),
        Talk((ada,), date(2026, 11, 5), "meeting", "both"),
        Talk((ada,), date(2026, 11, 9), "note", "none"),
    )
    bus.run(LogTalks(talks))
    told = person_row(bus.path, ada)
    assert (told["talks"], told["talks_in"], told["talks_out"]) == (3, 2, 2)
    assert (told["last_in"], told["last_out"]) == ("2026-11-05", "2026-11-05")
    assert (told["talked"], told["talked_before"]) == ("2026-11-05", "2026-11-01")
    assert person_row(bus.path, ben)["talks"] == 1


def test_a_mail_counts_for_whoever_holds_its_address(bus: Bus) -> None:
    store(bus, entry("Ada Wong", ("email", "ada@example.com")))
    bus.run(mailed("ada@example.com", "2026-11-02"))
    assert person_row(bus.path, 1)["talked"] == "2026-11-02"
    store(bus, entry("A. Wong", ("email", "ADA@example.com")))
    assert person_row(bus.path, 2)["talked"] == "2026-11-02"


def test_money_is_the_largest_amount_that_holds(bus: Bus) -> None:
    store(bus, entry("Ada Wong", ("value", "€ 1.200,50"), ("value", "900"), ("value", "a lot")))
    store(bus, entry("Ben Ortiz", ("value", "9" * 30)))
    assert person_row(bus.path, 1)["money"] == 1200
    assert person_row(bus.path, 2)["money"] == 2**63 - 1
    bus.run(user_fact(1, "value", "", replaces=2))
    assert person_row(bus.path, 1)["money"] == 900


def test_a_zone_is_the_one_that_is_named_else_that_of_the_number(bus: Bus) -> None:
    store(bus, entry("Ada Wong", ("phone", "+41 79 123 45 67")))
    store(bus, entry("Ben Ortiz", ("phone", "+41 79 123 45 68"), ("zone", "America/New_York")))
    store(bus, entry("Chen Wei", ("phone", "079 1"), ("zone", "my own")))
    zones = [person_row(bus.path, person)["zone"] for person in (1, 2, 3)]
    assert zones == ["Europe/Zurich", "America/New_York", ""]


def test_followers_are_read_from_a_field_that_is_called_so(bus: Bus) -> None:
    store(bus, entry("Ada Wong"))
    bus.run(Sql((row("fact", card_id=1, kind="extra", label="Followers", value="12.4k"),)))
    assert person_row(bus.path, 1)["followers"] == 12_400


def test_a_person_of_two_entries_is_one_row_and_two_again(bus: Bus) -> None:
    store(bus, entry("Ada Wong", ("email", "a@example.com")))
    store(bus, entry("A. Wong", ("phone", "+41 79 123 45 67")), kind="google")
    apart = derived(bus.path)
    bus.run(merge(1, 2))
    (found,) = derived(bus.path)
    shown = person_row(bus.path, found[0])
    assert shown["cards"] == 2
    assert set(shown["sources"].split(",")) == {"vcard", "google"}
    assert (shown["email"], shown["channels"]) == ("a@example.com", 2)
    bus.run(sql("UPDATE card SET person_id = id"))
    assert derived(bus.path) == apart
