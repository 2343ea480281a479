from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.names import Parts, shown_name, sort_key, split


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("", "Ada", "", "Wong"), "Ada Wong"),
        (("Dr.", "Ada", "M.", "Wong", "PhD"), "Dr. Ada M. Wong, PhD"),
        (("", "John", "", "Smith", "Jr."), "John Smith Jr."),
        (("", "", "", "Wong"), "Wong"),
        (("", "小明", "", "王"), "王小明"),
        (("", "철수", "", "김"), "김철수"),
        (("", "Taro", "", "山田"), "Taro 山田"),
        (("", " Ada\n", "", " Wong "), "Ada Wong"),
        (("", "", "", "", "PhD"), "PhD"),
        ((), ""),
    ],
)
def test_parts_make_a_whole_name(parts: tuple[str, ...], name: str) -> None:
    assert shown_name(*parts) == name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Wong", Parts("", "Ada", "", "Wong")),
        ("Wong, Ada", Parts("", "Ada", "", "Wong")),
        ("WONG, ADA", Parts("", "ADA", "", "WONG")),
        ("Wong, Dr. Ada Maria", Parts("Dr.", "Ada", "Maria", "Wong")),
        ("Smith, John, Jr.", Parts("", "John", "", "Smith", "Jr.")),
        ("Ada Wong, PMP, MBA", Parts("", "Ada", "", "Wong", "PMP, MBA")),
        ("John Smith PhD", Parts("", "John", "", "Smith", "PhD")),
        ("John Ma", Parts("", "John", "", "Ma")),
        ("Prof. Dr. Hans Müller-Meier", Parts("Prof. Dr.", "Hans", "", "Müller-Meier")),
        ("Ludwig van Beethoven", Parts("", "Ludwig", "", "van Beethoven")),
        ("Oscar de la Hoya", Parts("", "Oscar", "", "de la Hoya")),
        ("van Gogh, Vincent", Parts("", "Vincent", "", "van Gogh")),
        ("Maria del Carmen García", Parts("", "Maria", "del Carmen", "García")),
        ("王小明", Parts("", "小明", "", "王")),
        ("歐陽修", Parts("", "修", "", "歐陽")),
        ("山田太郎", Parts("", "太郎", "", "山田")),
        ("山田 太郎", Parts("", "太郎", "", "山田")),
        ("김철수", Parts("", "철수", "", "김")),
        ("さくら", Parts("", "さくら")),
        ("Cher", Parts("", "Cher")),
        ("🎉 Bob Builder", Parts("", "🎉 Bob", "", "Builder")),
        ("[/]", Parts("", "[/]")),
        ("", Parts()),
        (" , ", Parts()),
    ],
)
def test_a_whole_name_falls_into_likely_parts(name: str, parts: Parts) -> None:
    assert split(name) == parts


def test_a_list_is_sorted_by_family_name_and_strange_names_come_last() -> None:
    names = ["🎉", "Zoë Abel", "ada wong", "Émile Abel", "[/]", "Абель", "Wong, Aaron", "Cher"]
    assert sorted(names, key=sort_key) == [
        *("Émile Abel", "Zoë Abel", "Cher", "Wong, Aaron", "ada wong", "Абель"),
        *("[/]", "🎉"),
    ]


def test_the_family_name_a_source_gives_is_believed() -> None:
    assert sort_key("Gabriel García Márquez", "García Márquez") == "garcia marquez gabriel garcia"
    assert sort_key("Acme", "") == "acme"


@given(st.text(st.characters(codec=None), max_size=40))
def test_no_name_is_too_strange(name: str) -> None:
    parts = split(name)
    shown_name(*parts)
    assert sort_key(name)


def test_a_very_long_name_is_cut_before_it_is_taken_apart() -> None:
    assert len(sort_key("Ada " * 100_000)) <= 1_000


WORD = st.sampled_from(["Ada", "Bob", "Zoë", "José", "Łucja", "Anne-Marie", "O'Neil", "Ørsted"])


@given(WORD, WORD)
def test_splitting_undoes_composing(given_name: str, family: str) -> None:
    assert split(shown_name("", given_name, "", family)) == Parts("", given_name, "", family)


@pytest.mark.parametrize(
    ("prefix", "shown"),
    [("Herr", "Max Frisch"), ("Frau Dr.", "Dr. Max Frisch"), ("Mr.", "Max Frisch")],
)
def test_a_form_of_address_is_no_part_of_the_shown_name(prefix: str, shown: str) -> None:
    assert shown_name(prefix, "Max", "", "Frisch") == shown


def test_whoever_has_nothing_but_a_form_of_address_is_shown_by_it() -> None:
    assert shown_name("Frau") == "Frau"
