from __future__ import annotations

from core.commands.merge import Chosen, Merge
from core.commands.set_tier import SetTier
from core.commands.settle_question import SettleQuestion
from core.queries.merge import Field, MergeEntry, MergeView, Option
from core.queries.questions import Question
from core.rules.three_way import Part
from core.rules.typed import Edit
from tests.tui.screens.test_merge_sitting import line
from tui.screens import merge_typing
from tui.screens.merge_draft import Draft, Typed, of_question


def typed_of(name: str, *texts: str) -> Typed:
    """What was typed: one text, or a job and an employer."""
    parts = (("title", texts[0]), ("org", texts[1])) if name == "work" else ((name, texts[0]),)
    return Typed(", ".join(texts), parts)


def options(*values: str, beside: str = "also") -> tuple[Option, ...]:
    return tuple(
        Option(card, card, value, beside, "google", "2026-11-01", "source")
        for card, value in enumerate(values, 1)
    )


NAME = Field("name", options("Bob", "Robert", "Rob"), 1)
WORK = Field("work", options("CTO, Globex", "Acme", beside="formerly"), 0)
TIER = Field("tier", options("A", "C", beside=""), 0)
PEOPLE = tuple(line(person) for person in (1, 2, 3))
VIEW = MergeView(PEOPLE, (), (NAME, WORK, TIER), (), (), 12)


def shown(draft: Draft, name: str) -> list[str]:
    field = draft.field(name)
    assert field is not None
    return [field.options[at].value for at in draft.chosen(field)]


def test_what_nobody_touched_shows_as_preselected_and_is_left_to_the_rule() -> None:
    draft = Draft(VIEW)
    assert [shown(draft, field.field) for field in draft.fields] == [
        ["Robert"],
        ["CTO, Globex"],
        ["A"],
    ]
    assert draft.merge() == Merge((1, 2, 3))


def test_a_value_that_is_chosen_names_the_entry_it_is_of() -> None:
    draft = Draft(VIEW)
    draft.choose("name", 2)
    draft.choose("tier", 1)
    assert draft.merge().choices == (Chosen("name", (3,)), Chosen("tier", (2,)))


def test_both_stand_beside_each_other_the_one_that_shows_first() -> None:
    draft = Draft(VIEW)
    assert draft.both("name", 0)
    assert shown(draft, "name") == ["Robert", "Bob"]
    assert draft.merge().choices == (Chosen("name", (2, 1)),)
    assert draft.both("name", 0)
    assert shown(draft, "name") == ["Robert"]


def test_both_on_the_one_that_shows_means_the_next_one() -> None:
    draft = Draft(VIEW)
    assert draft.both("work", 0)
    assert shown(draft, "work") == ["CTO, Globex", "Acme"]
    assert draft.both("work", 0)
    assert shown(draft, "work") == ["CTO, Globex"]


def test_of_a_decision_there_is_one_only() -> None:
    draft = Draft(VIEW)
    assert not draft.both("tier", 1)
    assert draft.merge() == Merge((1, 2, 3))


def test_a_typed_value_shows_and_becomes_a_word_of_the_users() -> None:
    draft = Draft(VIEW)
    draft.type("name", typed_of("name", "Robert M. Smith"))
    draft.type("work", typed_of("work", "Head, Sales", "Globex, Inc."))
    assert shown(draft, "name") == ["Robert M. Smith"]
    assert shown(draft, "work") == ["Head, Sales, Globex, Inc."]
    command = draft.merge()
    assert command.choices == ()
    assert command.typed == (
        Edit(0, "name", "Robert M. Smith"),
        Edit(0, "title", "Head, Sales"),
        Edit(0, "org", "Globex, Inc."),
    )


def test_a_typed_value_that_is_not_wanted_after_all_is_not_written() -> None:
    draft = Draft(VIEW)
    draft.type("name", typed_of("name", "Roberto"))
    draft.choose("name", 0)
    assert draft.merge() == Merge((1, 2, 3), (Chosen("name", (1,)),))


