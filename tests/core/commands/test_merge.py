"""Merging: several entries become one person, and nothing is lost by it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.commands.answer import AnswerPeople
from core.commands.edit_person import EditPerson
from core.commands.merge import Chosen, Merge, MergeAll, Merged
from core.commands.opt_out import SetOptOut
from core.commands.set_tier import SetTier, SetTiers
from core.commands.set_wait import SetWait
from core.commands.unmerge import Unmerge
from core.errors import DecisionNeededError, NotFoundError, UsageError
from core.queries import person
from core.rules.typed import Edit
from core.storage import connect
from tests.book import (
    CLOCK,
    base,
    derived,
    entry,
    fresh,
    people,
    person_row,
    raw,
    rows,
    store,
    user_fact,
)

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return fresh(tmp_path / "people.db")


@pytest.fixture
def two(bus: Bus) -> Bus:
    """Robert Smith of two lists: 1 of an older one, 2 of a newer one."""
    facts = (("given", "Bob"), ("family", "Smith"), ("org", "Acme"), ("title", "Clerk"))
    store(bus, entry("Bob Smith", *facts, ("email", "bob@acme.example")))
    newer = (("given", "Robert"), ("family", "Smith"), ("org", "Globex"), ("email", "rs@x.example"))
    store(bus, entry("Robert Smith", *newer), account="work")
    return bus


def shown(bus: Bus, who: int, kind: str) -> list[str]:
    with closing(connect.view(bus.path)) as view:
        return [fact.value for fact in person.facts(view, who) if fact.kind == kind and fact.shown]


def pointers(bus: Bus) -> dict[int, int]:
    return dict(rows(bus.path, "SELECT id, person_id FROM card"))


def answers(bus: Bus) -> list[tuple[int, int, str]]:
    return rows(bus.path, "SELECT a_id, b_id, verdict FROM answer ORDER BY a_id, b_id")


def test_the_lowest_id_stays_and_every_value_is_kept(two: Bus) -> None:
    facts = rows(two.path, "SELECT * FROM fact")
    done = two.run(Merge((2, 1)))
    assert done.result == Merged(1, 2, 11, 11)
    assert (done.label, done.people) == ("merged Robert Smith: 2 entries", (1,))
    assert pointers(two) == {1: 1, 2: 1}
    assert rows(two.path, "SELECT * FROM fact") == facts
    assert [row[0] for row in derived(two.path)] == [1]


def test_without_a_choice_the_newest_source_shows_and_nothing_is_mixed(two: Bus) -> None:
    two.run(Merge((1, 2)))
    row = person_row(two.path, 1)
    assert (row["name"], row["org"], row["title"]) == ("Robert Smith", "Globex", "")
    assert rows(two.path, "SELECT * FROM choice") == []
    assert "bob" in row["search"]
    assert set(shown(two, 1, "email")) == {"rs@x.example", "bob@acme.example"}


def test_what_was_chosen_shows(two: Bus) -> None:
    two.run(Merge((1, 2), (Chosen("name", (1,)), Chosen("work", (1,)))))
    row = person_row(two.path, 1)
    assert (row["name"], row["org"], row["title"]) == ("Bob Smith", "Acme", "Clerk")
    assert shown(two, 1, "given") == ["Bob"]


def test_both_ways_show_where_both_were_chosen(two: Bus) -> None:
    two.run(Merge((1, 2), (Chosen("work", (2, 1)),)))
    assert person_row(two.path, 1)["org"] == "Globex"
    assert sorted(shown(two, 1, "org")) == ["Acme", "Globex"]
    assert shown(two, 1, "title") == ["Clerk"]
    assert shown(two, 1, "name") == ["Robert Smith"]


def test_a_choice_follows_what_its_source_says_later(two: Bus) -> None:
    two.run(Merge((1, 2), (Chosen("work", (1,)),)))
    store(two, entry("Bob Smith", ("org", "Wayne"), card=1))
    store(two, entry("Robert Smith", ("org", "Initech"), card=2), account="work")
    assert person_row(two.path, 1)["org"] == "Wayne"


def test_a_later_edit_of_the_users_shows(two: Bus) -> None:
    two.run(Merge((1, 2), (Chosen("name", (1,)),)))
    two.run(EditPerson(1, (Edit(0, "name", "Rob Smith"),)))
    assert person_row(two.path, 1)["name"] == "Rob Smith"
    assert shown(two, 1, "name") == ["Rob Smith"]


def test_a_part_of_the_name_that_the_user_adds_goes_to_the_name_that_shows(two: Bus) -> None:
    two.run(Merge((1, 2)))
    two.run(EditPerson(1, (Edit(0, "prefix", "Dr."),)))
    assert person_row(two.path, 1)["name"] == "Dr. Robert Smith"
    two.run(Unmerge(1, (2,)))
    assert person_row(two.path, 1)["name"] == "Bob Smith"


def test_what_was_typed_is_a_word_of_the_users_on_the_home_card(two: Bus) -> None:
    typed = (Edit(0, "name", "Rob Smith"), Edit(0, "title", ""), Edit(0, "org", "Wayne"))
    two.run(Merge((1, 2), (Chosen("work", (2,)),), typed))
    row = person_row(two.path, 1)
    assert (row["name"], row["org"], row["title"]) == ("Rob Smith", "Wayne", "")
    mine = rows(two.path, "SELECT card_id, kind, value FROM fact WHERE origin = 'user' ORDER BY id")
    assert mine == [(1, "name", "Rob Smith"), (1, "title", ""), (1, "org", "Wayne")]
    two.run(Unmerge(1, (2,)))
    assert person_row(two.path, 1)["name"] == "Rob Smith"
    assert person_row(two.path, 2)["name"] == "Robert Smith"


def test_what_was_typed_over_a_word_of_the_users_replaces_it(two: Bus) -> None:
    two.run(user_fact(1, "name", "Bobby"))
    two.run(user_fact(2, "name", "Robbie"))
    two.run(Merge((1, 2), (), (Edit(0, "name", "Rob Smith"),)))
    assert person_row(two.path, 1)["name"] == "Rob Smith"
    assert rows(two.path, "SELECT value FROM fact WHERE origin = 'user' AND card_id = 1") == [
        ("Rob Smith",)
    ]


@pytest.mark.parametrize(
    ("one", "other", "shows"),
    [("A", "C", "A"), ("C", "A", "A"), ("D", "B", "B"), ("", "C", "C"), ("D", "", "D")],
)
def test_the_higher_tier_shows(two: Bus, one: str, other: str, shows: str) -> None:
    for who, tier in ((1, one), (2, other)):
        if tier:
            two.run(SetTier((who,), tier))
    two.run(Merge((1, 2)))
    assert person_row(two.path, 1)["tier"] == shows


def test_a_tier_that_was_taken_off_later_does_not_hide_the_other(two: Bus) -> None:
    two.run(SetTier((1,), "B"))
    two.run(SetTier((2,), "A"))
    two.run(SetTier((2,), ""))
    two.run(Merge((1, 2)))
    assert person_row(two.path, 1)["tier"] == "B"


@pytest.mark.parametrize("own", [1, 2])
def test_the_users_own_tier_shows_over_one_of_the_programs(two: Bus, own: int) -> None:
    two.run(SetTiers(((3 - own, "A"),), "as suggested"))
    two.run(SetTier((own,), "C"))
    two.run(Merge((1, 2)))
    row = person_row(two.path, 1)
    assert (row["tier"], row["tier_origin"]) == ("C", "user")
    two.run(SetTiers(((1, "D"),), "as suggested"))
    assert person_row(two.path, 1)["tier"] == "C"


def test_a_chosen_tier_shows_until_another_is_set(two: Bus) -> None:
    two.run(SetTier((1,), "C"))
    two.run(SetTier((2,), "A"))
    two.run(Merge((1, 2), (Chosen("tier", (1,)),)))
    assert person_row(two.path, 1)["tier"] == "C"
    two.run(SetTier((1,), "A"))
    assert person_row(two.path, 1)["tier"] == "A"
    two.run(SetTier((1,), "C"))
    two.run(SetTier((1,), ""))
    assert person_row(two.path, 1)["tier"] == ""
    assert rows(two.path, "SELECT DISTINCT value FROM standing WHERE field = 'tier'") == [("",)]


def test_a_tier_nobody_has_cannot_be_chosen(two: Bus) -> None:
    two.run(SetTier((1,), "C"))
    two.run(SetTier((2,), "A"))
    with pytest.raises(UsageError, match="none of them has tier B"):
        two.run(Merge((1, 2), (Chosen("tier", (), "B"),)))
    two.run(Merge((1, 2), (Chosen("tier", (), "C"),)))
    assert person_row(two.path, 1)["tier"] == "C"


def test_the_shorter_cadence_shows(two: Bus) -> None:
    from core.commands.decide import decide
    from core.work import Outcome, Work

    class SetCadence:
        origin = "user"

        def handle(self, work: Work) -> Outcome:
            for who, days in ((1, "0"), (2, "30")):
                decide(work, (who,), "cadence", days)
            return Outcome("set")

    two.run(SetCadence())
    two.run(SetTier((1,), "A"))
    two.run(Merge((1, 2)))
    assert person_row(two.path, 1)["cadence"] == 30


def test_a_tier_set_while_merged_is_that_of_each_entry_after(two: Bus) -> None:
    two.run(Merge((1, 2)))
    two.run(SetTier((1,), "B"))
    two.run(SetWait((1,), CLOCK.today().replace(year=2027), "abroad"))
    two.run(Unmerge(1, (2,)))
    for who in (1, 2):
        row = person_row(two.path, who)
        assert (row["tier"], row["wait"]) == ("B", "2027-11-21")


def test_the_newest_wait_shows(two: Bus) -> None:
    two.run(SetWait((2,), CLOCK.today().replace(year=2028)))
    two.run(SetWait((1,), CLOCK.today().replace(year=2027)))
    two.run(Merge((1, 2)))
    assert person_row(two.path, 1)["wait"] == "2027-11-21"


def test_the_strictest_word_about_contact_counts_and_is_copied_nowhere(two: Bus) -> None:
    two.run(SetOptOut((1,), "mail", "prefer"))
    two.run(SetOptOut((2,), "mail", "never"))
    said = rows(two.path, "SELECT * FROM opt_out")
    two.run(Merge((1, 2)))
    row = person_row(two.path, 1)
    assert (row["never"], row["prefers"]) == ("mail", "")
    assert rows(two.path, "SELECT * FROM opt_out") == said
    two.run(Unmerge(1, (2,)))
    assert person_row(two.path, 1)["never"] == ""
    assert person_row(two.path, 2)["never"] == "mail"


def test_what_is_said_while_merged_stays_with_every_entry(two: Bus) -> None:
    two.run(Merge((1, 2)))
    two.run(SetOptOut((1,), "phone", "never"))
    two.run(Unmerge(1, (1,)))
    assert [person_row(two.path, who)["never"] for who in (1, 2)] == ["phone", "phone"]


def test_any_number_becomes_one_and_any_card_stands_for_its_person(bus: Bus) -> None:
    people(bus, *"ABCDE")
    bus.run(Merge((4, 5)))
    bus.run(Merge((5, 3, 2)))
    assert pointers(bus) == {1: 1, 2: 2, 3: 2, 4: 2, 5: 2}
    with pytest.raises(UsageError, match="one person already"):
        bus.run(Merge((5, 3)))
    with pytest.raises(NotFoundError, match="9"):
        bus.run(Merge((1, 9)))


def test_what_is_not_theirs_cannot_be_chosen(two: Bus) -> None:
    (other,) = people(two, "Zoe")
    before = base(two.path)
    for chosen in (Chosen("name", (other,)), Chosen("name", (99,)), Chosen("email", (1,))):
        with pytest.raises(UsageError):
            two.run(Merge((1, 2), (chosen,)))
    assert base(two.path) == before


def test_a_choice_holds_until_one_of_its_cards_leaves_and_again_when_it_is_back(two: Bus) -> None:
    (third,) = people(two, "R. Smith")
    two.run(Merge((1, 2), (Chosen("name", (1,)),)))
    two.run(Merge((1, third)))
    assert person_row(two.path, 1)["name"] == "Bob Smith"
    two.run(Unmerge(1, (2,)))
    assert person_row(two.path, 1)["name"] == "R. Smith"
    two.run(Merge((1, 2)))
    assert person_row(two.path, 1)["name"] == "Bob Smith"


def test_of_two_choices_the_newer_shows(two: Bus) -> None:
    (third,) = people(two, "R. Smith")
    two.run(Merge((1, 2), (Chosen("name", (1,)),)))
    two.run(Merge((1, third), (Chosen("name", (third,)),)))
    assert person_row(two.path, 1)["name"] == "R. Smith"
    two.run(Unmerge(1, (third,)))
    assert person_row(two.path, 1)["name"] == "Bob Smith"


def test_what_was_said_between_them_becomes_the_same(bus: Bus) -> None:
    people(bus, *"ABC")
    bus.run(AnswerPeople((1, 2, 3), "different"))
    bus.run(Merge((1, 2)))
    assert answers(bus) == [(1, 2, "same"), (1, 3, "different"), (2, 3, "different")]


def test_a_merge_is_taken_back_and_done_again_as_it_was(two: Bus) -> None:
    two.run(SetTier((1,), "C"))
    two.run(SetTier((2,), "A"))
    two.run(AnswerPeople((1, 2), "later"))
    before, lists = base(two.path), derived(two.path)
    two.run(Merge((1, 2), (Chosen("name", (1,)),), (Edit(0, "org", "Wayne"),)))
    after, merged = base(two.path), derived(two.path)
    for _ in range(2):
        two.undo()
        assert (base(two.path), derived(two.path)) == (before, lists)
        two.redo()
        assert (base(two.path), derived(two.path)) == (after, merged)


def test_a_merge_that_was_decided_upon_since_is_taken_back_with_what_was_decided(two: Bus) -> None:
    before = base(two.path)
    merged = two.run(Merge((1, 2))).command_id
    two.run(SetTier((1,), "A"))
    with pytest.raises(DecisionNeededError, match=r"was built upon since: .* → A"):
        two.undo(merged)
    two.undo(merged, sure=True)
    assert base(two.path) == before


def test_many_groups_become_people_in_one_step_each_by_the_rule(bus: Bus) -> None:
    people(bus, *"ABCDEFG")
    bus.run(SetTier((3,), "A"))
    bus.run(SetTier((4,), "C"))
    before = base(bus.path)
    done = bus.run(MergeAll(((1, 2), (4, 5, 3))))
    assert (done.label, done.count) == ("merged 5 certain duplicates into 2 people", 5)
    assert done.result == (1, 3)
    assert pointers(bus) == {1: 1, 2: 1, 3: 3, 4: 3, 5: 3, 6: 6, 7: 7}
    assert person_row(bus.path, 3)["tier"] == "A"
    bus.undo()
    assert base(bus.path) == before


@pytest.mark.parametrize("verdict", ["different", "family", "later"])
def test_many_groups_are_refused_if_something_was_said_meanwhile(bus: Bus, verdict: str) -> None:
    people(bus, *"ABCDE")
    bus.run(AnswerPeople((2, 4), verdict))
    bus.run(MergeAll(((1, 2), (3, 4))))
    bus.undo()
    before = base(bus.path)
    with pytest.raises(DecisionNeededError, match="not one"):
        bus.run(MergeAll(((1, 3), (2, 5, 4))))
    bus.run(Merge((1, 5)))
    for gone in (5, 99):
        with pytest.raises(DecisionNeededError, match="meanwhile"):
            bus.run(MergeAll(((2, gone),)))
    bus.undo()
    assert base(bus.path) == before


def test_a_group_is_of_two_or_more_and_nobody_is_in_two(bus: Bus) -> None:
    people(bus, *"ABC")
    with pytest.raises(NotFoundError):
        bus.run(MergeAll(()))
    with pytest.raises(UsageError):
        bus.run(MergeAll(((1, 1),)))
    with pytest.raises(UsageError):
        bus.run(MergeAll(((1, 2), (2, 3))))


def test_a_merge_that_would_lose_a_value_is_refused(two: Bus) -> None:
    before = base(two.path)
    with closing(raw(two.path)) as connection:
        connection.execute(
            "CREATE TRIGGER thief AFTER UPDATE OF person_id ON card BEGIN "
            "DELETE FROM fact WHERE card_id = NEW.id AND kind = 'email'; END"
        )
    for command in (Merge((1, 2)), MergeAll(((1, 2),))):
        with pytest.raises(Exception, match="a value would be lost"):
            two.run(command)
    assert base(two.path) == before
