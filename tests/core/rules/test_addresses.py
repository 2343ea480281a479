"""The parts of an address that was typed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.addresses import detail

BERLIN = {"street": "Hauptstr. 1", "city": "Berlin", "code": "10115", "country": "Germany"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Berlin", {"city": "Berlin"}),
        ("Hauptstr. 1", {"street": "Hauptstr. 1"}),
        ("Hauptstr. 1, 10115 Berlin", {"street": "Hauptstr. 1", "city": "Berlin", "code": "10115"}),
        ("Hauptstr. 1\n10115 Berlin\nGermany", BERLIN),
        (
            "10 Main St, London NW1 2AB",
            {"street": "10 Main St", "city": "London", "code": "NW1 2AB"},
        ),
        ("Rue 3, Paris, France", {"street": "Rue 3", "city": "Paris", "country": "France"}),
        ("", {}),
    ],
)
def test_the_parts_of_a_new_address_are_guessed(text: str, parts: dict[str, str]) -> None:
    found = detail(text)
    assert (json.loads(found) if found else {}) == parts


def test_a_line_that_takes_the_place_of_a_part_becomes_it() -> None:
    before = json.dumps(BERLIN)
    text = "Hauptstr. 1\nBern\n10115\nGermany"
    assert json.loads(detail(text, before)) == {**BERLIN, "city": "Bern"}
    text = "Hauptstr. 1\nBerlin\nGermany"
    assert json.loads(detail(text, before)) == {k: v for k, v in BERLIN.items() if k != "code"}


def test_another_address_altogether_is_guessed_anew() -> None:
    assert json.loads(detail("Bern", json.dumps(BERLIN))) == {"city": "Bern"}


@given(st.text(max_size=60), st.dictionaries(st.sampled_from(["street", "city"]), st.text()))
def test_any_text_has_parts_or_none(text: str, before: dict[str, str]) -> None:
    found = detail(text, json.dumps(before))
    assert all(json.loads(found).values()) if found else True
