"""Which decision shows, of those on the cards of one person."""

from __future__ import annotations

from core.rules.choices import Choice
from core.rules.standings import Standing, shown

OWN, AUTO = "user", "auto"


def tier(*given: tuple[str, str, int], choice: Choice | None = None) -> str:
    """The tier that shows of (value, origin, command) triples."""
    held = [Standing("tier", value, "", origin, "", order) for value, origin, order in given]
    return shown(held, [choice] if choice else [])["tier"].value


def test_the_newest_shows() -> None:
    assert tier(("A", OWN, 1), ("C", OWN, 2)) == "C"


def test_what_the_program_filed_never_stands_over_the_users_own() -> None:
    assert tier(("A", OWN, 1), ("C", AUTO, 2)) == "A"
    assert tier(("C", AUTO, 1), ("B", AUTO, 2)) == "B"


def test_a_tier_taken_off_gives_way_to_what_is_filed_after_it() -> None:
    assert tier(("", OWN, 1), ("C", AUTO, 2)) == "C"
    assert tier(("C", AUTO, 1), ("", OWN, 2)) == ""


def test_a_choice_shows_until_something_is_decided_later() -> None:
    choice = Choice("tier", 0, "A", 0, 5)
    assert tier(("A", OWN, 1), ("C", OWN, 2), choice=choice) == "A"
    assert tier(("A", AUTO, 1), ("C", OWN, 2), choice=choice) == "A"
    assert tier(("A", OWN, 1), ("C", OWN, 6), choice=choice) == "C"
    assert tier(("A", OWN, 1), ("C", OWN, 2), ("D", AUTO, 6), choice=choice) == "A"


def test_other_fields_are_not_concerned() -> None:
    held = [Standing("wait", "2027-01-01", "", OWN, "", 1)]
    assert shown(held, [Choice("tier", 0, "A", 0, 5)]) == {"wait": held[0]}
