"""Whatever is done in whatever order, the book keeps what it promises.

``HISTORIES=10000`` tells how many histories to try; `make soak` does so.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.commands.answer import VERDICTS, AnswerPeople
from core.commands.edit_person import EditPerson
from core.commands.log_talk import LogTalks, Talk
from core.commands.merge import Chosen, Merge, MergeAll
from core.commands.opt_out import SetOptOut
from core.commands.set_reading import SetReading
from core.commands.set_tier import SetTier
from core.commands.store_talks import NewTalk, Part, StoreTalks, TalkTally
from core.commands.unmerge import Unmerge
from core.errors import NotFoundError, VitalfewError
from core.queries import held, person
from core.rules.choices import FIELDS
from core.rules.typed import Edit
from core.settings import Settings
from core.storage import connect, derive
from core.storage.derived_tables import PersonRow
from core.storage.journal import TABLES
from core.storage.triggers import columns
from tests.book import CLOCK, entry, fresh, raw, storing

if TYPE_CHECKING:
    from core.work import Command

HISTORIES = int(os.environ.get("HISTORIES") or (300 if os.environ.get("CI") else 60))
IN_MEMORY = Path("/dev/shm")  # noqa: S108 — a folder of our own is made in it
NAMES = st.sampled_from(["Ada Wong", "Wong, Ada", "A. Wong", "Bea", ""])
FACTS = st.lists(
    st.sampled_from(
        [
            *(("given", "Ada"), ("family", "Wong"), ("org", "Globex"), ("org", "Acme")),
            *(("title", "CTO"), ("birthday", "1980-05-03"), ("birthday", "--05-03")),
            *(("email", "ada@x.example"), ("email", "a@y.example"), ("phone", "079 123 45 67")),
        ]
    ),
    unique=True,
    max_size=4,
)
ACCOUNTS = st.sampled_from(["", "work", "home"])
UNMOVED = ("fact", "standing", "interaction", "participant", "opt_out")
"""What a merge and an unmerge leave where it is."""


class Histories(RuleBasedStateMachine):
    """A book, and every state that undo and redo must find again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None)
        self.bus = fresh(Path(self.folder.name) / "people.db")
        self.file = raw(self.bus.path)
        self.view = connect.view(self.bus.path)
        self.states: list[Any] = [self.state()]
        self.undone: list[Any] = []

    def teardown(self) -> None:
        try:
            self.ends_well()
        finally:
            self.view.close()
            self.file.close()
            self.bus.close()
            self.folder.cleanup()

    def ends_well(self) -> None:
        """Search text and lists follow from the facts; all is taken back and done again."""
        last, lists = self.state(), self.lists()
        with closing(raw(self.bus.path)) as connection:
            connection.execute("BEGIN")
            derive.rebuild(connection, Settings(), CLOCK.today())
            rebuilt = connection.execute("SELECT * FROM person_row ORDER BY id").fetchall()
            connection.execute("ROLLBACK")
        assert rebuilt == lists
        steps = 0
        with suppress(NotFoundError):
            while True:
                self.bus.undo(sure=True)
                steps += 1
        assert not any(self.state().values())
        assert self.lists() == []
        for _ in range(steps):
            self.bus.redo()
        assert self.state() == last
        assert self.lists() == lists
        assert self.ask("PRAGMA integrity_check") == [("ok",)]
        assert self.ask("PRAGMA foreign_key_check") == []

    # --- looking ------------------------------------------------------------------------------

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.file.execute(sql, values)]

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        return {name: self.ask(f'SELECT * FROM "{name}" ORDER BY id') for name in TABLES}

    def lists(self) -> list[tuple[Any, ...]]:
        return self.ask("SELECT * FROM person_row ORDER BY id")

    def apart_from_family(self) -> list[tuple[Any, ...]]:
        """The lists without what an answer says: whoever merges two takes "family" back."""
        told = [name for name in columns(PersonRow) if name not in {"family_tier", "score"}]
        return self.ask(f"SELECT {', '.join(told)} FROM person_row ORDER BY id")

    def shown(self) -> list[Any]:
        people = [row[0] for row in self.ask("SELECT DISTINCT person_id FROM card ORDER BY 1")]
        return [(person.view(self.view, who), held.of_person(self.view, who)) for who in people]

    def people(self) -> list[int]:
        return [row[0] for row in self.ask("SELECT DISTINCT person_id FROM card ORDER BY 1")]

    def cards(self, who: int) -> list[int]:
        return [row[0] for row in self.ask("SELECT id FROM card WHERE person_id = ?", who)]

    def some(self, data: st.DataObject, least: int, most: int) -> tuple[int, ...]:
        chosen = st.lists(
            st.sampled_from(self.people()), min_size=least, max_size=most, unique=True
        )
        return tuple(data.draw(chosen))

    def has_people(self) -> bool:
        return bool(self.people())

    def has_two(self) -> bool:
        return len(self.people()) > 1

    # --- doing --------------------------------------------------------------------------------

    def run(self, command: Command) -> bool:
        """Carry out a command; one that is refused leaves everything as it was."""
        before = self.states[-1]
        try:
            done = self.bus.run(command)
        except VitalfewError:
            assert self.state() == before
            return False
        if done.command_id:
            self.states.append(self.state())
            self.undone.clear()
        return bool(done.command_id)

    def choices(self, data: st.DataObject, people: tuple[int, ...]) -> tuple[Chosen, ...]:
        cards = [card for who in people for card in self.cards(who)]
        fields = data.draw(st.lists(st.sampled_from([*FIELDS, "tier"]), max_size=3, unique=True))
        some = st.lists(st.sampled_from(cards), min_size=1, max_size=2, unique=True)
        return tuple(Chosen(field, tuple(data.draw(some))) for field in fields)

    @rule(people=st.lists(st.tuples(NAMES, FACTS), min_size=1, max_size=3), account=ACCOUNTS)
    def comes_in(self, people: list[tuple[str, list[tuple[str, str]]]], account: str) -> None:
        self.run(storing([entry(name, *facts) for name, facts in people], account=account))

    @precondition(has_people)
    @rule(data=st.data(), name=NAMES, facts=FACTS)
    def joins(self, data: st.DataObject, name: str, facts: list[tuple[str, str]]) -> None:
        (who,) = self.some(data, 1, 1)
        self.run(storing([entry(name, *facts)._replace(person_id=who)], account="joined"))

    @precondition(has_people)
    @rule(data=st.data(), name=NAMES, facts=FACTS)
    def comes_again(self, data: st.DataObject, name: str, facts: list[tuple[str, str]]) -> None:
        mine = self.ask("SELECT id, card_id, kind, value FROM fact WHERE origin = 'user'")
        card = data.draw(st.sampled_from([row[0] for row in self.ask("SELECT id FROM card")]))
        (account,) = self.ask(
            "SELECT account FROM source JOIN card ON source.id = source_id WHERE card.id = ?", card
        )
        self.run(storing([entry(name, *facts, card=card)], account=account[0]))
        now = self.ask("SELECT id, card_id, kind, value FROM fact WHERE origin = 'user'")
        assert now == mine

    @precondition(has_people)
    @rule(
        data=st.data(),
        kind=st.sampled_from(["name", "given", "prefix", "org", "title", "birthday", "email"]),
        value=st.sampled_from(["Ada", "x@y.example", "1980", ""]),
    )
    def is_edited(self, data: st.DataObject, kind: str, value: str) -> None:
        (who,) = self.some(data, 1, 1)
        facts = [fact for fact in held.of_person(self.view, who) if fact.kind == kind]
        fact = data.draw(st.sampled_from([0, *(fact.id for fact in facts)]))
        self.run(EditPerson(who, (Edit(fact, kind, value),)))

    @precondition(has_people)
    @rule(
        data=st.data(),
        tier=st.sampled_from(["A", "C", "D", ""]),
        by=st.sampled_from(["user", "auto"]),
    )
    def is_filed(self, data: st.DataObject, tier: str, by: str) -> None:
        people = self.some(data, 1, 2)
        if self.run(SetTier(people, tier, by=by)) and by == "user":
            for who in people:
                assert self.ask("SELECT tier FROM person_row WHERE id = ?", who) == [(tier,)]

    @precondition(has_people)
    @rule(data=st.data(), rule_=st.sampled_from(["never", "prefer"]))
    def opts_out(self, data: st.DataObject, rule_: str) -> None:
        (who,) = self.some(data, 1, 1)
        self.run(SetOptOut((who,), "mail", rule_))

    @precondition(has_people)
    @rule(data=st.data(), ago=st.integers(0, 90), direction=st.sampled_from(["in", "out", "both"]))
    def is_talked_with(self, data: st.DataObject, ago: int, direction: str) -> None:
        day = CLOCK.today() - timedelta(ago)
        self.run(LogTalks((Talk(self.some(data, 1, 2), day, "mail", direction, text="hello"),)))

    @precondition(has_people)
    @rule(data=st.data(), days=st.lists(st.integers(0, 90), min_size=1, max_size=6, unique=True))
    def mails_come_in(self, data: st.DataObject, days: list[int]) -> None:
        address = data.draw(st.sampled_from(["ada@x.example", "a@y.example"]))
        part = (Part("email", address, "", "", "from"),)
        made = [((CLOCK.today() - timedelta(ago)).isoformat(), ago) for ago in days]
        ((last,),) = self.ask("SELECT max(id) FROM command")  # known ones would be no step
        talks = [
            NewTalk(
                f"{last} {ago}",
                "mail",
                f"{day}T18:00:00Z",
                day,
                "",
                "in",
                "mail",
                "",
                "",
                "",
                0,
                part,
            )
            for day, ago in made
        ]
        self.run(StoreTalks("mail", address, "Mail", ("a",), "", talks, TalkTally()))

    @precondition(has_people)
    @rule(data=st.data(), on=st.booleans())
    def is_read(self, data: st.DataObject, *, on: bool) -> None:
        self.run(SetReading(self.some(data, 1, 2), on))

    @precondition(has_two)
    @rule(data=st.data(), verdict=st.sampled_from(VERDICTS))
    def is_answered_for(self, data: st.DataObject, verdict: str) -> None:
        self.run(AnswerPeople(self.some(data, 2, 3), verdict))

    @precondition(has_two)
    @rule(data=st.data(), typed=st.sampled_from([(), (), (Edit(0, "name", "Addie"),)]))
    def is_merged(self, data: st.DataObject, typed: tuple[Edit, ...]) -> None:
        people = self.some(data, 2, 4)
        before = self.states[-1]
        assert self.run(Merge(people, self.choices(data, people), typed))
        assert set(self.cards(min(people))) >= set(people)
        if not typed:
            assert all(self.states[-1][table] == before[table] for table in UNMOVED)

    @precondition(has_two)
    @rule(data=st.data())
    def many_are_merged(self, data: st.DataObject) -> None:
        people = self.some(data, 2, 5)
        cut = data.draw(st.integers(2, len(people)))
        groups = [group for group in (people[:cut], people[cut:]) if len(group) > 1]
        before = self.states[-1]
        if self.run(MergeAll(tuple(groups))):
            assert all(self.states[-1][table] == before[table] for table in UNMOVED)

    @precondition(has_people)
    @rule(data=st.data())
    def is_unmerged(self, data: st.DataObject) -> None:
        (who,) = self.some(data, 1, 1)
        leave = data.draw(st.lists(st.sampled_from(self.cards(who)), unique=True))
        before = self.states[-1]
        if self.run(Unmerge(who, tuple(leave))):
            assert all(self.states[-1][table] == before[table] for table in UNMOVED)
            assert sorted(self.cards(min(leave))) == sorted(leave)

    @precondition(has_two)
    @rule(data=st.data())
    def is_merged_and_unmerged(self, data: st.DataObject) -> None:
        one, other = self.some(data, 2, 2)
        before, lists = self.shown(), self.apart_from_family()
        theirs = tuple(self.cards(other))
        assert self.run(Merge((one, other), self.choices(data, (one, other))))
        assert self.run(Unmerge(one, theirs))
        assert self.shown() == before
        assert self.apart_from_family() == lists

    @precondition(lambda self: len(self.states) > 1)
    @rule()
    def is_taken_back(self) -> None:
        self.bus.undo(sure=True)
        self.undone.append(self.states.pop())
        assert self.state() == self.states[-1]

    @precondition(lambda self: self.undone)
    @rule()
    def is_done_again(self) -> None:
        self.bus.redo()
        self.states.append(self.undone.pop())
        assert self.state() == self.states[-1]

    @precondition(lambda self: len(self.states) > 2)
    @rule(data=st.data())
    def something_older_is_taken_back(self, data: st.DataObject) -> None:
        before, lists = self.state(), self.lists()
        live = [row[0] for row in self.ask("SELECT id FROM command WHERE undone = 0")]
        done = self.bus.undo(data.draw(st.sampled_from(live)), sure=True)
        assert not self.ask("SELECT id FROM command WHERE id = ? AND undone = 0", done.command_id)
        self.each_card_points_home()
        self.bus.redo()
        assert (self.state(), self.lists()) == (before, lists)

    # --- what always holds --------------------------------------------------------------------

    @invariant()
    def each_card_points_home(self) -> None:
        astray = """SELECT card.id FROM card JOIN card AS home ON home.id = card.person_id
            WHERE home.person_id <> home.id OR card.id < home.id"""
        assert self.ask(astray) == []
        assert [row[0] for row in self.lists()] == self.people()

    @invariant()
    def each_step_changed_something(self) -> None:
        empty = "SELECT id FROM command WHERE id NOT IN (SELECT command_id FROM change)"
        assert self.ask(empty) == []

    @invariant()
    def what_a_source_says_is_what_its_record_says(self) -> None:
        said: dict[int, set[tuple[str, str]]] = {
            row[0]: set() for row in self.ask("SELECT id FROM card")
        }
        live = "SELECT card_id, kind, value FROM fact WHERE origin = 'source' AND until = ''"
        for card, kind, value in self.ask(live):
            said[card].add((kind, value))
        records = "SELECT card.id, data FROM card JOIN blob ON sha256 = raw_sha"
        for card, record in self.ask(records):
            _key, *facts = json.loads(record)
            assert said[card] == {(kind, value) for kind, value in facts}

    @invariant()
    def an_answer_is_of_two_cards_in_order(self) -> None:
        assert self.ask("SELECT id FROM answer WHERE a_id >= b_id") == []


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=HISTORIES, stateful_step_count=14 if HISTORIES <= 300 else 30
)
