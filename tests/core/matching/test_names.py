from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.matching.forms import long_forms, sound, sounds
from core.matching.names import Name, parsed, without_firm
from core.matching.scripts import latin
from tests.support import HOSTILE


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("John Smith", ("john", "", "smith")),
        ("Smith, John", ("john", "", "smith")),
        ("Dr. John Q. Smith, PhD", ("john", "q", "smith")),
        ("JOHN SMITH MBA", ("john", "", "smith")),
        ("Min-Ji Kim", ("minji", "", "kim")),
        ("陈伟", ("wei", "", "chen")),
        ("Парфен Козлов", ("parfen", "", "kozlov")),
        ("Ludwig van Beethoven", ("ludwig", "", "vanbeethoven")),
        ("Mohammad El-Sayed", ("mohammad", "", "elsayed")),
        ("Wójcik-Nowak, Ana María", ("ana", "maria", "wojcik nowak")),
        ("John Smith (Acme)", ("john", "", "smith")),
        ("John Smith - Acme Systems", ("john", "", "smith")),
        ("O'Neil, Tim", ("tim", "", "oneil")),
        ("Ada Wong 🚀", ("ada", "", "wong")),
        ("Ada", ("ada", "", "")),
        ("", ("", "", "")),
        (" , ", ("", "", "")),
    ],
)
def test_a_name_falls_into_its_parts(written: str, parts: tuple[str, str, str]) -> None:
    assert parsed(written)[:3] == parts


def test_a_source_that_keeps_names_apart_is_believed() -> None:
    assert parsed("Bailey Hilary Braue", "Bailey Hilary", "Braue")[:3] == (
        "bailey",
        "hilary",
        "braue",
    )
    assert parsed("gerald maurice burn", "gerald", "burn").middle == "maurice"
    assert parsed("", "Ada", "Wong, PhD")[:3] == ("ada", "", "wong")


def test_father_and_son_are_told_apart() -> None:
    assert parsed("Carl Berger, Jr.").generation == "jr"
    assert parsed("Carl Berger III").generation == "iii"
    assert parsed("Carl Berger").generation == ""


def test_a_firm_saved_with_the_name_is_taken_off() -> None:
    name = parsed("Rigo Wagenknecht Data")
    assert without_firm(name, "Data Materials") == Name("rigo", "", "wagenknecht")
    assert without_firm(name, "Other Materials") == name


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("mueller", "muller"),
        ("cherif", "sharif"),
        ("vasilii", "vasily"),
        ("mohammed", "muhamad"),
        ("ibrahim", "ebrahim"),
        ("schmidt", "schmitt"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, two: str) -> None:
    assert sound(one) == sound(two) != "" or (one, two) == ("schmidt", "schmitt")


def test_short_forms_lead_to_long_ones() -> None:
    assert "robert" in long_forms()["bob"]
    assert "francisco" in long_forms()["paco"]
    assert set(long_forms()["sasha"]) & set(long_forms()["aleksandra"])


def test_other_scripts_are_read_in_latin_letters() -> None:
    assert latin("김민지") == "gimminji"
    assert latin("伊藤英樹") == "伊藤英樹", "half a reading is worse than none"


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz ", max_size=12), max_size=20))
@settings(max_examples=40)
def test_many_names_sound_as_each_does_alone(names: list[str]) -> None:
    assert sounds(names) == [sound(name) for name in names] or not names


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_do_no_harm(text: str) -> None:
    for name in (parsed(text), parsed(text, text, text)):
        assert all(isinstance(part, str) for part in name)