def test_typing_again_replaces_what_was_typed() -> None:
    draft = Draft(VIEW)
    draft.type("name", typed_of("name", "One"))
    draft.type("name", typed_of("name", "Two"))
    field = draft.field("name")
    assert field is not None
    assert len(field.options) == 4
    assert shown(draft, "name") == ["Two"]


def test_a_tier_that_none_of_them_has_is_filed_after_the_merge() -> None:
    draft = Draft(VIEW)
    assert draft.file() is None
    draft.type("tier", typed_of("tier", "B"))
    assert draft.merge() == Merge((1, 2, 3))
    assert draft.file() == SetTier((1,), "B")
    draft.choose("tier", 1)
    assert draft.file() is None


def test_whoever_is_taken_out_stays_in_sight_and_out_of_the_merge() -> None:
    entries = tuple(
        MergeEntry(person, person, "google", "2026-01-01", False) for person in (1, 2, 3)
    )
    draft = Draft(VIEW._replace(entries=entries))
    draft.choose("name", 2)
    draft.choose("work", 1)
    draft.take_out(PEOPLE[2])
    two = NAME._replace(options=NAME.options[:2], preselected=0)
    draft.agree(MergeView(PEOPLE[:2], entries[:2], (two, WORK), (), (), 8))
    assert draft.people == (1, 2)
    assert [person.id for person in draft.view.people] == [1, 2, 3]
    assert len(draft.view.entries) == 3
    assert shown(draft, "name") == ["Bob"]  # what was chosen went with its entry
    assert shown(draft, "work") == ["Acme"]
    assert draft.merge() == Merge((1, 2), (Chosen("work", (2,)),))
    draft.take_out(PEOPLE[2])
    assert draft.out == {}


QUESTION = Question(
    *(77, 9, 3, "Ada", "A", "birthday", "1 May", "2 May", "3 May", "google me", "2026-11-20", ())
)


def test_a_question_is_answered_with_mine_theirs_or_what_was_typed() -> None:
    draft = of_question(QUESTION, [line(3, "Ada")])
    assert shown(draft, "birthday") == ["2 May"]
    assert draft.settle(QUESTION) == SettleQuestion(77, "mine")
    draft.choose("birthday", 1)
    assert draft.settle(QUESTION) == SettleQuestion(77, "theirs")
    draft.type("birthday", typed_of("birthday", "4 May"))
    assert draft.settle(QUESTION) == SettleQuestion(77, "typed", "4 May")
    assert not draft.both("birthday", 1)


def test_a_question_about_work_is_answered_kind_by_kind() -> None:
    question = QUESTION._replace(field="work", mine="CTO, Wayne", theirs="CTO, Stark")
    draft = of_question(question, [line(3, "Ada")])
    draft.type("work", typed_of("work", "CTO", "Wayne & Co"))
    settled = draft.settle(question)
    assert settled.keep == "typed"
    assert settled.typed == (Edit(0, "title", "CTO"), Edit(0, "org", "Wayne & Co"))


def test_of_work_employer_and_job_are_asked_for_and_of_a_question_what_it_is_about() -> None:
    ada = line(3, "Ada", title="CTO", org="Wayne, Inc.")
    assert merge_typing.pieces("name", "Ada", ada, None) == (("name", "Ada"),)
    assert merge_typing.pieces("work", "CTO, Wayne, Inc.", ada, None) == (
        ("org", "Wayne, Inc."),
        ("title", "CTO"),
    )
    assert merge_typing.pieces("work", "Acme", ada, None) == (("org", "Acme"), ("title", ""))
    asked = QUESTION._replace(field="work", parts=(Part("title", "CFO", "CTO", "CEO"),))
    assert merge_typing.pieces("work", "CTO", ada, asked) == (("title", "CTO"),)
