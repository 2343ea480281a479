from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.talk_words import folds_of, spellings


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plain words only", ""),
        ("café and naïve", ""),  # the index takes accents off Latin letters by itself
        ("Müller", "mueller"),
        ("in der Großen Straße", "grossen strasse"),
        ("København", "kobenhavn koebenhavn"),
        ("Москвой", "москвои"),
        ("\uff21\uff44\uff41", "ada"),
        ("東京タワー", "東京 京タ タワ ワー ー"),
        ("iPhone東京", "iphone 東京 京"),
    ],
)
def test_only_what_the_index_does_not_know_by_itself_is_told(text: str, told: str) -> None:
    assert folds_of(text) == told


def test_a_word_is_told_once_for_all_texts() -> None:
    assert folds_of("Müller und Müller", "Müller") == "mueller"


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("Müller", (("muller",), ("mueller",))),
        ("MUELLER", (("mueller",),)),
        ("café", (("cafe",),)),
        ("e-mail", (("e", "mail"),)),
        ("東京タワー", (("東京", "京タ", "タワ", "ワー"),)),
        ("東", (("東",),)),
        ("***", ()),
        ("", ()),
    ],
)
def test_a_word_is_looked_for_in_each_of_its_spellings(
    word: str, ways: tuple[tuple[str, ...], ...]
) -> None:
    assert spellings(word) == ways


@given(st.text())
def test_any_text_has_spellings_that_can_be_stored(text: str) -> None:
    "".join(piece for way in spellings(text) for piece in way).encode("utf-8", "surrogatepass")
    assert "\0" not in folds_of(text)
