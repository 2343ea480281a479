"""Undo, redo, and that nothing is written past them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.log_talk import LogTalks, Talk
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from core.errors import DecisionNeededError, NotFoundError
from core.storage.driver import Error
from core.storage.journal import TABLES
from tests.book import (
    CLOCK,
    Sql,
    base,
    derived,
    digest,
    entry,
    fresh,
    is_empty,
    people,
    raw,
    row,
    rows,
    sql,
    store,
)

if TYPE_CHECKING:
    from pathlib import Path

    from core.events import Changed
    from core.work import Outcome, Work

INSERT_SETTING = "INSERT INTO setting(key, value) VALUES (?, ?)"


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return fresh(tmp_path / "people.db")


def test_an_insert_is_taken_back_and_done_again(bus: Bus) -> None:
    before = base(bus.path)
    bus.run(sql(INSERT_SETTING, "region", "CH"))
    after = base(bus.path)
    bus.undo()
    assert base(bus.path) == before
    bus.redo()
    assert base(bus.path) == after
    assert after["setting"] == [(1, "region", "CH")]


def test_an_update_is_taken_back_and_done_again(bus: Bus) -> None:
    bus.run(sql(INSERT_SETTING, "region", "CH"))
    bus.run(sql("UPDATE setting SET value = 'DE'"))
    bus.undo()
    assert base(bus.path)["setting"] == [(1, "region", "CH")]
    bus.redo()
    assert base(bus.path)["setting"] == [(1, "region", "DE")]


def test_a_delete_is_taken_back_and_done_again(bus: Bus) -> None:
    bus.run(sql(INSERT_SETTING, "region", "CH"))
    bus.run(sql("DELETE FROM setting"))
    bus.undo()
    assert base(bus.path)["setting"] == [(1, "region", "CH")]
    bus.redo()
    assert base(bus.path)["setting"] == []


def test_rows_inserted_and_changed_and_deleted_in_one_step_come_and_go_together(bus: Bus) -> None:
    bus.run(sql(INSERT_SETTING, "old", "1"))
    before = base(bus.path)
    bus.run(
        Sql(
            (
                (INSERT_SETTING, ("new", "1")),
                ("UPDATE setting SET value = '2'", ()),
                (INSERT_SETTING, ("brief", "1")),
                ("DELETE FROM setting WHERE key = 'brief'", ()),
                ("UPDATE setting SET value = '3' WHERE key = 'old'", ()),
            )
        )
    )
    after = base(bus.path)
    assert after["setting"] == [(1, "old", "3"), (2, "new", "2")]
    for _ in range(2):
        bus.undo()
        assert base(bus.path) == before
        bus.redo()
        assert base(bus.path) == after


def test_a_row_changed_and_then_deleted_in_one_step_comes_back_as_it_was(bus: Bus) -> None:
    bus.run(sql(INSERT_SETTING, "old", "1"))
    bus.run(Sql((("UPDATE setting SET value = '2'", ()), ("DELETE FROM setting", ()))))
    bus.undo()
    assert base(bus.path)["setting"] == [(1, "old", "1")]
    bus.redo()
    assert base(bus.path)["setting"] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NUL \0 in it",
        'quotes " and \\ and {"a": 1}',
        "[1, 2]",
        "null",
        "4e2",
        "\u2028",
        "\U0001f642",
    ],
)
def test_any_text_comes_back_byte_for_byte(bus: Bus, text: str) -> None:
    bus.run(sql(INSERT_SETTING, "words", text))
    bus.run(sql("UPDATE setting SET value = 'other'"))
    bus.undo()
    assert base(bus.path)["setting"] == [(1, "words", text)]
    bus.undo()
    bus.redo()
    assert base(bus.path)["setting"] == [(1, "words", text)]


def test_undo_to_the_first_step_leaves_nothing_and_redo_to_the_last_everything(bus: Bus) -> None:
    ada, ben, chen = people(bus, "Ada Wong", "Ben Ortiz", "Chen Wei")
    bus.run(SetTier((ada, ben), "A"))
    bus.run(SetTier((ben,), "B"))
    bus.run(LogTalks((Talk((ada, chen), CLOCK.today(), text="coffee"),)))
    bus.run(sql("DELETE FROM participant WHERE card_id = ?", chen))
    store(bus, entry("Ada Wong", ("org", "Globex"), card=ada), entry("Dora Mar"))
    final, lists = base(bus.path), derived(bus.path)
    states = []
    while not is_empty(bus.path):
        states.append((base(bus.path), derived(bus.path)))
        bus.undo(sure=True)
    assert derived(bus.path) == []
    for state in reversed(states):
        bus.redo()
        assert (base(bus.path), derived(bus.path)) == state
    assert (base(bus.path), derived(bus.path)) == (final, lists)
    with pytest.raises(NotFoundError):
        bus.redo()


def test_redo_ends_at_the_next_step(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    bus.run(SetTier((ada,), "A"))
    bus.undo()
    bus.run(SetTier((ada,), "B"))
    with pytest.raises(NotFoundError):
        bus.redo()
    assert rows(bus.path, "SELECT count(*) FROM image") == [(0,)]
    bus.undo()
    bus.redo()
    assert rows(bus.path, "SELECT tier FROM person_row") == [("B",)]


def test_a_step_can_be_taken_back_after_the_program_was_closed(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    before = digest(bus.path)
    bus.run(SetTier((ada,), "A"))
    after = digest(bus.path)
    bus.close()
    for wanted in (before, after):
        other = Bus(bus.path, clock=CLOCK)
        (other.undo if wanted == before else other.redo)()
        other.close()
        assert digest(bus.path) == wanted


def test_what_was_built_upon_is_named_and_taken_back_together(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    imported = 1
    bus.run(SetTier((ada,), "A"))
    bus.run(SetWait((ada,), None))
    with pytest.raises(DecisionNeededError, match="Ada Wong → A") as told:
        bus.undo(imported)
    assert "built upon" in told.value.sentence
    assert not is_empty(bus.path)
    assert bus.undo(imported, sure=True).result == 2
    assert is_empty(bus.path)


def test_what_was_taken_back_together_is_done_again_together(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    bus.run(SetTier((ada,), "A"))
    before = digest(bus.path)
    bus.undo(1, sure=True)
    assert bus.redo().command_id == 1
    assert digest(bus.path) == before
    with pytest.raises(NotFoundError):
        bus.redo()


def test_an_older_step_that_nothing_builds_upon_is_taken_back_alone(bus: Bus) -> None:
    ada, ben = people(bus, "Ada Wong", "Ben Ortiz")
    first = bus.run(SetTier((ada,), "A")).command_id
    bus.run(SetTier((ben,), "B"))
    bus.undo(first)
    assert rows(bus.path, "SELECT name, tier FROM person_row ORDER BY id") == [
        ("Ada Wong", ""),
        ("Ben Ortiz", "B"),
    ]


def test_a_row_that_was_changed_again_cannot_be_taken_back_alone(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    first = bus.run(SetTier((ada,), "A")).command_id
    bus.run(SetTier((ada,), "B"))
    with pytest.raises(DecisionNeededError, match="Ada Wong → B"):
        bus.undo(first)


def test_what_the_program_does_by_itself_is_passed_over(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    bus.run(SetTier((ada,), "A"))
    bus.run(sql(INSERT_SETTING, "seen", "1", origin="system"))
    assert bus.undo().label == "Ada Wong → A"
    assert rows(bus.path, "SELECT key FROM setting") == [("seen",)]


def test_an_import_asks_before_it_is_taken_back_and_its_repeats_go_with_it(bus: Bus) -> None:
    people(bus, "Ada Wong")
    store(bus)
    with pytest.raises(DecisionNeededError, match="concerns 1 person"):
        bus.undo()
    bus.undo(sure=True)
    assert is_empty(bus.path)


def test_what_another_sitting_did_needs_a_yes(bus: Bus) -> None:
    ada, ben = people(bus, "Ada Wong", "Ben Ortiz")
    other = Bus(bus.path, clock=CLOCK, sitting="other")
    bus.run(SetTier((ada,), "A"))
    other.run(SetTier((ben,), "B"))
    with pytest.raises(DecisionNeededError, match="not done in this sitting"):
        bus.undo(sitting="tests")
    assert other.undo(sitting="other").label == "Ben Ortiz → B"
    with pytest.raises(DecisionNeededError, match="not done in this sitting"):
        other.undo(sitting="other")
    assert bus.undo(sitting="tests").label == "Ada Wong → A"
    other.close()


def test_more_than_twenty_people_need_a_yes(bus: Bus) -> None:
    ids = people(bus, *(f"Person {number}" for number in range(21)))
    done = bus.run(SetTier(tuple(ids), "C"))
    before = digest(bus.path)
    with pytest.raises(DecisionNeededError, match="21 people"):
        bus.undo()
    assert digest(bus.path) == before
    assert bus.undo(sure=True).command_id == done.command_id
    bus.run(SetTier(tuple(ids[:20]), "C"))
    bus.undo()


def test_a_command_that_changes_nothing_leaves_no_trace(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    bus.run(SetTier((ada,), "A"))
    everything = [rows(bus.path, f"SELECT * FROM {name}") for name in ("command", "change")]
    before = base(bus.path)
    done = bus.run(SetTier((ada,), "A"))
    assert done.command_id == 0
    assert [rows(bus.path, f"SELECT * FROM {name}") for name in ("command", "change")] == everything
    assert base(bus.path) == before
    bus.undo()
    assert rows(bus.path, "SELECT tier FROM person_row") == [("",)]


def test_an_upsert_that_found_its_row_logs_the_row_and_no_insert(bus: Bus) -> None:
    (ada,) = people(bus, "Ada Wong")
    bus.run(SetTier((ada,), "A"))
    done = bus.run(SetTier((ada,), "B"))
    assert rows(
        bus.path, "SELECT table_name, act FROM change WHERE command_id = ?", done.command_id
    ) == [("standing", "U")]


def test_a_failed_command_leaves_no_trace(bus: Bus) -> None:
    people(bus, "Ada Wong")
    before = digest(bus.path), rows(bus.path, "SELECT * FROM command")
    with pytest.raises(NotFoundError):
        bus.run(SetTier((99,), "A"))
    with pytest.raises(ZeroDivisionError):
        bus.run(_Breaks())
    assert (digest(bus.path), rows(bus.path, "SELECT * FROM command")) == before
    assert rows(bus.path, "SELECT mode FROM gate") == [("closed",)]
    people(bus, "Ben Ortiz")


class _Breaks:
    origin = "user"

    def handle(self, work: Work) -> Outcome:
        work.raw.execute(INSERT_SETTING, ("half", "1"))
        raise ZeroDivisionError


def test_listeners_hear_of_each_commit_and_of_nothing_else(bus: Bus) -> None:
    heard: list[Changed] = []
    bus.subscribe(heard.append)
    (ada,) = people(bus, "Ada Wong")
    bus.run(SetTier((ada,), "A"))
    bus.run(SetTier((ada,), "A"))
    bus.undo()
    bus.redo()
    labels = [change.label for change in heard]
    assert labels == ["imported vCard: 1 new", *["Ada Wong → A"] * 3]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["INSERT", "UPDATE", "DELETE"])
def test_the_database_refuses_a_write_outside_a_command(bus: Bus, table: str, act: str) -> None:
    _fill(bus)
    before = digest(bus.path)
    statement = {
        "INSERT": f"INSERT INTO {table} SELECT * FROM {table}",
        "UPDATE": f"UPDATE {table} SET id = id",
        "DELETE": f"DELETE FROM {table}",
    }[act]
    with pytest.raises(Error, match="a write outside a command"):
        raw(bus.path).execute(statement)
    assert digest(bus.path) == before


def test_a_row_of_every_table_is_taken_back_and_done_again(bus: Bus) -> None:
    _fill(bus)
    full = base(bus.path)
    assert all(full.values())
    bus.undo(sure=True)
    assert is_empty(bus.path)
    bus.redo()
    assert base(bus.path) == full


def test_a_row_that_referred_to_a_step_and_was_deleted_since_does_not_keep_it(bus: Bus) -> None:
    people(bus, "Ada")
    bus.run(Sql((row("opt_out", card_id=1, channel="mail", rule="prefer"),), label="prefers"))
    bus.run(sql("DELETE FROM opt_out", label="took it off"))
    full = base(bus.path)
    with pytest.raises(DecisionNeededError, match="took it off; prefers"):
        bus.undo(1)
    bus.undo(1, sure=True)
    assert is_empty(bus.path)
    bus.redo()
    assert base(bus.path) == full


def _fill(bus: Bus) -> None:
    """One row for each table, in one step."""
    bus.run(
        Sql(
            (
                row("setting", key="a", value="b"),
                row("source", kind="vcard"),
                row("run", source_id=1, files="[]", refused="[]"),
                row("card", uid="u1", person_id=1, source_id=1, run_id=1),
                row("card", uid="u2", person_id=2, source_id=1, run_id=1),
                row("fact", card_id=1, kind="name", value="A", norm="a", origin="source"),
                row("standing", card_id=1, field="tier", value="A", day="2026-11-21"),
                row("choice", card_id=1, field="name", of_id=2),
                row("identity", kind="email", norm="a@example.com"),
                row("interaction", kind="call", day="2026-11-21", direction="in"),
                row("participant", interaction_id=1, card_id=1),
                row("promise", card_id=1, owed_by="me"),
                row("answer", a_id=1, b_id=2, verdict="different"),
                row("opt_out", card_id=1, channel="phone", rule="never"),
                row("suggestion", day="2026-11-21", card_id=1, since="2026-11-20"),
            )
        )
    )
