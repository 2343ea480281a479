"""A year of lists: nobody of the vital few slips away, and no rule is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulated_year import SETTINGS, Year, run, table

PAGE = Path(__file__).parents[2] / "docs" / "focus.md"


@pytest.fixture(scope="module")
def year() -> Year:
    return run()


def test_nobody_in_a_is_unseen_for_more_than_one_and_a_half_cadences(year: Year) -> None:
    assert 0 < year.longest["A"] <= 1.5
    assert 0 < year.longest["B"] <= 1.5


def test_four_fifths_of_what_is_suggested_are_a_and_b_while_any_are_due(year: Year) -> None:
    assert year.all_while_due > 100
    assert year.vital_while_due >= 0.8 * year.all_while_due


def test_no_guard_is_broken_and_no_list_is_longer_than_the_budget(year: Year) -> None:
    assert year.broken == []
    assert year.most == SETTINGS.budget


def test_every_kind_of_reason_that_was_lived_through_was_told(year: Year) -> None:
    lived = {"late", "wrote", "quiet", "birthday", "news", "waited", "promised"}
    assert lived <= set(year.reasons)


def test_the_page_shows_the_year_as_it_went(year: Year) -> None:
    assert table(year) in PAGE.read_text("utf-8"), "python -m tests.simulated_year prints it"
