"""What is typed into the search box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.queries.people import PersonLine
from core.rules.finding import FILTERS, narrow, parse
from core.text import fold
from tests.book import named


def _line(name: str, **given: object) -> PersonLine:
    known: dict[str, object] = dict.fromkeys(PersonLine._fields, "")
    known |= {"id": 1, "name": name, "cards": 1, "search": fold(name), **given}
    return PersonLine(**known)  # type: ignore[arg-type]


PEOPLE = [
    _line("Ada Wong", tier="A", tier_origin="user", org="Globex", city="Zürich", phone="1"),
    _line("Ben Ortiz", tier="C", tier_origin="auto", sources="google,linkedin", cards=2),
    _line("Chen Wei", labels="Work\nFamily", title="Head of Operations", talked="2026-11-02"),
    _line("Anna Ada", email="anna@example.com"),
]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["Ada Wong", "Ben Ortiz", "Chen Wei", "Anna Ada"]),
        ("ada", ["Ada Wong", "Anna Ada"]),
        ("ADA wong", ["Ada Wong"]),
        ("tier:a", ["Ada Wong"]),
        ("Tier:A ada", ["Ada Wong"]),
        ("tier:none", ["Chen Wei", "Anna Ada"]),
        ("tier:auto", ["Ben Ortiz"]),
        ("org:glob", ["Ada Wong"]),
        ("city:zurich", ["Ada Wong"]),
        ("source:linkedin", ["Ben Ortiz"]),
        ("label:family", ["Chen Wei"]),
        ("title:head", ["Chen Wei"]),
        ("is:merged", ["Ben Ortiz"]),
        ("is:nothing", []),
        ("no:phone", ["Ben Ortiz", "Chen Wei", "Anna Ada"]),
        ("no:mail ben", ["Ben Ortiz"]),
        ("no:tier", ["Chen Wei", "Anna Ada"]),
        ("no:talk", ["Ada Wong", "Ben Ortiz", "Anna Ada"]),
        ("no:sense", []),
        ("tier:", ["Ada Wong", "Ben Ortiz", "Chen Wei", "Anna Ada"]),
        ("colour:red", []),
    ],
)
def test_words_and_filters_narrow_the_list(text: str, names: list[str]) -> None:
    assert named(narrow(PEOPLE, parse(text))) == names


@given(st.text())
def test_any_text_is_a_search(text: str) -> None:
    found = narrow(PEOPLE, parse(text))
    assert found == [line for line in PEOPLE if line in found]


TYPED = st.lists(
    st.one_of(
        st.sampled_from(["ada", "a", "wong", "anna", "tier:", "x:y"]),
        st.builds(
            "{}:{}".format,
            st.sampled_from(FILTERS),
            st.sampled_from(["a", "none", "auto", "glob", "globex", "family", "phone", "merged"]),
        ),
    ),
    max_size=4,
)


@given(TYPED, TYPED)
def test_more_words_never_find_more(words: list[str], more: list[str]) -> None:
    few = narrow(PEOPLE, parse(" ".join([*words, *more])))
    assert set(few) <= set(narrow(PEOPLE, parse(" ".join(words))))


@given(TYPED, TYPED)
def test_a_search_within_another_finds_nobody_else(one: list[str], other: list[str]) -> None:
    inner, outer = parse(" ".join(one)), parse(" ".join(other))
    if inner.within(outer):
        assert set(narrow(PEOPLE, inner)) <= set(narrow(PEOPLE, outer))
        assert narrow(narrow(PEOPLE, outer), inner) == narrow(PEOPLE, inner)
