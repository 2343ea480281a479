"""The same list again after the user edited somebody: what is asked, and what never is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.queries.held import of_person
from core.rules.three_way import Part
from tests.book import rows
from tests.importers.months import Months
from tests.support import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def months(tmp_path: Path) -> Months:
    return Months(tmp_path)


def test_the_same_words_again_ask_nothing(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    before = rows(months.book, "SELECT * FROM fact")
    assert months.linkedin("CTO").questions == 0
    assert rows(months.book, "SELECT * FROM fact") == before
    assert months.linkedin("CTO", "Initech", "ben").questions == 0  # another file, the same words
    assert months.asked == []
    assert months.shown() == "Chief Technologist"


def test_a_third_value_is_a_question_and_mine_shows_meanwhile(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    assert months.linkedin("VP").questions == 1
    (one,) = months.asked
    assert one.field == "title"
    assert one.parts == (Part("title", "CTO", "Chief Technologist", "VP"),)
    assert (one.base, one.mine, one.theirs) == ("CTO", "Chief Technologist", "VP")
    assert (one.card, one.person, one.name, one.tier) == (1, 1, "Ada Wong", "")
    assert (one.source, one.day) == ("linkedin", "2026-03-10")
    assert months.shown() == "Chief Technologist"
    assert "vp" not in months.shown("search").split()


def test_a_question_that_nobody_answers_is_told_once_and_waits(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    months.linkedin("VP")
    assert months.linkedin("VP", "Initech", "ben").questions == 0
    assert months.words() == [("title", "CTO", "Chief Technologist", "VP")]
    assert months.linkedin("CEO").questions == 1
    assert months.words() == [("title", "CTO", "Chief Technologist", "CEO")]
    assert months.linkedin("CTO").questions == 0  # they took it back
    assert months.asked == []
    assert months.linkedin("CFO").questions == 1


@pytest.mark.parametrize(
    "again", ["Chief Technologist", "chief  technologist", "Chief-Technologist"]
)
def test_a_source_that_comes_to_say_what_i_wrote_asks_nothing(months: Months, again: str) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    assert months.linkedin(again).questions == 0
    assert months.asked == []
    assert months.shown() == "Chief Technologist"


def test_a_source_that_agreed_with_me_and_moves_on_is_followed(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "VP")
    months.linkedin("VP")
    assert months.linkedin("CEO").questions == 0
    assert months.asked == []
    assert months.shown() == "CEO"
    assert rows(months.book, "SELECT value, until FROM fact WHERE origin = 'user'") == [
        ("VP", "2026-04-10")
    ]


def test_a_new_job_that_i_had_written_already_is_no_news(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("org", "Globex")
    months.linkedin("CTO", "Globex")
    assert (months.shown("org"), months.shown("news")) == ("Globex", "")
    months.linkedin("CTO", "Hooli")
    assert (months.shown("org"), months.shown("news")) == ("Hooli", "Globex → Hooli")


def test_my_own_spelling_is_not_given_up_unasked(months: Months) -> None:
    months.linkedin("HEAD OF SALES")
    months.edit("title", "Head of Sales")
    assert months.linkedin("Head Of Sales").questions == 0
    assert months.shown() == "Head of Sales"
    assert months.linkedin("VP").questions == 1


def test_what_i_cleared_stays_cleared_and_another_value_is_a_question(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "")
    assert months.linkedin("CTO", "Initech", "ben").questions == 0
    assert months.linkedin("VP").questions == 1
    assert months.words() == [("title", "CTO", "", "VP")]
    assert months.shown() == ""
    held = read(months.book, lambda view: of_person(view, 1))
    assert "title" not in {one.kind for one in held}
    assert months.settle("mine") == "Ada Wong: title, your own kept"
    assert months.shown() == ""
    months.linkedin("CEO")
    months.settle("theirs")
    assert months.shown() == "CEO"


def test_what_the_source_no_longer_says_stays_as_i_wrote_it(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    assert months.linkedin("").questions == 0
    assert (months.asked, months.shown()) == ([], "Chief Technologist")
    assert months.linkedin("CTO").questions == 0  # it is back
    assert (months.asked, months.shown()) == ([], "Chief Technologist")
    months.linkedin("")
    assert months.linkedin("VP").questions == 1


def test_the_parts_of_a_name_are_one_question(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("family", "Wong-Smith")
    assert months.shown("name") == "Ada Wong-Smith"
    assert months.linkedin("CTO", family="Wayne").questions == 1
    assert months.words() == [("name", "Ada Wong", "Ada Wong-Smith", "Ada Wayne")]
    months.settle("theirs")
    assert (months.asked, months.shown("name")) == ([], "Ada Wayne")
    assert months.shown("sort_key").startswith("wayne")


def test_what_i_added_where_the_source_was_silent_is_asked_about_too(months: Months) -> None:
    months.linkedin("")
    months.edit("title", "CTO")
    assert months.linkedin("cto").questions == 0
    assert months.shown() == "CTO"
    months.linkedin("")
    assert months.linkedin("VP").questions == 1
    assert months.words()[0][2:] == ("CTO", "VP")


def test_a_day_of_birth_that_says_less_contradicts_nothing(months: Months) -> None:
    months.google("1979-05-03")
    months.edit("birthday", "1980-05-03")
    assert months.google("--05-03").questions == 0
    assert months.google("1981-05-03").questions == 1
    assert months.words() == [("birthday", "--05-03", "1980-05-03", "1981-05-03")]
    assert months.shown("birthday") == "1980-05-03"


def test_values_that_live_side_by_side_are_never_asked_about(months: Months) -> None:
    heading = "First Name,Last Name,E-mail 1 - Value,Phone 1 - Value\n"
    months.take("contacts.csv", f"{heading}Ada,Wong,ada@x.example,+44 20 7946 0958\n")
    months.edit("phone", "+44 20 7946 0001")
    stored = months.take("contacts.csv", f"{heading}Ada,Wong,ada@x.example,+44 20 7946 0002\n")
    assert (stored.changed, stored.questions) == (1, 0)
    assert months.asked == []


def test_two_employments_that_change_places_ask_nothing(months: Months) -> None:
    heading = "First Name,Organization 1 - Name,Organization 2 - Name,E-mail 1 - Value\n"
    months.take("contacts.csv", f"{heading}Ada,Initech,Globex,a@x.example\n")
    months.edit("org", "Initech AG")
    assert months.take("contacts.csv", f"{heading}Ada,Globex,Initech,a@x.example\n").questions == 0
    assert (months.asked, months.shown("org")) == ([], "Initech AG")
    assert months.take("contacts.csv", f"{heading}Ada,Globex,,a@x.example\n").questions == 0
    assert (months.asked, months.shown("org")) == ([], "Initech AG")
    assert months.take("contacts.csv", f"{heading}Ada,Globex,Hooli,a@x.example\n").questions == 1
    assert months.words() == [("org", "Initech", "Initech AG", "Hooli")]
