"""How many follow somebody, as lists tell it."""

from __future__ import annotations

import pytest

from core.rules import kinds
from core.rules.influence import count, followers
from core.rules.projection import Fact


def fact(kind: str, label: str, value: str) -> Fact:
    return Fact(1, 1, kind, value, "", label, 0, "", 0, "source", None, "", "")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12400", 12_400),
        ("12,400", 12_400),
        ("12.400", 12_400),
        ("12.4k", 12_400),
        ("1.2M", 1_200_000),
        ("12,400 followers", 12_400),
        ("3 kilometres", 3),
        (" 7", 7),
        ("many", 0),
        ("-5", 0),
        ("", 0),
        ("9" * 400, 0),
        ("9" * 25, 2**63 - 1),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, number: int) -> None:
    assert count(text) == number


def test_the_largest_field_that_is_called_so_counts() -> None:
    told = [
        fact(kinds.CUSTOM, "Followers", "900"),
        fact(kinds.EXTRA, "x_followers_count", "12k"),
        fact(kinds.CUSTOM, "Pages", "99k"),
        fact(kinds.LABEL, "follower", "88k"),
    ]
    assert followers(told) == 12_000
    assert followers(told[2:]) == 0
