"""Which questions wait, in which order, and what they cost to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.commands.set_tier import SetTier
from core.queries import questions
from tests.book import base, derived, merge, person_row, sql
from tests.importers.months import GOOGLE, LINKEDIN, Months
from tests.support import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def months(tmp_path: Path) -> Months:
    return Months(tmp_path)


def test_a_question_goes_with_its_entry_when_that_is_taken_out(months: Months) -> None:
    months.linkedin("CTO")
    months.google("")
    months.bus.run(merge(1, 1, 2))
    months.edit("title", "Chief Technologist")
    months.google("", "VP")
    assert [(one.card, one.person) for one in months.asked] == [(2, 1)]
    months.bus.run(sql("UPDATE card SET person_id = 2 WHERE id = 2"))
    assert [(one.card, one.person) for one in months.asked] == [(2, 2)]
    assert person_row(months.book, 2)["title"] == "Chief Technologist"


def test_the_vital_few_are_asked_about_first_and_the_put_away_last(months: Months) -> None:
    lines = [f"{name},Wong,,{name}@x.example,Initech," for name in ("D", "C", "A", "B")]
    months.take("contacts.csv", GOOGLE + "".join(f"{line}CTO\n" for line in lines))
    for person, tier in enumerate(("D", "", "A", "B"), 1):
        months.edit("title", "Chief", person)
        if tier:
            months.bus.run(SetTier((person,), tier))
    stored = months.take("contacts.csv", GOOGLE + "".join(f"{line}VP\n" for line in lines))
    assert stored.questions == 4
    assert [one.person for one in months.asked] == [3, 4, 2, 1]
    assert [one.tier for one in months.asked] == ["A", "B", "", "D"]


def test_nothing_is_asked_about_an_entry_that_is_gone(months: Months) -> None:
    others = ["ben", "cleo", "dan", "eve", "finn", "gus"]
    months.linkedin("CTO", "Initech", *others)
    months.edit("title", "Chief Technologist")
    months.linkedin("VP", "Initech", *others)
    assert len(months.asked) == 1
    lines = [f"{one},Ortiz,https://www.linkedin.com/in/{one},,,,12 Mar 2021\n" for one in others]
    assert months.take("Connections.csv", LINKEDIN + "".join(lines)).gone == 1
    assert months.asked == []
    assert months.linkedin("VP", "Initech", *others).changed == 1
    assert len(months.asked) == 1


def test_an_import_that_settled_something_quietly_is_taken_back_whole(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "VP")
    before, line = base(months.book), derived(months.book)
    months.linkedin("VP")
    months.bus.undo(sure=True)
    assert (base(months.book), derived(months.book)) == (before, line)


def test_an_edit_made_while_a_question_waits_is_what_it_asks_about(months: Months) -> None:
    months.linkedin("CTO")
    months.edit("title", "Chief Technologist")
    months.linkedin("VP")
    months.edit("title", "Chief Scientist")
    assert months.words() == [("title", "CTO", "Chief Scientist", "VP")]
    months.edit("title", "VP")
    assert (months.asked, months.shown()) == ([], "VP")


def test_they_are_found_by_what_the_user_wrote_not_by_reading_every_value(months: Months) -> None:
    plan = read(
        months.book,
        lambda view: [row[3] for row in view.execute(f"EXPLAIN QUERY PLAN {questions._CARDS}")],
    )
    assert "ix_fact_own" in plan[0]
    assert [line for line in plan if line.startswith("SCAN")] == plan[:1]
