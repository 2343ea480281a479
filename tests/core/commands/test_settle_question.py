"""Mine, theirs, or new words: what an answer to a re-import does, and how long it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.commands.settle_question import SettleQuestion
from core.errors import DecisionNeededError, NotFoundError, UsageError
from core.queries.held import of_person
from core.rules.typed import Edit
from tests.book import base, derived, merge, rows
from tests.importers.months import Months
from tests.support import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def months(tmp_path: Path) -> Months:
    return Months(tmp_path)


def test_mine_holds_until_the_source_changes_its_mind_again(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    months.linkedin("VP")
    months.settle("mine")
    assert months.asked == []
    assert months.linkedin("VP").questions == 0
    assert months.linkedin("VP", "Initech", "ben").questions == 0
    assert months.asked == []
    assert months.linkedin("CEO").questions == 1
    assert months.words() == [("title", "VP", "Chief Technologist", "CEO")]
    assert months.shown() == "Chief Technologist"


def test_theirs_shows_and_mine_stays_as_formerly(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    months.linkedin("VP")
    assert months.settle("theirs") == "Ada Wong: title as its source has it now"
    assert (months.asked, months.shown()) == ([], "VP")
    assert rows(months.book, "SELECT value, until FROM fact WHERE origin = 'user'") == [
        ("Chief Technologist", "2026-03-10")
    ]
    assert months.linkedin("CEO").questions == 0
    assert months.shown() == "CEO"


def test_new_words_stand_in_place_of_both(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    months.linkedin("VP")
    assert months.settle("typed", "VP Technology") == "Ada Wong: title"
    assert (months.asked, months.shown()) == ([], "VP Technology")
    assert months.linkedin("VP", "Initech", "ben").questions == 0
    months.linkedin("CEO")
    assert months.words() == [("title", "VP", "VP Technology", "CEO")]


def test_their_words_typed_anew_are_theirs(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    months.linkedin("VP")
    months.settle("typed", " VP ")
    assert (months.asked, months.shown()) == ([], "VP")
    assert months.linkedin("CEO").questions == 0
    assert months.shown() == "CEO"


def test_employer_and_title_are_one_question(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    months.edit("org", "Initech Labs")
    assert months.linkedin("VP", "Globex").questions == 1
    assert months.words() == [
        ("work", "CTO, Initech", "Chief Technologist, Initech Labs", "VP, Globex")
    ]
    assert [part.kind for part in months.asked[0].parts] == ["title", "org"]
    with pytest.raises(UsageError, match="say which it is: title, org"):
        months.settle("typed", "CEO of Globex")
    months.settle("typed", "", Edit(0, "title", "CEO"), Edit(0, "org", "Globex Corp"))
    assert (months.shown(), months.shown("org")) == ("CEO", "Globex Corp")
    assert months.linkedin("VP", "Globex", "ben").questions == 0
    assert months.linkedin("VP", "Hooli").questions == 1
    assert months.words() == [("org", "Globex", "Globex Corp", "Hooli")]
    months.settle("theirs")
    assert (months.shown(), months.shown("org")) == ("CEO", "Hooli")


def test_a_new_job_where_only_the_employer_was_edited_tells_both(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("org", "Initech Labs")
    assert months.linkedin("VP", "Globex").questions == 1
    assert months.words() == [("work", "CTO, Initech", "VP, Initech Labs", "VP, Globex")]
    assert (months.shown(), months.shown("org")) == ("VP", "Initech Labs")  # as the question says
    months.settle("theirs")
    assert (months.shown(), months.shown("org")) == ("VP", "Globex")


def test_their_whole_name_takes_my_edited_parts_with_it(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("family", "Wong-Smith")
    assert months.linkedin("CTO", given="Adele").questions == 1
    assert months.words() == [("name", "Ada Wong", "Ada Wong-Smith", "Adele Wong")]
    months.settle("theirs")
    assert months.shown("name") == "Adele Wong"
    held = read(months.book, lambda view: of_person(view, 1))
    assert {one.value for one in held if one.kind in {"name", "given", "family"}} == {
        *("Adele Wong", "Adele", "Wong")
    }


def test_a_whole_name_can_be_typed(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("name", "Ada L. Wong")
    months.linkedin("CTO", family="Wayne")
    months.settle("typed", "Ada L. Wayne")
    assert (months.asked, months.shown("name")) == ([], "Ada L. Wayne")


def test_on_a_merged_person_each_entry_asks_for_itself_and_theirs_shows(months: Months) -> None:
    months.linkedin("CTO")
    months.google("")
    months.bus.run(merge(1, 1, 2))
    months.edit("title", "Chief Technologist")
    assert rows(months.book, "SELECT count(*) FROM fact WHERE origin = 'user'") == [(2,)]
    assert months.linkedin("VP").questions == 1
    assert [(one.card, one.person) for one in months.asked] == [(1, 1)]
    months.settle("theirs")
    assert (months.asked, months.shown()) == ([], "VP")
    assert months.google("", "CTO").questions == 0
    assert months.shown() == "VP"
    assert months.google("", "CEO").questions == 1
    assert months.words() == [("title", "CTO", "VP", "CEO")]


@pytest.mark.parametrize("keep", ["mine", "theirs", "typed"])
def test_one_step_takes_an_answer_back_and_does_it_again(months: Months, keep: str) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    months.linkedin("VP")
    before, line, asked = base(months.book), derived(months.book), months.asked
    months.settle(keep, "Boss")
    after, later = base(months.book), derived(months.book)
    months.bus.undo()
    assert (base(months.book), derived(months.book), months.asked) == (before, line, asked)
    months.bus.redo()
    assert (base(months.book), derived(months.book), months.asked) == (after, later, [])


def test_an_import_that_an_answer_was_built_upon_goes_back_with_it(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    before, line = base(months.book), derived(months.book)
    months.linkedin("VP")
    ((run,),) = rows(months.book, "SELECT max(id) FROM command")
    months.settle("mine")
    after = base(months.book)
    with pytest.raises(DecisionNeededError, match="title, your own kept"):
        months.bus.undo(run)
    months.bus.undo(run, sure=True)
    assert (base(months.book), derived(months.book), months.asked) == (before, line, [])
    months.bus.redo()
    assert base(months.book) == after


def test_a_question_is_answered_once(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    months.linkedin("VP")
    (one,) = months.asked
    with pytest.raises(UsageError, match="“both” is no answer"):
        months.settle("both")
    with pytest.raises(UsageError, match="the question is not about “email”"):
        months.settle("typed", "", Edit(0, "email", "ada@x.example"))
    months.settle("mine")
    with pytest.raises(NotFoundError, match="settled already"):
        months.bus.run(SettleQuestion(one.fact, "theirs"))
    with pytest.raises(NotFoundError, match="settled already"):
        months.bus.run(SettleQuestion(99_999, "theirs"))
