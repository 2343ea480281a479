from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import named_words
from core.rules.named_words import Mention


def words(text: str, *, alone: bool = False) -> list[str]:
    return [" ".join(one.words) for one in named_words.mentions(text, alone=alone)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("coffee with anna", ["anna"]),
        ("coffee with Anna Berg, ben & Chen Wei about the move", ["Anna Berg", "ben", "Chen Wei"]),
        ("coffee with anna, she starts in March", ["anna"]),
        ("with anna: the boat", ["anna"]),
        ("With Jean-Luc and O'Neil!", ["Jean-Luc", "O'Neil"]),
        ("with 李雷 and Müller", ["李雷", "Müller"]),
        ("lunch with the team", []),
        ("fish with 3 sauces", []),
        ("with", []),
        ("with , and &", []),
        ("met anna", []),
    ],
)
def test_names_stand_after_with(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("met anna and ben", ["anna", "ben"]),
        ("called Anna Berg about ben", ["Anna Berg"]),
        ("mail to anna: the deck", ["anna"]),
        ("got a mail from ben", ["ben"]),
        ("called the office, lunch with ben", ["ben"]),
    ],
)
def test_with_nobody_at_hand_they_stand_after_the_words_for_a_talk_too(
    text: str, expected: list[str]
) -> None:
    assert words(text, alone=True) == expected


def test_only_before_with_is_heard() -> None:
    assert named_words.mentions("coffee only with ben", alone=False)[0]
    assert named_words.mentions("just with ben", alone=False)[0]
    assert not named_words.mentions("only coffee with ben", alone=False)[0]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("zoe", 1),
        ("zoe klein", 2),
        ("zoe klein berlin", 0),
        ("Zoe klein", 1),
        ("Zoe Klein berlin", 2),
        ("Zoe van Dijk", 3),
        ("talked", 0),
        ("李雷", 1),
    ],
)
def test_unknown_names_are_capitals_or_a_word_or_two(said: str, count: int) -> None:
    assert named_words.unknown(Mention(tuple(said.split()), 1, weak=False)) == count
    assert named_words.unknown(Mention(tuple(said.split()), 1, weak=True)) == 0


@given(st.text(max_size=120), st.booleans())
def test_any_text_holds_few_short_names(text: str, alone: bool) -> None:
    found = named_words.mentions(f"with {text}", alone=alone)[1]
    assert len(found) <= named_words.MOST
    for one in found:
        assert 1 <= len(one.words) <= named_words.LONGEST
        assert all(word in text for word in one.words)
        assert named_words.unknown(one) <= len(one.words)
