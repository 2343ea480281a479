"""Where somebody lives, told from their city and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules import zones


@pytest.mark.parametrize(
    ("phones", "city", "country", "zone"),
    [
        ([], "Berlin", "", "Europe/Berlin"),
        ([], "Zürich", "", "Europe/Zurich"),
        ([], "São Paulo", "", "America/Sao_Paulo"),
        ([], "New York", "", "America/New_York"),
        ([], "Munich", "", "Europe/Berlin"),
        ([], "London", "CA", "America/Toronto"),
        ([], "London, UK", "", "Europe/London"),
        (["+4915112345678"], "", "", "Europe/Berlin"),
        (["+14155551234"], "", "", "America/Los_Angeles"),
        (["+15035551234"], "Portland", "", "America/Los_Angeles"),
        (["+34612345678"], "", "", "Europe/Madrid"),
        (["+4915112345678"], "Mumbai", "", "Asia/Kolkata"),
        (["030 123456", "+819012345678"], "", "", "Asia/Tokyo"),
    ],
)
def test_a_city_tells_where_somebody_lives_and_numbers_tell_where_it_does_not(
    phones: list[str], city: str, country: str, zone: str
) -> None:
    assert zones.zone_of(phones, city, country) == zone


def test_of_several_cities_of_a_name_none_is_guessed() -> None:
    assert zones.zone_of([], "Springfield") == ""


def test_a_country_with_several_zones_tells_none() -> None:
    assert zones.zone_of(["+18005551234"], "") == ""


def test_nothing_known_is_no_zone() -> None:
    assert zones.zone_of([], "") == ""


@given(st.lists(st.text(max_size=12), max_size=3), st.text(max_size=30), st.text(max_size=3))
@settings(max_examples=100, deadline=None)
def test_any_words_are_no_error_and_what_is_told_is_a_zone(
    phones: list[str], city: str, country: str
) -> None:
    found = zones.zone_of(phones, city, country)
    assert not found or zones.is_zone(found)
