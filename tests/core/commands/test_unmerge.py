"""Taking entries out again: each side has its own, whatever came between."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.commands.edit_person import EditPerson
from core.commands.log_talk import LogTalks, Talk
from core.commands.merge import Chosen, Merge
from core.commands.set_tier import SetTier
from core.commands.unmerge import Unmerge, Unmerged
from core.errors import NotFoundError, UsageError
from core.queries import held, person
from core.rules.typed import Edit
from core.storage import connect
from tests.book import CLOCK, base, derived, entry, fresh, people, person_row, rows, store

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return fresh(tmp_path / "people.db")


def views(bus: Bus) -> list[Any]:
    """Everything that screens show of everybody."""
    with closing(connect.view(bus.path)) as view:
        ids = [row[0] for row in view.execute("SELECT id FROM person_row ORDER BY id")]
        return [(person.view(view, who), held.of_person(view, who)) for who in ids]


def test_merging_and_unmerging_gives_back_both_as_they_were(bus: Bus) -> None:
    store(bus, entry("Bob Smith", ("org", "Acme"), ("email", "b@x.example"), ("birthday", "1980")))
    newer = (("org", "Globex"), ("email", "b@x.example"), ("birthday", "1980-05-03"))
    store(bus, entry("Robert Smith", *newer), account="work")
    bus.run(SetTier((1,), "C"))
    bus.run(SetTier((2,), "A"))
    bus.run(LogTalks((Talk((2,), CLOCK.today(), text="hello"),)))
    before, lists = views(bus), derived(bus.path)
    bus.run(Merge((1, 2), (Chosen("name", (1,)), Chosen("tier", (1,)))))
    assert person_row(bus.path, 1)["birthday"] == "1980-05-03"
    assert person_row(bus.path, 1)["talks"] == 1
    done = bus.run(Unmerge(1, (2,)))
    assert done.result == Unmerged(1, 2)
    assert (done.label, done.people) == ("took 1 entry out of Bob Smith", (1, 2))
    assert views(bus) == before
    assert derived(bus.path) == lists


@settings(max_examples=25)
@given(st.data())
def test_it_gives_back_both_as_they_were_whatever_was_merged_before(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    bus = fresh(tmp_path_factory.mktemp("book") / "people.db")
    said = st.sampled_from(["Ada", "Bea", "", "Ada Wong"])
    for number in range(4):
        facts = [
            (kind, value)
            for kind in ("given", "org", "title", "birthday", "email")
            if (value := data.draw(st.sampled_from(["", "x@y.example", "1980", "--05-03"])))
        ]
        store(bus, entry(data.draw(said), *facts, key=str(number)), account=str(number))
        if tier := data.draw(st.sampled_from(["", "A", "D"])):
            bus.run(SetTier((number + 1,), tier))
    fields = st.sampled_from(["name", "work", "birthday"])
    bus.run(Merge((1, 3), (Chosen(data.draw(fields), (data.draw(st.sampled_from([1, 3])),)),)))
    before, lists = views(bus), derived(bus.path)
    sides = data.draw(st.sampled_from([(2, 1), (2, 4), (4, 1)]))
    bus.run(Merge(sides, (Chosen(data.draw(fields), sides),)))
    home = min(sides)
    bus.run(Unmerge(home, (1, 3) if 1 in sides else (2,)))
    assert views(bus) == before
    assert derived(bus.path) == lists
    bus.close()


def test_each_side_goes_home_to_its_oldest_entry(bus: Bus) -> None:
    people(bus, *"ABCDE")
    bus.run(Merge((1, 2, 3, 4, 5)))
    done = bus.run(Unmerge(1, (1, 4)))
    assert done.result == Unmerged(2, 1)
    assert rows(bus.path, "SELECT person_id FROM card ORDER BY id") == [
        *((1,), (2,), (2,), (1,), (2,)),
    ]
    said = rows(bus.path, "SELECT a_id, b_id, verdict FROM answer ORDER BY a_id, b_id")
    pairs = [(1, 2), (1, 3), (1, 5), (2, 4), (3, 4), (4, 5)]
    assert said == [(*pair, "different") for pair in pairs]


def test_entries_leave_with_what_came_to_them_since(bus: Bus) -> None:
    store(bus, entry("Bob Smith", ("org", "Acme")))
    store(bus, entry("Robert Smith", ("org", "Globex")), account="work")
    bus.run(Merge((1, 2)))
    (third,) = people(bus, "Zoe")
    store(bus, entry("Bob Smith", ("org", "Wayne"), ("email", "bob@x.example"), card=1))
    bus.run(Merge((1, third)))
    bus.run(EditPerson(1, (Edit(0, "nickname", "Bobby"), Edit(0, "org", "Initech"))))
    store(bus, entry("Robert Smith", ("org", "Stark"), card=2), account="work")
    bus.run(LogTalks((Talk((1,), CLOCK.today(), text="hello"),)))
    assert person_row(bus.path, 1)["talks"] == 1
    before = base(bus.path)
    bus.run(Unmerge(1, (2,)))
    one, two = person_row(bus.path, 1), person_row(bus.path, 2)
    assert (one["cards"], one["talks"], one["email"]) == (2, 1, "bob@x.example")
    assert (two["cards"], two["talks"], two["name"]) == (1, 0, "Robert Smith")
    facts = "SELECT value FROM fact WHERE card_id = ? AND until = '' ORDER BY id"
    assert ("Bobby",) in rows(bus.path, facts, 1)
    assert ("Stark",) in rows(bus.path, facts, 2)
    bus.undo()
    assert base(bus.path) == before
    bus.redo()
    assert person_row(bus.path, 2) == two


def test_what_only_later_steps_did_is_asked_about_before_a_merge_is_taken_back(bus: Bus) -> None:
    from core.errors import DecisionNeededError

    people(bus, *"ABC")
    first = bus.run(Merge((1, 2))).command_id
    bus.run(SetTier((1,), "A"))
    bus.run(Unmerge(1, (2,)))
    with pytest.raises(DecisionNeededError, match="took 1 entry out of"):
        bus.undo(first)
    bus.undo(first, sure=True)
    assert rows(bus.path, "SELECT person_id FROM card ORDER BY id") == [(1,), (2,), (3,)]
    assert person_row(bus.path, 2)["tier"] == "A"


def test_an_import_whose_entry_was_home_for_a_while_is_taken_back_with_the_merge(bus: Bus) -> None:
    from core.errors import DecisionNeededError

    store(bus, entry("A"))
    store(bus, entry("B"), account="another list")
    bus.run(Merge((1, 2)))
    bus.run(Unmerge(1, (1,)))
    with pytest.raises(DecisionNeededError, match=r"took 1 entry out.*merged"):
        bus.undo(1)
    bus.undo(1, sure=True)
    assert rows(bus.path, "SELECT id, person_id FROM card") == [(2, 2)]


def test_whoever_joined_an_entry_that_was_taken_out_leaves_when_it_goes_back(bus: Bus) -> None:
    from core.errors import DecisionNeededError

    people(bus, *"ABC")
    bus.run(Merge((1, 2)))
    apart = bus.run(Unmerge(1, (2,))).command_id
    bus.run(Merge((2, 3)))
    with pytest.raises(DecisionNeededError, match="merged B: 2 entries"):
        bus.undo(apart)
    bus.run(Unmerge(2, (3,)))
    with pytest.raises(DecisionNeededError, match="took 1 entry out of B; merged B"):
        bus.undo(apart)
    bus.undo(apart, sure=True)
    assert rows(bus.path, "SELECT person_id FROM card ORDER BY id") == [(1,), (1,), (3,)]


def test_an_entry_does_not_go_back_to_one_that_is_another_persons_since(bus: Bus) -> None:
    from core.errors import DecisionNeededError

    people(bus, *"ABC")
    bus.run(Merge((2, 3)))
    apart = bus.run(Unmerge(2, (3,))).command_id
    bus.run(SetTier((2,), "A"))
    bus.run(Merge((1, 2)))
    with pytest.raises(DecisionNeededError, match=r"merged A: 2 entries\. "):
        bus.undo(apart)
    bus.undo(apart, sure=True)
    assert rows(bus.path, "SELECT person_id FROM card ORDER BY id") == [(1,), (2,), (2,)]
    assert person_row(bus.path, 2)["tier"] == "A"


def test_an_unmerge_of_all_or_none_or_of_others_is_refused(bus: Bus) -> None:
    people(bus, *"ABC")
    bus.run(Merge((1, 2)))
    before = base(bus.path)
    for cards in ((), (1, 2)):
        with pytest.raises(UsageError, match="not all of them"):
            bus.run(Unmerge(1, cards))
    with pytest.raises(UsageError, match="one entry only"):
        bus.run(Unmerge(3, (3,)))
    for who, card in ((1, 3), (99, 1)):
        with pytest.raises(NotFoundError):
            bus.run(Unmerge(who, (card,)))
    assert base(bus.path) == before
